"""Polls that are started or ended with a client's own menu."""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import PollEnded, PollStarted
from classroom_matrix.domain.people import Role

from . import store
from .closing import close
from .domain import MAX_OPTIONS, MIN_OPTIONS, Option, State
from .lookup import native_poll_of
from .opening import post_card


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


@on(PollEnded)
def follow_native_end(ctx: Context, ended: PollEnded) -> None:
    """The teacher ended the native poll in their client."""
    poll = native_poll_of(ctx, ended.target)
    if poll is not None and poll.state is State.OPEN and _is_teacher(ctx):
        close(ctx, poll, ended.at, natively=True)


def _is_teacher(ctx: Context) -> bool:
    return ctx.person is not None and ctx.person.role.may(Role.TEACHER)
