"""Machines of ours among each other: whatever is lost, repeated, killed or put back, in whatever order.

Everything is read once, in each writer's order, by whom it was meant for and by nobody else, and no ratchet goes back.
"""

from __future__ import annotations

import asyncio
import copy
import random
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from classroom_matrix.domain.facts import MessageSent, MessageUndecryptable
from classroom_matrix.domain.ids import EventId, UserId
from classroom_matrix.encryption.opening import TELL_AFTER
from classroom_matrix.encryption.reading import CannotRead, Reader
from classroom_matrix.errors import StorageError, TemporaryError
from classroom_matrix.matrix.source import SealedEvent

from .participant import FallibleDatabase, Fault, Killed, Participant
from .scripted_server import USERS, ScriptedServer

_ERRORS: list[Callable[[], BaseException]] = [
    Killed,
    lambda: TemporaryError("the line is bad"),
    lambda: StorageError("the disk is full"),
]
LONGEST = 100

Step = tuple[Any, ...]
_VERBS = {
    "say": 5, "deliver": 7, "sync": 5, "tend": 2, "push": 5, "time": 1, "come or go": 1,
    "kill": 0.5, "back up": 0.7, "restore": 0.3, "replay": 0.5, "forge": 0.5,
}  # fmt: skip
"""With how often they come."""


def a_script(dice: random.Random, length: int) -> list[Step]:
    """Drawn by dice of its own: lists that hypothesis draws are too short for anybody to say much."""
    return [_a_step(dice, verb) for verb in dice.choices(list(_VERBS), list(_VERBS.values()), k=length)]


def _a_step(dice: random.Random, verb: str) -> Step:
    who = dice.randrange(len(USERS))
    wrong = (dice.randint(1, 10), dice.randrange(len(_ERRORS))) if dice.random() < 0.6 else None
    match verb:
        case "deliver" | "sync" | "tend":
            return verb, who, wrong
        case "push":
            return verb, who, wrong, dice.choice([0, 0, 2, 5])
        case "time":
            return verb, dice.choice([1.0, 5.0, TELL_AFTER + 1])
        case "restore" | "replay" | "forge":
            return verb, who, dice.randrange(20)
        case "come or go":
            return verb, dice.randrange(1, len(USERS))
    return verb, who


@pytest.fixture(scope="module")
def empty() -> Iterator[sqlite3.Connection]:
    database = FallibleDatabase(":memory:")
    yield database.copy()
    database.close()


@pytest.fixture(scope="module")
def databases() -> Iterator[list[FallibleDatabase]]:
    """They are emptied for every example; to make their tables anew would cost more than the rest."""
    made = [FallibleDatabase(":memory:") for _ in USERS]
    yield made
    for database in made:
        database.close()


class Play:
    """Carries a script out, then lets everything come to rest."""

    def __init__(self, databases: list[FallibleDatabase]) -> None:
        self.server = ScriptedServer()
        self.people = [Participant(self.server, user, database) for user, database in zip(USERS, databases, strict=True)]
        self.false: dict[EventId, SealedEvent] = {}  # with what they are a copy of
        self._said = 0

    async def run(self, script: list[Step]) -> None:
        for person in self.people:
            await person.sign_in()
            self.server.join(person.user_id)
        self.server.dice = random.Random(len(script))
        for step in script:
            await self._take(step)
        self.server.dice = None
        await self._come_to_rest()

    async def _take(self, step: Step) -> None:
        match step:
            case "say", number:
                self._said += 1
                self.people[number].say(f"{self._said}")
            case "deliver" | "sync" | "tend" as verb, number, wrong:
                person = self.people[number]
                await person.attempt(getattr(person, verb), _fault(wrong))
            case "push", number, wrong, again:
                person = self.people[number]
                await person.attempt(lambda: person.take_pushed(again), _fault(wrong))
            case "time", seconds:
                await self._pass(seconds)
            case "come or go", number:
                user = USERS[number]
                (self.server.leave if user in self.server.members else self.server.join)(user)
            case "kill", number:
                self.people[number].start()
                await self.people[number].sign_in()
            case "back up", number:
                self.people[number].back_up()
            case "restore", number, which:
                await self.people[number].restore(which)
            case "replay" | "forge" as how, number, which:
                self._lie(how, USERS[number], which)

    def _lie(self, how: str, user: UserId, which: int) -> None:
        """The homeserver pushes a copy of an event as another one: of the same person, or of another one."""
        honest = list(self.server.events.values())
        if not honest:
            return
        true = honest[which % len(honest)]
        if (how == "replay") != (true.sender == user):
            return
        event_id = EventId(f"$false{self.server.step()}")
        self.false[event_id] = true
        self.server.push(msgspec.structs.replace(true, event_id=event_id, sender=user, content=copy.deepcopy(true.content)))

    async def _pass(self, seconds: float) -> None:
        for person in self.people:
            person.clock.advance(timedelta(seconds=seconds))
            await person.attempt(person.look_at_kept)

    async def _come_to_rest(self) -> None:
        """Everybody does everything until nothing changes; then whoever waits in vain is told."""
        await self._until_quiet()
        for person in self.people:
            self._check_nothing_readable_waits(person)
        await self._pass(TELL_AFTER + 1)
        await self._until_quiet()

    def _check_nothing_readable_waits(self, person: Participant) -> None:
        """A key that has come lets its message out at once. (Only behind another one do messages wait that can be read.)"""
        reader = Reader(person.database, person.keyring)
        first = {(kept.user_id, kept.room_id): kept for kept in reversed(person.kept()) if kept.told_at is None}
        for kept in first.values():
            with pytest.raises(CannotRead):
                reader.read(msgspec.json.decode(kept.event), look_back=True)

    async def _until_quiet(self) -> None:
        before: object = None
        for _ in range(LONGEST):
            for person in self.people:
                for step in (person.sync, person.tend, person.take_pushed, person.deliver):
                    await person.attempt(step)
            after = [
                (person.handed < len(self.server.timelines[person.user_id]), person.handed, person.facts(), person.unsent())
                for person in self.people
            ]
            if after == before:
                return
            before = after
        raise AssertionError("it does not come to rest")

    # ── What has to be true ─────────────────────────────────────────────────────────────────────────────────────────

    def check(self) -> None:
        for person in self.people:
            read = [fact for fact in person.facts() if isinstance(fact, MessageSent)]
            self._check_what_was_read(person, read)
            self._check_order(person, read)
            self._check_secrets(person)
            _check_complaints(person.facts())
            assert person.user_id not in self.server.members or person.unsent() == 0

    def _check_what_was_read(self, person: Participant, read: list[MessageSent]) -> None:
        taken_in = [self.false[fact.event_id] for fact in read if fact.event_id in self.false]
        heard = self.server.timelines[person.user_id][person.lost :]
        # Whoever was out of the room, or has forgotten it all, cannot know that a copy is none: it is the writer's own words.
        assert not [true for true in taken_in if true in heard]
        assert all(fact.sender == self.false[fact.event_id].sender for fact in read if fact.event_id in self.false)
        assert not [body for body, count in Counter(fact.body for fact in read).items() if count > 1]
        timeline = self.server.timelines[person.user_id]
        for event in timeline[person.lost :]:
            if isinstance(event, SealedEvent) and event.event_id in self.server.events:
                expected = person.device_id in self.server.meant[event.content["ciphertext"]]
                assert not expected or event.event_id in {fact.event_id for fact in read}, "it was meant for them"

    def _check_order(self, person: Participant, read: list[MessageSent]) -> None:
        """Nobody's messages overtake each other, as long as none was waited for in vain."""
        in_vain = {fact.sender for fact in person.facts() if isinstance(fact, MessageUndecryptable)}
        order = list(self.server.events)
        for writer in set(USERS) - in_vain:
            places = [order.index(fact.event_id) for fact in read if fact.sender == writer]
            assert person.lost > 0 or places == sorted(places)

    def _check_secrets(self, person: Participant) -> None:
        """What was said when they were out of the room cannot be read, even if they get hold of it."""
        reader = Reader(person.database, person.keyring)
        for event in self.server.events.values():
            if person.user_id in self.server.barred[event.content["ciphertext"]]:
                with pytest.raises(CannotRead):
                    reader.read(msgspec.to_builtins(event), look_back=True)


def _check_complaints(facts: list[MessageSent | MessageUndecryptable]) -> None:
    """Somebody is told again only after something of theirs could be read."""
    last: dict[UserId, type] = {}
    for fact in facts:
        assert not (isinstance(fact, MessageUndecryptable) and last.get(fact.sender) is MessageUndecryptable)
        last[fact.sender] = type(fact)


def _fault(wrong: tuple[int, int] | None) -> Fault | None:
    return None if wrong is None else Fault(wrong[0], _ERRORS[wrong[1]])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), length=st.integers(1, 90))
def test_everything_is_read_once_by_whom_it_was_meant_for(
    databases: list[FallibleDatabase], empty: sqlite3.Connection, seed: int, length: int
) -> None:
    for database in databases:
        database.put_back(empty)
    script = a_script(random.Random(seed), length)
    note(f"{script}")
    play = Play(databases)
    asyncio.run(play.run(script))
    play.check()


@pytest.mark.parametrize("verb", ["sync", "deliver"])
def test_every_moment_of_taking_a_key_and_of_sending_may_be_the_last(
    databases: list[FallibleDatabase], empty: sqlite3.Connection, verb: str
) -> None:
    """Anna's message is there before its key; Boris is killed at each moment of taking that, or Anna at each of sending it."""
    for moment in range(1, 16):
        for error in range(len(_ERRORS)):
            for database in databases:
                database.put_back(empty)
            play = Play(databases)
            wrong = (moment, error)
            before: list[Step] = [("say", 0), ("deliver", 0, wrong if verb == "deliver" else None), ("push", 1, None, 0)]
            asyncio.run(play.run([*before, ("push", 1, None, 3), ("sync", 1, wrong if verb == "sync" else None)]))
            play.check()
            assert "m.room_key_request" not in play.server.kinds, "a key was lost, and had to be asked for"
            for person in play.people[1:]:
                assert [fact.body for fact in person.facts() if isinstance(fact, MessageSent)] == ["1"]
