"""When a pupil is away, computed from everything that was said. Times are the homeserver's, in milliseconds since 1970 (UTC).

Nothing is changed in place: the absences of a pupil follow from the set of statements, in the order of the homeserver's time
and then of the event. So what comes twice, late or out of order, or is taken back, leads to the same state:

1. "Away from … to …" holds for its days. Where it says until when ("до пятницы"), it is right about the days behind its end as
   well: an earlier, longer absence that it overlaps ends there. Where it does not ("болеет сегодня"), it shortens nothing.
2. "Back on …" ends the absence that holds on that day; one that begins later stays.
3. Absences without a school day between them are one, unless the first was over when it was told: whoever is ill again is
   away anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from classroom_matrix.domain.ids import EventId, FamilyId, PersonId
from classroom_matrix.domain.school_days import Weekday, next_school_day

_DAY = timedelta(days=1)


class Reason(StrEnum):
    """All that is kept of why."""

    ILL = "ill"
    FAMILY = "family"
    OTHER = "other"


class Kind(StrEnum):
    AWAY = "away"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody said of a pupil. `first`, `last`: days away; of BACK, both are the day of return.

    `bounded`: it says until when. `source`: the message. `proxy`: entered by staff. `struck`: its message was taken back.
    """

    source: EventId
    pupil: PersonId
    family: FamilyId
    kind: Kind
    first: date
    last: date
    bounded: bool
    reason: Reason
    by: PersonId
    proxy: bool
    at: int
    struck: bool = False

    @property
    def order(self) -> tuple[int, str]:
        return self.at, self.source


@dataclass(frozen=True, slots=True)
class Absence:
    """Away on the days from `first` to `last`, both included. `closed`: it was over when it was told."""

    first: date
    last: date
    reason: Reason
    closed: bool = False

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def absences(statements: Iterable[Statement], school_days: Collection[Weekday]) -> list[Absence]:
    """Of one pupil, in order; those with no school day between them are one."""
    found: list[Absence] = []
    for said in sorted(statements, key=lambda each: each.order):
        if not said.struck:
            found = _with(found, said)
    return _joined(found, school_days)


def _with(found: Sequence[Absence], said: Statement) -> list[Absence]:
    if said.kind is Kind.BACK:
        back = said.first
        kept = (replace(one, last=back - _DAY) if one.covers(back) else one for one in found)
        return [one for one in kept if one.first <= one.last]
    reason = said.reason
    parts: list[Absence] = []
    for one in found:
        if one.last < said.first or one.first > said.last:
            parts.append(one)
            continue
        reason = _said_reason(one.reason, reason)
        if one.first < said.first:
            parts.append(replace(one, last=said.first - _DAY))
        if one.last > said.last and not said.bounded:
            parts.append(replace(one, first=said.last + _DAY))
    closed = said.last < datetime.fromtimestamp(said.at / 1000, UTC).date()
    return sorted([*parts, Absence(said.first, said.last, reason, closed)], key=lambda one: one.first)


def _joined(found: Sequence[Absence], school_days: Collection[Weekday]) -> list[Absence]:
    joined: list[Absence] = []
    for one in found:
        before = joined[-1] if joined else None
        if before is not None and not before.closed and one.first <= next_school_day(before.last, school_days):
            reason = _said_reason(before.reason, one.reason)
            joined[-1] = Absence(before.first, max(before.last, one.last), reason)
        else:
            joined.append(one)
    return joined


def _said_reason(before: Reason, now: Reason) -> Reason:
    """Who says no reason any more has not taken back the one that was said."""
    return before if now is Reason.OTHER else now


def absence_on(found: Iterable[Absence], day: date) -> Absence | None:
    return next((one for one in found if one.covers(day)), None)


def local(at: int, zone: tzinfo) -> datetime:
    """A time in milliseconds as a moment in `zone`."""
    return datetime.fromtimestamp(at / 1000, zone)
