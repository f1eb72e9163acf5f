"""Somebody's encrypted messages cannot be read: what they are told, where, and how quietly."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.domain.facts import MessageUndecryptable
from classroom_matrix.domain.ids import EventId, HouseholdId
from classroom_matrix.storage import inbox
from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.seen import Shown
from classroom_matrix.testing.voice import Voice
from tests.unit.runtime.test_private_hello import private_chat

MESSAGE = EventId("$unread")


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation({}) as conversation:
        yield conversation


def desk_of(talk: Conversation, household: str = "family0-0") -> str:
    return str(talk._runner.run(talk._desk_of(talk.klass.id, HouseholdId(household))))


def cannot_read(talk: Conversation, voice: Voice, room: str, reason: str = "") -> None:
    """What the machine finds, since there is none in a `Conversation`."""
    fact = MessageUndecryptable(
        event_id=EventId(f"{MESSAGE}~{reason}"),
        room_id=talk.room_id(room),
        sender=voice.user_id,
        at=int(talk.clock.seconds() * 1000),
        message=MESSAGE,
        reason=reason,
    )
    talk._runner.run(talk.database.call(talk.dispatcher.receive, inbox.Mark("sync", reason or "none"), [fact], []))
    talk.settle()


def last(talk: Conversation, room: str) -> Shown:
    return talk.room(room)[-1]


@pytest.mark.parametrize(
    ("reason", "part"),
    [
        ("", "минуту не закрывайте"),
        ("m.unauthorised", "минуту не закрывайте"),
        ("org.example.new", "минуту не закрывайте"),
        ("m.unverified", "«В зашифрованных чатах отправляйте сообщения только проверенным пользователям»"),
        ("m.blacklisted", "«Устройства других людей»"),
        ("m.no_olm", "отправьте его, пожалуйста, ещё раз"),
    ],
)
def test_guardian_is_told_in_the_desk_what_helps_with_this_cause(talk: Conversation, reason: str, part: str) -> None:
    desk = desk_of(talk)
    cannot_read(talk, talk.guardian(0), desk, reason)
    (answer,) = talk.room(desk)
    assert part in answer.body
    assert answer.body.startswith("Не могу прочитать это сообщение, ")
    assert answer.content["m.relates_to"] == {"m.in_reply_to": {"event_id": MESSAGE}}
    assert answer.content["msgtype"] == "m.notice"


def test_private_chat_and_staff_room_are_answered_there_in_the_persons_language(talk: Conversation) -> None:
    chat = private_chat(talk, talk.teacher)
    talk.teacher.says("!language english", room=chat)
    cannot_read(talk, talk.teacher, chat, "m.unverified")
    assert "“Settings” → “Encryption” → “Other people’s devices”" in last(talk, chat).body
    cannot_read(talk, talk.teacher, "staff", "m.no_olm")
    assert last(talk, "staff").body == "I cannot read this message, because its key did not open: please send it once more."


def test_who_wrote_in_a_shared_room_is_told_in_the_desk_and_nobody_else(talk: Conversation) -> None:
    guardian = talk.guardian(0)
    assert guardian.person is not None
    cannot_read(talk, guardian, "talk")
    answer = talk.desk(guardian)[-1]
    assert answer.body.startswith(f"{guardian.person.name}, ваше сообщение в общей комнате прочитать не могу")
    assert answer.body.endswith(f"https://matrix.to/#/{talk.room_id('talk')}/{MESSAGE}")
    assert answer.content["msgtype"] == "m.notice"
    assert "m.relates_to" not in answer.content
    assert talk.texts("talk") == []


def test_staff_who_wrote_in_a_shared_room_are_told_in_the_staff_room(talk: Conversation) -> None:
    assert talk.teacher.person is not None
    cannot_read(talk, talk.teacher, "announcements", "m.no_olm")
    assert last(talk, "staff").body.startswith(talk.teacher.person.name)
    assert talk.texts("announcements") == []


def test_strangers_get_nothing(talk: Conversation) -> None:
    before = talk.count_of_bot()
    cannot_read(talk, talk.stranger(), "talk")
    assert talk.count_of_bot() == before
