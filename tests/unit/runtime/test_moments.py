from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.errors import InvalidArgument
from classroom_matrix.i18n import moment
from classroom_matrix.runtime.moments import FURTHEST, Mismatch, read_when

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("пятницы 18:00", "2026-11-20 18:00"),
        ("пятницы", "2026-11-20 20:00"),
        ("Пт, 20 ноября, 18:00", "2026-11-20 18:00"),
        ("Fri, 20 November, 18:00", "2026-11-20 18:00"),
        ("в пятницу в 18 часов", "2026-11-20 18:00"),
        ("friday 6:30 pm", "2026-11-20 18:30"),
        ("следующей пятницы", "2026-11-27 20:00"),
        ("среды", "2026-11-25 20:00"),
        ("среды 9:00", "2026-11-25 09:00"),
        ("завтра в 9", "2026-11-19 09:00"),
        ("tomorrow at 6", "2026-11-19 06:00"),
        ("завтра 18-00", "2026-11-19 18:00"),
        ("18:00", "2026-11-18 18:00"),
        ("18.30", "2026-11-18 18:30"),
        ("9:00", "2026-11-19 09:00"),
        ("полудня", "2026-11-18 12:00"),
        ("полуночи", "2026-11-19 00:00"),
        ("7 вечера", "2026-11-18 19:00"),
        ("20.11", "2026-11-20 20:00"),
        ("20.11 18.30", "2026-11-20 18:30"),
        ("20 ноября", "2026-11-20 20:00"),
        ("к 20 ноября", "2026-11-20 20:00"),
        ("20-го", "2026-11-20 20:00"),
        ("20 числа", "2026-11-20 20:00"),
        ("2026-11-20 18:00", "2026-11-20 18:00"),
        ("через 3 дня", "2026-11-21 20:00"),
        ("in 3 days at 18:00", "2026-11-21 18:00"),
        ("через неделю", "2026-11-25 20:00"),
        ("через 2 часа", "2026-11-18 12:00"),
        ("in half an hour", "2026-11-18 10:30"),
        ("1 сентября", "2027-09-01 20:00"),
        ("послезавтра", "2026-11-20 20:00"),
    ],
)
def test_read_when_understands_what_people_write(text: str, meant: str):
    assert read_when(text, WEDNESDAY, MOSCOW).strftime("%Y-%m-%d %H:%M") == meant


@pytest.mark.parametrize("text", ["5", "18", "Москвы", "весны", "мая", "", "through", "in", "через", "дом", "25", "9 «Б»"])
def test_read_when_leaves_alone_what_is_no_date(text: str):
    with pytest.raises(Mismatch):
        read_when(text, WEDNESDAY, MOSCOW)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("вчера", "core-when-past"),
        ("сегодня 9:00", "core-when-past"),
        ("20.11.2020", "core-when-past"),
        ("1.09.2028", "core-when-far"),
        ("через 400 дней", "core-when-far"),
        ("3 дня", "core-argument-when"),
        ("16.11", "core-when-which-year"),
        ("16 ноября", "core-when-which-year"),
        ("1 октября 18:00", "core-when-which-year"),
        ("31 февраля", "core-argument-when"),
        ("пятницы 25:00", "core-argument-when"),
        ("пт, 21 ноября", "core-argument-when"),
        ("конца недели", "core-argument-when"),
        ("пятница суббота", "core-argument-when"),
    ],
)
def test_read_when_refuses_dates_that_cannot_be(text: str, key: str):
    with pytest.raises(InvalidArgument) as problem:
        read_when(text, WEDNESDAY, MOSCOW)
    assert problem.value.key == key


def test_read_when_gives_the_end_of_an_hour_that_the_clocks_skip():
    saturday = datetime(2027, 3, 27, 10, 0, tzinfo=BERLIN)
    assert read_when("завтра 2:30", saturday, BERLIN).isoformat() == "2027-03-28T03:30:00+02:00"


def test_read_when_counts_hours_in_real_time_over_a_change_of_the_clocks():
    before = datetime(2027, 3, 28, 1, 0, tzinfo=BERLIN)
    meant = read_when("через 3 часа", before, BERLIN)
    assert (meant.astimezone(UTC) - before.astimezone(UTC), meant.hour) == (timedelta(hours=3), 5)


def test_read_when_reads_days_in_the_zone_of_the_class():
    late = datetime(2026, 11, 18, 22, 0, tzinfo=UTC)  # already Thursday in Moscow
    assert read_when("завтра", late, MOSCOW).date().isoformat() == "2026-11-20"


@given(st.text(alphabet="0123456789:./- вчерзатосдняпиуцбю atpmin", max_size=40))
def test_read_when_of_any_text_is_a_moment_to_come_or_a_refusal(text: str):
    try:
        meant = read_when(text, WEDNESDAY, MOSCOW)
    except (Mismatch, InvalidArgument):
        return
    assert WEDNESDAY < meant <= WEDNESDAY + FURTHEST
    assert meant.tzinfo == MOSCOW


@settings(deadline=None)
@given(st.integers(1, 365 * 24 * 60), st.sampled_from(["ru", "en"]))
def test_read_when_reads_back_what_we_say_ourselves(minutes: int, language: str):
    ahead = (WEDNESDAY + timedelta(minutes=minutes)).replace(second=0)
    assert read_when(moment(ahead, language), WEDNESDAY, MOSCOW) == ahead
