"""Who would be taken for a teacher, and who merely has a name."""

from __future__ import annotations

import time

import pytest

from classroom_matrix.domain.imitation import imitates

TEACHER = "Ольга Петровна Иванова"
NAMES = [TEACHER, "Марина Сергеевна", "Классный помощник", "Ms Turner"]


@pytest.mark.parametrize(
    ("shown", "taken_for"),
    [
        (TEACHER, TEACHER),
        ("ОЛЬГА ПЕТРОВНА ИВАНОВА", TEACHER),
        ("Oльгa Пeтpoвнa Иванoвa", TEACHER),  # Latin O, a, e, p, o
        ("OЛЬГA ПETPOBHA ИBAHOBA", TEACHER),  # Latin capitals
        ("0льга Петр0вна Иван0ва", TEACHER),  # nought
        ("Ольгα Петρовна Ивαнова", TEACHER),  # Greek
        ("Ольга\u200bПетровна\u200d \u202eИванова\u202c", TEACHER),
        ("О\u0301льга Петро\u0336вна Иванова", TEACHER),  # combining characters
        ("Иванова Ольга Петровна", TEACHER),
        ("Петровна, Ольга", TEACHER),
        ("Ольга Петровна", TEACHER),
        ("Ольга Иванова", TEACHER),
        ("Иванова О. П.", TEACHER),
        ("О.П. Иванова", TEACHER),
        ("ОльгаПетровнаИванова", TEACHER),
        ("О л ь г а  П е т р о в н а  И в а н о в а", TEACHER),
        ("_Ольга_Петровна_Иванова_", TEACHER),
        ("Учитель Ольга", TEACHER),
        ("Ольга Петровна, учитель 🎓", TEACHER),
        ("Классный руководитель Ольга Петровна", TEACHER),
        ("Teacher Ольга", TEACHER),
        ("Сергеевна Мapинa", "Марина Сергеевна"),
        ("М. Сергеевна", "Марина Сергеевна"),
        ("классный помощник 🤖", "Классный помощник"),
        ("Помощник классный", "Классный помощник"),
        ("Ms. Tumer", "Ms Turner"),
        ("mrs Turner", "Ms Turner"),
        ("Учитель", ""),
        ("учитeль 3Б", ""),
        ("Администрация школы", ""),
        ("Директор", ""),
    ],
)
def test_name_that_would_be_taken_for_somebody(shown: str, taken_for: str | None) -> None:
    assert imitates(shown, NAMES) == taken_for


@pytest.mark.parametrize(
    "shown",
    [
        "Анна Иванова",
        "Иванова",
        "Ольга",
        "Ольга Петрова",
        "Ольга Сидорова",
        "О. Иванов",
        "Марина Сергеева",
        "Мама Оли Ивановой",
        "Мама учителя",
        "Сергей Маринин",
        "",
        "   ",
        "🎓",
        "\u200b",
        "!!!",
        "Иванов Пётр Ольгович",
    ],
)
def test_name_that_is_merely_a_name(shown: str) -> None:
    assert imitates(shown, NAMES) is None


@pytest.mark.parametrize("shown", ["Марина Сергеевна", "Сергеевна Марина", "марина сергеевна"])
def test_namesake_of_a_teacher_may_bear_the_name(shown: str) -> None:
    assert imitates(shown, NAMES, own="Марина Сергеевна") is None
    assert imitates(shown, NAMES, own="Марина Сергеевна Котова") is None
    assert imitates(shown, NAMES, own="Пётр Котов") == "Марина Сергеевна"


def test_namesake_of_a_teacher_is_no_teacher_all_the_same() -> None:
    assert imitates("Учитель Марина Сергеевна", NAMES, own="Марина Сергеевна Котова") == "Марина Сергеевна"


def test_long_names_are_compared_quickly() -> None:
    started = time.perf_counter()
    for shown in ("Ольга " * 10_000, "\u0301" * 100_000, "rn" * 50_000):
        assert imitates(shown, NAMES) is None
    assert time.perf_counter() - started < 2
