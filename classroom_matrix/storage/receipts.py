"""Who has read in rooms of announcements, by read receipts. All functions run in the database's thread."""

from __future__ import annotations

from collections.abc import Iterable

from ..domain.ids import UserId, is_effect_key
from ..domain.rooms import ANNOUNCEMENTS
from .database import Database, json_list

_NOTE = (
    "INSERT INTO receipt (room_id, user_id, at)"
    " SELECT room.room_id, json_extract(said.value, '$[1]'), json_extract(said.value, '$[2]')"
    " FROM json_each(?) AS said JOIN room ON room.room_id = json_extract(said.value, '$[0]') AND room.role = ?"
    " WHERE true ON CONFLICT (room_id, user_id) DO UPDATE SET at = MAX(at, excluded.at)"
)


def note(database: Database, receipts: Iterable[tuple[str, str, int]]) -> int:
    """Keep (room, user, milliseconds) of receipts in rooms of announcements; others are nobody's business. Returns how many.

    Relaxed: what a power cut takes is told again the next time that somebody reads.
    """
    with database.transaction(relaxed=True):
        return database.execute(_NOTE, (json_list(receipts), ANNOUNCEMENTS)).rowcount


def forget_all(database: Database) -> None:
    """The school wants none to be kept."""
    with database.transaction():
        database.execute("DELETE FROM receipt")


def readers_of(database: Database, target: str) -> frozenset[UserId]:
    """Accounts that have read in its room since a message was sent: an effect's key (since it was decided; nobody where it is
    not sent), or the ID of somebody's event (nobody where it is weeks old).
    """
    if is_effect_key(target):
        rows = database.execute(
            "SELECT receipt.user_id FROM outbox JOIN receipt ON receipt.room_id = outbox.room_id"
            " WHERE outbox.key = ? AND outbox.event_id IS NOT NULL AND receipt.at >= outbox.at * 1000",
            (target,),
        )
    else:
        rows = database.execute(
            "SELECT receipt.user_id FROM inbox JOIN receipt ON receipt.room_id = inbox.room_id"
            " WHERE inbox.event_id = ? AND receipt.at >= json_extract(CAST(inbox.fact AS TEXT), '$.at')",
            (target,),
        )
    return frozenset(UserId(row[0]) for row in rows)
