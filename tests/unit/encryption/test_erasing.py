"""Nothing that encryption holds about somebody stays, and everything about others does."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import erasing, outbound, room_keys
from classroom_matrix.storage.encryption.devices import Device
from classroom_matrix.storage.encryption.outbound import Outbound
from classroom_matrix.storage.encryption.room_keys import RoomKey

ANNA, BORIS = "@anna:school", "@boris:school"
DESK, TALK = "!desk", "!talk"
COUNTED = (
    "user", "device", "olm_session", "room_key", "read", "withheld", "outbound", "share", "to_device", "kept", "told", "room",
    "member",
)  # fmt: skip


@pytest.fixture
def database() -> Iterator[Database]:
    """Anna has a desk; Boris and she are in the talk."""
    database = Database(":memory:")
    for user in (ANNA, BORIS):
        database.execute("INSERT INTO e2e_user (user_id, dirty) VALUES (?, 0)", (user,))
        database.execute(
            "INSERT INTO e2e_device (user_id, device_id, curve25519, ed25519, signed, deleted, unwedged_at, withheld_at)"
            " VALUES (?, 'D', ?, 'e', 1, 0, 0, 0)",
            (user, f"curve of {user}"),
        )
        database.execute("INSERT INTO e2e_olm_session VALUES ('s', ?, ?, 'pickle', 0)", (user, f"curve of {user}"))
    for room, users in ((DESK, [ANNA]), (TALK, [ANNA, BORIS])):
        database.execute("INSERT INTO e2e_room VALUES (?, 'm.megolm.v1.aes-sha2', 1, 1, 0, 0)", (room,))
        outbound.begin(database, Outbound(f"ours in {room}", room, "pickle", "key", 1, 0.0), users)
        for user in [*users, "@bot:school"]:
            session = f"{user} in {room}"
            database.execute("INSERT INTO e2e_member VALUES (?, ?, 'join')", (room, user))
            room_keys.put(database, RoomKey(room, session, user, f"curve of {user}", None, "pickle", 0), 0.0)
            room_keys.note_place(database, session, user, 0, f"$event of {session}")
            room_keys.withhold(database, room, session, user, "m.unverified", 0.0)
            database.execute("INSERT INTO e2e_told VALUES (?, ?, 0, NULL)", (room, user))
            database.execute(
                "INSERT INTO e2e_kept (event_id, room_id, user_id, session_id, event, at) VALUES (?, ?, ?, 's', x'', 0)",
                (f"$kept of {session}", room, user),
            )
        devices = [Device(user, "D", f"curve of {user}", "e", True) for user in users]
        outbound.share(database, f"ours in {room}", devices, 0, outbound.ON_ITS_WAY)
        letters = json.dumps({user: {"D": {"secret": room}} for user in users}).encode()
        outbound.queue(database, f"letters {room}", "m.room.encrypted", letters, f"ours in {room}")
    yield database
    database.close()


def everything(database: Database) -> str:
    return json.dumps(
        {table: [list(map(str, row)) for row in database.execute(f"SELECT * FROM e2e_{table}")] for table in COUNTED}
    )


def test_nothing_of_the_erased_is_left(database: Database) -> None:
    assert erasing.search(database, {ANNA}, {DESK})
    counts = erasing.remove(database, {ANNA}, {DESK})
    assert counts["e2e_olm_session"] == counts["e2e_device"] == 1
    left = everything(database)
    assert (ANNA in left, DESK in left) == (False, False)
    assert erasing.search(database, {ANNA}, {DESK}) == {}
    assert erasing.remove(database, {ANNA}, {DESK}) == {}


def test_others_keep_what_they_need(database: Database) -> None:
    before = {table: database.execute(f"SELECT COUNT(*) FROM e2e_{table}").fetchone()[0] for table in COUNTED}
    erasing.remove(database, {ANNA}, {DESK})
    after = {table: database.execute(f"SELECT COUNT(*) FROM e2e_{table}").fetchone()[0] for table in COUNTED}
    assert before["room_key"] == 5  # in the desk Anna's and the bot's, in the talk Boris' too
    assert after == {
        "user": 1, "device": 1, "olm_session": 1, "room_key": 2, "read": 2, "withheld": 2, "outbound": 1, "share": 2,
        "to_device": 1, "kept": 2, "told": 2, "room": 1, "member": 2,
    }  # fmt: skip
    (letters,) = database.execute("SELECT messages FROM e2e_to_device").fetchone()
    assert json.loads(letters) == {BORIS: {"D": {"secret": TALK}}}


def test_a_session_that_the_erased_were_given_ends(database: Database) -> None:
    """Its rows with them are what tells that it has to."""
    erasing.remove(database, {ANNA}, {DESK})
    assert outbound.current(database, TALK) is None


def test_a_session_of_others_goes_on(database: Database) -> None:
    erasing.remove(database, {"@nobody:school"}, {DESK})
    assert outbound.current(database, TALK) is not None
