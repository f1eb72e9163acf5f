"""One entry for several families: none of them is dropped."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .seeing import progress, said

TWO = "Подтвердили 2 из 4 семей."


@pytest.mark.parametrize(
    "typed",
    [
        "Калинина и Исаев",
        "Калинина, Исаев",
        "Калинина; Исаев по телефону",
        "Калинину и Исаева №1 по телефону",
        "Ксения и Максим",
        "Ксения Калинина и Максим Исаев на бумаге",
        "Калинина + Исаев",
        "Калинина, и Исаев, 1",
        "Kalinina and Isaev by phone",
        "1 и Исаев",
    ],
)
def test_every_family_is_entered(asked: Conversation, typed: str):
    answer = asked.teacher.says(f"!подтвердили {typed}", room="staff")
    assert ("Максим Исаев" in answer, progress(asked)) == (True, TWO)


def test_three_families_are_entered_and_taken_back(asked: Conversation):
    asked.teacher.says("!подтвердили Беляевы, Чернов и Исаев №1 по телефону", room="staff")
    assert progress(asked) == "Подтвердили 3 из 4 семей."
    table = asked.teacher.says("!важно кто", room="staff")
    assert "и Исаев" not in table
    asked.teacher.says("!подтвердили Беляевы и Чернов снять", room="staff")
    assert progress(asked) == "Подтвердила 1 из 4 семей."


def test_passed_on_to_two(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    answer = talk.teacher.says("!передано Исаев и Калинина", room="staff")
    assert "Максим Исаев" in answer
    assert "Ксения Калинина" in answer
    assert "передано, объявление №1" in answer


@pytest.mark.parametrize("typed", ["Калинина и Петров", "Калинина, Исаев и Сидорова по телефону"])
def test_unknown_name_in_a_list_enters_nobody(asked: Conversation, typed: str):
    assert "Не нахожу" in asked.teacher.says(f"!подтвердили {typed}", room="staff")
    assert progress(asked).startswith("Пока никто")


@pytest.mark.parametrize(
    "how",
    ["и мама", "по телефону, звонила мама", ", мама Анна звонила", ", Елена Петровна звонила", "при встрече и по телефону"],
)
def test_other_words_stay_a_note(asked: Conversation, how: str):
    answer = asked.teacher.says(f"!подтвердила Калинина {how}", room="staff")
    assert "Записано: Ксения Калинина — подтверждено" in answer
    assert progress(asked) == "Подтвердила 1 из 4 семей."


def test_two_announcements_at_once_are_asked_back(asked: Conversation):
    asked.teacher.says("!важно Второе из двух", room="staff")
    assert "по одному объявлению" in asked.teacher.says("!подтвердил Калинина №1 и №2", room="staff")
    assert not any("Записано" in text for text in said(asked, "staff"))


def test_in_english(english: Conversation):
    english.teacher.says("!mustread Lessons begin at 9:00 tomorrow", room="staff")
    answer = english.teacher.says("!confirmed Kalinina and Isaev by phone", room="staff")
    assert answer.startswith("Noted: ")
    assert answer.count(";") == 1
