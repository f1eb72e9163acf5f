"""Which poll somebody means: by its number, by replying to it, or because there is only one."""

from __future__ import annotations

from collections.abc import Mapping

from classroom_matrix.api import Context
from classroom_matrix.domain.ids import EventId
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .cards import poll_card, short
from .domain import Poll, milliseconds

REMINDER = "reminder"
"""The subject of what is written to desks about a poll: the service's words, so that nobody ends the poll by deleting them."""
_SUBJECTS = ("poll", poll_card.name, REMINDER)


def poll_of(ctx: Context, event_id: EventId) -> Poll | None:
    """The poll that a card, a reminder, a native poll of ours or an adopted one belongs to."""
    subject = ctx.subject(event_id)
    if subject is not None:
        return store.get(ctx.klass.id, int(subject.id)) if subject.kind in _SUBJECTS else None
    return store.by_native(ctx.klass.id, event_id)


def native_poll_of(ctx: Context, event_id: EventId) -> Poll | None:
    """The poll whose native event this is; its card is not."""
    subject = ctx.subject(event_id)
    if subject is not None:
        return store.get(ctx.klass.id, int(subject.id)) if subject.kind == "poll" else None
    return store.by_native(ctx.klass.id, event_id)


def keep_if_unknown(ctx: Context, target: EventId, early: store.Early) -> None:
    """Keep something about an event that is none of ours, for the case that it is a poll of the teacher's, still to come."""
    if ctx.subject(target) is None:
        store.keep_early(ctx.klass.id, target, early, milliseconds(ctx.now))


def poll_meant(ctx: Context, number: int | None, *, again: tuple[str, Mapping[str, str]], ended_too: bool = False) -> Poll:
    """The poll of a command.

    Args:
        ctx: the command's.
        number: as the person wrote it, if they did.
        again: how the command is written with a poll's `number`: a text of the catalogue and its other values.
        ended_too: where no poll is open, the newest one is meant.

    Raises:
        NotFound: there is no such poll, or none is open.
        InvalidArgument: several are open, and it is not said which is meant.
    """
    if number is not None:
        found = store.by_number(ctx.klass.id, number)
        if found is None:
            raise NotFound("polls-unknown", number=str(number))
        return found
    if ctx.reply_to is not None and (replied := poll_of(ctx, ctx.reply_to)) is not None:
        return replied
    candidates = store.open_polls(ctx.klass.id)
    if not candidates and ended_too:
        candidates = store.latest(ctx.klass.id, 1)
    if not candidates:
        raise NotFound("polls-none" if ended_too else "polls-none-open")
    if len(candidates) > 1:
        key, values = again
        example = ctx.text(key, language=ctx.language, number=str(candidates[-1].number), **values)
        raise InvalidArgument("polls-which", polls=", ".join(called(ctx, poll) for poll in candidates), example=example)
    return candidates[0]


def called(ctx: Context, poll: Poll) -> str:
    """A poll in a list: "№3 «Когда едем?»"."""
    return ctx.text("polls-called", language=ctx.language, number=str(poll.number), question=short(poll.question))
