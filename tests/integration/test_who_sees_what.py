"""Every room × every account: who is not in a room can do nothing with it, and is told nothing of it.

Two classes on one homeserver with our settings and our module: staff, families, separated parents, an adult under a court
limit, a grandfather, a family with pupils in both classes, and somebody with an account and no class. Expectations stand here
by hand.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest

from classroom_matrix.config import load
from classroom_matrix.domain.ids import ClassId, HouseholdId, RoomId, UserId
from classroom_matrix.domain.people import Reach, Role
from classroom_matrix.matrix.registration import ensure_registration, read_registration
from classroom_matrix.school import School, open_school, sign_in
from classroom_matrix.storage import people, register, rooms
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person

from .school import PASSWORD, SchoolOnStage

MODULES = Path(__file__).parents[2] / "docker" / "synapse" / "modules"
SERVER = "school.localhost"

NAMES = {
    "teacher3": "Ольга Петровна",
    "music": "Марина Сергеевна",
    "anna": "Анна Волкова",
    "boris": "Борис Волков",  # separated from Anna
    "vera": "Вера Зимина",
    "viktor": "Виктор Зимин",  # a court limit is on record
    "galina": "Галина Котова",  # a pupil in each class
    "denis": "Денис Волков",  # grandfather
    "teacher4": "Ирина Львовна",
    "elena": "Елена Лисицына",
    "outsider": "Юрий Чужов",
}

SHARED = ("space", "announcements", "homework", "talk")
WHERE: dict[str, set[str]] = {
    "teacher3": {*(f"3b/{role}" for role in (*SHARED, "staff")), "3b/anna", "3b/boris", "3b/vera", "3b/galina"},
    "music": {f"3b/{role}" for role in (*SHARED, "staff")},
    "anna": {*(f"3b/{role}" for role in SHARED), "3b/anna"},
    "boris": {*(f"3b/{role}" for role in SHARED), "3b/boris"},
    "vera": {*(f"3b/{role}" for role in SHARED), "3b/vera"},
    "viktor": set(),
    "galina": {*(f"{klass}/{role}" for klass in ("3b", "4a") for role in SHARED), "3b/galina", "4a/galina"},
    "denis": {f"3b/{role}" for role in SHARED},
    "teacher4": {*(f"4a/{role}" for role in (*SHARED, "staff")), "4a/galina", "4a/elena"},
    "elena": {*(f"4a/{role}" for role in SHARED), "4a/elena"},
    "outsider": set(),
}
"""Who belongs where. Desks are named after who lives there."""

SMALL = dict.fromkeys(("events", "albums", "meetings", "library", "publications"), False)


@dataclass
class Place:
    """A room and what is in it. `secret` is in its messages, its topic and its file; `household`: whose desk it is."""

    name: str
    room_id: RoomId
    alias: str
    secret: str
    event_id: str
    file: str
    household: str | None = None


@dataclass
class World:
    """Everybody and everything. `told`: all that an account can get from the homeserver by asking for what is its own."""

    homeserver: EmbeddedHomeserver
    registration: Path
    people: dict[str, Person]
    places: dict[str, Place] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def foreign(self, who: str) -> list[Place]:
        return [place for name, place in self.places.items() if name not in WHERE[who]]


@pytest.fixture(scope="module")
async def world(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[World]:
    folder = tmp_path_factory.mktemp("world")
    registration = folder / "registration.yaml"
    ensure_registration(registration, user_id=UserId(f"@classroom:{SERVER}"), url=f"http://127.0.0.1:{free_port()}")
    server = EmbeddedHomeserver(folder / "synapse", registrations=[registration], bcrypt_rounds=4, module_folder=MODULES)
    async with server, SchoolOnStage(server, folder, registration) as stage:
        world = World(server, registration, {})
        for name, shown in NAMES.items():
            login = await server.register(name, PASSWORD, name=shown)
            person = Person(server.url, login.user_id, login.access_token)
            world.people[name] = await stage._stack.enter_async_context(person)
        staff = {
            "3b": [("teacher3", "teacher"), ("music", "specialist")],
            "4a": [("teacher4", "teacher")],
        }
        stage.write_config(
            [
                {
                    "id": class_id,
                    "name": class_id.upper(),
                    "rooms": SMALL,
                    "staff": [
                        {"name": NAMES[name], "role": role, "user": world.people[name].user_id} for name, role in members
                    ],
                }
                for class_id, members in staff.items()
            ]
        )
        async with open_school(load(stage.config_file)) as school:
            await sign_in(school)
            await _furnish(world, school)
        for name, person in world.people.items():
            world.told[name] = await _everything_told(person)
        yield world


async def _furnish(world: World, school: School) -> None:
    """Rooms, desks and memberships as the service makes them, and something to read in each room."""
    from classroom_matrix.school import import_rosters

    await import_rosters(school)
    homes = await school.database.call(_enrol, school.database)
    for klass in school.config.classes:
        await school.provisioner.apply(klass, in_flight=4)
        for home in homes.values():
            await school.desks.ensure_desk(klass.id, home)
    named = {home: name for name, home in homes.items()}
    for klass in school.config.classes:
        for known in await school.database.call(rooms.rooms_of_class, school.database, klass.id):
            name = f"{klass.id}/{named[known.household_id] if known.household_id else known.role}"
            world.places[name] = await _put_something_in(school, name, known)
    assert set(world.places) == set().union(*WHERE.values())
    for who, person in world.people.items():
        for name in sorted(WHERE[who], key=lambda name: not name.endswith("/space")):
            await person.join(world.places[name].room_id)


async def _put_something_in(school: School, name: str, known: rooms.KnownRoom) -> Place:
    secret = f"тайна-{name.replace('/', '-')}"
    gateway, txn = school.gateway, name.replace("/", "-")
    file = await gateway.upload(secret.encode(), "text/plain", "file.txt")
    content = f'{{"msgtype": "m.text", "body": "{secret}"}}'.encode()
    event_id = await gateway.send(known.room_id, "m.room.message", content, f"secret-{txn}")
    link = f'{{"msgtype": "m.file", "body": "file.txt", "url": "{file}"}}'.encode()
    await gateway.send(known.room_id, "m.room.message", link, f"file-{txn}")
    relation = f'{{"m.relates_to": {{"rel_type": "m.annotation", "event_id": "{event_id}", "key": "👍"}}}}'.encode()
    await gateway.send(known.room_id, "m.reaction", relation, f"reaction-{txn}")
    (address,) = [e for e in await gateway.state(known.room_id) if e.type == "m.room.canonical_alias"]
    return Place(name, known.room_id, address.content["alias"], secret, event_id, file, known.household_id)


def _enrol(database: Database) -> dict[str, HouseholdId]:
    """Families, households and who is what to which class; returns households by who lives there."""
    third, fourth = ClassId("3b"), ClassId("4a")
    homes: dict[str, HouseholdId] = {}
    with database.transaction():

        def adult(name: str, *classes: ClassId, family: Any = None, home: str | None = None, **more: Any) -> None:
            person_id = register.add_person(database, NAMES[name], user_id=UserId(f"@{name}:{SERVER}"))
            role = more.pop("role", Role.GUARDIAN)
            for class_id in classes:
                register.set_member(
                    database, class_id, person_id, role, family_id=family, household_id=homes.get(home or ""), **more
                )

        def family(number: int, *pupils: tuple[ClassId, str, str], homes_of: tuple[str, ...]) -> Any:
            family_id = register.add_family(database, Reach.APP)
            for class_id, name, surname in pupils:
                register.add_pupil(database, class_id, family_id, name=f"{name} {surname}", surname=surname, number=number)
            for home in homes_of:
                homes[home] = register.add_household(database, family_id)
            return family_id

        volkov = family(1, (third, "Аня", "Волкова"), homes_of=("anna", "boris"))
        adult("anna", third, family=volkov, home="anna")
        adult("boris", third, family=volkov, home="boris")
        adult("denis", third, family=volkov, role=Role.RELATIVE)
        zimin = family(2, (third, "Ваня", "Зимин"), homes_of=("vera", "viktor"))
        adult("vera", third, family=zimin, home="vera")
        adult("viktor", third, family=zimin, home="viktor", limited=True)
        kotov = family(3, (third, "Миша", "Котов"), (fourth, "Маша", "Котова"), homes_of=("galina",))
        adult("galina", third, fourth, family=kotov, home="galina")
        lisitsyn = family(4, (fourth, "Лиза", "Лисицына"), homes_of=("elena",))
        adult("elena", fourth, family=lisitsyn, home="elena")
        assert people.load_roster(database, third).families
    return homes


async def _everything_told(person: Person) -> str:
    """All that the homeserver tells an account about what is its own: the first sync, histories, spaces, searches, lists."""
    texts = []
    own = await person.joined_rooms()
    for path in (
        'v3/sync?full_state=true&filter={"room":{"timeline":{"limit":100},"include_leave":true}}',
        "v3/publicRooms",
        "v3/notifications",
        "v3/joined_rooms",
        *(f"v1/rooms/{quote(room)}/hierarchy?limit=100&max_depth=9" for room in own),
        *(f"v1/room_summary/{quote(room)}" for room in own),
        *(f"v3/rooms/{quote(room)}/messages?dir=b&limit=500" for room in own),
        *(f"v3/rooms/{quote(room)}/state" for room in own),
        *(f"v3/rooms/{quote(room)}/aliases" for room in own),
    ):
        status, text = await ask(person, "GET", path)
        assert status == 200, (path, text)
        texts.append(text)
    everywhere = {"search_categories": {"room_events": {"search_term": "тайна"}}}
    texts.append((await ask(person, "POST", "v3/search", everywhere))[1])
    texts += [
        (await ask(person, "POST", "v3/user_directory/search", {"search_term": term}))[1]
        for term in ("Волкова", "Лисицына", "anna", "elena")
    ]
    return "\n".join(texts)


async def ask(person: Person, method: str, path: str, body: Any = None) -> tuple[int, str]:
    """One request below ``/_matrix/client/``; the status and the whole answer, characters unescaped."""
    url = f"{person.homeserver}/_matrix/client/{path}"
    headers = {"Authorization": f"Bearer {person.access_token}"}
    async with aiohttp.ClientSession() as session, session.request(method, url, json=body, headers=headers) as response:
        text = await response.text()
        return response.status, text.encode().decode("unicode-escape", "replace") if "\\u" in text else text


# ── What the door keeps out ─────────────────────────────────────────────────────────────────────────────────────────


def knocks(place: Place, who: str) -> list[tuple[str, str, Any]]:
    """Everything that can be tried on a room whose ID, address and events are known."""
    room, event, me = quote(place.room_id), quote(place.event_id, safe=""), f"@{who}:{SERVER}"
    message = {"msgtype": "m.text", "body": "?"}
    return [
        ("GET", f"v3/rooms/{room}/state", None),
        ("GET", f"v3/rooms/{room}/state/m.room.name/", None),
        ("GET", f"v3/rooms/{room}/members", None),
        ("GET", f"v3/rooms/{room}/joined_members", None),
        ("GET", f"v3/rooms/{room}/messages?dir=b", None),
        ("GET", f"v3/rooms/{room}/initialSync", None),
        ("GET", f"v3/rooms/{room}/event/{event}", None),
        ("GET", f"v3/rooms/{room}/context/{event}", None),
        ("GET", f"v3/rooms/{room}/aliases", None),
        ("GET", f"v3/events?room_id={room}&timeout=0", None),
        ("GET", f"v1/rooms/{room}/relations/{event}", None),
        ("GET", f"v1/rooms/{room}/relations/{event}/m.annotation", None),
        ("GET", f"v1/rooms/{room}/threads", None),
        ("GET", f"v1/rooms/{room}/hierarchy", None),
        ("GET", f"v1/rooms/{room}/timestamp_to_event?ts=1&dir=f", None),
        ("GET", f"v1/room_summary/{room}", None),
        ("GET", f"v1/room_summary/{quote(place.alias)}", None),
        ("GET", f"unstable/im.nheko.summary/summary/{room}", None),
        ("POST", f"v3/join/{room}", {}),
        ("POST", f"v3/join/{quote(place.alias)}", {}),
        ("POST", f"v3/rooms/{room}/join", {}),
        ("POST", f"v3/knock/{room}", {}),
        ("POST", f"v3/rooms/{room}/invite", {"user_id": me}),
        ("POST", f"v3/rooms/{room}/invite", {"user_id": f"@outsider:{SERVER}"}),
        ("PUT", f"v3/rooms/{room}/state/m.room.member/{quote(me)}", {"membership": "join"}),
        ("PUT", f"v3/rooms/{room}/send/m.room.message/1", message),
        ("PUT", f"v3/rooms/{room}/redact/{event}/1", {}),
        ("PUT", f"v3/rooms/{room}/typing/{quote(me)}", {"typing": True, "timeout": 1}),
        ("POST", f"v3/rooms/{room}/kick", {"user_id": f"@classroom:{SERVER}"}),
        ("POST", f"v3/rooms/{room}/ban", {"user_id": f"@classroom:{SERVER}"}),
        ("POST", f"v3/rooms/{room}/upgrade", {"new_version": "12"}),
        ("PUT", f"v3/directory/list/room/{room}", {"visibility": "public"}),
        ("DELETE", f"v3/directory/room/{quote(place.alias)}", None),
    ]


@pytest.mark.parametrize("who", NAMES)
async def test_nobody_gets_into_or_anything_out_of_a_room_of_others(world: World, who: str) -> None:
    person = world.people[who]
    got_through = []
    for place in world.foreign(who):
        answers = await asyncio.gather(*[ask(person, *knock) for knock in knocks(place, who)])
        for (method, path, _), (status, text) in zip(knocks(place, who), answers, strict=True):
            if status < 400 or place.secret in text or place.file in text:
                got_through.append((place.name, method, path.replace(quote(place.room_id), "ROOM"), status))
    assert got_through == []
    assert set(await person.joined_rooms()) == {world.places[name].room_id for name in WHERE[who]}


@pytest.mark.parametrize("who", NAMES)
async def test_search_finds_nothing_in_rooms_of_others(world: World, who: str) -> None:
    for place in world.foreign(who):
        body = {"search_categories": {"room_events": {"search_term": "тайна", "filter": {"rooms": [place.room_id]}}}}
        status, text = await ask(world.people[who], "POST", "v3/search", body)
        assert status != 200 or place.secret not in text, place.name


# ── What is told ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", NAMES)
async def test_nobody_is_told_of_desks_and_classes_of_others(world: World, who: str) -> None:
    """No room ID, address, household, word or file of them is in anything that the account is told."""
    assert [leak for place in world.foreign(who) for leak in _leaks(world, who, place)] == []


def _leaks(world: World, who: str, place: Place) -> list[tuple[str, str]]:
    marks = {place.room_id, place.alias, place.secret, place.file}
    if place.household and not any(world.places[name].household == place.household for name in WHERE[who]):
        marks.add(place.household)  # a teacher knows the household of the desk that she is in; it is the same in both classes
    if place.name.endswith("/staff") and f"{place.name[:2]}/space" in WHERE[who]:
        marks -= {place.room_id}  # the space's list has the staff room's ID, and no more than that
    return [(place.name, mark) for mark in marks if mark in world.told[who]]


@pytest.mark.parametrize("who", NAMES)
async def test_nobody_is_told_names_of_the_other_class(world: World, who: str) -> None:
    """Nor accounts. Who has no class knows nobody."""
    classes = {name[:2] for name in WHERE[who]}
    strangers = [other for other in NAMES if other != who and not classes & {name[:2] for name in WHERE[other]}]
    assert [other for other in strangers if NAMES[other] in world.told[who] or f"@{other}:" in world.told[who]] == []
    for other in strangers:
        status, _ = await ask(world.people[who], "GET", f"v3/profile/{quote(f'@{other}:{SERVER}')}")
        assert status == 403, other


async def test_people_see_what_is_theirs(world: World) -> None:
    """Else the others would prove nothing."""
    for who in NAMES:
        assert [name for name in WHERE[who] if world.places[name].secret not in world.told[who]] == [], who


async def test_address_of_a_desk_cannot_be_worked_out(world: World) -> None:
    """Synapse resolves an address for whoever asks, even without an account; so it says nothing that somebody else knows."""
    desks = [place for place in world.places.values() if place.household]
    assert len(desks) == 6
    words = {place.alias.partition(":")[0].split(".desk.")[1] for place in desks}
    assert [len(bytes.fromhex(word)) for word in words] == [12] * 6
    guesses = {f"{class_id}.desk.{place.household}" for class_id in ("3b", "4a") for place in desks}
    guesses |= {f"{class_id}.desk.{word}" for class_id in ("3b", "4a") for word in words}
    guesses -= {place.alias.removeprefix("#classroom.").partition(":")[0] for place in desks}
    for guess in guesses:
        status, _ = await ask(world.people["teacher3"], "GET", f"v3/directory/room/{quote(f'#classroom.{guess}:{SERVER}')}")
        assert status == 404, guess


async def test_files_of_a_desk_need_an_account_and_an_address_that_only_the_desk_knows(world: World) -> None:
    place = world.places["3b/anna"]
    media = place.file.removeprefix("mxc://")
    url = f"{world.homeserver.url}/_matrix"
    async with aiohttp.ClientSession() as session:
        for path in ("media/v3/download", "media/r0/download", "media/v3/thumbnail", "client/v1/media/download"):
            async with session.get(f"{url}/{path}/{media}?width=10&height=10") as response:
                assert response.status in (401, 404), path
    assert len(media.rpartition("/")[2]) == 24
    assert [who for who in NAMES if place.file in world.told[who]] == ["teacher3", "anna"]


# ── A stolen token of the bot ───────────────────────────────────────────────────────────────────────────────────────


async def test_stolen_token_of_the_bot_opens_nothing_else(world: World) -> None:
    token = read_registration(world.registration).as_token
    base = world.homeserver.url
    anna, me = quote(f"@anna:{SERVER}"), quote(f"@classroom:{SERVER}")
    admin = await world.homeserver.register("it", PASSWORD, admin=True)
    async with Person(base, admin.user_id, admin.access_token) as it:
        room = quote(await it.create_room(invite=[world.people["anna"].user_id]))
        event = quote(await it.say(RoomId(room.replace("%21", "!")), "IT's own"), safe="")
    password = {"new_password": "taken over", "logout_devices": True}
    login = {"type": "m.login.application_service", "identifier": {"type": "m.id.user", "user": "anna"}}
    tries: list[tuple[str, str, Any]] = [
        ("GET", "_synapse/admin/v2/users", None),
        ("GET", f"_synapse/admin/v2/users/{anna}", None),
        ("PUT", f"_synapse/admin/v2/users/{anna}", {"password": "taken over"}),
        ("POST", f"_synapse/admin/v1/reset_password/{anna}", password),
        ("POST", f"_synapse/admin/v1/users/{anna}/login", {}),
        ("POST", f"_synapse/admin/v1/deactivate/{anna}", {}),
        ("POST", f"_synapse/admin/v1/join/{room}", {"user_id": f"@classroom:{SERVER}"}),
        ("GET", f"_synapse/admin/v1/rooms/{room}/state", None),
        ("DELETE", f"_synapse/admin/v2/rooms/{room}", {}),
        ("GET", f"_matrix/client/v3/account/whoami?user_id={anna}", None),
        ("GET", f"_matrix/client/v3/sync?user_id={anna}", None),
        ("PUT", f"_matrix/client/v3/profile/{anna}/displayname?user_id={anna}", {"displayname": "x"}),
        ("PUT", f"_matrix/client/v3/profile/{anna}/displayname?user_id={me}", {"displayname": "x"}),
        ("POST", "_matrix/client/v3/account/password", password),
        ("POST", f"_matrix/client/v3/account/password?user_id={anna}", password),
        ("POST", "_matrix/client/v3/login", login),
        ("POST", "_matrix/client/v3/register", {"type": "m.login.application_service", "username": "more"}),
        ("POST", f"_matrix/client/v3/join/{room}?user_id={me}", {}),
        ("GET", f"_matrix/client/v3/rooms/{room}/state?user_id={me}", None),
        ("GET", f"_matrix/client/v3/rooms/{room}/messages?dir=b&user_id={me}", None),
        ("GET", f"_matrix/client/v3/rooms/{room}/event/{event}?user_id={me}", None),
        ("GET", f"_matrix/client/v1/room_summary/{room}?user_id={me}", None),
    ]
    got_through = []
    async with aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session:
        for method, path, body in tries:
            async with session.request(method, f"{base}/{path}", json=body) as response:
                if response.status < 400:
                    got_through.append((method, path, response.status))
    assert got_through == []
    assert (await world.homeserver.login("anna", PASSWORD)).user_id == world.people["anna"].user_id
