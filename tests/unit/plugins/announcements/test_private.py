"""What everybody reads names no pupil next to something private."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .seeing import edit, first_lines, said

REFUSED = "Здесь имя рядом с личным"


@pytest.mark.parametrize(
    "text",
    [
        "Ксюша Калинина забыла форму",
        "Ксюша забыла форму",
        "Завтра каток, а Ксюше форму забыли положить.",
        "Дорогие родители, Марк Чернов сегодня подрался.",
        "Напоминаю: Беляевы не сдали деньги.",
        "Каток в среду. У Марка аллергия на орехи, торт без орехов.",
        "Сёма заболел, поэтому дежурит Максим",
        "калинина не принесла справку",
        "Ksenia Kalinina forgot her uniform",
        "Dear parents, the Belyaevs have not paid yet.",
    ],
)
@pytest.mark.parametrize("command", ["!важно", "!объявление"])
def test_name_next_to_a_private_word_is_refused(talk: Conversation, command: str, text: str):
    answer = talk.teacher.says(f"{command} {text}", room="staff")
    assert (answer.startswith((REFUSED, "«калинина»")), first_lines(talk)) == (True, [])


def test_corrections_and_edits_go_through_the_same_guard(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток, сбор в 8:00", room="staff")
    assert talk.teacher.says("!исправить №1 Ксюша забыла форму", room="staff").startswith(REFUSED)
    assert talk.teacher.says("!исправить №1 сбор → Ксюша забыла форму, сбор", room="staff").startswith(REFUSED)
    edit(talk, talk.event_of("!объявление", "staff"), "!объявление Завтра каток, Ксюша Калинина забыла форму", room="staff")
    assert said(talk, "staff")[-1].startswith(REFUSED)
    assert first_lines(talk) == ["Завтра каток, сбор в 8:00"]


@pytest.mark.parametrize(
    "text",
    [
        "Поздравляем Ксюшу Калинину с первым местом!",
        "Кто забыл форму, напишите мне",
        "Ксения Петровна заболела, математики не будет",
        "Калинина Анна Петровна болеет, её уроки ведёт Мария Ивановна.",
        "Читаем рассказ «Марк заболел» до среды",
        "Марк Твен: не забыли прочитать?",
        "Стихи читают Ксения и Марк. Кто опоздает, ждёт у входа",
        "Не забудьте термос, чай приносит семья Исаевых",
        "Во вторник контрольная, двойки исправим до пятницы",
    ],
)
def test_other_texts_with_names_are_published(talk: Conversation, text: str):
    talk.teacher.says(f"!объявление {text}", room="staff")
    assert first_lines(talk) == [text]


def test_in_english(english: Conversation):
    answer = english.teacher.says("!announce Ksyusha forgot her uniform", room="staff")
    assert (answer.startswith("There is a name next to something private"), first_lines(english)) == (True, [])
