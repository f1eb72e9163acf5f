from __future__ import annotations

import pytest

from classroom_matrix.errors import InvalidArgument
from classroom_plugins.duties.wording import (
    WrittenRole,
    WrittenSwap,
    alike,
    names,
    read_role,
    read_swap,
    split_heading,
    split_number,
    take_weekdays,
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("чай 2", WrittenRole("чай", 2)),
        ("чай — 2", WrittenRole("чай", 2)),
        ("чай: 2 чел.", WrittenRole("чай", 2)),
        ("фото", WrittenRole("фото", None)),
        ("чай по 2", WrittenRole("чай", 2)),
        ("чай два", WrittenRole("чай", 2)),
        ("tea: two people", WrittenRole("tea", 2)),
        ("5 термосов", WrittenRole("термосов", 5)),
        ("1 сентября плакаты", WrittenRole("1 сентября плакаты", None)),
        ("один", WrittenRole("один", None)),
        ("машина 3 (нужна машина)", WrittenRole("машина", 3, needs="машина")),
        ("термосы в 9:30 2", WrittenRole("термосы", 2, clock=570)),
        ("сцена 2, вес 3", WrittenRole("сцена", 2, weight=3)),
        ("уборка после 4 урока 2", WrittenRole("уборка после 4 урока", 2)),
        ("tea 2 people", WrittenRole("tea", 2)),
        ("car 1 (needs a car) at 9:30", WrittenRole("car", 1, clock=570, needs="a car")),
    ],
)
def test_role_is_read(text: str, role: WrittenRole):
    assert read_role(text) == role


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("Субботник: окна 3", ("Субботник", "окна 3")),
        ("Субботник 21 ноября 10:00: окна 3", ("Субботник 21 ноября 10:00", "окна 3")),
        ("чай: 3", ("", "чай: 3")),
        ("чай в 11:30 2", ("", "чай в 11:30 2")),
        ("чай (нужно: термос) 2", ("", "чай (нужно: термос) 2")),
        ("чай 2", ("", "чай 2")),
    ],
)
def test_title_in_front_of_roles_is_split_off(text: str, heading: tuple[str, str]):
    assert split_heading(text) == heading


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("2", "duties-no-title"),
        ("Субботник:", "duties-no-title"),
        ("чай 0", "duties-wrong-places"),
        ("чай 400", "duties-wrong-places"),
        ("чай в 25:00", "duties-wrong-clock"),
        ("чай вес 20", "duties-wrong-weight"),
        ("очень " * 20 + "2", "duties-title-too-long"),
    ],
)
def test_wrong_role_is_refused(text: str, problem: str):
    with pytest.raises(InvalidArgument) as raised:
        read_role(text)
    assert raised.value.key == problem


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("№12 чай 2", (12, "чай 2", True)),
        ("№ 12: чай 2", (12, "чай 2", True)),
        ("no. 12 tea", (12, "tea", True)),
        ("12 чай 2", (12, "чай 2", False)),
        ("чай 2", (None, "чай 2", False)),
        ("№12", (12, "", True)),
        ("новая роль", (None, "новая роль", False)),
    ],
)
def test_number_of_the_occasion_is_split_off(text: str, number: tuple[int | None, str, bool]):
    assert split_number(text) == number


@pytest.mark.parametrize(
    ("text", "days", "rest"),
    [
        ("по классу пн–пт", {0, 1, 2, 3, 4}, "по классу"),
        ("по классу вт, чт", {1, 3}, "по классу"),
        ("по классу ср", {2}, "по классу"),
        ("Classroom Mon-Wed", {0, 1, 2}, "Classroom"),
        ("по классу", None, "по классу"),
        ("средний ряд", None, "средний ряд"),
    ],
)
def test_weekdays_are_taken_out(text: str, days: set[int] | None, rest: str):
    assert take_weekdays(text) == (None if days is None else frozenset(days), rest)


@pytest.mark.parametrize(
    ("one", "other"),
    [("чай", "чая"), ("чай", "чаем"), ("машина", "машину"), ("фото", "фото"), ("уборка", "уборке"), ("photo", "photos")],
)
def test_forms_of_a_word_are_one_word(one: str, other: str):
    assert alike(one, other)
    assert alike(other, one)


@pytest.mark.parametrize(("one", "other"), [("чай", "чат"), ("фото", "фон"), ("торт", "тост"), ("машина", "машинист")])
def test_other_words_are_other_words(one: str, other: str):
    assert not alike(one, other)


def test_title_is_named_by_some_of_its_words():
    assert names("термосы", "принести термосы")
    assert not names("термосы завтра", "принести термосы")
    assert not names("", "чай")


@pytest.mark.parametrize(
    ("text", "swap"),
    [
        ("с Черновыми на фото", WrittenSwap(("Черновыми",), "", "фото")),
        ("с Черновыми чай на фото", WrittenSwap(("Черновыми", "чай"), "", "фото")),
        ("чай с Черновыми на фото", WrittenSwap(("Черновыми",), "чай", "фото")),
        ("чая на фото с Черновыми", WrittenSwap(("Черновыми",), "чая", "фото")),
        ("tea with Chernov for photos", WrittenSwap(("Chernov",), "tea", "photos")),
        ("с Черновыми", WrittenSwap(("Черновыми",), "", "")),
        ("чай на фото", None),
        ("чай с", None),
    ],
)
def test_swap_is_read(text: str, swap: WrittenSwap | None):
    assert read_swap(text) == swap
