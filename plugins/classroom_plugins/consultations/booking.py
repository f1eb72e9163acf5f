"""Booking, moving and cancelling, whichever way it is asked for. Each act gets one answer."""

from __future__ import annotations

from collections.abc import Iterable

from classroom_matrix.api import Context, Subject
from classroom_matrix.domain.content import Block, Content, Line
from classroom_matrix.domain.ids import HouseholdId

from . import asked_store, store
from .acts import Act, answer, say
from .cards import booking_values, clock, free_lines, listed, redraw
from .domain import Board, Booking, Chosen, Outcome, Slot, Via
from .invitation import for_household
from .reminders import forget_reminders, plan_reminders
from .sheet import refresh_sheets
from .times import local
from .waiting import offer_free
from .words import button

NEAREST = 5
"""Free slots that somebody is offered whose choice is gone."""
LIST = "slots"
"""The kind of subject of lists in desks; its ID is the epoch, so that a number on an old list means the same slot."""


def pick(ctx: Context, act: Act, slot_id: int) -> Outcome:
    """Book a slot, or say at once what is free instead."""
    board = store.board_of_slot(ctx.klass.id, slot_id)
    slot = board.slot(slot_id) if board else None
    if board is None or slot is None:
        say(ctx, act, "consultations-slots-none-open")
        return Outcome.GONE
    chosen = board.choose(act.claimant, slot, act.at, by_staff=act.by_staff)
    if chosen.outcome is Outcome.DONE:
        booking = store.book(
            board.round,
            chosen.slots,
            family=act.claimant.family,
            household=act.household.id,
            pupils=chosen.pupils,
            by=act.by,
            via=act.via,
            at=act.at,
            source=act.source,
            note=asked_store.take_note(ctx.klass.id, act.household.id),
        )
        _booked(ctx, act, board, booking, asked_double=_wanted_double(board, act, chosen))
    elif act.by_staff:
        return chosen.outcome  # the command says why
    elif chosen.outcome is Outcome.FULL:
        _ask_whether_to_move(ctx, act, board, slot, chosen)
    elif chosen.outcome is Outcome.ALREADY and chosen.others[0].asked_at is not None:
        confirm(ctx, act, chosen.others[0].id)
    elif chosen.outcome is Outcome.ALREADY:
        _say_of(ctx, act, "consultations-slots-already", board, chosen.others[0])
    else:
        _refuse(ctx, act, board, slot, chosen.outcome)
    return chosen.outcome


def move(ctx: Context, act: Act, booking_id: int, slot_id: int) -> Outcome:
    """Give a booking another slot, or leave it where it is."""
    booking = store.booking(ctx.klass.id, booking_id)
    board = store.board_of_slot(ctx.klass.id, slot_id)
    slot = board.slot(slot_id) if board else None
    asked_store.forget_moving(ctx.klass.id, act.household.id)
    if booking is None or booking.cancelled_at is not None or not act.claimant.owns(booking) or board is None or slot is None:
        say(ctx, act, "consultations-slots-no-booking")
        return Outcome.GONE
    if booking.round_id != board.round.id:
        return _move_between(ctx, act, booking, board, slot)
    chosen = board.move(act.claimant, booking, slot, act.at, by_staff=act.by_staff)
    if chosen.outcome is Outcome.DONE:
        moved = store.move(booking, chosen.slots, act.at)
        store.note_touch(moved, act.source)
        _settle(ctx, act, board, moved, also=booking)
        _confirm(ctx, act, "consultations-slots-moved", board, moved)
    elif act.by_staff:
        return chosen.outcome
    elif chosen.outcome is Outcome.ALREADY:
        _say_of(ctx, act, "consultations-slots-already", board, booking)
    elif chosen.outcome is Outcome.PAST and booking.starts <= act.at:
        say(ctx, act, "consultations-slots-begun")
    else:
        _refuse(ctx, act, board, slot, chosen.outcome, kept=booking)
    return chosen.outcome


def _move_between(ctx: Context, act: Act, booking: Booking, board: Board, slot: Slot) -> Outcome:
    """From one round to another one: its name in calendars stays, and the old time is given back once the new one is had."""
    old = store.board(ctx.klass.id, booking.round_id)
    if booking.starts <= act.at:
        if not act.by_staff:
            say(ctx, act, "consultations-slots-begun")
        return Outcome.PAST
    chosen = board.choose(act.claimant, slot, act.at, by_staff=act.by_staff)
    if chosen.outcome is not Outcome.DONE or old is None:
        return pick(ctx, act, slot.id)  # which says why
    moved = store.move(booking, chosen.slots, act.at, round_id=board.round.id)
    store.note_touch(moved, act.source)
    _settle(ctx, act, board, moved)
    redraw(ctx, old, act.at)
    refresh_sheets(ctx, old.round.host, [booking.starts])
    offer_free(ctx, old.round.id, act.at)
    _confirm(ctx, act, "consultations-slots-moved", board, moved)
    return Outcome.DONE


def cancel(
    ctx: Context, act: Act, booking_id: int, *, echo: str = "consultations-slots-cancelled", then_offer: bool = True
) -> Outcome:
    """`then_offer`: what is free now goes to the waiting list."""
    booking = store.booking(ctx.klass.id, booking_id)
    board = store.board(ctx.klass.id, booking.round_id) if booking else None
    if booking is None or board is None or booking.cancelled_at is not None or not act.claimant.owns(booking):
        say(ctx, act, "consultations-slots-no-booking")
        return Outcome.GONE
    if booking.starts <= act.at:
        if not act.by_staff:
            say(ctx, act, "consultations-slots-begun")
        return Outcome.PAST
    gone = store.cancel(booking, act.at)
    store.note_touch(gone, act.source)
    said = ctx.text(echo, language=act.language, **booking_values(ctx, board, gone, act.language))
    answer(ctx, act, Content.line(said), files=[for_household(ctx, board, gone, act.language)])
    _give_back(ctx, board, gone, booking, then_offer=then_offer)
    return Outcome.DONE


def confirm(ctx: Context, act: Act, booking_id: int) -> None:
    """The family says yes to a time that the teacher has moved."""
    booking = store.booking(ctx.klass.id, booking_id)
    board = store.board(ctx.klass.id, booking.round_id) if booking else None
    if booking is None or board is None or booking.cancelled_at is not None or not act.claimant.owns(booking):
        say(ctx, act, "consultations-slots-no-booking")
        return
    store.confirm(booking)
    refresh_sheets(ctx, board.round.host, [booking.starts])
    if act.via is not Via.REACTION:
        _say_of(ctx, act, "consultations-slots-confirmed", board, booking)


def release(ctx: Context, bookings: Iterable[Booking], at: int) -> None:
    """Give slots back without a word: of families that have left."""
    for booking in bookings:
        board = store.board(ctx.klass.id, booking.round_id)
        if board is not None:
            _give_back(ctx, board, store.cancel(booking, at), booking)


# ── What follows ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _booked(ctx: Context, act: Act, board: Board, booking: Booking, *, asked_double: bool) -> None:
    _settle(ctx, act, board, booking)
    key = "consultations-slots-booked-by-staff" if act.via is Via.PROXY else "consultations-slots-booked"
    _confirm(ctx, act, key, board, booking, "consultations-slots-single-only" if asked_double else None)


def _settle(ctx: Context, act: Act, board: Board, booking: Booking, also: Booking | None = None) -> None:
    """Everything that hangs on a booking that is new or has a new time: reminders, cards, the waiting list."""
    plan_reminders(ctx, booking, act.household)
    after = store.board(ctx.klass.id, board.round.id)
    assert after is not None
    full = after.is_full(act.claimant)
    done = [
        waiting
        for waiting in after.queue
        if act.claimant.owns(waiting) and (waiting.wanted in booking.slots or (full and waiting.wanted is None))
    ]
    store.stop_waiting(done)
    redraw(ctx, board, act.at)
    refresh_sheets(ctx, board.round.host, [booking.starts, *([also.starts] if also else [])])
    if also is not None or done:
        offer_free(ctx, board.round.id, act.at)


def _give_back(ctx: Context, board: Board, gone: Booking, before: Booking, *, then_offer: bool = True) -> None:
    forget_reminders(ctx, gone)
    redraw(ctx, board, gone.cancelled_at or before.at)
    refresh_sheets(ctx, board.round.host, [before.starts])
    if then_offer:
        offer_free(ctx, board.round.id, gone.cancelled_at or before.at)


# ── What is said ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _confirm(ctx: Context, act: Act, key: str, board: Board, booking: Booking, more: str | None = None) -> None:
    said = [ctx.text(key, language=act.language, **booking_values(ctx, board, booking, act.language))]
    if more is not None:
        said.append(ctx.text(more, language=act.language))
    file = for_household(ctx, board, booking, act.language)
    answer(ctx, act, Content.line(" ".join(said)), about=Subject("booking", str(booking.id)), files=[file])


def _say_of(ctx: Context, act: Act, key: str, board: Board, booking: Booking) -> None:
    say(ctx, act, key, **booking_values(ctx, board, booking, act.language))


def _wanted_double(board: Board, act: Act, chosen: Chosen) -> bool:
    """Whether slots in a row were meant for several pupils, and only one was to be had."""
    return board.round.double and len(act.claimant.pupils) > 1 and len(chosen.slots) == 1 and not chosen.others


def _ask_whether_to_move(ctx: Context, act: Act, board: Board, slot: Slot, chosen: Chosen) -> None:
    mine = [booking for booking in chosen.others if act.claimant.owns(booking) and booking.starts > act.at]
    if not mine:
        key = (
            "consultations-slots-full-past" if any(map(act.claimant.owns, chosen.others)) else "consultations-slots-full-family"
        )
        say(ctx, act, key)
        return
    booking = mine[0]
    asked_store.note_moving(ctx.klass.id, act.household.id, booking.id, slot.id, act.at)
    new = local(slot.starts, ctx.klass.zone)
    values = booking_values(ctx, board, booking, act.language)
    say(ctx, act, "consultations-slots-full", new=new, time=clock(ctx, slot.starts), **values)


def _refuse(ctx: Context, act: Act, board: Board, slot: Slot, outcome: Outcome, kept: Booking | None = None) -> None:
    """Why it cannot be, and what is free instead."""
    zone = ctx.klass.zone
    if outcome is Outcome.OVER:
        key = "consultations-slots-over" if board.round.until is None else "consultations-slots-over-since"
        until = {} if board.round.until is None else {"until": local(board.round.until, zone)}
        say(ctx, act, key, **until)
        return
    reason = ctx.text(f"consultations-slots-{outcome}", language=act.language, when=local(slot.starts, zone))
    if kept is not None:
        values = booking_values(ctx, board, kept, act.language)
        reason = f"{reason} {ctx.text('consultations-slots-kept', language=act.language, **values)}"
    nearest = board.nearest(slot, act.at, act.claimant, NEAREST)
    if not nearest:
        none = ctx.text("consultations-slots-nothing-free", language=act.language)
        answer(ctx, act, Content.line(f"{reason} {none}"))
        return
    title = ctx.text("consultations-slots-nearest", language=act.language)
    blocks: list[Block] = [Line(f"{reason} {title}"), *free_lines(ctx, nearest, act.language)]
    asked_store.note_listed(ctx.klass.id, act.household.id, act.at)
    answer(ctx, act, Content(tuple(blocks)), about=Subject(LIST, str(board.round.epoch)))


def send_list(ctx: Context, act: Act) -> None:
    """The list of what is free, with buttons, where it was asked for."""
    boards = store.live(ctx.klass.id, act.at)
    content = listed(ctx, act.household, boards, act.language)
    if not boards:
        answer(ctx, act, content)
        return
    asked_store.note_listed(ctx.klass.id, act.household.id, act.at)
    about, buttons = list_about(ctx, act.household.id, boards, act.at)
    answer(ctx, act, content, about=about, buttons=buttons)


def list_about(ctx: Context, household: HouseholdId, boards: list[Board], at: int) -> tuple[Subject, list[str]]:
    """What a list in a desk is about, and its buttons: of the first free slots that have a keycap."""
    home = ctx.roster.household(household)
    free: list[Slot] = [slot for board in boards for slot in board.free(at)] if home else []
    numbers = sorted(slot.number for slot in free if slot.number <= 10)[: ctx.options.buttons]
    return Subject(LIST, str(boards[-1].round.epoch)), [button(number) for number in numbers]
