"""Who asked for what, when, and what came of it. Append-only; no names, passwords or tokens."""

from __future__ import annotations

import logging
import socket
import sqlite3
import struct
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import StorageError
from .ledger import Ledger

BEGUN, DONE, LATER, QUOTA = "begun", "done", "later", "quota"
"""Results. ``begun``: it never ended, because the process was killed; ``later``: the homeserver was away."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Peer:
    """The process at the other end of the socket, as the kernel knows it."""

    uid: int | None = None
    pid: int | None = None

    @classmethod
    def of(cls, connection: Any) -> Peer:
        """By ``SO_PEERCRED`` (Linux: unix(7)); unknown elsewhere."""
        option = getattr(socket, "SO_PEERCRED", None)
        if connection is None or option is None:
            return cls()
        pid, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, option, struct.calcsize("3i")))
        return cls(uid, pid)


@dataclass(frozen=True, slots=True)
class Entry:
    """One call. `at`: UTC seconds since 1970; `about`: user or room ID."""

    at: float
    verb: str
    about: str
    result: str
    uid: int | None
    pid: int | None


class Audit:
    """Writes the log into the ledger, and a line of each call into the process's own log."""

    def __init__(self, ledger: Ledger, now: Callable[[], float]) -> None:
        self._ledger = ledger
        self._now = now

    def begin(self, verb: str, about: str, peer: Peer) -> int:
        """A call begins.

        Returns:
            Its number, for `end`.
        """
        return self._write(None, verb, about, BEGUN, peer)

    def end(self, call: int, verb: str, about: str, result: str, peer: Peer) -> None:
        self._write(call, verb, about, result, peer)
        log.info("%s %s: %s (asked by uid %s, pid %s)", verb, about, result, peer.uid, peer.pid)

    def refused(self, verb: str, peer: Peer) -> None:
        """A call that was over its quota."""
        self.end(self._write(None, verb, "", QUOTA, peer), verb, "", QUOTA, peer)

    def _write(self, call: int | None, verb: str, about: str, result: str, peer: Peer) -> int:
        with self._ledger.writing() as connection:
            row = (call, self._now(), verb, about, result, peer.uid, peer.pid)
            cursor = connection.execute(
                "INSERT INTO audit (call, at, verb, about, result, uid, pid) VALUES (?, ?, ?, ?, ?, ?, ?)", row
            )
            return cursor.lastrowid or 0


def last_entries(ledger: Path, count: int) -> Sequence[Entry]:
    """The last calls, oldest first; the process may run meanwhile.

    Raises:
        StorageError: there is no such file, or it cannot be read.
    """
    sql = (
        "SELECT begun.at, begun.verb, begun.about, coalesce(ended.result, begun.result), begun.uid, begun.pid "
        "FROM audit AS begun LEFT JOIN audit AS ended ON ended.call = begun.id "
        "WHERE begun.call IS NULL ORDER BY begun.id DESC LIMIT ?"
    )
    try:
        with closing(sqlite3.connect(f"{ledger.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            return [Entry(*row) for row in connection.execute(sql, (max(0, count),))][::-1]
    except sqlite3.Error as error:
        raise StorageError(f"accounts.ledger: {ledger} cannot be read: {error}") from error
