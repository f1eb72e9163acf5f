"""Votes in whole sentences, over options of several words and of very short ones."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from ..meanings import sure

PRESENTS = "!опрос Что подарим? книги; игры на двоих; чай; музей космонавтики"


@pytest.mark.parametrize(
    ("said", "option"),
    [
        ("голосую за книги", "книги"),
        ("за книги", "книги"),
        ("мы за музей", "музей космонавтики"),
        ("за игры на двоих", "игры на двоих"),
        ("голосуем за чай", "чай"),
        ("вариант 1", "книги"),
        ("Здравствуйте! Наш вариант — книги.", "книги"),
    ],
)
def test_sentence_with_an_option_is_a_vote(talk: Conversation, said: str, option: str) -> None:
    talk.teacher.says(PRESENTS, room="staff")
    home = talk.guardian(0).person
    assert home is not None
    assert home.household_id is not None
    talk._runner.run(talk._desk_of(talk.klass.id, home.household_id))
    talk._feed.clear()
    assert f"«{option}»" in talk.guardian(0).says(said, room=home.household_id)


def test_part_of_an_option_and_short_options_are_asked_back(talk: Conversation) -> None:
    talk.teacher.says(PRESENTS, room="staff")
    for said in ("музей", "чай", "за 2", "да, книги"):
        assert sure(talk, 0, said) == {"polls": [False]}, said
    for said in ("чай принесём", "мы идём в музей", "за что голосуем?", "за", "прочитали книги детям"):
        assert sure(talk, 0, said) == {}, said


def test_options_that_are_words_of_a_vote_themselves(talk: Conversation) -> None:
    talk.teacher.says("!опрос Едем? за; против", room="staff")
    assert [sure(talk, 0, said).get("polls") for said in ("голосуем за", "мы против", "против", "мы за", "за")] == [
        [True], [True], [True], [False], [False]
    ]  # fmt: skip


def test_option_of_two_polls_is_asked_about(talk: Conversation) -> None:
    talk.teacher.says("!опрос Когда? пятница; суббота", room="staff")
    talk.teacher.says("!опрос А чай? в пятницу; в субботу", room="staff")
    assert sure(talk, 0, "мы за субботу") == {"polls": [True, True]}


def test_vote_that_is_edited_in_a_sentence_is_followed(talk: Conversation) -> None:
    talk.teacher.says(PRESENTS, room="staff")
    person = talk.guardian(0).person
    assert person is not None
    assert person.household_id is not None
    room = person.household_id
    talk._runner.run(talk._desk_of(talk.klass.id, room))
    talk._feed.clear()
    talk.guardian(0).says("за книги", room=room)
    after = {"msgtype": "m.text", "body": "за чай"}
    relates = {"rel_type": "m.replace", "event_id": talk.event_of("за книги", room)}
    content = {"msgtype": "m.text", "body": "* за чай", "m.new_content": after, "m.relates_to": relates}
    talk.guardian(0).sends("m.room.message", content, room=room)
    assert "«чай»" in talk.desk(talk.guardian(0))[-1].body
