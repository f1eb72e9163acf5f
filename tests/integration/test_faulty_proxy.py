"""The faulty proxy: what it answers, what it forwards, what it writes down."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import aiohttp
import pytest

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.errors import PermanentError
from classroom_matrix.testing.faulty_proxy import Answer, Call, Cut, Delay, FaultyProxy, Passing, template_of
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.conftest import NewPerson

SENDING = r"/send/m\.room\.message/"


@pytest.fixture
async def proxy(homeserver: EmbeddedHomeserver) -> AsyncIterator[FaultyProxy]:
    async with FaultyProxy(homeserver.url, seed=1) as proxy:
        yield proxy


@pytest.fixture
async def anna(new_person: NewPerson, proxy: FaultyProxy) -> AsyncIterator[Person]:
    """A person whose way to the homeserver leads through the proxy."""
    direct = await new_person()
    async with Person(proxy.url, direct.user_id, direct.access_token) as person:
        yield person


async def test_proxy_without_rules_changes_nothing(proxy: FaultyProxy, anna: Person) -> None:
    room = await anna.create_room(name="Класс")
    await anna.say(room, "привет")
    assert [event["content"]["body"] for event in await anna.history(room) if event["type"] == "m.room.message"] == ["привет"]
    assert [(one.passing.method, one.passing.template, one.status) for one in proxy.requests[:3]] == [
        ("POST", "/_matrix/client/v3/createRoom", 200),
        ("PUT", "/_matrix/client/v3/rooms/{room}/send/m.room.message/{txn}", 200),
        ("GET", "/_matrix/client/v3/rooms/{room}/messages", 200),
    ]
    assert (proxy.count("POST"), proxy.count("PUT", SENDING)) == (1, 1)


async def test_proxy_answer_is_given_instead_of_forwarding(proxy: FaultyProxy, anna: Person) -> None:
    room = await anna.create_room()
    proxy.add(Answer(502), path=SENDING, count=2)
    for _ in range(2):
        with pytest.raises(PermanentError, match="502"):
            await anna.say(room, "lost")
    await anna.say(room, "arrives")
    assert await _texts(anna, room) == ["arrives"]


async def test_proxy_limit_tells_when_to_come_again(proxy: FaultyProxy, anna: Person) -> None:
    proxy.add(Answer(429, retry_after=2.5), count=1)
    async with aiohttp.ClientSession() as session, session.get(f"{proxy.url}/_matrix/client/versions") as response:
        assert response.status == 429
        assert response.headers["Retry-After"] == "2"
        assert (await response.json())["retry_after_ms"] == 2500


async def test_proxy_cut_after_commit_loses_the_answer_only(proxy: FaultyProxy, anna: Person) -> None:
    room = await anna.create_room()
    proxy.add(Cut(), path=SENDING, count=2)  # the client repeats a PUT once by itself
    content = {"msgtype": "m.text", "body": "once"}
    with pytest.raises(aiohttp.ClientError):
        await anna.send(room, "m.room.message", content, txn_id="the-same")
    assert (proxy.requests[-1].status, proxy.requests[-1].committed) == (None, True)
    await anna.send(room, "m.room.message", content, txn_id="the-same")
    assert await _texts(anna, room) == ["once"]


async def test_proxy_cut_before_commit_loses_the_request(proxy: FaultyProxy, anna: Person) -> None:
    room = await anna.create_room()
    proxy.add(Cut(committed=False), path=SENDING, count=2)
    with pytest.raises(aiohttp.ClientError):
        await anna.say(room, "lost")
    assert await _texts(anna, room) == []


async def test_proxy_delay_holds_the_request_back(proxy: FaultyProxy, anna: Person) -> None:
    room = await anna.create_room()
    proxy.add(Delay(0.3), path=SENDING)
    begin = time.monotonic()
    await anna.say(room, "slow")
    assert time.monotonic() - begin >= 0.3


async def test_proxy_hooks_run_around_the_nth_request(proxy: FaultyProxy, anna: Person) -> None:
    room = await anna.create_room()
    called: list[tuple[str, int, list[str]]] = []

    async def before(passing: Passing) -> None:
        called.append(("before", passing.number, await _texts(anna, room)))

    async def after(passing: Passing) -> None:
        called.append(("after", passing.number, await _texts(anna, room)))

    proxy.add(Call(before, after), path=SENDING, skip=1, count=1)
    for text in ("one", "two", "three"):
        await anna.say(room, text)
    assert [(when, texts) for when, _, texts in called] == [("before", ["one"]), ("after", ["one", "two"])]
    assert called[0][1] == called[1][1]


async def test_proxy_probability_is_seeded(homeserver: EmbeddedHomeserver) -> None:
    outcomes = []
    for _ in range(2):
        async with FaultyProxy(homeserver.url, seed=7) as proxy, aiohttp.ClientSession() as session:
            proxy.add(Answer(500), probability=0.5)
            for _ in range(20):
                async with session.get(f"{proxy.url}/_matrix/client/versions"):
                    pass
            outcomes.append([one.status for one in proxy.requests])
    assert outcomes[0] == outcomes[1]
    assert set(outcomes[0]) == {200, 500}


async def test_proxy_cuts_when_nobody_is_behind_it(homeserver: EmbeddedHomeserver) -> None:
    async with FaultyProxy("http://127.0.0.1:1") as proxy, aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.ClientError):
            async with session.get(f"{proxy.url}/_matrix/client/versions"):
                pass
        assert (proxy.requests[0].status, proxy.requests[0].committed) == (None, False)


async def test_proxy_lets_a_long_poll_wait_while_others_pass(proxy: FaultyProxy, anna: Person) -> None:
    room = await anna.create_room()
    await anna.sync()
    waiting = asyncio.create_task(anna.wait_for_text("here", room=room))
    await anna.say(room, "here")
    assert (await waiting)["content"]["body"] == "here"


def test_template_replaces_ids() -> None:
    assert template_of("/_matrix/client/v3/rooms/%21abc%3Aschool/redact/%24e%2Ff/t1") == (
        "/_matrix/client/v3/rooms/{room}/redact/{event}/{txn}"
    )
    assert template_of("/_matrix/app/v1/transactions/17") == "/_matrix/app/v1/transactions/{txn}"
    assert template_of("/_matrix/client/v3/profile/%40a%3Ab/displayname") == "/_matrix/client/v3/profile/{user}/displayname"


async def _texts(person: Person, room: RoomId) -> list[str]:
    return [event["content"]["body"] for event in await person.history(room) if event["type"] == "m.room.message"]
