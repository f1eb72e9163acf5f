"""A bot as most of them are: matrix-nio, encrypting well, its device signed by nobody. What our own must not look like."""

from __future__ import annotations

import asyncio
import secrets
import warnings
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from classroom_matrix.domain.ids import EventId, RoomId, UserId

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of nio's own dependencies
    import nio


class UnsignedBot:
    """``async with UnsignedBot(homeserver.url, user_id, password, tmp_path) as bot: …``

    Attributes:
        read: texts that it could open, in the order they came.
        unreadable: IDs of events that it could not.
        withheld: why it was refused keys, ``code`` of ``m.room_key.withheld``, in the order they came.
    """

    def __init__(self, homeserver: str, user_id: UserId, password: str, folder: Path) -> None:
        store = folder / f"nio-{secrets.token_hex(4)}"
        store.mkdir()
        config = nio.AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
        self._client = nio.AsyncClient(homeserver, user_id, store_path=str(store), config=config)
        self._password = password
        self.read: list[str] = []
        self.unreadable: list[EventId] = []
        self.withheld: list[str] = []

    @property
    def user_id(self) -> UserId:
        return UserId(self._client.user_id)

    @property
    def device_id(self) -> str:
        assert self._client.device_id
        return self._client.device_id

    async def __aenter__(self) -> Self:
        answer = await self._client.login(self._password)
        assert isinstance(answer, nio.LoginResponse), answer
        await self.sync()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._client.close()
        if self._client.store is not None:
            self._client.store.database.close()

    async def join(self, room: RoomId) -> None:
        answer = await self._client.join(room)
        assert isinstance(answer, nio.JoinResponse), answer
        while room not in self._client.rooms or not self._client.rooms[room].encrypted:
            await self.sync()

    async def say(self, room: RoomId, text: str) -> EventId:
        """Encrypted, for every device of everybody in the room."""
        content = {"msgtype": "m.text", "body": text}
        answer = await self._client.room_send(room, "m.room.message", content, ignore_unverified_devices=True)
        assert isinstance(answer, nio.RoomSendResponse), answer
        return EventId(answer.event_id)

    async def wait_until(self, condition: Callable[[UnsignedBot], object], *, seconds: float = 30.0) -> None:
        async with asyncio.timeout(seconds):
            while not condition(self):
                await self.sync()

    async def sync(self) -> None:
        """Take what is new and do what a client owes for it: publish, fetch and claim keys."""
        answer = await self._client.sync(timeout=2_000 if self._client.next_batch else 0)
        assert isinstance(answer, nio.SyncResponse), answer
        for event in answer.to_device_events:
            source: dict[str, Any] = getattr(event, "source", {})
            if source.get("type") == "m.room_key.withheld":
                self.withheld.append(source["content"]["code"])
        for room in answer.rooms.join.values():
            for event in room.timeline.events:
                if isinstance(event, nio.RoomMessageText):
                    self.read.append(event.body)
                elif isinstance(event, nio.MegolmEvent):
                    self.unreadable.append(EventId(event.event_id))
        if self._client.should_upload_keys:
            await self._client.keys_upload()
        if self._client.should_query_keys:
            await self._client.keys_query()
        if self._client.should_claim_keys:
            await self._client.keys_claim(self._client.get_users_for_key_claiming())
        await self._client.send_to_device_messages()
