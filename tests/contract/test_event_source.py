"""One suite for the two ways in which events arrive: pushed to the application service, and asked for by the narrow sync."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

import aiohttp
import pytest
from yarl import URL

from classroom_matrix.domain import facts
from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import PermanentError, StorageError
from classroom_matrix.matrix.appservice import ApplicationService
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.matrix.narrow_sync import TIMELINE_LIMIT, NarrowSync
from classroom_matrix.matrix.registration import Registration
from classroom_matrix.matrix.source import Arrived, Batch, EventSource, SealedEvent
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.conftest import NewPerson


@dataclass
class Listener:
    """A bot whose facts are collected; `marks` as a service would store them."""

    gateway: HttpGateway
    make_source: Callable[[str | None], EventSource]
    facts: list[Arrived] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    failures: int = 0
    _changed: asyncio.Event = field(default_factory=asyncio.Event)
    _task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        source = self.make_source(self.marks[-1] if self.marks else None)
        self._task = asyncio.create_task(source.run(self.receive))
        if isinstance(source, ApplicationService):
            await source.listening.wait()
        else:
            await self.until(lambda: self.marks)

    async def stop(self) -> None:
        assert self._task
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._task

    async def receive(self, batch: Batch) -> None:
        if self.failures and batch.facts:
            self.failures -= 1
            raise StorageError("disk full")
        known = {fact.event_id for fact in self.facts}
        self.facts += [fact for fact in batch.facts if fact.event_id not in known]
        self.marks.append(batch.mark)
        self._changed.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(60):
            while not condition():
                self._changed.clear()
                await self._changed.wait()

    def of(self, room: RoomId, *kinds: type[facts.Fact | SealedEvent]) -> list[Arrived]:
        return [fact for fact in self.facts if fact.room_id == room and (not kinds or isinstance(fact, kinds))]

    def bodies(self, room: RoomId) -> list[str]:
        return [fact.body for fact in self.of(room, facts.MessageSent) if isinstance(fact, facts.MessageSent)]


@pytest.fixture(params=["appservice", "sync"])
async def listener(
    request: pytest.FixtureRequest, homeserver: EmbeddedHomeserver, registration: Registration
) -> AsyncIterator[Listener]:
    async with aiohttp.ClientSession() as session:
        if request.param == "appservice":
            gateway = HttpGateway(session, homeserver.url, registration.as_token, registration.user_id, act_as=True)
            url = URL(registration.url)

            def make_source(_since: str | None) -> EventSource:
                return ApplicationService(
                    gateway,
                    appservice_id=registration.id,
                    hs_token=registration.hs_token,
                    host="127.0.0.1",
                    port=url.port or 0,
                    ignore=registration.user_id,
                )
        else:
            login = await homeserver.register(f"s{registration.localpart}", "correct horse")
            gateway = HttpGateway(session, homeserver.url, login.access_token, login.user_id)

            def make_source(since: str | None) -> EventSource:
                return NarrowSync(gateway, since=since, ignore=gateway.user_id)

        listener = Listener(gateway, make_source)
        await listener.start()
        yield listener
        await listener.stop()


@pytest.fixture
async def parent(new_person: NewPerson) -> Person:
    return await new_person()


async def shared_room(listener: Listener, parent: Person) -> RoomId:
    room = await listener.gateway.create_room({"room_version": "12", "preset": "private_chat"}, parent.user_id)
    await listener.gateway.invite(room, parent.user_id)
    await parent.join(room)
    await listener.until(lambda: listener.of(room, facts.MemberJoined))
    return room


async def test_every_kind_of_event_becomes_its_fact_in_order(listener: Listener, parent: Person) -> None:
    room = await shared_room(listener, parent)
    message = await parent.say(room, "hello")
    await parent.say(room, "an answer", reply_to=message)
    await parent.say(room, "in the thread", thread=message)
    await parent.edit(room, message, "hello, all")
    reaction = await parent.react(room, message, "👍")
    await parent.redact(room, reaction)
    poll = await parent.start_poll(room, "When?", "Friday", "Saturday")
    options = next(e for e in await parent.history(room) if e["event_id"] == poll)["content"]
    answer = options["org.matrix.msc3381.poll.start"]["answers"][0]["id"]
    await parent.vote(room, poll, answer)
    await parent.end_poll(room, poll)
    await parent.send(room, "m.room.encrypted", {"algorithm": "m.megolm.v1.aes-sha2", "ciphertext": "x"})
    await listener.until(lambda: listener.of(room, SealedEvent))
    seen = listener.of(room)[1:]  # behind the parent's own joining
    assert [type(fact).__name__ for fact in seen] == [
        "MessageSent", "MessageSent", "MessageSent", "MessageSent", "ReactionAdded", "EventRedacted",
        "PollStarted", "PollVoted", "PollEnded", "SealedEvent",
    ]  # fmt: skip
    assert {fact.sender for fact in seen} == {parent.user_id}
    hello, answered, threaded, edited = (fact for fact in seen if isinstance(fact, facts.MessageSent))
    assert (hello.body, answered.reply_to, threaded.thread, edited.replaces) == ("hello", message, message, message)
    reacted, redacted = seen[4:6]
    assert isinstance(reacted, facts.ReactionAdded)
    assert isinstance(redacted, facts.EventRedacted)
    assert (reacted.target, reacted.key, redacted.target) == (message, "👍", reaction)
    started, voted, ended = seen[6:9]
    assert isinstance(started, facts.PollStarted)
    assert isinstance(voted, facts.PollVoted)
    assert isinstance(ended, facts.PollEnded)
    assert (started.question, [a.text for a in started.answers]) == ("When?", ["Friday", "Saturday"])
    assert (voted.target, voted.answers, ended.target) == (poll, (answer,), poll)


async def test_own_messages_are_no_news(listener: Listener, parent: Person) -> None:
    room = await shared_room(listener, parent)
    await listener.gateway.send(room, "m.room.message", b'{"msgtype":"m.text","body":"mine"}', "t1")
    await parent.say(room, "theirs")
    await listener.until(lambda: listener.bodies(room))
    assert listener.bodies(room) == ["theirs"]


async def test_odd_events_are_survived(listener: Listener, parent: Person) -> None:
    room = await shared_room(listener, parent)
    for content in (
        {"msgtype": 7, "body": []},
        {"body": {"a": 1}, "msgtype": "m.text"},
        {"msgtype": "m.text", "body": "x", "m.relates_to": []},
    ):
        with contextlib.suppress(PermanentError):  # what this homeserver refuses, another one may let through
            await parent.send(room, "m.room.message", content)
    await parent.send(room, "m.reaction", {"m.relates_to": {"rel_type": "m.annotation"}})
    await parent.send(room, "org.matrix.msc3381.poll.start", {"org.matrix.msc3381.poll.start": {"answers": [1, {}]}})
    await parent.send(room, "org.matrix.msc3381.poll.response", {"m.relates_to": {"event_id": 5}})
    await parent.say(room, "the end")
    await listener.until(lambda: "the end" in listener.bodies(room))
    assert listener.bodies(room) == ["x", "the end"]


async def test_an_invitation_is_a_fact(listener: Listener, parent: Person) -> None:
    room = await parent.create_dm(listener.gateway.user_id)
    await listener.until(lambda: listener.of(room, facts.MemberInvited))
    invited = listener.of(room, facts.MemberInvited)[0]
    assert isinstance(invited, facts.MemberInvited)
    assert (invited.user_id, invited.sender) == (listener.gateway.user_id, parent.user_id)


async def test_membership_tells_who_and_by_whom(listener: Listener, parent: Person, new_person: NewPerson) -> None:
    room = await shared_room(listener, parent)
    other = await new_person()
    await listener.gateway.invite(room, other.user_id)
    await other.join(room)
    await other.leave(room)
    await listener.until(lambda: listener.of(room, facts.MemberLeft))
    left = listener.of(room, facts.MemberLeft)[0]
    assert isinstance(left, facts.MemberLeft)
    assert (left.user_id, left.sender) == (UserId(other.user_id), UserId(other.user_id))


async def test_what_could_not_be_stored_comes_again(listener: Listener, parent: Person) -> None:
    room = await shared_room(listener, parent)
    listener.failures = 1
    await parent.say(room, "important")
    await listener.until(lambda: listener.bodies(room))
    assert (listener.failures, listener.bodies(room)) == (0, ["important"])


async def test_what_happened_during_a_down_time_arrives_afterwards(listener: Listener, parent: Person) -> None:
    """More than one answer of the sync holds, so its gap has to be filled."""
    room = await shared_room(listener, parent)
    await listener.stop()
    count = TIMELINE_LIMIT + 20
    for number in range(count):
        await parent.say(room, str(number))
    await listener.start()
    await listener.until(lambda: len(listener.bodies(room)) >= count)
    assert [str(number) for number in range(count)] == listener.bodies(room)


async def test_what_was_never_pushed_is_found_by_the_second_look(listener: Listener, parent: Person) -> None:
    """Synapse can leave an event behind when it recovers; here nobody listens at all, and only the look finds it."""
    room = await shared_room(listener, parent)
    look = NarrowSync(listener.gateway, since=None, ignore=listener.gateway.user_id)
    await look.look(listener.receive)  # at the first start: where to look from
    await listener.stop()
    await parent.say(room, "left behind")
    await look.look(listener.receive)
    assert listener.bodies(room) == ["left behind"]
    await parent.say(room, "and pushed again")
    await look.look(listener.receive)
    await listener.start()
    await parent.say(room, "the end")
    await listener.until(lambda: "the end" in listener.bodies(room))
    assert listener.bodies(room) == ["left behind", "and pushed again", "the end"]


async def test_sixty_messages_at_once_all_arrive(listener: Listener, parent: Person) -> None:
    room = await shared_room(listener, parent)
    await asyncio.gather(*(parent.say(room, str(number)) for number in range(60)))
    await listener.until(lambda: len(listener.bodies(room)) >= 60)
    assert sorted(map(str, range(60))) == sorted(listener.bodies(room))
