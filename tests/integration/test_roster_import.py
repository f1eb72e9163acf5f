"""`classroom-matrix roster import` as IT runs it: every format, twice, and killed at every moment."""

from __future__ import annotations

import csv
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook

SAMPLE = Path(__file__).parents[2] / "classroom_matrix" / "demo" / "roster.csv"
CONFIG = """
homeserver: {url: http://127.0.0.1:8008, server_name: school.localhost}
bot: {user: classroom}
connection: {registration: r.yaml}
database: a.db
classes: [{id: 3b, name: '3Б, 2026/27', pupil_accounts: true}]
"""
TABLES = ("person", "family", "household", "pupil", "member", "roster_key", "consent", "installation", "drift")
WHOLE = {"person": 75, "family": 27, "household": 31, "pupil": 28, "member": 75, "consent": 10, "drift": 1}
"""Rows of the sample: 47 guardians and 28 pupils with accounts; one refuses all four uses of pictures, three two each."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    return tmp_path


def command(folder: Path, file: Path) -> list[str]:
    config = str(folder / "config.yaml")
    return [sys.executable, "-m", "classroom_matrix", "roster", "import", "--config", config, str(file), "--yes"]


def run(folder: Path, file: Path) -> str:
    done = subprocess.run(
        command(folder, file), capture_output=True, text=True, check=False, env={**os.environ, "LANG": "C.UTF-8"}
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def rows(folder: Path, table: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder / "a.db") as connection:
        return connection.execute(f"SELECT * FROM {table}").fetchall()


def counts(folder: Path) -> dict[str, int]:
    return {table: len(rows(folder, table)) for table in WHOLE}


def roster(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything of the tables; IDs, which are random, stand as the number of their first appearance."""
    seen: dict[object, int] = {}

    def named(value: object) -> object:
        is_id = isinstance(value, str) and len(value) == 21 and value[0] in "cfhp"
        return ("id", seen.setdefault(value, len(seen))) if is_id else value

    tables = ("pupil", "person", "family", "household", "member")
    found = {table: [tuple(named(value) for value in row) for row in rows(folder, table)] for table in tables}
    found["consent"] = sorted((named(row[0]), *row[1:4]) for row in rows(folder, "consent"))  # type: ignore[type-var]
    return found


def as_text(encoding: str, delimiter: str) -> Callable[[Path], Path]:
    def write(folder: Path) -> Path:
        table = csv.reader(io.StringIO(SAMPLE.read_text("cp1251"), newline=""), delimiter=";")
        path = folder / "list.csv"
        with path.open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(table)
        return path

    return write


def as_workbook(folder: Path) -> Path:
    book = Workbook()
    assert book.active is not None
    for row in csv.reader(io.StringIO(SAMPLE.read_text("cp1251"), newline=""), delimiter=";"):
        book.active.append([cell or None for cell in row])
    path = folder / "list.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """The roster that the sample itself makes."""
    folder = tmp_path_factory.mktemp("sample")
    (folder / "config.yaml").write_text(CONFIG, "utf-8")
    run(folder, SAMPLE)
    assert counts(folder) == WHOLE
    return roster(folder)


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(as_text("cp1251", ";"), id="cp1251"),
        pytest.param(as_text("utf-8-sig", ";"), id="utf-8 with its mark"),
        pytest.param(as_text("utf-8", ","), id="commas"),
        pytest.param(as_text("utf-16", "\t"), id="tabs, Excel's Unicode text"),
        pytest.param(as_workbook, id="xlsx"),
    ],
)
def test_every_format_is_the_same_roster_and_again_changes_nothing(
    office: Path, whole: dict[str, list[tuple[object, ...]]], write: Callable[[Path], Path]
) -> None:
    file = write(office)
    assert "Imported. The class has 28 pupils." in run(office, file)
    assert roster(office) == whole
    before = [rows(office, table) for table in TABLES]
    assert "there is nothing to import" in run(office, file)
    assert "there is nothing to import" in run(office, SAMPLE)
    assert [rows(office, table) for table in TABLES] == before


def test_kill_at_any_moment_leaves_all_or_nothing(office: Path, whole: dict[str, list[tuple[object, ...]]]) -> None:
    """The moments lie between the first write and the end, as a run that is left alone takes it; each is a run of its own."""
    run(office, SAMPLE)
    began, ended = _moments(office)
    outcomes: set[int] = set()
    for step in range(8):
        for file in office.glob("a.db*"):
            file.unlink()
        process = _started(office)
        until = time.monotonic() + (began + (ended - began) * step / 7)
        while time.monotonic() < until and process.poll() is None:
            time.sleep(0.001)  # the moment of death is what is tested
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        found = _pupils(office)
        assert found in (0, 28)
        if found:
            assert counts(office) == WHOLE
        outcomes.add(found)
        run(office, SAMPLE)
        assert roster(office) == whole
    assert 0 in outcomes


def test_kill_between_any_two_statements_leaves_all_or_nothing(
    office: Path, whole: dict[str, list[tuple[object, ...]]]
) -> None:
    """The process dies by its own hand at a statement of the database that was counted before."""
    total = int(_dying(office, -1).stdout.split()[-1])
    assert total > 300
    found = []
    for moment in [*range(1, total, total // 12), total]:
        for file in office.glob("a.db*"):
            file.unlink()
        assert _dying(office, moment).returncode == -signal.SIGKILL
        found.append(_pupils(office))
    assert set(found) == {0}
    run(office, SAMPLE)
    assert roster(office) == whole


_DIE = """
import os, signal, sys
from classroom_matrix.storage.database import Database
plain, moment, count = Database.execute, int(sys.argv[1]), 0
def execute(self, *arguments):
    global count
    count += 1
    if count == moment:
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(self, *arguments)
Database.execute = execute
from pathlib import Path
from classroom_matrix.config import load
from classroom_matrix.terminal.roster import import_list
import_list(load(Path(sys.argv[2])), Path(sys.argv[3]), class_id=None, dry_run=False, yes=True)
print(count)
"""


def _dying(folder: Path, moment: int) -> subprocess.CompletedProcess[str]:
    arguments = [sys.executable, "-c", _DIE, str(moment), str(folder / "config.yaml"), str(SAMPLE)]
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


def _started(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(folder, SAMPLE), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _moments(folder: Path) -> tuple[float, float]:
    """(seconds from the start until the database is there, and until the end), of a run that is left alone."""
    for file in folder.glob("a.db*"):
        file.unlink()
    started = time.monotonic()
    process = _started(folder)
    while not (folder / "a.db").exists():
        assert process.poll() is None
        time.sleep(0.001)
    began = time.monotonic() - started
    process.wait()
    return began, time.monotonic() - started


def _pupils(folder: Path) -> int:
    with suppress(sqlite3.OperationalError):  # no database or no table yet
        return len(rows(folder, "pupil"))
    return 0


def test_two_imports_at_once_are_one(office: Path, whole: dict[str, list[tuple[object, ...]]]) -> None:
    run(office, SAMPLE)
    newcomer = office / "more.csv"
    lines = SAMPLE.read_text("cp1251").splitlines()
    newcomer.write_text(
        "\n".join([*lines, "29;Лев;Борис;;2.2.2017;Лев Инна Ильинична;+7 999 000-00-99;;;;;с мамой;;"]), "cp1251"
    )
    both = [subprocess.Popen(command(office, newcomer), stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    said = [process.communicate()[1].decode() for process in both]
    assert len(rows(office, "pupil")) == 29
    assert len(rows(office, "person")) == 77
    assert [text for text in said if text and "has changed in the meantime" not in text] == []


def test_import_beside_a_database_in_use_waits_for_its_turn(office: Path) -> None:
    run(office, SAMPLE)
    copy = office / "more.csv"
    shutil.copy(SAMPLE, copy)
    with sqlite3.connect(office / "a.db", isolation_level=None, check_same_thread=False) as connection:
        connection.execute("BEGIN IMMEDIATE")
        release = threading.Timer(1.5, connection.execute, ("COMMIT",))
        release.start()
        assert "there is nothing to import" in run(office, copy)
        release.join()
