"""One word about two events ("оба", when it was asked which): recorded, edited and taken back for both."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .stage import card, desk_of, edits, letters, lines, writes

MUSEUM = "!событие Музей 5 декабря 10:00"


@pytest.fixture
def two(rink: Conversation) -> Conversation:
    """ "Каток" on 21 November and "Музей" on 5 December; the Беляевы come to both, which they said in one word."""
    rink.teacher.says(MUSEUM, room="events")
    assert writes(rink, 2, "придём").startswith("К чему это?")
    writes(rink, 2, "оба")
    return rink


def coming(talk: Conversation) -> list[str]:
    return [lines(talk, "Придёт", "Пока никто", title=title)[0] for title in ("Каток", "Музей")]


BOTH = ["Придёт 1 семья — 1 взрослый и 2 ученика"] * 2
NOBODY = ["Пока никто не записался"] * 2


def test_one_word_answers_about_both(two: Conversation):
    assert coming(two) == BOTH
    assert [text.partition(" (")[0] for text in letters(two, 2)[-2:]] == ["Записали: «Каток»", "Записали: «Музей»"]


def test_deleted_word_is_taken_back_from_both(two: Conversation):
    two.guardian(2).takes_back(two.event_of("оба", desk_of(two, 2)), room=desk_of(two, 2))
    assert coming(two) == NOBODY
    assert [text.partition(" (")[0] for text in letters(two, 2)[-2:]] == ["«Каток»", "«Музей»"]
    assert all("вы удалили ответ, теперь вы не записаны" in text for text in letters(two, 2)[-2:])


def test_deleted_word_leaves_what_was_said_of_one_since(two: Conversation):
    writes(two, 2, "в музей не придём")
    count = len(letters(two, 2))
    two.guardian(2).takes_back(two.event_of("оба", desk_of(two, 2)), room=desk_of(two, 2))
    assert coming(two)[0] == NOBODY[0]
    assert "Ответили 1 из 4" in card(two, "Музей")
    assert len(letters(two, 2)) == count + 1


def a_day_later(talk: Conversation) -> None:
    """Until then the house itself answers to edits of what was chosen from its list."""
    talk.advance(hours=25)
    writes(talk, 2, "Здравствуйте!")


def test_edited_word_changes_both(two: Conversation):
    a_day_later(two)
    edits(two, two.guardian(2), "оба", "не придём", room=desk_of(two, 2))
    assert coming(two) == NOBODY
    assert all("Ответили 1 из 4" in card(two, title) for title in ("Каток", "Музей"))
    assert all(" — не придёте." in text for text in letters(two, 2)[-2:])


def test_edit_about_one_leaves_the_other_and_says_so(two: Conversation):
    a_day_later(two)
    edits(two, two.guardian(2), "оба", "в музей придём, 2 взрослых", room=desk_of(two, 2))
    assert coming(two) == [BOTH[0], "Придёт 1 семья — 2 взрослых и 2 ученика"]
    assert any(text.startswith("«Каток»") and "пока считается" in text for text in letters(two, 2)[-2:])


def test_word_that_was_deleted_before_it_came_counts_for_neither(rink: Conversation):
    rink.teacher.says(MUSEUM, room="events")
    writes(rink, 2, "придём")
    with rink.at_once():
        rink.guardian(2).says("оба", room=desk_of(rink, 2))
        rink.guardian(2).takes_back(rink.event_of("оба", desk_of(rink, 2)), room=desk_of(rink, 2))
        rink._feed.reverse()
    assert coming(rink) == NOBODY


def test_both_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00", room="events")
    english.teacher.says("!event Museum on 5 December 10:00", room="events")
    writes(english, 2, "we will come")
    writes(english, 2, "both")
    assert all("1 family is coming" in card(english, title) for title in ("Ice rink", "Museum"))
    english.guardian(2).takes_back(english.event_of("both", desk_of(english, 2)), room=desk_of(english, 2))
    assert not any("1 family is coming" in card(english, title) for title in ("Ice rink", "Museum"))
