"""The service's own device: which database it may go on with, and keys that are never made twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.encryption.device import FALLBACK_REST, ONE_TIME_KEYS, Device
from classroom_matrix.encryption.keyring import DEVICE, GENERATION, KeyRing
from classroom_matrix.errors import StorageError
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import devices, outbound, own_device, rooms
from classroom_matrix.storage.encryption.devices import Device as TheirDevice

BOT = UserId("@bot:school")


class Machine:
    """A database and its key files, opened again after each kill."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "classroom.db"
        self._open: list[Database] = []

    def start(self, given: str | None = None) -> Device:
        self.kill()
        database = Database(self.path)
        self._open.append(database)
        device = Device(database, KeyRing.open(KeyRing.folder_of(self.path)), BOT)
        device.open(given)
        return device

    def kill(self) -> None:
        while self._open:
            self._open.pop().close()

    def copy(self) -> Path:
        target = self.path.with_name("copy.db")
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return target

    def put_back(self, copy: Path) -> None:
        self.kill()
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        copy.replace(self.path)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    yield machine
    machine.kill()


def advance(device: Device, times: int = 1) -> None:
    for _ in range(times):
        with device.advancing():
            pass


def test_device_goes_on_after_a_start(machine: Machine) -> None:
    device = machine.start()
    known = device.known()
    advance(device, 3)
    assert machine.start().known().device_id == known.device_id
    assert machine.start().known().ed25519 == known.ed25519


@pytest.mark.parametrize("steps", [1, 2, 5])
def test_database_that_was_put_back_gets_another_device(machine: Machine, steps: int) -> None:
    device = machine.start()
    advance(device)
    old, copy = device.known(), machine.copy()
    advance(device, steps)
    machine.put_back(copy)
    new = machine.start().known()
    assert new.device_id != old.device_id
    assert new.predecessor == old.device_id
    assert new.curve25519 != old.curve25519


def test_kill_before_the_commit_is_not_taken_for_a_database_that_was_put_back(machine: Machine) -> None:
    device = machine.start()
    advance(device)
    old = device.known()

    def commit_fails() -> None:
        with device.advancing():
            raise StorageError("killed")

    for _ in range(3):
        with pytest.raises(StorageError):
            commit_fails()
        device = machine.start()
        assert device.known().device_id == old.device_id
    advance(device)
    assert machine.start().known().device_id == old.device_id


@pytest.mark.parametrize("name", [DEVICE, GENERATION])
def test_database_without_its_device_files_gets_another_device(machine: Machine, name: str) -> None:
    device = machine.start()
    advance(device, 2)
    old = device.known().device_id
    machine.kill()
    (KeyRing.folder_of(machine.path) / name).unlink()
    assert machine.start().known().device_id != old


def test_device_of_another_access_token_is_another_one(machine: Machine) -> None:
    assert machine.start("ONE").known().device_id == "ONE"
    new = machine.start("TWO").known()
    assert (new.device_id, new.predecessor, new.uploaded) == ("TWO", "ONE", False)


def test_names_of_one_time_keys_do_not_come_again_from_a_copy(machine: Machine) -> None:
    """An account that was put back would make other keys of the same names; the homeserver refuses those for ever."""
    device = machine.start()
    copy = machine.copy()
    body = device.keys_to_upload(0, fallback_is_used=False, now=1.0)
    assert body is not None  # the homeserver has taken it, and we were killed
    machine.put_back(copy)
    assert machine.start().known().ed25519 != body["device_keys"]["keys"][f"ed25519:{body['device_keys']['device_id']}"]


def test_keys_are_offered_until_the_homeserver_has_taken_them(machine: Machine) -> None:
    device = machine.start()
    first = device.keys_to_upload(0, fallback_is_used=False, now=1.0)
    assert first is not None
    assert (len(first["one_time_keys"]), len(first["fallback_keys"])) == (ONE_TIME_KEYS, 1)
    device = machine.start()  # killed while they were uploaded
    assert device.keys_to_upload(0, fallback_is_used=False, now=2.0) == first
    device.uploaded()
    assert device.keys_to_upload(ONE_TIME_KEYS, fallback_is_used=False, now=3.0) is None
    more = device.keys_to_upload(ONE_TIME_KEYS - 2, fallback_is_used=False, now=4.0)
    assert more is not None
    assert (len(more["one_time_keys"]), set(more)) == (2, {"one_time_keys"})
    assert not more["one_time_keys"].keys() & first["one_time_keys"].keys()


def test_fallback_key_is_replaced_when_it_was_used_but_not_at_once(machine: Machine) -> None:
    device = machine.start()
    first = device.keys_to_upload(0, fallback_is_used=False, now=1.0)
    assert first is not None
    device.uploaded()
    assert device.keys_to_upload(ONE_TIME_KEYS, fallback_is_used=True, now=FALLBACK_REST) is None
    assert device.keys_to_upload(ONE_TIME_KEYS, fallback_is_used=False, now=9 * FALLBACK_REST) is None
    later = device.keys_to_upload(ONE_TIME_KEYS, fallback_is_used=True, now=1.0 + FALLBACK_REST)
    assert later is not None
    assert later["fallback_keys"].keys() != first["fallback_keys"].keys()


def test_what_is_bound_to_the_device_goes_with_it(machine: Machine) -> None:
    device = machine.start()
    advance(device)
    database = device._database
    with database.transaction():
        rooms.put(database, rooms.EncryptedRoom("!r", "x", 1, 1, invited_read=True), [("@a", "join")])
        devices.track(database, ["@a"])
        session = outbound.Outbound("s", "!r", "pickle", "key", 1, 1.0)
        outbound.begin(database, session, ["@a"])
        for name, state in (("GIVEN", outbound.GIVEN), ("ON_ITS_WAY", outbound.ON_ITS_WAY), ("DEAF", outbound.NO_CHANNEL)):
            outbound.share(database, "s", [TheirDevice("@a", name, "curve", "ed")], 0, state)
    copy = machine.copy()
    advance(device, 4)
    machine.put_back(copy)
    database = machine.start()._database
    left = [row[0] for row in database.execute("SELECT device_id FROM e2e_share ORDER BY device_id")]
    assert left == ["", "GIVEN"], "who has it need not be given it again, who may not have it has to be"
    assert database.execute("SELECT over, pickle FROM e2e_outbound").fetchall() == [(1, "")]
    assert devices.dirty(database, -1) == {"@a": 2}
    assert (rooms.get(database, "!r"), rooms.members(database, "!r", invited=True)) == (None, []), "memberships of long ago"
    assert rooms.remembered(database, "!r") is not None, "whoever says that it is plain now is not believed"
    assert own_device.generation(database) == 0
