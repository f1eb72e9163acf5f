"""Plain words in a desk: who says them, and what is done about them. What they could mean: `meanings`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from classroom_matrix.api import Context, Meaning, View
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Person

from . import asked_store, store
from .acts import Act, act_of_guardian, say
from .booking import cancel, confirm, move, pick, send_list
from .cards import booking_values
from .domain import Via
from .meanings import Words
from .people import claimant_of, household_of
from .vocabulary import folded, vocabulary
from .waiting import decline, join, leave
from .words import read

_MOST = 4  # meanings of one message


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    if message.kind != "text" or message.replaces is not None:
        return ()
    replies = message.reply_to is not None
    names = _first_names(view, person)
    said = read(message.body, vocabulary(view), replies=replies, pupils=names)
    household = household_of(view, person) if said is not None else None
    claimant = claimant_of(view, household) if household is not None else None
    if said is None or household is None or claimant is None:
        return ()
    return list(Words(view, household, claimant, message.at).meanings(said))[:_MOST]


def _first_names(view: View, person: Person) -> list[str]:
    family = view.roster.family(person.family_id)
    return [folded(pupil.name).split()[0] for pupil in family.pupils if pupil.name.strip()] if family is not None else []


def take(ctx: Context, meaning: Meaning) -> None:
    act = act_of_guardian(ctx, Via.DESK)
    if act is None or asked_store.is_struck(act.source):
        return
    verb, *numbers = meaning.answer.split()
    if verb == "late":
        asked_store.forget_offer_over(ctx.klass.id, act.household.id)
        say(ctx, act, "consultations-slots-offer-over")
        return
    do(ctx, act, verb, [int(number) for number in numbers])


def say_what(ctx: Context, act: Act, said: str) -> bool:
    """What stands behind the command "!запись": the same words as without it. Returns whether they mean one thing."""
    words = read(said, vocabulary(ctx))
    found = list(Words(ctx, act.household, act.claimant, act.at).meanings(replace(words, named=True))) if words else []
    if len(found) != 1:
        return False
    verb, *numbers = found[0].answer.split()
    do(ctx, act, verb, [int(number) for number in numbers])
    return True


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
            kept(ctx, act, booking)
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


def kept(ctx: Context, act: Act, booking_id: int) -> None:
    """Say that nothing has changed."""
    booking = store.booking(ctx.klass.id, booking_id)
    board = store.board(ctx.klass.id, booking.round_id) if booking else None
    if booking is not None and board is not None:
        key = "consultations-slots-stays" if booking.cancelled_at is None else "consultations-slots-stays-cancelled"
        say(ctx, act, key, **booking_values(ctx, board, booking, act.language))
