"""Keys that messages of rooms are read with, the places of them that were used, and keys that are withheld from us."""

from __future__ import annotations

from dataclasses import dataclass

from ..database import Database


@dataclass(frozen=True, slots=True)
class RoomKey:
    """See `tables.RoomKeyRow`."""

    room_id: str
    session_id: str
    user_id: str
    curve25519: str
    ed25519: str | None
    pickle: str
    first_index: int


def get(database: Database, room_id: str, session_id: str, user_id: str) -> RoomKey | None:
    """The key of a session that `user_id` has given us. Anybody can give us anybody's, so it is one of each of them."""
    row = database.execute(
        "SELECT room_id, session_id, user_id, curve25519, ed25519, pickle, first_index FROM e2e_room_key"
        " WHERE room_id = ? AND session_id = ? AND user_id = ?",
        (room_id, session_id, user_id),
    ).fetchone()
    return RoomKey(*row) if row else None


def put(database: Database, key: RoomKey, now: float) -> bool:
    """Store a key, unless there is one that reads more, or another device's. Returns whether it is stored."""
    changed = database.execute(
        "INSERT INTO e2e_room_key (room_id, session_id, user_id, curve25519, ed25519, pickle, first_index, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (room_id, session_id, user_id) DO UPDATE SET pickle = excluded.pickle,"
        " first_index = excluded.first_index WHERE excluded.first_index <= e2e_room_key.first_index"
        " AND excluded.curve25519 = e2e_room_key.curve25519",
        (key.room_id, key.session_id, key.user_id, key.curve25519, key.ed25519, key.pickle, key.first_index, now),
    ).rowcount
    return changed > 0


def note_place(database: Database, session_id: str, user_id: str, place: int, event_id: str) -> bool:
    """Note that an event has used this place of somebody's key. Returns False where another event of theirs has."""
    database.execute(
        "INSERT INTO e2e_read (session_id, user_id, place, event_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (session_id, user_id, place, event_id),
    )
    row = database.execute(
        "SELECT event_id FROM e2e_read WHERE session_id = ? AND user_id = ? AND place = ?", (session_id, user_id, place)
    ).fetchone()
    return bool(row[0] == event_id)


def withhold(database: Database, room_id: str, session_id: str, user_id: str, code: str, now: float) -> None:
    """Somebody's device does not give us this key (""  for all keys of theirs)."""
    database.execute(
        "INSERT INTO e2e_withheld (room_id, session_id, user_id, code, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET code = excluded.code, at = excluded.at",
        (room_id, session_id, user_id, code, now),
    )


def is_withheld(database: Database, room_id: str, session_id: str, user_id: str) -> bool:
    """Whether just this key is: a channel that cannot be opened (m.no_olm) may be mended in a moment."""
    return (
        database.execute(
            "SELECT 1 FROM e2e_withheld WHERE room_id = ? AND session_id = ? AND user_id = ? AND session_id <> ''",
            (room_id, session_id, user_id),
        ).fetchone()
        is not None
    )


def why_withheld(database: Database, room_id: str, session_id: str, user_id: str) -> str:
    """The newest code for a key of somebody's, or ""."""
    row = database.execute(
        "SELECT code FROM e2e_withheld WHERE user_id = ? AND (room_id = ? AND session_id = ? OR session_id = '')"
        " ORDER BY at DESC LIMIT 1",
        (user_id, room_id, session_id),
    ).fetchone()
    return row[0] if row else ""


def withheld_no_more(database: Database, room_id: str, session_id: str, user_id: str) -> None:
    database.execute(
        "DELETE FROM e2e_withheld WHERE user_id = ? AND (room_id = ? AND session_id = ? OR session_id = '')",
        (user_id, room_id, session_id),
    )
