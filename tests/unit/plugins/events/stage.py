"""What the tests of events say again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from classroom_matrix.runtime.batch import Batch
from classroom_matrix.runtime.view import ClassView
from classroom_matrix.testing.conversation import BOT, CLASS, Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.events.config import EventsConfig

T = TypeVar("T")
ON_SATURDAY = "!событие Каток в субботу 12:00; где: парк Сокольники; взять: коньки"


def options(**changes: object) -> EventsConfig:
    """Options; families are asked again at once."""
    return replace(EventsConfig(settle=0), **changes)  # type: ignore[arg-type]


def desk_of(talk: Conversation, number: int) -> str:
    """The desk of a guardian's household, made if there is none."""
    person = talk.guardian(number).person
    assert person is not None
    assert person.household_id is not None
    talk._runner.run(talk._desk_of(talk.klass.id, person.household_id))
    talk._feed.clear()
    return person.household_id


def writes(talk: Conversation, number: int, text: str, *, reply_to: str | None = None) -> str:
    """A guardian writes into the desk. Returns the answer."""
    return talk.guardian(number).says(text, room=desk_of(talk, number), reply_to=reply_to)


def card(talk: Conversation, title: str = "Каток") -> str:
    return talk.card(f"{title} · ", room="events").body


def letters(talk: Conversation, number: int) -> list[str]:
    """What the service wrote into a guardian's desk."""
    return [message.body for message in talk.desk(talk.guardian(number)) if message.sender == BOT]


def lines(talk: Conversation, *parts: str, title: str = "Каток") -> list[str]:
    """The card's lines that contain any of these parts."""
    return [line for line in card(talk, title).split("\n") if any(part in line for part in parts)]


def room_noise(talk: Conversation, room: str = "events") -> int:
    """Messages of the service in a room, edits and reactions not counted."""
    return len([message for message in talk.room(room) if message.sender == BOT])


def on(day: int, hour: int = 10, minute: int = 0) -> datetime:
    """A local time of November 2026: the 16th is the Monday on which everything begins."""
    return datetime(2026, 11, day, hour, minute)


def looking(talk: Conversation, look: Callable[[ClassView], T], language: str | None = None) -> T:
    """Ask something as the runtime would."""

    def inside() -> T:
        batch = Batch(talk.database, talk.registry, talk.clock.seconds())
        loaded = talk.registry.plugin("events")
        assert loaded is not None
        with talk.database.transaction():
            return look(ClassView(batch, loaded, CLASS, language))

    return talk._runner.run(talk.database.call(inside))


def edits(talk: Conversation, voice: Voice, before: str, after: str, *, room: str) -> None:
    """Somebody edits what they wrote, as clients do it."""
    content = {
        "msgtype": "m.text",
        "body": f"* {after}",
        "m.new_content": {"msgtype": "m.text", "body": after},
        "m.relates_to": {"rel_type": "m.replace", "event_id": talk.event_of(before, room)},
    }
    voice.sends("m.room.message", content, room=room)
