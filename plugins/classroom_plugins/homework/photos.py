"""Photos and files that staff post: kept, put to their tasks, and asked about once where nothing tells what they are for."""

from __future__ import annotations

from datetime import date, timedelta

from classroom_matrix.api import Context, job, on
from classroom_matrix.domain.facts import EventRedacted, MessageSent
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Role
from classroom_matrix.errors import UserError

from . import store
from .attaching import announces_photo, attach, copy_of
from .cards import card_day, show, subjects_of
from .domain import Photo, local
from .questions import is_question
from .tasks import behind_command, echo, record


@on(MessageSent)
def keep_photo(ctx: Context, message: MessageSent) -> None:
    """A photo of a teacher's where homework is set: with a task as its caption, behind a task that announces it, in a card's
    thread; or it waits for its task.
    """
    if message.media is None or message.replaces is not None or ctx.person is None or not ctx.person.role.is_staff:
        return
    in_room = ctx.room.role == ctx.options.room
    if not in_room and ctx.room.role not in ("staff", "private"):
        return
    if message.reply_to is not None and is_question(ctx, message.reply_to):
        return  # an answer
    person = ctx.person.id
    photo = Photo(message.event_id, ctx.room.id, person, message.media, message.kind, message.at, in_room)
    store.keep_photo(ctx.klass.id, photo)
    day = thread_day(ctx, message)
    caption = "" if message.body.strip() == message.media.filename.strip() else message.body.strip()
    if day is not None:
        _put_to_day(ctx, photo, day)
    elif not _is_task(ctx, photo, caption) and not caption:
        _wait(ctx, photo)


def thread_day(ctx: Context, message: MessageSent) -> date | None:
    """The day in whose card's thread a message stands."""
    return card_day(ctx, message.thread)


def _put_to_day(ctx: Context, photo: Photo, day: date) -> None:
    tasks = [task for task in store.of_day(ctx.klass.id, day) if task.is_open]
    if tasks:
        attach(ctx, max(tasks, key=lambda task: (task.author == photo.person, task.id)), [photo])


def _is_task(ctx: Context, photo: Photo, caption: str) -> bool:
    """Whether the caption says what is set; where the homework room or a private chat has it, without a command, too."""
    meant = behind_command(ctx, caption)
    text = meant.text if meant is not None else caption
    plain = ctx.room.role != "staff" and subjects_of(ctx).in_text(caption) is not None
    if not text or (meant is None and not plain):
        return False
    try:
        tasks = record(ctx, text, photo.event, [photo])
    except UserError as error:
        ctx.reply_privately(error.key, **error.values)
        return True
    echo(ctx, tasks)
    return True


def _wait(ctx: Context, photo: Photo) -> None:
    newest = store.newest_of(ctx.klass.id, photo.person, photo.at - ctx.options.photo_wait * 60 * 1000)
    if newest is not None and not newest.photos and announces_photo(newest.text):
        attach(ctx, newest, [photo])
    elif photo.in_room:
        later = local(photo.at, ctx.klass.zone) + timedelta(minutes=ctx.options.photo_wait)
        ctx.at(later, ask_about_photos, photo.person, photo.room)
    elif ctx.room.role == "private" and len(_unasked(ctx, photo.person, photo.room)) == 1:
        ctx.reply("homework-photo-private")
        store.set_asked([photo])


def _unasked(ctx: Context, person: PersonId, room: str) -> list[Photo]:
    since = ctx.occurred - 24 * 3600 * 1000
    return [photo for photo in store.waiting_photos(ctx.klass.id, person, room, since) if not photo.asked]


@job
def ask_about_photos(ctx: Context, person: str, room: str) -> None:
    """The teacher is asked once, in the staff room, what photos without words are for."""
    waiting = _unasked(ctx, PersonId(person), room)
    if waiting:
        store.set_asked(waiting)
        ctx.tell_staff("homework-photo-what", count=len(waiting), when=local(waiting[0].at, ctx.klass.zone))


@on(EventRedacted)
def remove_photo(ctx: Context, redaction: EventRedacted) -> None:
    """Who takes a photo back takes it back everywhere."""
    photo = store.photo(ctx.klass.id, redaction.target)
    if photo is None or ctx.person is None or not ctx.person.role.may(Role.SPECIALIST):
        return
    tasks = store.tasks_with(ctx.klass.id, photo.event)
    for copy in ctx.posted(copy_of(photo)):
        ctx.redact(copy, room=ctx.options.room)
    store.forget_photo(photo.event)
    show(ctx, (task.day for task in tasks))
