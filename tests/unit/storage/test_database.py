"""Transactions of the one connection."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_matrix.errors import StorageError
from classroom_matrix.storage.database import Database, is_storage_failure
from classroom_matrix.storage.migrations import STEPS
from classroom_matrix.storage.tables import FactRow


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "some" / "folder" / "a.db")
    yield database
    database.close()


def write_and_fail(name: str) -> None:
    FactRow.create(name=name, value="b")
    raise ZeroDivisionError


def test_a_transaction_is_all_or_nothing(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.transaction():
        write_and_fail("a")
    assert FactRow.select().count() == 0


def test_peewees_own_atomic_works_inside(database: Database) -> None:
    with database.transaction():
        FactRow.get_or_create(name="a", defaults={"value": "b"})
    assert FactRow.select().count() == 1


def test_a_savepoint_keeps_what_was_before_it(database: Database) -> None:
    with database.transaction():
        FactRow.create(name="a", value="1")
        with pytest.raises(ZeroDivisionError), database.savepoint():
            write_and_fail("b")
    assert [row.name for row in FactRow.select()] == ["a"]


async def test_a_full_disk_is_a_storage_error_and_the_next_transaction_works(database: Database) -> None:
    def fill() -> None:
        with database.transaction():
            FactRow.create(name="big", value="x" * 5_000_000)

    pages = database.execute("PRAGMA page_count").fetchone()[0]
    database.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StorageError):
        await database.call(fill)
    database.execute("PRAGMA max_page_count = 1000000")
    await database.call(fill)
    assert FactRow.select().count() == 1


def test_a_database_in_use_by_another_program_is_a_storage_failure(database: Database, tmp_path: Path) -> None:
    database.execute("PRAGMA busy_timeout = 1")
    other = sqlite3.connect(tmp_path / "some" / "folder" / "a.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.OperationalError) as failure, database.transaction():
        pass
    assert is_storage_failure(failure.value)
    other.close()
    with database.transaction():
        FactRow.create(name="a", value="b")


def test_a_wrong_statement_is_no_storage_failure(database: Database) -> None:
    with pytest.raises(sqlite3.OperationalError) as failure:
        database.execute("SELECT nothing FROM nowhere")
    assert not is_storage_failure(failure.value)


def test_a_database_of_a_newer_release_is_refused(database: Database, tmp_path: Path) -> None:
    database.execute(f"PRAGMA user_version = {len(STEPS) + 1}")
    with pytest.raises(StorageError, match="newer release"):
        Database(tmp_path / "some" / "folder" / "a.db")


def test_inbox_commits_are_synced_and_write_backs_are_not(database: Database) -> None:
    levels = []
    with database.transaction():
        levels.append(database.execute("PRAGMA synchronous").fetchone()[0])
    with database.transaction(relaxed=True):
        levels.append(database.execute("PRAGMA synchronous").fetchone()[0])
    levels.append(database.execute("PRAGMA synchronous").fetchone()[0])
    assert levels == [2, 1, 2]


def test_database_of_the_release_before_gets_what_follows_edits(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db")
    for statement in ("DROP TABLE spoken", "ALTER TABLE question DROP COLUMN passed_by", "PRAGMA user_version = 3"):
        database.execute(statement)
    database.close()
    again = Database(tmp_path / "a.db")
    assert again.execute("SELECT COUNT(*) FROM spoken").fetchone() == (0,)
    assert again.execute("SELECT passed_by FROM question").fetchall() == []
    again.close()
