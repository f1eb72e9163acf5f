"""A backup holds everything but the device, and comes back as another device of the same identity."""

from __future__ import annotations

import io
import os
import sqlite3
import stat
import tarfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from classroom_matrix.cli import app
from classroom_matrix.config import load
from classroom_matrix.domain.ids import UserId
from classroom_matrix.encryption.cross_signing import Identity
from classroom_matrix.encryption.device import Device
from classroom_matrix.encryption.keyring import DEVICE, SECRETS, KeyRing
from classroom_matrix.errors import ClassroomError, ConfigError, WrongKey
from classroom_matrix.lifecycle.restore import NoBackup
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption.tables import OlmSessionRow, OutboundRow, RoomKeyRow
from classroom_matrix.terminal.backups import backup, restore

CONFIG = """
homeserver: {url: http://127.0.0.1:8008, server_name: school.localhost}
bot: {user: classroom, name: Bot}
connection: CONNECTION
accounts: {}
language: ru
timezone: Europe/Moscow
classes: [{id: 3b, name: 3Б, roster: lists/3b.csv}]
"""
APPSERVICE, SYNC = "{kind: appservice}", "{kind: sync, access_token_file: var/token}"
OLM = "an Olm session's pickle, which must never be restored"
OUTBOUND = "an outbound session's pickle, which must never be restored"


@dataclass
class Machine:
    """A folder with a school. Only its device key opens the device."""

    folder: Path
    capsys: pytest.CaptureFixture[str]

    @property
    def config(self) -> Path:
        return self.folder / "config.yaml"

    @property
    def database(self) -> Path:
        return self.folder / "var" / "classroom.db"

    @property
    def keys(self) -> Path:
        return self.folder / "var" / "classroom.keys"

    def backup(self, file: Path) -> str:
        assert backup(load(self.config), file) == 0
        return self.capsys.readouterr().out

    def restore(self, file: Path, *, force: bool = False) -> tuple[int, str]:
        return restore(self.config, file, force=force), self.capsys.readouterr().out

    def identity(self) -> str:
        database, keyring = Database(self.database), KeyRing.open(self.keys)
        try:
            found = Identity.load(database, keyring)
            assert found is not None
            return found.public_master
        finally:
            keyring.close()
            database.close()


def fill(database: Database, keyring: KeyRing) -> tuple[str, str, str]:
    """A device with sessions, and an identity. Returns device, account and public master key."""
    own = Device(database, keyring, UserId("@classroom:school.localhost")).open()
    identity = Identity.fresh()
    identity.store(database, keyring, 1.0)
    OlmSessionRow.create(session_id="s", user_id="@anna:school", curve25519="c", pickle=OLM, used_at=1.0)
    OutboundRow.create(session_id="o", room_id="!desk", pickle=OUTBOUND, session_key="kept", at=1.0)
    RoomKeyRow.create(
        room_id="!desk", session_id="r", user_id="@a", curve25519="c", pickle="a room's key", first_index=0, at=1.0
    )
    return own.device_id, own.account, identity.public_master


@dataclass
class Filled(Machine):
    device_id: str = ""
    account: str = ""
    master: str = ""


@pytest.fixture
def machine(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Filled:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "160")
    made = Filled(tmp_path / "old", capsys)
    (made.folder / "lists").mkdir(parents=True)
    made.config.write_text(CONFIG.replace("CONNECTION", APPSERVICE), "utf-8")
    made.config.chmod(0o644)
    (made.folder / "lists" / "3b.csv").write_text("№;Фамилия\n", "utf-8")
    database, keyring = Database(made.database), KeyRing.open(made.keys)
    made.device_id, made.account, made.master = fill(database, keyring)
    keyring.note(7)
    keyring.close()
    database.close()
    var = made.folder / "var"
    (var / "registration.yaml").write_text("as_token: secret", "utf-8")
    (var / "token").write_text("token", "utf-8")
    (var / "admin.token").write_text("admin", "utf-8")
    ledger = sqlite3.connect(var / "accounts.db")
    ledger.execute("CREATE TABLE account (user_id)")
    ledger.close()
    return made


@pytest.fixture
def empty(machine: Filled, tmp_path: Path) -> Machine:
    """Another machine, with nothing on it."""
    return Machine(tmp_path / "new", machine.capsys)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "school.tar"


def names(file: Path) -> set[str]:
    with tarfile.open(file) as archive:
        return set(archive.getnames())


def test_backup_holds_everything_but_the_device(machine: Filled, file: Path):
    output = machine.backup(file)
    assert f"{file} is written" in output
    assert names(file) == {
        "manifest.json", "config.yaml", "secrets.key", "classroom.db", "registration.yaml",
        "accounts.db", "admin.token", "list-3b.csv",
    }  # fmt: skip
    content = file.read_bytes()
    for what in (OLM, OUTBOUND, machine.account, "as_token: secret", "a room's key"):
        assert (what.encode() in content) == (what in ("as_token: secret", "a room's key")), what
    assert (machine.keys / DEVICE).read_bytes() not in content
    assert (machine.keys / SECRETS).read_bytes() in content
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in file.parent.iterdir()) == ["old", "school.tar"], "nothing is left beside it"


def test_backup_leaves_the_running_service_alone(machine: Filled, file: Path):
    before = {path.name: path.read_bytes() for path in machine.keys.iterdir()}
    database = Database(machine.database)
    machine.backup(file)
    assert database.execute("SELECT pickle FROM e2e_olm_session").fetchall() == [(OLM,)]
    assert database.execute("SELECT account FROM e2e_own_device").fetchall() == [(machine.account,)]
    database.close()
    assert {path.name: path.read_bytes() for path in machine.keys.iterdir()} == before


def test_restored_on_another_machine_it_is_a_new_device_of_the_same_identity(machine: Filled, empty: Machine, file: Path):
    machine.backup(file)
    code, output = empty.restore(file)
    assert code == 0
    assert "config.yaml comes from the backup" in output
    assert "never start it there again" in output
    assert "accounts.db, " in output
    assert empty.identity() == machine.master
    assert stat.S_IMODE(empty.keys.stat().st_mode) == 0o700
    assert stat.S_IMODE((empty.keys / SECRETS).stat().st_mode) == 0o600
    assert stat.S_IMODE(empty.database.stat().st_mode) == 0o600
    assert stat.S_IMODE(empty.config.stat().st_mode) == 0o644, "the accounts process reads it, too"
    assert (empty.folder / "lists" / "3b.csv").exists()
    assert (empty.folder / "var" / "registration.yaml").read_text() == "as_token: secret"
    database, keyring = Database(empty.database), KeyRing.open(empty.keys)
    try:
        assert RoomKeyRow.get().pickle == "a room's key"
        assert OutboundRow.get().session_key == "kept"
        own = Device(database, keyring, UserId("@classroom:school.localhost")).open()
        assert own.device_id != machine.device_id
        assert own.predecessor == machine.device_id, "the service deletes it"
    finally:
        keyring.close()
        database.close()


def test_restored_on_the_same_machine_it_is_a_new_device_too(machine: Filled, file: Path):
    machine.backup(file)
    assert machine.restore(file, force=True)[0] == 0
    database, keyring = Database(machine.database), KeyRing.open(machine.keys)
    try:
        own = Device(database, keyring, UserId("@classroom:school.localhost")).open()
        assert own.device_id != machine.device_id
    finally:
        keyring.close()
        database.close()


def test_restore_does_not_replace_anything_unless_it_is_told_to(machine: Filled, file: Path):
    machine.backup(file)
    database = Database(machine.database)
    database.execute("INSERT INTO installation (name, value) VALUES ('written', 'since')")
    database.close()
    content = machine.database.read_bytes()
    code, output = machine.restore(file)
    assert (code, f"there already and would be replaced: {machine.database}" in output) == (1, True)
    assert machine.database.read_bytes() == content
    (machine.folder / "var" / "registration.yaml").write_text("as_token: newer", "utf-8")
    code, output = machine.restore(file, force=True)
    assert (code, "is not the same; left as it is" in output) == (0, True)
    assert (machine.folder / "var" / "registration.yaml").read_text() == "as_token: newer"
    database = Database(machine.database)
    assert database.execute("SELECT COUNT(*) FROM installation WHERE name = 'written'").fetchone()[0] == 0
    database.close()


def test_another_secrets_key_is_in_the_way_also_without_a_database(machine: Filled, empty: Machine, file: Path):
    machine.backup(file)
    KeyRing.open(empty.keys)
    key = (empty.keys / SECRETS).read_bytes()
    code, output = empty.restore(file)
    assert (code, f"there already and would be replaced: {empty.keys / SECRETS}." in output) == (1, True)
    assert (empty.keys / SECRETS).read_bytes() == key
    assert not empty.database.exists()
    assert empty.restore(file, force=True)[0] == 0
    assert empty.identity() == machine.master


def test_restore_over_a_running_service_is_refused(machine: Filled, file: Path):
    machine.backup(file)
    database = Database(machine.database)
    code, output = machine.restore(file, force=True)
    assert (code, "the service is running" in output) == (1, True)
    database.close()
    assert machine.restore(file, force=True)[0] == 0


def test_log_of_the_old_database_is_not_taken_for_the_new_ones(machine: Filled, file: Path):
    machine.backup(file)
    log = machine.database.with_name(machine.database.name + "-wal")
    database = Database(machine.database)
    database.execute("CREATE TABLE since (name)")
    content = log.read_bytes()
    database.close()
    log.write_bytes(content)  # as a killed service leaves it
    assert machine.restore(file, force=True)[0] == 0
    copy = sqlite3.connect(machine.database)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert copy.execute("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'since'").fetchone() == (0,)
    copy.close()
    assert machine.identity() == machine.master


def test_damaged_database_is_replaced(machine: Filled, file: Path):
    machine.backup(file)
    machine.database.write_bytes(b"broken")
    assert machine.restore(file, force=True)[0] == 0
    assert machine.identity() == machine.master


def test_account_that_syncs_is_told_to_log_in_anew(machine: Filled, empty: Machine, file: Path):
    machine.config.write_text(CONFIG.replace("CONNECTION", SYNC), "utf-8")
    assert "the bot has to log in anew" in machine.backup(file)
    assert b"token" not in {name.encode() for name in names(file)}
    code, output = empty.restore(file)
    assert (code, "Log in as @classroom:school.localhost anew" in output) == (0, True)


def test_files_of_another_user_are_named(machine: Filled, file: Path):
    (machine.folder / "var" / "accounts.db").write_bytes(b"not for this user, and so no database" * 100)
    (machine.folder / "var" / "admin.token").unlink()
    output = machine.backup(file)
    assert "because it is another user's: " in output
    assert "because it is not there: " in output
    assert "accounts.db" not in names(file)


def test_backup_without_the_key_is_refused(machine: Filled, file: Path):
    (machine.keys / SECRETS).unlink()
    with pytest.raises(ConfigError, match=r"secrets\.key: is missing"):
        machine.backup(file)
    (machine.keys / SECRETS).write_bytes(bytes(32))
    with pytest.raises(WrongKey):
        machine.backup(file)
    assert [path.name for path in file.parent.iterdir()] == ["old"]


def test_school_without_encryption_is_backed_up_too(machine: Filled, empty: Machine, file: Path):
    database = Database(machine.database)
    for table in ("e2e_own_device", "e2e_secret"):
        database.execute(f"DELETE FROM {table}")
    database.close()
    for path in machine.keys.iterdir():
        path.unlink()
    machine.backup(file)
    assert empty.restore(file)[0] == 0
    assert empty.database.exists()


def test_before_the_first_start_there_is_nothing_to_back_up(machine: Filled, file: Path):
    machine.database.unlink()
    with pytest.raises(ConfigError, match="the service has never run"):
        machine.backup(file)


def test_earlier_backup_stays_where_the_new_one_cannot_be_written(machine: Filled, file: Path, monkeypatch: pytest.MonkeyPatch):
    machine.backup(file)
    content = file.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        machine.backup(file)
    assert file.read_bytes() == content
    assert sorted(path.name for path in file.parent.iterdir()) == ["old", "school.tar"]


def cut_off(content: bytes) -> bytes:
    return content[: len(content) // 2]


def flip(content: bytes) -> bytes:
    place = content.index(b"a room's key")
    return content[:place] + b"A" + content[place + 1 :]


def foreign(_: bytes) -> bytes:
    """A tar that would write somewhere else."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("../escaped"), io.BytesIO())
    return made.getvalue()


def linked(_: bytes) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        member = tarfile.TarInfo("manifest.json")
        member.type, member.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(member)
    return made.getvalue()


@pytest.mark.parametrize("spoil", [cut_off, flip, foreign, linked, lambda _: b"", lambda _: b"no tar" * 1000])
def test_what_is_no_whole_backup_is_refused_and_changes_nothing(
    machine: Filled, empty: Machine, file: Path, spoil: Callable[[bytes], bytes]
):
    machine.backup(file)
    file.write_bytes(spoil(file.read_bytes()))
    with pytest.raises(NoBackup):
        empty.restore(file)
    assert list(empty.folder.iterdir()) == []
    assert not (file.parent / "escaped").exists()


def test_there_is_no_such_file(empty: Machine, file: Path):
    with pytest.raises(ClassroomError, match="there is no such file"):
        empty.restore(file)


def test_backup_of_a_busy_database_is_of_one_moment(machine: Filled, empty: Machine, file: Path):
    """Two rows are always written together; half of them would be missing from a copy page by page."""
    database = Database(machine.database)
    database.execute("CREATE TABLE pair (name TEXT, filling BLOB)")
    for _ in range(500):
        database.execute("INSERT INTO pair VALUES ('before', randomblob(20000))")
    stop = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        busy = sqlite3.connect(machine.database, isolation_level=None, timeout=30)
        while not stop.is_set():
            busy.execute("BEGIN IMMEDIATE")
            busy.execute("INSERT INTO pair VALUES ('one', randomblob(9000))")
            busy.execute("INSERT INTO pair VALUES ('other', randomblob(9000))")
            busy.execute("COMMIT")
            written += 1
        busy.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        while not written:
            pass
        machine.backup(file)
    finally:
        stop.set()
        thread.join()
        database.close()
    assert empty.restore(file)[0] == 0
    copy = sqlite3.connect(empty.database)
    counts = dict(copy.execute("SELECT name, COUNT(*) FROM pair GROUP BY name"))
    copy.close()
    assert counts["before"] == 500
    assert counts["one"] == counts["other"] > 0


def test_commands_are_there():
    assert {"keys", "backup", "restore"} <= set(app.commands)
