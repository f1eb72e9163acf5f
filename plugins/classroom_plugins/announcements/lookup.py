"""Which announcement somebody means: by its number, by replying to it, or because there is only one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from classroom_matrix.api import Context, Subject
from classroom_matrix.domain.ids import EventId
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .cards import CARDS, called
from .domain import DAY, Announcement

RECENT = 3 * DAY
LISTED = 5

Fits = Callable[[Announcement], bool]


def announcement_of(ctx: Context, event_id: EventId) -> Announcement | None:
    """The announcement that a card or letter of ours is about, or that a message of the teacher's is."""
    subject = ctx.subject(event_id)
    if subject is None:
        return store.by_event(ctx.klass.id, event_id)
    return of_subject(ctx, subject)


def of_subject(ctx: Context, subject: Subject) -> Announcement | None:
    return store.get(ctx.klass.id, int(subject.id.partition("/")[0])) if subject.kind in CARDS else None


def meant(
    ctx: Context,
    number: int | None,
    *,
    example: str,
    fits: Fits,
    candidates: Sequence[Announcement],
    otherwise: str | None = None,
) -> Announcement:
    """The announcement of a command.

    Args:
        ctx: the command's.
        number: as the person wrote it, if they did.
        example: key of a text with the variable `number`: how the command is written with one.
        fits: whether the command can be meant for an announcement.
        candidates: of which one is meant where nothing is said, newest first.
        otherwise: key of the text that says why it cannot be meant for the one that is named; None: by its state.

    Raises:
        NotFound: there is none, or none of this number.
        InvalidArgument: it is not said which is meant, or the command is not for this one.
    """
    found = _named(ctx, number)
    if found is not None:
        if not fits(found):
            raise InvalidArgument(otherwise or f"announcements-is-{found.state}", announcement=called(ctx, found, ctx.language))
        return found
    fitting = [each for each in candidates if fits(each)]
    if not fitting:
        raise NotFound("announcements-none")
    now = ctx.occurred
    recent = [each for each in fitting if (each.sent_at or now) >= now - RECENT]
    if len(fitting) == 1 or len(recent) == 1:
        return (recent or fitting)[0]
    listed = [called(ctx, each, ctx.language) for each in (recent or fitting)[:LISTED]]
    shown = ctx.text(example, language=ctx.language, number=str((recent or fitting)[0].number))
    raise InvalidArgument("announcements-which", announcements=listed, example=shown)


def _named(ctx: Context, number: int | None) -> Announcement | None:
    if number is not None:
        found = store.by_number(ctx.klass.id, number)
        if found is None:
            raise NotFound("announcements-unknown", number=str(number))
        return found
    return announcement_of(ctx, ctx.reply_to) if ctx.reply_to is not None else None
