"""Messages of one moment to one room become one."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from classroom_matrix.storage import outbox
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.outbox import Effect


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    yield database
    database.close()


def put(database: Database, key: str, room: str, **content: str) -> None:
    body = json.dumps({"msgtype": "m.notice", "m.mentions": {}, **content}).encode()
    with database.transaction():
        outbox.add(database, [Effect(key, "send", room, "m.room.message", body)], 0)


def bodies(database: Database) -> list[tuple[str, dict[str, str]]]:
    return [(effect.key, json.loads(effect.content)) for effect in outbox.waiting(database, 0, 100)]


def join(database: Database, *keys: str) -> None:
    with database.transaction():
        outbox.join_lines(database, keys)


def test_each_room_gets_one_message(database: Database) -> None:
    put(database, "a", "!x", body="one")
    put(database, "b", "!y", body="other room")
    put(database, "c", "!x", body="two\nlines")
    put(database, "d", "!x", body="not of that moment")
    join(database, "a", "b", "c")
    assert [(key, content["body"]) for key, content in bodies(database)] == [
        ("a", "one\n\ntwo\nlines"),
        ("b", "other room"),
        ("d", "not of that moment"),
    ]


def test_what_is_formatted_stays_so_and_the_rest_is_escaped(database: Database) -> None:
    put(database, "a", "!x", body="1 < 2\n3")
    put(database, "b", "!x", body="bold", formatted_body="<b>bold</b>", format="org.matrix.custom.html")
    join(database, "a", "b")
    ((_, content),) = bodies(database)
    assert content["formatted_body"] == "1 &lt; 2<br>3<br><br><b>bold</b>"
    assert content["format"] == "org.matrix.custom.html"


def test_message_stays_small_enough_to_be_sent(database: Database) -> None:
    for key in "abc":
        put(database, key, "!x", body=key * 7_000)
    join(database, *"abc")
    assert [(key, len(content["body"])) for key, content in bodies(database)] == [("a", 14_002), ("c", 7_000)]
