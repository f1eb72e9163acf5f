"""The way of an announcement into the room: now, at a time, or when the quiet hours are over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from classroom_matrix.api import Context, job
from classroom_matrix.domain.content import MediaContent
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument

from . import store
from .cards import BUTTON, announcement_card, called, request_card
from .deadlines import plan_deadline
from .domain import Announcement, Attachment, State, local, milliseconds
from .times_in_text import relative_words
from .wording import Wording

DAY_ENDS = time(20)
LATE = timedelta(hours=12)


def begin(ctx: Context, wording: Wording, attachments: Sequence[Attachment], source: EventId) -> Announcement:
    """Make an announcement of ours, and send it or put it into the timetable. `source`: the command.

    Raises:
        InvalidArgument: its deadline would be over before it is sent.
    """
    due = delivery(ctx, wording.when or ctx.now, urgent=wording.urgent)
    until = deadline(ctx, wording, due)
    assert ctx.person is not None
    announcement = store.create(
        ctx.klass.id,
        author=ctx.person.id,
        text=wording.text,
        attachments=attachments,
        room=ctx.options.room,
        at=ctx.occurred,
        source=source,
    )
    announcement = store.change(
        announcement, urgent=wording.urgent, must=wording.must, until=until, due=milliseconds(due) if due > ctx.now else None
    )
    if announcement.due is None:
        return publish(ctx, announcement)
    ctx.at(due, publish_due, announcement.id)
    return announcement


def delivery(ctx: Context, when: datetime, *, urgent: bool) -> datetime:
    """When something that is wanted at a time will be there: not in the class's quiet hours, unless it is urgent."""
    return when if urgent else ctx.klass.quiet.next_allowed(when.astimezone(ctx.klass.zone))


def deadline(ctx: Context, wording: Wording, sent: datetime) -> int | None:
    """Until when families have to confirm; None where they need not, or may at any time.

    Raises:
        InvalidArgument: that is before it is sent.
    """
    if not wording.must:
        return None
    if wording.until is not None:
        if wording.until <= sent:
            raise InvalidArgument("announcements-until-early", until=wording.until, when=sent)
        return milliseconds(wording.until)
    if not ctx.options.confirm_within:
        return None
    day = sent.astimezone(ctx.klass.zone).date() + timedelta(days=ctx.options.confirm_within)
    return milliseconds(at_local(datetime.combine(day, DAY_ENDS), ctx.klass.zone))


@job
def publish_due(ctx: Context, announcement_id: int) -> None:
    announcement = store.get(ctx.klass.id, announcement_id)
    if announcement is None or announcement.state is not State.SCHEDULED or announcement.due is None:
        return
    if _is_too_late(ctx, announcement):
        ctx.tell_staff(
            "announcements-late",
            announcement=called(ctx, announcement),
            when=local(announcement.due, ctx.klass.zone),
            move=ctx.text("announcements-again-move-now", number=str(announcement.number)),
            cancel=ctx.text("announcements-again-cancel", number=str(announcement.number)),
        )
        return
    allowed = delivery(ctx, ctx.now, urgent=announcement.urgent)
    if allowed > ctx.now:  # the service was down when it was time
        store.change(announcement, due=milliseconds(allowed))
        ctx.at(allowed, publish_due, announcement.id)
        return
    publish(ctx, announcement)


def _is_too_late(ctx: Context, announcement: Announcement) -> bool:
    """Whether, after the service was down, it may be over what it is about: staff have to say whether it is still wanted."""
    assert announcement.due is not None
    due = local(announcement.due, ctx.klass.zone)
    allowed = delivery(ctx, ctx.now, urgent=announcement.urgent)
    return allowed - due > LATE or (allowed.date() != due.date() and bool(relative_words(ctx, announcement.text)))


def publish(ctx: Context, announcement: Announcement) -> Announcement:
    """Send it: one card, its files behind it."""
    loud = announcement.urgent or not ctx.klass.quiet.covers(ctx.now)
    until = announcement.until
    if until is not None and until <= ctx.occurred:  # it was held for longer than anybody thought
        until = None
    announcement = store.change(
        announcement,
        state=State.SENT,
        sent_at=ctx.occurred,
        due=None,
        loud=loud,
        until=until,
        changes=announcement.changes + 1,
        changed_at=ctx.occurred,
    )
    card = ctx.card(announcement_card, str(announcement.id), room=announcement.room)
    if announcement.must:
        ctx.react(card, BUTTON, room=announcement.room)
    for attachment in announcement.attachments:
        ctx.post(MediaContent(attachment.media, attachment.kind), room=announcement.room)
    plan_deadline(ctx, announcement)
    return announcement


def ask_to_confirm(ctx: Context, announcement: Announcement, wording: Wording) -> Announcement:
    """Make a must-read of something that is out: one small card below it, with the button and the count."""
    loud = announcement.urgent or not ctx.klass.quiet.covers(ctx.now)
    announcement = store.change(
        announcement,
        must=True,
        follow_up=True,
        loud=loud,
        until=deadline(ctx, wording, ctx.now),
        changes=announcement.changes + 1,
        changed_at=ctx.occurred,
    )
    card = ctx.card(request_card, str(announcement.id), room=announcement.room)
    ctx.react(card, BUTTON, room=announcement.room)
    plan_deadline(ctx, announcement)
    return announcement


def show(ctx: Context, announcement: Announcement) -> None:
    """Its text or state has changed: draw again what there is of it."""
    if announcement.own is None:
        ctx.refresh(announcement_card, str(announcement.id))
    if announcement.follow_up:
        ctx.refresh(request_card, str(announcement.id))


def show_count(ctx: Context, announcement: Announcement) -> None:
    """More families have confirmed, or fewer: the card that counts them is in no hurry."""
    ctx.refresh(request_card if announcement.follow_up else announcement_card, str(announcement.id), counts_only=True)
