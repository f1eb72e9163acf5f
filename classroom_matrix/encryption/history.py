"""Rooms' history as their members read it: pages of the homeserver with encrypted events opened."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from ..domain.ids import RoomId, UserId
from ..matrix.gateway import Gateway, HistoryPage, Json
from ..matrix.source import ENCRYPTED
from ..storage.database import Database
from .reading import CannotRead, Reader


def readable(gateway: Gateway, database: Database, reader: Reader) -> Gateway:
    """`gateway`, but its history is opened as far as there are keys. What cannot be read stays ``m.room.encrypted``."""
    return cast("Gateway", ReadableGateway(gateway, database, reader))


class ReadableGateway:
    """Passes every verb on as it is; only `messages` is more. See `readable`."""

    def __init__(self, gateway: Gateway, database: Database, reader: Reader) -> None:
        self._gateway = gateway
        self._database = database
        self._reader = reader

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._gateway, verb)

    async def messages(
        self,
        room_id: RoomId,
        *,
        start: str | None = None,
        limit: int = 200,
        backwards: bool = True,
        senders: Collection[UserId] = (),
        types: Collection[str] = (),
    ) -> HistoryPage:
        """See `Gateway`. The homeserver does not know what is inside, so `types` are looked at once more afterwards."""
        asked = {*types, ENCRYPTED} if types else ()
        page = await self._gateway.messages(
            room_id, start=start, limit=limit, backwards=backwards, senders=senders, types=asked
        )
        events = page.events
        if any(event.get("type") == ENCRYPTED for event in events):
            events = await self._database.call(self._opened, room_id, events)
        if types:
            events = [event for event in events if event.get("type") in types]
        return HistoryPage(events, page.end)

    def _opened(self, room_id: RoomId, events: Sequence[Json]) -> list[Json]:
        """In the database's thread."""
        return [self._open(room_id, event) if event.get("type") == ENCRYPTED else event for event in events]

    def _open(self, room_id: RoomId, event: Json) -> Json:
        content = event.get("content")
        if "state_key" in event or not isinstance(content, dict) or not content:
            return event  # nonsense, or taken back
        try:
            # The room is the one that was asked for, whatever the event says.
            opened = self._reader.read({**event, "room_id": room_id}, look_back=True)
        except CannotRead:
            return event
        return opened if _may_be_encrypted(opened["type"]) else event


def _may_be_encrypted(kind: str) -> bool:
    """What the homeserver decides by never is: inside of ciphertext it is an imitation, which nobody is to take for state."""
    return kind == "m.room.message" or not kind.startswith("m.room.")
