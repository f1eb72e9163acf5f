"""Plain words in a desk: what they could mean, and what is done about it.

An answer kept in a `Meaning` is a verb and IDs: "pick 17", "move 4 17", "cancel 4", "wait 2 17", "accept 17", "decline 9", …
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from classroom_matrix.api import Context, Meaning, Subject, View
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Household, Person

from . import asked_store, store
from .acts import Act, act_of_guardian, say
from .booking import LIST, cancel, confirm, move, pick, send_list
from .cards import booking_values, host_name
from .domain import Board, Booking, Claimant, Slot, Via
from .people import claimant_of, household_of
from .times import day_of, local
from .waiting import OFFER, decline, join, leave
from .words import Kind, Said, Target, read, vocabulary

MOVED = "moved"
"""The kind of subject of letters that ask whether a moved time suits; its ID is the booking."""
KINDS = frozenset({LIST, OFFER, MOVED, "booking"})
_MOST = 4  # meanings of one message
_LATELY = 3 * 24 * 3600 * 1000
"""Milliseconds. Whoever was shown the list so recently means it by a number that is not on it."""


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    if message.kind != "text" or message.replaces is not None:
        return ()
    said = read(message.body, vocabulary(view))  # first: most messages are talk, and people have to be looked up
    household = household_of(view, person) if said is not None else None
    claimant = claimant_of(view, household) if household is not None else None
    if said is None or household is None or claimant is None:
        return ()
    return list(_Desk(view, household, claimant, message.at).meanings(said))[:_MOST]


class _Desk:
    """What the words of one message could be about."""

    def __init__(self, view: View, household: Household, claimant: Claimant, at: int) -> None:
        self.view = view
        self.household = household
        self.claimant = claimant
        self.at = at
        self.boards = store.live(view.klass.id, at)
        self.listed_at = asked_store.listed_at(view.klass.id, household.id)
        own = [(b, one) for b in self.boards for one in b.bookings if claimant.owns(one) and one.starts > at]
        self.own: list[tuple[Board, Booking]] = sorted(own, key=lambda each: each[1].starts)

    def meanings(self, said: Said) -> Iterator[Meaning]:
        match said.kind:
            case Kind.YES:
                yield from self._yes()
            case Kind.NO:
                yield from self._no()
            case Kind.LIST:
                yield self._list("list")
            case Kind.CANCEL:
                yield from self._cancel(said.target)
            case Kind.WAIT:
                yield from self._wait(said.target)
            case Kind.MOVE:
                yield from self._move(said.target)
            case Kind.PICK:
                yield from self._pick(said.target or Target())

    def _pick(self, target: Target) -> Iterator[Meaning]:
        slots = self.slots(target)
        for _, slot in slots:
            yield self._of_slot(f"pick {slot.id}", slot)
        lately = self.listed_at is not None and self.at - self.listed_at < _LATELY
        if not slots and (lately or (self.boards and not _is_number_alone(target))):
            yield self._list("unknown", sure=lately or target.first)

    def _move(self, target: Target | None) -> Iterator[Meaning]:
        slots = self.slots(target) if target else []
        if not self.own:
            yield from (self._of_slot(f"pick {slot.id}", slot) for _, slot in slots)
            return
        if not slots:
            yield self._list("list")
        hosts = {board.round.host for board, _ in self.own}
        for board, slot in [each for each in slots if each[0].round.host in hosts] or slots:
            mine = [one for each, one in self.own if each.round.id == board.round.id] or [one for _, one in self.own]
            for booking in mine:
                yield self._of_slot(f"move {booking.id} {slot.id}", slot)

    def _cancel(self, target: Target | None) -> Iterator[Meaning]:
        offers = list(self._offers())
        chosen = self.own
        if target is not None:
            meant = {slot.id for _, slot in self.slots(target)}
            chosen = [(board, one) for board, one in self.own if meant.intersection(one.slots)]
        for board, booking in chosen:
            label = self._label("cancel", board, booking)
            yield Meaning(Subject("booking", str(booking.id)), f"cancel {booking.id}", label, self._asked_of(booking))
        if chosen:
            return
        for _, slot, waiting_id, at in offers:
            yield Meaning(Subject(OFFER, str(waiting_id)), f"decline {waiting_id}", self._when(slot), at)
        if not offers and any(self.claimant.owns(waiting) for board in self.boards for waiting in board.queue):
            yield self._list("leave")

    def _wait(self, target: Target | None) -> Iterator[Meaning]:
        slots = self.slots(target) if target else []
        for board, slot in slots:
            yield self._of_slot(f"wait {board.round.id} {slot.id}", slot)
        if slots:
            return
        for board in self.boards:
            label = self.view.text("consultations-slots-label-wait", host=host_name(self.view, board.round))
            about = Subject(LIST, str(board.round.epoch))
            yield Meaning(about, f"wait {board.round.id}", label, self.listed_at)

    def _yes(self) -> Iterator[Meaning]:
        for _, slot, waiting_id, at in self._offers():
            yield Meaning(Subject(OFFER, str(waiting_id)), f"accept {slot.id}", self._when(slot), at)
        for board, booking in self._unanswered():
            label = self._label("keep", board, booking)
            yield Meaning(Subject(MOVED, str(booking.id)), f"confirm {booking.id}", label, booking.asked_at)
        moving = asked_store.moving(self.view.klass.id, self.household.id)
        if moving is not None:
            at, booking_id, slot_id = moving
            wanted = next((each for board in self.boards for each in board.slots if each.id == slot_id), None)
            if wanted is not None and any(booking.id == booking_id for _, booking in self.own):
                yield Meaning(Subject(LIST, "moving"), f"move {booking_id} {slot_id}", self._when(wanted), at)

    def _no(self) -> Iterator[Meaning]:
        for _, slot, waiting_id, at in self._offers():
            yield Meaning(Subject(OFFER, str(waiting_id)), f"decline {waiting_id}", self._when(slot), at)
        for board, booking in self._unanswered():
            label = self._label("cancel", board, booking)
            yield Meaning(Subject(MOVED, str(booking.id)), f"cancel {booking.id}", label, booking.asked_at)
        moving = asked_store.moving(self.view.klass.id, self.household.id)
        kept = next((one for one in self.own if moving and one[1].id == moving[1]), None)
        if moving is not None and kept is not None:
            yield Meaning(Subject(LIST, "moving"), f"keep {moving[1]}", self._label("keep", *kept), moving[0])

    # ── What there is ───────────────────────────────────────────────────────────────────────────────────────────────

    def _offers(self) -> Iterator[tuple[Board, Slot, int, int]]:
        """Open offers to the household: round, slot, its place on the waiting list, and when it was told."""
        for board in self.boards:
            for slot_id, offer in board.offers.items():
                waiting, slot = board.waiting(offer.waiting), board.slot(slot_id)
                if waiting is not None and slot is not None and self.claimant.owns(waiting):
                    yield board, slot, waiting.id, offer.at

    def _unanswered(self) -> list[tuple[Board, Booking]]:
        return [(board, booking) for board, booking in self.own if booking.asked_at is not None]

    def slots(self, target: Target | None) -> list[tuple[Board, Slot]]:
        return slots_meant(self.view, self.boards, target, self.claimant, self.at) if target else []

    # ── Meanings ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _of_slot(self, answer: str, slot: Slot) -> Meaning:
        board = next(board for board in self.boards if board.round.id == slot.round_id)
        label = self.view.text(
            "consultations-slots-label", when=local(slot.starts, self.view.klass.zone), host=host_name(self.view, board.round)
        )
        return Meaning(Subject(LIST, str(board.round.epoch)), answer, label, self.listed_at)

    def _list(self, answer: str, *, sure: bool = True) -> Meaning:
        epoch = self.boards[-1].round.epoch if self.boards else 0
        label = self.view.text("consultations-slots-label-list")
        return Meaning(Subject(LIST, str(epoch)), answer, label, self.listed_at, sure)

    def _when(self, slot: Slot) -> str:
        return self.view.date(local(slot.starts, self.view.klass.zone))

    def _label(self, what: str, board: Board, booking: Booking) -> str:
        return self.view.text(
            f"consultations-slots-label-{what}", language=None, **booking_values(self.view, board, booking, None)
        )

    def _asked_of(self, booking: Booking) -> int:
        return booking.asked_at or booking.at


def _is_number_alone(target: Target) -> bool:
    return target.number is not None and not target.has_day and not target.by_clock


def slots_meant(
    view: View, boards: Sequence[Board], target: Target, claimant: Claimant | None, at: int
) -> list[tuple[Board, Slot]]:
    """The slots that a number, a time or "the first" means; of several at one time, the free ones."""
    zone = view.klass.zone
    today = local(at, zone).date()
    standing = [(board, slot) for board in boards for slot in board.slots if not slot.withdrawn]
    on_day = [each for each in standing if target.is_on(day_of(each[1].starts, zone), today)]
    if target.first:
        free = [(board, slot) for board, slot in on_day if slot in board.free(at, claimant)]
        return sorted(free, key=lambda each: each[1].starts)[:1]

    def by_clock() -> list[tuple[Board, Slot]]:
        if target.clock is None:
            return []
        found = []
        for board, slot in on_day:
            starts = local(slot.starts, zone)
            if target.clock.means(starts.hour, starts.minute):
                found.append((board, slot))
        ahead = [each for each in found if each[1].starts > at] or found
        free = [each for each in ahead if each[0].is_free(each[1], at, claimant)]
        return free or ahead[:1]

    def by_number() -> list[tuple[Board, Slot]]:
        return [each for each in on_day if each[1].number == target.number][:1] if target.number is not None else []

    ways = (by_clock, by_number) if target.by_clock else (by_number, by_clock)
    return ways[0]() or ways[1]()


# ── Acting on it ────────────────────────────────────────────────────────────────────────────────────────────────────────


def take(ctx: Context, meaning: Meaning) -> None:
    act = act_of_guardian(ctx, Via.DESK)
    if act is None:
        return
    verb, *numbers = meaning.answer.split()
    do(ctx, act, verb, [int(number) for number in numbers])


def do(ctx: Context, act: Act, verb: str, ids: Sequence[int]) -> None:
    """An answer of a `Meaning`, done."""
    match verb, ids:
        case "pick" | "accept", [slot]:
            accept(ctx, act, slot, offered=verb == "accept")
        case "move", [booking, slot]:
            move(ctx, act, booking, slot)
        case "cancel", [booking]:
            cancel(ctx, act, booking)
        case "confirm", [booking]:
            confirm(ctx, act, booking)
        case "decline", [waiting]:
            decline(ctx, act, waiting)
        case "wait", [round_, *slots]:
            join(ctx, act, round_, slots[0] if slots else None)
        case "leave", _:
            leave(ctx, act)
        case "keep", [booking]:
            asked_store.forget_moving(ctx.klass.id, act.household.id)
            _kept(ctx, act, booking)
        case "unknown" | "list", _:
            send_list(ctx, act)


def accept(ctx: Context, act: Act, slot_id: int, *, offered: bool) -> None:
    """Take a slot. Somebody who waited for another time than the one they have gives that one back for it."""
    board = store.board_of_slot(ctx.klass.id, slot_id)
    waiting = board.offered_to(slot_id) if board else None
    if offered and (waiting is None or not act.claimant.owns(waiting)):
        say(ctx, act, "consultations-slots-offer-over")
        return
    mine = [one for one in board.of(act.claimant) if act.claimant.owns(one) and one.starts > act.at] if board else []
    if board is not None and waiting is not None and act.claimant.owns(waiting) and mine and board.is_full(act.claimant):
        move(ctx, act, mine[0].id, slot_id)
    else:
        pick(ctx, act, slot_id)


def _kept(ctx: Context, act: Act, booking_id: int) -> None:
    booking = store.booking(ctx.klass.id, booking_id)
    board = store.board(ctx.klass.id, booking.round_id) if booking else None
    if booking is not None and board is not None:
        say(ctx, act, "consultations-slots-stays", **booking_values(ctx, board, booking, act.language))
