"""Who lives with whom where a list does not say: as it is on record. Runs in the database's thread; writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ..domain.ids import ClassId, PersonId
from ..storage import register
from ..storage.database import Database
from .families import ListedAdult, ListedFamily
from .names import alike


def as_on_record(
    database: Database, class_id: ClassId, listed: ListedFamily, people: Mapping[str, PersonId]
) -> tuple[ListedFamily, bool]:
    """Parents who live apart are not put into one household, and into one private room, because a list is silent.

    Args:
        people: whom of the listed adults the tables have: name as it is compared → person.

    Returns:
        The family, and whether its homes are not those that the list would make.
    """
    if listed.homes_said or len(listed.guardians) < 2:
        return listed, False
    apart: list[list[ListedAdult]] = []
    for guardian in listed.guardians:
        person = people.get(alike(guardian.name))
        for home in apart:
            others = [people.get(alike(one.name)) for one in home]
            if all(one is None or person is None or not _are_apart(database, class_id, one, person) for one in others):
                home.append(guardian)
                break
        else:
            apart.append([guardian])
    return replace(listed, households=tuple(tuple(home) for home in apart)), len(apart) > 1


def _are_apart(database: Database, class_id: ClassId, one: PersonId, other: PersonId) -> bool:
    """As this class has them, else as any class has them."""
    homes = register.homes_of_both(database, one, other)
    if class_id in homes:
        return homes[class_id]
    return any(homes.values())
