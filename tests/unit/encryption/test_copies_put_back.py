"""A database that is put back gets a new device; one that just went on after a kill keeps its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.encryption.cross_signing import Identity
from classroom_matrix.encryption.device import Device
from classroom_matrix.encryption.keyring import DEVICE, GENERATION, KeyRing
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption.own_device import OwnDevice

BOT = UserId("@bot:school.localhost")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "classroom.db"


@contextmanager
def running(file: Path) -> Iterator[tuple[Database, KeyRing, Device]]:
    database, keyring = Database(file), KeyRing.open(KeyRing.folder_of(file))
    try:
        yield database, keyring, Device(database, keyring, BOT)
    finally:
        keyring.close()
        database.close()


def start(file: Path, sendings: int = 0) -> OwnDevice:
    """Start the service, let it send so often into encrypted rooms, and stop it."""
    with running(file) as (_, _, device):
        own = device.open()
        for _ in range(sendings):
            with device.advancing():
                pass
        return own


def test_device_stays_from_start_to_start(file: Path):
    first = start(file, sendings=3)
    assert start(file).device_id == first.device_id


def test_copy_put_back_gets_a_new_device_and_tells_the_old_one(file: Path, tmp_path: Path):
    first = start(file, sendings=1)
    shutil.copy(file, tmp_path / "copy.db")
    start(file, sendings=5)
    shutil.copy(tmp_path / "copy.db", file)
    second = start(file)
    assert second.device_id != first.device_id
    assert second.predecessor == first.device_id
    assert (second.curve25519, second.ed25519) != (first.curve25519, first.ed25519)
    assert start(file).device_id == second.device_id, "once is enough"


def test_kill_between_count_and_commit_keeps_the_device(file: Path):
    first = start(file, sendings=2)
    with pytest.raises(ZeroDivisionError), running(file) as (_, _, device), device.advancing():
        raise ZeroDivisionError
    assert start(file, sendings=1).device_id == first.device_id
    assert start(file).device_id == first.device_id


def lose_device_key(folder: Path) -> None:
    (folder / DEVICE).unlink()


def lose_generation(folder: Path) -> None:
    (folder / GENERATION).unlink()


def lose_folder(folder: Path) -> None:
    for path in folder.iterdir():
        if path.name in (DEVICE, GENERATION):
            path.unlink()


@pytest.mark.parametrize("lose", [lose_device_key, lose_generation, lose_folder])
def test_lost_files_mean_a_new_device_and_the_same_identity(file: Path, lose: Callable[[Path], None]):
    first = start(file, sendings=3)
    identity = Identity.fresh()
    with running(file) as (database, keyring, _):
        identity.store(database, keyring, 1.0)
    lose(KeyRing.folder_of(file))
    second = start(file)
    assert second.device_id != first.device_id
    with running(file) as (database, keyring, _):
        found = Identity.load(database, keyring)
    assert found is not None
    assert found.public_master == identity.public_master
