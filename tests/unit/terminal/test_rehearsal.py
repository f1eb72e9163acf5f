"""`plan` and `check` leave the database as it is."""

from __future__ import annotations

from pathlib import Path

from classroom_matrix.config import load
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.tables import FactRow
from classroom_matrix.terminal.rehearsal import rehearsal

CONFIG = """
homeserver: {url: http://127.0.0.1:8008, server_name: school.localhost}
bot: {user: classroom, name: Bot}
connection: {kind: appservice, listen: 127.0.0.1:9009, registration: r.yaml}
database: a.db
language: ru
timezone: Europe/Moscow
classes:
  - {id: 3b, name: 3Б}
"""


def test_a_rehearsal_sees_everything_and_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    config = load(tmp_path / "config.yaml")
    database = Database(config.database)
    FactRow.create(name="real", value="1")
    with rehearsal(config) as rehearsed:
        copy = Database(rehearsed.database)
        assert copy.execute("SELECT name FROM installation").fetchall() == [("real",)]
        copy.execute("INSERT INTO installation (name, value) VALUES ('rehearsed', '2')")
        copy.close()
    assert not rehearsed.database.exists()
    assert database.execute("SELECT name FROM installation").fetchall() == [("real",)]
    database.close()


def test_a_rehearsal_before_the_first_run_makes_no_database(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(CONFIG, "utf-8")
    config = load(tmp_path / "config.yaml")
    with rehearsal(config) as rehearsed:
        Database(rehearsed.database).close()
    assert not config.database.exists()
