"""Messages that are edited: answers follow, commands are told to be written anew."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .stage import card, desk_of, edits, letters, lines, on, writes


def test_edited_answer_counts_as_it_is_now(rink: Conversation):
    desk = desk_of(rink, 0)
    writes(rink, 0, "придём")
    edits(rink, rink.guardian(0), "придём", "не придём", room=desk)
    assert lines(rink, "Пока никто", "Ответили") == ["Пока никто не записался", "Может быть: 0. Ответили 1 из 4."]
    assert letters(rink, 0)[-1].startswith("Записали: «Каток» (сб, 21 ноября, 12:00) — не придёте.")
    writes(rink, 2, "придём, 2 взрослых")
    edits(rink, rink.guardian(2), "придём, 2 взрослых", "придём, 3 взрослых", room=desk_of(rink, 2))
    assert lines(rink, "Придёт") == ["Придёт 1 семья — 3 взрослых и 2 ученика"]


def test_edit_that_changes_nothing_is_no_news(rink: Conversation):
    writes(rink, 0, "придём")
    edits(rink, rink.guardian(0), "придём", "Мы придём!", room=desk_of(rink, 0))
    assert len(letters(rink, 0)) == 1


def test_edit_that_is_not_understood_is_told(rink: Conversation):
    writes(rink, 0, "придём")
    edits(rink, rink.guardian(0), "придём", "Позвоните мне насчёт субботы", room=desk_of(rink, 0))
    assert letters(rink, 0)[-1].startswith(
        "«Каток» (сб, 21 ноября, 12:00): не понимаю, что вы исправили, поэтому пока считается"
    )
    assert lines(rink, "Придёт") == ["Придёт 1 семья — 1 взрослый и 1 ученик"]


def test_edit_after_the_end_changes_nothing(rink: Conversation):
    writes(rink, 0, "придём")
    rink.move_to(on(21, 16))
    edits(rink, rink.guardian(0), "придём", "не придём", room=desk_of(rink, 0))
    assert letters(rink, 0)[-1].endswith("уже позади, поэтому ответ не записываю. Спасибо!")
    assert lines(rink, "Была") == ["Была 1 семья — 1 взрослый и 1 ученик"]


def test_edit_of_other_talk_is_left_alone(rink: Conversation):
    writes(rink, 0, "Здравствуйте!")
    edits(rink, rink.guardian(0), "Здравствуйте!", "Здравствуйте, Анна Сергеевна!", room=desk_of(rink, 0))
    assert letters(rink, 0) == []


def test_edited_answer_gives_its_places_back(rink: Conversation):
    rink.teacher.says("!событие изменить мест: 3", room="events")
    writes(rink, 2, "придём")
    writes(rink, 0, "придём")
    edits(rink, rink.guardian(2), "придём", "не придём", room=desk_of(rink, 2))
    assert "место освободилось" in letters(rink, 0)[-1]


@pytest.mark.parametrize("before", ["!событие Музей 5 декабря 10:00", "!придут Исаев 2"])
def test_edited_command_is_told_to_be_written_anew(rink: Conversation, before: str):
    rink.teacher.says(before, room="staff")
    edits(rink, rink.teacher, before, f"{before} и ещё", room="staff")
    assert rink.texts("staff")[-1].startswith("Правки команд я не читаю: считается то, что было написано сначала.")


def test_families_edits_of_commands_are_none(rink: Conversation):
    rink.guardian(0).says("Каток!", room="events")
    edits(rink, rink.guardian(0), "Каток!", "!событие Каток", room="events")
    assert rink.texts("staff") == []
    assert "Каток" in card(rink)


def test_refused_command_that_is_put_right_by_an_edit_is_to_be_written_anew(rink: Conversation):
    rink.teacher.says("!событие отмена уроков в субботу", room="staff")
    edits(rink, rink.teacher, "!событие отмена уроков в субботу", "!событие Бал 28 ноября 18:00", room="staff")
    assert "Если оно не сработало, напишите заново." in rink.texts("staff")[-1]
    assert len(rink.texts("events")) == 1


def test_slip_in_the_name_of_a_command_that_is_put_right_is_to_be_written_anew(rink: Conversation):
    rink.teacher.says("!собитие Бал 28 ноября 18:00", room="staff")
    edits(rink, rink.teacher, "!собитие Бал 28 ноября 18:00", "!событие Бал 28 ноября 18:00", room="staff")
    assert "Если оно не сработало, напишите заново." in rink.texts("staff")[-1]
