"""Somebody's app asks to compare emojis: its dialog ends, and the person hears why, once a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from classroom_matrix.domain.ids import EventId, HouseholdId
from classroom_matrix.testing.conversation import BOT, Conversation
from classroom_matrix.testing.voice import Voice
from tests.unit.runtime.test_private_hello import private_chat


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation({}) as conversation:
        yield conversation


def asks(voice: Voice, room: str, of: str = BOT) -> EventId:
    content = {
        "msgtype": "m.key.verification.request",
        "body": f"{voice.user_id} is requesting to verify your key",
        "from_device": "PHONE",
        "methods": ["m.sas.v1", "m.qr_code.show.v1", "m.reciprocate.v1"],
        "to": of,
    }
    return voice.sends("m.room.message", content, room=room)


def said_after(talk: Conversation, request: EventId, room: str) -> list[dict[str, Any]]:
    events = talk.homeserver.rooms[talk.room_id(room)].events
    place = next(number for number, event in enumerate(events) if event["event_id"] == request)
    return [event for event in events[place + 1 :] if event["sender"] == BOT]


def test_request_in_a_private_chat_is_cancelled_and_explained(talk: Conversation) -> None:
    chat = private_chat(talk, talk.guardian(0))
    request = asks(talk.guardian(0), chat)
    cancel, why = said_after(talk, request, chat)
    assert cancel["type"] == "m.key.verification.cancel"
    assert cancel["content"]["m.relates_to"] == {"rel_type": "m.reference", "event_id": request}
    assert cancel["content"]["code"] == "m.user"
    assert why["content"]["msgtype"] == "m.notice"
    assert "экрана у меня нет" in why["content"]["body"]
    assert "отпечаток" in why["content"]["body"]


def test_request_in_a_desk_is_answered_in_the_persons_language(talk: Conversation) -> None:
    desk = str(talk._runner.run(talk._desk_of(talk.klass.id, HouseholdId("family0-0"))))
    talk.guardian(0).says("!language english", room=desk)
    cancel, why = said_after(talk, asks(talk.guardian(0), desk), desk)
    assert "nobody can compare emojis" in cancel["content"]["reason"]
    assert "a program without a screen" in why["content"]["body"]


def test_every_request_is_cancelled_but_explained_once_a_day(talk: Conversation) -> None:
    guardian = talk.guardian(0)
    chat, other = private_chat(talk, guardian), private_chat(talk, guardian)
    asks(guardian, chat)
    assert [event["type"] for event in said_after(talk, asks(guardian, other), other)] == ["m.key.verification.cancel"]
    talk.advance(days=1)
    assert len(said_after(talk, asks(guardian, chat), chat)) == 2


def test_explanation_takes_no_greeting_away(talk: Conversation) -> None:
    chat = private_chat(talk, talk.guardian(0))
    asks(talk.guardian(0), chat)
    assert "!помощь" in talk.guardian(0).says("привет", room=chat)


def test_what_follows_on_a_request_is_left_alone(talk: Conversation) -> None:
    chat = private_chat(talk, talk.guardian(0))
    request = asks(talk.guardian(0), chat)
    relation = {"rel_type": "m.reference", "event_id": request}
    count = len(said_after(talk, request, chat))
    for step in ("ready", "start", "cancel", "done"):
        talk.guardian(0).sends(f"m.key.verification.{step}", {"from_device": "PHONE", "m.relates_to": relation}, room=chat)
    assert len(said_after(talk, request, chat)) == count


def test_request_is_no_word_that_passes_a_question_by(talk: Conversation) -> None:
    desk = str(talk._runner.run(talk._desk_of(talk.klass.id, HouseholdId("family0-0"))))
    asks(talk.guardian(0), desk)
    assert talk._runner.run(talk.database.call(lambda: talk.database.execute("SELECT count(*) FROM spoken").fetchone())) == (0,)


def test_shared_rooms_strangers_and_requests_between_members_are_left_alone(talk: Conversation) -> None:
    desk = str(talk._runner.run(talk._desk_of(talk.klass.id, HouseholdId("family0-0"))))
    assert said_after(talk, asks(talk.guardian(0), "talk"), "talk") == []
    assert said_after(talk, asks(talk.stranger(), "talk"), "talk") == []
    assert said_after(talk, asks(talk.guardian(0), desk, of=talk.teacher.user_id), desk) == []


def test_request_at_night_is_cancelled_at_once(talk: Conversation) -> None:
    chat = private_chat(talk, talk.guardian(0))
    talk.advance(hours=13)  # it was ten
    assert len(said_after(talk, asks(talk.guardian(0), chat), chat)) == 2
