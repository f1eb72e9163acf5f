"""kill -9 of the service in the middle of sync, key share and send, on a bad line, in rooms that are encrypted.

The people have Element's engine and trust signed devices only. They throw their sessions away all the time, so that keys
travel with nearly every message. Afterwards every command has one answer, everybody who was there can read it, and no ratchet
has gone back: that is looked up in what the homeserver accepted and in what the service sent, not in its own tables.
"""

from __future__ import annotations

import asyncio
import base64
import json
import random
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import pytest
import vodozemac

from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.testing.faulty_proxy import Answer, Cut, Delay, FaultyProxy, Recorded, Rule
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.conftest import Registrations
from tests.integration.engine_client import EngineClient, Engines
from tests.integration.engine_process import require_engine
from tests.integration.school import PASSWORD, Event, SchoolOnStage, reply_to

COMMAND, ANSWER = "!язык русский", "отвечаю вам по-русски"
ROUNDS = 200
SEEDS = range(30)
FAMILIES = 5
PATIENCE = 90.0  # seconds, for a machine that does other things as well


@dataclass
class Place:
    """The class's talk and everybody's private chat with the service.

    Args:
        people: the teacher first; clients by whom they are of, a person's first one first.
        chats: private chats by user.
        members: users in the talk.
    """

    school: SchoolOnStage
    engines: Engines
    people: list[list[EngineClient]]
    talk: RoomId
    chats: dict[str, RoomId] = field(default_factory=dict)
    members: set[str] = field(default_factory=set)

    async def enter(self, person: list[EngineClient]) -> None:
        """Somebody joins the talk, and has a private chat from now on."""
        client = person[0]
        await client.join(self.school.classes["3b"].rooms["space"])
        await client.join(self.talk)
        self.members.add(client.user_id)
        if client.user_id not in self.chats:
            self.chats[client.user_id] = chat = await client.create_dm(self.school.bot)
            bot = self.school.bot
            await client.wait_for(
                lambda e: e["type"] == "m.room.member" and e["state_key"] == bot and e["content"]["membership"] == "join",
                room=chat,
                seconds=PATIENCE,
            )
            assert await client.is_encrypted(chat)

    async def leave(self, person: list[EngineClient]) -> None:
        await person[0].leave(self.talk)
        self.members.discard(person[0].user_id)

    async def new_device(self, person: list[EngineClient]) -> None:
        """Somebody logs in once more, and uses that from now on."""
        login = person[0].user_id.removeprefix("@").partition(":")[0]
        person.insert(0, await self.engines.log_in(self.school.homeserver.url, login, PASSWORD, isolation="signed"))
        if len(person) > 2:
            await person.pop().close(log_out=True)

    def present(self) -> list[list[EngineClient]]:
        return [person for person in self.people if person[0].user_id in self.members]


@pytest.fixture(scope="module")
async def place(
    homeserver: EmbeddedHomeserver, tmp_path_factory: pytest.TempPathFactory, registrations: Registrations
) -> AsyncIterator[Place]:
    """A class of five families for all tests, three of which are in; the service talks to the homeserver through a proxy."""
    require_engine()
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(FaultyProxy(homeserver.url))
        engines = await stack.enter_async_context(Engines())
        school = SchoolOnStage(
            homeserver,
            tmp_path_factory.mktemp("encrypted"),
            registrations.keep(),
            homeserver_url=proxy.url,
            encrypted=("talk", "desk", "private"),
            engines=engines,
        )
        school.proxy = proxy
        await stack.enter_async_context(school)
        await school.build(families=FAMILIES)
        stage = school.classes["3b"]
        people = [[_with_engine(person)] for person in (stage.teacher, *stage.first_guardians)]
        place = Place(school, engines, people, stage.rooms["talk"])
        await school.start()
        await asyncio.gather(*(place.enter(person) for person in people[:4]))
        yield place


def _with_engine(person: Person) -> EngineClient:
    assert isinstance(person, EngineClient)
    return person


class Talking:
    """Commands and what became of them."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.asked: list[tuple[EngineClient, RoomId, EventId]] = []
        self._readers: dict[EventId, list[EngineClient]] = {}

    async def ask(self, client: EngineClient, room: RoomId, readers: Iterable[EngineClient] = ()) -> EventId:
        """`readers`: who shall be able to read the answer, beside the one who asks."""
        command = await client.say(room, COMMAND)
        self.asked.append((client, room, command))
        self._readers[command] = [client, *(reader for reader in readers if reader is not client)]
        return command

    async def answered(self, client: EngineClient, room: RoomId, command: EventId) -> None:
        """Wait until `client` reads an answer."""
        found = await client.wait_for(
            lambda event: reply_to(event) == command and event["type"] == "m.room.message", room=room, seconds=PATIENCE
        )
        assert ANSWER in found["content"]["body"]
        assert found["shield"] == {"colour": "none", "reason": None}

    async def check(self) -> None:
        """Everything was answered once, everybody reads it, and nothing is in clear."""
        for _, room, command in self.asked:
            for reader in self._readers[command]:
                await self.answered(reader, room, command)
        await self.place.school.drained(seconds=PATIENCE)
        for room in {room for _, room, _ in self.asked}:
            commands = {command: client for client, of, command in self.asked if of == room}
            history = await raw_history(next(iter(commands.values())), room)
            answers = [event for event in history if reply_to(event) in commands]
            assert Counter(map(reply_to, answers)) == dict.fromkeys(commands, 1)
            assert {event["type"] for event in answers} == {"m.room.encrypted"}


async def raw_history(client: EngineClient, room: RoomId) -> list[Event]:
    """As the homeserver has it, nothing decrypted."""
    return await Person.history(client, room)


# ── What must never go back ─────────────────────────────────────────────────────────────────────────────────────────────


async def check_sessions(place: Place) -> int:
    """No place of a session was used twice, and places grow. Returns how many messages there are."""
    used: dict[tuple[str, int], str] = {}
    last: dict[str, int] = defaultdict(lambda: -1)
    for client, room in ((place.people[0][0], place.talk), *((p[0], place.chats.get(p[0].user_id)) for p in place.people)):
        if room is None:
            continue
        for event in await raw_history(client, room):
            if event["sender"] != place.school.bot or event["type"] != "m.room.encrypted":
                continue
            session, ciphertext = event["content"]["session_id"], event["content"]["ciphertext"]
            index = vodozemac.MegolmMessage.from_base64(ciphertext).message_index()
            assert (session, index) not in used
            assert index > last[session]
            used[session, index], last[session] = ciphertext, index
    assert not place.school.rows("SELECT COUNT(*) FROM e2e_outbound WHERE over AND pickle <> ''")[0][0]
    return len(used)


def check_channels(requests: list[Recorded]) -> int:
    """No place of a channel's chain was used for two ciphertexts, and a repeated request is the same. Returns how many."""
    bodies: dict[str, bytes] = {}
    used: dict[tuple[str, bytes, int], str] = {}
    last: dict[tuple[str, bytes], int] = {}
    for request in requests:
        passing = request.passing
        if "/sendToDevice/" not in passing.path:
            continue
        assert bodies.setdefault(passing.path, passing.body) == passing.body
        for devices in json.loads(passing.body)["messages"].values():
            for content in devices.values():
                for curve, parcel in content.get("ciphertext", {}).items():
                    chain, index = olm_place(parcel)
                    known = used.setdefault((curve, chain, index), parcel["body"])
                    assert known == parcel["body"], "a key of a channel was used twice"
                    assert index >= last.get((curve, chain), 0) or known == parcel["body"]
                    last[curve, chain] = max(index, last.get((curve, chain), 0))
    return len(used)


def olm_place(parcel: dict[str, Any]) -> tuple[bytes, int]:
    """Ratchet key and index of an Olm message (spec of Olm, "The Olm Message Format")."""
    message = base64.b64decode(parcel["body"] + "=" * (-len(parcel["body"]) % 4))
    if parcel["type"] == 0:
        message = fields(message[1:])[0x22]  # type: ignore[assignment]
    found = fields(message[1:-8])
    chain, index = found[0x0A], found[0x10]
    assert isinstance(chain, bytes)
    assert isinstance(index, int)
    return chain, index


def fields(data: bytes) -> dict[int, bytes | int]:
    """Values by tag. Tags with the lowest bits 2 have a length and bytes, the others a number."""
    found: dict[int, bytes | int] = {}
    place = 0

    def number() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = data[place]
            place += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    while place < len(data):
        tag = number()
        if tag & 7 == 2:
            length = number()
            found[tag] = data[place : place + length]
            place += length
        else:
            found[tag] = number()
    return found


# ── Tests ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_two_hundred_rounds_are_read_both_ways(place: Place) -> None:
    talking = Talking(place)
    clients = [person[0] for person in place.present()]
    done = asyncio.Queue[None]()

    async def go_on(client: EngineClient, rounds: int) -> None:
        for number in range(rounds):
            if number % 5 == 4:  # everybody hears what is said there, so that it costs most
                await talking.answered(client, place.talk, await talking.ask(client, place.talk, clients))
            else:
                room = place.chats[client.user_id]
                await talking.answered(client, room, await talking.ask(client, room))
            done.put_nowait(None)

    async def interrupt() -> None:
        for _ in range(3):
            for _ in range(ROUNDS // 4):
                await done.get()
            await place.school.kill()
            await place.school.start()

    going = asyncio.gather(*(go_on(client, ROUNDS // len(clients)) for client in clients), interrupt())
    await going
    assert len(talking.asked) == ROUNDS
    await talking.check()
    assert await check_sessions(place) >= ROUNDS


TROUBLE = (r"/sync$", r"/sendToDevice/", r"/keys/claim", r"/keys/query", r"/keys/upload", r"/send/m\.room\.encrypted")


def trouble(dice: random.Random) -> list[Rule]:
    """Two or three kinds, each of them at most twice: pacing waits a second and more after each."""
    rules = []
    for path in dice.sample(TROUBLE, dice.randint(2, 3)):
        action = dice.choice([Cut(committed=True), Cut(committed=False), Delay(dice.uniform(0.05, 0.6)), Answer(502)])
        count = dice.randint(2, 6) if isinstance(action, Delay) else 1
        rules.append(Rule(action, path=path, skip=dice.randint(0, 3), count=count))
    return rules


@pytest.mark.parametrize("seed", SEEDS)
async def test_commands_and_answers_survive_kills(place: Place, seed: int) -> None:
    dice = random.Random(seed * 7919)
    school, talking = place.school, Talking(place)
    if school.process is None:
        await school.start()
    present = place.present()
    readers = [person[0] for person in present]
    movers = place.people[3:]  # the first three stay

    async def ask(person: list[EngineClient]) -> None:
        client, chat = person[0], place.chats[person[0].user_id]
        for _ in range(dice.randint(1, 2)):
            room = dice.choice([place.talk, chat])
            if dice.random() < 0.7:
                await client.discard_session(room)
            await talking.ask(client, room, readers if room == place.talk else ())

    async def come_and_go() -> None:
        """A new device, or somebody who comes or goes, and says something after it."""
        match seed % 5:
            case 1:
                newcomer = dice.choice(present)
                await place.new_device(newcomer)
                await talking.ask(newcomer[0], dice.choice([place.talk, place.chats[newcomer[0].user_id]]))
            case 3:
                mover = dice.choice(movers)
                if mover[0].user_id in place.members:
                    await place.leave(mover)
                    await talking.ask(mover[0], place.chats[mover[0].user_id])
                else:
                    await place.enter(mover)
                    await talking.ask(mover[0], place.talk)

    if seed % 5 == 3:
        movers = [dice.choice(movers)]
        readers = [client for client in readers if client.user_id != movers[0][0].user_id]
        present = [person for person in present if person is not movers[0]]
    school.proxy.rules[:] = trouble(dice)
    try:
        going = asyncio.gather(*(ask(person) for person in dice.sample(present, 3)), come_and_go())
        for _ in range(dice.randint(1, 3)):
            # the moment of the kill is the thing varied; nothing is waited for by it
            await asyncio.wait([going], timeout=dice.uniform(0.02, 0.8))
            await school.kill()
            await asyncio.wait([going], timeout=dice.choice([0, 0, 0.2]))
            await school.start(listening=dice.random() < 0.5)
        await going
        await talking.check()
    finally:
        school.proxy.rules.clear()
    assert school.rows("SELECT cause, handler, error FROM set_aside") == []
    assert school.rows("SELECT event_id FROM e2e_kept") == []


async def test_no_ratchet_has_gone_back(place: Place) -> None:
    talking = Talking(place)
    client = place.people[0][0]
    await client.discard_session(place.talk)
    await talking.answered(client, place.talk, await talking.ask(client, place.talk))
    assert await check_sessions(place) > 0
    assert check_channels(place.school.proxy.requests) > 0
