"""The rules of a round, by themselves: whatever happens, in any order, by however many."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId
from classroom_matrix.domain.time import QuietHours, at_local
from classroom_plugins.consultations.domain import Board, Booking, Claimant, Offer, Outcome, Round, Slot, State, Via, Waiting
from classroom_plugins.consultations.times import after_waking_hours, awake, cut, packed, shifted

from .invariants import check

MINUTE = 60_000
HOUR = 60 * MINUTE


def make_board(slots: int = 6, *, per_pupil: int = 1, double: bool = False) -> Board:
    """Slots of 15 minutes from 1000 h on, a break behind the third."""
    starts = [1000 * HOUR + number * 15 * MINUTE + (10 * MINUTE if number >= 3 else 0) for number in range(slots)]
    round_ = Round(1, "3b", 1, PersonId("teacher"), "", "announcements", 0, 999 * HOUR, per_pupil, double)
    return Board(round_, tuple(Slot(number + 1, 1, number + 1, at, at + 15 * MINUTE) for number, at in enumerate(starts)))


CLAIMANTS = [
    Claimant(FamilyId("a"), HouseholdId("a0"), (PersonId("p1"),)),
    Claimant(FamilyId("b"), HouseholdId("b0"), (PersonId("p2"), PersonId("p3"))),
    Claimant(FamilyId("c"), HouseholdId("c0"), (PersonId("p4"),)),
    Claimant(FamilyId("c"), HouseholdId("c1"), (PersonId("p4"),)),
    Claimant(FamilyId("d"), HouseholdId("d0"), (PersonId("p5"),)),
]
KNOWN = {claimant.household: claimant for claimant in CLAIMANTS}


@dataclass
class Office:
    """Keeps a board as the tables do: each decision is written down before the next one."""

    board: Board
    numbers: int = 100
    served: list[int] = field(default_factory=list)

    def book(self, who: Claimant, slot_id: int, at: int, *, by_staff: bool = False) -> None:
        slot = self.board.slot(slot_id)
        assert slot is not None
        chosen = self.board.choose(who, slot, at, by_staff=by_staff)
        assert (chosen.outcome is Outcome.DONE) == bool(chosen.slots)
        if chosen.outcome is not Outcome.DONE:
            return
        self.numbers += 1
        booking = Booking(
            self.numbers, 1, who.family, who.household, chosen.pupils, tuple(each.id for each in chosen.slots),
            chosen.slots[0].starts, chosen.slots[-1].ends, PersonId("x"), Via.DESK, at, str(self.numbers), "t",
        )  # fmt: skip
        self.board = replace(self.board, bookings=(*self.board.bookings, booking))
        self._served(who, booking)

    def move(self, who: Claimant, slot_id: int, at: int) -> None:
        mine = [booking for booking in self.board.bookings if who.owns(booking)]
        slot = self.board.slot(slot_id)
        if not mine or slot is None:
            return
        chosen = self.board.move(who, mine[0], slot, at)
        if chosen.outcome is Outcome.DONE:
            ids = tuple(each.id for each in chosen.slots)
            moved = replace(mine[0], slots=ids, starts=chosen.slots[0].starts, ends=chosen.slots[-1].ends)
            self.board = replace(self.board, bookings=tuple(moved if one == mine[0] else one for one in self.board.bookings))
            self._served(who, moved)
        else:
            assert mine[0] in self.board.bookings

    def cancel(self, who: Claimant) -> None:
        mine = [booking for booking in self.board.bookings if who.owns(booking)]
        self.board = replace(self.board, bookings=tuple(one for one in self.board.bookings if one not in mine[:1]))

    def wait(self, who: Claimant, slot_id: int | None, at: int) -> None:
        slot = self.board.slot(slot_id) if slot_id else None
        if self.board.wait(who, slot, at) is Outcome.DONE:
            self.numbers += 1
            waiting = Waiting(self.numbers, 1, who.family, who.household, PersonId("x"), slot_id, at, str(self.numbers))
            self.board = replace(self.board, queue=(*self.board.queue, waiting))

    def decline(self, who: Claimant) -> None:
        offered = {offer.waiting for offer in self.board.offers.values()}
        self._stop([waiting for waiting in self.board.queue if who.owns(waiting) and waiting.id in offered])

    def move_day(self, by: int) -> None:
        times = shifted(self.board.slots, self.board.slots[0].starts + by, ())
        slots = tuple(replace(slot, starts=times[slot.id][0], ends=times[slot.id][1]) for slot in self.board.slots)
        bookings = tuple(replace(one, starts=one.starts + by, ends=one.ends + by) for one in self.board.bookings)
        self.board = replace(self.board, slots=slots, bookings=bookings)

    def offer(self, at: int) -> None:
        """To whoever is next, until nobody is."""
        while True:
            found = ((slot, self.board.next_for(slot, at, KNOWN)) for slot in self.board.slots)
            slot, waiting = next(((slot, waiting) for slot, waiting in found if waiting), (None, None))
            if slot is None or waiting is None:
                return
            self.board = replace(self.board, offers={**self.board.offers, slot.id: Offer(slot.id, waiting.id, at, at + HOUR)})

    def _served(self, who: Claimant, booking: Booking) -> None:
        full = self.board.is_full(who)
        self._stop([w for w in self.board.queue if who.owns(w) and (w.wanted in booking.slots or (full and w.wanted is None))])

    def _stop(self, gone: list[Waiting]) -> None:
        ids = {waiting.id for waiting in gone}
        offers = {slot: offer for slot, offer in self.board.offers.items() if offer.waiting not in ids}
        self.board = replace(self.board, queue=tuple(w for w in self.board.queue if w.id not in ids), offers=offers)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["book", "book", "book", "staff", "move", "cancel", "wait", "wait one", "decline", "day"]),
        st.sampled_from(CLAIMANTS),
        st.integers(1, 6),
    ),
    max_size=40,
)


@settings(max_examples=300, deadline=None)
@given(ACTS, st.integers(1, 2), st.booleans(), st.booleans())
def test_whatever_is_done_no_slot_is_given_twice_and_nobody_has_too_much(acts, per_pupil, double, alone):
    office = Office(make_board(per_pupil=per_pupil, double=double))
    for at, (what, claimant, number) in enumerate(acts, start=1):
        who = replace(claimant, alone=alone)
        match what:
            case "book" | "staff":
                office.book(who, number, at, by_staff=what == "staff")
            case "move":
                office.move(who, number, at)
            case "cancel":
                office.cancel(who)
            case "wait":
                office.wait(who, None, at)
            case "wait one":
                office.wait(who, number, at)
            case "decline":
                office.decline(who)
            case "day":
                office.move_day(number * HOUR)
        office.offer(at)
        check(office.board, at, KNOWN if alone else {})


def test_first_come_first_served_over_any_number_of_freed_slots():
    office = Office(make_board(2))
    first, second, third, *_ = [replace(claimant, pupils=claimant.pupils[:1]) for claimant in CLAIMANTS]
    office.book(first, 1, 1)
    office.book(second, 2, 2)
    for at, who in enumerate((third, CLAIMANTS[4], CLAIMANTS[3]), start=3):
        office.wait(who, None, at)
    office.cancel(second)
    office.offer(10)
    office.cancel(first)
    office.offer(11)
    names = {waiting.id: waiting.household for waiting in office.board.queue}
    assert {slot: names[offer.waiting] for slot, offer in office.board.offers.items()} == {2: "c0", 1: "d0"}


def test_deadline_and_closing_let_nobody_book_but_staff_and_those_with_an_offer():
    board = make_board(2)
    who = CLAIMANTS[0]
    late = 999 * HOUR + 1
    closed = replace(board, round=replace(board.round, state=State.CLOSED))
    assert board.choose(who, board.slots[0], late).outcome is Outcome.OVER
    assert closed.choose(who, board.slots[0], 1).outcome is Outcome.OVER
    assert board.choose(who, board.slots[0], late, by_staff=True).outcome is Outcome.DONE
    waiting = Waiting(7, 1, who.family, who.household, PersonId("x"), None, 1, "w")
    kept = replace(board, queue=(waiting,), offers={1: Offer(1, 7, 1, 2)})
    assert kept.choose(who, board.slots[0], late).outcome is Outcome.DONE
    assert kept.choose(CLAIMANTS[4], board.slots[0], 1).outcome is Outcome.TAKEN


# ── Times ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

RANGES = st.tuples(st.integers(0, 200), st.integers(1, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.integers(0, 100), st.integers(1, 240), st.integers(5, 60), st.lists(RANGES, max_size=3))
def test_slots_fill_the_hours_and_touch_no_break(start, length, each, breaks):
    times = cut(start, start + length, each, breaks)
    assert all(end - begin == each and start <= begin and end <= start + length for begin, end in times)
    assert all(one[1] <= other[0] for one, other in pairwise(times))
    assert not any(pause[0] < end and begin < pause[1] for begin, end in times for pause in breaks)


@given(st.lists(st.integers(1, 6), unique=True), st.integers(0, 90), st.lists(RANGES, max_size=2))
def test_moved_into_fewer_hours_those_who_have_booked_come_first_and_keep_their_order(booked, minutes, busy):
    slots = make_board().slots
    busy = [(begin * MINUTE, end * MINUTE) for begin, end in busy]
    times = packed(slots, set(booked), 0, minutes * MINUTE, busy)
    placed = sorted((fits, slot_id) for slot_id, fits in times.items() if fits is not None)
    assert all(one[0][1] <= other[0][0] for one, other in pairwise(placed))
    assert not any(pause[0] < end and begin < pause[1] for (begin, end), _ in placed for pause in busy)
    order = [slot_id for _, slot_id in placed]
    assert [one for one in order if one in booked] == sorted(one for one in order if one in booked)
    if any(times[one] is None for one in booked):
        assert all(one in booked for one in order)


BERLIN = ZoneInfo("Europe/Berlin")
NIGHTS = [date(2027, 3, 28), date(2026, 10, 25), date(2026, 11, 19)]
CLOCKS = st.times().map(lambda clock: clock.replace(microsecond=0))
EDGES = CLOCKS.filter(lambda clock: clock.hour != 2)  # of quiet hours: where the clocks skip them, they begin and end at 03:00
HOURS = st.lists(st.builds(QuietHours, EDGES, EDGES), max_size=2)


@given(st.sampled_from(NIGHTS), CLOCKS, HOURS, st.integers(1, 600))
def test_waking_time_is_counted_in_real_minutes_outside_quiet_hours(day, clock, hours, minutes):
    if _never_calm(hours):
        return
    start = at_local(datetime.combine(day, clock), BERLIN)
    end = after_waking_hours(start, timedelta(minutes=minutes), hours)
    awake_minutes, moment = timedelta(), start.astimezone(UTC)
    while moment < end.astimezone(UTC):
        step = min(timedelta(minutes=1), end.astimezone(UTC) - moment)
        if not any(each.covers(moment.astimezone(BERLIN)) for each in hours):
            awake_minutes += step
        moment += step
    assert abs(awake_minutes - timedelta(minutes=minutes)) <= timedelta(minutes=6)  # quiet hours begin within a minute
    assert end > start


@given(st.sampled_from(NIGHTS), CLOCKS, HOURS)
def test_what_would_fall_into_quiet_hours_is_said_before_them(day, clock, hours):
    moment = at_local(datetime.combine(day, clock), BERLIN)
    said = awake(moment, hours)
    assert said.astimezone(UTC) <= moment.astimezone(UTC)
    if not any(each.covers(moment) for each in hours):
        assert said == moment


def _never_calm(hours: list[QuietHours]) -> bool:
    minutes = [time(minute // 60, minute % 60) for minute in range(0, 1440, 1)]
    calm = [m for m in minutes if not any(each.covers(datetime.combine(NIGHTS[2], m)) for each in hours)]
    return len(calm) < 120
