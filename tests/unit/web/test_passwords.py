from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.web.passwords import problem

USER = UserId("@k7mz2qpf:school.example")


@pytest.mark.parametrize(
    "password",
    [
        "сосна вторник кит",
        "correct horse",
        "ж" * 5 + "abcdefg",
        "Xk3 p!q_Zt",
        "日本語の秘密の言葉です",
        "no-digits-no-capitals",
        "🐈🌧🎺🥝🚲🧦🪁🦔🍋🛶",
        "😀😁😂😃😄😅😆😇😈😉",
        "7🐈🌧🎺🥝🚲🧦🪁🦔🍋",
        "§%&/()=?!$-_",
    ],
)
def test_long_passwords_of_any_characters_are_good(password: str) -> None:
    assert problem(password, USER) is None


@pytest.mark.parametrize(
    ("password", "text"),
    [
        ("", "join-password-short"),
        ("сосна кит", "join-password-short"),
        ("ы" * 300, "join-password-long"),
        ("сосна вторник ", "join-password-spaces"),
        ("сосна\tвторник", "join-password-spaces"),
        ("моё имя K7MZ2QPF", "join-password-name"),
        ("пароль2026", "join-password-common"),
        ("Password123456", "join-password-common"),
        ("qwertyqwerty", "join-password-common"),
        ("aaaaaaaaaaaa", "join-password-common"),
        ("1212121212", "join-password-common"),
        ("+7 912 345-67-89", "join-password-common"),
        ("0123456789", "join-password-common"),
        ("абвгдежзик", "join-password-common"),
        ("🐈🐈🐈🐈🐈🐈🐈🐈🐈🐈", "join-password-common"),
        ("!@#$%^&*()", "join-password-common"),
    ],
)
def test_bad_passwords_get_their_sentence(password: str, text: str) -> None:
    assert problem(password, USER) == text


NAMES = ("Мария-Анна Королёва", "Семён Королёв")


@pytest.mark.parametrize("password", ["мария анна королева", "КОРОЛЁВА мария", "семёнкоролёв2017", "Семён, Мария"])
def test_names_that_everybody_knows_are_no_password(password: str) -> None:
    assert problem(password, USER, NAMES) == "join-password-own-name"


@pytest.mark.parametrize("password", ["семён и королёва чай", "королевство семи", "кот мария вторник"])
def test_names_may_stand_in_a_password(password: str) -> None:
    assert problem(password, USER, NAMES) is None


def test_names_cut_in_many_ways_cost_no_time() -> None:
    assert problem("а" * 200 + "бвгд", USER, ["а", "аа", "ааа"]) is None
