"""How much cannot be read at the moment, for the terminal. All functions run in the database's thread."""

from __future__ import annotations

from ..database import Database


def messages(database: Database) -> int:
    """Messages that are kept until their key comes."""
    return int(database.execute("SELECT COUNT(*) FROM e2e_kept").fetchone()[0])


def people_told(database: Database) -> int:
    """People who were told that they cannot be read, and still cannot."""
    return int(database.execute("SELECT COUNT(DISTINCT user_id) FROM e2e_told WHERE heard_at IS NULL").fetchone()[0])
