"""Plugins' tables: bound, created, and brought forward, each plugin at its own version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .database import Database


def prepare(database: Database, plugin: str, tables: Sequence[type[Any]], migrations: Sequence[Callable[[Any], None]]) -> None:
    """Bind `tables`, create what is missing, and run the migrations that this database has not seen."""
    if not tables:
        return
    name = f"tables of {plugin}"
    with database.transaction():
        database.peewee.bind(tables)
        row = database.execute("SELECT value FROM installation WHERE name = ?", (name,)).fetchone()
        database.peewee.create_tables(tables)
        if row is not None:  # a new database has the newest form already
            for step in migrations[int(row[0]) :]:
                step(database.peewee)
        database.execute(
            "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, str(len(migrations))),
        )
