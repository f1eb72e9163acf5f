from __future__ import annotations

import pytest

from classroom_matrix.errors import InvalidArgument
from classroom_plugins.duties.wording import (
    Said,
    WrittenRole,
    WrittenSwap,
    alike,
    names,
    read_role,
    read_swap,
    split_number,
    take_weekdays,
    understood,
)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("чай 2", WrittenRole("чай", 2)),
        ("чай — 2", WrittenRole("чай", 2)),
        ("чай: 2 чел.", WrittenRole("чай", 2)),
        ("фото", WrittenRole("фото", None)),
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
    ("text", "problem"),
    [
        ("2", "duties-no-title"),
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
    ("text", "meaning"),
    [
        ("Беру чай!", (Said.TAKE, "чай")),
        ("мы возьмём машину", (Said.TAKE, "машину")),
        ("Здравствуйте, запишите нас на фото", (Said.TAKE, "фото")),
        ("We'll take tea", (Said.TAKE, "tea")),
        ("беру", (Said.YES, "")),
        ("не смогу чай", (Said.GIVE, "чай")),
        ("К сожалению, не сможем", (Said.GIVE, "")),
        ("отказываюсь от чая", (Said.GIVE, "чая")),
        ("Sorry, I can't do tea", (Said.GIVE, "tea")),
        ("I can’t", (Said.GIVE, "")),
        ("да", (Said.YES, "")),
        ("Нет.", (Said.NO, "")),
        ("Сколько у нас дел?", (Said.LOAD, "")),
        ("how many duties do we have?", (Said.LOAD, "")),
        ("у нас есть машина", (Said.HAVE, "машина")),
        ("у нас нет машины", (Said.HAVE_NOT, "машины")),
        ("We have no car", (Said.HAVE_NOT, "car")),
        ("we have a car", (Said.HAVE, "car")),
        ("обмен с Черновыми на фото", (Said.SWAP, "с черновыми на фото")),
        ("Хотим поменяться с Черновыми", (Said.SWAP, "с черновыми")),
        ("отменить обмен", (Said.UNSWAP, "")),
        ("чай", (Said.NAMED, "чай")),
        ("Во сколько завтра собрание?", (Said.NAMED, "во сколько завтра собрание")),
    ],
)
def test_plain_words_are_understood(text: str, meaning: tuple[Said, str]):
    assert understood(text) == meaning


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
