from __future__ import annotations

import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from classroom_matrix.accounts.audit import Audit, Peer, last_entries
from classroom_matrix.accounts.ledger import Ledger, State
from classroom_matrix.domain.ids import UserId
from classroom_matrix.errors import ClassroomError, StorageError

from .conftest import Office

USER = UserId("@u4k7:school.localhost")


def test_files_are_for_the_owner_only(office: Office) -> None:
    office.ledger.ask(USER, "request 1")
    assert {stat.S_IMODE(path.stat().st_mode) for path in office.path.parent.iterdir()} == {0o600}


def test_a_second_process_is_refused(office: Office) -> None:
    with pytest.raises(ClassroomError, match="another accounts process has"):
        Ledger(office.path, office.clock.seconds)


def test_a_ledger_of_a_newer_release_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "accounts.db")) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(StorageError, match="a newer release wrote it"):
        Ledger(tmp_path / "accounts.db", lambda: 0.0)


def test_a_ledger_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "accounts.db").write_text("not a database, but long enough to look like something else entirely " * 20)
    with pytest.raises(StorageError, match=r"accounts\.ledger"):
        Ledger(tmp_path / "accounts.db", lambda: 0.0)


def test_a_name_that_was_given_stays_for_ever(office: Office) -> None:
    office.ledger.ask(USER, "request 1")
    office.ledger.advance(USER, State.OPEN)
    with pytest.raises(StorageError, match="spent for ever"):
        office.ledger.forget(USER)
    assert office.ledger.account(USER) is not None


def test_the_audit_log_cannot_be_rewritten(office: Office) -> None:
    audit = Audit(office.ledger, office.clock.seconds)
    audit.begin("lock", USER, Peer(1000, 42))
    for sql in ("DELETE FROM audit", "UPDATE audit SET about = ''"):
        with pytest.raises(StorageError, match="append-only"), office.ledger.writing() as connection:
            connection.execute(sql)
    assert [(entry.verb, entry.about, entry.result, entry.uid, entry.pid) for entry in last_entries(office.path, 9)] == [
        ("lock", USER, "begun", 1000, 42)
    ]


def test_last_entries_are_the_last_ones_oldest_first(office: Office) -> None:
    audit = Audit(office.ledger, office.clock.seconds)
    for verb in ("create", "lock", "unlock"):
        audit.end(audit.begin(verb, USER, Peer()), verb, USER, "done", Peer())
    assert [(entry.verb, entry.result) for entry in last_entries(office.path, 2)] == [("lock", "done"), ("unlock", "done")]


def test_a_log_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        last_entries(tmp_path / "nothing.db", 5)
