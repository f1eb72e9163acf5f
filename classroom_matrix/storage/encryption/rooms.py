"""What is known of rooms: whether they are encrypted, how, and who is in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


def get(database: Database, room_id: str) -> EncryptedRoom | None:
    row = database.execute(
        "SELECT room_id, algorithm, period, messages, invited_read FROM e2e_room WHERE room_id = ?", (room_id,)
    ).fetchone()
    return EncryptedRoom(row[0], row[1], row[2], row[3], bool(row[4])) if row else None


def put(database: Database, room: EncryptedRoom, members: Iterable[tuple[str, str]]) -> None:
    """Take over what the homeserver answered. `members`: (user, membership), of an encrypted room."""
    database.execute(
        "INSERT INTO e2e_room (room_id, algorithm, period, messages, invited_read) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (room_id) DO UPDATE SET algorithm = excluded.algorithm, period = excluded.period,"
        " messages = excluded.messages, invited_read = excluded.invited_read",
        (room.room_id, room.algorithm, room.period, room.messages, room.invited_read),
    )
    database.execute("DELETE FROM e2e_member WHERE room_id = ?", (room.room_id,))
    rows = [(room.room_id, user_id, membership) for user_id, membership in members]
    if rows:
        database.insert("e2e_member (room_id, user_id, membership)", rows)
        devices.changed(database, [user_id for _, user_id, _ in rows])


def forget(database: Database, room_id: str) -> None:
    """It has to be asked for before it is used again."""
    database.execute("DELETE FROM e2e_room WHERE room_id = ?", (room_id,))


def follow_member(database: Database, room_id: str, user_id: str, membership: str) -> bool:
    """Somebody came, went or was invited; of no interest where the room is not known to be encrypted.

    The list of somebody who is new there has to be asked for even where it was before: the homeserver tells of changes only as
    long as we share a room that they have joined, and a /sync filtered to no rooms does not say who has.

    Returns:
        Whether somebody is new there.
    """
    if membership in ("join", "invite"):
        new = database.execute(
            "INSERT INTO e2e_member (room_id, user_id, membership) SELECT ?1, ?2, ?3 WHERE EXISTS"
            " (SELECT 1 FROM e2e_room WHERE room_id = ?1 AND algorithm IS NOT NULL)"
            " ON CONFLICT (room_id, user_id) DO UPDATE SET membership = excluded.membership"
            " WHERE membership <> excluded.membership",
            (room_id, user_id, membership),
        ).rowcount
        if new > 0:
            devices.changed(database, [user_id])
        return new > 0
    database.execute("DELETE FROM e2e_member WHERE room_id = ? AND user_id = ?", (room_id, user_id))
    return False


def members(database: Database, room_id: str, *, invited: bool) -> Sequence[str]:
    rows = database.gather("user_id", "FROM e2e_member WHERE room_id = ? AND (membership = 'join' OR ?)", (room_id, invited))
    return sorted(row[0] for row in rows)
