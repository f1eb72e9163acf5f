"""One word that takes several places ("оба", when it was asked which): taken back, all of them are free again."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .talking import desks, roles

HOME = "family0-0"
TEA, PHOTO = "«чай» («Каток», сб, 5 декабря, 12:00)", "«фото» («Каток», сб, 5 декабря, 12:00)"


@pytest.fixture
def asked(talk: Conversation) -> Conversation:
    """Tea and photos are free; Калинина has written "беру", and was asked what."""
    talk.teacher.says("!дела №12 чай 2; фото 1", room="staff")
    desks(talk)
    assert talk.guardian(0).says("беру", room=HOME).startswith("К чему это?")
    return talk


def takes_back(talk: Conversation, said: str) -> None:
    talk.guardian(0).takes_back(talk.event_of(said, HOME), room=HOME)


@pytest.mark.parametrize("said", ["оба", "1 и 2", "1, 2"])
def test_deleted_word_gives_both_places_back(asked: Conversation, said: str):
    asked.guardian(0).says(said, room=HOME)
    assert ["0 из" in role for role in roles(asked)] == [False, False]
    count = len(asked.texts(HOME))
    takes_back(asked, said)
    assert ["0 из" in role for role in roles(asked)] == [True, True]
    assert asked.texts(HOME)[count:] == [f"Хорошо, место свободно: {TEA}.", f"Хорошо, место свободно: {PHOTO}."]


def test_deleted_word_leaves_the_place_that_was_taken_otherwise_too(asked: Conversation):
    asked.guardian(0).says("оба", room=HOME)
    asked.guardian(1).reacts("Дела", "1️⃣", room="events")
    takes_back(asked, "оба")
    assert ["0 из" in role for role in roles(asked)] == [False, True]
    assert asked.texts(HOME)[-2:] == [f"Это уже за вашей семьёй: {TEA}.", f"Хорошо, место свободно: {PHOTO}."]


def test_deleted_word_leaves_a_place_that_was_given_back_and_is_another_s(asked: Conversation):
    asked.guardian(0).says("оба", room=HOME)
    asked.guardian(0).says("фото не смогу", room=HOME)
    asked.guardian(2).says("фото", room="family1-0")
    takes_back(asked, "оба")
    assert ["guardian2" in role for role in roles(asked)] == [False, True]
    assert "0 из 2" in roles(asked)[0]


def test_word_that_was_deleted_before_it_came_takes_nothing(asked: Conversation):
    with asked.at_once():
        asked.guardian(0).says("оба", room=HOME)
        takes_back(asked, "оба")
        asked._feed.reverse()
    assert ["0 из" in role for role in roles(asked)] == [True, True]


def test_wishes_are_taken_back_together(talk: Conversation):
    talk.teacher.says("!дела №12 чай 1; фото 1 желания до пятницы", room="staff")
    desks(talk)
    talk.guardian(0).says("беру", room=HOME)
    talk.guardian(0).says("оба", room=HOME)
    count = len(talk.texts(HOME))
    takes_back(talk, "оба")
    assert len(talk.texts(HOME)) == count + 2


def test_both_in_english(english: Conversation):
    english.teacher.says("!duties #12 tea 2; photos 1", room="staff")
    desks(english)
    english.guardian(0).says("I'll take it", room=HOME)
    english.guardian(0).says("both", room=HOME)
    assert all("guardian0" in role for role in roles(english))
    takes_back(english, "both")
    assert not any("guardian0" in role for role in roles(english))


@pytest.mark.parametrize("room", ["events", "talk"])
def test_roles_that_name_a_pupil_stay_where_they_were_typed(talk: Conversation, room: str):
    said = "!дела №12 чай 2; сопровождать Ксению 1"
    talk.teacher.says(said, room=room)
    assert any("сопровождать Ксению" in role for role in roles(talk))
    assert said in [message.body for message in talk.room(room)]


def test_refused_roles_that_name_a_pupil_are_taken_away(talk: Conversation):
    said = "!дела №12 Калинина чай"
    talk.teacher.says(said, room="events")
    assert said not in [message.body for message in talk.room("events")]
