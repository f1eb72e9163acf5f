"""Receipts are kept for rooms of announcements only, the newest of each person."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.storage import erasure, receipts
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.erasure import Traces
from classroom_matrix.storage.tables import OutboxRow, RoomRow


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    RoomRow.create(room_id="!news", class_id="3b", role="announcements")
    RoomRow.create(room_id="!talk", class_id="3b", role="talk")
    yield database
    database.close()


def kept(database: Database) -> list[tuple[str, str, int]]:
    return database.execute("SELECT room_id, user_id, at FROM receipt ORDER BY user_id").fetchall()


def test_only_announcements_and_only_the_newest(database: Database):
    assert receipts.note(database, [("!news", "@a", 5), ("!talk", "@a", 9), ("!unknown", "@a", 9), ("!news", "@b", 1)]) == 2
    receipts.note(database, [("!news", "@a", 3), ("!news", "@b", 4)])
    assert kept(database) == [("!news", "@a", 5), ("!news", "@b", 4)]


def test_readers_are_those_who_read_since_it_was_sent(database: Database):
    OutboxRow.create(key="k|1", kind="send", room_id="!news", type="m", content=b"", state=1, event_id="$1", at=2.0)
    OutboxRow.create(key="k|2", kind="send", room_id="!news", type="m", content=b"", state=0, at=2.0)
    receipts.note(database, [("!news", "@before", 1_999), ("!news", "@since", 2_000)])
    assert receipts.readers_of(database, "k|1") == {"@since"}
    assert receipts.readers_of(database, "k|2") == set()


def test_school_that_wants_none_keeps_none(database: Database):
    receipts.note(database, [("!news", "@a", 5)])
    receipts.forget_all(database)
    assert kept(database) == []


def test_erased_accounts_have_read_nothing(database: Database):
    receipts.note(database, [("!news", "@a", 5), ("!news", "@b", 6)])
    nobody: frozenset[str] = frozenset()
    erasure.remove_people(database, Traces(nobody, nobody, nobody, frozenset({"@a"}), nobody))
    assert kept(database) == [("!news", "@b", 6)]
