"""What decides who reads a room: seen in what arrives, and told at once of what we do ourselves."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any, cast

import msgspec
import pytest

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import PermanentError, TemporaryError
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.matrix.narrow_sync import NarrowSync
from classroom_matrix.matrix.source import Batch, RoomChange
from classroom_matrix.matrix.translate import read_events

BOT, ANNA = UserId("@bot:school"), UserId("@anna:school")
ROOM = RoomId("!room")


def state(kind: str, key: str = "", **content: str) -> dict[str, Any]:
    return {"type": kind, "state_key": key, "sender": ANNA, "event_id": "$1", "content": content}


class Answering:
    """A gateway that answers /sync with these events."""

    pacing = SimpleNamespace(struggling=False)

    def __init__(self, *events: dict[str, Any]) -> None:
        joined = {ROOM: {"timeline": {"events": events}}}
        self._answer = json.dumps({"next_batch": "s2", "rooms": {"join": joined}}).encode()

    async def request(self, *_: object, decode: Callable[[bytes], Any]) -> Any:
        return decode(self._answer)


async def changes_in_a_look(*, alone: bool) -> list[RoomChange]:
    """Where Anna has come, and was removed by the bot, which only a look that is alone is told."""
    events = state("m.room.member", ANNA, membership="join"), state("m.room.member", ANNA, membership="join", displayname="A")
    found: list[RoomChange] = []

    async def receive(batch: Batch) -> None:
        found.extend(batch.changes)

    gateway = cast("HttpGateway", Answering(*events))
    await NarrowSync(gateway, since="s1", ignore=BOT, alone=alone).look(receive)
    return found


async def test_a_second_look_says_only_that_a_room_has_to_be_asked_for() -> None:
    assert await changes_in_a_look(alone=False) == [RoomChange(ROOM)]


async def test_a_sync_that_is_alone_follows_who_is_there() -> None:
    assert await changes_in_a_look(alone=True) == [RoomChange(ROOM, ANNA, "join")] * 2


@pytest.mark.parametrize("kind", ["m.room.encryption", "m.room.history_visibility"])
def test_what_a_room_says_of_its_readers_is_a_change(kind: str) -> None:
    raws = msgspec.json.decode(msgspec.json.encode([state(kind), state("m.room.topic")]), type=list[msgspec.Raw])
    assert read_events(raws, BOT, ROOM).changes == [RoomChange(ROOM)]


class Scripted(HttpGateway):
    """Does nothing but note; `fails`: how each request ends."""

    def __init__(self, fails: Exception | None = None) -> None:
        super().__init__(cast("Any", None), "http://localhost", "token", BOT, changed=self._note)
        self.log: list[str] = []
        self._fails = fails

    async def request(self, _kind: str, _method: str, path: str, _body: bytes | None = None, **_: Any) -> Any:
        self.log.append(path)
        if self._fails is not None:
            raise self._fails
        return SimpleNamespace(event_id="$1")

    async def _note(self, room_id: RoomId) -> None:
        self.log.append(f"changed {room_id}")


Doing = Callable[[HttpGateway], Awaitable[object]]
DOINGS: list[Doing] = [
    lambda gateway: gateway.set_state(ROOM, "m.room.encryption", "", {}),
    lambda gateway: gateway.set_state(ROOM, "m.room.history_visibility", "", {}),
    lambda gateway: gateway.kick(ROOM, ANNA, ""),
    lambda gateway: gateway.invite(ROOM, ANNA),
    lambda gateway: gateway.invite(ROOM, ANNA, direct=True),
]


@pytest.mark.parametrize("do", DOINGS)
async def test_our_own_doings_are_told_when_they_are_done(do: Doing) -> None:
    gateway = Scripted()
    await do(gateway)
    assert len(gateway.log) == 2
    assert gateway.log[1] == f"changed {ROOM}"


@pytest.mark.parametrize("do", DOINGS)
async def test_what_was_not_answered_may_have_been_done(do: Doing) -> None:
    gateway = Scripted(TemporaryError("the line is cut"))
    with pytest.raises(TemporaryError):
        await do(gateway)
    assert gateway.log[-1] == f"changed {ROOM}"


async def test_a_room_that_is_made_encrypted_is_told_of() -> None:
    gateway = Scripted(PermanentError("M_NOT_FOUND", 403))
    await gateway.ensure_encrypted(ROOM)
    assert gateway.log[-1] == f"changed {ROOM}"


async def test_a_topic_is_nobodys_business() -> None:
    gateway = Scripted()
    await gateway.set_state(ROOM, "m.room.topic", "", {})
    assert len(gateway.log) == 1
