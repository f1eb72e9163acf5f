"""What `classroom-matrix homeserver` writes is what Synapse reads."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from classroom_matrix.config import load
from classroom_matrix.errors import ClassroomError
from classroom_matrix.matrix.homeserver_settings import as_mapping, homeserver_settings
from classroom_matrix.terminal.homeserver import write_settings

CONFIG = """
homeserver: {url: http://127.0.0.1:8008, server_name: school.example}
bot: {user: "@classroom:school.example", name: Helper}
connection: {kind: appservice, listen: 127.0.0.1:9009, registration: registration.yaml}
database: classroom.db
timezone: Europe/Moscow
language: ru
classes:
  - {id: 3b, name: 3Б, admins: ["@it:school.example"]}
"""


@pytest.fixture
def config_file(tmp_path: Path) -> Path:
    path = tmp_path / "config.yaml"
    path.write_text(CONFIG, "utf-8")
    return path


def test_settings_file_holds_all_settings_and_the_module(config_file: Path, tmp_path: Path) -> None:
    write_settings(load(config_file), tmp_path / "classroom.yaml", Path("/etc/modules"))
    written = yaml.safe_load((tmp_path / "classroom.yaml").read_text("utf-8"))
    assert written.pop("modules") == [
        {
            "module": "classroom_gate.ClassroomGate",
            "config": {"bot": "@classroom:school.example", "unrestricted": ["@it:school.example"]},
        }
    ]
    assert written == as_mapping(homeserver_settings(auto_accept=True))


def test_settings_file_says_why_before_each_key(config_file: Path, tmp_path: Path) -> None:
    write_settings(load(config_file), tmp_path / "classroom.yaml", None)
    lines = (tmp_path / "classroom.yaml").read_text("utf-8").splitlines()
    keys = [number for number, line in enumerate(lines) if line[:1].isalpha()]
    assert len(keys) == len(homeserver_settings(auto_accept=True))
    assert [number for number in keys if not lines[number - 1].startswith("#")] == []


@pytest.mark.parametrize(("language", "words"), [("ru_RU.UTF-8", "Модуль не включён"), ("C", "The module is left out")])
def test_settings_on_standard_output_are_yaml_and_advice_goes_elsewhere(
    config_file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    write_settings(load(config_file), None, None)
    printed = capsys.readouterr()
    assert yaml.safe_load(printed.out) == as_mapping(homeserver_settings(auto_accept=True))
    assert words in printed.err


def test_settings_file_that_cannot_be_written_is_one_sentence(config_file: Path, tmp_path: Path) -> None:
    with pytest.raises(ClassroomError, match="cannot be written"):
        write_settings(load(config_file), tmp_path / "nowhere" / "classroom.yaml", None)


def test_no_setting_stands_twice() -> None:
    keys = [setting.key for setting in homeserver_settings(auto_accept=False)]
    assert len(keys) == len(set(keys))


def test_invitations_are_accepted_by_the_homeserver_only_without_an_accounts_process() -> None:
    for auto_accept in (True, False):
        settings = as_mapping(homeserver_settings(auto_accept=auto_accept))
        assert settings["auto_accept_invites"]["enabled"] is auto_accept
