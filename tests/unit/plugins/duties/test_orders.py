"""Commands of the teacher that are deleted or edited after they were followed."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .talking import card, desks, roles
from .test_words import edits

TEA = "«чай» («Каток», сб, 5 декабря, 12:00)"
STAYS = "Команда уже сработала, и с её удалением ничего не меняется."


@pytest.fixture
def ready(opened: Conversation) -> Conversation:
    desks(opened)
    return opened


def deletes(talk: Conversation, said: str, room: str = "staff") -> list[str]:
    """What is answered in the staff room."""
    before = len(talk.texts("staff"))
    talk.teacher.takes_back(talk.event_of(said, room), room=room)
    return talk.texts("staff")[before:]


def does_and_deletes(talk: Conversation, said: str) -> list[str]:
    talk.teacher.says(said, room="staff")
    return deletes(talk, said)


def test_deleted_entry_takes_the_family_off_and_tells_it(ready: Conversation):
    assert does_and_deletes(ready, "!дело Калинина чай") == [f"Снято: Ксения Калинина — {TEA}."]
    assert "0 из 2" in roles(ready)[0]
    assert ready.texts("family0-0")[-1] == f"Учитель снял с вашей семьи дело: {TEA}."


def test_deleted_entry_of_a_wish_takes_the_wish_back(talk: Conversation):
    desks(talk)
    talk.teacher.says("!дела №12 чай 1 желания до пятницы", room="staff")
    assert "Снято" in does_and_deletes(talk, "!дело Исаев чай")[0]
    assert "желающих 0" in roles(talk)[0]


def test_deleted_entry_leaves_what_the_family_has_taken_too(ready: Conversation):
    ready.teacher.says("!дело Калинина чай", room="staff")
    ready.guardian(0).reacts("Дела", "1️⃣", room="events")
    assert deletes(ready, "!дело Калинина чай")[0].startswith("Вашу запись убирать не нужно, семья взяла это и сама")
    assert "1 из 2" in roles(ready)[0]


def test_deleted_entry_leaves_what_the_family_had_before(ready: Conversation):
    ready.guardian(0).says("чай", room="family0-0")
    assert does_and_deletes(ready, "!дело Калинина чай") == []
    assert "1 из 2" in roles(ready)[0]


def test_deleted_entry_that_was_given_back_and_taken_anew_stays(ready: Conversation):
    ready.teacher.says("!дело Калинина чай", room="staff")
    ready.guardian(0).says("чай не смогу", room="family0-0")
    ready.guardian(0).says("чай", room="family0-0")
    assert deletes(ready, "!дело Калинина чай") == []
    assert "1 из 2" in roles(ready)[0]


def test_entry_is_undone_once(ready: Conversation):
    does_and_deletes(ready, "!дело Калинина чай")
    ready.teacher.says("!дело Калинина чай", room="staff")
    assert "1 из 2" in roles(ready)[0]


def test_entry_that_the_house_takes_away_stays(ready: Conversation):
    ready.teacher.says("!дело Калинина чай", room="talk")
    assert not any("Калинина" in message.body for message in ready.room("talk"))
    assert "1 из 2" in roles(ready)[0]


def test_deleted_exemption_is_none_any_more(ready: Conversation):
    assert does_and_deletes(ready, "!освободить Калинина") == ["Снова предлагаю дела: Ксения Калинина."]
    assert ready.teacher.says("!освободить список", room="staff") == "Сейчас никто не освобождён."


def test_deleted_exemption_leaves_the_one_before(ready: Conversation):
    ready.teacher.says("!освободить Калинина до 1 декабря", room="staff")
    answer = does_and_deletes(ready, "!освободить Калинина до 1 марта")
    assert answer[0].startswith("По 1 декабря включительно не предлагаю дел: Ксения Калинина.")
    assert "по 1 декабря" in ready.teacher.says("!освободить список", room="staff")


def test_older_exemption_that_is_deleted_leaves_the_newer_one(ready: Conversation):
    ready.teacher.says("!освободить Калинина до 1 декабря", room="staff")
    ready.teacher.says("!освободить Калинина до 1 марта", room="staff")
    assert deletes(ready, "!освободить Калинина до 1 декабря") == []
    assert "по 1 марта" in ready.teacher.says("!освободить список", room="staff")


@pytest.mark.parametrize(
    ("before", "said", "example"),
    [
        ("!дело Калинина чай", "!дело снять Калинина чай", "!дело <фамилия> <роль>"),
        ("!освободить Калинина", "!освободить снять Калинина", "!освободить <фамилия>"),
        ("", "!дело есть Калинина машина", "!дело есть <фамилия> машина нет"),
        ("", "!дела №12 гирлянда 2", "!дела убрать <роль>"),
        ("", "!дела убрать №12 фото", "!дела <роль> <сколько мест>"),
        ("", "!дежурство по классу пн–пт", "!дежурство закончить"),
    ],
)
def test_what_else_is_deleted_stays_and_that_is_said(ready: Conversation, before: str, said: str, example: str):
    if before:
        ready.teacher.says(before, room="staff")
    assert does_and_deletes(ready, said) == [f"{STAYS} Изменить можно так: {example}"]


def test_end_cannot_be_undone(ready: Conversation):
    ready.teacher.says("!дежурство по классу пн–пт", room="staff")
    assert does_and_deletes(ready, "!дежурство закончить") == [STAYS]
    assert card(ready, "Дежурство по классу").endswith("Дежурство закончилось.")


@pytest.mark.parametrize("said", ["!дело Пушкин чай", "!дела", "!дела нагрузка"])
def test_deleted_command_that_did_nothing_is_not_answered(ready: Conversation, said: str):
    assert does_and_deletes(ready, said) == []


@pytest.mark.parametrize("after", ["!дело Исаев фото", "!дело Калинина чай", "Исаев чай", "спасибо"])
def test_edited_entry_stays_and_that_is_said(ready: Conversation, after: str):
    ready.teacher.says("!дело Исаев чай", room="staff")
    edits(ready, "!дело Исаев чай", after, voice=ready.teacher, room="staff")
    assert ready.texts("staff")[-1].startswith("Правку не учитываю: что сделано по этой команде, остаётся.")
    assert "1 из 2" in roles(ready)[0]


def test_edit_of_a_full_stop_is_not_answered(ready: Conversation):
    ready.teacher.says("!дело Исаев чай", room="staff")
    before = ready.texts("staff")
    edits(ready, "!дело Исаев чай", "!дело Исаев чай.", voice=ready.teacher, room="staff")
    assert ready.texts("staff") == before


def test_in_english(english: Conversation):
    desks(english)
    english.teacher.says("!duties no 12 tea 2", room="staff")
    assert does_and_deletes(english, "!duty Kalinina tea")[0].startswith("Taken off: ")
    assert does_and_deletes(english, "!excuse Kalinina")[0].startswith("I ask this family again")
    assert does_and_deletes(english, "!duties no 12 photos 1")[0].endswith("To change it: !duties remove <role>")
