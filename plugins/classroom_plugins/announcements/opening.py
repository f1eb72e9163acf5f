"""Opening an announcement, wherever the teacher types it, and what the teacher is told about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from classroom_matrix.api import Context
from classroom_matrix.domain.content import Content, Line
from classroom_matrix.domain.ids import EventId
from classroom_matrix.errors import InvalidArgument

from . import store
from .cards import called
from .delivery import delivered
from .domain import Announcement, Attachment, State, local, milliseconds
from .no_text import refuse_what_is_no_text
from .publishing import ask_to_confirm, begin, delivery
from .times_in_text import deadline_in, relative_words
from .wording import Wording, read_wording


def announce(ctx: Context, text: str, *, must: bool, attachments: Sequence[Attachment], source: EventId | None = None) -> None:
    """In the announcements room the teacher's own message is the announcement; elsewhere we post a card there.

    Args:
        ctx: of the command.
        text: what stands behind it.
        must: families have to confirm it.
        attachments: files that go with it.
        source: the message that it is, where that was edited; the event that is handled unless told.

    Raises:
        UserError: there is no text, or a direction cannot be read.
    """
    wording = read_wording(ctx, text)
    wording = replace(wording, must=wording.must or must)
    if not wording.text and not attachments:
        raise InvalidArgument("announcements-empty", example=ctx.text("announcements-example", language=ctx.language))
    source = source or ctx.event_id
    assert source is not None
    refuse_what_is_no_text(ctx, wording)
    if wording.must and wording.until is None:
        wording = replace(wording, until=_named_deadline(ctx, wording))
    if ctx.room.role == ctx.options.room and wording.when is None:
        own = _take_as_it_stands(ctx, wording.text, source)
        if wording.urgent:
            own = store.change(own, urgent=True)
        if wording.must:
            ask_to_confirm(ctx, own, wording)
        return
    announcement = begin(ctx, wording, attachments, source)
    if ctx.room.role == ctx.options.room:  # it is to come later, and everybody would read it now
        ctx.redact(source, room=ctx.room.id)
        ctx.tell_staff(
            "announcements-taken-away",
            announcement=called(ctx, announcement),
            when=local(announcement.due or announcement.sent_at or 0, ctx.klass.zone),
        )
        return
    confirm(ctx, announcement)


def _named_deadline(ctx: Context, wording: Wording) -> datetime | None:
    """The one in the text, if the text will be there before it."""
    until = deadline_in(ctx, wording.text)
    sent = delivery(ctx, wording.when or ctx.now, urgent=wording.urgent)
    return until if until is not None and until > sent else None


def _take_as_it_stands(ctx: Context, text: str, event_id: EventId) -> Announcement:
    """The message is there, and whoever has the room open has read it: another one would only repeat it."""
    assert ctx.person is not None
    announcement = store.create(
        ctx.klass.id,
        author=ctx.person.id,
        text=text,
        attachments=(),
        room=ctx.room.id,
        at=ctx.occurred,
        source=event_id,
        own=event_id,
    )
    return store.change(announcement, state=State.SENT, sent_at=ctx.occurred)


def confirm(ctx: Context, announcement: Announcement) -> None:
    """Tell the teacher what became of the command: one message."""
    name = called(ctx, announcement, ctx.language)
    parts: list[str] = []
    hints: list[str] = []  # lines of their own: a command ends them
    if announcement.state is State.SENT:
        parts.append(ctx.text("announcements-sent", language=ctx.language, announcement=name))
    else:
        assert announcement.due is not None
        quiet = ctx.klass.quiet.covers(ctx.now) and milliseconds(ctx.klass.quiet.next_allowed(ctx.now)) == announcement.due
        key = "announcements-held" if quiet else "announcements-scheduled"
        due = local(announcement.due, ctx.klass.zone)
        parts.append(ctx.text(key, language=ctx.language, announcement=name, when=due))
        held = ctx.klass.quiet.covers(due - timedelta(seconds=1)) and due.date() != ctx.now.date()
        relative = relative_words(ctx, announcement.text) if held else []
        if relative:
            example = ctx.text("announcements-again-correct", language=ctx.language, number=str(announcement.number))
            said = {"word": relative[0], "day": due.date(), "example": example}
            hints.append(ctx.text("announcements-held-relative", language=ctx.language, **said))
    if announcement.must and announcement.until is not None:
        until = local(announcement.until, ctx.klass.zone)
        parts.append(ctx.text("announcements-sent-until", language=ctx.language, until=until))
    if announcement.urgent:
        parts.append(urgent_line(ctx))
    left = delivered(ctx, announcement).left
    if left:
        labels = "; ".join(family.label for family in left)
        parts.append(ctx.text("announcements-left", language=ctx.language, families=labels))
    lines = [" ".join(parts), *hints]
    ctx.reply_content(Content(tuple(Line(line) for line in lines)), privately=True)


def urgent_line(ctx: Context) -> str:
    """How often staff have woken everybody this month."""
    month = ctx.now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    used = store.urgent_since(ctx.klass.id, milliseconds(month))
    return ctx.text("announcements-urgent-used", language=ctx.language, count=used)
