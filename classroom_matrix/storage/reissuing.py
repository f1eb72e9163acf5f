"""Who may give somebody a new slip.

Whoever holds one gets what that person has, in every class: so a slip must open nothing that the one who asks for it may not
see anyway, and take over nobody's rights.

All functions run in the database's thread.
"""

from __future__ import annotations

from enum import StrEnum

from ..domain.ids import ClassId, HouseholdId, PersonId, UserId
from ..domain.people import STAFF, Role
from . import handovers
from .database import Database, json_list
from .leavers import HERE


class Obstacle(StrEnum):
    """Why somebody gets no slip from the chat. With school IT's way, ``slips --pupil NAME --again``, the first two get one."""

    STAFF = "staff"  # of any class: the slip would be the key to that class
    OTHER_DESK = "elsewhere"  # they have a desk in a class that whoever asks does not teach
    TEACHERS_ONLY = "teachers-only"  # they are in, or their household's desk is in use, and no teacher of the class asks


def obstacle(database: Database, class_id: ClassId, asker: PersonId, person_id: PersonId) -> Obstacle | None:
    """What stands in the way of `asker` giving `person_id` of the class a new slip; None where nothing does."""
    if _is_staff(database, person_id):
        return Obstacle.STAFF
    if _has_desk_elsewhere(database, class_id, asker, person_id):
        return Obstacle.OTHER_DESK
    row = database.execute("SELECT role FROM member WHERE class_id = ? AND person_id = ?", (class_id, asker)).fetchone()
    role = Role(row[0]) if row else None
    if role is Role.TEACHER:
        return None
    if role is not Role.SUBSTITUTE or is_in(database, person_id) or _desk_is_in_use(database, class_id, asker, person_id):
        return Obstacle.TEACHERS_ONLY
    return None


def is_in(database: Database, person_id: PersonId) -> bool:
    """Whether somebody has come in at any time; a new slip that is not used yet changes nothing about that."""
    row = database.execute(
        "SELECT 1 FROM invitation WHERE person_id = ? AND (arrived_at IS NOT NULL OR admitted_at IS NOT NULL)", (person_id,)
    ).fetchone()
    return row is not None


def households_of(database: Database, person_id: PersonId) -> list[tuple[ClassId, HouseholdId | None]]:
    """The person's classes whose year is not over, and the household there that has a desk."""
    rows = database.execute(
        "SELECT class_id, CASE role WHEN 'guardian' THEN household_id END FROM member"
        f" WHERE person_id = ? AND NOT limited AND {HERE}"
        " AND NOT EXISTS (SELECT 1 FROM installation WHERE name = 'archived ' || member.class_id) ORDER BY class_id",
        (person_id,),
    )
    return [(ClassId(class_id), HouseholdId(household_id) if household_id else None) for class_id, household_id in rows]


def teachers(database: Database, class_id: ClassId) -> frozenset[UserId]:
    """Accounts of the class's teachers, without those who stand in for one."""
    rows = database.execute(
        "SELECT user_id FROM member JOIN person ON person.id = person_id"
        " WHERE class_id = ? AND role = 'teacher' AND NOT limited AND user_id IS NOT NULL",
        (class_id,),
    )
    return frozenset(UserId(row[0]) for row in rows)


def _is_staff(database: Database, person_id: PersonId) -> bool:
    row = database.execute(
        f"SELECT 1 FROM member WHERE person_id = ? AND {HERE} AND role IN (SELECT value FROM json_each(?))",
        (person_id, json_list(STAFF)),
    ).fetchone()
    return row is not None


def _has_desk_elsewhere(database: Database, class_id: ClassId, asker: PersonId, person_id: PersonId) -> bool:
    """Desks move to the class that goes on; in a class whose year is over one counts that was left there."""
    row = database.execute(
        "SELECT 1 FROM member WHERE person_id = ? AND class_id <> ? AND role = 'guardian' AND household_id IS NOT NULL"
        f" AND NOT limited AND {HERE}"
        " AND NOT EXISTS (SELECT 1 FROM member AS own WHERE own.class_id = member.class_id AND own.person_id = ?"
        " AND own.role = 'teacher')"
        " AND (NOT EXISTS (SELECT 1 FROM installation WHERE name = 'archived ' || member.class_id)"
        " OR EXISTS (SELECT 1 FROM room WHERE room.class_id = member.class_id AND room.household_id = member.household_id))",
        (person_id, class_id, asker),
    ).fetchone()
    return row is not None


def _desk_is_in_use(database: Database, class_id: ClassId, asker: PersonId, person_id: PersonId) -> bool:
    """Whether somebody of the person's household has come in, and its desk was not handed over to `asker`."""
    row = database.execute(
        "SELECT household_id FROM member WHERE class_id = ? AND person_id = ? AND role = 'guardian'", (class_id, person_id)
    ).fetchone()
    if row is None or row[0] is None or asker in handovers.of_class(database, class_id).get(row[0], ()):
        return False
    others = database.execute(
        "SELECT 1 FROM member JOIN person ON person.id = member.person_id"
        " LEFT JOIN invitation ON invitation.person_id = member.person_id"
        " WHERE class_id = ? AND household_id = ? AND member.person_id <> ? AND person.user_id IS NOT NULL"
        " AND (invitation.person_id IS NULL OR arrived_at IS NOT NULL OR admitted_at IS NOT NULL)",
        (class_id, row[0], person_id),
    ).fetchone()
    return others is not None
