"""Who spoke, and where: the two look-ups that every fact needs."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId, RoomId, UserId
from ..domain.people import Person, Role
from .database import Database


@dataclass(frozen=True, slots=True)
class Place:
    """A room of ours. `class_id` is None for a private chat with the bot."""

    room_id: RoomId
    class_id: ClassId | None
    role: str
    household_id: HouseholdId | None


def place(database: Database, room_id: str) -> Place | None:
    row = database.execute(
        "SELECT room_id, class_id, role, household_id FROM room WHERE room_id = ? AND replaced_by IS NULL", (room_id,)
    ).fetchone()
    return Place(*row) if row else None


def room_with_role(database: Database, class_id: str, role: str) -> RoomId | None:
    row = database.execute(
        "SELECT room_id FROM room WHERE class_id = ? AND role = ? AND replaced_by IS NULL", (class_id, role)
    ).fetchone()
    return RoomId(row[0]) if row else None


def remember_private_chat(database: Database, room_id: str, user_id: str) -> None:
    database.execute(
        "INSERT INTO room (room_id, role, person_id) SELECT ?, 'private', id FROM person WHERE user_id = ?"
        " ON CONFLICT DO NOTHING",
        (room_id, user_id),
    )


def person(database: Database, class_id: str, user_id: str) -> Person | None:
    """The person behind an account, as this class knows them; None for strangers and people with a court limit."""
    row = database.execute(
        "SELECT person.id, person.name, member.role, person.user_id, person.language, member.family_id, member.household_id"
        " FROM person JOIN member ON member.person_id = person.id"
        " WHERE person.user_id = ? AND member.class_id = ? AND NOT member.limited",
        (user_id, class_id),
    ).fetchone()
    if row is None:
        return None
    id_, name, role, user, language, family, household = row
    return Person(
        PersonId(id_),
        name,
        Role(role),
        UserId(user),
        language,
        FamilyId(family) if family else None,
        HouseholdId(household) if household else None,
    )


def classes_of(database: Database, user_id: str) -> list[ClassId]:
    """Classes that this account belongs to."""
    rows = database.execute(
        "SELECT member.class_id FROM person JOIN member ON member.person_id = person.id"
        " WHERE person.user_id = ? AND NOT member.limited ORDER BY member.class_id",
        (user_id,),
    )
    return [ClassId(row[0]) for row in rows]
