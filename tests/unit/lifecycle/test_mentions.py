from __future__ import annotations

import pytest

from classroom_matrix.lifecycle.mentions import names_of

OTHERS = ("Пётр Ильич Беляев", "Анна Мороз", "Наталья Ивановна Орлова")


@pytest.mark.parametrize(
    ("text", "whole", "thorough"),
    [
        ("Ксения Калинина: голос записан", True, True),
        ("калинина  КСЕНИЯ", True, True),
        ("принесёт Наталья Ивановна Калинина.", True, True),
        ("Калинина Наталья Ивановна", True, True),
        ("Наталья Калинина", True, True),
        ("Нет ответа от: Калинина, Орлова", False, True),
        ("калинина цветёт в мае", False, False),
        ("Ксения Калинина-Белая", True, True),
        ("Наталья Ивановна", False, False),  # there is another one
        ("Ксения", False, False),
        ("АксенияКалинина", False, False),
        ("Прекрасная Калининая", False, False),
        ("", False, False),
    ],
)
def test_text_names_somebody(text: str, whole: bool, thorough: bool) -> None:
    names = names_of(["Ксения Калинина", "Наталья Ивановна Калинина"], OTHERS)
    assert (names.whole_in(text), names.found_in(text)) == (whole, thorough)


def test_surname_that_others_have_is_nobodys_mark() -> None:
    names = names_of(["Пётр Мороз"], OTHERS)
    assert (names.whole, names.alone) == (("петр мороз", "мороз петр"), ())


def test_one_word_is_no_name() -> None:
    assert names_of(["Али", ""], OTHERS).whole == ()
