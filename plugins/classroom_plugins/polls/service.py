"""Polls that other plugins open, see `api.contracts`: they are told when one of theirs has ended."""

from __future__ import annotations

from classroom_matrix.api import Context, serves
from classroom_matrix.api.contracts import ClosePoll, OpenPoll

from . import opening, store
from .closing import conclude
from .domain import End, State, milliseconds


@serves(OpenPoll)
def open_for_others(ctx: Context, request: OpenPoll) -> int:
    """Open it where it is asked for.

    Raises:
        InvalidArgument: the options are too few, too many, too long or alike.
    """
    options = opening.check(request.question, request.options, example=ctx.text("polls-example", language=ctx.language))
    poll = store.create(
        ctx.klass.id,
        request.question,
        options,
        room=request.room,
        opened_at=ctx.occurred,
        until=None if request.until is None else milliseconds(request.until),
        origin=request.origin,
    )
    opening.post_native(ctx, poll)
    opening.post_card(ctx, poll)
    opening.plan(ctx, poll)
    return poll.number


@serves(ClosePoll)
def cancel_for_others(ctx: Context, request: ClosePoll) -> bool:
    poll = store.by_number(ctx.klass.id, request.number)
    if poll is None or poll.origin is None or poll.state is not State.OPEN:
        return False
    return conclude(ctx, poll, End(State.CANCELLED, ctx.occurred, ctx.event_id or ""))
