"""`roster import` in the terminal: shows, asks, writes all or nothing."""

from __future__ import annotations

import io
import sqlite3
from pathlib import Path

import pytest

from classroom_matrix.config import Config, load
from classroom_matrix.errors import ConfigError
from classroom_matrix.terminal.roster import import_list

SAMPLE = Path(__file__).parents[3] / "classroom_matrix" / "demo" / "roster.csv"
CONFIG = """
homeserver: {{url: http://127.0.0.1:8008, server_name: school.localhost}}
bot: {{user: classroom}}
connection: {{registration: r.yaml}}
database: a.db
classes: [{classes}]
"""


def configured(folder: Path, *classes: str, more: str = "") -> Config:
    path = folder / "config.yaml"
    path.write_text(CONFIG.format(classes=", ".join(classes or ("{id: 3b, name: '3Б, 2026/27'}",))) + more, "utf-8")
    return load(path)


def answer(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Somebody sits at the terminal and types this."""
    stdin = io.StringIO(text)
    stdin.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stdin", stdin)


def pupils(folder: Path) -> int:
    with sqlite3.connect(folder / "a.db") as connection:
        return int(connection.execute("SELECT COUNT(*) FROM pupil").fetchone()[0])


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "160")


def test_dry_run_shows_all_and_leaves_no_trace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = configured(tmp_path)
    assert import_list(config, SAMPLE, class_id=None, dry_run=True, yes=True) == 0
    output = capsys.readouterr().out
    assert "│ 3   │ Ксения Калинина          │ new, with Наталья Александровна Калинина, Сергей Тигранович Калинин" in output
    assert "court limit (Василиса Панова): kept out of every room" in output
    assert "the language “то?ик?” cannot be read" in output
    assert not (tmp_path / "a.db").exists()


@pytest.mark.parametrize(("typed", "code", "count"), [("y\n", 0, 28), ("да\n", 0, 28), ("\n", 1, 0), ("n\n", 1, 0), ("", 1, 0)])
def test_import_asks_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], typed: str, code: int, count: int
) -> None:
    config = configured(tmp_path)
    answer(monkeypatch, typed)
    assert import_list(config, SAMPLE, class_id="3b", dry_run=False, yes=False) == code
    assert pupils(tmp_path) == count
    output = capsys.readouterr().out
    assert ("classroom-matrix slips --class 3b" in output, "Nothing was imported" in output) == (not code, bool(code))


def test_nobody_to_ask_is_a_no(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    config = configured(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert import_list(config, SAMPLE, class_id=None, dry_run=False, yes=False) == 1
    assert "there is nobody here to ask. To import without a question: --yes" in capsys.readouterr().out
    assert pupils(tmp_path) == 0
    assert import_list(config, SAMPLE, class_id=None, dry_run=False, yes=True) == 0
    assert pupils(tmp_path) == 28


def test_same_list_again_is_nothing_to_ask_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = configured(tmp_path)
    import_list(config, SAMPLE, class_id=None, dry_run=False, yes=True)
    capsys.readouterr()
    assert import_list(config, SAMPLE, class_id=None, dry_run=False, yes=False) == 0
    output = capsys.readouterr().out
    assert ("there is nothing to import" in output, "slips" in output) == (True, False)


def test_terminal_is_spoken_to_in_its_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "ru_RU.UTF-8")
    import_list(configured(tmp_path), SAMPLE, class_id=None, dry_run=False, yes=True)
    output = capsys.readouterr().out
    assert "новый ученик; взрослые: Наталья Александровна Калинина, Сергей Тигранович Калинин" in output
    assert "Импортировано. В классе 28 учеников." in output


def test_class_has_to_be_named_where_there_are_several(tmp_path: Path) -> None:
    config = configured(tmp_path, "{id: 3a, name: 3А}", "{id: 3b, name: 3Б}")
    with pytest.raises(ConfigError, match=r"--class: config\.yaml has several classes; say which one is meant: 3a, 3b"):
        import_list(config, SAMPLE, class_id=None, dry_run=True, yes=False)
    with pytest.raises(ConfigError, match="no class “4c”; it has: 3a, 3b"):
        import_list(config, SAMPLE, class_id="4c", dry_run=True, yes=False)
    assert import_list(config, SAMPLE, class_id="3a", dry_run=True, yes=False) == 0


def test_headings_of_the_offices_own_come_from_the_configuration(tmp_path: Path) -> None:
    config = configured(tmp_path, more="roster_columns: {Дитя: pupil, Кто: mother}\n")
    path = tmp_path / "list.csv"
    path.write_text("№;Дитя;Кто\n1;Ким Анна;Ким Ольга\n", "utf-8")
    assert import_list(config, path, class_id=None, dry_run=False, yes=True) == 0
    assert pupils(tmp_path) == 1
    with pytest.raises(ConfigError, match=r"roster_columns\.Дитя: the list has no such heading"):
        import_list(config, SAMPLE, class_id=None, dry_run=True, yes=False)


def test_bad_file_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(bytes(range(256)))
    with pytest.raises(ConfigError, match=r"list\.csv: this is not a text table"):
        import_list(configured(tmp_path), path, class_id=None, dry_run=False, yes=True)
    assert not (tmp_path / "a.db").exists()


def test_what_is_shown_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "list.csv"
    title = "Список обучающихся 3 «Б» класса 2026/2027 уч. год\n" * 15
    path.write_text(title + "№;Фамилия;Имя;Мать;\x1b[31mX\n1;Ким\x1b[2J;[red]Анна;Ким \u202eОльга;[link]\n", "utf-8")
    import_list(configured(tmp_path), path, class_id=None, dry_run=True, yes=False)
    output = capsys.readouterr().out
    assert "\x1b" not in output
    assert "\u202e" not in output
    assert "[red]Анна Ким [2J" in output
