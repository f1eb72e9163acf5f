"""Who is told that they cannot be read: once, until something new of theirs could be."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.storage import inbox
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import kept

ROOM, PARENT = RoomId("!chat"), UserId("@parent:school.example")
DAY = 86_400.0


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "classroom.db")


def read(database: Database, name: str, at: float) -> None:
    """A message that could be read comes, for the first time or once more."""
    with database.transaction():
        kept.readable_again(database, (ROOM, PARENT), name, at)
    fact = MessageSent(event_id=EventId(name), room_id=ROOM, sender=PARENT, at=0, body="!помощь")
    inbox.store(database, inbox.Mark("txn", f"{name}{at}"), [fact], [], at)


async def test_an_old_message_that_comes_once_more_does_not_make_them_told_again(database: Database) -> None:
    def is_told(at: float) -> bool:
        with database.transaction():
            return kept.tell_once(database, (ROOM, PARENT), at)

    def play() -> list[bool]:
        read(database, "$1", 0)
        told = [is_told(DAY)]
        read(database, "$1", 2 * DAY)
        told.append(is_told(3 * DAY))
        read(database, "$2", 4 * DAY)
        return [*told, is_told(5 * DAY)]

    assert await database.call(play) == [True, False, True]
    database.close()
