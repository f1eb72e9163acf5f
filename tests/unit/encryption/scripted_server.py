"""A homeserver's part in encryption, in memory, for several machines of ours; a script says when it fails.

Speaks `KeyServer`'s verbs, and hands over a room's events. Everything that leaves a machine is looked at by `Ratchets`,
whether the homeserver takes it or not.
"""

from __future__ import annotations

import asyncio
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.matrix.source import Arrived, KeyNews, RoomChange, SealedEvent
from tests.ratchets import Ratchets

Json = dict[str, Any]
ROOM = RoomId("!room")
USERS = [UserId(f"@{name}:school.localhost") for name in ("anna", "boris", "vera")]
Trap = Callable[[], None]
"""Called at every moment at which something may go wrong; raises what does."""


class ScriptedServer:
    """One room, encrypted, and the keys of everybody.

    Attributes:
        timelines: what is pushed to each user: of the time in which they were in the room.
        events: encrypted events by ID, in their order.
        meant: by ciphertext, devices that its writer knew to be in the room.
        barred: by ciphertext, users who were out of the room, as its writer had been told.
        dice: by which messages to devices are held back and repeated; None: all come once and in their order.
    """

    def __init__(self) -> None:
        self.ratchets = Ratchets()
        self.members: list[UserId] = []
        self.meant: dict[str, set[str]] = {}
        self.barred: dict[str, set[UserId]] = {}
        self.timelines: dict[UserId, list[Arrived | RoomChange]] = defaultdict(list)
        self.events: dict[EventId, SealedEvent] = {}
        self.devices: dict[str, dict[str, Json]] = defaultdict(dict)
        self.one_time_keys: dict[tuple[str, str], Json] = defaultdict(dict)
        self.fallback: dict[tuple[str, str], Json] = {}
        self.boxes: dict[tuple[str, str], list[tuple[int, bytes]]] = defaultdict(list)
        self.list_changes: dict[str, int] = {}
        self.left: dict[str, dict[str, int]] = defaultdict(dict)
        self.dice: random.Random | None = None
        self.kinds: set[str] = set()  # of messages to devices
        self._position = 0
        self._sent: dict[str, EventId] = {}
        self._letters: set[tuple[str, str]] = set()

    def step(self) -> int:
        self._position += 1
        return self._position

    # ── The room ────────────────────────────────────────────────────────────────────────────────────────────────────

    def join(self, user: UserId) -> None:
        self.members.append(user)
        self._change(user, "join")
        for member in self.members:
            self.list_changes[member] = self.step()

    def leave(self, user: UserId) -> None:
        self._change(user, "leave")
        self.members.remove(user)
        for member in self.members:
            self.left[member][user] = self.left[user][member] = self.step()

    def _change(self, user: UserId, membership: str) -> None:
        for member in self.members:
            self.timelines[member].append(RoomChange(ROOM, user, membership))

    def send(self, user: UserId, txn_id: str, content: Json) -> EventId:
        if txn_id in self._sent:
            return self._sent[txn_id]
        event = SealedEvent(EventId(f"${self.step()}"), ROOM, user, self._position, content)
        self._sent[txn_id] = event.event_id
        self.events[event.event_id] = event
        self.push(event)
        return event.event_id

    def push(self, event: SealedEvent) -> None:
        """Also what nobody has sent."""
        for member in self.members:
            if member != event.sender:
                self.timelines[member].append(event)

    # ── Devices ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def remove(self, user: str, device: str) -> None:
        self.devices[user].pop(device, None)
        self.boxes.pop((user, device), None)
        self.one_time_keys.pop((user, device), None)
        self.list_changes[user] = self.step()

    def deliver(self, sender: str, kind: str, txn_id: str, messages: Mapping[str, Mapping[str, Json]]) -> None:
        if (sender, txn_id) in self._letters:
            return
        self._letters.add((sender, txn_id))
        self.kinds.add(kind)
        for user, by_device in messages.items():
            for name, content in by_device.items():
                for device in self.devices[user] if name == "*" else [name]:
                    if device in self.devices[user]:
                        event = msgspec.json.encode({"type": kind, "sender": sender, "content": content})
                        self.boxes[user, device].append((self.step(), event))

    def holds_back(self) -> bool:
        """Whether a message to a device comes later, or another time."""
        return self.dice is not None and self.dice.random() < 0.2

    def position(self) -> int:
        return self._position


class ScriptedKeys:
    """`KeyServer` of one device. `trap` is called before and after everything."""

    def __init__(self, server: ScriptedServer, user_id: UserId, device_id: str, trap: Trap) -> None:
        self._server = server
        self._trap = trap
        self.user_id = user_id
        self.device_id = device_id

    async def _do(self, act: Callable[[], Any]) -> Any:
        self._trap()
        await asyncio.sleep(0)
        done = act()
        self._trap()
        return done

    async def make_device(self, name: str) -> None: ...

    async def upload_keys(self, body: Json) -> Mapping[str, int]:
        own = (self.user_id, self.device_id)

        def upload() -> Mapping[str, int]:
            if "device_keys" in body:
                self._server.devices[self.user_id][self.device_id] = body["device_keys"]
                self._server.list_changes[self.user_id] = self._server.step()
            self._server.one_time_keys[own].update(body.get("one_time_keys", {}))
            if "fallback_keys" in body:
                self._server.fallback[own] = body["fallback_keys"]
            return {"signed_curve25519": len(self._server.one_time_keys[own])}

        counts: Mapping[str, int] = await self._do(upload)
        return counts

    async def query_keys(self, users: Iterable[str]) -> Json:
        users = list(users)
        found: Json = await self._do(lambda: {"device_keys": {user: dict(self._server.devices[user]) for user in users}})
        return found

    async def claim_keys(self, devices: Iterable[tuple[str, str]]) -> Json:
        devices = list(devices)

        def claim() -> Json:
            claimed: Json = {}
            for user, device in devices:
                keys = self._server.one_time_keys[user, device]
                if keys:
                    name = next(iter(keys))
                    claimed.setdefault(user, {})[device] = {name: keys.pop(name)}
                elif (user, device) in self._server.fallback:
                    claimed.setdefault(user, {})[device] = self._server.fallback[user, device]
            return claimed

        claimed: Json = await self._do(claim)
        return claimed

    async def send_to_device(self, kind: str, txn_id: str, messages: bytes) -> None:
        self._server.ratchets.take_request(f"{self.device_id} {txn_id}", b'{"messages":' + messages + b"}")
        await self._do(lambda: self._server.deliver(self.user_id, kind, txn_id, json.loads(messages)))

    async def key_news(self, since: str | None, _patience: int) -> KeyNews:
        seen, own = int(since or 0), (self.user_id, self.device_id)

        def news() -> KeyNews:
            server = self._server
            box = [item for item in server.boxes[own] if item[0] > seen]
            answer = KeyNews(str(server.position()))
            answer.to_device.events = [msgspec.Raw(event) for _, event in box]
            late = [event for event in answer.to_device.events if server.holds_back()]
            again = [event for event in answer.to_device.events if server.holds_back()]
            answer.to_device.events = [event for event in answer.to_device.events if event not in late]
            server.boxes[own] = box + [(server.step(), bytes(event)) for event in late + again]
            if self.user_id in server.members:
                answer.device_lists.changed = [user for user in server.members if server.list_changes.get(user, 0) > seen]
            answer.device_lists.left = [
                user
                for user, at in server.left[self.user_id].items()
                if at > seen and not {user, self.user_id} <= set(server.members)
            ]
            answer.counts = {"signed_curve25519": len(server.one_time_keys[own])}
            answer.fallback = ["signed_curve25519"]
            return answer

        answer: KeyNews = await self._do(news)
        return answer

    async def encryption_of(self, _room_id: RoomId) -> Json | None:
        settings: Json = await self._do(lambda: {"algorithm": "m.megolm.v1.aes-sha2", "rotation_period_msgs": 4})
        return settings

    async def history_visibility_of(self, _room_id: RoomId) -> str:
        return "joined"

    async def members_of(self, _room_id: RoomId) -> list[tuple[UserId, str]]:
        members: list[tuple[UserId, str]] = await self._do(lambda: [(member, "join") for member in self._server.members])
        return members
