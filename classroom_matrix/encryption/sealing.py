"""`Sealing`: what is sent into an encrypted room is encrypted first, and stored so before it is sent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import vodozemac

from ..domain.ids import RoomId
from ..errors import PermanentError, TemporaryError
from ..storage import outbox
from ..storage.database import Database
from ..storage.encryption import outbound, rooms
from ..storage.encryption.rooms import EncryptedRoom
from .device import MEGOLM, Device
from .homeserver import KeyServer
from .keyring import KeyRing
from .opening import Opening
from .sharing import Sharing

ENCRYPTED = "m.room.encrypted"
_PLAIN = frozenset({"m.reaction", "m.room.redaction"})
"""What clients leave unencrypted, and look for unencrypted."""
_WEEK, _MESSAGES = 604_800_000, 100
"""How long and for how many messages a session is used where the room does not say (spec, ``m.room.encryption``)."""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class Sealing:
    """Encrypts what effects say."""

    def __init__(
        self,
        database: Database,
        keyring: KeyRing,
        device: Device,
        sharing: Sharing,
        opening: Opening,
        server: KeyServer,
        now: Callable[[], float],
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._device = device
        self._sharing = sharing
        self._opening = opening
        self._server = server
        self._now = now
        self._asking = asyncio.Lock()

    async def is_encrypted(self, room_id: RoomId) -> bool:
        """
        Raises:
            GatewayError: the homeserver did not answer.
        """
        return room_id not in self._opening.plain and (await self._room(room_id)).algorithm is not None

    async def look_again(self, room_id: RoomId) -> None:
        """Something was done to the room that decides whether it is encrypted; what tells of it is still on its way."""
        await self._database.call(self._forget, room_id)

    def _forget(self, room_id: RoomId) -> None:
        with self._database.transaction():
            self._opening.plain.discard(room_id)
            rooms.forget(self._database, room_id)

    async def seal(self, seq: int, room_id: RoomId, kind: str, content: bytes) -> tuple[str, bytes]:
        """Type and content as they go over the wire: the same in a plain room, encrypted in an encrypted one.

        The content is committed to row `seq` of the outbox together with the ratchet that made it, so a repeat is the same
        bytes, and the ratchet never goes back.

        Raises:
            TemporaryError: the homeserver did not answer; the same again later.
            PermanentError: the room is encrypted in a way that we do not know.
        """
        if kind in _PLAIN or room_id in self._opening.plain:
            return kind, content
        room = await self._room(room_id)
        if room.algorithm is None:
            return kind, content
        if room.algorithm != MEGOLM:
            raise PermanentError("M_UNKNOWN", 400, "the room is encrypted in an unknown way")
        await self._sharing.prepare(room, self._now())
        return ENCRYPTED, await self._database.call(self._encrypt, seq, room, kind, content)

    async def _room(self, room_id: RoomId) -> EncryptedRoom:
        """What is known of a room; the homeserver is asked where that is nothing."""
        room = await self._database.call(self._known, room_id)
        while room is None:
            async with self._asking:
                room = await self._ask(room_id)
        return room

    def _known(self, room_id: RoomId) -> EncryptedRoom | None:
        """Notes plain rooms, so that not every sending has to look; in the database's thread, as what makes that be forgotten."""
        room = rooms.get(self._database, room_id)
        if room is not None and room.algorithm is None:
            self._opening.plain.add(room_id)
        return room

    async def _ask(self, room_id: RoomId) -> EncryptedRoom | None:
        """None where the room has changed meanwhile: then the answer is old already."""
        before = self._opening.changed.setdefault(room_id, 0)
        try:
            settings = await self._server.encryption_of(room_id)
            members = await self._server.members_of(room_id) if settings is not None else ()
            visibility = await self._server.history_visibility_of(room_id) if settings is not None else ""

            def store() -> EncryptedRoom | None:
                if self._opening.changed[room_id] != before:
                    return None
                room = _room(room_id, settings, visibility)
                with self._database.transaction():
                    rooms.put(self._database, room, members)
                return room

            return await self._database.call(store)
        finally:
            self._opening.changed.pop(room_id, None)

    def _encrypt(self, seq: int, room: EncryptedRoom, kind: str, content: bytes) -> bytes:
        with self._device.advancing():
            session = outbound.current(self._database, room.room_id)
            if session is None:
                raise TemporaryError("the session has ended meanwhile")
            group = vodozemac.GroupSession.from_pickle(session.pickle, self._keyring.device)
            said = _decode(content)
            plain = {"type": kind, "content": said, "room_id": room.room_id}
            known = self._device.known()
            sealed: dict[str, Any] = {
                "algorithm": MEGOLM,
                "ciphertext": group.encrypt(_encode(plain)).to_base64(),
                "session_id": session.session_id,
                "sender_key": known.curve25519,
                "device_id": known.device_id,
            }
            if "m.relates_to" in said:
                sealed["m.relates_to"] = said["m.relates_to"]  # the homeserver gathers threads and edits by it
            outbound.advance(self._database, session.session_id, group.pickle(self._keyring.device))
            body = _encode(sealed)
            outbox.seal(self._database, seq, body)
            return body


def _room(room_id: str, settings: Mapping[str, Any] | None, visibility: str) -> EncryptedRoom:
    if settings is None:
        return EncryptedRoom(room_id, None, 0, 0, invited_read=False)
    algorithm = settings.get("algorithm")
    return EncryptedRoom(
        room_id,
        # Encryption cannot be switched off (spec, ``m.room.encryption``): an emptied event changes nothing.
        algorithm if isinstance(algorithm, str) else MEGOLM,
        _number(settings.get("rotation_period_ms"), _WEEK) / 1000,
        _number(settings.get("rotation_period_msgs"), _MESSAGES),
        # "joined" is the only one under which whoever is invited will not read what is said now
        invited_read=visibility != "joined",
    )


def _number(value: object, otherwise: int) -> int:
    return value if type(value) is int and value > 0 else otherwise
