"""Provisioning on the real Synapse: from nothing, again, after kill -9 at every request, after what people do to rooms."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from classroom_matrix.config import Config, load
from classroom_matrix.domain.ids import RoomAlias, RoomId, UserId
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.matrix.registration import Registration, ensure_registered, ensure_registration, read_registration
from classroom_matrix.provisioning.provision import Report
from classroom_matrix.provisioning.reconcile import Reconciler
from classroom_matrix.school import import_rosters, open_school, sign_in
from classroom_matrix.serving import serve
from classroom_matrix.storage import drift
from classroom_matrix.testing.faulty_proxy import Action, Call, Cut, Delay, FaultyProxy, Passing, Rule
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person

from ..conftest import NewPerson

SMALL = "rooms: {announcements: false, homework: false, events: false, albums: false, meetings: false,"
SMALL += " library: false, publications: false}"
MARKER = "org.classroom_matrix.room"


@dataclass
class Place:
    """A configuration for one bot, and the bot's own look at its rooms."""

    folder: Path
    registration_file: Path
    url: str
    gateway: HttpGateway
    known: set[RoomId] = field(default_factory=set)

    @property
    def registration(self) -> Registration:
        return read_registration(self.registration_file)

    def configure(self, *classes: str, url: str | None = None) -> Config:
        path = self.folder / "config.yaml"
        path.write_text(
            f"homeserver: {{url: '{url or self.url}', server_name: school.localhost}}\n"
            f"bot: {{user: '{self.registration.user_id}', name: Помощник}}\n"
            f"connection: {{registration: '{self.registration_file}', listen: '{self.registration.url.partition('//')[2]}'}}\n"
            "classes:\n" + "".join(f"  - {klass}\n" for klass in classes),
            "utf-8",
        )
        return load(path)

    async def marked(self, class_id: str) -> dict[str, RoomId]:
        """Rooms of the class that the bot is in, by role. Fails where two have the same role."""
        found: dict[str, RoomId] = {}
        for room_id in await self.gateway.joined_rooms():
            if room_id in self.known:
                continue
            state = {event.type: event.content for event in await self.gateway.state(room_id) if event.state_key == ""}
            marker = state.get(MARKER)
            assert marker is not None, f"{room_id} has no marker: an orphan"
            if marker["class"] == class_id and "m.room.tombstone" not in state:
                assert marker["role"] not in found, f"two rooms for {marker['role']}"
                found[marker["role"]] = room_id
        return found

    async def state(self, room_id: RoomId) -> dict[tuple[str, str], Any]:
        return {(event.type, event.state_key): event.content for event in await self.gateway.state(room_id)}

    async def resolve(self, class_id: str, key: str) -> RoomId | None:
        localpart = self.registration.localpart
        return await self.gateway.resolve(RoomAlias(f"#{localpart}.{class_id}.{key}:school.localhost"))


@pytest.fixture
async def place(
    homeserver: EmbeddedHomeserver, registration: Registration, registration_file: Path, tmp_path: Path
) -> AsyncIterator[Place]:
    async with aiohttp.ClientSession() as session:
        gateway = HttpGateway(session, homeserver.url, registration.as_token, registration.user_id, act_as=True)
        yield Place(tmp_path, registration_file, homeserver.url, gateway)


async def apply(config: Config, class_id: str) -> Report:
    async with open_school(config) as school:
        await sign_in(school)
        await import_rosters(school)
        return await school.provisioner.apply(config.klass(class_id), in_flight=4)


def a_class(class_id: str, *staff: Person, rooms: str = SMALL, name: str | None = None) -> str:
    listed = ", ".join(f"{{name: Учитель {number}, user: '{person.user_id}'}}" for number, person in enumerate(staff, 1))
    return f"{{id: {class_id}, name: {name or class_id}, staff: [{listed}], {rooms}}}"


async def test_class_stands_with_the_minimal_requests(
    place: Place, homeserver: EmbeddedHomeserver, new_person: NewPerson
) -> None:
    teacher, specialist = await new_person(), await new_person()
    async with FaultyProxy(homeserver.url) as proxy:
        config = place.configure(a_class("3b", teacher, specialist, rooms=""), url=proxy.url)
        await apply(config, "3b")
        # Beside the rooms: the account, its device, and the first sync token, once in an installation.
        await proxy_counts(proxy, {"createRoom": 10, "m.space.child": 9, "invite": 4, "": 26})
        assert (await apply(config, "3b")).done == []
    rooms = await place.marked("3b")
    assert len(rooms) == 10
    space = await place.state(rooms["space"])
    talk = await place.state(rooms["talk"])
    staff = await place.state(rooms["staff"])
    assert space["m.room.create", ""] == {"type": "m.space", "room_version": "12"}
    assert len([key for key in space if key[0] == "m.space.child"]) == 9
    assert talk["m.room.join_rules", ""] == {
        "join_rule": "restricted",
        "allow": [{"type": "m.room_membership", "room_id": rooms["space"]}],
    }
    assert talk["m.space.parent", rooms["space"]] == {"via": ["school.localhost"], "canonical": True}
    assert talk["m.room.guest_access", ""] == {"guest_access": "forbidden"}
    assert place.registration.user_id not in talk["m.room.power_levels", ""]["users"]
    assert staff["m.room.join_rules", ""] == {"join_rule": "invite"}
    assert await place.resolve("3b", "talk") == rooms["talk"]


async def proxy_counts(proxy: FaultyProxy, expected: dict[str, int]) -> None:
    assert {path: proxy.count(path=path) for path in expected} == expected


async def test_invited_person_enters_every_room_but_the_staff_s(place: Place, new_person: NewPerson) -> None:
    teacher, guardian = await new_person(), await new_person()
    config = place.configure(a_class("3b", teacher))
    await apply(config, "3b")
    rooms = await place.marked("3b")
    await teacher.join(rooms["space"])
    await teacher.join(rooms["talk"])
    await teacher.join(rooms["staff"])
    with pytest.raises(Exception, match="M_FORBIDDEN"):
        await guardian.join(rooms["talk"])


async def test_two_classes_do_not_see_each_other(place: Place, new_person: NewPerson) -> None:
    one, other = await new_person(), await new_person()
    config = place.configure(a_class("3b", one), a_class("4a", other))
    await apply(config, "3b")
    await apply(config, "4a")
    rooms, others = await place.marked("3b"), await place.marked("4a")
    await one.join(rooms["space"])
    for room_id in others.values():
        with pytest.raises(Exception, match="M_FORBIDDEN"):
            await one.join(room_id)


# ── Kill -9 ─────────────────────────────────────────────────────────────────────────────────────────────────────────


async def start_apply(config: Config) -> asyncio.subprocess.Process:
    assert config.path is not None
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "classroom_matrix", "apply", "--config", str(config.path),
        stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.PIPE, env={**os.environ, "NO_COLOR": "1"},
    )  # fmt: skip


Fault = Callable[[Callable[[], None]], tuple[Action, Callable[[Passing], bool] | None]]


def lost(kill: Callable[[], None]) -> tuple[Action, Callable[[Passing], bool] | None]:
    """Killed before the homeserver heard of the request."""

    def when(_: Passing) -> bool:
        kill()
        return True

    return Cut(committed=False), when


def late(kill: Callable[[], None]) -> tuple[Action, Callable[[Passing], bool] | None]:
    """Killed, and the request reaches the homeserver while the next run is at work."""

    def when(_: Passing) -> bool:
        kill()
        return True

    return Delay(0.9), when


def unheard(kill: Callable[[], None]) -> tuple[Action, Callable[[Passing], bool] | None]:
    """Killed after the homeserver committed, before the answer came."""
    return Call(after=lambda _: kill()), None


@pytest.mark.parametrize("fault", [lost, late, unheard], ids=["lost", "late", "unheard"])
async def test_kill_at_every_request_leaves_one_room_per_role(
    fault: Fault, place: Place, homeserver: EmbeddedHomeserver, new_person: NewPerson
) -> None:
    teacher = await new_person()
    async with FaultyProxy(homeserver.url) as proxy:
        for at in count():
            class_id = f"k{at}"
            config = place.configure(a_class(class_id, teacher), url=proxy.url)
            proxy.rules.clear()
            proxy.requests.clear()
            process: list[asyncio.subprocess.Process] = []
            action, when = fault(lambda process=process: process[0].kill())
            proxy.rules.append(Rule(action, when=when, skip=at, count=1) if when is None else guarded(action, when, at))
            process.append(await start_apply(config))
            if await process[0].wait() == 0:
                break  # it has no request with this number: every one has had its turn
            process[0] = await start_apply(config)
            _, errors = await process[0].communicate()
            assert (process[0].returncode, errors) == (0, b"")
            if fault is late:
                await until_all_arrived(proxy)
            rooms = await place.marked(class_id)
            assert sorted(rooms) == ["space", "staff", "talk"]
            space = await place.state(rooms["space"])
            assert {key for kind, key in space if kind == "m.space.child"} == {rooms["talk"], rooms["staff"]}
            assert [space["m.room.member", teacher.user_id]["membership"]] == ["invite"]
            assert [await place.resolve(class_id, role) for role in sorted(rooms)] == [rooms[role] for role in sorted(rooms)]
            place.known |= set(rooms.values())
            config.database.unlink()
    assert at >= 3 + 2 + 2


def guarded(action: Action, when: Callable[[Passing], bool], skip: int) -> Rule:
    """A rule whose `when` acts: it is asked only for the request that is meant."""
    seen = count()
    return Rule(action, when=lambda passing: next(seen) == skip and when(passing))


async def until_all_arrived(proxy: FaultyProxy) -> None:
    """The late request was answered, too."""
    async with asyncio.timeout(20):
        while not all(request.committed for request in proxy.requests):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("milliseconds", [20, 60, 90])
async def test_homeserver_killed_within_create_room_leaves_one_room_per_role(tmp_path: Path, milliseconds: int) -> None:
    """What it leaves depends on the moment: nothing, an alias, or a room with two events."""
    path = tmp_path / "registration.yaml"
    bot = UserId("@bot:school.localhost")
    registration = ensure_registration(path, user_id=bot, url=f"http://127.0.0.1:{free_port()}")
    async with (
        EmbeddedHomeserver(tmp_path / "homeserver", registrations=[path], bcrypt_rounds=4) as homeserver,
        FaultyProxy(homeserver.url) as proxy,
        aiohttp.ClientSession() as session,
    ):
        await ensure_registered(session, homeserver.url, registration)
        place = Place(
            tmp_path, path, homeserver.url, HttpGateway(session, homeserver.url, registration.as_token, bot, act_as=True)
        )
        config = place.configure(f"{{id: 3b, name: 3Б, {SMALL}}}", url=proxy.url)
        reached = asyncio.Event()
        proxy.add(Call(before=lambda _: reached.set()), path="createRoom", skip=1, count=1)
        async with open_school(config) as school:
            school.provisioner.maker.settle = 0.5
            applying = asyncio.create_task(school.provisioner.apply(config.klass("3b")))
            await reached.wait()
            await asyncio.sleep(milliseconds / 1000)  # the moment of death is what is tested
            await homeserver.kill()
            await homeserver.start()
            await applying
        rooms = await place.marked("3b")
        assert sorted(rooms) == ["space", "staff", "talk"]
        assert await place.resolve("3b", "talk") == rooms["talk"]


# ── Drift ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@asynccontextmanager
async def reconciler(config: Config) -> AsyncIterator[tuple[Reconciler, Any]]:
    async with open_school(config) as school:
        await import_rosters(school)
        yield Reconciler(config, school.database, school.provisioner), school.database


async def told(database: Any) -> list[str]:
    rows = await database.call(lambda: database.execute("SELECT content FROM outbox ORDER BY seq").fetchall())
    return [row[0].decode() for row in rows]


async def test_what_an_admin_changed_is_put_back_and_told(place: Place, new_person: NewPerson) -> None:
    teacher, admin, stranger = await new_person(), await new_person(), await new_person()
    klass = a_class("3b", teacher).replace("{id", f"{{admins: ['{admin.user_id}'], id")
    config = place.configure(klass)
    await apply(config, "3b")
    rooms = await place.marked("3b")
    await place.gateway.invite(rooms["space"], admin.user_id)
    for role in ("space", "talk"):
        await admin.join(rooms[role])
    await admin.set_state(rooms["talk"], "m.room.name", {"name": "Флудилка"})
    levels = dict(await admin.state_content(rooms["talk"], "m.room.power_levels"))
    await admin.set_state(rooms["talk"], "m.room.power_levels", {**levels, "events_default": 50})
    await admin.set_state(rooms["space"], "m.space.child", {}, key=rooms["talk"])
    await admin.invite(rooms["talk"], stranger.user_id)
    await stranger.join(rooms["talk"])
    async with reconciler(config) as (keeper, database):
        await database.call(drift.mark, database, "3b", rooms["talk"], 0.0)
        await keeper.once()
        lines = "\n".join(await told(database))
    talk = await place.state(rooms["talk"])
    assert talk["m.room.name", ""] == {"name": "Общение"}
    assert talk["m.room.power_levels", ""]["events_default"] == 0
    assert talk["m.room.member", stranger.user_id]["membership"] == "leave"
    assert (await place.state(rooms["space"]))["m.space.child", rooms["talk"]]["via"] == ["school.localhost"]
    for part in ("название", "права", "нет в списке класса", "на своём месте", admin.user_id):
        assert part in lines
    assert (await apply(config, "3b")).done == []


async def test_upgraded_room_is_followed(place: Place, new_person: NewPerson) -> None:
    teacher = await new_person()
    config = place.configure(a_class("3b", teacher))
    await apply(config, "3b")
    rooms = await place.marked("3b")
    await teacher.join(rooms["space"])
    await place.gateway.request("state", "POST", f"/rooms/{rooms['talk']}/upgrade", b'{"new_version": "12"}')
    await apply(config, "3b")
    after = await place.marked("3b")
    assert after["talk"] != rooms["talk"]
    assert await place.resolve("3b", "talk") == after["talk"]
    space = await place.state(rooms["space"])
    assert (space["m.space.child", rooms["talk"]], space["m.space.child", after["talk"]]["order"]) == ({}, "008")
    assert (await place.state(rooms["talk"]))["m.room.tombstone", ""]["replacement_room"] == after["talk"]
    await teacher.join(after["talk"])
    assert (await apply(config, "3b")).done == []


async def test_upgraded_space_takes_its_rooms_along(place: Place, new_person: NewPerson) -> None:
    teacher, newcomer = await new_person(), await new_person()
    config = place.configure(a_class("3b", teacher))
    await apply(config, "3b")
    rooms = await place.marked("3b")
    await place.gateway.request("state", "POST", f"/rooms/{rooms['space']}/upgrade", b'{"new_version": "12"}')
    config = place.configure(a_class("3b", teacher, newcomer))
    await apply(config, "3b")
    after = await place.marked("3b")
    await newcomer.join(after["space"])
    await newcomer.join(after["talk"])
    assert after["space"] != rooms["space"]
    assert (await apply(config, "3b")).done == []


async def test_running_service_repairs_and_tells_the_staff_room(place: Place, new_person: NewPerson) -> None:
    teacher, admin, stranger = await new_person(), await new_person(), await new_person()
    config = place.configure(a_class("3b", teacher).replace("{id", f"{{admins: ['{admin.user_id}'], id"))
    service = asyncio.create_task(serve(config))
    try:
        await teacher.wait_until(lambda seen: len({e["room_id"] for e in seen if e["type"] == "invite"}) == 2)
        rooms = await place.marked("3b")
        for role in ("space", "talk", "staff"):
            await teacher.join(rooms[role])
        await place.gateway.invite(rooms["space"], admin.user_id)
        await admin.join(rooms["space"])
        await admin.join(rooms["talk"])
        await admin.set_state(rooms["talk"], "m.room.name", {"name": "Флудилка"})
        await teacher.wait_for_text("название комнаты «Общение»", room=rooms["staff"])
        await teacher.invite(rooms["talk"], stranger.user_id)
        await teacher.wait_for_text(f"нет в списке класса: {stranger.user_id} (кто впустил: ", room=rooms["staff"])
        await place.gateway.request("state", "POST", f"/rooms/{rooms['talk']}/upgrade", b'{"new_version": "12"}')
        await teacher.wait_for_text("«Общение» заменена на новую", room=rooms["staff"])
        assert (await place.marked("3b"))["talk"] != rooms["talk"]
    finally:
        service.cancel()
        await asyncio.gather(service, return_exceptions=True)
