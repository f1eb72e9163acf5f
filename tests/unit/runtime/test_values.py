"""Reading pupils, and what readers have in common. Moments, days and hours have tests of their own."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId, PersonId
from classroom_matrix.domain.people import Family, Household, Person, Pupil, Role, Roster
from classroom_matrix.errors import NotFound, WhoIsMeant
from classroom_matrix.i18n import Catalogue
from classroom_matrix.runtime.values import READERS, WRONG, ParseScope

MOSCOW = ZoneInfo("Europe/Moscow")


def _family(number: int, pupils: list[tuple[str, str]], guardian: str) -> Family:
    id_ = FamilyId(f"f{number}")
    children = tuple(
        Pupil(PersonId(f"p{number + index}"), id_, f"{given} {surname}", surname, number + index)
        for index, (given, surname) in enumerate(pupils)
    )
    home = Household(
        HouseholdId(f"h{number}"),
        id_,
        (Person(PersonId(f"a{number}"), guardian, Role.GUARDIAN, household_id=HouseholdId(f"h{number}")),),
    )
    return Family(id_, children, (home,))


ROSTER = Roster(
    ClassId("3b"),
    (
        _family(1, [("Семён", "Беляев"), ("Таисия", "Беляева")], "Анна Беляева"),
        _family(3, [("Ксения", "Калинина")], "Ольга Морозова"),
        _family(4, [("Илья", "Петров")], "Пётр Петров"),
        _family(5, [("Илья", "Громов")], "Иван Громов"),
    ),
    (),
)
SCOPE = ParseScope(datetime(2026, 11, 18, 10, 0, tzinfo=MOSCOW), MOSCOW, lambda: ROSTER, "ru")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("1", "Семён Беляев"),
        ("№2", "Таисия Беляева"),
        ("Калинина", "Ксения Калинина"),
        ("Калининой", "Ксения Калинина"),
        ("ксению калинину", "Ксения Калинина"),
        ("Таисия", "Таисия Беляева"),
        ("Беляева Таисия", "Таисия Беляева"),
        ("Семёну Беляеву", "Семён Беляев"),
        ("Kseniya", "Ксения Калинина"),
        ("Петров Илья", "Илья Петров"),
        ("Ольга Морозова", "Ксения Калинина"),
    ],
)
def test_a_pupil_is_found_by_number_and_by_name_in_any_form(text: str, name: str):
    found = READERS[Pupil](text, SCOPE)
    assert isinstance(found, Pupil)
    assert found.name == name


@pytest.mark.parametrize(("text", "names"), [("Илья", ["Петров", "Громов"]), ("Беляевы", ["Семён", "Таисия"])])
def test_a_pupil_who_may_be_either_is_asked_for(text: str, names: list[str]):
    with pytest.raises(WhoIsMeant) as problem:
        READERS[Pupil](text, SCOPE)
    assert all(name in str(problem.value.values["candidates"]) for name in names)


def test_a_pupil_whom_nobody_knows_is_not_found():
    with pytest.raises(NotFound):
        READERS[Pupil]("Ломоносов", SCOPE)


def test_every_type_has_a_sentence_in_both_languages():
    core = Catalogue.core(strict=True)
    assert set(READERS) == set(WRONG)
    assert all(core.has(key, language) for key in WRONG.values() for language in ("ru", "en"))
