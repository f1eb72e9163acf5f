"""What a room's history says, where a part of it is encrypted."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.encryption.history import readable
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.encryption.reading import Reader
from classroom_matrix.matrix.gateway import Gateway
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.fake_homeserver import FakeHomeserver

from .pen import Pen

BOT, ANNA = UserId("@bot:school.localhost"), UserId("@anna:school.localhost")


class Desk:
    """A room of the bot and Anna."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.homeserver = FakeHomeserver()
        self.reader = Reader(database, KeyRing.in_memory())
        self.bot: Gateway = readable(self.homeserver.gateway(BOT), database, self.reader)
        self.anna = self.homeserver.gateway(ANNA)

    async def open(self) -> None:
        self.room = await self.bot.create_room({"invite": [ANNA]}, "r")
        await self.anna.join(self.room)
        self.pen = Pen(self.room, ANNA)

    async def says(self, content: dict[str, Any], kind: str = "m.room.encrypted", sender: Any = None) -> EventId:
        who = sender or self.anna
        return EventId(await who.send(self.room, kind, json.dumps(content).encode(), json.dumps(content)))

    async def read(self, room: RoomId | None = None, **more: Any) -> list[tuple[str, Any]]:
        """(type, body or content) of what is no state."""
        page = await self.bot.messages(room or self.room, backwards=False, **more)
        return [
            (event["type"], event["content"].get("body", event["content"])) for event in page.events if "state_key" not in event
        ]


@pytest.fixture
def desk() -> Iterator[Desk]:
    database = Database(":memory:")
    yield Desk(database)
    database.close()


async def test_events_are_read_with_the_keys_that_are_there(desk: Desk) -> None:
    await desk.open()
    desk.pen.give_to(desk.reader)
    await desk.says({"msgtype": "m.text", "body": "plain"}, "m.room.message")
    await desk.says(desk.pen.text("sealed"))
    vote = {"org.matrix.msc3381.poll.response": {"answers": ["1"]}, "m.relates_to": {"event_id": "$poll"}}
    await desk.says(desk.pen.write("org.matrix.msc3381.poll.response", vote))
    assert await desk.read() == [
        ("m.room.message", "plain"),
        ("m.room.message", "sealed"),
        ("org.matrix.msc3381.poll.response", vote),
    ]


async def test_what_cannot_be_read_stays_as_it_is(desk: Desk) -> None:
    await desk.open()
    content = desk.pen.text("no key of it")
    await desk.says(content)
    await desk.says({"algorithm": "m.megolm.v1.aes-sha2", "session_id": 5})
    await desk.says({"ciphertext": ["?"]})
    assert [kind for kind, _ in await desk.read()] == ["m.room.encrypted"] * 3
    assert (await desk.read())[0] == ("m.room.encrypted", content)


async def test_nobody_speaks_in_anothers_name_or_another_room(desk: Desk) -> None:
    await desk.open()
    desk.pen.give_to(desk.reader)
    await desk.says(desk.pen.text("stolen"), sender=desk.homeserver.gateway(BOT))
    await desk.says(desk.pen.write("m.room.message", {"body": "moved"}, room_id="!other"))
    assert [kind for kind, _ in await desk.read()] == ["m.room.encrypted"] * 2


@pytest.mark.parametrize("kind", ["m.room.member", "m.room.redaction", "m.room.encrypted", "m.room.create"])
async def test_nothing_that_the_homeserver_decides_by_is_taken_out_of_ciphertext(desk: Desk, kind: str) -> None:
    await desk.open()
    desk.pen.give_to(desk.reader)
    content = desk.pen.write(kind, {"membership": "leave", "redacts": "$1"})
    await desk.says(content)
    assert await desk.read() == [("m.room.encrypted", content)]


async def test_keys_under_a_lost_secrets_key_read_nothing(desk: Desk) -> None:
    await desk.open()
    desk.pen.give_to(desk.reader)
    await desk.says(desk.pen.text("sealed"))
    desk.bot = readable(desk.homeserver.gateway(BOT), desk.database, Reader(desk.database, KeyRing.in_memory()))
    assert [kind for kind, _ in await desk.read()] == ["m.room.encrypted"]


async def test_looking_back_uses_up_no_place_of_a_key(desk: Desk) -> None:
    await desk.open()
    desk.pen.give_to(desk.reader)
    event = await desk.says(desk.pen.text("sealed"))
    for _ in range(2):
        assert await desk.read() == [("m.room.message", "sealed")]
    assert desk.database.execute("SELECT COUNT(*) FROM e2e_read").fetchone() == (0,)
    await desk.bot.redact(desk.room, event, "", "t")
    assert (await desk.read())[0] == ("m.room.encrypted", {})


async def test_wanted_types_are_looked_for_inside(desk: Desk) -> None:
    await desk.open()
    desk.pen.give_to(desk.reader)
    await desk.says(desk.pen.text("sealed"))
    await desk.says(desk.pen.write("m.poll.end", {"body": "end"}))
    await desk.says({"m.relates_to": {}}, "m.reaction")
    assert await desk.read(types=["m.room.message"]) == [("m.room.message", "sealed")]
    assert await desk.read(types=["m.poll.end", "m.reaction"]) == [("m.poll.end", "end"), ("m.reaction", {"m.relates_to": {}})]


async def test_other_verbs_are_passed_on(desk: Desk) -> None:
    await desk.open()
    assert desk.bot.user_id == BOT
    assert list(await desk.bot.joined_rooms()) == [desk.room]
