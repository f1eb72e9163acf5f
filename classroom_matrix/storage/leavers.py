"""Who has left a class. What was known of them stays, out of everybody's sight, until they are erased or come back.

A leaver's rows say ``left <class>`` in place of the class; no class can be called so. Whoever asks for the classes of a person
leaves these out (`HERE`). All functions run in the database's thread.
"""

from __future__ import annotations

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId
from ..domain.people import Role
from . import register
from .database import Database

PREFIX = "left "
HERE = f"member.class_id NOT LIKE '{PREFIX}%'"
"""In SQL: the row is not a leaver's."""


def former(class_id: ClassId) -> ClassId:
    """What stands in a leaver's rows in place of the class."""
    return ClassId(PREFIX + class_id)


def is_former(class_id: str) -> bool:
    return class_id.startswith(PREFIX)


def plain(class_id: str) -> ClassId:
    """The class, of leavers the one that they have left."""
    return ClassId(class_id.removeprefix(PREFIX))


def has_left(database: Database, class_id: ClassId, pupil_id: PersonId) -> bool:
    """Whether the pupil was taken out of the class by `leave`; a list that still names them does not bring them back."""
    row = database.execute("SELECT 1 FROM pupil WHERE id = ? AND class_id = ?", (pupil_id, former(class_id))).fetchone()
    return row is not None


def take_out_pupil(database: Database, class_id: ClassId, pupil_id: PersonId) -> None:
    database.execute("UPDATE pupil SET class_id = ? WHERE id = ? AND class_id = ?", (former(class_id), pupil_id, class_id))


def take_out_person(database: Database, class_id: ClassId, person_id: PersonId) -> None:
    """The person is nothing to the class from now on, and no desk is handed over to them."""
    database.execute(
        "INSERT INTO member (class_id, person_id, role, family_id, household_id, limited)"
        " SELECT ?, person_id, role, family_id, household_id, limited FROM member WHERE class_id = ? AND person_id = ?"
        " ON CONFLICT (class_id, person_id) DO UPDATE SET"
        " role = excluded.role, family_id = excluded.family_id, household_id = excluded.household_id,"
        " limited = excluded.limited",
        (former(class_id), class_id, person_id),
    )
    register.remove_member(database, class_id, person_id)
    database.execute("DELETE FROM handover WHERE class_id = ? AND person_id = ?", (class_id, person_id))
    if not belongs_somewhere(database, person_id):
        database.execute("UPDATE person SET quiet = NULL WHERE id = ?", (person_id,))


def take_back(database: Database, class_id: ClassId, pupil_id: PersonId) -> FamilyId | None:
    """The pupil comes back, and the family's people as they were. Returns the family; None if the pupil has not left."""
    gone = former(class_id)
    row = database.execute("SELECT family_id FROM pupil WHERE id = ? AND class_id = ?", (pupil_id, gone)).fetchone()
    if row is None:
        return None
    database.execute("UPDATE pupil SET class_id = ? WHERE id = ?", (class_id, pupil_id))
    people = database.execute(
        "SELECT person_id, role, household_id, limited FROM member WHERE class_id = ? AND family_id = ?"
        " AND person_id NOT IN (SELECT person_id FROM member WHERE class_id = ?)",
        (gone, row[0], class_id),
    ).fetchall()
    for person_id, role, household_id, limited in people:
        register.set_member(
            database,
            class_id,
            PersonId(person_id),
            Role(role),
            family_id=FamilyId(row[0]),
            household_id=HouseholdId(household_id) if household_id else None,
            limited=bool(limited),
        )
    database.execute("DELETE FROM member WHERE class_id = ? AND family_id = ?", (gone, row[0]))
    return FamilyId(row[0])


def belongs_somewhere(database: Database, person_id: PersonId) -> bool:
    """Whether the person is anything to any class."""
    row = database.execute(f"SELECT 1 FROM member WHERE person_id = ? AND {HERE} LIMIT 1", (person_id,)).fetchone()
    return row is not None
