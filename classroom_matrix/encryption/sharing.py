"""`Sharing`: who is given the keys of our sessions, and how they get there.

Everybody who may read a room gets them, on each of their devices, confirmed or not: a parent with a new phone must be able to
read. A session ends when somebody comes or leaves, or a device is gone. So whoever is there may read it from its beginning, and
a device that its owner has signed is given what was said before it was there, too: else a parent who logs in on Monday could
not read Friday's letter.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import msgspec
import vodozemac

from ..domain.ids import RoomId
from ..domain.rooms import MEGOLM
from ..errors import PermanentError, WrongKey
from ..matrix.source import ENCRYPTED
from ..storage.database import Database
from ..storage.encryption import channels as sessions
from ..storage.encryption import device_marks, devices, outbound, rooms
from ..storage.encryption.devices import Device as TheirDevice
from ..storage.encryption.outbound import NO_CHANNEL, ON_ITS_WAY, TO_TELL, Outbound, ToDevice
from ..storage.encryption.rooms import EncryptedRoom
from .channels import Channels
from .device import Device
from .device_lists import DeviceLists
from .homeserver import KeyServer, part_of
from .keyring import KeyRing
from .reading import Reader

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Devices in one transaction and one request: others wait no longer than for these."""
TRY_AGAIN = 3_600.0
"""Seconds until a device that had no one-time key left is asked for one again."""
LOOK_BACK = 90 * 86_400.0
"""Seconds of earlier sessions that a person's new device is given."""
MOST_EARLIER = 200
"""Sessions that it is given at most."""

_encode = msgspec.json.Encoder().encode


class Sharing:
    """Gives keys away.

    Args:
        lists: other people's devices.
        now: UTC seconds since 1970.
    """

    def __init__(
        self,
        database: Database,
        keyring: KeyRing,
        device: Device,
        channels: Channels,
        reader: Reader,
        lists: DeviceLists,
        server: KeyServer,
        now: Callable[[], float],
    ) -> None:
        self._database = database
        self._keyring = keyring
        self._device = device
        self._channels = channels
        self._reader = reader
        self._lists = lists
        self._server = server
        self._now = now
        self._locked_up: set[str] = set()  # sessions whose first key cannot be decrypted
        self._claiming = asyncio.Lock()
        self._sending = asyncio.Lock()

    async def prepare(self, room: EncryptedRoom, now: float) -> None:
        """See to it that the room has a session that everybody who may read it was given.

        Where the homeserver refuses to help for good it goes on with what is known: a message that some device cannot read is
        better than none.

        Raises:
            TemporaryError: the homeserver did not answer; what was done stays done.
        """
        if await self._database.call(self._track, room):
            try:
                await self._lists.refresh()
            except PermanentError as error:
                log.error("the homeserver does not tell whose devices there are: %s", error)  # noqa: TRY400 - no traceback
        session_id, missing = await self._database.call(self._look, room, now)
        if missing:
            await self._give(session_id, missing, now)
        await self.send_queued(session_id)

    def _track(self, room: EncryptedRoom) -> bool:
        """Follow the devices of all who may read. Returns whether some list has to be asked for."""
        with self._database.transaction():
            people = self._people(room)
            devices.track(self._database, people)
            return bool(devices.dirty(self._database, 1))

    def fits(self, session: Outbound, room: EncryptedRoom) -> bool:
        """Whether who was given the session is still who may read the room, as far as anybody here knows."""
        known = rooms.get(self._database, room.room_id)
        return known == room and outbound.readers(self._database, session.session_id) == set(self._people(room))

    def _people(self, room: EncryptedRoom) -> list[str]:
        people = rooms.members(self._database, room.room_id, invited=room.invited_read)
        return [user_id for user_id in people if user_id != self._device.user_id]

    def _look(self, room: EncryptedRoom, now: float) -> tuple[str, Sequence[TheirDevice]]:
        """The room's session, a new one where the old one is over, and the devices that were not given it."""
        with self._database.transaction():
            people = self._people(room)
            wanted = {(d.user_id, d.device_id): d for d in devices.devices_of(self._database, people)}
            session = outbound.current(self._database, room.room_id)
            if session is not None and self._is_over(session, room, people, wanted, now):
                outbound.end(self._database, session.session_id)
                session = None
            if session is None:
                return self._begin(room, people, now), list(wanted.values())
            given = outbound.shares(self._database, session.session_id)
        return session.session_id, [
            their
            for key, their in wanted.items()
            if key not in given
            or given[key][1] == TO_TELL
            or (given[key][1] == NO_CHANNEL and device_marks.may_try_again(self._database, their, now - TRY_AGAIN))
        ]

    def _is_over(
        self,
        session: Outbound,
        room: EncryptedRoom,
        people: Iterable[str],
        wanted: Mapping[tuple[str, str], TheirDevice],
        now: float,
    ) -> bool:
        if session.messages >= room.messages or now - session.at >= room.period:
            return True
        if outbound.readers(self._database, session.session_id) != set(people):
            return True  # somebody has come, who may read all that is said from now on, or left, with a device or without
        for key, (curve25519, state) in outbound.shares(self._database, session.session_id).items():
            if state != NO_CHANNEL and (key not in wanted or wanted[key].curve25519 != curve25519):
                return True  # a device is gone
        return False

    def _begin(self, room: EncryptedRoom, people: Iterable[str], now: float) -> str:
        group = vodozemac.GroupSession()
        key = group.session_key.to_base64()
        kept = self._keyring.seal(key.encode()).hex()
        session = Outbound(group.session_id, room.room_id, group.pickle(self._keyring.device), kept, 0, now)
        outbound.begin(self._database, session, people)
        known = self._device.known()
        self._reader.take_key(room.room_id, self._device.user_id, known.curve25519, known.ed25519, key, now)
        return session.session_id

    # ── Giving ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def _give(self, session_id: str, wanted: Sequence[TheirDevice], now: float) -> None:
        await self._open_channels(wanted, now)
        own_keys = await self._database.call(self._device.device_keys)
        for start in range(0, len(wanted), AT_ONCE):
            await self._database.call(self._whisper, session_id, wanted[start : start + AT_ONCE], own_keys, now)

    async def _open_channels(self, wanted: Sequence[TheirDevice], now: float) -> None:
        """Claim a one-time key of each device that there is no channel to."""
        async with self._claiming:  # two rooms must not claim for the same device
            lacking = await self._database.call(self._without_channel, wanted)
            if not lacking:
                return
            claimed: Mapping[str, Any] = {}
            try:
                claimed = await self._server.claim_keys((their.user_id, their.device_id) for their in lacking)
            except PermanentError as error:
                log.error("the homeserver gives no one-time keys: %s", error)  # noqa: TRY400 - no traceback
            for start in range(0, len(lacking), AT_ONCE):
                await self._database.call(self._open, lacking[start : start + AT_ONCE], claimed, now)

    def _without_channel(self, wanted: Sequence[TheirDevice]) -> list[TheirDevice]:
        lacking = sessions.without(self._database, {(their.user_id, their.curve25519) for their in wanted})
        return [their for their in wanted if (their.user_id, their.curve25519) in lacking]

    def _open(self, lacking: Sequence[TheirDevice], claimed: Mapping[str, Any], now: float) -> None:
        with self._device.advancing():
            for their in lacking:
                keys = part_of(part_of(claimed, their.user_id), their.device_id)
                if not any(self._channels.open_to(their, key, now) for key in keys.values()):
                    log.info("no channel to device %r: it has no one-time key left", their.device_id)

    def _whisper(self, session_id: str, wanted: Sequence[TheirDevice], own_keys: Mapping[str, Any], now: float) -> None:
        """Encrypt a session's key to devices; it goes out with `send_queued`."""
        session = outbound.get(self._database, session_id)
        if session is None:
            return
        with self._device.advancing():
            readers = outbound.readers(self._database, session_id)
            had_it_whole = outbound.given_whole(self._database, session_id)
            first = self._first_key(session)
            if first is None:
                outbound.end(self._database, session.session_id)  # it cannot be given to anybody any more
                return
            later, place = self._key_from_now_on(session)
            told: dict[str, dict[str, Any]] = {}
            by_place: dict[int, list[TheirDevice]] = {}
            deaf: list[TheirDevice] = []
            for their in wanted:
                had_it = (their.user_id, their.curve25519) in had_it_whole
                whole = place == 0 or (their.signed and their.user_id in readers) or had_it
                key = first if whole else later
                if key is None:
                    continue
                letter = self._channels.encrypt(their, "m.room_key", _room_key(session, key), own_keys)
                if letter is None:
                    deaf.append(their)
                    continue
                told.setdefault(their.user_id, {})[their.device_id] = letter
                by_place.setdefault(0 if whole else place, []).append(their)
            for begins, some in by_place.items():
                outbound.share(self._database, session_id, some, begins, ON_ITS_WAY)
            if told:
                messages = _encode(told)
                outbound.queue(self._database, outbound.name_of(messages), ENCRYPTED, messages, session_id)
            if deaf:
                self._excuse(session, deaf, now)

    def _first_key(self, session: Outbound) -> str | None:
        """None where it was encrypted under a secrets.key that is not here: then the session cannot be given. It stays in the
        database for the day on which the key is put back, and is not looked at again until the next start.
        """
        if session.session_id in self._locked_up:
            return None
        try:
            return self._keyring.unseal(bytes.fromhex(session.session_key)).decode()
        except WrongKey:
            self._locked_up.add(session.session_id)
            if len(self._locked_up) == 1:
                log.error("sessions cannot be given to devices that come later: secrets.key does not fit them")  # noqa: TRY400
            return None

    def _key_from_now_on(self, session: Outbound) -> tuple[str | None, int]:
        """The key at the place of the next message, and the place; no key where the session is over."""
        if not session.pickle:
            return None, session.messages
        group = vodozemac.GroupSession.from_pickle(session.pickle, self._keyring.device)
        return group.session_key.to_base64(), group.message_index

    def _excuse(self, session: Outbound, deaf: Sequence[TheirDevice], now: float) -> None:
        """Tell devices that there is no channel to, so that they open one (``m.room_key.withheld``, m.no_olm)."""
        outbound.share(self._database, session.session_id, deaf, 0, NO_CHANNEL)
        deaf = [their for their in deaf if device_marks.may_try_again(self._database, their, now - TRY_AGAIN)]
        if not deaf:
            return  # they know
        device_marks.note_withheld(self._database, deaf, now)
        content = {
            "algorithm": MEGOLM,
            "code": "m.no_olm",
            "reason": "Unable to establish a secure channel",
            "sender_key": self._device.known().curve25519,
        }
        told: dict[str, dict[str, Any]] = {}
        for their in deaf:
            told.setdefault(their.user_id, {})[their.device_id] = content
        messages = _encode(told)
        name = outbound.name_of(messages + str(now).encode())
        outbound.queue(self._database, name, "m.room_key.withheld", messages, session.session_id)

    async def send_queued(self, session_id: str | None = None) -> None:
        """Send what is on its way to devices, oldest first. Others who wait have their turn after each letter: a message waits
        for the keys of its own session and one letter more, however many there are.

        Args:
            session_id: only what is about this session: a message must not wait for letters that do not concern it.

        Raises:
            TemporaryError: the homeserver did not take it; it stays.
        """
        while True:
            async with self._sending:
                waiting = await self._database.call(outbound.queued, self._database, 1, session_id)
                if not waiting:
                    return
                await self._deliver(waiting[0])

    async def _deliver(self, letter: ToDevice) -> None:
        try:
            await self._server.send_to_device(letter.kind, letter.txn_id, letter.messages)
        except PermanentError as error:  # it would be refused again, and everything would wait behind it
            what = f"{error.status} {error.errcode}"
            log.error("the homeserver refuses letter %s to devices: %s", letter.txn_id, what)  # noqa: TRY400
            await self._database.call(self._refused, letter)
        else:
            await self._database.call(self._accepted, letter)

    def _refused(self, letter: ToDevice) -> None:
        """One device may be what the homeserver stumbles over, or there were too many of them."""
        said = msgspec.json.decode(letter.messages, type=dict[str, dict[str, msgspec.Raw]])
        single = [_encode({user: {device: each}}) for user, by_device in said.items() for device, each in by_device.items()]
        alone = [(outbound.name_of(one), one) for one in single] if len(single) > 1 else []
        with self._database.transaction():
            outbound.refused(self._database, letter, alone, self._now())

    def _accepted(self, letter: ToDevice) -> None:
        with self._database.transaction(relaxed=True):  # the same again is sent under the same transaction ID
            outbound.accepted(self._database, letter)

    # ── Devices that come later ─────────────────────────────────────────────────────────────────────────────────────

    async def welcome(self, now: float) -> None:
        """Give new devices what their people may read from its beginning."""
        new = await self._database.call(self._to_welcome, now)
        if new:
            await self._open_channels(new, now)
        own_keys = await self._database.call(self._device.device_keys)
        for their in new:
            sessions_missed = await self._database.call(
                outbound.not_given, self._database, their, now - LOOK_BACK, MOST_EARLIER
            )
            for session_id in sessions_missed:
                if session_id in self._locked_up:
                    continue
                await self._database.call(self._whisper, session_id, [their], own_keys, now)
        await self.send_queued()

    def _to_welcome(self, now: float) -> list[TheirDevice]:
        """Without those that had no one-time key a moment ago."""
        missed = outbound.not_welcomed(self._database, now - LOOK_BACK)
        return [their for their in missed if device_marks.may_try_again(self._database, their, now - TRY_AGAIN)]

    async def give_again(self, room_id: RoomId, session_id: str, their: TheirDevice, now: float) -> None:
        """Answer a request for a key: only a device that was given it before gets it again, or one that could not be."""
        meant = await self._database.call(outbound.was_meant_for, self._database, session_id, their)
        session = await self._database.call(outbound.get, self._database, session_id)
        if meant and session is not None and session.room_id == room_id:
            await self._give(session_id, [their], now)
            await self.send_queued()

    async def mend(self, their: TheirDevice, now: float) -> None:
        """Open a fresh channel to a device whose channel is broken, and say so to it (spec, "Recovering from undecryptable
        messages").
        """
        async with self._claiming:
            claimed = await self._server.claim_keys([(their.user_id, their.device_id)])  # whoever has none left stays broken
            await self._database.call(self._open, [their], claimed, now)
        await self._database.call(self._dummy, their)
        await self.send_queued()

    def _dummy(self, their: TheirDevice) -> None:
        with self._device.advancing():
            device_marks.mended(self._database, their)
            letter = self._channels.encrypt(their, "m.dummy", {}, self._device.device_keys())
            if letter is not None:
                messages = _encode({their.user_id: {their.device_id: letter}})
                outbound.queue(self._database, outbound.name_of(messages), ENCRYPTED, messages)


def _room_key(session: Outbound, key: str) -> dict[str, Any]:
    return {"algorithm": MEGOLM, "room_id": session.room_id, "session_id": session.session_id, "session_key": key}
