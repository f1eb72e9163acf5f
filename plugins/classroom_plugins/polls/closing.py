"""The end of a poll: closed or cancelled, its result announced, and put right if a vote turns out to have been in time."""

from __future__ import annotations

from classroom_matrix.api import Context, Subject, job
from classroom_matrix.domain.content import Content, Line, PollEndContent, Target

from . import store
from .cards import count_votes, poll_card, result, short
from .domain import Poll, State
from .reminders import remind_missing


@job
def close_at_deadline(ctx: Context, poll_id: int) -> None:
    poll = store.get(ctx.klass.id, poll_id)
    if poll is not None and poll.state is State.OPEN and poll.until is not None:
        close(ctx, poll, poll.until)


@job
def announce_result(ctx: Context, poll_id: int) -> None:
    poll = store.get(ctx.klass.id, poll_id)
    if poll is not None and poll.state is State.CLOSED and poll.announced is None:
        announce(ctx, poll)


def close(ctx: Context, poll: Poll, at: int, *, natively: bool = False) -> None:
    """End a poll: votes later than `at` do not count, the result is made known.

    Args:
        ctx: of whatever ends it.
        poll: an open one.
        at: milliseconds; the deadline, however late it is noticed.
        natively: somebody ended the native poll with their client, so that we need not.
    """
    poll = _end(ctx, poll, State.CLOSED, at, natively=natively)
    announce(ctx, poll)


def cancel(ctx: Context, poll: Poll, at: int, *, natively: bool = False) -> None:
    """End a poll without a result."""
    _end(ctx, poll, State.CANCELLED, at, natively=natively)


def announce(ctx: Context, poll: Poll) -> None:
    """Say the result loudly in the poll's room, after the quiet hours if it is quiet now."""
    allowed = ctx.klass.quiet.next_allowed(ctx.now)
    if allowed > ctx.now:
        ctx.at(allowed, announce_result, poll.id)
        return
    store.set_announced(poll, count_votes(ctx, poll).outcome)
    ctx.post(Content(result(ctx, poll), loud=True), room=poll.room)


def recount(ctx: Context, poll: Poll) -> None:
    """Something about a closed poll came late by the network but was in time by the homeserver's clock.

    The card shows the new counts. If what was announced is not true any more, that is said.
    """
    ctx.refresh(poll_card, str(poll.id))
    outcome = count_votes(ctx, poll).outcome
    if poll.announced is None or poll.announced == outcome:
        return
    store.set_announced(poll, outcome)
    correction = Line(ctx.text("polls-corrected", number=str(poll.number), question=short(poll.question)))
    ctx.post(Content((correction, *result(ctx, poll)), loud=True), room=poll.room)


def native_target(ctx: Context, poll: Poll) -> Target | None:
    """The native poll: an event of the teacher's, or one of ours."""
    if poll.native is not None:
        return poll.native
    return next(iter(ctx.posted(Subject("poll", str(poll.id)))), None)


def _end(ctx: Context, poll: Poll, state: State, at: int, *, natively: bool) -> Poll:
    ended = store.end(poll, state, at, [family.id for family in ctx.roster.families])
    ctx.cancel(close_at_deadline, poll.id)
    ctx.cancel(remind_missing, poll.id)
    target = native_target(ctx, poll)
    if target is not None and not natively and state is State.CANCELLED and poll.native is None:
        ctx.redact(target, room=poll.room)  # clients show the votes of a poll that has ended: of this one, none count
    elif target is not None and not natively:
        key = "polls-native-closed" if state is State.CLOSED else "polls-native-cancelled"
        ctx.post(PollEndContent(target, ctx.text(key, question=poll.question)), room=poll.room)
    ctx.refresh(poll_card, str(poll.id))
    return ended
