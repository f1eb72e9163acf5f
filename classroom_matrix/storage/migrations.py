"""Forward-only changes of the core's tables. The version is SQLite's own `user_version`."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ..errors import StorageError
from .encryption.tables import TABLES as ENCRYPTION
from .tables import (
    TABLES,
    CalendarKeyRow,
    ConsentRow,
    HandoverRow,
    HeldLetterRow,
    InvitationRow,
    JoinSessionRow,
    QuestionRow,
    ReceiptRow,
    SpokenRow,
    TaskRow,
)

if TYPE_CHECKING:
    from .database import Database


def _create(database: Database) -> None:
    database.peewee.create_tables(TABLES)


def _let_people_in(database: Database) -> None:
    """Invitations, sessions of the join page, consents, hand-overs, tasks. `create_tables` leaves what is there alone."""
    database.peewee.create_tables((InvitationRow, JoinSessionRow, ConsentRow, HandoverRow, TaskRow))


def _week(database: Database) -> None:
    """Held letters, questions in desks, receipts, calendars; people's own quiet hours and the committee's rights."""
    database.peewee.create_tables((HeldLetterRow, QuestionRow, ReceiptRow, CalendarKeyRow))
    _add_columns(
        database,
        ("person", "quiet", "VARCHAR(255)"),
        ("household", "rung_at", "REAL"),
        ("room", "staff_at", "INTEGER"),
        ("member", "rights", "VARCHAR(255) NOT NULL DEFAULT ''"),
        ("card", "prompt", "INTEGER NOT NULL DEFAULT 0"),
    )
    database.peewee.connection().execute(
        "CREATE INDEX IF NOT EXISTS outbox_letter ON outbox (household_id, seq) WHERE household_id IS NOT NULL"
    )


def _second_thoughts(database: Database) -> None:
    """What became of words in desks, in case they are edited."""
    database.peewee.create_tables((SpokenRow,))
    _add_columns(database, ("question", "passed_by", "VARCHAR(255)"))


def _encryption(database: Database) -> None:
    """The service's own device and identity, other people's devices, keys; what an effect looks like in an encrypted room."""
    database.peewee.create_tables(ENCRYPTION)
    _add_columns(database, ("outbox", "sealed", "BLOB"))


def _add_columns(database: Database, *wanted: tuple[str, str, str]) -> None:
    """Add columns (table, name, type) that are not there: a new database has them from `_create`."""
    connection = database.peewee.connection()
    for table, column, kind in wanted:
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
        if column not in columns:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column} {kind}")


STEPS: tuple[Callable[[Database], None], ...] = (_create, _let_people_in, _week, _second_thoughts, _encryption)
"""Append only. A step runs once, in the transaction that also raises the version."""


def migrate(database: Database) -> None:
    """Bring the tables to this release's form.

    Raises:
        StorageError: a newer release wrote the database.
    """
    connection = database.peewee.connection()
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(STEPS):
        raise StorageError(f"a newer release wrote this database (version {version}, this one knows {len(STEPS)})")
    for step in STEPS[version:]:
        step(database)
    connection.execute(f"PRAGMA user_version = {len(STEPS)}")
