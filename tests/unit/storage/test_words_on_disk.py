"""Words of slips are in no file of the database once they were sent."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_matrix.runtime.housekeeping import _tidy
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.outbox import UNKEPT, Answered, Effect, add, record

WORDS = b"zima lodka chainik oreh krokodil"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "a.db")
    yield database
    database.close()


def send(database: Database) -> None:
    """Words between other messages."""
    with database.transaction():
        for number in range(20):
            add(database, [Effect(f"k{number}", "send", "!r:s", "m.room.message", b"x" * 300)], 1.0)
        add(database, [Effect("k" + UNKEPT, "send", "!r:s", "m.room.message", WORDS * 3)], 1.0)
        for number in range(20, 40):
            add(database, [Effect(f"k{number}", "send", "!r:s", "m.room.message", b"x" * 300)], 1.0)
    record(database, [Answered(21, "k" + UNKEPT, "!r:s", "$e", False)])


def files_with_words(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if WORDS in file.read_bytes()]


def test_words_are_wiped_when_they_are_sent(database: Database, tmp_path: Path) -> None:
    send(database)
    assert files_with_words(tmp_path) == []
    assert database.execute("PRAGMA secure_delete").fetchone()[0] == 0
    assert database.execute("PRAGMA busy_timeout").fetchone()[0] == 10_000


def test_who_reads_at_that_moment_delays_it_and_not_the_sender(database: Database, tmp_path: Path) -> None:
    send(database)
    reader = sqlite3.connect(tmp_path / "a.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT COUNT(*) FROM outbox").fetchone()
    with database.transaction():
        add(database, [Effect("more" + UNKEPT, "send", "!r:s", "m.room.message", WORDS)], 1.0)
    record(database, [Answered(42, "more" + UNKEPT, "!r:s", "$f", False)])
    assert files_with_words(tmp_path) == ["a.db-wal"]
    reader.close()
    _tidy(database, 0.0)
    assert files_with_words(tmp_path) == []
