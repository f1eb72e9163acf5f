"""`Sealing`: what is sent into an encrypted room is encrypted first, and stored so before it is sent."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import msgspec
import vodozemac

from ..domain.ids import RoomId
from ..domain.rooms import MEGOLM
from ..errors import RoomNotReady, TemporaryError
from ..matrix.source import ENCRYPTED
from ..storage import outbox
from ..storage.database import Database
from ..storage.encryption import outbound, rooms
from ..storage.encryption.rooms import EncryptedRoom
from .device import Device
from .homeserver import KeyServer
from .keyring import KeyRing
from .opening import Opening
from .sharing import Sharing

_PLAIN = frozenset({"m.reaction", "m.room.redaction"})
"""What clients leave unencrypted, and look for unencrypted."""
_WEEK, _HUNDRED = 604_800_000, 100
"""How long and for how many messages a session is used where the room does not say (spec, ``m.room.encryption``)."""
_PERIOD, _MESSAGES = (3_600_000, 10 * 365 * 86_400_000), (1, 10_000)
"""What of a room's wishes is followed: the lower limit of the first and both of the second as in the engine of Element
(matrix-rust-sdk, ``OutboundGroupSession::expired``).
"""
_ATTEMPTS = 5
_SHORT_REST, _LONG_REST = 2.0, 60.0  # seconds
_LONGEST_DEAF = 60.0
"""Seconds after a start in which nothing is encrypted unless the device has heard something."""
_LOOK_EVERY = 1.0
"""Seconds for which rooms that are not encrypted are believed to be so without looking into the database."""

log = logging.getLogger(__name__)

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(dict[str, Any]).decode


class _Changed(TemporaryError):
    """Somebody came or went between sharing and encrypting."""


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
        self._looked_at = 0.0
        self._deaf_since = 0.0
        self._heard = asyncio.Event()
        self._heard.set()

    def wait_for_news(self) -> None:
        """Encrypt nothing before the device has taken what came for it while nobody listened; see `heard`."""
        self._heard.clear()
        self._deaf_since = asyncio.get_running_loop().time()

    def heard(self) -> None:
        """The device has taken what came for it, or never will."""
        self._heard.set()

    async def is_encrypted(self, room_id: RoomId) -> bool:
        """
        Raises:
            GatewayError: the homeserver did not answer.
        """
        return not await self._is_plain(room_id) and (await self._room(room_id)).algorithm is not None

    async def look_again(self, room_id: RoomId) -> None:
        """Something was done to the room that decides who reads what; what tells of it is still on its way."""
        await self._database.call(self._forget, room_id)

    def _forget(self, room_id: RoomId) -> None:
        with self._database.transaction():
            self._opening.forget(room_id)

    async def seal(self, seq: int, room_id: RoomId, kind: str, content: bytes) -> tuple[str, bytes]:
        """Type and content as they go over the wire: the same in a plain room, encrypted in an encrypted one.

        The content is committed to row `seq` of the outbox together with the ratchet that made it, so a repeat is the same
        bytes, and the ratchet never goes back.

        Raises:
            RoomNotReady: the room is encrypted in a way that we do not know, or it changes all the time.
            TemporaryError: the homeserver did not answer; the same again later.
        """
        if kind in _PLAIN or await self._is_plain(room_id):
            return kind, content
        for _ in range(_ATTEMPTS):
            room = await self._room(room_id)
            if room.algorithm is None:
                return kind, content
            if room.algorithm != MEGOLM:
                # As other apps do: they neither fall back to plain text nor guess.
                raise RoomNotReady(f"{room_id} is encrypted in an unknown way", _LONG_REST)
            await self._hear()
            await self._sharing.prepare(room, self._now())
            try:
                return ENCRYPTED, await self._database.call(self._encrypt, seq, room, kind, content)
            except _Changed:
                continue
        raise RoomNotReady(f"{room_id} changes all the time", _SHORT_REST)

    async def _hear(self) -> None:
        """
        Raises:
            RoomNotReady: the device has heard nothing yet.
        """
        try:
            async with asyncio.timeout(_SHORT_REST):
                await self._heard.wait()
        except TimeoutError:
            if asyncio.get_running_loop().time() - self._deaf_since < _LONGEST_DEAF:
                raise RoomNotReady("what came for the device is not there yet", _SHORT_REST) from None
            log.warning("what came for the device cannot be heard; going on with what is known")
            self.heard()

    async def _is_plain(self, room_id: RoomId) -> bool:
        """Whether the room is known not to be encrypted. Not every sending looks into the database, where another process may
        have noted a change.
        """
        now = asyncio.get_running_loop().time()
        if room_id in self._opening.plain and now - self._looked_at >= _LOOK_EVERY:
            await self._database.call(self._look_at_plain)
            self._looked_at = now
        return room_id in self._opening.plain

    def _look_at_plain(self) -> None:
        self._opening.plain &= rooms.plain(self._database)

    async def _room(self, room_id: RoomId) -> EncryptedRoom:
        """What is known of a room; the homeserver is asked where that is nothing."""
        room = await self._database.call(self._known, room_id)
        while room is None:
            async with self._asking:
                room = await self._database.call(self._known, room_id) or await self._ask(room_id)
        return room

    def _known(self, room_id: RoomId) -> EncryptedRoom | None:
        """Notes plain rooms, so that not every sending has to look; in the database's thread, as whatever forgets them."""
        room = rooms.get(self._database, room_id)
        if room is not None and room.algorithm is None:
            self._opening.plain.add(room_id)
        return room

    async def _ask(self, room_id: RoomId) -> EncryptedRoom | None:
        """None where the room has changed meanwhile: then the answer is old already."""
        count, known = await self._database.call(rooms.begin_asking, self._database, room_id)
        settings = await self._server.encryption_of(room_id)
        encrypted = settings is not None or known is not None
        members = await self._server.members_of(room_id) if encrypted else ()
        visibility = await self._server.history_visibility_of(room_id) if encrypted else ""

        def store() -> EncryptedRoom | None:
            room = _answered(room_id, settings, visibility, known)
            with self._database.transaction():
                if rooms.has_changed(self._database, room_id, count):
                    return None
                if rooms.put(self._database, room, members) and known is not None:
                    self._opening.somebody_came = True
            return room

        return await self._database.call(store)

    def _encrypt(self, seq: int, room: EncryptedRoom, kind: str, content: bytes) -> bytes:
        with self._device.advancing():
            session = outbound.current(self._database, room.room_id)
            if session is None or not self._sharing.fits(session, room):
                raise _Changed("the room has changed since its session was shared")
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


def _answered(room_id: str, settings: Mapping[str, Any] | None, visibility: str, known: EncryptedRoom | None) -> EncryptedRoom:
    """
    Args:
        room_id: of the room.
        settings: content of its ``m.room.encryption``; None where it has none.
        visibility: of its history.
        known: what was known of it, if it was encrypted. That cannot be switched off (spec, ``m.room.encryption``): whoever
            says that it was, is mistaken or lies.
    """
    # "joined" is the only one under which whoever is invited will not read what is said now
    invited_read = visibility != "joined"
    algorithm = settings.get("algorithm") if settings is not None else None
    if known is not None and (not isinstance(algorithm, str) or known.algorithm == MEGOLM != algorithm):
        log.error("%s is encrypted, though the homeserver now says otherwise; it stays so here", room_id)
        return replace(known, invited_read=invited_read)
    if settings is None:
        return EncryptedRoom(room_id, None, 0, 0, invited_read=False)
    return EncryptedRoom(
        room_id,
        algorithm if isinstance(algorithm, str) else MEGOLM,  # an emptied event changes nothing
        _within(_PERIOD, settings.get("rotation_period_ms"), _WEEK) / 1000,
        _within(_MESSAGES, settings.get("rotation_period_msgs"), _HUNDRED),
        invited_read=invited_read,
    )


def _within(limits: tuple[int, int], value: object, otherwise: int) -> int:
    """What the room says, as far as that is sensible: a session for every message would be a load for everybody."""
    return max(limits[0], min(value, limits[1])) if type(value) is int else otherwise
