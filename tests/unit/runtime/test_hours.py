from __future__ import annotations

from contextlib import suppress
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.time import QuietHours
from classroom_matrix.errors import InvalidArgument
from classroom_matrix.runtime.hours import read_length, read_period, read_quiet
from classroom_matrix.runtime.moments import Mismatch

MOSCOW = ZoneInfo("Europe/Moscow")
BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=MOSCOW)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("чт 16:00–18:00", "2026-11-19 16:00 18:00"),
        ("чт 16-18", "2026-11-19 16:00 18:00"),
        ("в четверг с 16 до 18", "2026-11-19 16:00 18:00"),
        ("в четверг с 16 до 18 часов", "2026-11-19 16:00 18:00"),
        ("с 16 до 18 в четверг", "2026-11-19 16:00 18:00"),
        ("Четверг, 19 ноября, 16.00 - 18.30", "2026-11-19 16:00 18:30"),
        ("завтра 9-11", "2026-11-19 09:00 11:00"),
        ("завтра с 9 до 11", "2026-11-19 09:00 11:00"),
        ("Thu 4–6 pm", "2026-11-19 16:00 18:00"),
        ("Thursday from 10 am to 1 pm", "2026-11-19 10:00 13:00"),
        ("tomorrow 9 to 11", "2026-11-19 09:00 11:00"),
        ("в пятницу с 4 до 6 вечера", "2026-11-20 16:00 18:00"),
        ("в пятницу с 9 утра до 2 дня", "2026-11-20 09:00 14:00"),
        ("20.11 16:00-18:00", "2026-11-20 16:00 18:00"),
        ("20.11.2026, 16:00-18:00", "2026-11-20 16:00 18:00"),
        ("2026-11-20 16:00-18:00", "2026-11-20 16:00 18:00"),
        ("20 ноября 16:00—18:00", "2026-11-20 16:00 18:00"),
        ("16:00-18:00", "2026-11-18 16:00 18:00"),
        ("8:00-9:00", "2026-11-19 08:00 09:00"),
        ("среда 16:00-18:00", "2026-11-18 16:00 18:00"),
        ("среда 9:00-11:00", "2026-11-25 09:00 11:00"),
        ("через неделю 16:00-18:00", "2026-11-25 16:00 18:00"),
        ("пт 22:00-24:00", "2026-11-20 22:00 00:00"),
    ],
)
def test_read_period_understands_what_people_write(text: str, meant: str):
    found = read_period(text, WEDNESDAY, MOSCOW)
    assert f"{found.start:%Y-%m-%d %H:%M} {found.end:%H:%M}" == meant


@pytest.mark.parametrize("text", ["", "чт", "чт 16:00", "3-7 марта", "с 3 по 7 марта", "16", "от зари до зари", "2026-11-20"])
def test_read_period_leaves_alone_what_is_no_period(text: str):
    with pytest.raises(Mismatch):
        read_period(text, WEDNESDAY, MOSCOW)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("чт 18:00–16:00", "core-argument-period"),
        ("чт 16:00–16:00", "core-argument-period"),
        ("чт 16:00–25:00", "core-argument-period"),
        ("31 февраля 16:00–18:00", "core-argument-period"),
        ("вчера 16:00–18:00", "core-when-past"),
        ("сегодня 8:00–9:00", "core-when-past"),
        ("20.11.2028 16:00–18:00", "core-when-far"),
    ],
)
def test_read_period_refuses_hours_that_cannot_be(text: str, key: str):
    with pytest.raises(InvalidArgument) as problem:
        read_period(text, WEDNESDAY, MOSCOW)
    assert problem.value.key == key


def test_read_period_over_the_night_when_clocks_change_keeps_wall_times():
    saturday = datetime(2027, 3, 27, 10, 0, tzinfo=BERLIN)
    found = read_period("завтра 1:00-4:00", saturday, BERLIN)
    assert (found.start.isoformat(), found.end.isoformat()) == ("2027-03-28T01:00:00+01:00", "2027-03-28T04:00:00+02:00")
    with pytest.raises(InvalidArgument):  # there are no such minutes
        read_period("завтра 2:00-3:00", saturday, BERLIN)


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("22:00-8:00", time(22), time(8)),
        ("22:00–08:00", time(22), time(8)),
        ("с 22 до 7", time(22), time(7)),
        ("с 22:30 до 7:15", time(22, 30), time(7, 15)),
        ("10 pm - 8 am", time(22), time(8)),
        ("from 10 pm to 7", time(22), time(7)),
        ("с 10 вечера до 8 утра", time(22), time(8)),
    ],
)
def test_read_quiet_understands_hours_of_a_night(text: str, start: time, end: time):
    assert read_quiet(text) == QuietHours(start, end)


@pytest.mark.parametrize("text", ["0-24", "22-22", "25:00-8:00"])
def test_read_quiet_refuses_hours_that_cannot_be(text: str):
    with pytest.raises(InvalidArgument):
        read_quiet(text)


@pytest.mark.parametrize("text", ["как у класса", "22", "чт 22-8", ""])
def test_read_quiet_leaves_alone_what_is_something_else(text: str):
    with pytest.raises(Mismatch):
        read_quiet(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("15 мин", 15),
        ("по 15 минут", 15),
        ("15мин.", 15),
        ("полчаса", 30),
        ("по полчаса", 30),
        ("час", 60),
        ("1,5 часа", 90),
        ("1.5 hours", 90),
        ("полтора часа", 90),
        ("час с половиной", 90),
        ("2 часа", 120),
        ("1 h", 60),
        ("1h30", 90),
        ("1 ч 20 мин", 80),
        ("1 hour and 20 minutes", 80),
        ("half an hour", 30),
        ("an hour", 60),
        ("45 m", 45),
        ("2 дня", 2880),
        ("неделя", 10080),
    ],
)
def test_read_length_understands_what_people_write(text: str, minutes: int):
    assert read_length(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "15", "мама", "до пятницы", "15 мин или полчаса", "много минут", "час пик"])
def test_read_length_leaves_alone_what_is_no_length(text: str):
    with pytest.raises(Mismatch):
        read_length(text)


@pytest.mark.parametrize("text", ["0 минут", "8 дней", "200 часов"])
def test_read_length_refuses_nothing_and_too_much(text: str):
    with pytest.raises(InvalidArgument):
        read_length(text)


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 270), st.integers(0, 23 * 60), st.integers(1, 60))
def test_read_period_reads_back_every_period(days: int, start: int, minutes: int):
    day = (WEDNESDAY + timedelta(days=days)).date()
    end = min(start + minutes, 24 * 60)
    text = f"{day.day}.{day.month} {start // 60}:{start % 60:02}–{end // 60}:{end % 60:02}"
    found = read_period(text, WEDNESDAY, MOSCOW)
    assert (found.start.date(), found.start.hour * 60 + found.start.minute) == (day, start)
    assert found.end - found.start == timedelta(minutes=end - start)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789:./-– вчерзатосдняпиуцбюм", max_size=30))
def test_hours_of_any_text_are_hours_or_a_refusal(text: str):
    with suppress(Mismatch, InvalidArgument):
        assert read_period(text, WEDNESDAY, MOSCOW).start > WEDNESDAY
    with suppress(Mismatch, InvalidArgument):
        assert timedelta() < read_length(text) <= timedelta(days=7)
