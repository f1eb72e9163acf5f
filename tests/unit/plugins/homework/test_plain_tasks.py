"""Groups in one line, tasks without a subject, and names of pupils in what all families read."""

from __future__ import annotations

from datetime import date

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.homework.pupils_named import named_pupil
from classroom_plugins.homework.reading import read_tasks

from .scene import ROOM, cards, desk, edit
from .test_reading import SUBJECTS, read_day


def groups_of(text: str) -> list[tuple[str, str]]:
    return [(task.group, task.text) for task in read_tasks(text, SUBJECTS, read_day)]


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("английский А: упр. 3; Б: упр. 5", [("А", "упр. 3"), ("Б", "упр. 5")]),
        ("английский А: упр. 3, Б: упр. 5", [("А", "упр. 3"), ("Б", "упр. 5")]),
        ("английский А: упр. 3. Б: упр. 5", [("А", "упр. 3"), ("Б", "упр. 5")]),
        ("английский А: упр. 3 Б: упр. 5", [("А", "упр. 3"), ("Б", "упр. 5")]),
        ("английский группа А упр 3, группа Б упр 5", [("А", "упр 3"), ("Б", "упр 5")]),
        ("английский: группа А упр 3 группа Б упр 5", [("А", "упр 3"), ("Б", "упр 5")]),
        ("английский (А) упр 3; (Б) упр 5", [("А", "упр 3"), ("Б", "упр 5")]),
        ("английский 1 группа упр 3, 2 группа упр 5", [("1", "упр 3"), ("2", "упр 5")]),
        ("английский подгруппа 1: упр 3; подгруппа 2: упр 5", [("1", "упр 3"), ("2", "упр 5")]),
        ("English A: ex. 3; B: ex. 5", [("A", "ex. 3"), ("B", "ex. 5")]),
        ("английский группы А и Б упр. 7", [("А", "упр. 7"), ("Б", "упр. 7")]),
        ("английский А и Б: упр. 7", [("А", "упр. 7"), ("Б", "упр. 7")]),
        ("английский группа А и группа Б: упр. 7", [("А", "упр. 7"), ("Б", "упр. 7")]),
        ("английский А: упр. 3 а и б; (1) и (2)", [("А", "упр. 3 а и б; (1) и (2)")]),
        ("английский группа А, с. 5", [("А", "с. 5")]),
        ("английский группа А и с. 5", [("А", "и с. 5")]),
        ("английский упр. 3; слова", [("", "упр. 3; слова")]),
    ],
)
def test_groups_in_one_line_are_told_apart(text: str, tasks: list[tuple[str, str]]):
    assert groups_of(text) == tasks


def test_day_at_the_end_is_for_all_groups_of_the_line():
    days = {task.group: task.day for task in read_tasks("английский А: упр. 3; Б: упр. 5 к пятнице", SUBJECTS, read_day)}
    assert days["А"] == days["Б"] == read_day("пятнице")
    assert isinstance(days["А"], date)


def test_both_groups_are_on_the_card(talk: Conversation):
    talk.teacher.says("!дз английский А: упр. 3; Б: упр. 5", room=ROOM)
    assert cards(talk)[0][1:] == ["Английский язык, группа А: упр. 3", "Английский язык, группа Б: упр. 5"]


@pytest.mark.parametrize(
    "text",
    [
        "на завтра ничего не задано",
        "ничего не задано",
        "ничего не задано на пятницу",
        "без дз",
        "завтра не задаю ничего",
        "no homework today",
        "nothing is set for tomorrow",
        "сегодня домашки нет",
        "домашнего задания нет",
    ],
)
def test_nothing_is_no_task(talk: Conversation, text: str):
    answer = talk.teacher.says(f"!дз {text}", room="staff")
    assert answer.startswith("Если ничего не задано, записывать ничего не нужно")
    assert cards(talk) == []


@pytest.mark.parametrize(
    "text",
    [
        "выучить стих",
        "повторить правило",
        "прочитать с. 12",
        "с. 12 № 4",
        "№ 4",
        "упр. 5",
        "учите слова",
        "всё то же",
        "то же самое",
        "learn the poem",
        "the same as yesterday",
        "вопросы с. 12",
        "читать",
        "на завтра выучить стих",
        "выучить: стих",
    ],
)
def test_subject_is_asked_where_a_task_stands_alone(talk: Conversation, text: str):
    answer = talk.teacher.says(f"!дз {text}", room="staff")
    assert "по какому предмету? Пока ничего не записано." in answer
    assert "!дз русский" in answer
    assert cards(talk) == []


def test_task_of_a_subject_may_begin_so(talk: Conversation):
    talk.teacher.says("!дз русский упр. 5\nПовторить: правило\nчтение выучить стих\nшахматы: дебют", room=ROOM)
    assert cards(talk)[0][1:] == [
        "Русский язык: упр. 5", "Повторить: правило", "Литературное чтение: выучить стих", "Шахматы: дебют"
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["нет", "нет домашнего задания", "нет дз", "none"])
def test_none_is_answered_with_what_is_set(talk: Conversation, text: str):
    assert talk.teacher.says(f"!дз {text}", room="staff") == "На ближайшие дни пока ничего не задано."
    talk.teacher.says("!дз математика № 5", room="staff")
    assert "Математика: № 5" in talk.teacher.says(f"!дз {text}", room="staff")


def test_none_of_a_day(talk: Conversation):
    assert talk.teacher.says("!дз нет на завтра", room="staff") == "вт, 17 ноября: ничего не задано."


def test_list_of_questions_is_still_a_command(talk: Conversation):
    assert talk.teacher.says("!дз вопросы", room="staff") == "На все вопросы по заданиям есть ответ."


@pytest.mark.parametrize("text", ["ошибки в тетради", "диктант", "ошибки"])
def test_to_correct_may_be_the_task(talk: Conversation, text: str):
    answer = talk.teacher.says(f"!дз исправить {text}", room="staff")
    assert answer == (
        f"«{text}» — это не предмет, поэтому ничего не изменено. Правка начинается с предмета:"
        f" !дз исправить математика с. 13 № 5. А если «исправить» — само задание: !дз русский исправить {text}"
    )


@pytest.mark.parametrize(
    "text",
    [
        "математика: Ксюше доделать № 5",
        "математика № 5, для Ксюши № 6",
        "математика № 5, Семёну только № 4",
        "чтение Ксения, доделай",
        "математика № 5. Сёма и Тая — № 6",
        "maths: Ksyusha to finish no. 5",
        "Ксюше доделать № 5",
        "Ксюша болеет",
        "математика № 5, Максиму Исаеву № 6",
        "русский упр. 5\nМакс — упр. 6",
    ],
)
def test_task_for_all_names_no_pupil(talk: Conversation, text: str):
    answer = talk.teacher.says(f"!дз {text}", room="staff")
    assert "ничего не записано" in answer
    assert cards(talk) == []


@pytest.mark.parametrize(
    "text",
    [
        "чтение: Агния Барто, с. 5",
        "чтение: Роман «Дубровский»",
        "чтение: Марк Твен, глава 1",
        "чтение: «Ксюша и медведь»",
        "чтение: Максим Горький",
        "русский Тема: глагол",
        "чтение Самуил Маршак",
        "окружающий мир: марка почты",
        "русский: семью семь",
    ],
)
def test_author_is_no_pupil(talk: Conversation, text: str):
    assert talk.teacher.says(f"!дз {text}", room="staff").startswith("Записано")


def test_edited_task_names_no_pupil_either(talk: Conversation):
    event = talk.teacher.sends("m.room.message", {"msgtype": "m.text", "body": "!дз математика № 5"}, room=ROOM)
    edit(talk.teacher, event, "!дз математика Ксюше № 5")
    assert cards(talk)[0][1:] == ["Математика: № 5"]


@pytest.mark.parametrize(
    "answer", ["всем Ксюше можно устно", "всем: ксюше можно устно", "всем: можно устно, Марку тоже", "всем: Тая уже решила"]
)
def test_answer_for_all_names_no_pupil(talk: Conversation, answer: str):
    talk.guardian(0).says("вопрос по математике: как делать № 5?", room=desk(talk))
    before = len(talk.texts(ROOM))
    assert "не отправлен" in talk.teacher.says(f"!ответить 1 {answer}", room="staff")
    assert len(talk.texts(ROOM)) == before
    assert (
        talk.teacher.says("!ответить 1 всем: Любой способ подходит, «Маша» тоже", room="staff")
        == "Ответ на вопрос 1 отправлен."
    )


def test_reply_for_all_names_no_pupil(talk: Conversation):
    talk.guardian(0).says("вопрос по математике: как делать № 5?", room=desk(talk))
    before = len(talk.texts(ROOM))
    question = talk.event_of("Вопрос 1", "staff")
    relation = {"m.in_reply_to": {"event_id": question}}
    talk.teacher.sends(
        "m.room.message", {"msgtype": "m.text", "body": "всем Ксюше можно устно", "m.relates_to": relation}, room="staff"
    )
    assert len(talk.texts(ROOM)) == before


def test_name_that_is_also_a_word(talk: Conversation):
    pupils = [pupil for family in talk.roster.families for pupil in family.pupils]
    assert named_pupil("Тема урока: глагол. Слава труду", pupils) is None
    assert named_pupil("№ 5, а Ксюше № 6", pupils) == "Ксюше"


@pytest.mark.parametrize(
    "text",
    [
        "what's for homework for Friday",
        "what is for homework on Friday?",
        "what do we have for homework?",
        "anything for homework?",
        "что на домашку на пятницу?",
        "что по домашке на завтра?",
    ],
)
def test_homework_is_asked_for(talk: Conversation, text: str):
    assert "ничего не задано" in talk.guardian(0).says(text, room=desk(talk))
