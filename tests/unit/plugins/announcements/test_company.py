"""Announcements in the company of other plugins, in private chats and in desks: nothing leaks, nothing is mistaken."""

from __future__ import annotations

from datetime import datetime

from classroom_matrix.storage.tables import MemberRow, RoomRow
from classroom_matrix.testing.conversation import BOT, CLASS, Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.announcements import store
from classroom_plugins.announcements.plugin import plugin
from classroom_plugins.polls.config import PollsConfig
from classroom_plugins.polls.plugin import plugin as polls

from .seeing import desk_of, desk_texts, first_lines, progress, said


def private_chat(talk: Conversation, voice: Voice) -> str:
    """A chat that somebody has opened with the bot."""
    assert voice.person is not None
    gateway = talk.homeserver.gateway(voice.user_id)
    room_id = talk.do(gateway.create_room({"invite": [BOT]}, f"chat-{voice.user_id}"))
    talk.do(talk.homeserver.gateway(BOT).join(room_id))
    RoomRow.get_or_create(room_id=room_id, defaults={"role": "private", "person_id": voice.person.id})
    return str(room_id)


def test_announcement_in_a_private_chat_names_nobody_there(talk: Conversation):
    chat = private_chat(talk, talk.teacher)
    talk.teacher.says("!объявление Завтра каток", room=chat)
    assert first_lines(talk) == ["Завтра каток"]
    assert not any("Исаев" in message.body for message in talk.room(chat))
    assert "Передать лично: Максим Исаев" in said(talk, "staff")[-1]


def test_word_in_a_private_chat_confirms(asked: Conversation):
    mother = asked.guardian(0)
    chat = private_chat(asked, mother)
    mother.says("прочитали", room=chat)
    assert progress(asked) == "Подтвердила 1 из 4 семей."
    assert "Записано" in [message.body for message in asked.room(chat)][-1]


def test_command_in_a_desk_is_answered_in_the_staff_room(asked: Conversation):
    asked.move_to(datetime(2026, 11, 17, 18, 1))
    desk = desk_of(asked.guardian(0))
    asked.teacher.says("!объявление Завтра каток", room=desk)
    assert first_lines(asked)[-1] == "Завтра каток"
    assert len(desk_texts(asked, asked.guardian(0))) == 1  # the reminder
    asked.teacher.says("!важно кто", room=desk)
    assert len(desk_texts(asked, asked.guardian(0))) == 1


def test_substitute_may_do_what_the_teacher_does(talk: Conversation):
    MemberRow.update(role="substitute").where(MemberRow.person_id == "teacher").execute()
    talk.teacher.says("!важно Завтра уроки с 9:00", room="staff")
    assert first_lines(talk) == ["Завтра уроки с 9:00"]


def test_specialist_may_not(talk: Conversation):
    MemberRow.update(role="specialist").where(MemberRow.person_id == "teacher").execute()
    talk.teacher.says("!важно Завтра уроки с 9:00", room="staff")
    assert first_lines(talk) == []


def test_yes_answers_what_the_desk_was_asked_about_last():
    with Conversation({plugin: plugin.config() if plugin.config else None, polls: PollsConfig()}) as talk:
        talk.teacher.says("!опрос Едем? Да; Нет до пятницы 18:00", room="staff")
        talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до среды 18:00", room="staff")
        mother = talk.guardian(0)
        talk.move_to(datetime(2026, 11, 17, 18, 1))
        mother.says("да", room=desk_of(mother))
        assert desk_texts(talk, mother)[-1].startswith("Записано: семья прочитала объявление №1")
        talk.move_to(datetime(2026, 11, 19, 18, 1))
        mother.says("да", room=desk_of(mother))
        assert "опрос" in desk_texts(talk, mother)[-1]


def test_classes_do_not_see_each_others_announcements(asked: Conversation):
    assert store.by_number(CLASS, 1) is not None
    assert store.by_number("4a", 1) is None
    assert store.get("4a", 1) is None
    assert store.asking("4a") == []
