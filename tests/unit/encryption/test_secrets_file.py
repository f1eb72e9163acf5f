"""``secrets.key`` is gone or another one: nothing is written over, the service goes on, and the right file makes all good."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import vodozemac

from classroom_matrix.domain.ids import UserId
from classroom_matrix.encryption.cross_signing import Identity
from classroom_matrix.encryption.device import Device
from classroom_matrix.encryption.keyring import DEVICE, SECRETS, KeyRing
from classroom_matrix.encryption.reading import CannotRead, Reader
from classroom_matrix.encryption.secrets_file import end_locked_sessions, open_keyring
from classroom_matrix.errors import WrongKey
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import outbound
from classroom_matrix.storage.encryption.outbound import Outbound

from .pen import Pen

BOT, ROOM, ANNA = UserId("@bot:school"), "!desk", UserId("@anna:school")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with an identity, which only its secrets.key opens."""
    file = tmp_path / "classroom.db"
    with running(file) as (database, keyring):
        Identity.fresh().store(database, keyring, 1.0)
    return file


@contextmanager
def running(file: Path) -> Iterator[tuple[Database, KeyRing]]:
    database = Database(file)
    keyring = open_keyring(database, KeyRing.folder_of(file))
    try:
        Device(database, keyring, BOT).open()
        end_locked_sessions(database, keyring)
        yield database, keyring
    finally:
        keyring.close()
        database.close()


def secrets_of(file: Path) -> Path:
    return KeyRing.folder_of(file) / SECRETS


def identity_of(file: Path) -> Identity | None:
    with running(file) as (database, keyring):
        return Identity.load(database, keyring)


def lose(path: Path) -> None:
    path.unlink()


def replace(path: Path) -> None:
    path.write_bytes(bytes(32))


def begin(database: Database, keyring: KeyRing, room: str) -> str:
    group = vodozemac.GroupSession()
    sealed = keyring.seal(group.session_key.to_base64().encode()).hex()
    with database.transaction():
        outbound.begin(database, Outbound(group.session_id, room, group.pickle(keyring.device), sealed, 0, 0.0), [])
    return group.session_id


def what_is_written(database: Database, keyring: KeyRing, pen: Pen, name: str) -> str:
    content = pen.text(name)
    event = {"event_id": f"${name}", "room_id": pen.room_id, "sender": pen.user_id, "content": content}
    return str(Reader(database, keyring).read(event)["content"]["body"])


either = pytest.mark.parametrize("spoil", [lose, replace])


@either
def test_start_says_what_to_do_and_writes_nothing_over(
    file: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
):
    path = secrets_of(file)
    spoil(path)
    before = path.read_bytes() if path.exists() else None
    with caplog.at_level(logging.ERROR, "classroom_matrix.encryption"), running(file) as (database, keyring):
        rows = database.execute("SELECT name, sealed FROM e2e_secret ORDER BY name").fetchall()
        with pytest.raises(WrongKey):
            Identity.load(database, keyring)
    assert (path.read_bytes() if path.exists() else None) == before
    assert f"{path} is missing or is not this database's: put it back from a backup" in caplog.text
    with running(file) as (database, _):
        assert database.execute("SELECT name, sealed FROM e2e_secret ORDER BY name").fetchall() == rows


@either
def test_right_file_makes_all_good_and_what_came_meanwhile_stays_readable(file: Path, spoil: Callable[[Path], None]):
    path = secrets_of(file)
    right, identity = path.read_bytes(), identity_of(file)
    assert identity is not None
    before, meanwhile = Pen(ROOM, ANNA), Pen(ROOM, ANNA)
    with running(file) as (database, keyring):
        before.give_to(Reader(database, keyring))
    spoil(path)
    with running(file) as (database, keyring):
        meanwhile.give_to(Reader(database, keyring))
        assert what_is_written(database, keyring, meanwhile, "1") == "1"
        with pytest.raises(CannotRead, match=r"another secrets\.key"):
            what_is_written(database, keyring, before, "2")
    with running(file) as (database, keyring):
        assert what_is_written(database, keyring, meanwhile, "3") == "3", "the next start reads it as well"
    path.write_bytes(right)
    again = identity_of(file)
    assert again is not None
    assert again.public_master == identity.public_master
    with running(file) as (database, keyring):
        assert keyring.secrets == right
        assert what_is_written(database, keyring, before, "4") == "4"
        assert what_is_written(database, keyring, meanwhile, "5") == "5"


@either
def test_sessions_that_cannot_be_given_any_more_end_at_the_start(file: Path, spoil: Callable[[Path], None]):
    with running(file) as (database, keyring):
        begin(database, keyring, ROOM)
    with running(file) as (database, _):
        assert outbound.current(database, ROOM) is not None
    spoil(secrets_of(file))
    with running(file) as (database, keyring):
        assert outbound.current(database, ROOM) is None
        begun = begin(database, keyring, ROOM)
    with running(file) as (database, _):
        session = outbound.current(database, ROOM)
        assert session is not None
        assert session.session_id == begun, "it is begun anew once, and not by each start"


def test_first_start_draws_one(tmp_path: Path):
    with running(tmp_path / "new.db") as (_, keyring):
        assert secrets_of(tmp_path / "new.db").read_bytes() == keyring.secrets


def test_new_identity_is_under_the_file_again(file: Path):
    """As `keys rotate` does it."""
    secrets_of(file).unlink()
    fresh = Identity.fresh()
    with running(file) as (database, keyring):
        keyring.take_file()
        fresh.store(database, keyring, 2.0)
    with running(file) as (database, keyring):
        assert keyring.secrets == secrets_of(file).read_bytes()
        loaded = Identity.load(database, KeyRing.of_secrets(secrets_of(file)))
        assert loaded is not None
        assert loaded.public_master == fresh.public_master


@either
def test_another_device_does_not_make_a_false_file_right(file: Path, spoil: Callable[[Path], None]):
    spoil(secrets_of(file))
    (KeyRing.folder_of(file) / DEVICE).unlink()
    pen = Pen(ROOM, ANNA)
    with running(file) as (database, keyring):
        pen.give_to(Reader(database, keyring))
    with running(file) as (database, keyring):
        assert what_is_written(database, keyring, pen, "1") == "1"


def test_key_that_cannot_be_decrypted_is_replaced_by_one_that_reads_as_much(file: Path):
    pen = Pen(ROOM, ANNA)
    with running(file) as (database, keyring):
        pen.give_to(Reader(database, keyring))
    secrets_of(file).unlink()
    with running(file) as (database, keyring):
        pen.give_to(Reader(database, keyring))
        assert what_is_written(database, keyring, pen, "1") == "1"
