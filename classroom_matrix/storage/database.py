"""The database and the one thread that owns its connection.

Everything that touches a table runs in that thread, one call after the other, so handlers need no locks. SQLite in WAL
mode. Commits that the homeserver is told about (the inbox, decisions) are synced to the disk (`synchronous=FULL`): once it
has its 200 it will not send an event again, not even after a power cut. `relaxed` commits may be lost by a power cut
because what they hold is found out again (an event ID is answered again for the same transaction ID).
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import msgspec
import peewee

from ..errors import StorageError
from . import migrations
from .encryption.tables import TABLES as ENCRYPTION
from .tables import TABLES

P = ParamSpec("P")
T = TypeVar("T")


_decode_rows = msgspec.json.Decoder(list[list[Any]]).decode
_PATIENCE = 10_000
"""Milliseconds to wait for another program that writes."""
_ROWS = 100
"""Rows in one statement; SQLite takes 32,766 values."""


class MustUndo(Exception):
    """Something failed after it had written in `Database.hopefully`."""


class Database:
    """An open database. Use `call` from coroutines; everything else inside the function given to it.

    Args:
        path: the SQLite file; its folder is made. ":memory:" for tests.

    Raises:
        StorageError: the file cannot be opened, or a newer release wrote it.
    """

    def __init__(self, path: Path | str) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        if path != ":memory:":
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).touch(mode=0o600)  # children's data: for the service's own user
        # check_same_thread: tests that have no event loop use the connection from their own thread, before or after `call`.
        self.peewee = peewee.SqliteDatabase(
            str(path),
            pragmas={"journal_mode": "wal", "synchronous": "full", "busy_timeout": _PATIENCE, "cache_size": -4_000},
            check_same_thread=False,
            thread_safe=False,
            autoconnect=False,
        )
        try:
            self._thread.submit(self._open).result()
        except BaseException:
            self._thread.shutdown()
            raise

    def _open(self) -> None:
        try:
            self.peewee.connect()
            self.peewee.bind((*TABLES, *ENCRYPTION))
            with self.transaction():
                migrations.migrate(self)
        except (peewee.DatabaseError, sqlite3.Error, OSError) as error:
            raise StorageError(f"the database cannot be opened: {error}") from error
        self._connection: sqlite3.Connection = self.peewee.connection()

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `function` in the database's thread.

        Raises:
            StorageError: the database failed (disk full, locked by another program); nothing was committed.
        """
        if kwargs:
            raise TypeError("positional arguments only")
        return await asyncio.get_running_loop().run_in_executor(self._thread, _translated, function, args)

    @contextmanager
    def transaction(self, *, relaxed: bool = False) -> Iterator[None]:
        """All or nothing. Nested use joins the outer one; peewee's own ``atomic()`` inside becomes a savepoint."""
        connection = self.peewee.connection()
        if self.peewee.transaction_depth():
            yield
            return
        try:
            if relaxed:
                connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            self.peewee.push_transaction(self)
            try:
                yield
                connection.execute("COMMIT")
            finally:
                self.peewee.pop_transaction()
        except BaseException:
            if connection.in_transaction:  # a full disk may have ended it already
                connection.execute("ROLLBACK")
            raise
        finally:
            if relaxed:
                connection.execute("PRAGMA synchronous = FULL")

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what happened inside when it raises, keeping the surrounding transaction."""
        self._connection.execute("SAVEPOINT s")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK TO s")
            self._connection.execute("RELEASE s")
            raise
        self._connection.execute("RELEASE s")

    @contextmanager
    def hopefully(self) -> Iterator[None]:
        """Like `savepoint`, without its cost (half of a simple command's, measured): what fails before it has written leaves
        nothing to undo.

        Raises:
            MustUndo: it had written; roll the transaction back and do it again with savepoints.
        """
        before = self._connection.total_changes
        try:
            yield
        except Exception as error:
            if self._connection.total_changes != before:
                raise MustUndo from error
            raise

    @contextmanager
    def leaving_no_traces(self) -> Iterator[None]:
        """What is overwritten or deleted inside is wiped in the file, too; call `empty_log` once it is committed.

        Not always on: it makes SQLite write more for each row that changes.
        """
        self._connection.execute("PRAGMA secure_delete = ON").fetchall()
        try:
            yield
        finally:
            self._connection.execute("PRAGMA secure_delete = OFF").fetchall()

    def empty_log(self) -> bool:
        """Truncate the write-ahead log, which holds earlier contents of rows. Outside of transactions.

        Returns:
            False where another program reads the database at this moment; it is not waited for.
        """
        self._connection.execute("PRAGMA busy_timeout = 0").fetchall()
        try:
            busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {_PATIENCE}").fetchall()
        return not busy

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self._connection.execute(sql, parameters)

    def gather(self, columns: str, rest: str, parameters: Sequence[Any] = ()) -> list[list[Any]]:
        """All rows of ``SELECT columns rest`` by one step of SQLite: reading row by row gives the interpreter's lock away with
        each (see `insert`). No BLOBs; the order is SQLite's.
        """
        row = self._connection.execute(f"SELECT json_group_array(json_array({columns})) {rest}", parameters).fetchone()
        return _decode_rows(row[0])

    def insert(self, into: str, rows: Sequence[Sequence[Any]], *, otherwise: str = "") -> tuple[int, int]:
        """Insert many rows by few statements: `executemany` gives the interpreter's lock away and fights for it again with
        every row, which costs a busy service more than the rows do (measured).

        Args:
            into: ``table (columns)``.
            rows: a value for each column.
            otherwise: an ``ON CONFLICT`` clause.

        Returns:
            How many rows were inserted, and the row ID of the last one. In an AUTOINCREMENT table without `otherwise` the
            rows of one call are numbered without gaps.
        """
        count = last = 0
        for start in range(0, len(rows), _ROWS):
            some = rows[start : start + _ROWS]
            values = ",".join(["(" + ",".join("?" * len(some[0])) + ")"] * len(some))
            cursor = self._connection.execute(
                f"INSERT INTO {into} VALUES {values} {otherwise}", [value for row in some for value in row]
            )
            count, last = count + cursor.rowcount, cursor.lastrowid or 0
        return count, last

    def close(self) -> None:
        self._thread.submit(self.peewee.close).result()
        self._thread.shutdown()


def json_list(values: Iterable[object]) -> str:
    """A parameter for ``json_each(?)``: one statement for many values, and the same text for any number of them."""
    return msgspec.json.encode(list(values)).decode()


def is_storage_failure(error: BaseException) -> bool:
    """Whether an error means that the database itself is in trouble, and not that somebody asked it for nonsense."""
    original = getattr(error, "orig", None) or error  # peewee keeps the driver's error there
    code = getattr(original, "sqlite_errorcode", None)
    return isinstance(error, StorageError) or (code is not None and code & 0xFF in _TROUBLE)


_TROUBLE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_NOTADB,
}


def _translated(function: Callable[..., T], args: tuple[Any, ...]) -> T:
    try:
        return function(*args)
    except (sqlite3.Error, peewee.DatabaseError) as error:
        if is_storage_failure(error):
            raise StorageError(str(error)) from error
        raise
