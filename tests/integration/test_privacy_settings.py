"""Each setting that a school's homeserver gets, as the running Synapse shows it.

Every check is made twice: on a homeserver with our settings, where it has to find the door closed, and on one
with the opposite of each, where it has to find it open. So no check passes because of something else.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from classroom_matrix.errors import PermanentError
from classroom_matrix.matrix.homeserver_settings import homeserver_settings
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person

PASSWORD = "correct horse"

OPPOSITE: dict[str, Any] = {
    "enable_registration": True,
    "enable_registration_without_verification": True,
    "allow_guest_access": True,
    "user_directory": {"enabled": True, "search_all_users": True},
    "enable_room_list_search": True,
    "room_list_publication_rules": [{"action": "allow"}],
    "allow_public_rooms_without_auth": True,
    "require_auth_for_profile_requests": False,
    "limit_profile_requests_to_users_who_share_rooms": False,
    "allow_per_room_profiles": True,
    "enable_3pid_lookup": True,
    "enable_3pid_changes": True,
    "enable_authenticated_media": False,
    "presence": {"enabled": True},
    "push": {"include_content": True},
    "extra_well_known_client_content": {},
    "federation_domain_whitelist": None,
    "default_room_version": "10",
    "login_via_existing_session": {"enabled": True, "require_ui_auth": False},
    "auto_accept_invites": {"enabled": True, "only_from_local_users": True},
    "rc_login": {},
    "rc_joins": {},
    "rc_message": {},
}

NO_DOOR = {
    "trusted_key_servers": "asked for other servers' keys only, and there are no other servers",
    "suppress_key_server_warning": "a line in a log",
    "allow_profile_lookup_over_federation": "no federation, see test_other_homeservers_find_nothing",
    "allow_device_name_lookup_over_federation": "the same",
    "allow_public_rooms_over_federation": "the same",
    "redaction_retention_period": "shows after a day",
    "forgotten_room_retention_period": "shows after a week",
    "report_stats": "talks to another server, once in three hours",
    "stats": "figures that nobody asks for",
    "url_preview_enabled": "its opposite needs a library that is not installed; see test_links_are_not_opened",
}
"""Settings that these tests cannot open, and why."""


@dataclass
class Ground:
    """A homeserver, and who visits it."""

    homeserver: EmbeddedHomeserver
    stack: AsyncExitStack
    pushed: list[dict[str, Any]] = field(default_factory=list)
    push_url: str = ""

    async def person(self) -> Person:
        login = await self.homeserver.register(f"u{secrets.token_hex(6)}", PASSWORD, name="Анна Ивановна")
        return await self.stack.enter_async_context(Person(self.homeserver.url, login.user_id, login.access_token))

    async def status(
        self, method: str, path: str, body: Any = None, *, who: Person | None = None, v: str = "v3"
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {who.access_token}"} if who else {}
        url = path if path.startswith("http") else f"{self.homeserver.url}/_matrix/client/{v}/{path}"
        async with (
            aiohttp.ClientSession() as session,
            session.request(method, url, json=body, headers=headers) as response,
        ):
            return response.status, await response.json(content_type=None) if "json" in response.content_type else {}


@pytest.fixture(scope="module")
async def grounds(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[dict[str, Ground]]:
    async with AsyncExitStack() as stack:
        made = {}
        here = {"ip_range_blacklist": ["192.0.2.0/24"]}  # the default names loopback, where the tests' push server listens
        for name, instead, limits in (("ours", here, "generated"), ("opposite", {**OPPOSITE, **here}, "default")):
            homeserver = EmbeddedHomeserver(tmp_path_factory.mktemp(name), limits=limits, bcrypt_rounds=4, instead=instead)  # type: ignore[arg-type]
            made[name] = Ground(await stack.enter_async_context(homeserver), stack)
            await _push_server(made[name])
        yield made


async def _push_server(ground: Ground) -> None:
    async def notify(request: web.Request) -> web.Response:
        ground.pushed.append((await request.json())["notification"])
        return web.json_response({"rejected": []})

    app = web.Application()
    app.router.add_post("/_matrix/push/v1/notify", notify)
    runner = web.AppRunner(app)
    await runner.setup()
    ground.stack.push_async_callback(runner.cleanup)
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    ground.push_url = f"http://127.0.0.1:{port}/_matrix/push/v1/notify"


Check = Callable[[Ground], Awaitable[bool]]
CHECKS: dict[str, Check] = {}


def closes(*keys: str) -> Callable[[Check], Check]:
    """The check returns whether the door is closed that these settings close."""

    def register(check: Check) -> Check:
        CHECKS.update(dict.fromkeys(keys, check))
        return check

    return register


@closes("enable_registration")
async def nobody_registers(ground: Ground) -> bool:
    body = {"username": f"s{secrets.token_hex(4)}", "password": PASSWORD, "auth": {"type": "m.login.dummy"}}
    return (await ground.status("POST", "register", body))[0] == 403


@closes("allow_guest_access")
async def no_guests(ground: Ground) -> bool:
    return (await ground.status("POST", "register?kind=guest", {}))[0] == 403


@closes("user_directory")
async def nobody_is_found(ground: Ground) -> bool:
    anna, boris = await ground.person(), await ground.person()
    room = await anna.create_room(invite=[boris.user_id])
    await boris.join(room)
    for _ in range(60):  # the directory is written a moment later, where there is one
        answer = await anna.request("POST", "user_directory/search", {"search_term": boris.user_id[1:8]})
        if answer["results"]:
            return False
        if ground.homeserver.instead.get("user_directory") is None:
            break
        await asyncio.sleep(0.1)
    return True


@closes("enable_room_list_search", "room_list_publication_rules")
async def no_room_is_published(ground: Ground) -> bool:
    anna = await ground.person()
    room = await anna.create_room(preset="public_chat", name="open house")
    status, _ = await ground.status("PUT", f"directory/list/room/{room}", {"visibility": "public"}, who=anna)
    listed = await anna.request("GET", "publicRooms")
    return status == 403 and listed["chunk"] == []


@closes("allow_public_rooms_without_auth")
async def room_list_needs_an_account(ground: Ground) -> bool:
    return (await ground.status("GET", "publicRooms"))[0] == 401


@closes("require_auth_for_profile_requests")
async def profiles_need_an_account(ground: Ground) -> bool:
    return (await ground.status("GET", f"profile/{(await ground.person()).user_id}"))[0] == 401


@closes("limit_profile_requests_to_users_who_share_rooms")
async def profiles_are_for_people_who_share_a_room(ground: Ground) -> bool:
    anna, boris = await ground.person(), await ground.person()
    alone, _ = await ground.status("GET", f"profile/{boris.user_id}", who=anna)
    await boris.join(await anna.create_room(invite=[boris.user_id]))
    together, _ = await ground.status("GET", f"profile/{boris.user_id}", who=anna)
    assert together == 200
    return alone == 403


@closes("allow_per_room_profiles")
async def nobody_is_somebody_else_in_one_room(ground: Ground) -> bool:
    anna = await ground.person()
    room = await anna.create_room()
    await anna.set_state(room, "m.room.member", {"membership": "join", "displayname": "Учитель"}, anna.user_id)
    return bool((await anna.state_content(room, "m.room.member", anna.user_id))["displayname"] == "Анна Ивановна")


@closes("enable_3pid_lookup")
async def nobody_is_found_by_address(ground: Ground) -> bool:
    anna = await ground.person()
    body = {"medium": "email", "address": "x@example.org", "id_server": "127.0.0.1:1", "id_access_token": "x"}
    _, answer = await ground.status("POST", f"rooms/{await anna.create_room()}/invite", body, who=anna)
    return "denied from this server" in answer["error"]


@closes("enable_3pid_changes")
async def addresses_are_not_kept(ground: Ground) -> bool:
    body = {"sid": "1", "client_secret": "x"}
    return (await ground.status("POST", "account/3pid/add", body, who=await ground.person()))[1].get("errcode") == "M_FORBIDDEN"


@closes("enable_authenticated_media")
async def files_need_an_account(ground: Ground) -> bool:
    anna = await ground.person()
    url = f"{ground.homeserver.url}/_matrix/media/v3/upload"
    headers = {"Authorization": f"Bearer {anna.access_token}", "Content-Type": "text/plain"}
    async with aiohttp.ClientSession() as session, session.post(url, data=b"a photo", headers=headers) as response:
        place = (await response.json())["content_uri"].removeprefix("mxc://")
    statuses = [
        (await ground.status("GET", f"{ground.homeserver.url}/_matrix/{path}/{place}"))[0]
        for path in ("media/v3/download", "media/r0/download", "client/v1/media/download")
    ]
    with_account, _ = await ground.status("GET", f"media/download/{place}", who=anna, v="v1")
    assert with_account == 200
    return statuses == [404, 404, 401]


@closes("presence")
async def nobody_sees_who_is_awake(ground: Ground) -> bool:
    anna = await ground.person()
    await anna.request("PUT", f"presence/{anna.user_id}/status", {"presence": "online"})
    return bool((await anna.request("GET", f"presence/{anna.user_id}/status"))["presence"] == "offline")


@closes("push")
async def push_servers_see_no_text(ground: Ground) -> bool:
    anna, boris = await ground.person(), await ground.person()
    pusher = {
        "kind": "http", "app_id": "app", "pushkey": secrets.token_hex(4), "app_display_name": "a", "device_display_name": "d",
        "lang": "ru", "data": {"url": ground.push_url},
    }  # fmt: skip
    await anna.request("POST", "pushers/set", pusher)
    room = await boris.create_dm(anna.user_id)
    await anna.join(room)
    await boris.say(room, "a private word")
    async with asyncio.timeout(20):
        while not (seen := [one for one in ground.pushed if one.get("room_id") == room and one.get("event_id")]):
            await asyncio.sleep(0.05)  # the condition is in Synapse's own time
    return not any("content" in one for one in seen)


@closes("extra_well_known_client_content")
async def private_chats_open_unencrypted(ground: Ground) -> bool:
    _, answer = await ground.status("GET", f"{ground.homeserver.url}/.well-known/matrix/client")
    return bool(answer.get("io.element.e2ee") == {"default": False})


@closes("federation_domain_whitelist")
async def no_other_server_is_asked(ground: Ground) -> bool:
    """Whether Synapse leaves a server alone that somebody names in an address."""
    asked = []

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(True)
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as elsewhere:
        port = elsewhere.sockets[0].getsockname()[1]
        status, _ = await ground.status("GET", f"directory/room/%23room%3A127.0.0.1%3A{port}", who=await ground.person())
    assert status == 502
    return not asked


@closes("default_room_version")
async def rooms_are_of_version_12(ground: Ground) -> bool:
    anna = await ground.person()
    return bool((await anna.state_content(await anna.create_room(), "m.room.create"))["room_version"] == "12")


@closes("login_via_existing_session")
async def login_tokens_need_the_password(ground: Ground) -> bool:
    anna = await ground.person()
    status, answer = await ground.status("POST", "login/get_token", {}, who=anna, v="v1")
    if status == 401:
        identifier = {"type": "m.id.user", "user": anna.user_id}
        proof = {"type": "m.login.password", "identifier": identifier, "password": PASSWORD, "session": answer["session"]}
        _, answer = await ground.status("POST", "login/get_token", {"auth": proof}, who=anna, v="v1")
        assert answer["expires_in_ms"] == 120_000
        again, _ = await ground.status("POST", "login", {"type": "m.login.token", "token": answer["login_token"]})
        assert again == 200
    return status == 401


@closes("auto_accept_invites")
async def invitations_wait_for_whoever_accepts_them(ground: Ground) -> bool:
    anna, boris = await ground.person(), await ground.person()
    room = await anna.create_room(invite=[boris.user_id])
    await boris.wait_for(lambda event: event["type"] in ("invite", "m.room.create"), room=room)
    for _ in range(100 if ground.homeserver.auto_accept or ground.homeserver.instead.get("auto_accept_invites") else 1):
        if await boris.joined_rooms() == [room]:
            return False
        await asyncio.sleep(0.05)  # Synapse accepts a moment later
    return True


@closes("rc_login")
async def a_school_logs_in_through_one_address(ground: Ground) -> bool:
    """49 people, each with an app and a browser; guessing is slow all the same."""
    people = [(await ground.person()).user_id for _ in range(49)]

    async def log_in(user: str, password: str = PASSWORD) -> int:
        body = {"type": "m.login.password", "identifier": {"type": "m.id.user", "user": user}, "password": password}
        return (await ground.status("POST", "login", body))[0]

    for user in [user for user in people for _ in range(2)]:
        if await log_in(user) != 200:
            return False
    guesses = [await log_in(people[0], f"guess {number}") for number in range(7)]
    return guesses.count(403) == 5 and guesses[-1] == 429


@closes("rc_joins", "rc_message")
async def somebody_enters_all_rooms_of_two_classes_at_once(ground: Ground) -> bool:
    """24 rooms; made by several people, because Synapse limits that, too."""
    anna, makers = await ground.person(), [await ground.person() for _ in range(3)]
    rooms = [await maker.create_room(preset="public_chat") for maker in makers for _ in range(8)]
    for room in rooms:
        if (await ground.status("POST", f"join/{room}", {}, who=anna))[0] != 200:
            return False
    return True


@pytest.mark.parametrize("key", CHECKS)
async def test_setting_closes_its_door(grounds: dict[str, Ground], key: str) -> None:
    assert await CHECKS[key](grounds["ours"])


@pytest.mark.parametrize("key", CHECKS)
async def test_without_the_setting_the_door_is_open(grounds: dict[str, Ground], key: str) -> None:
    assert not await CHECKS[key](grounds["opposite"])


def test_every_setting_is_looked_at() -> None:
    ours = {setting.key for setting in homeserver_settings(auto_accept=False)}
    assert ours == set(CHECKS) | set(NO_DOOR)


async def test_other_homeservers_find_nothing(grounds: dict[str, Ground]) -> None:
    for path in ("/_matrix/federation/v1/version", "/_matrix/key/v2/server"):
        assert (await grounds["ours"].status("GET", grounds["ours"].homeserver.url + path))[0] == 404


async def test_links_are_not_opened(grounds: dict[str, Ground]) -> None:
    path = "media/preview_url?url=http://127.0.0.1:1/"
    assert (await grounds["ours"].status("GET", path, who=await grounds["ours"].person(), v="v1"))[0] == 404


async def test_homeserver_accepts_invitations_where_there_is_no_accounts_process(tmp_path: Path) -> None:
    homeserver = EmbeddedHomeserver(tmp_path / "state", auto_accept=True, limits="generated", bcrypt_rounds=4)
    ground = Ground(homeserver, AsyncExitStack())
    async with homeserver, ground.stack:
        assert not await invitations_wait_for_whoever_accepts_them(ground)


async def test_settings_file_is_read_after_homeserver_yaml(tmp_path: Path) -> None:
    """As IT has it: two --config-path, the second with what we write."""
    from classroom_matrix.matrix.homeserver_settings import as_yaml

    read_config_files = pytest.importorskip("synapse.config._base").read_config_files
    own, ours = tmp_path / "homeserver.yaml", tmp_path / "classroom.yaml"
    own.write_text(
        "server_name: school.example\nreport_stats: true\npush: {include_content: true, jitter_delay: 1s}\n", "utf-8"
    )
    ours.write_text(as_yaml(homeserver_settings(auto_accept=False), "for the test"), "utf-8")
    read = read_config_files([str(own), str(ours)])
    assert (read["server_name"], read["report_stats"], read["push"]) == ("school.example", False, {"include_content": False})


async def test_accounts_of_the_school_are_not_handed_out(grounds: dict[str, Ground]) -> None:
    anna = await grounds["ours"].person()
    with pytest.raises(PermanentError, match="M_USER_IN_USE"):
        await grounds["ours"].homeserver.register(anna.user_id[1:].partition(":")[0], PASSWORD)
