"""Copies of a database file that a service may be writing to at the same time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from ..errors import StorageError

_PAGES = 2_000
"""Copied between two calls of `progress`: 8 MB."""


def take(source: Path, target: Path, progress: Callable[[int, int], None] = lambda _done, _total: None) -> None:
    """Copy a database as it is at this moment; what is written meanwhile is not in it and does not wait.

    Args:
        source: may be open elsewhere.
        target: a new or empty file.
        progress: told how many pages of how many are copied.

    Raises:
        StorageError: one of the files cannot be used.
    """
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)) as original,
            closing(sqlite3.connect(target)) as copy,
        ):
            original.execute("BEGIN")  # else the copy begins anew whenever somebody writes
            original.execute("SELECT 1 FROM sqlite_schema").fetchone()
            original.backup(copy, pages=_PAGES, progress=lambda _, left, total: progress(total - left, total))
    except sqlite3.Error as error:
        raise StorageError(f"{source} cannot be copied: {error}") from error


def compact(path: Path) -> None:
    """Rewrite a database that nobody else has open, without the remains of what was deleted, as one file.

    Raises:
        StorageError: it is damaged, or the disk is full.
    """
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise StorageError(f"the database is damaged: {found}")
            connection.execute("VACUUM")
            connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    except sqlite3.Error as error:
        raise StorageError(f"{path} cannot be rewritten: {error}") from error


def is_open_elsewhere(path: Path) -> bool:
    """Whether a program has this database open, also one that does nothing at the moment. False for what is no database."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection:
        try:
            # In WAL mode whoever has the file open holds a shared lock on it.
            connection.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
        except sqlite3.OperationalError as error:
            return error.sqlite_errorcode & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        except sqlite3.DatabaseError:
            return False
    return False
