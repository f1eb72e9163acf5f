"""Desks that were handed over to somebody. All functions run in the database's thread."""

from __future__ import annotations

from collections import defaultdict

from ..domain.ids import ClassId, HouseholdId, PersonId
from .database import Database


def of_class(database: Database, class_id: ClassId) -> dict[HouseholdId, frozenset[PersonId]]:
    """Who else is in which desk."""
    found: dict[HouseholdId, set[PersonId]] = defaultdict(set)
    for household_id, person_id in database.execute(
        "SELECT household_id, person_id FROM handover WHERE class_id = ?", (class_id,)
    ):
        found[HouseholdId(household_id)].add(PersonId(person_id))
    return {household_id: frozenset(people) for household_id, people in found.items()}


def is_given(database: Database, class_id: ClassId, household_id: HouseholdId, person_id: PersonId) -> bool:
    row = database.execute(
        "SELECT 1 FROM handover WHERE class_id = ? AND household_id = ? AND person_id = ?", (class_id, household_id, person_id)
    ).fetchone()
    return row is not None


def give(database: Database, class_id: ClassId, household_id: HouseholdId, person_id: PersonId, now: float) -> bool:
    """Returns whether that is new."""
    return (
        database.execute(
            "INSERT INTO handover (class_id, household_id, person_id, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (class_id, household_id, person_id, now),
        ).rowcount
        > 0
    )


def take_back(database: Database, class_id: ClassId, household_id: HouseholdId, person_id: PersonId) -> bool:
    """Returns whether there was something to take back."""
    return (
        database.execute(
            "DELETE FROM handover WHERE class_id = ? AND household_id = ? AND person_id = ?",
            (class_id, household_id, person_id),
        ).rowcount
        > 0
    )


def end(database: Database, class_id: ClassId, person_id: PersonId) -> None:
    """The person is staff of the class no more."""
    database.execute("DELETE FROM handover WHERE class_id = ? AND person_id = ?", (class_id, person_id))
