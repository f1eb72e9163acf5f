"""Small facts about this installation, by name. All functions run in the database's thread."""

from __future__ import annotations

import secrets

from .database import Database


def get(database: Database, name: str) -> str | None:
    row = database.execute("SELECT value FROM installation WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def ensure_secret(database: Database, name: str) -> None:
    """Draw a secret of 32 bytes, kept as hexadecimal digits, unless there is one."""
    database.execute(
        "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING", (name, secrets.token_hex(32))
    )


def put(database: Database, name: str, value: str) -> None:
    database.execute(
        "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
