"""What a homeserver refuses or makes up, and what nobody has thought of: one device or one row suffers, and nothing stops."""

from __future__ import annotations

import asyncio
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from classroom_matrix.encryption import machine
from classroom_matrix.encryption.identity import IdentityState
from classroom_matrix.encryption.opening import TELL_AFTER
from classroom_matrix.encryption.sharing import TRY_AGAIN
from classroom_matrix.errors import PermanentError, StorageError
from classroom_matrix.storage.encryption import outbound
from classroom_matrix.storage.encryption.devices import Device

from .participant import FallibleDatabase, Participant
from .scripted_server import ROOM, USERS, ScriptedServer

Json = dict[str, Any]
LOGGER = "classroom_matrix.encryption"


class Room:
    """Anna writes, Boris and Vera read."""

    def __init__(self, databases: list[FallibleDatabase]) -> None:
        self.server = ScriptedServer()
        self.people = [Participant(self.server, user, database) for user, database in zip(USERS, databases, strict=True)]
        self.anna, self.boris, self.vera = self.people

    async def write(self, text: str) -> None:
        self.anna.say(text)
        await self.anna.deliver()
        for reader in (self.boris, self.vera):
            await reader.sync()
            await reader.take_pushed()

    def read_by(self, reader: Participant) -> list[str]:
        return [fact.body for fact in reader.facts() if hasattr(fact, "body")]

    def states(self) -> dict[str, int]:
        """Of Anna's current session, by user."""
        session = outbound.current(self.anna.database, ROOM)
        assert session is not None
        shares = outbound.shares(self.anna.database, session.session_id)
        return {user: state for (user, _), (_, state) in shares.items()}


@pytest.fixture(scope="module")
def databases() -> Iterator[list[tuple[FallibleDatabase, sqlite3.Connection]]]:
    """With what is in them when they are empty: to make their tables anew for every test would cost more than the rest."""
    made = [FallibleDatabase(":memory:") for _ in USERS]
    yield [(database, database.copy()) for database in made]
    for database in made:
        database.close()


@pytest.fixture
async def room(databases: list[tuple[FallibleDatabase, sqlite3.Connection]]) -> Room:
    for database, empty in databases:
        database.put_back(empty)
    room = Room([database for database, _ in databases])
    for person in room.people:
        await person.sign_in()
        room.server.join(person.user_id)
    for person in room.people:
        await person.sync()
        await person.take_pushed()
    return room


def refusing(room: Room, refuses: Callable[[Json], bool]) -> list[Json]:
    """Anna's homeserver refuses such letters for good. Returns those that it was asked to send, as they come."""
    send, asked = room.anna._keys.send_to_device, []

    async def send_or_refuse(kind: str, txn_id: str, messages: bytes) -> None:
        letters = json.loads(messages)
        asked.append(letters)
        if refuses(letters):
            raise PermanentError("M_TOO_LARGE", 413, "Boris is too large")
        await send(kind, txn_id, messages)

    room.anna._keys.send_to_device = send_or_refuse  # type: ignore[method-assign]
    return asked


# ── Letters that are refused ────────────────────────────────────────────────────────────────────────────────────────────


async def test_letter_that_is_too_large_goes_to_each_device_alone(room: Room):
    asked = refusing(room, lambda letters: len(letters) > 1)
    await room.write("hello")
    assert [len(letters) for letters in asked] == [2, 1, 1]
    assert room.read_by(room.boris) == room.read_by(room.vera) == ["hello"]
    assert room.states() == {room.boris.user_id: outbound.GIVEN, room.vera.user_id: outbound.GIVEN}


async def test_device_that_is_refused_is_not_counted_as_given_and_told_later(room: Room, caplog: pytest.LogCaptureFixture):
    boris = room.boris.user_id
    asked = refusing(room, lambda letters: boris in letters)
    with caplog.at_level(logging.INFO, LOGGER):
        await room.write("one")
    assert room.states() == {boris: outbound.NO_CHANNEL, room.vera.user_id: outbound.GIVEN}
    assert (room.read_by(room.boris), room.read_by(room.vera)) == ([], ["one"])
    assert "M_TOO_LARGE" in caplog.text
    assert not [word for word in (boris, "Boris is", room.boris.device_id) if word in caplog.text]
    count = len(asked)
    await room.write("two")
    assert len(asked) == count, "it is refused once an hour, and not with every message"

    del room.anna._keys.send_to_device  # the homeserver takes everything again
    room.anna.clock.advance(timedelta(seconds=TRY_AGAIN + 1))
    await room.write("three")
    assert room.read_by(room.vera) == ["one", "two", "three"]
    assert room.states()[boris] == outbound.GIVEN
    room.boris.clock.advance(timedelta(seconds=TELL_AFTER + 1))  # until then it waits behind the first one
    await room.boris.look_at_kept()
    assert room.read_by(room.boris) == ["three"]


# ── Answers to claims ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: {"signed_curve25519:X": "text"},
        lambda _: {"signed_curve25519:X": None},
        lambda _: {"signed_curve25519:X": {"key": 5, "signatures": "text"}},
        lambda _: ["list"],
        lambda _: "text",
        lambda _: None,
    ],
)
@pytest.mark.parametrize("level", ["device", "user"])
async def test_spoiled_claim_of_one_does_not_keep_the_others_from_reading(
    room: Room, spoil: Callable[[object], object], level: str
):
    claim, boris = room.anna._keys.claim_keys, room.boris.user_id

    async def spoiled(devices: Any) -> Json:
        claimed = await claim(devices)
        if boris in claimed:
            claimed[boris] = {room.boris.device_id: spoil(None)} if level == "device" else spoil(None)
        return claimed

    room.anna._keys.claim_keys = spoiled  # type: ignore[method-assign]
    await room.write("hello")
    assert (room.read_by(room.boris), room.read_by(room.vera)) == ([], ["hello"])
    assert room.states()[boris] == outbound.NO_CHANNEL


# ── Sessions whose beginning is lost ────────────────────────────────────────────────────────────────────────────────────


async def test_session_that_cannot_be_given_is_replaced_by_another_one(room: Room):
    await room.write("one")
    first = outbound.current(room.anna.database, ROOM)
    room.anna.database.execute("UPDATE e2e_outbound SET session_key = '00'")  # as under another secrets.key
    room.anna.database.execute("UPDATE e2e_share SET state = 0 WHERE user_id = ?", (room.vera.user_id,))
    await room.write("two")
    second = outbound.current(room.anna.database, ROOM)
    assert first is not None
    assert second is not None
    assert second.session_id != first.session_id
    assert room.read_by(room.boris) == room.read_by(room.vera) == ["one", "two"]


async def test_earlier_session_that_cannot_be_given_keeps_nobody_from_the_others(room: Room, caplog: pytest.LogCaptureFixture):
    await room.write("one")
    room.anna.database.execute("UPDATE e2e_outbound SET session_key = '00', over = 1, pickle = ''")
    await room.write("two")
    room.anna.database.execute("UPDATE e2e_device SET signed = 1")
    room.anna.database.execute("DELETE FROM e2e_share WHERE device_id = ?", (room.vera.device_id,))
    asked = refusing(room, lambda _: False)
    with caplog.at_level(logging.ERROR, LOGGER):
        await room.anna.machine._tend_once()
        await room.anna.machine._tend_once()
    assert [list(letters) for letters in asked] == [[room.vera.user_id]], "of the second session only"
    assert caplog.text.count("secrets.key does not fit them") == 1


# ── Signing in ──────────────────────────────────────────────────────────────────────────────────────────────────────────


class Refusals:
    """A homeserver that refuses this and that when the device signs in. `deleted`: what it was asked to delete."""

    def __init__(self, room: Room, refused: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self.deleted: list[str] = []
        anna = room.anna
        known = anna.machine._device.known()
        others = {name: {} for name in (known.device_id, "CLASSROOM_ABCDEF", "CLASSROOM_GHIJKL", "PHONE")}

        async def query_keys(_: object) -> Json:
            own = {"keys": {f"curve25519:{known.device_id}": known.curve25519}}
            return {"device_keys": {anna.user_id: {**others, known.device_id: own}}}

        async def delete_device(device_id: str) -> None:
            self.deleted.append(device_id)
            if refused == "delete":
                raise PermanentError("M_FORBIDDEN", status)

        async def upload_keys(_: Mapping[str, Any]) -> Mapping[str, int]:
            if refused == "upload":
                raise PermanentError("M_UNKNOWN", status)
            return {}

        async def identity(*_: object) -> IdentityState:
            return IdentityState.OURS

        keys: Any = anna._keys
        keys.query_keys, keys.delete_device, keys.upload_keys = query_keys, delete_device, upload_keys
        monkeypatch.setattr(machine, "ensure_identity", identity)
        anna.database.execute("UPDATE e2e_own_device SET predecessor = 'CLASSROOM_OLDOLD'")

    def predecessor(self, room: Room) -> str | None:
        return room.anna.machine._device.known().predecessor


@pytest.mark.parametrize("status", [400, 403, 405])
async def test_refused_deletion_stops_no_start_and_is_tried_by_the_next(
    room: Room, monkeypatch: pytest.MonkeyPatch, status: int
):
    refusals = Refusals(room, "delete", status, monkeypatch)
    assert await room.anna.machine.sign_in("classroom-matrix") is IdentityState.OURS
    assert sorted(refusals.deleted) == ["CLASSROOM_ABCDEF", "CLASSROOM_GHIJKL", "CLASSROOM_OLDOLD"]
    assert refusals.predecessor(room) == "CLASSROOM_OLDOLD"
    refusals = Refusals(room, "", status, monkeypatch)
    await room.anna.machine.sign_in("classroom-matrix")
    assert refusals.predecessor(room) is None


async def test_refused_upload_of_keys_stops_no_start(room: Room, monkeypatch: pytest.MonkeyPatch):
    refusals = Refusals(room, "upload", 400, monkeypatch)
    assert await room.anna.machine.sign_in("classroom-matrix") is IdentityState.OURS
    assert refusals.predecessor(room) is None


# ── What nobody has thought of ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("loop", "fails"),
    [("_listen", "_server.key_news"), ("_tend", "_lists.refresh"), ("_keep_time", "_sharing.send_queued")],
)
async def test_loop_goes_on_after_what_nobody_has_thought_of(
    room: Room, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, loop: str, fails: str
):
    encryption = room.anna.machine
    monkeypatch.setattr(machine, "SURPRISE_PAUSE", 0.0)
    part, name = fails.split(".")
    once, again = asyncio.Event(), asyncio.Event()

    async def surprised(*_: object) -> None:
        if once.is_set():
            again.set()
            raise StorageError("the same again, later")
        once.set()
        raise RuntimeError("what Anna said")

    monkeypatch.setattr(getattr(encryption, part), name, surprised)
    with caplog.at_level(logging.ERROR, LOGGER):
        task = asyncio.create_task(getattr(encryption, loop)())
        async with asyncio.timeout(5):
            await once.wait()
            while not again.is_set():
                room.anna.clock.advance(timedelta(seconds=5))
                await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert "RuntimeError at test_troubles.py:" in caplog.text
    assert "what Anna said" not in caplog.text


async def test_channel_that_cannot_be_mended_does_not_stop_what_comes_after_it(room: Room, monkeypatch: pytest.MonkeyPatch):
    seen = []

    def surprised(their: Device) -> None:
        seen.append(their.user_id)
        raise RuntimeError

    await room.write("hello")
    room.anna.database.execute("UPDATE e2e_device SET unwedged_at = -1")
    monkeypatch.setattr(room.anna.machine._sharing, "_dummy", surprised)
    await room.anna.machine._tend_once()
    assert sorted(seen) == sorted((room.boris.user_id, room.vera.user_id))
