"""What plugins put into calendars: the feeds (`web.calendar`) and the files that come with a confirmation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..domain.people import Household
    from .context import View


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One dated thing.

    Args:
        uid: of the plugin, the same for as long as the thing is the same one, moved or not ("slot/17"); no personal data. One
            with an "@" is good everywhere as it stands: random, and the same as in a file that was sent.
        starts: aware, or a day.
        ends: likewise; of days the last one, included. None: that day, or no length.
        title: plain text.
        place, description: plain text.
        sequence: grows with every change that people have to notice (RFC 5545).
        cancelled: it stays in feeds, crossed out, so that calendars which have it learn of it.
        changed: when it last changed, aware; None: unknown.
    """

    uid: str
    starts: datetime | date
    title: str
    ends: datetime | date | None = None
    place: str = ""
    description: str = ""
    sequence: int = 0
    cancelled: bool = False
    changed: datetime | None = None


Calendar = Callable[["View", "Household | None"], Sequence[CalendarEntry]]
"""What a household sees in its calendar: what is the class's, and its own; with None, only what is the whole class's.

The view speaks the household's language. Of the last 60 days and everything to come."""
