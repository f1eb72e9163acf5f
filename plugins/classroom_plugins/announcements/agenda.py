"""What a household still has to confirm: now, on a day, in the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from classroom_matrix.api import CalendarEntry, View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Household

from . import store
from .cards import called, count, short
from .domain import Announcement, State, local, milliseconds

PAST = timedelta(days=60)


def open_for(view: View, household: Household) -> Sequence[Line]:
    """A line for each must-read that the family has not confirmed; families that came after it was sent have to, too."""
    return [Line(_line(view, announcement)) for announcement in _waiting(view, household)]


def coming(view: View, household: Household, day: date) -> Sequence[Line]:
    """Must-reads whose deadline is on that day."""
    due = [
        (announcement, local(announcement.until, view.klass.zone))
        for announcement in _waiting(view, household)
        if announcement.until is not None
    ]
    return [
        Line(view.text("announcements-coming", announcement=called(view, announcement), time=f"{until:%H:%M}"))
        for announcement, until in due
        if until.date() == day
    ]


def calendar(view: View, household: Household | None) -> Sequence[CalendarEntry]:  # noqa: ARG001 - the same for everybody
    """Deadlines of must-reads, the whole class's."""
    since = milliseconds(view.now - PAST)
    return [_entry(view, announcement) for announcement in store.must_since(view.klass.id, since)]


def _waiting(view: View, household: Household) -> list[Announcement]:
    if view.roster.family(household.family_id) is None:
        return []
    now = milliseconds(view.now)
    asking = [announcement for announcement in store.asking(view.klass.id) if announcement.takes_words(now)]
    return [each for each in asking if household.family_id not in count(view, each).confirmed]


def _line(view: View, announcement: Announcement) -> str:
    name = called(view, announcement)
    if announcement.until is None:
        return view.text("announcements-agenda", announcement=name)
    key = "announcements-agenda-late" if announcement.is_late(milliseconds(view.now)) else "announcements-agenda-until"
    return view.text(key, announcement=name, until=local(announcement.until, view.klass.zone))


def _entry(view: View, announcement: Announcement) -> CalendarEntry:
    assert announcement.until is not None
    return CalendarEntry(
        uid=f"must-read/{announcement.number}",
        starts=local(announcement.until, view.klass.zone),
        title=view.text("announcements-calendar", number=str(announcement.number), text=short(announcement.text)),
        description=announcement.text if announcement.state is State.SENT else "",
        sequence=announcement.changes + announcement.version - 1,
        changed=local(max(store.versions(announcement)[-1].at, announcement.changed_at or 0), view.klass.zone),
        cancelled=announcement.state is not State.SENT,
    )
