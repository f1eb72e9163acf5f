"""Weekdays in what families ask for, said on a Monday; and lessons, which are no homework."""

from __future__ import annotations

from datetime import timedelta

import pytest

from classroom_plugins.homework.sentences import Which, read_days_asked
from tests.unit.plugins.homework.test_sentences import MONDAY, SUBJECTS, query, read_days


@pytest.mark.parametrize(
    ("text", "ahead", "which"),
    [
        ("дз на понедельник", 7, Which.DUE),
        ("что задали на понедельник", 7, Which.DUE),
        ("что задали к понедельнику?", 7, Which.DUE),
        ("что на понедельник?", 7, Which.DUE),
        ("дз по математике на понедельник", 7, Which.DUE),
        ("homework for Monday", 7, Which.DUE),
        ("what's due on Monday?", 7, Which.DUE),
        ("дз на следующий понедельник", 7, Which.DUE),
        ("дз на сегодня", 0, Which.DUE),
        ("что задали в понедельник", 0, Which.SET),
        ("что задали в пятницу", -3, Which.BOTH),
        ("что задали по русскому в четверг?", -4, Which.BOTH),
        ("что нам задавали в среду", -5, Which.BOTH),
        ("what was set on Friday?", -3, Which.BOTH),
        ("что задали на пятницу", 4, Which.DUE),
        ("что задали к пятнице", 4, Which.DUE),
        ("какое дз в пятницу", 4, Which.DUE),
    ],
)
def test_weekday_said_on_monday(text: str, ahead: int, which: Which):
    found = query(text)
    assert found is not None
    day = MONDAY.date() + timedelta(days=ahead)
    assert (found.first, found.last, found.which) == (day, day, which)


def test_weekday_behind_the_command():
    found = read_days_asked("на понедельник", SUBJECTS, read_days, MONDAY.date())
    assert found is not None
    assert found.first == MONDAY.date() + timedelta(days=7)


@pytest.mark.parametrize(
    "text", ["какие уроки завтра", "какие завтра уроки?", "какие у нас уроки в среду?", "сколько уроков завтра", "какие уроки?"]
)
def test_timetable_is_left_to_the_teacher(text: str):
    assert query(text) is None


@pytest.mark.parametrize(
    "text", ["уроки на завтра", "какие уроки задали на завтра", "какие уроки на завтра?", "какое дз на завтра"]
)
def test_lessons_may_be_homework(text: str):
    assert query(text) is not None
