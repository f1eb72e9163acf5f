"""Keys outside the database: made once, for one user only, never half written."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from classroom_matrix.encryption.keyring import DEVICE, GENERATION, SECRETS, KeyRing
from classroom_matrix.errors import ConfigError, StorageError, WrongKey

NAMES = (SECRETS, DEVICE, GENERATION)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return KeyRing.folder_of(tmp_path / "var" / "classroom.db")


def test_folder_lies_beside_the_database():
    assert KeyRing.folder_of(Path("/srv/var/classroom.db")) == Path("/srv/var/classroom.keys")


def test_keys_are_drawn_once_and_for_this_user_only(folder: Path):
    first = KeyRing.open(folder)
    again = KeyRing.open(folder)
    assert (first.secrets, first.device) == (again.secrets, again.device)
    assert len(first.secrets) == len(first.device) == 32
    assert first.secrets != first.device
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {name: stat.S_IMODE((folder / name).stat().st_mode) for name in NAMES} == dict.fromkeys(NAMES, 0o600)
    assert {path.name for path in folder.iterdir()} == set(NAMES), "nothing half written is left"


def test_what_a_killed_start_left_half_written_is_no_obstacle(folder: Path):
    folder.mkdir(parents=True)
    (folder / (SECRETS + ".new")).write_bytes(b"half")
    assert len(KeyRing.open(folder).secrets) == 32


def test_missing_secrets_do_not_change_the_device(folder: Path):
    device = KeyRing.open(folder).device
    (folder / SECRETS).unlink()
    assert KeyRing.open(folder).device == device


@pytest.mark.parametrize("name", [SECRETS, DEVICE])
@pytest.mark.parametrize("content", [b"", b"x" * 31, b"x" * 33])
def test_key_of_wrong_size_is_refused_and_left_alone(folder: Path, name: str, content: bytes):
    KeyRing.open(folder)
    (folder / name).write_bytes(content)
    with pytest.raises(ConfigError, match=rf"{name}: this is no key: {len(content)} bytes"):
        KeyRing.open(folder)
    assert (folder / name).read_bytes() == content


def test_what_cannot_be_read_is_named(folder: Path):
    KeyRing.open(folder)
    (folder / SECRETS).unlink()
    (folder / SECRETS).mkdir()
    with pytest.raises(ConfigError, match=f"{SECRETS}: cannot be used for keys: Is a directory"):
        KeyRing.open(folder)


def test_folder_that_is_a_file_is_named(folder: Path):
    folder.parent.mkdir()
    folder.write_text("")
    with pytest.raises(ConfigError, match=r"classroom\.keys: cannot be used for keys"):
        KeyRing.open(folder)


def test_sealed_is_read_by_the_same_key_only(folder: Path, tmp_path: Path):
    ring = KeyRing.open(folder)
    sealed = ring.seal(b"a private key")
    assert b"private" not in sealed
    assert sealed != ring.seal(b"a private key"), "the same nonce twice"
    assert KeyRing.open(folder).unseal(sealed) == b"a private key"
    with pytest.raises(WrongKey, match=r"secrets\.key does not fit this database"):
        KeyRing.open(tmp_path / "other.keys").unseal(sealed)


@pytest.mark.parametrize("damaged", [b"", b"short", b"x" * 60])
def test_damaged_is_not_read(damaged: bytes):
    with pytest.raises(WrongKey):
        KeyRing.in_memory().unseal(damaged)


def test_every_flipped_bit_is_noticed():
    ring = KeyRing.in_memory()
    sealed = ring.seal(b"key")
    for place in range(len(sealed)):
        with pytest.raises(WrongKey):
            ring.unseal(sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :])


def test_generation_is_seen_by_whoever_opens_next(folder: Path):
    ring = KeyRing.open(folder)
    assert ring.generation() == 0
    for generation in (1, 2, 10**9, 7):
        ring.note(generation)
        assert ring.generation() == KeyRing.open(folder).generation() == generation


def test_generation_of_nonsense_is_refused(folder: Path):
    ring = KeyRing.open(folder)
    (folder / GENERATION).write_text("many")
    with pytest.raises(ConfigError, match="this is no count"):
        ring.generation()


def test_generation_that_cannot_be_written_stops_what_depends_on_it(folder: Path, monkeypatch: pytest.MonkeyPatch):
    ring = KeyRing.open(folder)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(StorageError, match="No space left"):
        ring.note(1)


def test_fresh_device_counts_from_nothing(folder: Path):
    ring = KeyRing.open(folder)
    ring.note(5)
    old, secrets = ring.device, ring.secrets
    ring.fresh_device()
    assert ring.device != old
    assert ring.generation() == 0
    again = KeyRing.open(folder)
    assert (again.device, again.secrets, again.generation()) == (ring.device, secrets, 0)
    ring.note(1)
    assert KeyRing.open(folder).generation() == 1


def test_fresh_device_cut_off_halfway_leaves_the_old_account_unreadable(folder: Path, monkeypatch: pytest.MonkeyPatch):
    ring = KeyRing.open(folder)
    ring.note(5)
    monkeypatch.setattr("classroom_matrix.encryption.keyring._digits", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        ring.fresh_device()
    assert KeyRing.open(folder).device != ring.device, "a database that was put back would go on with the old device"


def test_in_memory_touches_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    ring = KeyRing.in_memory()
    ring.note(3)
    assert ring.generation() == 3
    old = ring.device
    ring.fresh_device()
    assert (ring.generation(), ring.device == old) == (0, False)
    assert not list(tmp_path.iterdir())
