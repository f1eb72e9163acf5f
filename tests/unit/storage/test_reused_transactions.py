"""A homeserver that counts its transactions from 1 again after a restart loses nothing by it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.storage import inbox
from classroom_matrix.storage.database import Database


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    yield database
    database.close()


def message(name: str) -> MessageSent:
    return MessageSent(event_id=EventId(name), room_id=RoomId("!r"), sender=UserId("@a:s"), at=0, body=name)


def store(database: Database, txn_id: str, *names: str) -> int | None:
    return inbox.store(database, inbox.Mark("txn", txn_id), [message(name) for name in names], [], 0.0)


def test_transaction_with_a_used_number_brings_its_news(database: Database) -> None:
    assert store(database, "1", "$before") == 1
    assert store(database, "1", "$after the restart") == 1
    assert [item.fact.event_id for item in inbox.waiting(database, 10, 0.0)] == ["$before", "$after the restart"]


def test_transaction_that_comes_again_changes_nothing(database: Database) -> None:
    store(database, "1", "$one", "$two")
    assert store(database, "1", "$one", "$two") is None
    assert len(inbox.waiting(database, 10, 0.0)) == 2
