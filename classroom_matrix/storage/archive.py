"""Classes whose year is over. All functions run in the database's thread."""

from __future__ import annotations

from ..domain.ids import ClassId
from . import installation
from .database import Database


def is_archived(database: Database, class_id: ClassId) -> bool:
    """Whether the class's rooms are kept for reading only."""
    return installation.get(database, f"archived {class_id}") is not None


def successor(database: Database, class_id: ClassId) -> ClassId | None:
    """The class that an archived one goes on as; None for a class that is not archived."""
    found = installation.get(database, f"archived {class_id}")
    return None if found is None else ClassId(found)


def archive(database: Database, class_id: ClassId, successor: ClassId) -> None:
    """The year is over; `successor` is the class that goes on, and with it the addresses of calendars."""
    database.execute("UPDATE calendar_key SET class_id = ? WHERE class_id = ?", (successor, class_id))
    installation.put(database, f"archived {class_id}", successor)
