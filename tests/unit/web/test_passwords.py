from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.web.passwords import problem, words_digest

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
    ],
)
def test_bad_passwords_get_their_sentence(password: str, text: str) -> None:
    assert problem(password, USER) == text


def test_words_of_the_slip_are_recognised_however_they_are_written() -> None:
    assert words_digest("Зелёный кот, лодка", "key") == words_digest("зеленый-КОТ лодка", "key")
    assert words_digest("зелёный кот лодка", "key") != words_digest("зелёный кот лодка", "other key")
    assert words_digest("зелёный кот лодка", "key") != words_digest("красный кот лодка", "key")
