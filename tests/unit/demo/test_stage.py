"""The demo's configuration, derived from the school's."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import pytest

from classroom_matrix.demo.stage import prepare, require_space
from classroom_matrix.errors import ClassroomError, ConfigError

SCHOOL = """
    homeserver: {url: "http://127.0.0.1:18008", server_name: school.example}
    connection: {listen: "127.0.0.1:19009", registration: /etc/matrix/classroom.yaml}
    database: /srv/classroom/production.db
    plugins: {polls: {}}
    rooms: {talk: {avatar: talk.png}, library: false}
    classes:
      - {id: 3b, name: 3Б, roster: lists/3b.csv, rooms: {events: {avatar: "mxc://school.example/abc"}}}
      - {id: 4a, name: 4А}
"""


@pytest.fixture
def school(tmp_path: Path) -> Path:
    folder = tmp_path / "school"
    (folder / "lists").mkdir(parents=True)
    (folder / "lists" / "3b.csv").touch()
    (folder / "talk.png").touch()
    (folder / "config.yaml").write_text(textwrap.dedent(SCHOOL), "utf-8")
    return folder / "config.yaml"


def test_demo_writes_into_its_own_folder_only(school: Path, tmp_path: Path) -> None:
    stage = prepare(school, tmp_path / "demo")
    assert stage.config.database == tmp_path / "demo" / "classroom.db"
    assert stage.config.connection.registration == tmp_path / "demo" / "registration.yaml"
    assert (tmp_path / "demo").stat().st_mode & 0o777 == 0o700


def test_demo_keeps_what_the_school_has_set(school: Path, tmp_path: Path) -> None:
    stage = prepare(school, tmp_path / "demo")
    assert (stage.port, stage.config.connection.port) == (18008, 19009)
    assert [klass.name for klass in stage.config.classes] == ["3Б", "4А"]
    assert "library" not in stage.config.classes[0].rooms
    assert stage.config.classes[0].rooms["talk"].avatar == str(school.parent / "talk.png")
    assert stage.config.classes[0].rooms["events"].avatar == "mxc://school.example/abc"


def test_demo_class_without_a_list_gets_the_sample(school: Path, tmp_path: Path) -> None:
    first, second = prepare(school, tmp_path / "demo").config.classes
    assert first.roster == school.parent / "lists" / "3b.csv"
    assert second.roster is not None
    assert second.roster.name == "roster.csv"


def test_demo_plays_without_any_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    stage = prepare(Path("config.yaml"), tmp_path / "demo")
    assert [klass.name for klass in stage.config.classes] == ["3Б, 2026/27"]
    assert stage.config.classes[0].plugins == {"polls": {}}


def test_demo_names_a_configuration_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"school\.yaml: there is no such file"):
        prepare(tmp_path / "school.yaml", tmp_path / "demo")


def test_demo_refuses_a_homeserver_elsewhere(school: Path, tmp_path: Path) -> None:
    school.write_text(school.read_text("utf-8").replace("127.0.0.1:18008", "matrix.school.example"), "utf-8")
    with pytest.raises(ConfigError, match=r"homeserver\.url: the demo's homeserver runs on this machine only"):
        prepare(school, tmp_path / "demo")
    assert not (tmp_path / "demo").exists()


def test_demo_names_what_is_wrong_in_the_configuration(school: Path, tmp_path: Path) -> None:
    school.write_text(school.read_text("utf-8").replace("plugins:", "plugin:"), "utf-8")
    with pytest.raises(ConfigError, match="plugin"):
        prepare(school, tmp_path / "demo")


def test_demo_says_how_much_space_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_space(tmp_path)
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=3 * 2**20))
    with pytest.raises(ClassroomError, match=r"is full: 3 MB are free, 20 are needed"):
        require_space(tmp_path)


def test_demo_names_a_folder_it_cannot_write(school: Path, tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")
    with pytest.raises(ClassroomError, match=r"the demo's folder .*demo cannot be written"):
        prepare(school, tmp_path / "demo")
