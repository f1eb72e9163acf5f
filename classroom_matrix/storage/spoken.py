"""What became of the words that guardians wrote in desks and private chats, for as long as they may be edited. Holds no words.

All functions run in the database's thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import EventId, PersonId, RoomId
from .database import Database

KEPT = 24 * 3600 * 1000
"""Milliseconds."""

OPEN, TAKEN, CHOSE = "open", "taken", "chose"
"""They meant nothing, or something that was asked back; they were taken; they chose from a list, and mean nothing elsewhere."""


@dataclass(frozen=True, slots=True)
class Word:
    """A message. `at`: its time, milliseconds; `last`: whether nothing newer of the same person stands in the room."""

    person_id: PersonId
    at: int
    fate: str
    last: bool


def put(database: Database, event_id: EventId, room_id: RoomId, person_id: PersonId, at: int, fate: str) -> None:
    """Write down what became of a message; a second time only its fate."""
    database.execute("DELETE FROM spoken WHERE room_id = ? AND at < ?", (room_id, at - KEPT))
    database.execute(
        "INSERT INTO spoken (event_id, room_id, person_id, at, fate) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (event_id) DO UPDATE SET fate = excluded.fate",
        (event_id, room_id, person_id, at, fate),
    )


def get(database: Database, room_id: RoomId, event_id: EventId) -> Word | None:
    row = database.execute(
        "SELECT person_id, at, fate, NOT EXISTS (SELECT 1 FROM spoken AS newer WHERE newer.room_id = spoken.room_id"
        " AND newer.person_id = spoken.person_id AND (newer.at, newer.rowid) > (spoken.at, spoken.rowid))"
        " FROM spoken WHERE event_id = ? AND room_id = ?",
        (event_id, room_id),
    ).fetchone()
    return Word(PersonId(row[0]), row[1], row[2], bool(row[3])) if row else None


def close(database: Database, event_id: EventId) -> None:
    """What the message was asked about is answered: it is as good as taken."""
    database.execute("UPDATE spoken SET fate = ? WHERE event_id = ?", (TAKEN, event_id))


def drop(database: Database, event_id: EventId) -> None:
    """The message was deleted."""
    database.execute("DELETE FROM spoken WHERE event_id = ?", (event_id,))


def forget_old(database: Database, before: int) -> None:
    """`before`: milliseconds."""
    database.execute("DELETE FROM spoken WHERE at < ?", (before,))
