"""One of our own machines with its database, its outbox and its inbox, taken step by step, and killed in between."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, cast

from classroom_matrix.domain.facts import MessageSent, MessageUndecryptable
from classroom_matrix.domain.ids import UserId
from classroom_matrix.encryption.device import Device
from classroom_matrix.encryption.homeserver import KeyServer
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.encryption.machine import Encryption
from classroom_matrix.errors import StorageError, TemporaryError
from classroom_matrix.matrix.source import RoomChange
from classroom_matrix.storage import inbox, outbox
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import devices, kept, rooms
from classroom_matrix.storage.encryption.kept import Kept
from classroom_matrix.storage.outbox import Answered, Effect
from classroom_matrix.testing.fake_clock import FakeClock

from .scripted_server import ROOM, USERS, ScriptedKeys, ScriptedServer, Trap

AT_ONCE = 3
"""Events that are pushed together."""
START = datetime(2026, 9, 1, 12, tzinfo=UTC)


class Killed(BaseException):
    """The process is gone."""


class Fault:
    """Something that goes wrong at the `after`-th moment at which something can."""

    def __init__(self, after: int, error: Callable[[], BaseException]) -> None:
        self._left = after
        self._error = error

    def __call__(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise self._error()


class FallibleDatabase(Database):
    """Calls run in the caller's thread; before and after each of them something may go wrong."""

    trap: Trap = staticmethod(lambda: None)

    async def call(self, function: Callable[..., Any], *args: Any) -> Any:  # type: ignore[override]
        self.trap()
        await asyncio.sleep(0)
        done = function(*args)
        self.trap()
        return done

    def copy(self) -> sqlite3.Connection:
        copy = sqlite3.connect(":memory:")
        self._connection.backup(copy)
        return copy

    def put_back(self, copy: sqlite3.Connection) -> None:
        copy.backup(self._connection)


class FallibleKeyRing(KeyRing):
    """Fails between the count in the file and the commit."""

    trap: Trap = staticmethod(lambda: None)

    def note(self, generation: int) -> None:
        super().note(generation)
        self.trap()


class Participant:
    """Somebody in the room.

    Attributes:
        handed: how far what is pushed was taken; does not go back when the database does.
        lost: `handed` when the database was last put back: what came before may be forgotten.
    """

    def __init__(self, server: ScriptedServer, user_id: UserId, database: FallibleDatabase) -> None:
        self.server, self.user_id, self.database = server, user_id, database
        self.keyring = FallibleKeyRing.in_memory()
        self.clock = FakeClock(START)
        self.handed = self.lost = 0
        self.copies: list[sqlite3.Connection] = [database.copy()]
        self._transactions = 0
        self._trap: Trap = lambda: None
        self.start()

    def trap(self) -> None:
        self._trap()

    def start(self) -> None:
        """Start the process anew, on what is in the database."""
        self._trap = lambda: None
        self.database.trap = self.keyring.trap = self.trap
        device = Device(self.database, self.keyring, self.user_id)
        known = device.open()
        self.device_id = known.device_id
        keys = cast("KeyServer", ScriptedKeys(self.server, self.user_id, known.device_id, self.trap))
        self.machine = Encryption(self.database, self.keyring, device, keys, self.clock, arrived=lambda: None)
        self._device, self._keys = device, keys
        encrypt = self.machine.sealing._encrypt

        def noted(*words: Any) -> bytes:
            body = encrypt(*words)
            people = rooms.members(self.database, ROOM, invited=False)
            known = {device.device_id for device in devices.devices_of(self.database, people)}
            self.server.meant[json.loads(body)["ciphertext"]] = known
            self.server.barred[json.loads(body)["ciphertext"]] = self._who_is_out()
            return body

        self.machine.sealing._encrypt = noted  # type: ignore[method-assign, assignment]

    def _who_is_out(self) -> set[UserId]:
        """According to everything that this machine was told so far."""
        news = self.server.timelines[self.user_id][self.handed :]
        unheard = {change.user_id for change in news if isinstance(change, RoomChange)}
        return set(USERS) - set(self.server.members) - unheard

    async def sign_in(self) -> None:
        """`Encryption.sign_in` without the identity."""
        known = await self.database.call(self._device.known)
        if known.predecessor is not None:
            self.server.remove(self.user_id, known.predecessor)
        body = await self.database.call(lambda: self._device.keys_to_upload(0, fallback_is_used=True, now=0.0))
        if body is not None:
            await self._keys.upload_keys(body)
            await self.database.call(self._device.uploaded)

    async def attempt(self, step: Callable[[], Any], fault: Trap | None = None) -> None:
        """Take a step in which something may go wrong. Where that is a kill, the process is started again."""
        self._trap = fault or (lambda: None)
        try:
            await step()
        except (TemporaryError, StorageError):
            self._trap = lambda: None
        except Killed:
            self.start()
            await self.sign_in()
        finally:
            self._trap = lambda: None

    # ── Steps ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def say(self, text: str) -> None:
        content = json.dumps({"msgtype": "m.text", "body": text}).encode()
        with self.database.transaction():
            outbox.add(self.database, [Effect(f"key of {text}", "send", ROOM, "m.room.message", content)], 0.0)

    async def deliver(self) -> None:
        """As `runtime.sender` does it: the oldest first, the same again until it is taken."""
        waiting = await self.database.call(outbox.waiting, self.database, 0, 1)
        if not waiting or self.user_id not in self.server.members:
            return
        effect, body = waiting[0], waiting[0].sealed
        if body is None:
            kind, body = await self.machine.sealing.seal(effect.seq, ROOM, effect.type, effect.content)
            assert kind == "m.room.encrypted"
        content = json.loads(body)
        self.server.ratchets.take_room_message(content)
        self.trap()
        event_id = self.server.send(self.user_id, effect.key, content)
        self.trap()
        await self.database.call(
            outbox.record, self.database, [Answered(effect.seq, effect.key, ROOM, event_id, pointed_at=False)]
        )

    async def sync(self) -> None:
        known = await self.database.call(self._device.known)
        await self.machine._take(await self._keys.key_news(known.since, 0), token=True)

    async def tend(self) -> None:
        await self.machine._tend_once()

    async def look_at_kept(self) -> None:
        await self.database.call(self.machine._look_at_kept)
        await self.machine._sharing.send_queued()

    async def take_pushed(self, again: int = 0) -> None:
        """What is pushed next, and once more the last ones before."""
        timeline = self.server.timelines[self.user_id]
        some = timeline[max(self.handed - again, 0) : self.handed + AT_ONCE]
        self._transactions += 1
        mark = inbox.Mark("txn", f"{self._transactions}")

        def receive() -> None:
            changes = [item for item in some if isinstance(item, RoomChange)]
            facts = self.machine.open([item for item in some if not isinstance(item, RoomChange)], changes)
            self.trap()
            inbox.store(self.database, mark, facts, [], self.clock.seconds())

        await self.database.call(receive)
        self.handed = min(self.handed + AT_ONCE, len(timeline))

    def back_up(self) -> None:
        self.copies.append(self.database.copy())

    async def restore(self, number: int) -> None:
        """Put an earlier copy of the database back. `number`: which one."""
        before = self.database.execute("SELECT device_id, generation FROM e2e_own_device").fetchone()
        copy = self.copies[number % len(self.copies)]
        self.database.put_back(copy)
        found = self.database.execute("SELECT device_id, generation FROM e2e_own_device").fetchone()
        self.lost = self.handed
        old = self.device_id
        self.start()
        assert (found == before) == (self.device_id == old)
        if self.device_id != old:
            self.server.remove(self.user_id, old)
        await self.sign_in()

    # ── Looking ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def facts(self) -> list[MessageSent | MessageUndecryptable]:
        """In the order in which they were stored."""
        seqs = self.database.execute("SELECT event_id FROM inbox ORDER BY seq").fetchall()
        found = [inbox.fact_of(self.database, event_id) for (event_id,) in seqs]
        return [fact for fact in found if isinstance(fact, MessageSent | MessageUndecryptable)]

    def unsent(self) -> int:
        return int(self.database.execute("SELECT COUNT(*) FROM outbox WHERE state = 0").fetchone()[0])

    def kept(self) -> list[Kept]:
        return [item for user in USERS for item in kept.of(self.database, (ROOM, user))]
