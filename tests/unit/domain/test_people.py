from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId
from classroom_matrix.domain.people import Family, Household, Person, Pupil, Role
from classroom_matrix.domain.rooms import desk_config


def family(*homes: tuple[str, ...]) -> Family:
    households = tuple(
        Household(
            HouseholdId(f"h{number}"),
            FamilyId("f"),
            tuple(Person(PersonId(name), name, Role.GUARDIAN) for name in names),
        )
        for number, names in enumerate(homes)
    )
    return Family(FamilyId("f"), (Pupil(PersonId("p"), FamilyId("f"), "Ксения Калинина", "Калинина", 1),), households)


@pytest.mark.parametrize(
    ("homes", "names"),
    [
        ([("Наталья Калинина", "Сергей Калинин")], ["Ксения Калинина · личная"]),
        (
            [("Наталья Александровна Калинина", "Олег Ким"), ("Сергей Калинин",)],
            ["Ксения Калинина · личная · Наталья, Олег", "Ксения Калинина · личная · Сергей"],
        ),
        (
            [("Анна Калинина",), ("Анна Ким",)],
            ["Ксения Калинина · личная · Анна Калинина", "Ксения Калинина · личная · Анна Ким"],
        ),
    ],
)
def test_desk_is_named_after_the_pupil_first(homes: list[tuple[str, ...]], names: list[str]) -> None:
    it = family(*homes)
    assert names == [desk_config("ru", it.label, it.home_label(home)).name for home in it.households]


def test_desk_has_an_english_name() -> None:
    assert desk_config("en", "Ksenia Kalinina").name == "Ksenia Kalinina · private"
