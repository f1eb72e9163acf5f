"""Words that are changed, words and taps that are taken back: what they did follows, or it is said that it does not."""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import EventRedacted, MessageSent

from . import asked_store, store
from .acts import Act, act_of_guardian, say
from .booking import cancel, move, pick
from .cards import booking_values
from .desk import kept
from .domain import Booking, Via
from .targets import slots_meant
from .vocabulary import Kind, vocabulary
from .words import Said, read


@on(MessageSent)
def follow_edit(ctx: Context, message: MessageSent) -> None:
    """Words that booked, moved or cancelled something say something else now: that is done, where it can be read."""
    booking = store.booking_touched_by(ctx.klass.id, message.replaces) if message.replaces is not None else None
    act = act_of_guardian(ctx, Via.DESK) if booking is not None else None
    if booking is None or act is None or not act.claimant.owns(booking) or booking.starts <= act.at:
        return
    said = read(message.body, vocabulary(ctx))
    slot = _meant(ctx, act, said)
    if said is not None and said.kind in (Kind.CANCEL, Kind.NO) and booking.cancelled_at is None:
        cancel(ctx, act, booking.id)
    elif slot is not None and booking.cancelled_at is None:
        move(ctx, act, booking.id, slot)
    elif slot is not None:
        pick(ctx, act, slot)
    else:
        _unread(ctx, act, booking)


def _meant(ctx: Context, act: Act, said: Said | None) -> int | None:
    """The slot that the new words choose."""
    if said is None or said.target is None or said.kind not in (Kind.PICK, Kind.MOVE):
        return None
    found = slots_meant(ctx, store.live(ctx.klass.id, act.at), said.target, act.claimant, act.at)
    return found[0][1].id if found else None


def _unread(ctx: Context, act: Act, booking: Booking) -> None:
    board = store.board(ctx.klass.id, booking.round_id)
    if booking.cancelled_at is not None:
        kept(ctx, act, booking.id)
    elif board is not None:
        say(ctx, act, "consultations-slots-edit-unread", **booking_values(ctx, board, booking, act.language))


@on(EventRedacted)
def take_back(ctx: Context, redaction: EventRedacted) -> None:
    """Without what booked it a slot is free again, unless it was moved since. What moved or cancelled it has done so."""
    act = act_of_guardian(ctx, Via.REACTION)
    if act is None:
        return
    booking = store.booking_touched_by(ctx.klass.id, redaction.target)
    if booking is None:
        asked_store.strike(redaction.target, redaction.at)
    elif booking.via is Via.PROXY or not act.claimant.owns(booking) or booking.starts <= act.at:
        return
    elif booking.source == redaction.target and booking.cancelled_at is None and _is_as_booked(booking):
        cancel(ctx, act, booking.id)
    elif booking.source != redaction.target or booking.cancelled_at is None:
        kept(ctx, act, booking.id)


def _is_as_booked(booking: Booking) -> bool:
    return booking.via is Via.REACTION or booking.sequence == 0
