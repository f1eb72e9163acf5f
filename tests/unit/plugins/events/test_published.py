"""A command whose text is for everybody stays where it was typed, though it names a pupil; one that was refused does not."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation


def bodies(talk: Conversation, room: str = "events") -> list[str]:
    return [message.body for message in talk.room(room)]


@pytest.mark.parametrize(
    "said",
    [
        "!событие Концерт Ксении в субботу 12:00",
        "!событие изменить взять: стихи Марка и Ксении",
        "!план Выступает Ксения; Потом чай",
        "!план добавить Ксения читает стихи",
        "!событие отменить 1 Ксения и Марк сломали лёд",
        "!событие спасибо 1 Спасибо Ксении и Марку",
    ],
)
def test_text_for_everybody_is_left_where_it_was_typed(rink: Conversation, said: str):
    if "спасибо" in said:
        rink.teacher.says("!событие изменить когда: завтра 8:00", room="staff")
        rink.advance(hours=23)
    rink.teacher.says(said, room="events")
    assert said in bodies(rink)


@pytest.mark.parametrize(
    "said", ["!событие Ксения не придёт", "!событие Калинина 2", "!событие изменить Калинина 2", "!событие отменить Ксения"]
)
def test_refused_text_that_names_a_pupil_is_taken_away(rink: Conversation, said: str):
    rink.teacher.says(said, room="events")
    assert said not in bodies(rink)


def test_answers_and_lists_are_for_nobody_else(rink: Conversation):
    rink.teacher.says("!придут Калинина 2", room="events")
    assert "!придут Калинина 2" not in bodies(rink)
