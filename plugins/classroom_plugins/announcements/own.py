"""What the teacher says without a command: messages in the announcements room, and files that are to go with an announcement.

Nothing is said about them. A message becomes an announcement, with a number, when the teacher replies to it with a command.
"""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Role

from . import store
from .corrections import correct, correct_scheduled
from .domain import Announcement, Attachment, State
from .opening import announce
from .publishing import show
from .store import Heard
from .wording import read_wording, words_of

_FILES = ("image", "video", "audio", "file")


@on(MessageSent)
def hear_teacher(ctx: Context, message: MessageSent) -> None:
    """Keep what may become an announcement; follow the teacher's edits; a caption may be a command."""
    if ctx.person is None or not ctx.person.role.may(Role.TEACHER) or message.thread is not None:
        return
    if message.replaces is not None:
        _follow_edit(ctx, message, message.replaces)
        return
    is_file = message.kind in _FILES and message.media is not None
    in_room = ctx.room.role == ctx.options.room
    if not is_file and not (in_room and message.kind == "text"):
        return
    assert message.media is not None or not is_file
    attachment = Attachment(message.kind, message.media) if is_file and message.media is not None else None
    caption = message.body if message.media is None or message.body != message.media.filename else ""
    store.keep_heard(ctx.klass.id, Heard(message.event_id, message.room_id, ctx.person.id, caption, attachment, message.at))
    command = _command_in(ctx, caption) if attachment is not None else None
    if command is not None and attachment is not None:
        must, text = command
        announce(ctx, text, must=must, attachments=() if in_room else (attachment,))


def adopt(ctx: Context, event_id: EventId) -> Announcement | None:
    """Make an announcement of a message that the teacher wrote in the announcements room; None if it is none."""
    heard = store.heard(ctx.klass.id, event_id)
    if heard is None or heard.room_id != ctx.room.id or ctx.room.role != ctx.options.room:
        return None
    announcement = store.create(
        ctx.klass.id,
        author=heard.author,
        text=heard.text,
        attachments=(),
        room=heard.room_id,
        at=heard.at,
        source=heard.event_id,
        own=heard.event_id,
    )
    return store.change(announcement, state=State.SENT, sent_at=heard.at)


def _follow_edit(ctx: Context, message: MessageSent, edited: EventId) -> None:
    """The teacher has edited a message or a command with their client, as people do for a slip of the pen."""
    announcement = store.by_event(ctx.klass.id, edited)
    if announcement is None:
        store.edit_heard(ctx.klass.id, edited, message.body)
        return
    command = _command_in(ctx, message.body)
    text = command[1] if command is not None else message.body
    if announcement.own == edited:
        if text != announcement.text:
            # Clients show the edit themselves, so there is nothing to tell.
            changed = store.add_version(announcement, read_wording(ctx, text).text, message.at)
            show(ctx, store.change(changed, told_version=changed.version))
        return
    if command is None:
        return
    wording = read_wording(ctx, text)
    if not wording.text:
        return
    if announcement.state is State.SCHEDULED:
        correct_scheduled(ctx, announcement, wording)
    elif announcement.state is State.SENT and wording.text != announcement.text:
        correct(ctx, announcement, wording)


def _command_in(ctx: Context, text: str) -> tuple[bool, str] | None:
    """Whether a caption or an edit is a command of ours: if it has to be confirmed, and the text behind it."""
    head = (text.split(maxsplit=1) or [""])[0]
    if not head.startswith("!"):
        return None
    name, rest = head[1:].casefold().rstrip(":,.!"), text.lstrip()[len(head) :].strip()
    if name in words_of(ctx, "announcements-words-announce"):
        return False, rest
    return (True, rest) if name in words_of(ctx, "announcements-words-mustread") else None
