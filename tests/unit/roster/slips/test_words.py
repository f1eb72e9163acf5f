from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classroom_matrix.roster.slips.secret import matches
from classroom_matrix.roster.slips.words import COUNT, PREFIX, canonical, draw_words, word_list

TO_LATIN_KEYS = str.maketrans("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,.")
TO_RUSSIAN_KEYS = {ord(en): ord(ru) for ru, en in zip("йцукенгшщзфывапролдячсмить", "qwertyuiopasdfghjklzxcvbnm", strict=True)}
VOICE = str.maketrans("бвгджзоеы", "пфктшсаии")


def five(language: str) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(word_list(language).words), min_size=COUNT, max_size=COUNT)


@pytest.mark.parametrize(("language", "least", "letters"), [("ru", 1300, "[а-еж-ик-щы-я]{4,9}"), ("en", 2048, "[a-z]{4,8}")])
def test_the_lists_hold_enough_words_that_four_letters_tell_apart(language: str, least: int, letters: str):
    words = word_list(language).words
    assert len(words) >= least
    assert sorted(set(words)) == list(words)
    assert len({word[:PREFIX] for word in words}) == len(words)
    assert [word for word in words if not re.fullmatch(letters, word)] == []


def test_no_two_russian_words_sound_the_same():
    sounds: dict[str, str] = {}
    for word in word_list("ru").words:
        sound = re.sub(r"(.)\1", r"\1", word.replace("ь", "").translate(VOICE))
        assert sounds.setdefault(sound, word) == word


def test_words_are_drawn_by_lot():
    drawn = {draw_words("ru") for _ in range(50)}
    assert len(drawn) == 50
    assert all(len(set(words)) == COUNT for words in drawn)


@pytest.mark.parametrize(
    "typed",
    [
        "капель лимон сосна праздник ветер",
        "  Капель, ЛИМОН\nсосна — праздник. ветер!  ",
        "1. капель 2. лимон 3. сосна 4. праздник 5. ветер",
        "капельлимонсоснапраздникветер",
        "капель лимон сосна празд ник ветер",
        "rfgtkm kbvjy cjcyf ghfplybr dtnth",
        "RFGTKM-KBVJY-CJCYF-GHFPLYBR-DTNTH",
        "кaпeль лимoн cocнa прaздник вeтep",
        "копель лимон сасна праздник ветер",
        "капели лимоны сосны праздника ветер",
        unicodedata.normalize("NFD", "капель лимон сосна праздник ветер"),
        "капель_лимон+сосна/праздник|ветер",
    ],
)
def test_what_was_meant_is_understood(typed: str):
    assert canonical(typed) == "капель лимон сосна праздник ветер"


@pytest.mark.parametrize(
    "typed",
    [
        "acorn lemon maple winter",
        "acorn lemon maple winter robin robin",
        "acorn lemon maple robin winter",
        "капель лимон",
        "",
        " ",
        "🙂" * 500,
        "\0",
        "а" * 10_000,
    ],
)
def test_what_was_not_meant_is_not(typed: str):
    assert canonical(typed) != "acorn lemon maple winter robin"


@settings(max_examples=60, deadline=None)
@given(five("ru"), st.sampled_from([" ", "-", "", ", ", "\n", "\u00a0"]))
def test_every_russian_slip_is_read_with_any_separator_and_layout(words: list[str], separator: str):
    meant = " ".join(words)
    assert canonical(separator.join(words)) == meant
    assert canonical(separator.join(words).upper()) == meant
    if separator != ", ":  # where the comma is a letter, nobody can tell
        assert canonical(separator.join(words).translate(TO_LATIN_KEYS)) == meant


@settings(max_examples=60, deadline=None)
@given(five("en"), st.sampled_from([" ", "-", "", ", ", "\n"]))
def test_every_english_slip_is_read_with_any_separator_and_layout(words: list[str], separator: str):
    meant = " ".join(words)
    assert canonical(separator.join(words)) == meant
    assert canonical(separator.join(words).title()) == meant
    assert canonical(separator.join(words).translate(TO_RUSSIAN_KEYS)) == meant


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(), max_size=300))
def test_nothing_that_is_typed_breaks_it(typed: str):
    assert not matches(canonical(typed), None)
