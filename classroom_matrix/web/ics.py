"""A calendar as text, by RFC 5545. Times are UTC: right on both sides of every change of the clocks, whatever a phone knows of
our zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..api import CalendarEntry

REFRESH = timedelta(hours=1)
_UNKNOWN = datetime(2020, 1, 1, tzinfo=UTC)
"""Stands for when an entry last changed if nobody says: a calendar that is the same has to look the same."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufffe\uffff]")


def calendar_text(name: str, zone: ZoneInfo, entries: Iterable[CalendarEntry]) -> bytes:
    """The same entries are the same bytes."""
    from icalendar import Calendar  # noqa: PLC0415 - 40 ms that only calendars need

    calendar = Calendar()
    calendar.add("prodid", "-//classroom-matrix//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _plain(name))
    calendar.add("x-wr-timezone", zone.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT1H")
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry):  # type: ignore[no-untyped-def] # noqa: ANN202 - icalendar has no types, and is imported late
    from icalendar import Event  # noqa: PLC0415

    event = Event()
    changed = entry.changed.astimezone(UTC).replace(microsecond=0) if entry.changed else _UNKNOWN
    event.add("uid", entry.uid)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", _moment(entry.starts))
    if isinstance(entry.starts, datetime):
        if isinstance(entry.ends, datetime) and entry.ends > entry.starts:
            event.add("dtend", _moment(entry.ends))
    else:
        last = entry.ends if entry.ends is not None and not isinstance(entry.ends, datetime) else entry.starts
        event.add("dtend", max(last, entry.starts) + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # homework for a day keeps nobody from meeting
    event.add("summary", _plain(entry.title))
    if entry.place:
        event.add("location", _plain(entry.place))
    if entry.description:
        event.add("description", _plain(entry.description))
    event.add("sequence", max(0, entry.sequence))
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    return event


def _moment(at: datetime | date) -> datetime | date:
    return at.astimezone(UTC).replace(microsecond=0) if isinstance(at, datetime) else at


def _plain(text: str) -> str:
    """Text without what calendars cannot hold; icalendar escapes the rest."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).encode("utf-8", "replace").decode()
