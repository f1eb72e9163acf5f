from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest
import yaml

from classroom_matrix.config import load
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.rooms import Write
from classroom_matrix.domain.time import OfficeHours
from classroom_matrix.errors import ConfigError, ConfigErrors

IMPOSSIBLE = yaml.safe_load((Path(__file__).parent / "impossible_values.yaml").read_text("utf-8"))

GOOD = """\
homeserver: {url: "http://127.0.0.1:8008/", server_name: school.example}
bot: {user: klass, name: Помощник}
timezone: Europe/Moscow
quiet_hours: 21:00–07:00
rooms:
  publications: false
  talk: {name: Болталка, write: threads}
plugins: {polls: {quorum: 1/2}}
classes:
  - id: 3b
    name: 3Б
    staff:
      - {name: Анна, role: teacher, user: anna}
      - {name: Пётр, role: specialist, user: "@petr:school.example", language: en}
      - {name: Без учётки}
  - id: 4a
    name: 4A
    language: en
    timezone: Asia/Tashkent
    quiet_hours: false
    rooms: {publications: true, talk: {topic: Anything}, chess: {name: Chess}}
    plugins: {polls: {reminder: 2 days}}
"""


def config_in(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, "utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as raised:
        load(config_in(folder, text))
    error = raised.value
    return [str(one) for one in (error.errors if isinstance(error, ConfigErrors) else (error,))]


def test_good_config_is_read(tmp_path: Path) -> None:
    config = load(config_in(tmp_path, GOOD))
    first, second = config.classes
    assert (config.homeserver.url, config.bot.user) == ("http://127.0.0.1:8008", "@klass:school.example")
    assert (config.connection.kind, config.connection.port) == ("appservice", 9009)
    assert (config.database, config.connection.registration) == (
        tmp_path / "var" / "classroom.db",
        tmp_path / "var" / "registration.yaml",
    )
    assert (first.language, first.zone.key, first.quiet.start, first.quiet.end) == ("ru", "Europe/Moscow", time(21), time(7))
    assert [(person.role, person.user) for person in first.staff] == [
        (Role.TEACHER, "@anna:school.example"),
        (Role.SPECIALIST, "@petr:school.example"),
        (Role.TEACHER, None),
    ]
    assert (second.language, second.zone.key, second.quiet.start == second.quiet.end) == ("en", "Asia/Tashkent", True)


def encrypted_in(folder: Path, top: str, own: str) -> list[set[str]]:
    """Roles of encrypted rooms: private chats and what belongs to no class, then each class's."""
    said = GOOD.replace("timezone: Europe/Moscow\n", f"timezone: Europe/Moscow\n{top}\n", 1)
    config = load(config_in(folder, said.replace("    language: en\n", f"    language: en\n{own}\n")))
    found = [{"private"} if config.private_encrypted else set()]
    for klass in config.classes:
        found.append({role for role, room in klass.rooms.items() if room.encrypted})
        found[-1] |= {"desk"} if klass.desks_encrypted else set()
    return found


def test_desks_and_private_chats_are_encrypted_unless_said_otherwise(tmp_path: Path) -> None:
    assert encrypted_in(tmp_path, "", "") == [{"private"}, {"desk"}, {"desk"}]
    assert encrypted_in(tmp_path, "encrypted: false", "") == [set(), set(), set()]
    assert encrypted_in(tmp_path, "encrypted: []", "    encrypted: [desk]") == [set(), set(), {"desk"}]


def test_encrypted_rooms_of_a_class_replace_those_at_the_top(tmp_path: Path) -> None:
    top = "encrypted: [staff, talk, chess, publications, private]"  # chess is a room of the second class only
    assert encrypted_in(tmp_path, top, "") == [{"private"}, {"staff", "talk"}, {"staff", "talk", "chess", "publications"}]
    assert encrypted_in(tmp_path, top, "    encrypted: [chess, desk]") == [{"private"}, {"staff", "talk"}, {"chess", "desk"}]
    assert encrypted_in(tmp_path, top, "    encrypted: false")[2] == set()


def test_office_hours_and_the_evening_letter_are_read(tmp_path: Path) -> None:
    first, second = load(config_in(tmp_path, GOOD)).classes
    assert (first.office, first.digest, first.digest_for_all) == (None, time(18), False)
    said = GOOD.replace("rooms:", "office_hours: пн–ср, Fri 14:00–18:00\ndigest: 17:30\ndigest_for_all: true\nrooms:", 1)
    said = said.replace("    quiet_hours: false\n", "    quiet_hours: false\n    office_hours: false\n    digest: false\n")
    first, second = load(config_in(tmp_path, said)).classes
    assert first.klass.office == OfficeHours(frozenset({0, 1, 2, 4}), time(14), time(18))
    assert (first.klass.digest, first.klass.digest_for_all) == (time(17, 30), True)
    assert (second.klass.office, second.klass.digest) == (None, None)


@pytest.mark.parametrize(
    ("setting", "problem"),
    [
        ("office_hours: Mon-Fry 14:00-18:00", "'Fry' is no day of the week"),
        ("office_hours: Fri-Mon 14:00-18:00", "'Fri-Mon' goes backwards"),
        ("office_hours: Mon-Fri 18:00-14:00", "they have to begin and end on one day"),
        ("office_hours: 14:00-18:00", "'' is no day of the week"),
        ("digest: evening", "'evening' is no time of day"),
    ],
)
def test_office_hours_and_evening_letters_that_cannot_be_are_told(tmp_path: Path, setting: str, problem: str) -> None:
    (told,) = problems(tmp_path, GOOD.replace("rooms:", f"{setting}\nrooms:", 1))
    assert problem in told


def test_class_overrides_defaults_room_by_room(tmp_path: Path) -> None:
    first, second = load(config_in(tmp_path, GOOD)).classes
    assert "publications" not in first.rooms
    assert (first.rooms["talk"].name, first.rooms["talk"].write) == ("Болталка", Write.THREADS)
    assert (second.rooms["talk"].name, second.rooms["talk"].topic) == ("Болталка", "Anything")
    assert (second.rooms["publications"].name, second.rooms["space"].name) == ("Publications", "4A")
    assert list(second.rooms)[-2:] == ["chess", "staff"]


def test_class_adds_to_plugins_options(tmp_path: Path) -> None:
    config = load(config_in(tmp_path, GOOD))
    assert [dict(klass.plugins["polls"]) for klass in config.classes] == [
        {"quorum": "1/2"},
        {"quorum": "1/2", "reminder": "2 days"},
    ]
    assert [(written.path, written.raw) for written in config.written_options] == [
        ("plugins.polls", {"quorum": "1/2"}),
        ("classes[1].plugins.polls", {"reminder": "2 days"}),
    ]


@pytest.mark.parametrize("connection", ["receipts: false", "kind: sync, access_token_file: token, receipts: false"])
def test_receipts_can_be_switched_off(tmp_path: Path, connection: str) -> None:
    assert load(config_in(tmp_path, GOOD)).connection.receipts
    assert not load(config_in(tmp_path, GOOD + f"connection: {{{connection}}}\n")).connection.receipts


def test_sync_connection_is_read(tmp_path: Path) -> None:
    text = GOOD + "connection: {kind: sync, access_token_file: token}\n"
    connection = load(config_in(tmp_path, text)).connection
    assert (connection.kind, connection.access_token_file) == ("sync", tmp_path / "token")


def test_the_sample_configuration_is_good() -> None:
    config = load(Path(__file__).parents[3] / "config.yaml")
    assert [klass.name for klass in config.classes] == ["3Б, 2026/27"]


@pytest.mark.parametrize("case", IMPOSSIBLE, ids=lambda case: case["problem"].split(":")[0])
def test_impossible_value_names_its_path(tmp_path: Path, case: dict[str, str]) -> None:
    assert case["old"] in GOOD
    found = problems(tmp_path, GOOD.replace(case["old"], case["new"]))
    assert case["problem"].format(folder=tmp_path) in found


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    text = (
        GOOD.replace("timezone: Europe/Moscow", "timezone: Mars")
        .replace("id: 3b", "id: 3 b")
        .replace("language: en", "lang: en")
    )
    assert [problem.split(":")[0] for problem in problems(tmp_path, text)] == [
        "timezone",
        "classes[0].id",
        "classes[0].staff[1].lang",
        "classes[1].lang",
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "is empty"),
        ("- a\n", "expected a mapping"),
        ("a: [1\n", "line 2, column 1"),
        ("a: 1\na: 2\n", "line 2, column 1: 'a' is written twice"),
        ("homeserver:\nclasses: []\n", "classes: needs at least one class"),
        ("homeserver:\nclasses: []\n", "homeserver: expected a mapping, got nothing"),
    ],
)
def test_file_that_is_no_configuration(tmp_path: Path, text: str, problem: str) -> None:
    assert any(problem in one for one in problems(tmp_path, text))


def test_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load(tmp_path / "nothing.yaml")


def test_file_in_another_encoding_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(GOOD.encode("cp1251", "replace"))
    with pytest.raises(ConfigError, match="is not UTF-8"):
        load(path)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("name: 4A", "name: '4A", "line 17: the quotation mark in column 11 is never closed"),
        ("name: 3Б", 'name: "3Б', "a text in quotation marks goes on from line 11 to here: is its closing mark missing there?"),
        ("classes:", "classes: [", "line 10, column 3: "),
    ],
)
def test_broken_yaml_names_the_line(tmp_path: Path, old: str, new: str, sentence: str) -> None:
    (found,) = problems(tmp_path, GOOD.replace(old, new))
    assert sentence in found


def test_own_room_can_be_switched_off_in_one_class(tmp_path: Path) -> None:
    text = GOOD.replace("  publications: false", "  publications: false\n  art: {name: ИЗО}")
    first, second = load(config_in(tmp_path, text.replace("{publications: true,", "{art: false, publications: true,"))).classes
    assert ("art" in first.rooms, "art" in second.rooms) == (True, False)
