"""Who has read in rooms of announcements, by read receipts. All functions run in the database's thread."""

from __future__ import annotations

from ..domain.ids import UserId
from .database import Database


def readers_of(database: Database, key: str) -> frozenset[UserId]:
    """Accounts that have read in its room since the effect of this key was decided; nobody where it is not sent."""
    rows = database.execute(
        "SELECT receipt.user_id FROM outbox JOIN receipt ON receipt.room_id = outbox.room_id"
        " WHERE outbox.key = ? AND outbox.event_id IS NOT NULL AND receipt.at >= outbox.at * 1000",
        (key,),
    )
    return frozenset(UserId(row[0]) for row in rows)
