"""`Sealing`: how the sender has what it sends encrypted; see `encryption.sealing`, which is what does it."""

from __future__ import annotations

from typing import Protocol

from ..domain.ids import RoomId


class Sealing(Protocol):
    """Both may raise `TemporaryError`: the same again later."""

    async def is_encrypted(self, room_id: RoomId) -> bool: ...

    async def look_again(self, room_id: RoomId) -> None:
        """The room may have been encrypted by ourselves a moment ago."""
        ...

    async def seal(self, seq: int, room_id: RoomId, kind: str, content: bytes) -> tuple[str, bytes]:
        """Type and content of an event as they go over the wire; kept in row `seq` of the outbox if they are encrypted."""
        ...


class Unsealed:
    """Where there is no encryption: everything goes out as it is."""

    async def is_encrypted(self, _room_id: RoomId) -> bool:
        return False

    async def look_again(self, _room_id: RoomId) -> None:
        return

    async def seal(self, _seq: int, _room_id: RoomId, kind: str, content: bytes) -> tuple[str, bytes]:
        return kind, content
