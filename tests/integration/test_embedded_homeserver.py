"""The embedded homeserver: its life, its privacy settings, its accounts."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import textwrap
from pathlib import Path

import pytest

from classroom_matrix.errors import ClassroomError, ConfigError, PermanentError
from classroom_matrix.matrix.registration import Registration
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person
from tests.conftest import PASSWORD, NewPerson


async def test_homeserver_keeps_accounts_and_messages_over_restart_and_kill(tmp_path: Path) -> None:
    homeserver = EmbeddedHomeserver(tmp_path / "state", bcrypt_rounds=4)
    async with homeserver:
        login = await homeserver.register("anna", PASSWORD)
        async with Person(homeserver.url, login.user_id, login.access_token) as anna:
            room = await anna.create_room()
            said = await anna.say(room, "before")
            await homeserver.kill()
            assert not homeserver.running
            await homeserver.start()
            await anna.say(room, "after the kill")
            await homeserver.restart()
            history = await anna.history(room)
        assert said in [event["event_id"] for event in history]
        bodies = [event["content"]["body"] for event in history if event["type"] == "m.room.message"]
        assert bodies == ["before", "after the kill"]
        assert login.user_id == (await homeserver.login("anna", PASSWORD)).user_id


async def test_homeserver_stop_ends_the_process_and_can_be_repeated(tmp_path: Path) -> None:
    homeserver = EmbeddedHomeserver(tmp_path / "state", bcrypt_rounds=4)
    await homeserver.start()
    pid = homeserver.pid
    await homeserver.stop()
    await homeserver.stop()
    assert not _alive(pid)


async def test_homeserver_ends_when_its_parent_is_killed(tmp_path: Path) -> None:
    program = textwrap.dedent(f"""
        import asyncio, pathlib
        from classroom_matrix.testing.homeserver import EmbeddedHomeserver

        async def main():
            homeserver = EmbeddedHomeserver(pathlib.Path({str(tmp_path / "state")!r}))
            await homeserver.start()
            print(homeserver.pid, flush=True)
            await asyncio.Event().wait()

        asyncio.run(main())
    """)
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE)
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    assert _alive(pid)
    parent.kill()
    await parent.wait()
    async with asyncio.timeout(20):
        while _alive(pid):
            await asyncio.sleep(0.05)


async def test_homeserver_start_names_a_busy_port(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=f"port {port}: another program uses it"):
            await EmbeddedHomeserver(tmp_path / "state", port=port).start()


async def test_homeserver_start_says_why_it_ended(tmp_path: Path) -> None:
    registration = tmp_path / "registration.yaml"
    registration.write_text("id: 3\n")
    homeserver = EmbeddedHomeserver(tmp_path / "state", registrations=[registration])
    with pytest.raises(ClassroomError, match=r"ended while starting: KeyError: .*'id'"):
        await homeserver.start()
    assert not homeserver.running


async def test_homeserver_start_explains_a_missing_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(ConfigError, match="matrix-synapse is not installed"):
        await EmbeddedHomeserver(tmp_path / "state").start()


async def test_homeserver_start_names_a_folder_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file, not a folder")
    with pytest.raises(ClassroomError, match=r"folder .* cannot be written"):
        await EmbeddedHomeserver(tmp_path / "state").start()


async def test_homeserver_files_are_readable_for_the_owner_only(tmp_path: Path) -> None:
    async with EmbeddedHomeserver(tmp_path / "state", bcrypt_rounds=4):
        pass
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0
    for name in ("homeserver.yaml", "secrets.yaml", "signing.key"):
        assert (tmp_path / "state" / name).stat().st_mode & 0o077 == 0, name


async def test_homeserver_limits_are_lifted_for_tests(new_person: NewPerson) -> None:
    person = await new_person()
    rooms = [await person.create_room() for _ in range(12)]  # the default lets 10 pass
    await asyncio.gather(*[person.say(rooms[0], str(number)) for number in range(30)])
    sent = [event for event in await person.history(rooms[0]) if event["type"] == "m.room.message"]
    assert len(sent) == 30


async def test_homeserver_default_limits_are_synapses_own(tmp_path: Path) -> None:
    async with EmbeddedHomeserver(tmp_path / "state", limits="default", bcrypt_rounds=4) as homeserver:
        login = await homeserver.register("anna", PASSWORD)
        async with Person(homeserver.url, login.user_id, login.access_token) as anna:
            room = await anna.create_room()
            with pytest.raises(PermanentError, match="M_LIMIT_EXCEEDED"):
                await asyncio.gather(*[anna.say(room, str(number)) for number in range(30)])


async def test_homeserver_waits_for_background_updates(tmp_path: Path) -> None:
    async with EmbeddedHomeserver(tmp_path / "state", bcrypt_rounds=4) as homeserver:
        await homeserver.wait_for_background_updates()
        admin = await homeserver.register("admin", PASSWORD, admin=True)
        url = f"{homeserver.url}/_synapse/admin/v1/background_updates/status"
        status = await homeserver.request("GET", url, token=admin.access_token)
        assert status["current_updates"] == {}


# ── Privacy: each setting, as the running homeserver shows it ───────────────────────────────────────────────────────


async def test_homeserver_listens_on_loopback_only(homeserver: EmbeddedHomeserver) -> None:
    listening = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    addresses = {one[1] for one in listening if one[3] == "0A" and one[1].endswith(f":{homeserver.port:04X}")}
    assert addresses == {f"0100007F:{homeserver.port:04X}"}
    for other in ("/proc/net/tcp6",):
        lines = Path(other).read_text().splitlines()[1:] if Path(other).exists() else []
        assert not [line for line in lines if f":{homeserver.port:04X} " in line.split("00000000:0000")[0]]


async def test_homeserver_has_no_federation(homeserver: EmbeddedHomeserver, new_person: NewPerson) -> None:
    for path in ("/_matrix/federation/v1/version", "/_matrix/key/v2/server"):
        with pytest.raises(PermanentError, match="404"):
            await homeserver.request("GET", homeserver.url + path)
    person = await new_person()
    with pytest.raises(PermanentError):
        await person.request("POST", "join/%23room%3Aelsewhere.example.org", {})


async def test_homeserver_registers_nobody_by_himself(homeserver: EmbeddedHomeserver) -> None:
    url = f"{homeserver.url}/_matrix/client/v3/register"
    body = {"username": "stranger", "password": PASSWORD, "auth": {"type": "m.login.dummy"}}
    with pytest.raises(PermanentError, match="M_FORBIDDEN"):
        await homeserver.request("POST", url, body)
    with pytest.raises(PermanentError, match="403"):
        await homeserver.request("POST", url + "?kind=guest", {})


async def test_homeserver_finds_nobody(homeserver: EmbeddedHomeserver, new_person: NewPerson) -> None:
    anna, boris = await new_person(), await new_person()
    found = await anna.request("POST", "user_directory/search", {"search_term": boris.user_id[1:8]})
    assert found["results"] == []
    with pytest.raises(PermanentError, match="403"):
        await anna.request("GET", f"profile/{boris.user_id}")
    with pytest.raises(PermanentError, match="401"):
        await homeserver.request("GET", f"{homeserver.url}/_matrix/client/v3/profile/{boris.user_id}")


async def test_homeserver_publishes_no_room(homeserver: EmbeddedHomeserver, new_person: NewPerson) -> None:
    person = await new_person()
    room = await person.create_room(visibility="public", preset="public_chat", name="open house")
    assert (await person.request("GET", f"directory/list/room/{room}"))["visibility"] == "private"
    with pytest.raises(PermanentError, match="403"):
        await person.request("PUT", f"directory/list/room/{room}", {"visibility": "public"})
    assert (await person.request("GET", "publicRooms"))["chunk"] == []
    with pytest.raises(PermanentError, match="401"):
        await homeserver.request("GET", f"{homeserver.url}/_matrix/client/v3/publicRooms")


async def test_homeserver_shows_no_presence(new_person: NewPerson) -> None:
    person = await new_person()
    await person.request("PUT", f"presence/{person.user_id}/status", {"presence": "online", "status_msg": "here"})
    assert (await person.request("GET", f"presence/{person.user_id}/status"))["presence"] == "offline"


async def test_homeserver_previews_no_links(homeserver: EmbeddedHomeserver, new_person: NewPerson) -> None:
    person = await new_person()
    url = f"{homeserver.url}/_matrix/client/v1/media/preview_url?url=http://127.0.0.1:{free_port()}/"
    with pytest.raises(PermanentError, match="404"):
        await homeserver.request("GET", url, token=person.access_token)


async def test_homeserver_accepts_no_invitation_on_its_own(new_person: NewPerson) -> None:
    anna, boris = await new_person(), await new_person()
    room = await anna.create_room(invite=[boris.user_id])
    await boris.wait_for_invite(room)
    assert await boris.joined_rooms() == []


async def test_homeserver_default_room_version_is_12(new_person: NewPerson) -> None:
    person = await new_person()
    room = await person.create_room()
    assert (await person.state_content(room, "m.room.create"))["room_version"] == "12"


# ── The application service's account ───────────────────────────────────────────────────────────────────────────────


async def test_application_service_may_be_the_bot_and_nobody_else(
    homeserver: EmbeddedHomeserver, registration: Registration, new_person: NewPerson
) -> None:
    person = await new_person()
    whoami = f"{homeserver.url}/_matrix/client/v3/account/whoami?user_id="
    answer = await homeserver.request("GET", whoami + registration.user_id, token=registration.as_token)
    assert answer["user_id"] == registration.user_id
    with pytest.raises(PermanentError, match="cannot masquerade"):
        await homeserver.request("GET", whoami + person.user_id, token=registration.as_token)


async def test_application_service_has_no_admin_power(homeserver: EmbeddedHomeserver, registration: Registration) -> None:
    for query in ("", f"?user_id={registration.user_id}"):
        url = f"{homeserver.url}/_synapse/admin/v2/users{query}"
        with pytest.raises(PermanentError, match="403"):
            await homeserver.request("GET", url, token=registration.as_token)


async def test_application_service_can_sync_as_the_bot(homeserver: EmbeddedHomeserver, registration: Registration) -> None:
    url = f"{homeserver.url}/_matrix/client/v3/sync?user_id={registration.user_id}"
    answer = await homeserver.request("GET", url, token=registration.as_token)
    assert answer["next_batch"]


def _alive(pid: int) -> bool:
    """Whether the process runs; one that ended and waits for its parent does not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat").read_text()
    return stat.rsplit(")", 1)[1].split()[0] != "Z"
