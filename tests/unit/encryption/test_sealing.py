"""When something is encrypted, for whom, and when nothing is: what a homeserver says late, wrongly or not at all."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.domain.rooms import MEGOLM
from classroom_matrix.encryption import sealing as module
from classroom_matrix.encryption.device import Device
from classroom_matrix.encryption.homeserver import KeyServer
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.encryption.machine import Encryption
from classroom_matrix.errors import PermanentError, RoomNotReady
from classroom_matrix.matrix.source import KeyNews, RoomChange
from classroom_matrix.storage import outbox
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import devices, outbound, rooms
from classroom_matrix.storage.outbox import Effect
from classroom_matrix.testing.fake_clock import FakeClock

from .scripted_server import ScriptedKeys, ScriptedServer

BOT, ANNA, BORIS = (UserId(f"@{name}:school.localhost") for name in ("bot", "anna", "boris"))
ROOM = RoomId("!room")


class Keys(ScriptedKeys):
    """One room, about which everything can be said. `meanwhile`: happens while members are asked for."""

    def __init__(self) -> None:
        super().__init__(ScriptedServer(), BOT, "BOT", lambda: None)
        self.settings: dict[str, Any] | None = {"algorithm": MEGOLM}
        self.visibility = "invited"
        self.members = {BOT: "join", ANNA: "join"}
        self.meanwhile: Callable[[], None] = lambda: None
        self.queries = self.asked = 0

    async def encryption_of(self, _room_id: RoomId) -> dict[str, Any] | None:
        self.asked += 1
        return self.settings

    async def history_visibility_of(self, _room_id: RoomId) -> str:
        return self.visibility

    async def members_of(self, _room_id: RoomId) -> list[tuple[UserId, str]]:
        found = list(self.members.items())
        self.meanwhile()
        return found

    async def query_keys(self, users: Any) -> Any:
        self.queries += 1
        self.meanwhile()
        return await super().query_keys(users)


class Bot:
    def __init__(self, database: Database) -> None:
        self.database, self.keys, self.keyring = database, Keys(), KeyRing.in_memory()
        self._rows = 0
        self.start()

    def start(self) -> None:
        device = Device(self.database, self.keyring, BOT)
        device.open("BOT")
        clock = FakeClock(datetime(2026, 9, 1, tzinfo=UTC))
        keys = cast("KeyServer", self.keys)
        self.machine = Encryption(self.database, self.keyring, device, keys, clock, arrived=lambda: None)

    async def say(self) -> str:
        """The type under which something goes over the wire."""
        self._rows += 1
        content = json.dumps({"msgtype": "m.text", "body": "hello"}).encode()
        effect = Effect(f"row {self._rows}", "send", ROOM, "m.room.message", content)

        def store() -> None:
            with self.database.transaction():
                outbox.add(self.database, [effect], 0.0)

        await self.database.call(store)
        return (await self.machine.sealing.seal(effect.seq, ROOM, "m.room.message", content))[0]

    def hear(self, *changes: RoomChange) -> None:
        self.machine.open((), changes)

    def session(self) -> outbound.Outbound:
        session = outbound.current(self.database, ROOM)
        assert session is not None
        return session

    def readers(self) -> set[str]:
        return outbound.readers(self.database, self.session().session_id)


@pytest.fixture
def bot() -> Iterator[Bot]:
    database = Database(":memory:")
    yield Bot(database)
    database.close()


# ── For whom ────────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_join_that_is_told_late_gives_nobody_keys(bot: Bot) -> None:
    await bot.say()
    bot.hear(RoomChange(ROOM, BORIS, "join"))  # who has been removed since
    await bot.say()
    assert bot.readers() == {ANNA}


async def test_a_departure_that_is_told_late_takes_nobody_out(bot: Bot) -> None:
    await bot.say()
    bot.hear(RoomChange(ROOM, ANNA, "leave"))  # who has come back since
    await bot.say()
    assert bot.readers() == {ANNA}


async def test_a_new_name_makes_nobody_ask(bot: Bot) -> None:
    await bot.say()
    bot.hear(RoomChange(ROOM, ANNA, "join"))
    await bot.say()
    assert bot.keys.asked == 1


async def test_who_goes_while_keys_are_shared_is_not_written_for(bot: Bot) -> None:
    bot.keys.members[BORIS] = "join"

    def boris_is_removed() -> None:
        if bot.keys.queries == 1 and bot.keys.members.pop(BORIS, ""):
            asyncio.get_running_loop().create_task(bot.machine.sealing.look_again(ROOM))

    bot.keys.meanwhile = boris_is_removed
    await bot.say()
    assert bot.readers() == {ANNA}
    assert bot.session().messages == 1


async def test_a_change_while_the_homeserver_is_asked_makes_its_answer_old(bot: Bot) -> None:
    bot.keys.members[BORIS] = "join"

    def boris_leaves() -> None:
        if bot.keys.members.pop(BORIS, ""):
            bot.hear(RoomChange(ROOM, BORIS, "leave"))

    bot.keys.meanwhile = boris_leaves
    await bot.say()
    assert (bot.readers(), bot.keys.asked) == ({ANNA}, 2)
    assert bot.database.execute("SELECT COUNT(*) FROM e2e_outbound").fetchone() == (1,), "no session was ever meant for him"


async def test_the_invited_lose_the_right_to_read(bot: Bot) -> None:
    bot.keys.members[BORIS] = "invite"
    await bot.say()
    first = bot.session().session_id
    assert bot.readers() == {ANNA, BORIS}
    bot.keys.visibility = "joined"
    bot.hear(RoomChange(ROOM))
    await bot.say()
    assert bot.readers() == {ANNA}
    assert bot.session().session_id != first


# ── Whether at all ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lie", [None, {}, {"algorithm": "m.none"}, {"algorithm": None}])
async def test_once_encrypted_is_encrypted_for_ever(
    bot: Bot, lie: dict[str, Any] | None, caplog: pytest.LogCaptureFixture
) -> None:
    bot.keys.settings = {"algorithm": MEGOLM, "rotation_period_msgs": 3}
    await bot.say()
    bot.keys.settings = lie
    bot.hear(RoomChange(ROOM))
    with caplog.at_level(logging.ERROR, logger=module.__name__):
        assert await bot.say() == "m.room.encrypted"
    assert ROOM in caplog.text
    room = rooms.get(bot.database, ROOM)
    assert room is not None
    assert room.messages == 3


async def test_a_new_device_remembers_what_is_encrypted(bot: Bot) -> None:
    await bot.say()
    bot.keyring = KeyRing.in_memory()  # as on a machine where a copy was put back
    bot.start()
    bot.keys.settings = None
    assert await bot.say() == "m.room.encrypted"


async def test_what_another_process_has_encrypted_is_noticed(bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    bot.keys.settings = None
    assert [await bot.say(), await bot.say()] == ["m.room.message"] * 2
    bot.keys.settings = {"algorithm": MEGOLM}
    await bot.database.call(rooms.note_change, bot.database, ROOM)
    monkeypatch.setattr(module, "_LOOK_EVERY", 0.0)
    assert await bot.say() == "m.room.encrypted"


async def test_plain_rooms_are_asked_about_once(bot: Bot) -> None:
    bot.keys.settings = None
    for _ in range(3):
        assert not await bot.machine.sealing.is_encrypted(ROOM)
    assert bot.keys.asked == 1


async def test_an_unknown_way_of_encryption_waits(bot: Bot) -> None:
    bot.keys.settings = {"algorithm": "m.of.tomorrow"}
    with pytest.raises(RoomNotReady) as found:
        await bot.say()
    assert found.value.rest >= 30
    assert rooms.encrypted_otherwise(bot.database) == [ROOM]
    bot.keys.settings = {"algorithm": MEGOLM}
    bot.hear(RoomChange(ROOM))
    assert await bot.say() == "m.room.encrypted"


@pytest.mark.parametrize(
    ("wish", "period", "messages"),
    [
        ({}, 604_800, 100),
        ({"rotation_period_ms": 1, "rotation_period_msgs": 1}, 3_600, 1),
        ({"rotation_period_ms": 7_200_000, "rotation_period_msgs": 3}, 7_200, 3),
        ({"rotation_period_ms": 0, "rotation_period_msgs": 0}, 3_600, 1),
        ({"rotation_period_ms": 10**400, "rotation_period_msgs": 10**400}, 315_360_000, 10_000),
        ({"rotation_period_ms": "1", "rotation_period_msgs": True}, 604_800, 100),
    ],
)
async def test_a_rooms_wishes_are_followed_within_reason(bot: Bot, wish: dict[str, Any], period: float, messages: int) -> None:
    bot.keys.settings = {"algorithm": MEGOLM, **wish}
    await bot.say()
    room = rooms.get(bot.database, ROOM)
    assert room is not None
    assert (room.period, room.messages) == (period, messages)


# ── After a start ───────────────────────────────────────────────────────────────────────────────────────────────────────


async def begin_anew(bot: Bot) -> None:
    """As `Encryption.sign_in` does it."""
    await bot.database.call(bot.machine._begin_anew)
    bot.machine.sealing.wait_for_news()


async def test_after_a_start_old_lists_are_not_believed(bot: Bot) -> None:
    bot.keys.members[BORIS] = "join"
    await bot.say()
    bot.start()
    await begin_anew(bot)
    del bot.keys.members[BORIS]
    assert set(devices.dirty(bot.database, -1)) == {ANNA, BORIS}
    bot.machine.sealing.heard()
    await bot.say()
    assert bot.readers() == {ANNA}


async def test_nothing_is_encrypted_before_the_device_has_heard(bot: Bot) -> None:
    await begin_anew(bot)
    saying = asyncio.create_task(bot.say())
    done, _ = await asyncio.wait([saying], timeout=0.1)
    assert not done
    await bot.machine.take(KeyNews("s1"))
    assert await saying == "m.room.encrypted"


async def test_a_device_that_hears_nothing_makes_a_room_wait_but_not_for_ever(
    bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SHORT_REST", 0.01)
    await begin_anew(bot)
    with pytest.raises(RoomNotReady):
        await bot.say()
    monkeypatch.setattr(module, "_LONGEST_DEAF", 0.0)
    assert await bot.say() == "m.room.encrypted"


async def test_a_refused_sync_keeps_nobody_silent(bot: Bot) -> None:
    async def refused(_since: str | None, _patience: int) -> KeyNews:
        raise PermanentError("M_FORBIDDEN", 403)

    bot.keys.key_news = refused  # type: ignore[method-assign,assignment]
    await begin_anew(bot)
    listening = asyncio.create_task(bot.machine._listen())
    try:
        assert await bot.say() == "m.room.encrypted"
    finally:
        listening.cancel()
