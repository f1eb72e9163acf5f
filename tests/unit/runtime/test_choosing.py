"""What answers a list of several things, and what only looks like it."""

from __future__ import annotations

import pytest

from classroom_matrix.runtime.choosing import chosen

HELD = [
    "отменить консультацию чт, 19 ноября, 16:30",
    "«Каток» (сб, 21 ноября): не придёте",
    "Ксения: не будет в школе пн, 16 ноября",
]
ENGLISH = ["cancel the consultation Thu, 19 November", "“Ice rink”: not coming", "Ksenia: not at school"]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("2", (1,)),
        ("1 и 3", (0, 2)),
        ("второе", (1,)),
        ("все", (0, 1, 2)),
        ("консультацию", (0,)),
        ("отменить консультацию", (0,)),
        ("на каток не придём", ()),
        ("про каток", (1,)),
        ("Ксения", (2,)),
    ],
)
def test_things_are_chosen_by_number_and_by_name(said: str, places: tuple[int, ...]) -> None:
    assert chosen(said, HELD) == places


@pytest.mark.parametrize("said", ["придём", "приду", "будем", "будет", "Ксения будет", "на каток придём", "отменить"])
def test_what_is_done_names_no_thing_and_may_be_the_opposite(said: str) -> None:
    assert chosen(said, HELD) == ()


@pytest.mark.parametrize("said", ["coming", "we will", "I'm coming", "cancel"])
def test_so_in_english(said: str) -> None:
    assert chosen(said, ENGLISH) == ()


@pytest.mark.parametrize("said", ["всё, спасибо", "спасибо, всё", "все ок", "ок, все", "Всё", "that's all, thanks"])
def test_that_is_all_is_not_all_of_them(said: str) -> None:
    assert chosen(said, HELD) == ()


@pytest.mark.parametrize(("said", "places"), [("только 2", (1,)), ("и то, и другое", (0, 1, 2)), ("just 1", (0,))])
def test_words_around_a_number(said: str, places: tuple[int, ...]) -> None:
    assert chosen(said, HELD) == places
