"""Small facts about this installation, by name. All functions run in the database's thread."""

from __future__ import annotations

from .database import Database


def get(database: Database, name: str) -> str | None:
    row = database.execute("SELECT value FROM installation WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def put(database: Database, name: str, value: str) -> None:
    database.execute(
        "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
