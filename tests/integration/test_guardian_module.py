"""The module of docker/synapse/modules on a running Synapse: what accounts cannot do, and what goes on working."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from classroom_matrix.config import load
from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import ClassroomError, PermanentError
from classroom_matrix.matrix.registration import ensure_registration, read_registration
from classroom_matrix.provisioning import Desks
from classroom_matrix.school import open_school
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person

from .school import SchoolOnStage

MODULES = Path(__file__).parents[2] / "docker" / "synapse" / "modules"


@dataclass
class Gated:
    """A class behind the gate. `desk`: of the guardian's household."""

    school: SchoolOnStage
    guardian: Person
    other: Person
    teacher: Person
    desk: RoomId

    @property
    def bot(self) -> UserId:
        return self.school.bot

    def room(self, role: str) -> RoomId:
        return self.school.classes["3b"].rooms[role]


@pytest.fixture(scope="module")
async def gated(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Gated]:
    folder = tmp_path_factory.mktemp("gated")
    registration = folder / "registration.yaml"
    ensure_registration(registration, user_id=UserId("@classroom:school.localhost"), url=f"http://127.0.0.1:{free_port()}")
    homeserver = EmbeddedHomeserver(folder / "synapse", registrations=[registration], bcrypt_rounds=4, module_folder=MODULES)
    async with homeserver, SchoolOnStage(homeserver, folder, registration) as school:
        await school.build(families=2)
        await school.let_in("3b", "talk")
        stage = school.classes["3b"]
        desk = await _desk(school, stage.families[0][0].households[0].id)
        guardian, other = stage.first_guardians
        await guardian.join(desk)
        await stage.teacher.join(desk)
        yield Gated(school, guardian, other, stage.teacher, desk)


async def _desk(school: SchoolOnStage, household: Any) -> RoomId:
    """The desk as the service makes it: one request, with the invitations in it."""
    config = load(school.config_file)
    async with open_school(config) as opened:
        desks = Desks(config, opened.database, opened.gateway, opened.provisioner.maker, opened.roster_of)
        desk = await desks.ensure_desk(config.classes[0].id, household)
    assert desk is not None
    return desk


async def _refused(person: Person, method: str, path: str, body: Any, status: str = "403 M_FORBIDDEN") -> None:
    with pytest.raises(PermanentError, match=status):
        await person.request(method, path, body)


def _actors(gated: Gated) -> tuple[Person, Person]:
    return gated.guardian, gated.teacher


# ── What nobody may ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"preset": "public_chat"},
        {"creation_content": {"type": "m.space"}},
        {"invite": ["OTHER"]},
        {"invite": ["OTHER"], "is_direct": True, "preset": "trusted_private_chat"},
        {"invite": ["BOT", "OTHER"], "is_direct": True},
        {"invite": ["BOT", "BOT"]},
        {"invite": ["BOT"], "visibility": "public"},
        {"invite": ["BOT"], "preset": "public_chat"},
        {"invite": ["BOT"], "room_alias_name": "parents"},
        {"invite": ["BOT"], "creation_content": {"type": "m.space"}},
        {"invite": ["BOT"], "creation_content": {"additional_creators": ["OTHER"]}},
        {"invite": ["BOT"], "initial_state": [{"type": "m.room.join_rules", "content": {"join_rule": "public"}}]},
        {"invite": ["BOT"], "initial_state": [{"type": "m.room.join_rules", "content": {"join_rule": "knock"}}]},
        {"invite": ["BOT"], "initial_state": [{"type": "m.room.member", "state_key": "OTHER", "content": {"membership": "x"}}]},
        {
            "invite": ["BOT"],
            "initial_state": [{"type": "m.room.history_visibility", "content": {"history_visibility": "world_readable"}}],
        },
        {"invite": ["BOT"], "initial_state": [7]},
        {"invite": ["BOT"], "invite_3pid": [{"medium": "email", "address": "x", "id_server": "x", "id_access_token": "x"}]},
    ],
)  # fmt: skip
async def test_nobody_makes_a_room_for_others(gated: Gated, request_: dict[str, Any]) -> None:
    body = _put_in(request_, {"OTHER": gated.other.user_id, "BOT": gated.bot})
    for person in _actors(gated):
        before = await person.joined_rooms()
        with pytest.raises(PermanentError, match=r"^(403 M_FORBIDDEN|400|500)"):
            await person.request("POST", "createRoom", body)
        left = set(await person.joined_rooms()) - set(before)
        assert [await person.joined_members(room) for room in left] == [], "a room was made all the same"


def _put_in(value: Any, names: dict[str, str]) -> Any:
    match value:
        case str():
            return names.get(value, value)
        case list():
            return [_put_in(one, names) for one in value]
        case dict():
            return {key: _put_in(one, names) for key, one in value.items()}
    return value


@pytest.mark.parametrize("role", ["space", "talk"])
async def test_nobody_invites_an_outsider(gated: Gated, role: str) -> None:
    """The teacher has the power for it in the room, and may not all the same."""
    outsider = (await gated.school.homeserver.register(f"outsider-{role}", "correct horse")).user_id
    room = gated.room(role)
    for person in _actors(gated):
        await _refused(person, "POST", f"rooms/{room}/invite", {"user_id": outsider})
        await _refused(person, "PUT", f"rooms/{room}/state/m.room.member/{outsider}", {"membership": "invite"})
        address = {"medium": "email", "address": "x@example.org", "id_server": "127.0.0.1:1", "id_access_token": "x"}
        await _refused(person, "POST", f"rooms/{room}/invite", address, "403")


async def test_nobody_publishes_names_or_replaces_a_room(gated: Gated) -> None:
    room = gated.room("talk")
    for number, person in enumerate(_actors(gated)):
        await _refused(person, "PUT", f"directory/list/room/{room}", {"visibility": "public"})
        await _refused(person, "PUT", f"directory/room/{quote(f'#own{number}:school.localhost')}", {"room_id": room})
        await _refused(person, "POST", f"rooms/{room}/upgrade", {"new_version": "12"})


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("m.room.join_rules", {"join_rule": "public"}),
        ("m.room.join_rules", {"join_rule": "knock"}),
        ("m.room.join_rules", {"join_rule": "restricted", "allow": []}),
        ("m.room.history_visibility", {"history_visibility": "world_readable"}),
        ("m.room.guest_access", {"guest_access": "can_join"}),
        ("m.room.canonical_alias", {"alias": "#own:school.localhost"}),
        ("m.room.tombstone", {"body": "moved", "replacement_room": "!x"}),
        ("m.space.child", {"via": ["school.localhost"]}),
    ],
)
async def test_even_their_own_chat_stays_closed(gated: Gated, kind: str, content: dict[str, Any]) -> None:
    """There the room's power levels let the person do everything; only the module does not."""
    for person in _actors(gated):
        room = await _chat(gated, person)
        await _refused(person, "PUT", f"rooms/{room}/state/{kind}/", content)
        await person.request("PUT", f"rooms/{room}/state/m.room.topic/", {"topic": "mine"})


async def test_nobody_brings_others_into_their_chat_with_the_bot(gated: Gated) -> None:
    room = await _chat(gated, gated.guardian)
    await _refused(gated.guardian, "POST", f"rooms/{room}/invite", {"user_id": gated.other.user_id})
    await _refused(gated.guardian, "POST", f"rooms/{room}/upgrade", {"new_version": "12"})


async def test_nobody_is_found_in_a_directory(tmp_path: Path) -> None:
    """Where IT has switched the directory on again."""
    registration = tmp_path / "registration.yaml"
    ensure_registration(registration, user_id=UserId("@classroom:school.localhost"), url=f"http://127.0.0.1:{free_port()}")
    directory = {"user_directory": {"enabled": True, "search_all_users": True}}
    homeserver = EmbeddedHomeserver(
        tmp_path / "synapse", registrations=[registration], bcrypt_rounds=4, module_folder=MODULES, instead=directory
    )
    async with homeserver:
        anna = await homeserver.register("anna", "correct horse")
        admin = await homeserver.register("admin", "correct horse", admin=True)
        url = f"{homeserver.url}/_matrix/client/v3/user_directory/search"
        found: list[Any] = []
        while not found:  # the directory is written a moment later
            found = (await homeserver.request("POST", url, {"search_term": "anna"}, token=admin.access_token))["results"]
        assert (await homeserver.request("POST", url, {"search_term": "admin"}, token=anna.access_token))["results"] == []


# ── What goes on working ────────────────────────────────────────────────────────────────────────────────────────────


async def _chat(gated: Gated, person: Person) -> RoomId:
    """As Element opens it."""
    guests = {"type": "m.room.guest_access", "state_key": "", "content": {"guest_access": "can_join"}}
    return await person.create_room(
        preset="trusted_private_chat", visibility="private", is_direct=True, invite=[gated.bot], initial_state=[guests]
    )


async def test_everybody_may_open_a_private_chat_with_the_bot(gated: Gated) -> None:
    for person in _actors(gated):
        room = await _chat(gated, person)
        members = {event["state_key"] for event in await person.state(room) if event["type"] == "m.room.member"}
        assert members == {person.user_id, gated.bot}
        await person.say(room, "!помощь")


async def test_private_chat_may_be_encrypted_as_element_x_does(gated: Gated) -> None:
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    room = await gated.guardian.create_room(
        preset="trusted_private_chat", is_direct=True, invite=[gated.bot], initial_state=[encryption], creation_content={}
    )
    assert (await gated.guardian.state_content(room, "m.room.encryption"))["algorithm"] == "m.megolm.v1.aes-sha2"


async def test_class_and_desk_are_made_behind_the_gate(gated: Gated) -> None:
    assert {"space", "talk", "staff", "announcements"} <= set(gated.school.classes["3b"].rooms)
    assert {gated.guardian.user_id, gated.teacher.user_id, gated.bot} == await gated.guardian.joined_members(gated.desk)


async def test_people_talk_react_and_take_back_behind_the_gate(gated: Gated) -> None:
    talk = gated.room("talk")
    said = await gated.guardian.say(talk, "Доброе утро")
    await gated.other.react(talk, said, "👍")
    await gated.guardian.redact(talk, said)
    await gated.teacher.set_state(talk, "m.room.pinned_events", {"pinned": [said]})


async def test_admins_of_the_homeserver_are_free(gated: Gated) -> None:
    login = await gated.school.homeserver.register("it", "correct horse", admin=True)
    async with Person(gated.school.homeserver.url, login.user_id, login.access_token) as admin:
        room = await admin.create_room(preset="public_chat", invite=[gated.other.user_id], room_alias_name="it-room")
        await admin.set_state(room, "m.room.guest_access", {"guest_access": "forbidden"})
        await admin.set_state(room, "m.room.join_rules", {"join_rule": "knock"})


# ── Configuration ───────────────────────────────────────────────────────────────────────────────────────────────────


async def test_module_with_a_wrong_configuration_does_not_start(tmp_path: Path) -> None:
    wrong = {"modules": [{"module": "classroom_gate.ClassroomGate", "config": {"bot": "classroom"}}]}
    registration = tmp_path / "registration.yaml"
    ensure_registration(registration, user_id=UserId("@classroom:school.localhost"), url="http://127.0.0.1:1")
    homeserver = EmbeddedHomeserver(
        tmp_path / "synapse", registrations=[registration], bcrypt_rounds=4, module_folder=MODULES, instead=wrong
    )
    with pytest.raises(ClassroomError, match="classroom_gate"):
        await homeserver.start()


@pytest.mark.parametrize(
    "config", [{}, {"bot": "classroom"}, {"bot": 7}, {"bot": "@b:x", "unrestricted": "@it:x"}, {"bot": "@b:x", "unknown": 1}]
)
def test_module_names_what_is_wrong(config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(MODULES))
    gate = pytest.importorskip("classroom_gate").ClassroomGate
    with pytest.raises(ValueError, match="classroom_gate: "):
        gate.parse_config(config)
    assert gate.parse_config({"bot": "@b:x", "unrestricted": ["@it:x"]}).unrestricted == {"@it:x"}


def test_bot_of_the_registration_is_the_gates_bot(gated: Gated) -> None:
    assert read_registration(gated.school.folder / "registration.yaml").user_id == gated.bot
