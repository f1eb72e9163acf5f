"""What plain words in a desk could be about.

An answer kept in a `Meaning` is a verb and IDs: "pick 17", "move 4 17", "cancel 4", "wait 2 17", "accept 17", "decline 9", …
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from classroom_matrix.api import Meaning, Subject, View
from classroom_matrix.domain.people import Household

from . import asked_store, store
from .booking import LIST
from .cards import booking_values, host_name
from .domain import Board, Booking, Claimant, Slot
from .reminders import reminded_at
from .targets import all_meant, slots_meant
from .times import day_of, local
from .vocabulary import Kind
from .waiting import OFFER
from .words import Said, Target
from .written.lookup import staff_spoke

MOVED = "moved"
"""The kind of subject of letters that ask whether a moved time suits; its ID is the booking."""
_LATELY = 7 * 24 * 3600 * 1000
"""Milliseconds. Whoever was shown the list so recently means it by a number."""
_LATE = 24 * 3600 * 1000
"""Milliseconds in which a yes to an offer that is over is still one."""
_ACTS = frozenset({Kind.CANCEL, Kind.MOVE, Kind.WAIT, Kind.YES, Kind.NO, Kind.ACCEPT, Kind.COME})
"""What a question only asks about: then the household is asked back."""


class Words:
    """What the words of one message could be about."""

    def __init__(self, view: View, household: Household, claimant: Claimant, at: int) -> None:
        self.view = view
        self.household = household
        self.claimant = claimant
        self.at = at
        self.boards = store.live(view.klass.id, at)
        listed = asked_store.listed_at(view.klass.id, household.id)
        self.listed_at = listed if listed is not None and at - listed < _LATELY and self._is_open(listed) else None
        own = [(b, one) for b in self.boards for one in b.bookings if claimant.owns(one) and one.starts > at]
        self.own: list[tuple[Board, Booking]] = sorted(own, key=lambda each: each[1].starts)

    def _is_open(self, asked_at: int) -> bool:
        """Whether what the household was asked then is what its words answer now: staff have asked nothing since."""
        return not staff_spoke(self.view, self.household.id, asked_at, self.at)

    def meanings(self, said: Said) -> Iterator[Meaning]:
        found = self._of_kind(said)
        for each in found:  # the list does no harm
            asks = said.asks and said.kind in _ACTS and each.answer != "list" and not self._is_told_of_free(said)
            yield replace(each, sure=False) if asks else each

    def _is_told_of_free(self, said: Said) -> bool:
        """Whether somebody who asks for the waiting list only hears that there is no need for it."""
        free = [board.free(self.at, self.claimant) for board in self.boards]
        return said.kind is Kind.WAIT and said.target is None and bool(free) and all(free)

    def _of_kind(self, said: Said) -> Iterator[Meaning]:
        match said.kind:
            case Kind.YES:
                yield from self._yes()
            case Kind.ACCEPT:
                yield from self._accept(said.target)
            case Kind.COME:
                yield from self._come(said.target)
            case Kind.NO:
                yield from self._no(said.target)
            case Kind.LIST:
                yield self._list("list")
            case Kind.CANCEL:
                yield from self._cancel(said)
            case Kind.WAIT:
                yield from self._wait(said)
            case Kind.MOVE:
                yield from self._move(said.target)
            case Kind.PICK:
                yield from self._pick(said.target or Target(), said)

    def _pick(self, target: Target, said: Said) -> Iterator[Meaning]:
        """A slot that is named or dated is meant; a bare number, time or "any" only where the list was shown."""
        shown = self.listed_at is not None
        sure = shown or said.named or (target.is_dated_time and self._is_open(self.at - _LATE))
        slots = list({slot.id: (board, slot) for each in (target, *said.others) for board, slot in self.slots(each)}.values())
        asked = {place: one for _, one in self._unanswered(None) for place in one.slots}
        for board, slot in slots:
            if slot.id in asked:  # "буду в 10:00" says yes to the new time
                yield self._of_moved("confirm", self._label("keep", board, asked[slot.id]), asked[slot.id])
                continue
            taken = not board.is_free(slot, self.at, self.claimant)
            yield self._of_slot(f"pick {slot.id}", slot, sure=sure and (taken or not said.asks))
        if not slots and sure and self.boards:
            yield self._list("unknown", sure=shown or said.named)
        elif not slots and shown:
            yield self._list("unknown")

    def _move(self, target: Target | None) -> Iterator[Meaning]:
        day_alone = target is not None and target.is_day_alone
        slots = self.slots(target) if target and not day_alone else []
        if not self.own:
            yield from (self._of_slot(f"pick {slot.id}", slot, sure=self.listed_at is not None) for _, slot in slots)
            return
        if not slots:
            yield self._list("list")
        hosts = {board.round.host for board, _ in self.own}
        for board, slot in [each for each in slots if each[0].round.host in hosts] or slots:
            mine = [one for each, one in self.own if each.round.id == board.round.id] or [one for _, one in self.own]
            for booking in mine:
                yield self._of_slot(f"move {booking.id} {slot.id}", slot)

    def _cancel(self, said: Said) -> Iterator[Meaning]:
        """One for each booking that may be meant; whatever else the household holds, other plugins say."""
        chosen, target = self.own, said.target
        if target is not None and target.is_day_alone:
            chosen = [(board, one) for board, one in self.own if self._is_on(one, target)]
        elif target is not None:
            own = {place for _, one in self.own for place in one.slots}
            meant = {slot.id for _, slot in all_meant(self.view, self.boards, target, self.at, among=own)}
            chosen = [(board, one) for board, one in self.own if meant.intersection(one.slots)]
        for board, booking in chosen:
            label = self._label("cancel", board, booking)
            asked = None if target is not None and not said.named else self._asked_of(booking)
            yield Meaning(self._letter_of(booking), f"cancel {booking.id}", label, asked)
        if target is not None:
            return
        offers = list(self._offers())
        for _, slot, waiting_id, at in offers:  # which ask for a yes or a no, while other letters ask for just this word
            yield replace(self._of_offer("decline", waiting_id, slot, at), gives_up=not said.named)
        if not chosen and not offers and any(self.claimant.owns(waiting) for board in self.boards for waiting in board.queue):
            yield replace(self._list("leave"), label=self.view.text("consultations-slots-label-leave"))

    def _is_on(self, what: Booking | Slot, target: Target | None) -> bool:
        zone = self.view.klass.zone
        return target is None or target.is_on(day_of(what.starts, zone), local(self.at, zone).date())

    def _wait(self, said: Said) -> Iterator[Meaning]:
        """Such as "ждём", which alone is an answer to the list; else it is talk."""
        if not said.named and self.listed_at is None:
            return
        slots = self.slots(said.target) if said.target else []
        for board, slot in slots:
            yield self._of_slot(f"wait {board.round.id} {slot.id}", slot)
        if slots:
            return
        for board in self.boards:
            label = self.view.text("consultations-slots-label-wait", host=host_name(self.view, board.round))
            about = Subject(LIST, str(board.round.epoch))
            yield Meaning(about, f"wait {board.round.id}", label, self.listed_at)

    def _yes(self) -> Iterator[Meaning]:
        some = False
        for meaning in (*self._accept(late=False), *self._come(), *self._moving()):
            some = True
            yield meaning
        if not some:
            yield from self._late()

    def _accept(self, day: Target | None = None, *, late: bool = True) -> Iterator[Meaning]:
        offers = [offer for offer in self._offers() if self._is_on(offer[1], day)]
        for _, slot, waiting_id, at in offers:
            yield self._of_offer("accept", waiting_id, slot, at)
        if late and not offers:
            yield from self._late()

    def _late(self) -> Iterator[Meaning]:
        """An answer to an offer that is over is answered with that, where nothing else is asked."""
        over = asked_store.offer_over(self.view.klass.id, self.household.id)
        if over is not None and 0 <= self.at - over[1] < _LATE and self._is_open(over[1]):
            label = self.view.text("consultations-slots-label-list")
            yield Meaning(Subject(OFFER, str(over[0])), f"late {over[0]}", label)

    def _come(self, day: Target | None = None) -> Iterator[Meaning]:
        for board, booking in self._unanswered(day):
            yield self._of_moved("confirm", self._label("keep", board, booking), booking)

    def _moving(self) -> Iterator[Meaning]:
        moving = asked_store.moving(self.view.klass.id, self.household.id)
        if moving is None:
            return
        at, booking_id, slot_id = moving
        wanted = next((each for board in self.boards for each in board.slots if each.id == slot_id), None)
        if wanted is not None and any(booking.id == booking_id for _, booking in self.own):
            answer = f"move {booking_id} {slot_id}"
            yield self._answering(Subject(LIST, "moving"), answer, self._named("move", wanted), at)

    def _no(self, day: Target | None = None) -> Iterator[Meaning]:
        for _, slot, waiting_id, at in self._offers():
            if self._is_on(slot, day):
                yield self._of_offer("decline", waiting_id, slot, at)
        for board, booking in self._unanswered(day):
            yield self._of_moved("cancel", self._label("cancel", board, booking), booking)
        moving = asked_store.moving(self.view.klass.id, self.household.id)
        kept = next((one for one in self.own if moving and one[1].id == moving[1]), None)
        if moving is not None and kept is not None:
            yield self._answering(Subject(LIST, "moving"), f"keep {moving[1]}", self._label("keep", *kept), moving[0])

    # ── What there is ───────────────────────────────────────────────────────────────────────────────────────────────

    def _offers(self) -> Iterator[tuple[Board, Slot, int, int]]:
        """Open offers to the household: round, slot, its place on the waiting list, and when it was told."""
        for board in self.boards:
            for slot_id, offer in board.offers.items():
                waiting, slot = board.waiting(offer.waiting), board.slot(slot_id)
                if waiting is not None and slot is not None and self.claimant.owns(waiting):
                    yield board, slot, waiting.id, offer.at

    def _unanswered(self, day: Target | None) -> list[tuple[Board, Booking]]:
        return [each for each in self.own if each[1].asked_at is not None and self._is_on(each[1], day)]

    def slots(self, target: Target | None) -> list[tuple[Board, Slot]]:
        return slots_meant(self.view, self.boards, target, self.claimant, self.at) if target else []

    # ── Meanings ────────────────────────────────────────────────────────────────────────────────────────────────────

    def _of_slot(self, answer: str, slot: Slot, *, sure: bool = True) -> Meaning:
        label = self._named("", slot)
        return Meaning(Subject(LIST, str(self._board_of(slot).round.epoch)), answer, label, self.listed_at, sure)

    def _of_offer(self, verb: str, waiting_id: int, slot: Slot, at: int) -> Meaning:
        number = slot.id if verb == "accept" else waiting_id
        return self._answering(Subject(OFFER, str(waiting_id)), f"{verb} {number}", self._named(verb, slot), at)

    def _of_moved(self, verb: str, label: str, booking: Booking) -> Meaning:
        assert booking.asked_at is not None
        return self._answering(Subject(MOVED, str(booking.id)), f"{verb} {booking.id}", label, booking.asked_at)

    def _answering(self, about: Subject, answer: str, label: str, asked_at: int) -> Meaning:
        """An answer to a letter; where staff have asked something since, perhaps an answer to that."""
        is_open = self._is_open(asked_at)
        return Meaning(about, answer, label, asked_at if is_open else None, is_open)

    def _board_of(self, slot: Slot) -> Board:
        return next(board for board in self.boards if board.round.id == slot.round_id)

    def _named(self, what: str, slot: Slot) -> str:
        """A slot, and what would be done about it."""
        key = f"consultations-slots-label-{what}" if what else "consultations-slots-label"
        host = host_name(self.view, self._board_of(slot).round)
        return self.view.text(key, when=local(slot.starts, self.view.klass.zone), host=host)

    def _list(self, answer: str, *, sure: bool = True) -> Meaning:
        epoch = self.boards[-1].round.epoch if self.boards else 0
        label = self.view.text("consultations-slots-label-list")
        return Meaning(Subject(LIST, str(epoch)), answer, label, self.listed_at, sure, changes=answer == "leave")

    def _label(self, what: str, board: Board, booking: Booking) -> str:
        return self.view.text(
            f"consultations-slots-label-{what}", language=None, **booking_values(self.view, board, booking, None)
        )

    def _asked_of(self, booking: Booking) -> int | None:
        """When a letter last asked whether they come: that a time was moved, or a reminder."""
        asked = booking.asked_at or reminded_at(self.view, booking, self.household, self.at)
        return asked if asked is not None and self._is_open(asked) else None

    def _letter_of(self, booking: Booking) -> Subject:
        return Subject(MOVED if booking.asked_at is not None else "booking", str(booking.id))
