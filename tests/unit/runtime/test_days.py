from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.api import Days
from classroom_matrix.errors import InvalidArgument
from classroom_matrix.runtime.days import LONGEST, read_day, read_days
from classroom_matrix.runtime.moments import Mismatch

MOSCOW = ZoneInfo("Europe/Moscow")
WEDNESDAY = datetime(2026, 11, 18, 10, 0, tzinfo=MOSCOW)
TODAY = WEDNESDAY.date()
MONTHS = ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("пятнице", "2026-11-20"),
        ("в пятницу", "2026-11-20"),
        ("пт.", "2026-11-20"),
        ("среде", "2026-11-25"),
        ("эту среду", "2026-11-18"),
        ("понедельник", "2026-11-23"),
        ("следующую пятницу", "2026-11-27"),
        ("next Monday", "2026-11-23"),
        ("Friday", "2026-11-20"),
        ("сегодня", "2026-11-18"),
        ("завтра", "2026-11-19"),
        ("the day after tomorrow", "2026-11-20"),
        ("20.11", "2026-11-20"),
        ("20.11.", "2026-11-20"),
        ("20/11/26", "2026-11-20"),
        ("2026-11-20", "2026-11-20"),
        ("20 ноября", "2026-11-20"),
        ("20 ноября 2026 года", "2026-11-20"),
        ("November 20", "2026-11-20"),
        ("the 20th of November", "2026-11-20"),
        ("20-го", "2026-11-20"),
        ("17 числа", "2026-12-17"),
        ("1 сентября", "2027-09-01"),
        ("пт, 20 ноября", "2026-11-20"),
        ("через 3 дня", "2026-11-21"),
        ("через неделю", "2026-11-25"),
        ("in two weeks", "2026-12-02"),
    ],
)
def test_read_day_understands_what_people_write(text: str, meant: str):
    assert read_day(text, WEDNESDAY, MOSCOW).isoformat() == meant


@pytest.mark.parametrize("text", ["", "5", "20", "мая", "Москвы", "читать с. 12", "через", "2026", "следующий", "20 21", "№ 4"])
def test_read_day_leaves_alone_what_is_no_day(text: str):
    with pytest.raises(Mismatch):
        read_day(text, WEDNESDAY, MOSCOW)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("вчера", "core-day-past"),
        ("20.11.2020", "core-day-past"),
        ("1.09.2028", "core-when-far"),
        ("31 февраля", "core-argument-day"),
        ("пт, 21 ноября 2026", "core-argument-day"),
        ("32-го", "core-argument-day"),
    ],
)
def test_read_day_refuses_days_that_cannot_be(text: str, key: str):
    with pytest.raises(InvalidArgument) as problem:
        read_day(text, WEDNESDAY, MOSCOW)
    assert problem.value.key == key


def test_read_day_reads_days_in_the_zone_of_the_class():
    late = datetime(2026, 11, 18, 22, 0, tzinfo=ZoneInfo("UTC"))  # already Thursday in Moscow
    assert read_day("завтра", late, MOSCOW).isoformat() == "2026-11-20"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3–7 марта", "2027-03-03", "2027-03-07"),
        ("3-7 марта", "2027-03-03", "2027-03-07"),
        ("с 3 по 7 марта", "2027-03-03", "2027-03-07"),
        ("3 марта - 7", "2027-03-03", "2027-03-07"),
        ("3–7 ноября", "2026-11-03", "2026-11-07"),
        ("с 3 по 7", "2026-11-03", "2026-11-07"),
        ("с 17 по 19 число", "2026-11-17", "2026-11-19"),
        ("28 февраля – 3 марта", "2027-02-28", "2027-03-03"),
        ("30 декабря – 8 января", "2026-12-30", "2027-01-08"),
        ("30 декабря – 8 января 2027", "2026-12-30", "2027-01-08"),
        ("20.11-25.11", "2026-11-20", "2026-11-25"),
        ("2026-11-20 – 2026-11-25", "2026-11-20", "2026-11-25"),
        ("March 3 to March 7", "2027-03-03", "2027-03-07"),
        ("from 3 to 7 March", "2027-03-03", "2027-03-07"),
        ("на прошлой неделе", "2026-11-09", "2026-11-15"),
        ("за прошлую неделю", "2026-11-09", "2026-11-15"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("на этой неделе", "2026-11-16", "2026-11-22"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("на следующей неделе", "2026-11-23", "2026-11-29"),
        ("вчера", "2026-11-17", "2026-11-17"),
        ("сегодня", "2026-11-18", "2026-11-18"),
        ("завтра", "2026-11-19", "2026-11-19"),
        ("сегодня и завтра", "2026-11-18", "2026-11-19"),
        ("вчера-сегодня", "2026-11-17", "2026-11-18"),
        ("с понедельника", "2026-11-16", "2026-11-18"),
        ("since Monday", "2026-11-16", "2026-11-18"),
        ("с понедельника по среду", "2026-11-16", "2026-11-18"),
        ("с четверга по пятницу", "2026-11-19", "2026-11-20"),
        ("чт-пт", "2026-11-19", "2026-11-20"),
        ("from Monday to Tuesday", "2026-11-23", "2026-11-24"),
        ("до пятницы", "2026-11-18", "2026-11-20"),
        ("до среды", "2026-11-18", "2026-11-18"),
        ("until Friday", "2026-11-18", "2026-11-20"),
        ("до 25.11", "2026-11-18", "2026-11-25"),
        ("по 25 ноября", "2026-11-18", "2026-11-25"),
        ("с завтра до пятницы", "2026-11-19", "2026-11-20"),
        ("на неделю", "2026-11-18", "2026-11-24"),
        ("на 3 дня", "2026-11-18", "2026-11-20"),
        ("for two days", "2026-11-18", "2026-11-19"),
        ("за последние 3 дня", "2026-11-16", "2026-11-18"),
        ("the last two weeks", "2026-11-05", "2026-11-18"),
        ("за неделю", "2026-11-12", "2026-11-18"),
        ("в выходные", "2026-11-21", "2026-11-22"),
        ("за октябрь", "2026-10-01", "2026-10-31"),
        ("в марте", "2027-03-01", "2027-03-31"),
        ("прошлую пятницу", "2026-11-13", "2026-11-13"),
        ("5 ноября", "2026-11-05", "2026-11-05"),
        ("среда", "2026-11-18", "2026-11-18"),
        ("2 days ago", "2026-11-16", "2026-11-16"),
    ],
)
def test_read_days_understands_what_people_write(text: str, first: str, last: str):
    found = read_days(text, WEDNESDAY, MOSCOW)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize("text", ["", "3-7", "с. 12-14", "№ 3-7", "5", "по алгебре", "до", "с мамой", "и", "2026"])
def test_read_days_leaves_alone_what_means_no_days(text: str):
    with pytest.raises(Mismatch):
        read_days(text, WEDNESDAY, MOSCOW)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("с 1 сентября по 30 ноября", "core-days-long"),
        ("3–7 марта 2020", "core-days-far"),
        ("31 февраля", "core-argument-days"),
        ("понедельник и среда", "core-argument-days"),
        ("25.11.2026 – 20.11.2026", "core-argument-days"),
        ("до 25.11.2025", "core-argument-days"),
    ],
)
def test_read_days_refuses_days_that_cannot_be(text: str, key: str):
    with pytest.raises(InvalidArgument) as problem:
        read_days(text, WEDNESDAY, MOSCOW)
    assert problem.value.key == key


@settings(max_examples=150, deadline=None)
@given(st.integers(-170, 170), st.integers(0, LONGEST - 1))
def test_read_days_reads_back_every_stretch(ahead: int, length: int):
    first = TODAY + timedelta(days=ahead)
    last = first + timedelta(days=length)

    def spoken(day: date) -> str:
        return f"{day.day} {MONTHS[day.month - 1]}"

    wanted = Days(first, last)
    if abs(ahead + length) < 180:
        assert read_days(f"с {spoken(first)} по {spoken(last)}", WEDNESDAY, MOSCOW) == wanted
    assert read_days(f"{first:%d.%m.%Y}–{last:%d.%m.%Y}", WEDNESDAY, MOSCOW) == wanted


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="0123456789:./-– вчерзатосдняпиуцбюмель", max_size=30))
def test_days_of_any_text_are_days_or_a_refusal(text: str):
    for read in (read_day, read_days):
        try:
            found = read(text, WEDNESDAY, MOSCOW)
        except (Mismatch, InvalidArgument):
            continue
        assert found.first <= found.last if isinstance(found, Days) else found >= TODAY
