"""`doctor`: the accounts process, and tasks that keep failing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from classroom_matrix.storage import held, tasks
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import own_device, rooms
from classroom_matrix.storage.outbox import Effect
from classroom_matrix.terminal.doctor import FAILURES, doctor

CONFIG = """
homeserver: {url: http://127.0.0.1:8008, server_name: school.localhost}
bot: {user: classroom, name: Bot}
connection: {kind: appservice, listen: 127.0.0.1:9009, registration: r.yaml}
database: a.db
language: ru
timezone: Europe/Moscow
accounts: {socket: accounts.sock}
classes:
  - {id: 3b, name: 3Б}
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    file = tmp_path / "config.yaml"
    file.write_text(CONFIG, "utf-8")
    Database(tmp_path / "a.db").close()
    return file


def test_an_accounts_process_that_is_not_there_is_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(config) == 1
    assert "accounts process does not answer" in " ".join(capsys.readouterr().out.split())


async def test_one_that_answers_is_not(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runner = web.AppRunner(web.Application())
    await runner.setup()
    try:
        await web.UnixSite(runner, str(config.with_name("accounts.sock"))).start()
        assert await asyncio.to_thread(doctor, config) == 0
    finally:
        await runner.cleanup()
    assert "accounts process" not in capsys.readouterr().out


def test_device_that_nobody_signed_is_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(CONFIG.replace("accounts: {socket: accounts.sock}\n", ""), "utf-8")
    database = Database(config.with_name("a.db"))
    own_device.put_new(database, "CLASSROOM_A", "", "", "")
    own_device.set_uploaded(database)
    assert doctor(config) == 1
    assert "classroom-matrix keys status" in capsys.readouterr().out
    own_device.set_signed_by(database, "the self-signing key")
    assert doctor(config) == 0
    database.close()


def test_rooms_that_are_encrypted_in_another_way_are_named(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(CONFIG.replace("accounts: {socket: accounts.sock}\n", ""), "utf-8")
    database = Database(config.with_name("a.db"))
    rooms.put(database, rooms.EncryptedRoom("!known", "m.megolm.v1.aes-sha2", 1.0, 1, invited_read=True), ())
    rooms.put(database, rooms.EncryptedRoom("!plain", None, 0, 0, invited_read=False), ())
    assert doctor(config) == 0
    rooms.put(database, rooms.EncryptedRoom("!odd", "m.of.tomorrow", 1.0, 1, invited_read=True), ())
    assert doctor(config) == 1
    said = capsys.readouterr().out
    assert ("!odd" in said, "!known" in said, "!plain" in said) == (True, False, False)
    database.close()


def test_tasks_that_keep_failing_are_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(CONFIG.replace("accounts: {socket: accounts.sock}\n", ""), "utf-8")
    database = Database(config.with_name("a.db"))
    for key, failures in (("a", FAILURES), ("b", FAILURES), ("c", FAILURES - 1)):
        tasks.put(database, key, "reissue", None, due=0.0)
        for _ in range(failures):
            task = next(task for task in tasks.due(database, 1e12, 10) if task.key == key)
            tasks.postpone(database, task, "PermanentError at synapse.py:7", 0.0)
    database.close()
    assert doctor(config) == 2
    said = capsys.readouterr().out
    assert said.count("PermanentError at synapse.py:7") == 1
    assert "reissue" in said


def test_letters_that_quiet_hours_hold_are_counted_and_no_problem(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config.write_text(CONFIG.replace("accounts: {socket: accounts.sock}\n", ""), "utf-8")
    database = Database(config.with_name("a.db"))
    home = {"household_id": "h1", "class_id": "3b"}
    letter = Effect("k|0", "send", None, "m.room.message", b"{}", **home)
    tap = Effect("k|1", "send", None, "m.reaction", b"{}", **home)
    database._thread.submit(held.put, database, [letter, tap], 1e12).result()
    database.close()
    assert doctor(config) == 0
    assert "quiet hours: 1 letter held" in capsys.readouterr().out
