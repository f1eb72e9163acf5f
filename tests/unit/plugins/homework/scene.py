"""What homework's dialogues need beside `Conversation`."""

from __future__ import annotations

from typing import Any

from classroom_matrix.domain.ids import EventId, HouseholdId
from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import BOT, CLASS, Conversation
from classroom_matrix.testing.voice import Voice

ROOM = "homework"
HOW = "Вопросы — в ветке под этим сообщением или в вашей личной комнате: «вопрос по математике: …»."


def desk(talk: Conversation, household: str = "family0-0") -> str:
    """The household's desk, made if it is not there."""
    talk._runner.run(talk._desk_of(CLASS, HouseholdId(household)))
    return household


def private_chat(talk: Conversation, voice: Voice) -> str:
    gateway = talk.homeserver.gateway(voice.user_id)
    room_id = talk._runner.run(gateway.create_room({"room_version": "12"}, f"chat of {voice.user_id}"))
    talk.do(gateway.invite(room_id, BOT))
    return str(room_id)


def photo(
    voice: Voice,
    *,
    room: str = ROOM,
    caption: str = "",
    thread: str | None = None,
    reply_to: str | None = None,
    name: str = "IMG_1.jpg",
) -> EventId:
    content: dict[str, Any] = {
        "msgtype": "m.image",
        "body": caption or name,
        "filename": name,
        "url": f"mxc://school.localhost/{name}",
        "info": {"mimetype": "image/jpeg", "size": 1000},
    }
    if thread:
        content["m.relates_to"] = {"rel_type": "m.thread", "event_id": thread}
    if reply_to:
        content["m.relates_to"] = {"m.in_reply_to": {"event_id": reply_to}}
    return voice.sends("m.room.message", content, room=room)


def edit(voice: Voice, event: str, text: str, *, room: str = ROOM) -> EventId:
    new = {"msgtype": "m.text", "body": text}
    relation = {"rel_type": "m.replace", "event_id": event}
    content = {**new, "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}
    return voice.sends("m.room.message", content, room=room)


def cards(talk: Conversation) -> list[list[str]]:
    """The lines of each card in the homework room, without the last one, which says how to ask."""
    bodies = [body.split("\n") for body in talk.texts(ROOM)]
    return [lines[:-1] for lines in bodies if lines[0].startswith(("Домашнее задание на", "Homework for"))]


def card_event(talk: Conversation, part: str = "Домашнее задание на") -> str:
    return talk.card(part, ROOM).event_id


def media(talk: Conversation, room: str = ROOM) -> list[dict[str, Any]]:
    """Photos that the service has sent."""
    return [dict(m.content) for m in talk.room(room) if m.sender == BOT and m.content.get("msgtype") == "m.image"]


def view_of(talk: Conversation, name: str = "homework", language: str | None = None) -> ClassView:
    loaded = talk.registry.plugins[name]
    return ClassView(Batch(talk.database, talk.registry, talk.clock.seconds()), loaded, CLASS, language)
