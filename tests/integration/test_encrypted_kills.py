"""kill -9 of the service in the middle of sync, key share and send, on a bad line, in rooms that are encrypted.

The people have Element's engine and trust signed devices only. They throw their sessions away all the time, so that keys
travel with nearly every message. Afterwards every command has one answer, everybody who was there can read it, and no ratchet
has gone back: that is looked up in what the homeserver accepted and in what the service sent, not in its own tables.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

import pytest

from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.testing.faulty_proxy import Action, Answer, Call, Cut, Delay, FaultyProxy, Passing, Recorded, Rule
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.conftest import Registrations
from tests.integration.engine_client import EngineClient, Engines
from tests.integration.engine_process import require_engine
from tests.integration.school import PASSWORD, Event, SchoolOnStage, reply_to
from tests.ratchets import Ratchets

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
        try:
            found = await client.wait_for(
                lambda event: reply_to(event) == command and event["type"] == "m.room.message", room=room, seconds=PATIENCE
            )
        except TimeoutError:
            pytest.fail(await self._what_is_wrong(client, room, command))
        assert ANSWER in found["content"]["body"]
        assert found["shield"] == {"colour": "none", "reason": None}

    async def _what_is_wrong(self, client: EngineClient, room: RoomId, command: EventId) -> str:
        school = self.place.school
        answers = [event["event_id"] for event in await raw_history(client, room) if reply_to(event) == command]
        seen = [(event["event_id"], event["failure"]) for event in client.seen if event.get("event_id") in answers]
        kept = school.rows("SELECT event_id, user_id, asked_at, told_at FROM e2e_kept")
        return (
            f"{client.name} reads no answer to {command} in {room}; there: {answers}; seen: {seen}; kept unread: {kept};"
            f" waiting there: {school.counts()}; its log ends with\n{school.log.read_text('utf-8')[-3_000:]}"
        )

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
    """No place of a session was used twice, and places grow with the order of sending. Returns how many messages there are."""
    ratchets, last = Ratchets(), dict[str, int]()
    rooms = [(place.people[0][0], place.talk)]
    rooms += [(person[0], place.chats[person[0].user_id]) for person in place.people if person[0].user_id in place.chats]
    for client, room in rooms:
        for event in await raw_history(client, room):
            if event["sender"] == place.school.bot and event["type"] == "m.room.encrypted":
                session, index = event["content"]["session_id"], ratchets.take_room_message(event["content"])
                assert index > last.get(session, -1)
                last[session] = index
    return len(ratchets.room_messages)


def check_requests(requests: list[Recorded]) -> int:
    """Whether the homeserver took them or not, no ratchet went back. Returns how many messages to devices there were."""
    ratchets = Ratchets()
    for request in requests:
        passing = request.passing
        if "/send/m.room.encrypted/" in passing.path:
            ratchets.take_room_message(json.loads(passing.body))
        elif "/sendToDevice/" in passing.path:
            ratchets.take_request(passing.path, passing.body)
    return len(ratchets.letters)


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
    """One or two kinds. What is refused comes once only: pacing waits a second and more after it."""
    rules = []
    for path in dice.sample(TROUBLE, dice.randint(1, 2)):
        actions: list[Action] = [Cut(committed=True), Cut(committed=False), Delay(dice.uniform(0.05, 0.4)), Answer(502)]
        action = dice.choice(actions)
        count = dice.randint(2, 6) if isinstance(action, Delay) else 1
        rules.append(Rule(action, path=path, skip=dice.randint(0, 3), count=count))
    return rules


class Killing:
    """kill -9 in the middle of a request of some kind: when it has come, or when it is answered; else after a while."""

    def __init__(self, school: SchoolOnStage, dice: random.Random) -> None:
        self._school = school
        self._dice = dice
        self._hit = asyncio.Event()
        self._over = False

        async def kill(_: Passing) -> None:
            if not self._over:
                await school.kill()
                self._hit.set()

        moment = Call(before=kill) if dice.random() < 0.5 else Call(after=kill)
        self.rule = Rule(moment, path=dice.choice(TROUBLE), skip=dice.randint(0, 2), count=1)

    async def _wait(self) -> None:
        await self._hit.wait()

    async def kill(self, going: asyncio.Task[None]) -> None:
        """Kill the service at that moment, or where nothing of the kind happens, and start it again."""
        hit = asyncio.create_task(self._wait())
        # the moment of the kill is the thing varied; nothing is waited for by it
        await asyncio.wait((going, hit), timeout=self._dice.uniform(0.3, 1.5), return_when=asyncio.FIRST_COMPLETED)
        hit.cancel()
        self._over = True  # a request that is on its way now must not kill the next one
        await self._school.kill()
        await self._school.start(listening=self._dice.random() < 0.5)


class Seed:
    """One conversation, and everything that comes in between. Every fifth one has a new device, another one a new member."""

    def __init__(self, place: Place, seed: int) -> None:
        self.place, self.seed = place, seed
        self.dice = random.Random(seed * 7919)
        self.talking = Talking(place)
        self._present = place.present()
        self._mover = self.dice.choice(place.people[3:])  # the first three stay
        if seed % 5 == 3:
            self._present = [person for person in self._present if person is not self._mover]
        self._readers = [person[0] for person in self._present]

    async def run(self) -> None:
        speakers = self.dice.sample(self._present, 3)
        changes = {1: self._new_device, 3: self._come_or_go}.get(self.seed % 5)
        await asyncio.gather(*(self._speak(person) for person in speakers), *([changes()] if changes else []))

    async def _speak(self, person: list[EngineClient]) -> None:
        client, chat = person[0], self.place.chats[person[0].user_id]
        for _ in range(self.dice.randint(1, 2)):
            room = self.dice.choice([self.place.talk, chat])
            if self.dice.random() < 0.7:
                await client.discard_session(room)
            await self.talking.ask(client, room, self._readers if room == self.place.talk else ())

    async def _new_device(self) -> None:
        person = self.dice.choice(self._present)
        await self.place.new_device(person)
        client = person[0]
        await self.talking.ask(client, self.dice.choice([self.place.talk, self.place.chats[client.user_id]]))

    async def _come_or_go(self) -> None:
        client = self._mover[0]
        if client.user_id in self.place.members:
            await self.place.leave(self._mover)
            await self.talking.ask(client, self.place.chats[client.user_id])
        else:
            await self.place.enter(self._mover)
            await self.talking.ask(client, self.place.talk)


@pytest.mark.parametrize("seed", SEEDS)
async def test_commands_and_answers_survive_kills(place: Place, seed: int) -> None:
    school, conversation = place.school, Seed(place, seed)
    dice = conversation.dice
    if school.process is None:
        await school.start()
    killings = [Killing(school, dice) for _ in range(dice.choice([1, 1, 2]))]
    school.proxy.rules[:] = [*trouble(dice)]
    try:
        going = asyncio.create_task(conversation.run())
        for killing in killings:
            school.proxy.rules.insert(0, killing.rule)
            await killing.kill(going)
            school.proxy.rules.remove(killing.rule)
        await going
        await conversation.talking.check()
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
    assert check_requests(place.school.proxy.requests) > 0
