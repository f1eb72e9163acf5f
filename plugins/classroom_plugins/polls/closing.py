"""The end of a poll: closed or cancelled, its result announced, and put right by what turns out to have been in time."""

from __future__ import annotations

from classroom_matrix.api import Context, Subject, job
from classroom_matrix.api.contracts import PollEnded
from classroom_matrix.domain.content import Content, Line, PollEndContent, Target

from . import store
from .cards import count_votes, poll_card, result, short
from .domain import End, Poll, State
from .reminders import remind_missing


@job
def close_at_deadline(ctx: Context, poll_id: int) -> None:
    poll = store.get(ctx.klass.id, poll_id)
    if poll is not None and poll.state is State.OPEN and poll.until is not None:
        conclude(ctx, poll, End(State.CLOSED, poll.until, ""))


@job
def announce_result(ctx: Context, poll_id: int) -> None:
    poll = store.get(ctx.klass.id, poll_id)
    if poll is not None and poll.state is State.CLOSED and poll.announced is None:
        announce(ctx, poll)


def conclude(ctx: Context, poll: Poll, by: End, *, natively: bool = False) -> bool:
    """End a poll, unless something earlier has; also one that something later has ended, which came by the network first.

    Args:
        ctx: of whatever ends it.
        poll: the poll as it is.
        by: what ends it; the deadline does instead where it is earlier.
        natively: somebody ended or removed the native poll with their client, so that we need not.

    Returns:
        Whether it ended by this.
    """
    before, ended = store.end_of(poll), by.or_deadline(poll.until)
    if before is not None and before.order <= ended.order:
        return False
    families = [family.id for family in ctx.roster.families] if poll.electorate is None else poll.electorate
    poll = store.end(poll, ended, families)
    ctx.cancel(close_at_deadline, poll.id)
    ctx.cancel(remind_missing, poll.id)
    if not natively and (before is None or before.state is not ended.state):
        _end_native(ctx, poll, again=before is not None)
    ctx.refresh(poll_card, str(poll.id))
    if ended.state is State.CANCELLED:
        _withdraw(ctx, poll)
    elif before is not None and before.state is State.CLOSED:
        recount(ctx, poll, "polls-corrected-end")
    else:
        announce(ctx, poll)
    _tell_origin(ctx, poll)
    return True


def announce(ctx: Context, poll: Poll) -> None:
    """Say the result loudly in the poll's room, after the quiet hours if it is quiet now."""
    allowed = ctx.klass.quiet.next_allowed(ctx.now)
    if allowed > ctx.now:
        ctx.at(allowed, announce_result, poll.id)
        return
    store.set_announced(poll, count_votes(ctx, poll).outcome)
    ctx.post(Content(result(ctx, poll), loud=True), room=poll.room)


def recount(ctx: Context, poll: Poll, because: str = "polls-corrected") -> None:
    """Something about a closed poll came late by the network but was in time by the homeserver's clock.

    The card shows the new counts. If what was announced is not true any more, that is said. `because`: the text that says why.
    """
    ctx.refresh(poll_card, str(poll.id))
    outcome = count_votes(ctx, poll).outcome
    if poll.announced is None or poll.announced == outcome:
        return
    store.set_announced(poll, outcome)
    _tell_origin(ctx, poll)
    correction = Line(ctx.text(because, number=str(poll.number), question=short(poll.question)))
    ctx.post(Content((correction, *result(ctx, poll)), loud=True), room=poll.room)


def _tell_origin(ctx: Context, poll: Poll) -> None:
    """The plugin that asked for the poll hears of its end, and again if that turns out otherwise."""
    if poll.origin is not None:
        winner = count_votes(ctx, poll).winner if poll.state is State.CLOSED else None
        option = poll.option(winner) if winner is not None else None
        ctx.announce(PollEnded(poll.origin, poll.number, option.text if option else None))


def native_target(ctx: Context, poll: Poll) -> Target | None:
    """The native poll: an event of the teacher's, or one of ours."""
    if poll.native is not None:
        return poll.native
    return next(iter(ctx.posted(Subject("poll", str(poll.id)))), None)


def _withdraw(ctx: Context, poll: Poll) -> None:
    """A cancelled poll has no result; where one was announced, that is said."""
    ctx.cancel(announce_result, poll.id)
    if poll.announced is not None:
        store.set_announced(poll, None)
        ctx.post(Content(result(ctx, poll), loud=True), room=poll.room)


def _end_native(ctx: Context, poll: Poll, *, again: bool) -> None:
    target = native_target(ctx, poll)
    if target is None:
        return
    if poll.state is State.CANCELLED and poll.native is None:
        ctx.redact(target, room=poll.room)  # clients show the votes of a poll that has ended: of this one, none count
    elif not again:
        key = "polls-native-closed" if poll.state is State.CLOSED else "polls-native-cancelled"
        ctx.post(PollEndContent(target, ctx.text(key, question=poll.question)), room=poll.room)
