"""What duties are. Times are the homeserver's, in milliseconds since 1970 (UTC).

A *sheet* is what one card shows: the roles of an occasion, or a series such as the weekly duty in the classroom.
A *duty* is one role of it, or one week (or day) of a series, with so many places. A *hold* is a family's place: it
counts once per family, whoever of it took it, and stays for ever; one that was given back has an end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from classroom_matrix.domain.ids import EventId, FamilyId, HouseholdId, PersonId

HOUR = 3_600_000
DAY = 24 * HOUR
WITHOUT_END = 2 * HOUR
"""How long a duty is taken to last that has a beginning only."""
BUTTONS = 10  # there are no keycaps beyond
MAX_ROLES = 20
MAX_PLACES = 100
MAX_TITLE = 80  # characters
MAX_WEIGHT = 9
SCHOOL_YEAR_BEGINS = 9  # September
OWN = "own"
"""The occasion of sheets that belong to no event of another plugin."""

OFFER, NEXT, HELD = "offer", "next", "held"
"""Kinds of subjects of messages: a letter that asks a family (an offer's ID), a line that proposes who is asked after a refusal
(an offer's), a reminder (a duty's).
"""

_KEYCAP = "\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}"


class SheetState(StrEnum):
    OPEN = "open"
    OVER = "over"
    CANCELLED = "cancelled"


class Via(StrEnum):
    """How a place came to a family."""

    REACTION = "reaction"
    DESK = "desk"  # written into the household's desk or a private chat
    PROXY = "proxy"  # entered by the teacher
    LOTS = "lots"  # wished for
    PROPOSAL = "proposal"  # proposed by the teacher
    SWAP = "swap"


class Ended(StrEnum):
    """Why a family has a place no more."""

    GIVEN_BACK = "given-back"
    BY_TEACHER = "by-teacher"
    SWAPPED = "swapped"
    CANCELLED = "cancelled"
    MISSED = "missed"
    LEFT = "left"  # the class


class Outcome(StrEnum):
    """What became of the wish to take a place."""

    TAKEN = "taken"
    HELD = "held"  # the family has had it before
    WISHED = "wished"  # it is decided later
    FULL = "full"
    OVER = "over"
    VOID = "void"  # taken back before it arrived


class OfferState(StrEnum):
    """The way of a place that the solver found for a family."""

    DRAFT = "draft"  # the teacher looks at it
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"  # replaced or cancelled by the teacher, or by events
    LAPSED = "lapsed"  # somebody else was quicker

    @property
    def refuses(self) -> bool:
        """Whether the family is not asked for the same duty again."""
        return self in (OfferState.DECLINED, OfferState.SILENT)


class SwapState(StrEnum):
    ASKED = "asked"
    DONE = "done"
    DECLINED = "declined"
    EXPIRED = "expired"
    VOID = "void"  # not possible any more, or withdrawn by who asked


@dataclass(frozen=True, slots=True)
class Sheet:
    """`occasion`: its name, empty for a series, `OWN` where it is of no other plugin; `number`: as people say it."""

    id: int
    class_id: str
    occasion: str
    number: int | None
    title: str
    starts: int | None
    ends: int | None
    place: str
    room: str
    state: SheetState

    @property
    def is_series(self) -> bool:
        return not self.occasion


@dataclass(frozen=True, slots=True)
class Duty:
    """A role, or a part of a series.

    `clock`: minutes of the day, where the role begins at another time than the occasion. `weight`: what it counts in the load.
    `wishes_until`: until then wishes are collected; `seed`: of the lots, once drawn. `sequence`: grows when it is moved.
    """

    id: int
    sheet: Sheet
    number: int
    title: str
    places: int
    weight: int
    starts: int | None
    ends: int | None
    clock: int | None
    needs: str
    wishes_until: int | None
    seed: int | None
    removed: bool
    sequence: int

    @property
    def begins(self) -> int | None:
        return self.starts if self.starts is not None else self.sheet.starts

    @property
    def finishes(self) -> int | None:
        """When it is over at the latest; None where it has no time."""
        if self.ends is not None:
            return self.ends
        if self.starts is None and self.sheet.ends is not None:
            return self.sheet.ends
        begins = self.begins
        return None if begins is None else begins + WITHOUT_END

    @property
    def is_open(self) -> bool:
        return not self.removed and self.sheet.state is SheetState.OPEN

    def is_past(self, at: int) -> bool:
        return self.finishes is not None and at >= self.finishes

    def collects_wishes(self, at: int) -> bool:
        return self.wishes_until is not None and self.seed is None and at < self.wishes_until

    @property
    def awaits_draw(self) -> bool:
        """Whether wishes are collected, or have been and are not decided."""
        return self.wishes_until is not None and self.seed is None


@dataclass(frozen=True, slots=True)
class Hold:
    """A family's place. `household`, `person`: who took it; None where that is not known (entered by the teacher)."""

    id: int
    duty: int
    family: FamilyId
    household: HouseholdId | None
    person: PersonId | None
    via: Via
    at: int
    ended_at: int | None
    ended: Ended | None


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody's wish for a place. `source`: the event, None for what is not taken back by redacting it."""

    family: FamilyId
    household: HouseholdId | None
    person: PersonId | None
    via: Via
    source: EventId | None
    at: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A place found for a family. `before`, `after`: its load. `why`: a text of the catalogue. `next`: follows a refusal."""

    id: int
    proposal: int
    duty: int
    family: FamilyId
    state: OfferState
    before: int
    after: int
    why: str
    asked_at: int | None
    expires_at: int | None
    follows: bool


@dataclass(frozen=True, slots=True)
class Proposal:
    id: int
    sheet: int
    seed: int
    at: int


@dataclass(frozen=True, slots=True)
class Swap:
    """`asker` gives `gives` and gets `gets`, which `other` holds."""

    id: int
    asker: FamilyId
    asker_household: HouseholdId
    other: FamilyId
    gives: int
    gets: int
    state: SwapState
    at: int
    asked_at: int
    expires_at: int


@dataclass(frozen=True, slots=True)
class Order:
    """A command of the teacher, by its message `source`. `before`: of an exemption, until when there was one."""

    source: EventId
    what: str
    duty: int | None
    family: FamilyId | None
    before: int | None
    at: int


def conflicts(one: Duty, other: Duty) -> bool:
    """Whether a family cannot well do both: at the same time, or in the same days of series. A week's duty in the classroom
    and an hour at an occasion go together.
    """
    if one.id == other.id:
        return True
    if one.sheet.is_series != other.sheet.is_series:
        return False
    first, second = _span(one), _span(other)
    if first is None or second is None:
        return one.sheet.id == other.sheet.id  # no date yet: all of it may be at once
    return first[0] < second[1] and second[0] < first[1]


def _span(duty: Duty) -> tuple[int, int] | None:
    begins, finishes = duty.begins, duty.finishes
    return None if begins is None or finishes is None else (begins, max(finishes, begins + 1))


def slots(duties: Sequence[Duty]) -> dict[int, int]:
    """Duties put together that are at one time, directly or by way of others: duty's ID → the least ID of its slot."""
    slot = {duty.id: duty.id for duty in duties}
    for index, one in enumerate(duties):
        for other in duties[:index]:
            if slot[one.id] != slot[other.id] and conflicts(one, other):
                least, greatest = sorted((slot[one.id], slot[other.id]))
                slot = {duty: least if of == greatest else of for duty, of in slot.items()}
    return slot


def school_year(day: date) -> int:
    """The calendar year in which the school year of a day began."""
    return day.year if day.month >= SCHOOL_YEAR_BEGINS else day.year - 1


def standing(holds: Iterable[Hold]) -> list[Hold]:
    return [hold for hold in holds if hold.ended is None]


def mark(position: int) -> str:
    """The button of the role at `position` (from 1): a keycap up to ten, plain beyond."""
    if position < BUTTONS:
        return f"{position}{_KEYCAP}"
    return "🔟" if position == BUTTONS else f"{position}."


def position_of(key: str) -> int | None:
    """The position that a reaction or a word names: "2️⃣" as any client writes it, "2", "№2", "2."."""
    plain = key.strip().strip(_KEYCAP).strip("№#. ")
    if plain == "🔟":
        return BUTTONS
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 2 else None


def local(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at / 1000, zone)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def days_of(duty: Duty, zone: tzinfo) -> tuple[date, date] | None:
    """The first and the last day of a duty."""
    span = _span(duty)
    if span is None:
        return None
    return local(span[0], zone).date(), local(span[1] - 1, zone).date()


def weeks(first: date, last: date, weekdays: frozenset[int]) -> list[tuple[date, date]]:
    """The parts of each week from `first` to `last` that lie on `weekdays` (Monday is 0), as (first day, last day)."""
    found: list[tuple[date, date]] = []
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        days = [day for day in (monday + timedelta(days=n) for n in sorted(weekdays)) if first <= day <= last]
        if days:
            found.append((days[0], days[-1]))
        monday += timedelta(days=7)
    return found
