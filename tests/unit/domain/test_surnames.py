"""Surnames in whatever form, and words that only look like them."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import ClassId, FamilyId, PersonId
from classroom_matrix.domain.people import Family, Pupil, Roster
from classroom_matrix.domain.surnames import is_form_of


@pytest.mark.parametrize(
    ("word", "surname"),
    [
        ("Калининой", "Калинина"),
        ("калинины", "Калинина"),
        ("Калининых", "Калинина"),
        ("Калиниными", "Калинина"),
        ("Kalinin", "Калинина"),
        ("Kalininas", "Kalinina"),
        ("Чернова", "Чернов"),
        ("Гоголя", "Гоголь"),
        ("Толстому", "Толстой"),
        ("Семёнова", "Семенов"),
        ("Корсаковой", "Римская-Корсакова"),
        ("Ли", "Ли"),
    ],
)
def test_forms_of_a_surname(word: str, surname: str) -> None:
    assert is_form_of(word, surname)


@pytest.mark.parametrize(
    ("word", "surname"),
    [("чёрный", "Чернов"), ("калитка", "Калинина"), ("белая", "Белов"), ("Марк", "Маркова"), ("лимон", "Ли"), ("", "Ли")],
)
def test_other_words(word: str, surname: str) -> None:
    assert not is_form_of(word, surname)


@pytest.mark.parametrize(
    ("text", "within", "expected"),
    [
        ("Калинина заболела", 1, "Калинина"),
        ("Калинина: заболела", 1, "Калинина"),
        ("калинину освободить", 1, "калинину"),
        ("Ксения Калинина заболела", 1, None),
        ("Ксения Калинина заболела", 2, "Калинина"),
        ("«Калинина» читать", 1, None),
        ("ли не ли", 1, None),
        ("Ли придёт", 1, "Ли"),
        ("", 1, None),
        ("Завтра каток", 2, None),
    ],
)
def test_family_that_a_text_begins_with(text: str, within: int, expected: str | None) -> None:
    pupils = (_pupil("1", "Ксения", "Калинина"), _pupil("2", "Ян", "Ли"))
    roster = Roster(ClassId("3b"), (Family(FamilyId("f"), pupils, ()),), ())
    assert roster.family_first(text, within=within) == expected


def _pupil(id_: str, name: str, surname: str) -> Pupil:
    return Pupil(PersonId(id_), FamilyId("f"), f"{name} {surname}", surname, int(id_))
