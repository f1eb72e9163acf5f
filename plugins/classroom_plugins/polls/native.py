"""Polls that are started or ended with a client's own menu."""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import PollEnded, PollStarted
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Role

from . import store
from .closing import conclude
from .domain import MAX_OPTIONS, MIN_OPTIONS, End, Option, Poll, State
from .lookup import keep_if_unknown, native_poll_of
from .opening import post_card
from .store import Early, EarlyKind
from .voting import ballot_of_reaction, ballot_of_vote, record


@on(PollStarted)
def adopt_native_poll(ctx: Context, started: PollStarted) -> None:
    """A poll that the teacher starts where families read becomes a class poll; other people's polls are their own."""
    if not _is_teacher(ctx) or not ctx.room.shared:
        return
    count = len(started.answers)
    if not MIN_OPTIONS <= count <= MAX_OPTIONS or len({answer.id for answer in started.answers}) < count:
        return
    if store.by_native(ctx.klass.id, started.event_id) is not None:
        return
    poll = store.create(
        ctx.klass.id,
        started.question,
        [Option(answer.id, answer.text) for answer in started.answers],
        room=started.room_id,
        opened_at=started.at,
        native=started.event_id,
    )
    post_card(ctx, poll)
    for early in store.take_early(ctx.klass.id, started.event_id):
        _catch_up(ctx, store.get(ctx.klass.id, poll.id) or poll, early)


@on(PollEnded)
def follow_native_end(ctx: Context, ended: PollEnded) -> None:
    """The teacher ended the native poll in their client."""
    if not _is_teacher(ctx) or ctx.person is None:
        return
    poll = native_poll_of(ctx, ended.target)
    if poll is None:
        early = Early(ended.event_id, EarlyKind.END, ended.at, ctx.person.id, FamilyId(""), None)
        keep_if_unknown(ctx, ended.target, early)
        return
    conclude(ctx, poll, End(State.CLOSED, ended.at, ended.event_id), natively=True)


def _catch_up(ctx: Context, poll: Poll, early: Early) -> None:
    """What has overtaken the beginning of its poll."""
    match early.kind:
        case EarlyKind.VOTE:
            record(ctx, poll, ballot_of_vote(poll, early))
        case EarlyKind.REACTION:
            ballot = ballot_of_reaction(poll, early)
            if ballot is not None:
                record(ctx, poll, ballot)
        case EarlyKind.END:
            conclude(ctx, poll, End(State.CLOSED, early.at, early.source), natively=True)
        case EarlyKind.REMOVAL:
            conclude(ctx, poll, End(State.CANCELLED, early.at, early.source), natively=True)


def _is_teacher(ctx: Context) -> bool:
    return ctx.person is not None and ctx.person.role.may(Role.TEACHER)
