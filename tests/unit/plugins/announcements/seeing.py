"""What tests of announcements look at."""

from __future__ import annotations

from collections.abc import Iterable

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.storage import receipts
from classroom_matrix.testing.conversation import BOT, CLASS, Conversation
from classroom_matrix.testing.seen import Shown
from classroom_matrix.testing.voice import Voice


def said(talk: Conversation, room: str = "announcements") -> list[str]:
    """The service's messages in a room, as they look now."""
    return [message.body for message in talk.room(room) if message.sender == BOT]


def first_lines(talk: Conversation, room: str = "announcements") -> list[str]:
    return [body.split("\n")[0] for body in said(talk, room)]


def desk_texts(talk: Conversation, voice: Voice) -> list[str]:
    return [message.body for message in talk.desk(voice) if message.sender == BOT]


def letters(talk: Conversation, voice: Voice) -> list[Shown]:
    return [message for message in talk.desk(voice) if message.sender == BOT]


def desk_of(voice: Voice) -> str:
    """The name of the desk's room in a conversation; it is made with the first letter."""
    assert voice.person is not None
    assert voice.person.household_id is not None
    return voice.person.household_id


def edit(talk: Conversation, event_id: str, text: str, room: str = "announcements") -> None:
    """The teacher edits a message with their client."""
    new = {"msgtype": "m.text", "body": text}
    relation = {"rel_type": "m.replace", "event_id": event_id}
    talk.teacher.sends(
        "m.room.message", {**new, "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}, room=room
    )


def progress(talk: Conversation, room: str = "announcements") -> str:
    """The line of the newest must-read's card that counts."""
    begins = ("Пока никто", "Подтвердила ", "Подтвердили ")
    lines = [line for body in said(talk, room) for line in body.split("\n")]
    return [line for line in lines if line.startswith(begins)][-1]


def events_of(talk: Conversation, room: str = "announcements") -> list[str]:
    """Types of everything that the service sent to a room."""
    room_id = talk.room_id(room)
    return [
        event["type"] for event in talk.homeserver.rooms[room_id].events if event["sender"] == BOT and "state_key" not in event
    ]


def opens(talk: Conversation, *voices: Voice, room: str = "announcements") -> None:
    """People open the room now: their clients send read receipts."""
    at = int(talk.clock.seconds() * 1000)
    receipts.note(talk.database, [(RoomId(talk.room_id(room)), UserId(voice.user_id), at) for voice in voices])


def view_of(talk: Conversation, language: str | None = None) -> ClassView:
    batch = Batch(talk.database, talk.registry, talk.clock.seconds())
    return ClassView(batch, talk.registry.plugins["announcements"], CLASS, language)


def labels(lines: Iterable[object]) -> list[str]:
    """The plain text of lines."""
    return ["".join(str(getattr(span, "text", span)) for span in line.spans) for line in lines]  # type: ignore[attr-defined]
