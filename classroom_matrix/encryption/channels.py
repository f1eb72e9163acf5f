"""`Channels`: Olm, the channels to single devices through which keys of rooms travel.

All methods run in the database's thread, inside `Device.advancing`.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
import vodozemac

from ..storage.database import Database
from ..storage.encryption import channels
from ..storage.encryption.devices import Device as TheirDevice
from . import foreign_keys
from .device import OLM, Device
from .keyring import KeyRing
from .signing import is_signed

Json = Mapping[str, Any]


class CannotOpen(Exception):
    """A to-device message cannot be read. `curve25519`: the device that it came from, where it says so."""

    def __init__(self, reason: str, curve25519: str = "") -> None:
        super().__init__(reason)
        self.curve25519 = curve25519


@dataclass(frozen=True, slots=True)
class Whisper:
    """What a device told ours, and which device it was, by its keys."""

    kind: str
    content: dict[str, Any]
    sender: str
    curve25519: str
    ed25519: str


class Channels:
    """Encrypts to devices and reads what they encrypted to ours."""

    def __init__(self, database: Database, keyring: KeyRing, device: Device) -> None:
        self._database = database
        self._keyring = keyring
        self._device = device

    def open_to(self, their: TheirDevice, one_time_key: object, now: float) -> bool:
        """Open a channel with a claimed one-time key. Returns False where the key is not signed by the device it is for, or is
        no key: the homeserver hands over whatever was uploaded.
        """
        if not isinstance(one_time_key, Mapping):
            return False
        if not is_signed(one_time_key, their.user_id, f"ed25519:{their.device_id}", their.ed25519):
            return False
        try:
            session = self._device.unchanged_account().create_outbound_session(
                foreign_keys.curve25519(their.curve25519), foreign_keys.curve25519(one_time_key.get("key"))
            )
        except ValueError:
            return False
        self._store(their.user_id, their.curve25519, session, now)
        return True

    def encrypt(self, their: TheirDevice, kind: str, content: Json, own_keys: Json) -> dict[str, Any] | None:
        """The content of an ``m.room.encrypted`` to-device message; None where there is no channel.

        Args:
            own_keys: `Device.device_keys`: whoever has not asked the homeserver yet learns from them whose device this is
                (spec, ``sender_device_keys``).
        """
        found = channels.sessions(self._database, their.user_id, their.curve25519)
        if not found:
            return None
        session = vodozemac.Session.from_pickle(found[0][1], self._keyring.device)
        known = self._device.known()
        plain = {
            "type": kind,
            "content": content,
            "sender": self._device.user_id,
            "recipient": their.user_id,
            "recipient_keys": {"ed25519": their.ed25519},
            "keys": {"ed25519": known.ed25519},
            "sender_device_keys": own_keys,
        }
        message_type, ciphertext = session.encrypt(msgspec.json.encode(plain)).to_parts()
        self._store(their.user_id, their.curve25519, session, None)
        body = base64.b64encode(ciphertext).rstrip(b"=").decode()
        return {
            "algorithm": OLM,
            "sender_key": known.curve25519,
            "ciphertext": {their.curve25519: {"type": message_type, "body": body}},
        }

    def decrypt(self, sender: str, content: Json, now: float) -> Whisper:
        """Read an ``m.room.encrypted`` to-device message.

        Raises:
            CannotOpen: it is not for this device, its channel is broken, or it is not what its envelope says.
        """
        known = self._device.known()
        curve25519, ciphertexts = content.get("sender_key"), content.get("ciphertext")
        if content.get("algorithm") != OLM or not isinstance(curve25519, str) or not isinstance(ciphertexts, dict):
            raise CannotOpen("it is not Olm's")
        parcel = ciphertexts.get(known.curve25519)
        if not isinstance(parcel, dict):
            raise CannotOpen("it is for another device")
        try:
            body = str(parcel["body"])
            message = vodozemac.AnyOlmMessage.from_parts(int(parcel["type"]), base64.b64decode(body + "=" * (-len(body) % 4)))
            plain = msgspec.json.decode(self._decrypted(sender, curve25519, message, now))
        except (KeyError, TypeError, ValueError, OverflowError, RecursionError) as error:
            raise CannotOpen(type(error).__name__, curve25519) from error
        return self._checked(plain, sender, curve25519)

    def _decrypted(self, sender: str, curve25519: str, message: vodozemac.AnyOlmMessage, now: float) -> bytes:
        """
        Raises:
            ValueError: no session reads it.
        """
        pre_key = message.to_pre_key()
        for _, pickle in channels.sessions(self._database, sender, curve25519):
            session = vodozemac.Session.from_pickle(pickle, self._keyring.device)
            if pre_key is not None and not session.session_matches(pre_key):
                continue
            try:
                plain = session.decrypt(message)
            except ValueError:
                if pre_key is not None:
                    raise
                continue
            self._store(sender, curve25519, session, now)
            return plain
        if pre_key is None:
            raise vodozemac.OlmDecryptionException("no session reads it")
        account = self._device.account()
        their_key = foreign_keys.curve25519(curve25519)
        opened, said = account.create_inbound_session(their_key, pre_key)
        self._device.store_account(account)  # the one-time key is used up
        self._store(sender, curve25519, opened, now)
        return bytes(said)

    def _checked(self, plain: Any, sender: str, curve25519: str) -> Whisper:
        """Whom it is from and to stands inside, too: an envelope can be put round somebody else's letter (spec, "Olm")."""
        try:
            right = (
                plain["sender"] == sender
                and plain["recipient"] == self._device.user_id
                and plain["recipient_keys"]["ed25519"] == self._device.known().ed25519
            )
            if not right or not isinstance(plain["content"], dict):
                raise CannotOpen("its envelope is not its own")
            return Whisper(str(plain["type"]), plain["content"], sender, curve25519, str(plain["keys"]["ed25519"]))
        except (KeyError, TypeError) as error:
            raise CannotOpen("it says too little") from error

    def _store(self, user_id: str, curve25519: str, session: vodozemac.Session, used_at: float | None) -> None:
        pickle = session.pickle(self._keyring.device)
        channels.store(self._database, user_id, curve25519, session.session_id, pickle, used_at)
