"""Files for calendars: one booking, or the day of a host. Times are UTC, so that no calendar has to know our time zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, timedelta

from classroom_matrix.api import View
from classroom_matrix.domain.content import FileContent

from .cards import host_name
from .domain import Board, Booking
from .people import home_name, pupil_names
from .times import local

_DOMAIN = "classroom-matrix"
_PRODUCT = "-//classroom-matrix//consultations//EN"
_ALARM = timedelta(hours=-1)
_NOBODY = "invalid:nomail"  # RFC 5546 wants an organizer; there is no address to write to


def uid(booking: Booking) -> str:
    """The same for as long as the booking is, moved or not; nobody is named."""
    return f"slot-{booking.token}@{_DOMAIN}"


def for_household(view: View, board: Board, booking: Booking, language: str) -> FileContent:
    """The file that comes with a confirmation, with a new time, and when it is cancelled."""
    title = view.text("consultations-slots-ics-title", language=language, host=host_name(view, board.round))
    return _file("consultation.ics", [(board, booking, title, "")], view, cancelled=booking.cancelled_at is not None)


def for_host(view: View, day: str, bookings: Sequence[tuple[Board, Booking]]) -> FileContent:
    """All bookings of a day, for the staff room. `day`: "2026-11-19"."""
    entries = [
        (board, booking, pupil_names(view, booking.pupils), home_name(view, booking.household)) for board, booking in bookings
    ]
    return _file(f"consultations-{day}.ics", entries, view, cancelled=False)


def _file(name: str, entries: Sequence[tuple[Board, Booking, str, str]], view: View, *, cancelled: bool) -> FileContent:
    from icalendar import Alarm, Calendar, Event, vCalAddress  # noqa: PLC0415 - 40 ms that only bookings need

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if cancelled else "PUBLISH")
    for board, booking, title, description in entries:
        event = Event()
        event.add("uid", uid(booking))
        event.add("dtstamp", view.now.astimezone(UTC))
        event.add("dtstart", local(booking.starts, UTC))
        event.add("dtend", local(booking.ends, UTC))
        event.add("summary", title)
        if description and description != title:
            event.add("description", description)
        if board.round.place:
            event.add("location", board.round.place)
        event.add("sequence", booking.sequence)
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        organizer = vCalAddress(_NOBODY)
        organizer.params["CN"] = host_name(view, board.round)
        event["organizer"] = organizer
        if not cancelled:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", _ALARM)
            event.add_component(alarm)
        calendar.add_component(event)
    return FileContent(name, "text/calendar", calendar.to_ical())
