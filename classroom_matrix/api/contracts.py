"""The contracts between built-in plugins: what they ask each other for and tell each other. See `between`.

An *occasion* is something that a class does together at a time; its name (`"events/12"`) is made by the plugin that keeps it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from ..domain.ids import EventId, FamilyId, HouseholdId, PersonId
from .between import News, Request

# ── Plain words in desks ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class WordsRefused(News):
    """Somebody was asked whether a message meant what a plugin made of it, and said no: so it is talk. Told by the house.

    `event_id`: the message; `at`: its time, milliseconds since 1970.
    """

    event_id: EventId
    at: int


@dataclass(frozen=True, slots=True)
class WordsTaken(News):
    """A message that meant nothing at first, or that was asked back, was taken for something after all: it is no talk any more.
    Told by the house.

    `event_id`: the message; `at`: when it was edited or confirmed, milliseconds since 1970.
    """

    event_id: EventId
    at: int


# ── Polls ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class OpenPoll(Request[int]):
    """Open a poll of the class's families; the answer is its number. Served by polls.

    `origin`: whose it is ("events/12"), told again with its end. `room`: a role or a room's ID. `until`: aware.
    """

    changes: ClassVar[bool] = True
    question: str
    options: tuple[str, ...]
    origin: str
    room: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClosePoll(Request[bool]):
    """Cancel a poll that was opened with `OpenPoll` and is not needed any more; whether it was open. Served by polls."""

    changes: ClassVar[bool] = True
    number: int


@dataclass(frozen=True, slots=True)
class PollEnded(News):
    """A poll that was opened for `origin` has ended. `outcome`: the text of what was decided; None: nothing was."""

    origin: str
    number: int
    outcome: str | None


# ── Events and duties ───────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Occasion:
    """`name`: "events/12"; `number`: 12, as people say it; `ends` may be unknown. Times are aware."""

    name: str
    number: int
    title: str
    starts: datetime | None
    ends: datetime | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class OpenOccasions(Request[Sequence[Occasion]]):
    """What is planned and not over, soonest first. Served by events."""


@dataclass(frozen=True, slots=True)
class OccasionMoved(News):
    """Time, place or title changed, or a date was set. `before`: as it was."""

    occasion: Occasion
    before: Occasion


@dataclass(frozen=True, slots=True)
class OccasionCancelled(News):
    """It will not take place: everything that was promised for it is free again. Events tells the families."""

    occasion: Occasion


@dataclass(frozen=True, slots=True)
class OccasionOver(News):
    """It is done."""

    occasion: Occasion


@dataclass(frozen=True, slots=True)
class DutyRole:
    """One role of an occasion, as a card shows it. `taken`: how many places are; `names`: of whom, as others may see them."""

    number: int
    title: str
    places: int
    taken: int
    names: tuple[str, ...] = ()
    starts: datetime | None = None
    needs: str = ""


@dataclass(frozen=True, slots=True)
class DutiesOf(Request[Sequence[DutyRole]]):
    """Who does what at an occasion. Served by duties."""

    occasion: str


@dataclass(frozen=True, slots=True)
class WantedRole:
    """A role to be opened. `places` at least 1; `starts` aware or None for the occasion's start."""

    title: str
    places: int
    starts: datetime | None = None
    needs: str = ""


@dataclass(frozen=True, slots=True)
class OpenDuties(Request[Sequence[DutyRole]]):
    """Open roles for an occasion, beside those that it has. Served by duties."""

    changes: ClassVar[bool] = True
    occasion: Occasion
    roles: tuple[WantedRole, ...]


@dataclass(frozen=True, slots=True)
class DutyHolders(Request[Sequence[FamilyId]]):
    """Families with a duty at an occasion (for thanks, and when the plan changes). Served by duties."""

    occasion: str


@dataclass(frozen=True, slots=True)
class DutyAsked(Request[int | None]):
    """When a household was last asked by letter to do something, or to swap it, as long as that waits for its answer: words
    that name nothing are perhaps said to that. Milliseconds since 1970, like `at`, for which it is wanted. Served by duties.
    """

    family: FamilyId
    household: HouseholdId
    at: int


@dataclass(frozen=True, slots=True)
class OccasionOfDuties(Request[str | None]):
    """The name of the occasion whose duties a message of theirs is about (their card), by its event ID: what replies to it
    means that occasion. Asked by handlers. Served by duties.
    """

    event_id: EventId


@dataclass(frozen=True, slots=True)
class OccasionOfEvent(Request[str | None]):
    """The same of a message about an occasion itself: its card, a letter. Served by events."""

    event_id: EventId


@dataclass(frozen=True, slots=True)
class DutiesChanged(News):
    """Who does what at an occasion is different now: its card has to be drawn again."""

    occasion: str


# ── Absence ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class PupilAway(News):
    """A pupil is away on the days from `first` to `last`, both included; also where an earlier entry changed."""

    pupil: PersonId
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class PupilsAway(Request[Mapping[PersonId, date]]):
    """Pupils who are away on a day, with the last day of their absence. Served by absence."""

    day: date
