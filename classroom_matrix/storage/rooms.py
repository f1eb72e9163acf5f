"""Which rooms are ours. All functions run in the database's thread."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import ClassId, HouseholdId, RoomId
from .database import Database


@dataclass(frozen=True, slots=True)
class KnownRoom:
    """A room of a class that has not been replaced. `key`: its role, for desks ``desk.<household>``."""

    room_id: RoomId
    role: str
    household_id: HouseholdId | None

    @property
    def key(self) -> str:
        return self.role if self.household_id is None else f"{self.role}.{self.household_id}"


def rooms_of_class(database: Database, class_id: ClassId) -> list[KnownRoom]:
    rows = database.execute(
        "SELECT room_id, role, household_id FROM room WHERE class_id = ? AND replaced_by IS NULL ORDER BY rowid", (class_id,)
    )
    return [KnownRoom(*row) for row in rows]


def room_of_household(database: Database, class_id: ClassId, household_id: HouseholdId) -> RoomId | None:
    """The household's desk, if it was made already."""
    row = database.execute(
        "SELECT room_id FROM room WHERE class_id = ? AND household_id = ? AND replaced_by IS NULL", (class_id, household_id)
    ).fetchone()
    return RoomId(row[0]) if row else None


def remember_room(
    database: Database, room_id: RoomId, class_id: ClassId, role: str, household_id: HouseholdId | None = None
) -> None:
    """This is the class's room for the role from now on."""
    database.execute(
        "INSERT INTO room (room_id, class_id, role, household_id) VALUES (?, ?, ?, ?) ON CONFLICT (room_id) DO UPDATE SET"
        " class_id = excluded.class_id, role = excluded.role, household_id = excluded.household_id, replaced_by = NULL",
        (room_id, class_id, role, household_id),
    )


def replace_room(database: Database, old: RoomId, new: RoomId) -> None:
    """The room was upgraded: `new` takes the place of `old`, which stays known."""
    with database.transaction():
        database.execute(
            "INSERT INTO room (room_id, class_id, role, household_id)"
            " SELECT ?, class_id, role, household_id FROM room WHERE room_id = ?"
            " ON CONFLICT (room_id) DO UPDATE SET class_id = excluded.class_id, role = excluded.role,"
            " household_id = excluded.household_id, replaced_by = NULL",
            (new, old),
        )
        database.execute("UPDATE room SET replaced_by = ? WHERE room_id = ?", (new, old))


def known_room_ids(database: Database) -> set[RoomId]:
    """Every room that the service knows, replaced ones and private chats included."""
    return {RoomId(row[0]) for row in database.execute("SELECT room_id FROM room")}
