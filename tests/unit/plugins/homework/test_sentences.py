"""Plain sentences about homework."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.errors import UserError
from classroom_matrix.runtime.days import read_days as runtime_read_days
from classroom_matrix.runtime.moments import Mismatch
from classroom_plugins.homework.domain import without_names
from classroom_plugins.homework.sentences import Query, Which, read_query, read_question, split_everybody, split_question
from classroom_plugins.homework.subjects import read_subjects
from tests.unit.plugins.homework.test_subjects import LISTED

SUBJECTS = read_subjects(LISTED, ())
MONDAY = datetime(2026, 3, 9, 10, tzinfo=ZoneInfo("Europe/Moscow"))
MARCH = (date(2026, 3, 3), date(2026, 3, 7))
FRIDAY = date(2026, 3, 6)
TOMORROW = (date(2026, 3, 10), date(2026, 3, 10))


def read_days(text: str) -> tuple[date, date] | None:
    try:
        found = runtime_read_days(text, MONDAY, ZoneInfo("Europe/Moscow"))
    except (Mismatch, UserError):
        return None
    return found.first, found.last


def query(text: str) -> Query | None:
    return read_query(text, SUBJECTS, read_days, MONDAY.date())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("что задали 3–7 марта", Query(*MARCH, Which.BOTH)),
        ("Что задали с 3 по 7 марта?", Query(*MARCH, Which.BOTH)),
        ("what did we miss 3–7 March", Query(*MARCH, Which.BOTH)),
        ("что мы пропустили 3-7 марта", Query(*MARCH, Which.BOTH)),
        ("что задали на завтра", Query(*TOMORROW, Which.DUE)),
        ("What’s due tomorrow?", Query(*TOMORROW, Which.DUE)),
        ("домашка на завтра", Query(*TOMORROW, Which.DUE)),
        ("Добрый вечер! Подскажите, что нам задали на завтра?", Query(*TOMORROW, Which.DUE)),
        ("что задали сегодня", Query(MONDAY.date(), MONDAY.date(), Which.SET)),
        ("какое дз по математике на завтра?", Query(*TOMORROW, Which.DUE, "maths")),
        ("напишите, пожалуйста, дз на завтра", Query(*TOMORROW, Which.DUE)),
        ("пришлите дз", Query()),
        ("дз", Query()),
        ("Домашка?", Query()),
        ("homework", Query()),
        ("что задали", Query()),
        ("что задано по окр. миру", Query(subject="world")),
        ("что было задано пока болели 3-7 марта", Query(*MARCH, Which.BOTH)),
        ("пришлите дз за 3–7 марта, болели", Query(*MARCH, Which.BOTH)),
        ("Болеем. Что задали на завтра?", Query(*TOMORROW, Which.DUE)),
        ("скиньте домашку, мы болеем", Query()),
        ("we are ill, what's due tomorrow?", Query(*TOMORROW, Which.DUE)),
        ("какая домашка была в пятницу", Query(FRIDAY, FRIDAY, Which.BOTH)),
        ("что задавали 9-13 ноября", Query(date(2025, 11, 9), date(2025, 11, 13), Which.BOTH)),
        ("что завтра?", Query(*TOMORROW, bare=True)),
        ("а что у нас на завтра", Query(*TOMORROW, bare=True)),
        ("завтра что?", Query(*TOMORROW, bare=True)),
        ("что завтра по математике?", Query(*TOMORROW, subject="maths", bare=True)),
        ("что по русскому?", Query(subject="russian")),
        ("что на дом?", Query()),
        ("what's for tomorrow?", Query(*TOMORROW, bare=True)),
    ],
)
def test_question_for_homework_is_understood(text: str, expected: Query):
    assert query(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "спасибо", "домашку не успели сделать", "дз сделали, проверьте", "завтра придём", "задание непонятно", "2", "да",
     "We missed the bus tomorrow", "что завтра принести на ёлку?", "на завтра", "что", "что завтра за мероприятие?",
     "а что с катком завтра?", "ну что, завтра идём?", "что взять завтра?", "болеем до пятницы", "we are ill"],
)  # fmt: skip
def test_other_talk_is_left_alone(text: str):
    assert query(text) is None


@pytest.mark.parametrize(
    ("text", "subject", "asked"),
    [
        ("вопрос по математике: как решать № 4?", "maths", "как решать № 4?"),
        ("Здравствуйте! Вопрос по русскому языку — что выписать?", "russian", "что выписать?"),
        ("вопрос по дз: сдавать в тетради?", "", "сдавать в тетради?"),
        ("question about maths: how do we start?", "maths", "how do we start?"),
    ],
)
def test_study_question_is_understood(text: str, subject: str, asked: str):
    found = read_question(text, SUBJECTS)
    assert found is not None
    assert (found.subject, found.text) == (subject, asked)


@pytest.mark.parametrize("text", ["вопрос по поездке: во сколько?", "вопрос по математике", "есть вопрос", "вопрос: когда?"])
def test_other_questions_are_not_taken(text: str):
    assert read_question(text, SUBJECTS) is None


def test_command_may_name_the_subject_in_either_way():
    said = [split_question(text, SUBJECTS) for text in ("по математике: как?", "математика: как?", "как?", "итак: как?")]
    assert [(one.subject, one.text) for one in said] == [("maths", "как?"), ("maths", "как?"), ("", "как?"), ("", "итак: как?")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("всем: по действиям", (True, "по действиям")),
        ("Всем по действиям", (True, "по действиям")),
        ("all: step by step", (True, "step by step")),
        ("всему своё время", (False, "всему своё время")),
        ("allow it", (False, "allow it")),
    ],
)
def test_answer_for_everybody_says_so(text: str, expected: tuple[bool, str]):
    assert split_everybody(text) == expected


def test_names_are_taken_out_of_a_shared_question():
    names = ["Ксения Калинина", "Ольга Калинина"]
    assert without_names("Ксении непонятно, Калинина спрашивает: как?", names) == "… непонятно, … спрашивает: как?"


VOCABULARY = "что задали на завтра дз по математике вопрос : ? 3–7 марта due what's с до и х"


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY.split())))
def test_any_words_are_read_without_harm(words: list[str]):
    text = " ".join(words)
    query(text)
    read_question(text, SUBJECTS)
