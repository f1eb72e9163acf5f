from __future__ import annotations

import unicodedata

import pytest

from classroom_matrix.roster.names import alike, clean, folded, phone_digits, spoken_name


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("Калинина Наталья Александровна", "Наталья Александровна Калинина"),
        ("Наталья Александровна Калинина", "Наталья Александровна Калинина"),
        ("Нгуен Екатерина Дмитриевна", "Екатерина Дмитриевна Нгуен"),
        ("Абрамович Пётр Ильич", "Пётр Ильич Абрамович"),
        ("Гусейнов Али Вагиф оглы", "Али Вагиф оглы Гусейнов"),
        ("Ким Анна", "Анна Ким"),
        ("Ольга Петровна", "Ольга Петровна"),
        ("Абрамович Анна", "Анна Абрамович"),
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


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        pytest.param("محمد علي", "محمد علي", id="right to left"),
        pytest.param("נועה כהן", "נועה כהן", id="Hebrew"),
        pytest.param("می\u200cخواهم", "می\u200cخواهم", id="a joiner that shapes letters"),
        pytest.param("Анна 👩\u200d👧", "Анна 👩\u200d👧", id="a joiner that shapes emoji"),
        pytest.param("An\u200dna \u200dКим\u200d", "Anna Ким", id="joiners that shape nothing"),
        pytest.param("Нгуен Thị Ánh", "Нгуен Thị Ánh", id="combining"),
        pytest.param("Ann\u0301\u0301\u0301\u0301\u0301\u0301\u0301a", "Anń\u0301\u0301\u0301\u0301a", id="tower"),
        pytest.param("\u202eанна\u202c \u2067Ким\u2069", "анна Ким", id="overrides and isolates"),
        pytest.param("Анна\u200e\ufeff\u00ad\ue000\ufdd0", "Анна", id="marks, private use, no characters"),
        pytest.param("Анна\x00\x1b[31mКим", "Анна [31mКим", id="controls"),
    ],
)
def test_clean_keeps_names_of_every_script_and_nothing_that_reorders(written: str, kept: str) -> None:
    assert clean(written) == unicodedata.normalize("NFC", kept)
    assert clean(clean(written)) == clean(written)


def test_alike_sees_through_letters_that_look_the_same() -> None:
    assert alike("Kим Аннa") == alike("Ким Анна")
    assert alike("Ким\u200d Анна") == alike("ким анна")
    assert alike("Ким Анна") != alike("Ким Инна")


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+7 999 000-00-01, 8 999 000-00-02", "79990000001"),
        ("+7 999 000-00-01 +7 999 000-00-02", "79990000001"),
        ("нет; 8 999 000-00-02", "79990000002"),
        ("8 (495) 123-45-67 доб. 12", "74951234567"),
        ("1234567890123456", ""),
        ("１２３４５６７", ""),
    ],
)
def test_first_of_several_phones_counts(written: str, digits: str) -> None:
    assert phone_digits(written) == digits
