"""Keys of rooms reach their devices, also those that have lost what leads to them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.storage.encryption import outbound

from .participant import FallibleDatabase, Participant
from .scripted_server import ROOM, USERS, ScriptedServer


class Pair:
    """Two machines of ours in a room."""

    def __init__(self, server: ScriptedServer, people: list[Participant]) -> None:
        self.server = server
        self.people = people

    async def come_to_rest(self) -> None:
        """Everything that is said is sent, heard and seen to."""
        for _ in range(4):
            for person in self.people:
                for step in (person.deliver, person.sync, person.tend, person.take_pushed):
                    await step()

    async def say(self, person: Participant, text: str) -> None:
        person.say(text)
        await self.come_to_rest()


@pytest.fixture
async def pair() -> AsyncIterator[Pair]:
    server, databases = ScriptedServer(), [FallibleDatabase(":memory:") for _ in range(2)]
    people = [Participant(server, user, database) for user, database in zip(USERS, databases, strict=False)]
    for person in people:
        await person.sign_in()
        server.join(person.user_id)
    pair = Pair(server, people)
    for person in people:
        await pair.say(person, f"hello of {person.user_id}")
    yield pair
    for database in databases:
        database.close()


def end_session(person: Participant) -> str:
    session = outbound.current(person.database, ROOM)
    assert session is not None
    with person.database.transaction():
        outbound.end(person.database, session.session_id)
    return session.session_id


def texts(person: Participant) -> list[str]:
    return [fact.body for fact in person.facts() if isinstance(fact, MessageSent)]


async def test_device_that_has_lost_its_channel_is_told_again_what_it_missed(pair: Pair) -> None:
    bot, parent = pair.people
    end_session(bot)
    parent.database.execute("DELETE FROM e2e_olm_session")  # an app that was put back from a copy
    await pair.say(bot, "unreadable at first")
    assert len(parent.kept()) == 1
    await pair.say(bot, "second")
    assert texts(parent)[-2:] == ["unreadable at first", "second"]
    assert parent.kept() == []


async def test_session_ends_when_somebody_without_a_device_leaves(pair: Pair) -> None:
    """Else they would be given all of it when they come back with one, and what was said in their absence with it."""
    bot, parent = pair.people
    vera = USERS[2]
    pair.server.join(vera)
    await pair.come_to_rest()
    await pair.say(bot, "with her")
    first = outbound.current(bot.database, ROOM)
    pair.server.leave(vera)
    await pair.come_to_rest()
    await pair.say(bot, "without her")
    second = outbound.current(bot.database, ROOM)
    assert first is not None
    assert second is not None
    assert outbound.readers(bot.database, first.session_id) == {parent.user_id, vera}
    assert outbound.readers(bot.database, second.session_id) == {parent.user_id}
    assert texts(parent)[-2:] == ["with her", "without her"]
