"""Who spoke, and where: the two look-ups that every fact needs, made for many facts at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..domain.ids import ClassId, FamilyId, HouseholdId, PersonId, RoomId, UserId
from ..domain.people import Person, Role
from ..domain.time import QuietHours
from .database import Database, json_list
from .leavers import HERE
from .people import read_rights


@dataclass(frozen=True, slots=True)
class Place:
    """A room of ours. `class_id` is None for a private chat with the bot."""

    room_id: RoomId
    class_id: ClassId | None
    role: str
    household_id: HouseholdId | None


def places(database: Database, room_ids: Iterable[str]) -> dict[RoomId, Place]:
    """Those of the rooms that are ours."""
    rows = database.gather(
        "room_id, class_id, role, household_id",
        "FROM json_each(?) AS wanted JOIN room ON room.room_id = wanted.value WHERE replaced_by IS NULL",
        (json_list(room_ids),),
    )
    return {RoomId(row[0]): Place(*row) for row in rows}


def place(database: Database, room_id: RoomId) -> Place | None:
    return places(database, (room_id,)).get(room_id)


def current_room(database: Database, class_id: str, room_id: str) -> RoomId | None:
    """A room of the class, or the one that took its place; None if it is not the class's."""
    row = database.execute(
        "WITH RECURSIVE line (room_id, replaced_by, step) AS ("
        " SELECT room_id, replaced_by, 0 FROM room WHERE room_id = ? AND class_id = ?"
        " UNION ALL SELECT room.room_id, room.replaced_by, step + 1 FROM room JOIN line ON room.room_id = line.replaced_by"
        " WHERE room.class_id = ? AND step < 20"
        ") SELECT room_id FROM line ORDER BY step DESC LIMIT 1",
        (room_id, class_id, class_id),
    ).fetchone()
    return RoomId(row[0]) if row else None


def room_with_role(database: Database, class_id: str, role: str) -> RoomId | None:
    row = database.execute(
        "SELECT room_id FROM room WHERE class_id = ? AND role = ? AND replaced_by IS NULL", (class_id, role)
    ).fetchone()
    return RoomId(row[0]) if row else None


def desks(database: Database, household_ids: Iterable[str]) -> dict[tuple[str, str], RoomId]:
    """Rooms of households by class and household, of those that have one already."""
    rows = database.gather(
        "class_id, household_id, room_id",
        "FROM json_each(?) AS wanted JOIN room ON room.household_id = wanted.value WHERE replaced_by IS NULL",
        (json_list(household_ids),),
    )
    return {(class_id, household_id): RoomId(room_id) for class_id, household_id, room_id in rows}


def remember_private_chat(database: Database, room_id: str, user_id: str) -> None:
    database.execute(
        "INSERT INTO room (room_id, role, person_id) SELECT ?, 'private', id FROM person WHERE user_id = ?"
        " ON CONFLICT DO NOTHING",
        (room_id, user_id),
    )


def private_chats(database: Database, person_id: PersonId) -> list[RoomId]:
    """Chats that the person has opened with the bot, newest first."""
    rows = database.execute(
        "SELECT room_id FROM room WHERE role = 'private' AND person_id = ? ORDER BY rowid DESC", (person_id,)
    )
    return [RoomId(row[0]) for row in rows]


def people(database: Database, user_ids: Iterable[str]) -> dict[tuple[ClassId, UserId], Person]:
    """The people behind accounts, as their classes know them; strangers and people with a court limit are nobody."""
    rows = database.gather(
        "member.class_id, person.id, person.name, member.role, person.user_id, person.language, member.family_id,"
        " member.household_id, member.rights, person.quiet",
        "FROM json_each(?) AS wanted JOIN person ON person.user_id = wanted.value"
        " JOIN member ON member.person_id = person.id WHERE NOT member.limited",
        (json_list(user_ids),),
    )
    return {
        (ClassId(class_id), UserId(user)): Person(
            PersonId(id_),
            name,
            Role(role),
            UserId(user),
            language,
            FamilyId(family) if family else None,
            HouseholdId(household) if household else None,
            rights=read_rights(rights),
            quiet=QuietHours.of(quiet) if quiet else None,
        )
        for class_id, id_, name, role, user, language, family, household, rights, quiet in rows
    }


def person(database: Database, class_id: ClassId, user_id: UserId) -> Person | None:
    """The person behind an account, as this class knows them."""
    return people(database, (user_id,)).get((class_id, user_id))


def classes_of(database: Database, user_id: str) -> list[ClassId]:
    """Classes that this account belongs to and whose year is not over."""
    rows = database.execute(
        "SELECT member.class_id FROM person JOIN member ON member.person_id = person.id"
        f" WHERE person.user_id = ? AND NOT member.limited AND {HERE} AND NOT EXISTS"
        " (SELECT 1 FROM installation WHERE name = 'archived ' || member.class_id) ORDER BY member.class_id",
        (user_id,),
    )
    return [ClassId(row[0]) for row in rows]


def note_word_of_staff(database: Database, room_id: RoomId, at: int) -> None:
    """Staff have said something in a desk. `at`: milliseconds."""
    database.execute("UPDATE room SET staff_at = MAX(IFNULL(staff_at, 0), ?) WHERE room_id = ?", (at, room_id))


def last_word_of_staff(database: Database, room_id: RoomId) -> int | None:
    row = database.execute("SELECT staff_at FROM room WHERE room_id = ?", (room_id,)).fetchone()
    return row[0] if row else None
