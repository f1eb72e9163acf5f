"""The waiting list: who is next is offered what has become free, for a while."""

from __future__ import annotations

from collections.abc import Mapping

from classroom_matrix.api import Context, Subject, job
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.ids import HouseholdId

from . import asked_store, store
from .acts import NO, YES, Act, say
from .cards import host_name, slots_card
from .domain import Board, Claimant, Outcome, Slot, Waiting
from .people import claimants, home_name, quiet_hours
from .times import after_waking_hours, local, milliseconds

OFFER = "offer"
"""The kind of subject of letters with an offer; its ID is the place on the waiting list."""
_SHORT = 10 * 60_000
"""Milliseconds. What begins sooner is offered to nobody: whoever comes first has it."""


def join(ctx: Context, act: Act, round_id: int, slot_id: int | None) -> Outcome:
    board = store.board(ctx.klass.id, round_id)
    if board is None:
        say(ctx, act, "consultations-slots-none-open")
        return Outcome.GONE
    slot = board.slot(slot_id) if slot_id is not None else None
    outcome = board.wait(act.claimant, slot, act.at)
    if outcome is Outcome.DONE:
        store.wait(
            board.round,
            family=act.claimant.family,
            household=act.household.id,
            by=act.by,
            wanted=slot_id,
            at=act.at,
            source=act.source,
        )
    if not act.by_staff or outcome is Outcome.DONE:
        key = f"consultations-slots-wait-{outcome}" + ("-one" if slot is not None and outcome is Outcome.DONE else "")
        values = {"when": local(slot.starts, ctx.klass.zone)} if slot is not None and outcome is Outcome.DONE else {}
        say(ctx, act, key, **values)
    return outcome


def leave(ctx: Context, act: Act, *, silently: bool = False) -> bool:
    """Off all waiting lists of the class. Returns whether the household was on one."""
    mine = [
        (board, waiting)
        for board in store.standing(ctx.klass.id, act.at)
        for waiting in board.queue
        if act.claimant.owns(waiting)
    ]
    store.stop_waiting(waiting for _, waiting in mine)
    for round_id in {board.round.id for board, _ in mine}:
        offer_free(ctx, round_id, act.at)
        ctx.refresh(slots_card, str(round_id), counts_only=True)
    if mine and not silently:
        say(ctx, act, "consultations-slots-wait-left")
    return bool(mine)


def decline(ctx: Context, act: Act, waiting_id: int) -> None:
    """No to an offer: off the list, and the next one's turn."""
    for board in store.standing(ctx.klass.id, act.at):
        waiting = board.waiting(waiting_id)
        if waiting is not None and act.claimant.owns(waiting):
            store.stop_waiting([waiting])
            say(ctx, act, "consultations-slots-declined")
            offer_free(ctx, board.round.id, act.at)
            ctx.refresh(slots_card, str(board.round.id))
            return
    say(ctx, act, "consultations-slots-offer-over")


def offer_free(ctx: Context, round_id: int, at: int) -> None:
    """Offer every free slot to whoever is next for it."""
    known = claimants(ctx)
    while (found := _next(ctx, round_id, at, known)) is not None:
        board, slot, waiting = found
        _offer(ctx, board, slot, waiting, at)


def _next(ctx: Context, round_id: int, at: int, known: Mapping[HouseholdId, Claimant]) -> tuple[Board, Slot, Waiting] | None:
    board = store.board(ctx.klass.id, round_id)
    for slot in board.slots if board else ():
        waiting = board.next_for(slot, at, known) if board else None
        household = ctx.roster.household(waiting.household) if waiting else None
        if board is None or waiting is None or household is None:
            continue
        if milliseconds(ctx.quiet_until(household) or ctx.now) + _SHORT < slot.starts:
            return board, slot, waiting
    return None


def _offer(ctx: Context, board: Board, slot: Slot, waiting: Waiting, at: int) -> None:
    """Tell the household, and keep the slot for it until it has had some waking hours to answer, or the slot begins."""
    household = ctx.roster.household(waiting.household)
    assert household is not None
    told = ctx.quiet_until(household) or ctx.now
    until = after_waking_hours(told, ctx.options.offer, quiet_hours(ctx, household))
    ends = min(milliseconds(until), slot.starts)
    values = {
        "when": local(slot.starts, ctx.klass.zone),
        "host": host_name(ctx, board.round),
        "until": local(ends, ctx.klass.zone),
    }
    store.offer(slot, waiting, max(at, milliseconds(told)), ends)
    ctx.at(local(ends, ctx.klass.zone), expire_offer, slot.id, waiting.id)
    if household.reachable:
        said = ctx.text("consultations-slots-offer", language=ctx.language_of(household), **values)
        ctx.write(household, Content.line(said, loud=True), about=Subject(OFFER, str(waiting.id)), buttons=(YES, NO))
    else:
        family, number = home_name(ctx, household.id), str(slot.number)
        ctx.tell_staff("consultations-slots-offer-staff", family=family, number=number, **values)


@job
def expire_offer(ctx: Context, slot_id: int, waiting_id: int) -> None:
    """Nobody has answered: off the list, and the next one's turn."""
    board = store.board_of_slot(ctx.klass.id, slot_id)
    offer = board.offers.get(slot_id) if board else None
    if board is None or offer is None or offer.waiting != waiting_id or offer.until > milliseconds(ctx.now):
        return
    waiting, slot = board.waiting(waiting_id), board.slot(slot_id)
    household = ctx.roster.household(waiting.household) if waiting else None
    if household is not None and slot is not None:
        asked_store.note_offer_over(ctx.klass.id, household.id, waiting_id, milliseconds(ctx.now))
        said = ctx.text(
            "consultations-slots-offer-expired",
            language=ctx.language_of(household),
            when=local(slot.starts, ctx.klass.zone),
        )
        ctx.write(household, Content.line(said))
    store.stop_waiting([waiting for waiting in board.queue if waiting.id == waiting_id])
    store.drop_offer(slot_id)
    offer_free(ctx, board.round.id, milliseconds(ctx.now))
    ctx.refresh(slots_card, str(board.round.id))
