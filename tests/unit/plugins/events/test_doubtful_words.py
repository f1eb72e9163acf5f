"""Words in a desk that might be about something else are not taken for an answer, and whole families are counted."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .stage import card, lines, on, writes


@pytest.fixture
def two(rink: Conversation) -> Conversation:
    rink.teacher.says("!событие Музей 28 ноября 12:00", room="events")
    return rink


@pytest.mark.parametrize("said", ["не придём", "мы не придём", "извините, не придём", "we can't come"])
def test_refusal_that_was_given_already_is_asked_back_for_another_event(two: Conversation, said: str):
    writes(two, 0, "на каток не придём")
    assert writes(two, 0, said) == "Понял так: «Музей»: не придёте. Верно? Ответьте «да» или «нет»."
    assert lines(two, "Ответили", title="Музей")[0].startswith("Может быть: 0. Ответили 0 из 4.")
    writes(two, 0, "да")
    assert lines(two, "Ответили", title="Музей")[0].startswith("Может быть: 0. Ответили 1 из 4.")


def test_promise_for_another_event_is_not_given_up_by_a_refusal_said_again(two: Conversation):
    writes(two, 0, "в музей придём")
    writes(two, 0, "на каток не придём")
    assert writes(two, 0, "не придём").startswith("Понял так: «Музей»: не придёте.")
    assert "Придёт 1 семья" in card(two, "Музей")


def test_refusal_with_the_name_is_sure(two: Conversation):
    writes(two, 0, "на каток не придём")
    assert writes(two, 0, "в музей тоже не придём").startswith("Записали: «Музей»")


@pytest.mark.parametrize("said", ["+", "+ +", "+!", "плюс", "+, спасибо"])
def test_plus_alone_says_nothing_without_a_letter(rink: Conversation, said: str):
    assert "Записали" not in writes(rink, 0, said)
    assert lines(rink, "Ответили")[0].startswith("Может быть: 0. Ответили 0 из 4.")


def test_plus_answers_a_reminder(rink: Conversation):
    rink.move_to(on(20, 12, 5))
    assert writes(rink, 0, "+").startswith("Записали: «Каток» (сб, 21 ноября, 12:00) — придёте: 1 взрослый, Ксения.")


@pytest.mark.parametrize(
    ("number", "said", "answer"),
    [
        (0, "будем всей семьёй", "2 взрослых, Ксения"),
        (0, "Придём всей семьёй!", "2 взрослых, Ксения"),
        (2, "придём в полном составе", "2 взрослых, Таисия, Семён"),
        (4, "будем всей семьёй", "1 взрослый, Марк"),
        (0, "будем всей семьёй, 3 взрослых", "3 взрослых, Ксения"),
        (0, "придём всей семьёй на каток, нас четверо", "3 взрослых, Ксения"),
        (0, "we're coming, the whole family", "2 взрослых, Ксения"),
        (0, "all of us will come", "2 взрослых, Ксения"),
        (0, "we're coming, 2 adults and Ksenia", "2 взрослых, Ксения"),
        (0, "We're coming, 3 adults and Kseniya", "3 взрослых, Ксения"),
        (2, "we are coming, 1 adult and Semyon", "1 взрослый, Семён"),
        (2, "Taisia and Semyon will come with 2 adults", "2 взрослых, Таисия, Семён"),
        (0, "we're coming, 2 adults and Ksenia Kalinina", "2 взрослых, Ксения"),
    ],
)
def test_who_comes_is_understood(rink: Conversation, number: int, said: str, answer: str):
    assert writes(rink, number, said).startswith(f"Записали: «Каток» (сб, 21 ноября, 12:00) — придёте: {answer}.")


def test_teacher_enters_a_whole_family(rink: Conversation):
    answer = rink.teacher.says("!придут Калинина всей семьёй", room="staff")
    assert answer == "Записано: Ксения Калинина — №1 «Каток»: 2 взрослых, Ксения."


def test_whole_family_that_is_ill_does_not_come(rink: Conversation):
    assert writes(rink, 0, "всей семьёй не придём на каток").endswith("— не придёте. Спасибо, что сказали!")
