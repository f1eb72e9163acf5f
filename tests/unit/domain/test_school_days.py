from __future__ import annotations

from datetime import date

import pytest

from classroom_matrix.domain.declension import is_declined
from classroom_matrix.domain.school_days import MON_TO_FRI, Weekday, is_school_day, next_school_day

FRIDAY = date(2026, 11, 20)


def test_next_school_day_leaves_out_the_weekend():
    assert next_school_day(FRIDAY, MON_TO_FRI) == date(2026, 11, 23)
    assert next_school_day(FRIDAY, (*MON_TO_FRI, Weekday.SAT)) == date(2026, 11, 21)
    assert next_school_day(FRIDAY, (Weekday.FRI,)) == date(2026, 11, 27)


def test_school_days_are_those_of_the_class():
    assert is_school_day(FRIDAY, MON_TO_FRI)
    assert not is_school_day(date(2026, 11, 21), MON_TO_FRI)


@pytest.mark.parametrize(
    ("said", "own", "same"),
    [
        ("математике", "математика", True),
        ("русскому", "русский", True),
        ("ксении", "ксения", True),
        ("миру", "мир", True),
        ("трудно", "труд", False),
        ("матрица", "математика", False),
        ("", "мир", False),
    ],
)
def test_words_in_different_cases_are_one(said: str, own: str, same: bool):
    assert is_declined(said, own) is same
