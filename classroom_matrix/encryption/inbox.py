"""`DeviceInbox`: what other devices tell ours. Taken in one transaction with the token that says that it came.

Runs in the database's thread. What has to be asked of the homeserver because of it is left in `Taken`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from ..domain.facts import AnyFact
from ..domain.rooms import MEGOLM
from ..matrix.source import ENCRYPTED, KeyNews
from ..storage.database import Database, is_storage_failure
from ..storage.encryption import channels as sessions
from ..storage.encryption import device_marks, devices, kept, outbound, own_device, room_keys, rooms
from ..storage.encryption.devices import Device as TheirDevice
from . import verification
from .allowance import Allowance
from .channels import CannotOpen, Channels, Whisper
from .device import Device
from .opening import Opening
from .reading import Reader, session_of_key

log = logging.getLogger(__name__)

MEND_EVERY = 3_600.0
"""Seconds between two fresh channels to one device: both sides may think at once that theirs is broken."""
ANSWER_EVERY = 3_600.0
"""Seconds between two answers to one device that asks for one key."""
MOST_DECLINED = 3
"""Verifications of one person that are declined in an hour. Each costs a request, and the next one does not tell them more."""
MOST_STORED, MOST_OF_STRANGERS = 1_000, 20
"""Keys, notes and channels that are taken in an hour from somebody in our rooms, and from others: whoever has just written to
us for the first time is still one of those.
"""
_LONGEST = 255  # characters of an ID (spec, "Common identifier format")


class ToDeviceEvent(msgspec.Struct):
    type: str
    sender: str
    content: dict[str, Any]


_decode_event = msgspec.json.Decoder(ToDeviceEvent).decode


@dataclass(slots=True)
class Taken:
    """What taking news left to do.

    Args:
        facts: in messages that can be read now; they have to be stored in the same transaction.
        to_tend: whether devices wait for something of ours; which ones, and for what, stands in the database.
    """

    facts: list[AnyFact] = field(default_factory=list)
    to_tend: bool = False


class DeviceInbox:
    """Reads what came for our device."""

    def __init__(self, database: Database, device: Device, channels: Channels, reader: Reader, opening: Opening) -> None:
        self._database = database
        self._device = device
        self._channels = channels
        self._reader = reader
        self._opening = opening
        self._plain: Mapping[str, Callable[[ToDeviceEvent, Taken, float], None]] = {
            "m.room_key_request": self._asked,
            "m.room_key.withheld": self._withheld,
            "org.matrix.room_key.withheld": self._withheld,
        }
        self._declined, self._logged = Allowance(MOST_DECLINED), Allowance(1)
        self._of_known, self._of_strangers = Allowance(MOST_STORED), Allowance(MOST_OF_STRANGERS)

    def take(self, news: KeyNews, now: float, store: Callable[[Sequence[AnyFact]], None], *, token: bool) -> Taken:
        """Take everything in `news`, in one transaction.

        Args:
            store: puts facts into the inbox; called in the transaction.
            token: whether to remember that they came (where another sync remembers it, twice is what may happen).

        Raises:
            StorageError: nothing was taken; the same has to come again.
        """
        taken = Taken()
        lists = news.device_lists
        if not (news.to_device.events or lists.changed or lists.left):
            if token:
                with self._database.transaction(relaxed=True):
                    own_device.set_since(self._database, news.next_batch)
            return taken
        with self._device.advancing():
            devices.changed(self._database, lists.changed)
            devices.left(self._database, lists.left)
            came: list[str] = []
            for raw in news.to_device.events:
                came += self._take_one(raw, taken, now)
            taken.facts += self._opening.keys_came(came, now)
            store(taken.facts)
            if token:
                own_device.set_since(self._database, news.next_batch)
        return taken

    def _take_one(self, raw: msgspec.Raw, taken: Taken, now: float) -> list[str]:
        """Sessions that can be read since this message. One bad message does not spoil the others."""
        event: ToDeviceEvent | None = None
        try:
            with self._database.savepoint():
                event = _decode_event(raw)
                if event.type == ENCRYPTED:
                    return self._take_encrypted(event, taken, now)
                if event.type in self._plain:
                    self._plain[event.type](event, taken, now)
                elif event.type.startswith("m.key.verification."):
                    self._decline(event, taken, now)
        except Exception as error:
            if is_storage_failure(error):
                raise
            self._log(event.sender if event else "", "is left out", type(error).__name__, now)
        return []

    def _log(self, sender: str, what: str, problem: object, now: float) -> None:
        """One line per sender and hour, without their name: they can send as many as they like."""
        if self._logged.take(sender, now):
            log.warning("a to-device message %s: %s; of the same sender's nothing more is told this hour", what, problem)

    def _take_encrypted(self, event: ToDeviceEvent, taken: Taken, now: float) -> list[str]:
        if not self._may_speak(event, now):
            self._log(event.sender, "is not opened", "too many channels", now)
            return []
        try:
            whisper = self._channels.decrypt(event.sender, event.content, now)
        except CannotOpen as problem:
            self._log(event.sender, "cannot be read", problem, now)
            self._mend(devices.by_curve(self._database, event.sender, problem.curve25519), taken, now)
            return []
        if device_marks.heard_from(self._database, whisper.sender, whisper.curve25519):
            taken.to_tend = True
        session_id: str | None = None
        if whisper.kind == "m.room_key":
            session_id = self._take_room_key(whisper, now)
        elif whisper.kind == "m.forwarded_room_key":
            session_id = self._take_forwarded(whisper, now)
        elif whisper.kind == "m.dummy":  # a fresh channel, because the other one could not be read there
            outbound.tell_again(self._database, whisper.sender, whisper.curve25519)
        return [session_id] if session_id else []

    def _may_speak(self, event: ToDeviceEvent, now: float) -> bool:
        """Not so with ever new keys of devices that nobody knows: each would leave a channel behind."""
        curve25519 = event.content.get("sender_key")
        if not isinstance(curve25519, str) or devices.by_curve(self._database, event.sender, curve25519) is not None:
            return True
        return bool(sessions.sessions(self._database, event.sender, curve25519)) or self._may_leave(event.sender, now)

    def _is_waited_for(self, room_id: str, session_id: str, sender: str) -> bool:
        return kept.is_waited_for(self._database, room_id, session_id, sender)

    def _may_leave(self, sender: str, now: float) -> bool:
        """Whether one more thing is stored of somebody that no message needs yet."""
        allowance = self._of_known if rooms.knows(self._database, sender) else self._of_strangers
        return allowance.take(sender, now)

    def _take_room_key(self, whisper: Whisper, now: float) -> str | None:
        content = whisper.content
        room_id, key = content.get("room_id"), content.get("session_key")
        if content.get("algorithm") != MEGOLM or not isinstance(room_id, str) or not isinstance(key, str):
            return None
        named = session_of_key(key)
        if named is None or len(room_id) > _LONGEST:
            return None
        # Of anybody: the first message of a chat, and with it its key, comes before we know who is in there.
        if not self._is_waited_for(room_id, named, whisper.sender) and not self._may_leave(whisper.sender, now):
            self._log(whisper.sender, "is left out", "too many keys without messages", now)
            return None
        session_id = self._reader.take_key(room_id, whisper.sender, whisper.curve25519, whisper.ed25519, key, now)
        if session_id is not None:
            room_keys.withheld_no_more(self._database, room_id, session_id, whisper.sender)
        return session_id

    def _take_forwarded(self, whisper: Whisper, now: float) -> str | None:
        """Only what a message waits for, and from the device that the session is of: whoever else forwards a key could say
        anybody's words with it.
        """
        content = whisper.content
        room_id, key, named = content.get("room_id"), content.get("session_key"), content.get("session_id")
        if content.get("sender_key") != whisper.curve25519 or not isinstance(room_id, str) or not isinstance(key, str):
            return None
        if not isinstance(named, str) or not self._is_waited_for(room_id, named, whisper.sender):
            return None
        if not self._may_leave(whisper.sender, now):  # the key can be another one's than it says
            return None
        return self._reader.take_exported_key(room_id, whisper.sender, whisper.curve25519, whisper.ed25519, key, now)

    def _asked(self, event: ToDeviceEvent, taken: Taken, now: float) -> None:
        """Somebody asks for a key. Whether their device may have it is decided where it is given (`Sharing.give_again`)."""
        body = event.content.get("body")
        if event.content.get("action") != "request" or not isinstance(body, dict):
            return
        name = event.content.get("requesting_device_id")
        asking = [d for d in devices.devices_of(self._database, [event.sender]) if d.device_id == name]
        if asking and body.get("algorithm") == MEGOLM:
            room_id, session_id = str(body.get("room_id")), str(body.get("session_id"))
            if outbound.asked(self._database, room_id, session_id, asking[0], now - ANSWER_EVERY, now):
                taken.to_tend = True

    def _decline(self, event: ToDeviceEvent, taken: Taken, now: float) -> None:
        """Only devices that we know, and not again and again: each answer is a request that others wait for."""
        answer = verification.answer(event.type, event.sender, event.content)
        name = event.content.get("from_device")
        if answer is None or all(d.device_id != name for d in devices.devices_of(self._database, [event.sender])):
            return
        if self._declined.take(event.sender, now):
            messages = msgspec.json.encode({event.sender: {event.content["from_device"]: answer[1]}})
            outbound.queue(self._database, outbound.name_of(messages), answer[0], messages)
            taken.to_tend = True

    def _withheld(self, event: ToDeviceEvent, taken: Taken, now: float) -> None:
        content = event.content
        code = content.get("code")
        if not isinstance(code, str):
            return
        room_id, session_id = str(content.get("room_id", ""))[:_LONGEST], str(content.get("session_id", ""))[:_LONGEST]
        if code == "m.no_olm":
            their = devices.by_curve(self._database, event.sender, str(content.get("sender_key", "")))
            if their is None:
                return
            room_id = session_id = ""
            self._mend(their, taken, now)
        elif not session_id:
            return
        elif not self._is_waited_for(room_id, session_id, event.sender) and not self._may_leave(event.sender, now):
            return  # it often comes before its message
        room_keys.withhold(self._database, room_id, session_id, event.sender, code[:100], now)

    def _mend(self, their: TheirDevice | None, taken: Taken, now: float) -> None:
        if their is not None and device_marks.is_to_be_mended(self._database, their, now - MEND_EVERY, now):
            taken.to_tend = True
