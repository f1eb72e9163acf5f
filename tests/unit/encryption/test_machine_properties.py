"""Machines of ours among each other: whatever is lost, repeated, killed or put back, in whatever order.

Everything is read once, in each writer's order, by whom it was meant for and by nobody else, and no ratchet goes back.
"""

from __future__ import annotations

import asyncio
import copy
import sqlite3
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from classroom_matrix.domain.facts import MessageSent, MessageUndecryptable
from classroom_matrix.domain.ids import EventId, UserId
from classroom_matrix.encryption.opening import TELL_AFTER
from classroom_matrix.encryption.reading import CannotRead, Reader
from classroom_matrix.errors import StorageError, TemporaryError
from classroom_matrix.matrix.source import SealedEvent

from .participant import FallibleDatabase, Fault, Killed, Participant
from .scripted_server import ScriptedServer

USERS = [UserId(f"@{name}:school.localhost") for name in ("anna", "boris", "vera")]
_ERRORS = [Killed, lambda: TemporaryError("the line is bad"), lambda: StorageError("the disk is full")]
LONGEST = 100

Step = tuple[Any, ...]
who = st.integers(0, len(USERS) - 1)
fault = st.none() | st.tuples(st.integers(1, 14), st.sampled_from(range(len(_ERRORS))))
deliver = st.tuples(st.just("deliver"), who, fault)
listen = st.one_of(
    st.tuples(st.just("sync"), who, fault),
    st.tuples(st.just("tend"), who, fault),
    st.tuples(st.just("push"), who, fault, st.integers(0, 5)),
)
rare = st.one_of(
    st.tuples(st.just("time"), st.sampled_from([1.0, 5.0, TELL_AFTER + 1])),
    st.tuples(st.just("come or go"), st.integers(1, len(USERS) - 1)),
    st.tuples(st.just("kill"), who),
    st.tuples(st.just("back up"), who),
    st.tuples(st.just("restore"), who, st.integers(0, 5)),
    st.tuples(st.just("replay"), who, st.integers(0, 20)),
    st.tuples(st.just("forge"), who, st.integers(0, 20)),
)
steps = st.one_of(st.tuples(st.just("say"), who), deliver, deliver, listen, listen, rare)


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
        self.false: set[EventId] = set()
        self.devices: dict[UserId, set[str]] = {person.user_id: {person.device_id} for person in self.people}
        self._said = 0

    async def run(self, script: list[Step]) -> None:
        for person in self.people:
            await person.sign_in()
            self.server.join(person.user_id)
        for step in script:
            await self._take(step)
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
                self.devices[USERS[number]].add(self.people[number].device_id)
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
        self.false.add(event_id)
        self.server.push(msgspec.structs.replace(true, event_id=event_id, sender=user, content=copy.deepcopy(true.content)))

    async def _pass(self, seconds: float) -> None:
        for person in self.people:
            person.clock.advance(timedelta(seconds=seconds))
            await person.attempt(person.look_at_kept)

    async def _come_to_rest(self) -> None:
        """Everybody does everything until nothing changes; then whoever waits in vain is told."""
        await self._until_quiet()
        await self._pass(TELL_AFTER + 1)
        await self._until_quiet()

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
        assert not self.false & {fact.event_id for fact in read}
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
            if person.lost == 0:
                places = [order.index(fact.event_id) for fact in read if fact.sender == writer]
                assert places == sorted(places)

    def _check_secrets(self, person: Participant) -> None:
        """What was not meant for any device of theirs cannot be read, even if they get hold of it."""
        devices = self.devices[person.user_id]
        reader = Reader(person.database, person.keyring)
        for event in self.server.events.values():
            if event.sender != person.user_id and not devices & self.server.meant[event.content["ciphertext"]]:
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


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(script=st.lists(steps, max_size=60))
def test_everything_is_read_once_by_whom_it_was_meant_for(
    databases: list[FallibleDatabase], empty: sqlite3.Connection, script: list[Step]
) -> None:
    for database in databases:
        database.put_back(empty)
    play = Play(databases)
    asyncio.run(play.run(script))
    play.check()
