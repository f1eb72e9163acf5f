"""What the teacher writes becomes tasks, and no word of it is lost."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.folding import fold
from classroom_matrix.errors import InvalidArgument, UserError
from classroom_matrix.runtime.days import read_day as runtime_read_day
from classroom_matrix.runtime.moments import Mismatch
from classroom_plugins.homework.reading import SaidTask, read_tasks
from classroom_plugins.homework.subjects import read_subjects
from tests.unit.plugins.homework.test_subjects import LISTED

SUBJECTS = read_subjects(LISTED, ())
MONDAY = datetime(2026, 11, 16, 10, tzinfo=ZoneInfo("Europe/Moscow"))
TUESDAY, WEDNESDAY, FRIDAY = date(2026, 11, 17), date(2026, 11, 18), date(2026, 11, 20)


def read_day(text: str) -> date | None:
    try:
        return runtime_read_day(text, MONDAY, ZoneInfo("Europe/Moscow"))
    except Mismatch:
        return None


def read(text: str) -> list[SaidTask]:
    return read_tasks(text, SUBJECTS, read_day)


def said(text: str) -> list[tuple[str, str, str, date | None]]:
    return [(task.subject, task.group, task.text, task.day) for task in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("математика с. 12 № 4 к пятнице", ("maths", "", "с. 12 № 4", FRIDAY)),
        ("maths p. 12 no. 4 by Friday", ("maths", "", "p. 12 no. 4", FRIDAY)),
        ("математика: с. 12 № 4", ("maths", "", "с. 12 № 4", None)),
        ("на завтра: математика с. 12", ("maths", "", "с. 12", TUESDAY)),
        ("математика на завтра с. 12", ("maths", "", "с. 12", TUESDAY)),
        ("математика на завтра", ("maths", "", "", TUESDAY)),
        ("математика с. 12 к пятнице, принести циркуль", ("maths", "", "с. 12, принести циркуль", FRIDAY)),
        ("чтение выучить стих до 20.11", ("reading", "", "выучить стих", FRIDAY)),
        ("чтение с. 12–15 к пятнице 20 ноября", ("reading", "", "с. 12–15", FRIDAY)),
        ("английский группа А упр. 3 на среду", ("english", "А", "упр. 3", WEDNESDAY)),
        ("английский гр. 1 упр. 3", ("english", "1", "упр. 3", None)),
        ("английский 1гр. упр. 3", ("english", "1", "упр. 3", None)),
        ("Математика. Стр. 45", ("maths", "", "Стр. 45", None)),
        ("мат-ка № 5", ("maths", "", "№ 5", None)),
        ("английский 2 группа упр. 3", ("english", "2", "упр. 3", None)),
        ("английский б: упр. 3", ("english", "Б", "упр. 3", None)),
        ("английский (А) упр. 3", ("english", "А", "упр. 3", None)),
        ("english group B ex. 3 for Wednesday", ("english", "B", "ex. 3", WEDNESDAY)),
        ("шахматы дебют к пятнице", ("chess", "", "дебют", FRIDAY)),
        ("риторика: речь на 3 минуты", ("риторика", "", "речь на 3 минуты", None)),
        ("математика подготовиться к контрольной", ("maths", "", "подготовиться к контрольной", None)),
        ("математика «к пятнице» списать", ("maths", "", "«к пятнице» списать", None)),
        ("математика до слёз", ("maths", "", "до слёз", None)),
    ],
)
def test_a_line_is_a_task(text: str, expected: tuple[str, str, str, date | None]):
    assert said(text) == [expected]


def test_day_is_for_its_line_and_those_behind_it():
    text = "математика с. 12 к пятнице\n- русский упр. 5\n3) окр. мир с. 7 на среду"
    assert said(text) == [
        ("maths", "", "с. 12", FRIDAY),
        ("russian", "", "упр. 5", FRIDAY),
        ("world", "", "с. 7", WEDNESDAY),
    ]


def test_a_message_as_teachers_type_it():
    text = "на завтра\nМатематика стр.45 №3,4(устно)\nРус.яз. упр.120\nЛит.чт. - выучить наизусть\nОкр.мир: р.т. с.12-13"
    assert said(text) == [
        ("maths", "", "стр.45 №3,4(устно)", TUESDAY),
        ("russian", "", "упр.120", TUESDAY),
        ("reading", "", "выучить наизусть", TUESDAY),
        ("world", "", "р.т. с.12-13", TUESDAY),
    ]


@pytest.mark.parametrize("text", ["на завтра\nматематика № 4\nрусский упр. 5", "математика № 4\nрусский упр. 5\nна завтра"])
def test_day_alone_on_its_line_is_for_all(text: str):
    assert said(text) == [("maths", "", "№ 4", TUESDAY), ("russian", "", "упр. 5", TUESDAY)]


def test_subjects_may_stand_in_one_line():
    assert said("математика № 4; русский упр. 5; № 6") == [("maths", "", "№ 4", None), ("russian", "", "упр. 5; № 6", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("на пятницу: математика с 12, русский упр 45, чтение с. 5-8",
         [("maths", "", "с 12", FRIDAY), ("russian", "", "упр 45", FRIDAY), ("reading", "", "с. 5-8", FRIDAY)]),
        ("математика № 4, русский упр. 5 к пятнице", [("maths", "", "№ 4", FRIDAY), ("russian", "", "упр. 5", FRIDAY)]),
        ("математика № 4 завтра, русский упр. 5 к пятнице",
         [("maths", "", "№ 4", TUESDAY), ("russian", "", "упр. 5", FRIDAY)]),
        ("математика № 4. русский упр. 5", [("maths", "", "№ 4", None), ("russian", "", "упр. 5", None)]),
        ("лит. чтение с. 5. рус. яз. упр. 3", [("reading", "", "с. 5", None), ("russian", "", "упр. 3", None)]),
        ("чтение: выучить стих, чтение вслух", [("reading", "", "выучить стих, чтение вслух", None)]),
        ("математика № 4, 5, 6", [("maths", "", "№ 4, 5, 6", None)]),
        ("maths no. 4, reading p. 5 by Friday", [("maths", "", "no. 4", FRIDAY), ("reading", "", "p. 5", FRIDAY)]),
    ],
)  # fmt: skip
def test_comma_before_a_subject_and_its_task_separates(text: str, expected: list[tuple[str, str, str, date | None]]):
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    ["к завтрашнему дню русский упр. 5", "русский упр. 5 к завтрашнему дню", "русский упр. 5 на завтрашний день",
     "русский завтра упр. 5", "русский упр. 5 завтра", "русский: завтра, упр. 5", "Russian: ex. 5 tomorrow",
     "русский упр. 5 (на завтра)"],
)  # fmt: skip
def test_tomorrow_is_said_in_many_ways(text: str):
    ((subject, _, task, day),) = said(text)
    assert (subject, task.replace("ex.", "упр."), day) == ("russian", "упр. 5", TUESDAY)


def test_word_about_tomorrow_below_a_task_stays():
    text = "математика № 4 к пятнице\nЗавтра контрольная\nи не забудьте тетради завтра"
    assert said(text) == [("maths", "", "№ 4\nЗавтра контрольная\nи не забудьте тетради завтра", FRIDAY)]


def test_line_without_subject_goes_on():
    assert said("математика № 4\nи № 5 устно\nрусские слова выписать") == [
        ("maths", "", "№ 4\nи № 5 устно\nрусские слова выписать", None)
    ]


def test_groups_follow_their_subject():
    assert said("английский на среду\nА: упр. 3\nгруппа Б упр. 5") == [
        ("english", "А", "упр. 3", WEDNESDAY),
        ("english", "Б", "упр. 5", WEDNESDAY),
    ]


@pytest.mark.parametrize("text", ["математика № 4 до 10.11.2026", "математика № 4 к 31 февраля"])
def test_day_that_is_over_or_none_is_asked_back(text: str):
    with pytest.raises(InvalidArgument):
        read(text)


VOCABULARY = (
    "с. 12 № 4 упр. 5 стр. 7–9 выучить стих наизусть циркуль, (устно) принести до к на слёз контрольной математика рус. 3.4 "
    "«к» by page ex. 5a; for ten — А: 1) - и"
)
WORDS = st.sampled_from(VOCABULARY.split())
NOT_TEXT = {"до", "к", "на", "by", "for", "3.4"}  # "до 3.4" is the third of April


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=4).map("\n".join))
def test_no_word_is_lost(text: str):
    try:
        found = read("литература " + text)
    except UserError:
        return
    kept = fold(" ".join(f"{task.called} {task.group} {task.text} {task.day or ''}" for task in found))
    for word in text.split():
        core = fold(word).strip(".,:;()«»—-–") or ""
        if core and core not in NOT_TEXT and not core.isdigit():
            assert core in kept or core == "1)", (word, found)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_kindly(text: str):
    try:
        for task in read(text):
            assert task.subject
    except UserError:
        pass
