from __future__ import annotations

import pytest

from classroom_matrix.roster.names import clean, folded, phone_digits, spoken_name


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Калинина Наталья Александровна", "Наталья Александровна Калинина"),
        ("Наталья Александровна Калинина", "Наталья Александровна Калинина"),
        ("Нгуен Екатерина Дмитриевна", "Екатерина Дмитриевна Нгуен"),
        ("Абрамович Пётр Ильич", "Пётр Ильич Абрамович"),
        ("Гусейнов Али Вагиф оглы", "Али Вагиф оглы Гусейнов"),
        ("Ким Анна", "Анна Ким"),
        ("  Ким   Анна ", "Анна Ким"),
        ("Анна", "Анна"),
        ("ван дер Берг Анна Мария", "ван дер Берг Анна Мария"),
    ],
)
def test_spoken_name_puts_the_given_name_first(written: str, spoken: str) -> None:
    assert spoken_name(written) == spoken


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+7 999 000-00-01", "79990000001"),
        ("8 (999) 000 00 01", "79990000001"),
        ("999 000 00 01", "79990000001"),
        ("+49 30 1234567", "49301234567"),
        ("нет", ""),
        ("", ""),
    ],
)
def test_phone_digits_make_one_of_all_writings(written: str, digits: str) -> None:
    assert phone_digits(written) == digits


def test_clean_removes_what_cannot_be_seen() -> None:
    assert clean("Ан\u200bна\u00a0 Ким\n\u202e") == "Анна Ким"
    assert clean("и\u0306") == "й"


def test_folded_makes_equal_what_looks_equal() -> None:
    assert folded("ФЁДОР  Ким‑Лев") == folded("Федор Ким-Лев")
