"""Calendars as text, read back with the library that others read them with."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from classroom_matrix.api import CalendarEntry
from classroom_matrix.web.ics import calendar_text

BERLIN = ZoneInfo("Europe/Berlin")


def read(*entries: CalendarEntry) -> list[Any]:
    return list(Calendar.from_ical(calendar_text("Класс 3Б", BERLIN, entries)).walk("VEVENT"))


def test_a_calendar_tells_its_name_and_when_to_look_again() -> None:
    text = calendar_text("Класс 3Б", BERLIN, ())
    calendar = Calendar.from_ical(text)
    assert (str(calendar["X-WR-CALNAME"]), str(calendar["X-WR-TIMEZONE"])) == ("Класс 3Б", "Europe/Berlin")
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in text
    assert (str(calendar["VERSION"]), str(calendar["METHOD"])) == ("2.0", "PUBLISH")


def test_times_are_right_on_both_sides_of_a_change_of_the_clocks() -> None:
    saturday, sunday = (datetime(2027, 3, day, 9, 0, tzinfo=BERLIN) for day in (27, 28))
    night = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)  # comes twice
    events = read(
        CalendarEntry("a", saturday, "a", ends=saturday + timedelta(hours=1)),
        CalendarEntry("b", sunday, "b"),
        CalendarEntry("c", night, "c"),
        CalendarEntry("d", night.replace(fold=1), "d"),
    )
    starts = [event["DTSTART"].dt.astimezone(UTC).strftime("%d %H:%M") for event in events]
    assert starts == ["27 08:00", "28 07:00", "25 00:30", "25 01:30"]
    assert events[0]["DTEND"].dt - events[0]["DTSTART"].dt == timedelta(hours=1)
    assert "DTEND" not in events[1]


def test_days_are_days_and_end_behind_their_last() -> None:
    one, three = read(
        CalendarEntry("a", date(2026, 11, 20), "a"), CalendarEntry("b", date(2026, 11, 20), "b", ends=date(2026, 11, 22))
    )
    assert (one["DTSTART"].dt, one["DTEND"].dt, three["DTEND"].dt) == (
        date(2026, 11, 20),
        date(2026, 11, 21),
        date(2026, 11, 23),
    )
    assert str(one["TRANSP"]) == "TRANSPARENT"


def test_what_is_cancelled_stays_and_says_so() -> None:
    (event,) = read(CalendarEntry("a", date(2026, 11, 20), "a", sequence=3, cancelled=True))
    assert (str(event["STATUS"]), event["SEQUENCE"], str(event["UID"])) == ("CANCELLED", 3, "a")


def test_the_same_entries_are_the_same_bytes() -> None:
    entry = CalendarEntry("a", date(2026, 11, 20), "a")
    assert calendar_text("x", BERLIN, (entry,)) == calendar_text("x", BERLIN, (entry,))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.text(max_size=100))
def test_no_text_breaks_out_of_its_place(text: str, place: str) -> None:
    (event,) = read(CalendarEntry("uid", date(2026, 11, 20), "BEGIN:VEVENT", place=place, description=text))
    assert set(event) <= {"UID", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "DTEND", "TRANSP", "SUMMARY", "LOCATION", "DESCRIPTION",
                          "SEQUENCE", "STATUS"}  # fmt: skip


def test_hostile_text_is_text() -> None:
    hostile = "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:b;c,d\\n\x00"
    (event,) = read(CalendarEntry("uid", date(2026, 11, 20), hostile))
    assert str(event["SUMMARY"]) == "a\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:b;c,d\\n"
