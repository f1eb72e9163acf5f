"""A word in a private chat with the bot that is no command."""

from __future__ import annotations

import pytest

from classroom_matrix.storage import whereabouts
from classroom_matrix.testing.conversation import BOT, Conversation
from classroom_matrix.testing.voice import Voice


def private_chat(talk: Conversation, voice: Voice) -> str:
    gateway = talk.homeserver.gateway(voice.user_id)
    room_id = talk._runner.run(gateway.create_room({"room_version": "12"}, f"chat of {voice.user_id}"))
    talk.do(gateway.invite(room_id, BOT))
    assert whereabouts.place(talk.database, room_id)
    return str(room_id)


def test_first_word_of_a_day_gets_one_kind_line() -> None:
    with Conversation({}) as talk:
        guardian = talk.guardian(0)
        first, second = private_chat(talk, guardian), private_chat(talk, guardian)
        assert "личную комнату вашей семьи" in guardian.says("привет", room=first)
        assert [guardian.says(word, room=room) for word, room in (("ау", first), ("есть кто?", second))] == ["", ""]
        talk.advance(days=1)
        assert "!помощь" in guardian.says("привет", room=first)


@pytest.mark.parametrize(
    "words", ["помощь", "Help!", "что ты умеешь?", "Здравствуйте! Что вы умеете?", "/start", "what can you do?"]
)
def test_who_asks_for_help_gets_it_in_the_desk_and_in_the_chat(words: str) -> None:
    with Conversation({}) as talk:
        guardian = talk.guardian(0)
        desk = talk._runner.run(talk._desk_of(talk.klass.id, "family0-0"))  # type: ignore[arg-type]
        chat = private_chat(talk, guardian)
        for room in (desk, chat, chat):
            assert "!новое — что ждёт вас" in guardian.says(words, room=room)
        assert "!сверка" in talk.teacher.says(words, room=private_chat(talk, talk.teacher))


@pytest.mark.parametrize(
    "words", ["нужна помощь с задачей", "help with homework", "поможете с костюмом?", "?", "помощь классу"]
)
def test_who_asks_the_teacher_for_help_is_left_alone(words: str) -> None:
    with Conversation({}) as talk:
        desk = talk._runner.run(talk._desk_of(talk.klass.id, "family0-0"))  # type: ignore[arg-type]
        assert talk.guardian(0).says(words, room=desk) == ""


def test_each_person_is_answered_in_their_language() -> None:
    with Conversation({}) as talk:
        talk.guardian(0).says("привет", room=private_chat(talk, talk.guardian(0)))
        chat = private_chat(talk, talk.teacher)
        talk.teacher.says("!language english", room=chat)
        assert talk.teacher.says("hi", room=chat) == "Hello! You can write commands here; for a list: !help"


def test_other_rooms_and_strangers_get_nothing() -> None:
    with Conversation({}) as talk:
        desk = talk._runner.run(talk._desk_of(talk.klass.id, "family0-0"))  # type: ignore[arg-type]
        assert [talk.guardian(0).says("привет", room=room) for room in (desk, "talk")] == ["", ""]


def test_commands_and_their_mistakes_are_answered_in_the_chat_itself() -> None:
    with Conversation({}) as talk:
        chat = private_chat(talk, talk.teacher)
        assert talk.teacher.says("!помщь", room=chat) == talk.texts(chat)[-1]
        assert talk.texts("staff") == []


def encryption_of(talk: Conversation, room: str) -> object:
    return talk.homeserver.rooms[talk.room_id(room)].state.get(("m.room.encryption", ""))


def invited_chat(talk: Conversation, **power: object) -> str:
    """A private chat that a guardian opens, where the bot has the rights that `power` gives it."""
    gateway = talk.homeserver.gateway(talk.guardian(0).user_id)
    request = {"room_version": "12", "power_level_content_override": power}
    room_id = talk._runner.run(gateway.create_room(request, f"{power}"))
    talk.do(gateway.invite(room_id, BOT))
    assert talk.homeserver.rooms[room_id].membership(BOT) == "join"
    return str(room_id)


def test_private_chat_is_encrypted_behind_the_join_where_the_bot_may() -> None:
    with Conversation({}) as talk:
        assert encryption_of(talk, invited_chat(talk, users={BOT: 100})) is None  # nobody asked for it
        talk.registry.private_encrypted = True
        trusting, careful = invited_chat(talk, users={BOT: 100}, users_default=0), invited_chat(talk)
        assert encryption_of(talk, trusting) is not None
        assert encryption_of(talk, careful) is None
        rows = talk.database.execute("SELECT kind, state FROM outbox WHERE room_id = ? ORDER BY seq", (careful,)).fetchall()
        assert rows == [("join", 1), ("encrypt", 1)]
        assert "!помощь" in talk.guardian(0).says("привет", room=careful)


def test_chat_of_a_stranger_is_declined_and_not_encrypted() -> None:
    with Conversation({}) as talk:
        talk.registry.private_encrypted = True
        stranger = talk.stranger()
        gateway = talk.homeserver.gateway(stranger.user_id)
        room_id = talk._runner.run(gateway.create_room({"room_version": "12"}, "chat"))
        talk.do(gateway.invite(room_id, BOT))
        rows = talk.database.execute("SELECT kind FROM outbox WHERE room_id = ?", (room_id,)).fetchall()
        assert rows == [("leave",)]
