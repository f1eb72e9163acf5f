"""What may be booked, by whom, and who is next. Times are the homeserver's, in milliseconds since 1970 (UTC).

A *round* is one opening by one host ("Thu 16–18, 15 min"); its slots are numbered on from those of the rounds of the class that
are not over yet, so that a number means one time for everybody. A *board* is the state of one round; the functions here say
what becomes of an act, the plugin's tables keep it. Whoever comes first by arrival wins: one act is decided at a time.

1. A slot is free if it is not withdrawn, lies ahead, belongs to no booking, and is not kept for somebody of the waiting list.
2. A claimant (one household, or the whole family where the class counts so) may hold `per_pupil` slots for each of its pupils.
3. A family with several pupils gets that many slots in a row at its first choice, where the round is `double` and there are.
4. What becomes free is offered to the first of the waiting list who wants it; what is offered is kept until the offer ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId

MOST_SLOTS = 99
"""In one class at the same time: numbers have to stay short."""
SHORTEST = 5
LONGEST = 240  # minutes of a slot


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"  # nobody books any more; bookings stand
    CANCELLED = "cancelled"


class Via(StrEnum):
    """How a slot was chosen."""

    DESK = "desk"  # written into the household's desk or a private chat
    REACTION = "reaction"
    PROXY = "proxy"  # entered by staff


class Outcome(StrEnum):
    """What became of an act."""

    DONE = "done"
    ALREADY = "already"  # it is so already
    TAKEN = "taken"
    PAST = "past"
    OVER = "over"  # the deadline has passed, or the host has closed it
    GONE = "gone"  # the slot was withdrawn
    FULL = "full"  # the claimant holds as much as it may
    FREE = "free"  # no need to wait: there are free slots


@dataclass(frozen=True, slots=True)
class Round:
    """An opening. `epoch`: the round with which the numbering began; `until`: the deadline for booking; `place`: may be empty.

    `published_at`: from when on families see it: the end of the quiet hours in which it was opened.
    """

    id: int
    class_id: str
    epoch: int
    host: PersonId
    place: str
    room: str
    published_at: int
    until: int | None
    per_pupil: int
    double: bool
    state: State = State.OPEN

    def is_open(self, at: int) -> bool:
        return self.state is State.OPEN and (self.until is None or at <= self.until)


@dataclass(frozen=True, slots=True)
class Slot:
    id: int
    round_id: int
    number: int
    starts: int
    ends: int
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Booking:
    """One booking of one or several slots in a row.

    `asked_at`: when its family was asked whether a moved time suits; None: it was not, or has answered. `sequence`: grows with
    every change of time (RFC 5545). `token`: its name in calendars. `source`: the event that it is.
    """

    id: int
    round_id: int
    family: FamilyId
    household: HouseholdId
    pupils: tuple[PersonId, ...]
    slots: tuple[int, ...]
    starts: int
    ends: int
    by: PersonId
    via: Via
    at: int
    source: str
    token: str
    sequence: int = 0
    note: str = ""
    asked_at: int | None = None
    cancelled_at: int | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on the waiting list. `wanted`: the only slot that is wanted; None: any."""

    id: int
    round_id: int
    family: FamilyId
    household: HouseholdId
    by: PersonId
    wanted: int | None
    at: int
    source: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A free slot that is kept for somebody until `until`. `at`: when the household was (or will be) told."""

    slot: int
    waiting: int
    at: int
    until: int


@dataclass(frozen=True, slots=True)
class Claimant:
    """Who books. `alone`: the household counts for itself; else the family's households count together."""

    family: FamilyId
    household: HouseholdId
    pupils: tuple[PersonId, ...]
    alone: bool = True

    def owns(self, thing: Booking | Waiting) -> bool:
        """Whether a booking is this household's own: nobody acts on the other household's."""
        return thing.household == self.household

    def counts(self, thing: Booking | Waiting) -> bool:
        """Whether a booking uses up what this claimant may have."""
        return self.owns(thing) if self.alone else thing.family == self.family


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody gets. `slots`, `pupils`: of the booking, where it is `DONE`; `others`: what the claimant holds already."""

    outcome: Outcome
    slots: tuple[Slot, ...] = ()
    pupils: tuple[PersonId, ...] = ()
    others: tuple[Booking, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The state of a round. `slots`: by time; `bookings`: those that stand; `queue`: who waits, first come first;
    `offers`: by slot.
    """

    round: Round
    slots: tuple[Slot, ...]
    bookings: tuple[Booking, ...] = ()
    queue: tuple[Waiting, ...] = ()
    offers: Mapping[int, Offer] = field(default_factory=dict)

    def slot(self, slot_id: int) -> Slot | None:
        return next((slot for slot in self.slots if slot.id == slot_id), None)

    def waiting(self, waiting_id: int) -> Waiting | None:
        return next((waiting for waiting in self.queue if waiting.id == waiting_id), None)

    def booking_of(self, slot_id: int) -> Booking | None:
        return next((booking for booking in self.bookings if slot_id in booking.slots), None)

    def of(self, claimant: Claimant) -> tuple[Booking, ...]:
        """What the claimant holds, by time."""
        return tuple(sorted((b for b in self.bookings if claimant.counts(b)), key=lambda booking: booking.starts))

    def ends(self) -> int:
        """When the last slot is over."""
        return max((slot.ends for slot in self.slots if not slot.withdrawn), default=0)

    def offered_to(self, slot_id: int) -> Waiting | None:
        offer = self.offers.get(slot_id)
        return self.waiting(offer.waiting) if offer else None

    def is_free(self, slot: Slot, at: int, claimant: Claimant | None = None, giving_up: Booking | None = None) -> bool:
        """Whether the claimant (or anybody) may have the slot; a booking that is given up for it leaves its slots free."""
        if slot.withdrawn or slot.starts <= at or self.round.state is State.CANCELLED:
            return False
        booking = self.booking_of(slot.id)
        if booking is not None and booking != giving_up:
            return False
        kept_for = self.offered_to(slot.id)
        return kept_for is None or (claimant is not None and claimant.owns(kept_for))

    def free(self, at: int, claimant: Claimant | None = None) -> tuple[Slot, ...]:
        """Free slots by time; none where booking is over, but for what is offered to the claimant."""
        found = tuple(slot for slot in self.slots if self.is_free(slot, at, claimant))
        return found if self.round.is_open(at) else tuple(slot for slot in found if slot.id in self.offers)

    def row(self, slot: Slot, size: int, at: int, claimant: Claimant, giving_up: Booking | None = None) -> tuple[Slot, ...]:
        """`size` free slots in a row that the slot is one of, rather those behind it; none where there are none."""
        standing = [each for each in self.slots if not each.withdrawn]
        place = standing.index(slot)
        for first in range(place, place - size, -1):
            row = standing[max(first, 0) : first + size] if first >= 0 else []
            if (
                len(row) == size
                and all(before.ends == after.starts for before, after in pairwise(row))
                and all(self.is_free(each, at, claimant, giving_up) for each in row)
            ):
                return tuple(row)
        return ()

    def choose(self, claimant: Claimant, slot: Slot, at: int, *, by_staff: bool = False) -> Chosen:
        """Book a slot. Staff may after the deadline, too."""
        held = self.of(claimant)
        own = self.booking_of(slot.id)
        if own is not None and claimant.owns(own):
            return Chosen(Outcome.ALREADY, others=(own,))
        refused = self._refused(claimant, slot, at, by_staff=by_staff)
        if refused is not None:
            return Chosen(refused, others=held)
        room = self.round.per_pupil * len(claimant.pupils) - sum(len(booking.slots) for booking in held)
        if room <= 0:
            return Chosen(Outcome.FULL, others=held)
        lacking = self._lacking(claimant, held)
        row: tuple[Slot, ...] = ()
        if self.round.double and 1 < len(lacking) <= room:
            row = self.row(slot, len(lacking), at, claimant)
        return Chosen(Outcome.DONE, row or (slot,), lacking if row else lacking[:1], held)

    def move(self, claimant: Claimant, booking: Booking, slot: Slot, at: int, *, by_staff: bool = False) -> Chosen:
        """Give a booking another time: its old one is kept unless the new one is had."""
        if slot.id == booking.slots[0]:
            return Chosen(Outcome.ALREADY, others=(booking,))
        if booking.starts <= at:
            return Chosen(Outcome.PAST, others=(booking,))
        if slot.id not in booking.slots:
            refused = self._refused(claimant, slot, at, by_staff=by_staff)
            if refused is not None:
                return Chosen(refused, others=(booking,))
        row = self.row(slot, len(booking.slots), at, claimant, giving_up=booking)
        if not row or row[0].id == booking.slots[0]:
            return Chosen(Outcome.TAKEN, others=(booking,))
        return Chosen(Outcome.DONE, row, booking.pupils, (booking,))

    def wait(self, claimant: Claimant, slot: Slot | None, at: int) -> Outcome:
        """Join the waiting list, for one slot or for any."""
        possible = [each for each in self.slots if each.starts > at and not each.withdrawn and slot in (None, each)]
        if self.round.state is State.CANCELLED or not possible:
            return Outcome.PAST
        own = self.booking_of(slot.id) if slot else None
        waits = any(claimant.owns(waiting) and waiting.wanted in (None, slot and slot.id) for waiting in self.queue)
        if waits or (own is not None and claimant.owns(own)):
            return Outcome.ALREADY
        free = self.free(at, claimant)
        if free if slot is None else slot in free:
            return Outcome.FREE
        if slot is None and self.is_full(claimant):
            return Outcome.FULL
        return Outcome.DONE

    def is_full(self, claimant: Claimant) -> bool:
        held = sum(len(booking.slots) for booking in self.of(claimant))
        return held >= self.round.per_pupil * len(claimant.pupils)

    def next_for(self, slot: Slot, at: int, claimants: Mapping[HouseholdId, Claimant]) -> Waiting | None:
        """To whom a free slot is offered: the first in the list who wants it, can have it and has no other offer.

        `claimants`: of the households of the class now; others are passed over.
        """
        if not self.is_free(slot, at) or slot.id in self.offers:
            return None
        busy = {offer.waiting for offer in self.offers.values()}
        for waiting in self.queue:
            claimant = claimants.get(waiting.household)
            if waiting.id in busy or claimant is None or waiting.wanted not in (None, slot.id):
                continue
            if waiting.wanted is None and self.is_full(claimant):
                continue
            return waiting
        return None

    def nearest(self, slot: Slot, at: int, claimant: Claimant, most: int) -> tuple[Slot, ...]:
        """Free slots around one that is not, by time."""
        free = sorted(self.free(at, claimant), key=lambda each: (abs(each.starts - slot.starts), each.starts))
        return tuple(sorted(free[:most], key=lambda each: each.starts))

    def _refused(self, claimant: Claimant, slot: Slot, at: int, *, by_staff: bool) -> Outcome | None:
        kept_for = self.offered_to(slot.id)
        if slot.withdrawn or self.round.state is State.CANCELLED:
            return Outcome.GONE
        if slot.starts <= at:
            return Outcome.PAST
        offered = kept_for is not None and claimant.owns(kept_for)
        if not self.is_free(slot, at, claimant):
            return Outcome.TAKEN
        if not self.round.is_open(at) and not offered and not by_staff:
            return Outcome.OVER
        return None

    def _lacking(self, claimant: Claimant, held: Sequence[Booking]) -> tuple[PersonId, ...]:
        """The pupils for whom there may be another slot, those with the fewest first."""
        count = {pupil: sum(pupil in booking.pupils for booking in held) for pupil in claimant.pupils}
        lacking = [pupil for pupil in claimant.pupils if count[pupil] < self.round.per_pupil]
        return tuple(sorted(lacking, key=lambda pupil: count[pupil])) or claimant.pupils
