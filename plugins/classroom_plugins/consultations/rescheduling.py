"""The teacher is ill: slots get other times or none, and everybody who has booked one is told once, and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from classroom_matrix.api import Context, Subject
from classroom_matrix.domain.content import Block, Bullets, Content, Line
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Household

from . import asked_store, store
from .acts import NO, YES
from .booking import list_about
from .cards import booking_values, clock, free_lines, slots_card
from .domain import Board, Booking, Slot, State
from .invitation import for_household
from .meanings import MOVED
from .people import home_name
from .reminders import forget_reminders, plan_reminders
from .sheet import plan_sheets, refresh_sheets
from .times import Times, local, milliseconds
from .waiting import offer_free

_OFFERED = 8  # free slots in a letter that says that something is cancelled


class _Report:
    """What staff are told in the end: which families were told (`moved`, `gone`), whose time is gone, and whom to call."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.moved: set[FamilyId] = set()
        self.gone: set[FamilyId] = set()
        self.cancelled: list[str] = []
        self.to_call: list[str] = []
        self.held: datetime | None = None  # when the last of them is told, where quiet hours hold the message

    def told(self, household: Household | None, said: str, held: datetime | None, *, gone: bool) -> None:
        """`said`: the family and its time; `held`: until when the message is."""
        if gone:
            self.cancelled.append(said)
        if household is None or not household.reachable:
            self.to_call.append(said)
            return
        self.held = max(self.held or held, held) if held is not None else self.held
        (self.gone if gone else self.moved).add(household.family_id)

    def reply(self, key: str) -> None:
        ctx = self.ctx
        when = {} if self.held is None else {"when": self.held}
        told = key if self.held is None else f"{key}-held"
        counts = {"moved": len(self.moved), "gone": len(self.gone), "cancelled": len(self.cancelled)}
        said = ctx.text(told, language=ctx.language, **counts, **when)
        blocks: list[Block] = [Line(said)]
        if self.cancelled and key == "consultations-slots-day-moved":
            unfit = ctx.text("consultations-slots-day-unfit", language=ctx.language)
            blocks += [Line(unfit), Bullets(tuple(self.cancelled))]
        if self.to_call:
            call = ctx.text("consultations-slots-day-call", language=ctx.language)
            blocks += [Line(call), Bullets(tuple(self.to_call))]
        ctx.reply_content(Content(tuple(blocks)), privately=True)


def move_slots(ctx: Context, boards: Sequence[Board], times: Mapping[int, Times | None]) -> None:
    """Give slots the times that were found for them; those without one go, with what is booked there."""
    report = _Report(ctx)
    hosts: list[tuple[Board, list[int]]] = []
    for before in boards:
        mine = {slot.id for slot in before.slots}.intersection(times)
        new = {slot_id: fits for slot_id in mine if (fits := times[slot_id]) is not None}
        gone = mine - new.keys()
        _drop_offers(ctx, before, mine)
        store.set_times(before, new)
        store.withdraw(before, gone)
        board = store.board(ctx.klass.id, before.round.id)
        assert board is not None
        for booking in sorted(before.bookings, key=lambda one: one.starts):
            if not mine.intersection(booking.slots):
                continue
            slots = sorted((slot for slot in board.slots if slot.id in booking.slots), key=lambda slot: slot.starts)
            in_a_row = all(one.ends == other.starts for one, other in pairwise(slots))
            if gone.intersection(booking.slots) or not in_a_row:
                _cancel(ctx, board, booking, "consultations-slots-unfit", "", report)
            else:
                _move(ctx, board, booking, slots, report)
        hosts.append((before, [slot.starts for slot in board.slots]))
    for before, now in hosts:
        _afterwards(ctx, before, [*(slot.starts for slot in before.slots), *now])
    report.reply("consultations-slots-day-moved")


def cancel_slots(ctx: Context, boards: Sequence[Board], slots: Sequence[Slot], reason: str) -> None:
    """Withdraw slots and cancel what is booked there. A round without any slot ahead is cancelled as a whole."""
    report = _Report(ctx)
    ids = {slot.id for slot in slots}
    for before in boards:
        mine = ids.intersection(slot.id for slot in before.slots)
        if not mine:
            continue
        _drop_offers(ctx, before, mine)
        store.withdraw(before, mine)
        board = store.board(ctx.klass.id, before.round.id)
        assert board is not None
        if not any(not slot.withdrawn for slot in board.slots):
            store.set_state(board.round, State.CANCELLED)
        for booking in before.bookings:
            if mine.intersection(booking.slots):
                _cancel(ctx, board, booking, "consultations-slots-cancelled-all", reason, report)
        _tell_waiting(ctx, board)
        _afterwards(ctx, before, [slot.starts for slot in before.slots])
    report.reply("consultations-slots-day-cancelled")


def _drop_offers(ctx: Context, board: Board, slots: set[int]) -> None:
    """Whoever was offered one of these waits on: what becomes free is offered anew."""
    for slot_id in slots.intersection(board.offers):
        waiting = board.offered_to(slot_id)
        if waiting is not None:
            asked_store.note_offer_over(ctx.klass.id, waiting.household, waiting.id, ctx.occurred)
        store.drop_offer(slot_id)


def _move(ctx: Context, board: Board, booking: Booking, slots: Sequence[Slot], report: _Report) -> None:
    """The family is told its new time once, with the file, and asked whether it suits."""
    household = ctx.roster.household(booking.household)
    was = local(booking.starts, ctx.klass.zone)
    told = (ctx.quiet_until(household) if household else None) or ctx.now
    moved = store.move(booking, slots, ctx.occurred, asked_at=max(ctx.occurred, milliseconds(told)))
    if household is None:
        return
    language = ctx.language_of(household)
    said = ctx.text("consultations-slots-day-ask", language=language, was=was, **booking_values(ctx, board, moved, language))
    held = ctx.write(
        household,
        Content.line(said, loud=True),
        about=Subject(MOVED, str(moved.id)),
        buttons=(YES, NO),
        files=(for_household(ctx, board, moved, language),),
    )
    plan_reminders(ctx, moved, household)
    name = home_name(ctx, household.id)
    report.told(household, f"{name}: {ctx.date(local(moved.starts, ctx.klass.zone), language=ctx.language)}", held, gone=False)


def _cancel(ctx: Context, board: Board, booking: Booking, key: str, reason: str, report: _Report) -> None:
    household = ctx.roster.household(booking.household)
    gone = store.cancel(booking, ctx.occurred)
    forget_reminders(ctx, gone)
    if household is None:
        return
    language = ctx.language_of(household)
    said = ctx.text(key, language=language, **booking_values(ctx, board, booking, language))
    if reason:
        said = f"{said} {ctx.text('consultations-slots-reason', language=language, reason=reason)}"
    blocks: list[Block] = [Line(said)]
    boards = store.live(ctx.klass.id, ctx.occurred)
    free = [slot for each in boards for slot in each.free(ctx.occurred)][:_OFFERED]
    about, buttons = None, list[str]()
    if free:
        blocks += [Line(ctx.text("consultations-slots-choose-another", language=language)), *free_lines(ctx, free, language)]
        about, buttons = list_about(ctx, household.id, boards, ctx.occurred)
        asked_store.note_listed(ctx.klass.id, household.id, ctx.occurred)
    files = (for_household(ctx, board, gone, language),)
    held = ctx.write(household, Content(tuple(blocks), loud=True), about=about, buttons=buttons, files=files)
    report.told(household, f"{home_name(ctx, household.id)}: {clock(ctx, booking.starts)}", held, gone=True)


def _tell_waiting(ctx: Context, board: Board) -> None:
    """Whoever waits for what will not be: not any longer."""
    ahead = {slot.id for slot in board.slots if not slot.withdrawn and slot.starts > ctx.occurred}
    gone = [waiting for waiting in board.queue if not ahead or (waiting.wanted is not None and waiting.wanted not in ahead)]
    store.stop_waiting(gone)
    homes = [home for waiting in gone if (home := ctx.roster.household(waiting.household)) is not None]
    for household in dict.fromkeys(homes):
        said = ctx.text("consultations-slots-wait-cancelled", language=ctx.language_of(household))
        ctx.write(household, Content.line(said, loud=True))


def _afterwards(ctx: Context, before: Board, moments: Sequence[int]) -> None:
    board = store.board(ctx.klass.id, before.round.id)
    assert board is not None
    offer_free(ctx, board.round.id, ctx.occurred)
    plan_sheets(ctx, board)
    ctx.refresh(slots_card, str(board.round.id))
    refresh_sheets(ctx, board.round.host, moments)
