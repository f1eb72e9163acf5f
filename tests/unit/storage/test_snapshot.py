"""Copies of databases in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from classroom_matrix.errors import StorageError
from classroom_matrix.storage import snapshot


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("CREATE TABLE t (x)")
        connection.executemany("INSERT INTO t VALUES (?)", [("x" * 5_000,)] * 100)
    return path


def test_copy_holds_what_was_committed_and_says_how_far_it_is(file: Path, tmp_path: Path):
    steps: list[tuple[int, int]] = []
    with closing(sqlite3.connect(file, isolation_level=None)) as writer:
        writer.execute("BEGIN")
        writer.execute("INSERT INTO t VALUES ('not yet')")
        snapshot.take(file, tmp_path / "copy.db", lambda done, total: steps.append((done, total)))
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT COUNT(*) FROM t").fetchone() == (100,)
    assert steps
    assert steps[-1][0] == steps[-1][1] > 100


def test_compact_leaves_one_file_without_remains(file: Path):
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("DELETE FROM t WHERE rowid > 1")
    size = file.stat().st_size
    snapshot.compact(file)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA freelist_count").fetchone() == (0,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("SELECT COUNT(*) FROM t").fetchone() == (1,)
    assert file.stat().st_size < size / 10
    assert [path.name for path in file.parent.iterdir()] == ["a.db"]


def test_damaged_database_is_not_taken_for_a_good_one(file: Path, tmp_path: Path):
    content = bytearray(file.read_bytes())
    content[4096 * 20 : 4096 * 40] = bytes(4096 * 20)
    file.write_bytes(content)
    with pytest.raises(StorageError, match=r"damaged|malformed"):
        snapshot.compact(file)
    file.write_bytes(b"no database" * 1_000)
    with pytest.raises(StorageError, match="cannot be copied"):
        snapshot.take(file, tmp_path / "copy.db")


def test_database_that_somebody_has_open_is_in_use(file: Path):
    assert not snapshot.is_open_elsewhere(file)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("SELECT COUNT(*) FROM t").fetchone()
        assert snapshot.is_open_elsewhere(file)
    assert not snapshot.is_open_elsewhere(file)
    file.write_bytes(b"no database" * 1_000)
    assert not snapshot.is_open_elsewhere(file)
