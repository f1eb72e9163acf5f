"""The teacher is ill: slots get other times or none, and everybody who has booked one is told once, and asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import pairwise

from classroom_matrix.api import Context, Subject
from classroom_matrix.domain.content import Block, Bullets, Content, Line
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Household, Role
from classroom_matrix.domain.private_words import tells_private
from classroom_matrix.errors import InvalidArgument

from . import asked_store, store
from .acts import NO, YES
from .booking import list_about
from .cards import booking_values, clock, day_text, free_lines, host_name, slots_card
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

    def reply(self, key: str, what: Sequence[str] = ()) -> None:
        """`what`: the times or days, where the command left open which they are."""
        ctx = self.ctx
        when = {} if self.held is None else {"when": self.held}
        told = key if self.held is None else f"{key}-held"
        counts = {"moved": len(self.moved), "gone": len(self.gone), "cancelled": len(self.cancelled)}
        booked = len(self.moved | self.gone) + len(self.to_call)
        said = ctx.text(told, language=ctx.language, **counts, booked=booked, **when)
        blocks: list[Block] = [Line(said)]
        if what:
            blocks.append(Line(ctx.text("consultations-slots-day-what", language=ctx.language, what="; ".join(what))))
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
    changes: list[tuple[Board, Board, set[int], set[int]]] = []  # before, after, slots that are meant, those that go
    for before in boards:  # all of them first: nobody is offered a time that is about to change
        mine = {slot.id for slot in before.slots}.intersection(times)
        new = {slot_id: fits for slot_id in mine if (fits := times[slot_id]) is not None}
        gone = mine - new.keys()
        _drop_offers(ctx, before, mine)
        store.set_times(before, new)
        store.withdraw(before, gone)
        changes.append((before, _now(ctx, before), mine, gone))
    for before, board, mine, gone in changes:
        for booking in sorted(before.bookings, key=lambda one: one.starts):
            if not mine.intersection(booking.slots):
                continue
            slots = sorted((slot for slot in board.slots if slot.id in booking.slots), key=lambda slot: slot.starts)
            in_a_row = all(one.ends == other.starts for one, other in pairwise(slots))
            if gone.intersection(booking.slots) or not in_a_row:
                _cancel(ctx, board, booking, "consultations-slots-unfit", "", report)
            else:
                _move(ctx, board, booking, slots, report)
    for before, board, _, _ in changes:
        _afterwards(ctx, before, [slot.starts for each in (before, board) for slot in each.slots])
    report.reply("consultations-slots-day-moved")


def cancel_slots(ctx: Context, boards: Sequence[Board], slots: Sequence[Slot], reason: str, *, singly: bool = False) -> None:
    """Withdraw slots and cancel what is booked there. A round without any slot ahead is cancelled as a whole.

    `singly`: not whole days; staff read which times they were.

    Raises:
        InvalidArgument: the reason, which everybody reads who has booked, tells something private of a family.
    """
    if tells_private(ctx.roster, reason):
        raise InvalidArgument("consultations-slots-private")
    report = _Report(ctx)
    ids = {slot.id for slot in slots}
    changes = [(before, mine) for before in boards if (mine := ids.intersection(slot.id for slot in before.slots))]
    for before, mine in changes:  # all of them first: nobody is offered a time that goes, too
        _drop_offers(ctx, before, mine)
        store.withdraw(before, mine)
        if all(slot.withdrawn for slot in _now(ctx, before).slots):
            store.set_state(before.round, State.CANCELLED)
    for before, mine in changes:
        board = _now(ctx, before)
        for booking in before.bookings:
            if mine.intersection(booking.slots):
                _cancel(ctx, board, booking, "consultations-slots-cancelled-all", reason, report)
    for before, _ in changes:
        tell_waiting(ctx, _now(ctx, before))
        _afterwards(ctx, before, [slot.starts for slot in before.slots])
    report.reply("consultations-slots-day-cancelled", _what(ctx, boards, slots, singly=singly))


def _now(ctx: Context, before: Board) -> Board:
    board = store.board(ctx.klass.id, before.round.id)
    assert board is not None
    return board


def _what(ctx: Context, boards: Sequence[Board], slots: Sequence[Slot], *, singly: bool) -> list[str]:
    """Times; or the days of somebody else's round."""
    by_time = sorted(slots, key=lambda slot: slot.starts)
    if singly:
        return [ctx.date(local(slot.starts, ctx.klass.zone), language=ctx.language) for slot in by_time]
    others = {board.round.id: board for board in boards if ctx.person is None or board.round.host != ctx.person.id}
    said = [
        f"{day_text(ctx, slot.starts, ctx.language)} ({host_name(ctx, others[slot.round_id].round)})"
        for slot in by_time
        if slot.round_id in others
    ]
    return list(dict.fromkeys(said))


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
    boards = _instead(ctx, board)
    free = [slot for each in boards for slot in each.free(ctx.occurred)][:_OFFERED]
    about, buttons = None, list[str]()
    if free:
        blocks += [Line(ctx.text("consultations-slots-choose-another", language=language)), *free_lines(ctx, free, language)]
        about, buttons = list_about(ctx, household.id, boards, ctx.occurred)
        asked_store.note_listed(ctx.klass.id, household.id, ctx.occurred)
    files = (for_household(ctx, board, gone, language),)
    held = ctx.write(household, Content(tuple(blocks), loud=True), about=about, buttons=buttons, files=files)
    report.told(household, f"{home_name(ctx, household.id)}: {clock(ctx, booking.starts)}", held, gone=True)


def _instead(ctx: Context, gone: Board) -> list[Board]:
    """Whose times may take the place of one that goes: the host's own, and of one who teaches, the other teachers'."""
    specialists = {person.id for person in ctx.roster.staff if person.role is Role.SPECIALIST}
    host = gone.round.host
    boards = store.live(ctx.klass.id, ctx.occurred)
    return [each for each in boards if each.round.host == host or not specialists.intersection((host, each.round.host))]


def tell_waiting(ctx: Context, board: Board) -> None:
    """Whoever waits for what will not be: not any longer."""
    ahead = {slot.id for slot in board.slots if not slot.withdrawn and slot.starts > ctx.occurred}
    gone = [waiting for waiting in board.queue if not ahead or (waiting.wanted is not None and waiting.wanted not in ahead)]
    store.stop_waiting(gone)
    homes = [home for waiting in gone if (home := ctx.roster.household(waiting.household)) is not None]
    for household in dict.fromkeys(homes):
        said = ctx.text("consultations-slots-wait-cancelled", language=ctx.language_of(household))
        ctx.write(household, Content.line(said, loud=True))


def _afterwards(ctx: Context, before: Board, moments: Sequence[int]) -> None:
    board = _now(ctx, before)
    offer_free(ctx, board.round.id, ctx.occurred)
    plan_sheets(ctx, board)
    ctx.refresh(slots_card, str(board.round.id))
    refresh_sheets(ctx, board.round.host, moments)
