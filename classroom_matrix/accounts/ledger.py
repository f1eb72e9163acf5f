"""The ledger: which accounts this process made and which rooms it deleted, in an SQLite file of its own.

Each step is a row before it is a request, so that whatever is killed and when, asking again goes on from there. Names that
were ever given stay for ever. No names of people, passwords or tokens are in here.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ..domain.ids import RoomId, UserId
from ..errors import ClassroomError, StorageError

VERSION = 1
_TABLES = """
CREATE TABLE account (
    user_id TEXT PRIMARY KEY,
    request TEXT NOT NULL,        -- opaque, from whoever asked for the account
    mark TEXT NOT NULL,           -- its first display name: proves that it was we who made it
    state TEXT NOT NULL,
    was_here INTEGER NOT NULL DEFAULT 0,
    has_password INTEGER NOT NULL DEFAULT 0,
    files INTEGER NOT NULL DEFAULT 0,
    asked_at REAL NOT NULL,
    erased_at REAL
) WITHOUT ROWID;
CREATE TRIGGER names_stay BEFORE DELETE ON account WHEN OLD.state NOT IN ('asked', 'making')
    BEGIN SELECT RAISE(ABORT, 'names are spent for ever'); END;
CREATE TABLE file (user_id TEXT NOT NULL, file_id TEXT NOT NULL, PRIMARY KEY (user_id, file_id)) WITHOUT ROWID;
CREATE TABLE deletion (room_id TEXT PRIMARY KEY, asked_at REAL NOT NULL, done_at REAL) WITHOUT ROWID;
CREATE TABLE used (id INTEGER PRIMARY KEY, verb TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX used_by_verb ON used (verb, at);
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call INTEGER,                 -- NULL: a call begins; else the row in which it began
    at REAL NOT NULL,             -- UTC seconds since 1970
    verb TEXT NOT NULL,
    about TEXT NOT NULL,          -- user or room ID
    result TEXT NOT NULL,
    uid INTEGER,                  -- who asked: the system's user and process
    pid INTEGER
);
CREATE INDEX audit_ends ON audit (call) WHERE call IS NOT NULL;
CREATE TRIGGER audit_stays BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
CREATE TRIGGER audit_as_it_was BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'append-only'); END;
"""


class State(StrEnum):
    """How far an account is; they follow each other."""

    ASKED = "asked"  # nothing was sent yet
    MAKING = "making"  # there was none of this name; it may have been made
    MADE = "made"  # by us: it bears our mark
    OPEN = "open"
    ERASING = "erasing"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Account:
    """One row.

    Args:
        was_here: whether a client was ever seen.
        has_password: whether one was ever set.
        files: how many uploads were deleted.
    """

    user_id: UserId
    request: str
    mark: str
    state: State
    was_here: bool = False
    has_password: bool = False
    files: int = 0


class Ledger:
    """The open file. Its calls take about a millisecond and are made in the event loop's thread.

    Args:
        path: the file; made with mode 0600.
        now: UTC seconds since 1970.

    Raises:
        ClassroomError: another process has it.
        StorageError: it cannot be opened, or a newer release wrote it.
    """

    def __init__(self, path: Path, now: Callable[[], float]) -> None:
        self._now = now
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            path.chmod(0o600)
        except OSError as error:
            raise StorageError(f"accounts.ledger: {path} cannot be opened: {error.strerror}") from error
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._lock)
            raise ClassroomError(f"accounts.ledger: another accounts process has {path}") from None
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=10, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = wal")
            self._connection.execute("PRAGMA synchronous = full")
            self._migrate()
        except sqlite3.Error as error:
            os.close(self._lock)
            raise StorageError(f"accounts.ledger: {path} cannot be opened: {error}") from error

    def _migrate(self) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise sqlite3.DatabaseError("a newer release wrote it")
        if version == 0:
            self._connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {VERSION}; COMMIT;")

    def close(self) -> None:
        self._connection.close()
        os.close(self._lock)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction.

        Raises:
            StorageError: it failed, and nothing was written.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            raise StorageError(f"the accounts ledger: {error}") from error

    # ── Accounts ────────────────────────────────────────────────────────────────────────────────────────────────────

    def account(self, user_id: UserId) -> Account | None:
        row = self._connection.execute(
            "SELECT user_id, request, mark, state, was_here, has_password, files FROM account WHERE user_id = ?", (user_id,)
        ).fetchone()
        return Account(row[0], row[1], row[2], State(row[3]), bool(row[4]), bool(row[5]), row[6]) if row else None

    def ask(self, user_id: UserId, request: str) -> Account:
        """Remember that an account is wanted."""
        mark = f"new {secrets.token_hex(16)}"
        with self.writing() as connection:
            connection.execute(
                "INSERT INTO account (user_id, request, mark, state, asked_at) VALUES (?, ?, ?, ?, ?)",
                (user_id, request, mark, State.ASKED, self._now()),
            )
        return Account(user_id, request, mark, State.ASKED)

    def advance(self, user_id: UserId, state: State) -> None:
        with self.writing() as connection:
            connection.execute("UPDATE account SET state = ? WHERE user_id = ?", (state, user_id))

    def forget(self, user_id: UserId) -> None:
        """Somebody else has an account of this name, so it never was ours."""
        with self.writing() as connection:
            connection.execute("DELETE FROM account WHERE user_id = ?", (user_id,))

    def was_here(self, users: Iterable[UserId]) -> None:
        """Remember that they have opened a client."""
        with self.writing() as connection:
            connection.executemany("UPDATE account SET was_here = 1 WHERE user_id = ?", [(user_id,) for user_id in users])

    def has_password(self, user_id: UserId) -> None:
        """Remember that it has one: the next is a reset."""
        with self.writing() as connection:
            connection.execute("UPDATE account SET has_password = 1 WHERE user_id = ?", (user_id,))

    # ── Erasing ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def note_files(self, user_id: UserId, files: Iterable[str]) -> None:
        """Count what is about to be deleted, once each."""
        with self.writing() as connection:
            connection.executemany("INSERT OR IGNORE INTO file VALUES (?, ?)", [(user_id, file_id) for file_id in files])

    def erased(self, user_id: UserId) -> int:
        """Everything is gone.

        Returns:
            How many files were deleted.
        """
        with self.writing() as connection:
            count: int = connection.execute("SELECT count(*) FROM file WHERE user_id = ?", (user_id,)).fetchone()[0]
            connection.execute(
                "UPDATE account SET state = ?, files = ?, erased_at = ? WHERE user_id = ?",
                (State.ERASED, count, self._now(), user_id),
            )
            connection.execute("DELETE FROM file WHERE user_id = ?", (user_id,))
        return count

    # ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def deletion(self, room_id: RoomId) -> bool | None:
        """Whether a room's deletion is done; None where it was never begun."""
        row = self._connection.execute("SELECT done_at FROM deletion WHERE room_id = ?", (room_id,)).fetchone()
        return None if row is None else row[0] is not None

    def begin_deletion(self, room_id: RoomId) -> None:
        with self.writing() as connection:
            connection.execute("INSERT OR IGNORE INTO deletion (room_id, asked_at) VALUES (?, ?)", (room_id, self._now()))

    def end_deletion(self, room_id: RoomId) -> None:
        with self.writing() as connection:
            connection.execute("UPDATE deletion SET done_at = ? WHERE room_id = ?", (self._now(), room_id))
