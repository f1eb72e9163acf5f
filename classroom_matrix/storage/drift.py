"""Rooms that have to be looked at again. All functions run in the database's thread."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import ClassId, RoomId
from .database import Database


@dataclass(frozen=True, slots=True)
class Drift:
    """A reason to look. `room_id` is None for the whole class; `count` changes when there is a new reason."""

    class_id: ClassId
    room_id: RoomId | None
    count: int


def mark(database: Database, class_id: ClassId, room_id: RoomId | None, now: float) -> None:
    """This room, or with None the whole class, may not be as it should. `now`: UTC seconds."""
    database.execute(
        "INSERT INTO drift (class_id, room_id, since, count) VALUES (?, ?, ?, 1)"
        " ON CONFLICT (class_id, room_id) DO UPDATE SET count = count + 1",
        (class_id, room_id or "", now),
    )


def marked(database: Database) -> list[Drift]:
    """Everything that has to be looked at, oldest first."""
    rows = database.execute("SELECT class_id, room_id, count FROM drift ORDER BY since")
    return [Drift(ClassId(row[0]), RoomId(row[1]) if row[1] else None, row[2]) for row in rows]


def unmark(database: Database, drift: Drift) -> None:
    """It was looked at; a reason that came in the meantime keeps the mark."""
    database.execute(
        "DELETE FROM drift WHERE class_id = ? AND room_id = ? AND count = ?", (drift.class_id, drift.room_id or "", drift.count)
    )
