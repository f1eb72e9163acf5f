from __future__ import annotations

from classroom_matrix.roster.slips.secret import hashed, matches


def test_only_the_same_words_match():
    stored = hashed("капель лимон сосна праздник ветер")
    assert matches("капель лимон сосна праздник ветер", stored)
    assert not matches("капель лимон сосна ветер праздник", stored)


def test_the_words_cannot_be_read_from_what_is_stored_and_two_slips_do_not_look_alike():
    first, second = hashed("acorn"), hashed("acorn")
    assert "acorn" not in first
    assert first != second


def test_nothing_matches_where_nothing_is_stored():
    assert not matches("acorn", None)
    assert not matches("", None)
