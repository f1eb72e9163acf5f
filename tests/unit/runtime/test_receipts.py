"""Receipts are gathered and written behind everybody's back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import StorageError
from classroom_matrix.matrix.source import Receipt
from classroom_matrix.runtime import receipts
from classroom_matrix.runtime.receipts import Receipts
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.tables import RoomRow

ROOM, ANNA, BORIS = RoomId("!news"), UserId("@anna"), UserId("@boris")


class Counting(Database):
    """Counts what is asked of it, and fails the first `failures` times."""

    calls = 0
    failures = 0

    async def call(self, function, *args, **kwargs):  # type: ignore[no-untyped-def]
        self.calls += 1
        if self.calls <= self.failures:
            raise StorageError("disk full")
        return await super().call(function, *args, **kwargs)


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counting]:
    monkeypatch.setattr(receipts, "GATHER", 0.0)
    database = Counting(":memory:")
    RoomRow.create(room_id=ROOM, class_id="3b", role="announcements")
    yield database
    database.close()


async def written(database: Database, count: int) -> list[tuple[str, int]]:
    async with asyncio.timeout(10):
        while True:
            rows = database.execute("SELECT user_id, at FROM receipt ORDER BY user_id").fetchall()
            if len(rows) >= count:
                return rows
            await asyncio.sleep(0)  # the condition is in the database


async def test_many_receipts_are_one_write(counting: Counting):
    gathering = Receipts(counting)
    for at in range(50):
        gathering.note([Receipt(ROOM, ANNA, at), Receipt(ROOM, BORIS, 100 - at)])
    running = asyncio.create_task(gathering.run())
    assert await written(counting, 2) == [(ANNA, 49), (BORIS, 100)]
    assert counting.calls == 1
    running.cancel()


async def test_database_in_trouble_loses_receipts_and_nothing_else(counting: Counting):
    counting.failures = 1
    gathering = Receipts(counting)
    running = asyncio.create_task(gathering.run())
    gathering.note([Receipt(ROOM, ANNA, 1)])
    async with asyncio.timeout(10):
        while counting.calls < 1:
            await asyncio.sleep(0)  # the condition is in another task
    gathering.note([Receipt(ROOM, BORIS, 2)])
    assert await written(counting, 1) == [(BORIS, 2)]
    running.cancel()
