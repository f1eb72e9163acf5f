"""What is known of rooms: whether they are encrypted, how, and who is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ...domain.rooms import MEGOLM
from ..database import Database
from . import devices


@dataclass(frozen=True, slots=True)
class EncryptedRoom:
    """See `tables.EncryptedRoomRow`."""

    room_id: str
    algorithm: str | None
    period: float
    messages: int
    invited_read: bool


_COLUMNS = "room_id, algorithm, period, messages, invited_read"


def get(database: Database, room_id: str) -> EncryptedRoom | None:
    """None where it has to be asked for."""
    return _room(database.execute(f"SELECT {_COLUMNS} FROM e2e_room WHERE room_id = ? AND stale = 0", (room_id,)).fetchone())


def remembered(database: Database, room_id: str) -> EncryptedRoom | None:
    """What was known when it was last asked for, of a room that is encrypted: it still is, as that cannot be switched off."""
    condition = "room_id = ? AND algorithm IS NOT NULL"
    return _room(database.execute(f"SELECT {_COLUMNS} FROM e2e_room WHERE {condition}", (room_id,)).fetchone())


def begin_asking(database: Database, room_id: str) -> tuple[int, EncryptedRoom | None]:
    """The count for `has_changed`, and what is `remembered` of the room."""
    with database.transaction(relaxed=True):
        database.execute(
            "INSERT INTO e2e_room (room_id, period, messages, invited_read, stale) VALUES (?, 0, 0, 0, 1)"
            " ON CONFLICT DO NOTHING",
            (room_id,),
        )
    count = database.execute("SELECT stale FROM e2e_room WHERE room_id = ?", (room_id,)).fetchone()[0]
    return count, remembered(database, room_id)


def has_changed(database: Database, room_id: str, count: int) -> bool:
    """Whether something has happened to the room since it was asked for."""
    return database.execute("SELECT 1 FROM e2e_room WHERE room_id = ? AND stale = ?", (room_id, count)).fetchone() is None


def _room(row: Sequence[Any] | None) -> EncryptedRoom | None:
    return EncryptedRoom(row[0], row[1], row[2], row[3], bool(row[4])) if row else None


def put(database: Database, room: EncryptedRoom, members: Iterable[tuple[str, str]]) -> bool:
    """Take over what the homeserver answered. `members`: (user, membership), of an encrypted room.

    Returns:
        Whether somebody is new there.
    """
    database.execute(
        f"INSERT INTO e2e_room ({_COLUMNS}, stale) VALUES (?, ?, ?, ?, ?, 0)"
        " ON CONFLICT (room_id) DO UPDATE SET algorithm = excluded.algorithm, period = excluded.period,"
        " messages = excluded.messages, invited_read = excluded.invited_read, stale = 0",
        (room.room_id, room.algorithm, room.period, room.messages, room.invited_read),
    )
    before = database.execute("SELECT user_id, membership FROM e2e_member WHERE room_id = ?", (room.room_id,)).fetchall()
    database.execute("DELETE FROM e2e_member WHERE room_id = ?", (room.room_id,))
    rows = [(room.room_id, user_id, membership) for user_id, membership in members]
    if rows:
        database.insert("e2e_member (room_id, user_id, membership)", rows)
        devices.changed(database, [user_id for _, user_id, _ in rows])
    return not {(user_id, membership) for _, user_id, membership in rows} <= set(before)


def forget(database: Database, room_id: str) -> None:
    """It has to be asked for before it is used again. That it is encrypted is not forgotten."""
    database.execute("UPDATE e2e_room SET stale = stale + 1 WHERE room_id = ?", (room_id,))


def forget_all(database: Database) -> None:
    database.execute("UPDATE e2e_room SET stale = stale + 1")


def note_change(database: Database, room_id: str) -> None:
    """`forget`, of its own: for a process that changes a room while another one may be sending."""
    with database.transaction():
        forget(database, room_id)


def plain(database: Database) -> set[str]:
    """Rooms that are known not to be encrypted."""
    return {row[0] for row in database.execute("SELECT room_id FROM e2e_room WHERE algorithm IS NULL AND stale = 0")}


def encrypted_otherwise(database: Database) -> list[str]:
    """Rooms that are encrypted in another way than we know, so that nothing can be said there."""
    rows = database.execute("SELECT room_id FROM e2e_room WHERE algorithm <> ? ORDER BY room_id", (MEGOLM,))
    return [row[0] for row in rows]


def follow_member(database: Database, room_id: str, user_id: str, membership: str) -> bool:
    """Somebody came, went or was invited; of no interest where the room is not known to be encrypted.

    Events come late and out of their order now and then. So one that changes something makes the room be asked for, too: it
    never gives anybody keys by itself.

    The list of somebody who is new there has to be asked for even where it was before: the homeserver tells of changes only as
    long as we share a room that they have joined, and a /sync filtered to no rooms does not say who has.

    Returns:
        Whether somebody is new there.
    """
    # It may be asked for at this moment.
    database.execute("UPDATE e2e_room SET stale = stale + 1 WHERE room_id = ? AND stale > 0", (room_id,))
    if membership in ("join", "invite"):
        new = database.execute(
            "INSERT INTO e2e_member (room_id, user_id, membership) SELECT ?1, ?2, ?3 WHERE EXISTS"
            " (SELECT 1 FROM e2e_room WHERE room_id = ?1 AND algorithm IS NOT NULL)"
            " ON CONFLICT (room_id, user_id) DO UPDATE SET membership = excluded.membership"
            " WHERE membership <> excluded.membership",
            (room_id, user_id, membership),
        ).rowcount
        if new > 0:
            forget(database, room_id)
            devices.changed(database, [user_id])
        return new > 0
    if database.execute("DELETE FROM e2e_member WHERE room_id = ? AND user_id = ?", (room_id, user_id)).rowcount:
        forget(database, room_id)
    return False


def members(database: Database, room_id: str, *, invited: bool) -> Sequence[str]:
    rows = database.gather("user_id", "FROM e2e_member WHERE room_id = ? AND (membership = 'join' OR ?)", (room_id, invited))
    return sorted(row[0] for row in rows)


def knows(database: Database, user_id: str) -> bool:
    """Whether somebody is in an encrypted room of ours, or was when their devices were last of interest."""
    return (
        database.execute(
            "SELECT 1 FROM e2e_user WHERE user_id = ?1 UNION ALL SELECT 1 FROM e2e_member WHERE user_id = ?1 LIMIT 1",
            (user_id,),
        ).fetchone()
        is not None
    )
