""" "Что нового?": what awaits a household and what is open for it, from all plugins, in one message."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from classroom_matrix.domain.people import Role
from classroom_matrix.storage.tables import MemberRow, PersonRow
from classroom_matrix.testing.conversation import CLASS, SERVER, Conversation
from classroom_matrix.testing.voice import Voice

from .news_toy.plugin import meals, tasks
from .test_private_hello import private_chat

NOTHING = "Ничего нового: для вас сейчас ничего не открыто и на ближайший день ничего нет."


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """Monday, 16 November, 10:00. Families: Калинина (guardians 0, 1), Беляевы (2, 3), Чернов (4 and 5, apart)."""
    with Conversation({tasks: None, meals: None}) as conversation:
        open_desks(conversation)
        yield conversation


def open_desks(talk: Conversation) -> None:
    for family in talk.roster.families:
        for household in family.households:
            talk._runner.run(talk._desk_of(talk.klass.id, household.id))
    talk._feed.clear()


def told(talk: Conversation, *lines: str) -> None:
    for line in lines:
        talk.teacher.says(line, room="staff")


def test_everything_is_told_in_one_message_by_day_and_plugin(talk: Conversation) -> None:
    told(talk, "!задание 2026-11-17; с. 12", "!обед 2026-11-17; борщ", "!обед 2026-11-16; каша", "!задание now; анкета")
    assert talk.guardian(0).says("Что нового?", room="family0-0").split("\n") == [
        "Что нового:",
        "Сегодня, пн, 16 ноября",
        "Столовая",
        "Ксения Калинина: каша",
        "Завтра, вт, 17 ноября",
        "Задания",
        "Ксения Калинина: с. 12",
        "Столовая",
        "Ксения Калинина: борщ",
        "Открыто для вас",
        "Задания",
        "Ксения Калинина: анкета",
    ]
    assert len(talk.texts("family0-0")) == 1


def test_same_dialogue_in_english() -> None:
    with Conversation({tasks: None, meals: None}, language="en") as talk:
        open_desks(talk)
        told(talk, "!task 2026-11-17; p. 12", "!task now; form")
        assert talk.guardian(0).says("What's new?", room="family0-0").split("\n") == [
            "What's new:",
            "Tomorrow, Tue, 17 November",
            "Tasks",
            "Ксения Калинина: p. 12",
            "Open for you",
            "Tasks",
            "Ксения Калинина: form",
        ]
        told(talk, "!wipe")
        assert talk.guardian(0).says("!new", room="family0-0").startswith("Nothing new")


@pytest.mark.parametrize(
    "words",
    ["Добрый день! Что нового?", "что нового", "Что нового?", "  НОВОСТИ ", "what's new?", "!новое", "!new", "!что нового"],
)
def test_it_may_be_asked_in_many_words(talk: Conversation, words: str) -> None:
    assert talk.guardian(0).says(words, room="family0-0") == NOTHING


def test_pupil_may_be_named_in_the_question(talk: Conversation) -> None:
    assert talk.guardian(0).says("Что нового у Ксении?", room="family0-0") == NOTHING
    assert talk.guardian(2).says("что нового у Семёна", room="family1-0") == NOTHING


@pytest.mark.parametrize(
    "words", ["Что нового по поводу экскурсии?", "что нового у Марка?", "Анна Сергеевна, что нового?", "новое расписание?"]
)
def test_what_says_more_is_for_the_teacher(talk: Conversation, words: str) -> None:
    assert talk.guardian(0).says(words, room="family0-0") == ""


def test_two_pupils_are_told_apart(talk: Conversation) -> None:
    told(talk, "!задание 2026-11-17; с. 12")
    said = talk.guardian(2).says("что нового", room="family1-0")
    assert said.split("\n")[3:] == ["Таисия Беляева: с. 12", "Семён Беляев: с. 12"]


def test_today_is_left_out_when_school_is_over(talk: Conversation) -> None:
    told(talk, "!обед 2026-11-16; каша")
    assert "каша" in talk.guardian(0).says("что нового", room="family0-0")
    talk.move_to(datetime(2026, 11, 16, 15, 0))
    assert talk.guardian(0).says("что нового", room="family0-0") == NOTHING


def test_a_week_is_told_of(talk: Conversation) -> None:
    told(talk, "!задание 2026-11-23; с. 20", "!обед 2026-11-24; суп", "!обед 2026-11-21; каток")
    talk.move_to(datetime(2026, 11, 20, 16, 0))
    assert talk.guardian(0).says("что нового", room="family0-0").split("\n")[1:] == [
        "Завтра, сб, 21 ноября",
        "Столовая",
        "Ксения Калинина: каток",
        "пн, 23 ноября",
        "Задания",
        "Ксения Калинина: с. 20",
        "вт, 24 ноября",
        "Столовая",
        "Ксения Калинина: суп",
    ]


def test_what_a_plugin_says_of_a_day_is_not_said_again_as_open(talk: Conversation) -> None:
    told(talk, "!задание 2026-11-17; с. 12", "!задание now; с. 12", "!задание now; анкета", "!обед now; с. 12")
    said = talk.guardian(0).says("что нового", room="family0-0").split("\n")
    assert said[1:] == [
        "Завтра, вт, 17 ноября",
        "Задания",
        "Ксения Калинина: с. 12",
        "Открыто для вас",
        "Задания",
        "Ксения Калинина: анкета",
        "Столовая",
        "Ксения Калинина: с. 12",
    ]


def test_plugin_that_fails_is_left_out(talk: Conversation) -> None:
    told(talk, "!задание now; broken", "!обед now; талоны")
    assert talk.guardian(0).says("что нового", room="family0-0").split("\n")[1:] == [
        "Открыто для вас",
        "Столовая",
        "Ксения Калинина: талоны",
    ]


def test_question_in_a_shared_room_is_answered_in_the_desk_and_only_there(talk: Conversation) -> None:
    told(talk, "!обед now; талоны")
    before = len(talk.texts("talk"))
    talk.guardian(4).says("!новое", room="talk")
    assert len(talk.texts("talk")) == before
    assert [len(talk.texts(desk)) for desk in ("family2-0", "family2-1", "family0-0")] == [1, 0, 0]


def test_plain_words_in_a_shared_room_are_talk(talk: Conversation) -> None:
    assert talk.guardian(0).says("что нового?", room="talk") == ""
    assert talk.texts("family0-0") == []


def test_staff_are_told_whom_it_is_for(talk: Conversation) -> None:
    assert talk.teacher.says("!новое", room="staff") == "Это для семей: каждая видит только своё, в своей личной комнате."
    assert talk.teacher.says("что нового?", room="family0-0") == ""


def test_question_in_a_private_chat_is_answered_in_the_desk(talk: Conversation) -> None:
    """Nobody knows who else is in a chat that somebody made."""
    told(talk, "!обед now; талоны")
    guardian = talk.guardian(0)
    chat = private_chat(talk, guardian)
    guardian.says("что нового?", room=chat)
    assert "талоны" in talk.texts("family0-0")[-1]
    assert talk.texts(chat) == []
    assert [message.reactions.keys() for message in talk.room(chat)] == [{"✅"}]


def test_relative_is_told_whom_it_is_for(talk: Conversation) -> None:
    values = {"family_id": "family0", "household_id": "family0-0"}
    PersonRow.create(id="granny", name="Бабушка", user_id=f"@granny:{SERVER}", language=None)
    MemberRow.create(class_id=CLASS, person_id="granny", role=Role.RELATIVE, **values)
    (granny,) = talk.roster.relatives
    assert granny.user_id
    chat = private_chat(talk, voice := Voice(talk, granny.user_id, granny))
    assert voice.says("!новое", room=chat).startswith("Это для семей")
    assert voice.says("!сводка вкл", room=chat).startswith("Это для семей")
    assert talk.texts("family0-0") == []
