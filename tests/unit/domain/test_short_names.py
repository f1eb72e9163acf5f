"""Short forms of given names."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.short_names import SHORT_NAMES, given_names, is_short_for, short_names


@pytest.mark.parametrize(
    ("word", "given"),
    [
        ("Ксюша", "Ксения"),
        ("Ксюше", "Ксения"),
        ("Ксюшей", "Ксения"),
        ("Сёмы", "Семён"),
        ("Ани", "Анна"),
        ("Оле", "Ольга"),
        ("Владу", "Владислав"),
        ("Саше", "Александр"),
        ("Саше", "Александра"),
        ("Ksyusha", "Ксения"),
        ("Ксюша", "Ksenia"),
        ("Миши", "Михаил"),
    ],
)
def test_short_form_in_any_case(word: str, given: str):
    assert is_short_for(word, given)


@pytest.mark.parametrize(
    ("word", "given"),
    [("Машина", "Мария"), ("Ксения", "Ксения"), ("Катер", "Екатерина"), ("надо", "Надежда"), ("Петя", "Павел"), ("а", "Анна")],
)
def test_other_words_are_none(word: str, given: str):
    assert not is_short_for(word, given)


def test_full_names_of_a_short_one():
    assert set(given_names("Саша")) == {"александр", "александра"}
    assert given_names("Максимка") == ("максим",)
    assert given_names("учебник") == ()


def test_table_is_folded_and_says_nothing_twice():
    for given, shorts in SHORT_NAMES.items():
        assert all(each == each.casefold().replace("ё", "е") for each in (given, *shorts))
        assert given not in shorts
        assert len(set(shorts)) == len(shorts) > 0
    assert short_names("Пушкин") == ()
