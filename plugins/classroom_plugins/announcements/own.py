"""What the teacher says without a command: messages in the announcements room, and files that are to go with an announcement.

Nothing is said about them. A message becomes an announcement, with a number, when the teacher replies to it with a command.
"""

from __future__ import annotations

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Role

from . import store
from .domain import Announcement, Attachment, State
from .opening import announce
from .store import Heard
from .wording import opening_in

_FILES = ("image", "video", "audio", "file")


@on(MessageSent)
def hear_teacher(ctx: Context, message: MessageSent) -> None:
    """Keep what may become an announcement; a caption may be a command. For edits see `command_edits`."""
    if ctx.person is None or not ctx.person.role.may(Role.TEACHER):
        return
    if message.thread is not None or message.replaces is not None:
        return
    is_file = message.kind in _FILES and message.media is not None
    in_room = ctx.room.role == ctx.options.room
    if not is_file and not (in_room and message.kind == "text"):
        return
    assert message.media is not None or not is_file
    attachment = Attachment(message.kind, message.media) if is_file and message.media is not None else None
    caption = message.body if message.media is None or message.body != message.media.filename else ""
    store.keep_heard(ctx.klass.id, Heard(message.event_id, message.room_id, ctx.person.id, caption, attachment, message.at))
    command = opening_in(ctx, caption) if attachment is not None else None
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


def files_of(ctx: Context, event_id: EventId) -> tuple[Attachment, ...]:
    """A photo, with those that were sent together with it; not what stands in the announcements room already."""
    heard = store.heard(ctx.klass.id, event_id)
    if heard is None or heard.attachment is None or heard.room_id != ctx.room.id or ctx.room.role == ctx.options.room:
        return ()
    return tuple(store.files_with(ctx.klass.id, heard))
