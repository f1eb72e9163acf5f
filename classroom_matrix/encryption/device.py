"""`Device`: the service's own device. Its account signs, opens channels, and hands out one-time keys.

A device lives on one machine. Its channels and sessions are ratchets, which only ever go forward: one that was restored from
a copy would use keys twice. So each transaction in which one advances is counted in the database and, before it is committed,
in a file beside it; a database that is behind its file was restored, and gets a new device (see `Device.open`).
"""

from __future__ import annotations

import logging
import re
import secrets
import string
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import vodozemac

from ..domain.ids import UserId
from ..domain.rooms import MEGOLM
from ..storage.database import Database
from ..storage.encryption import own_device
from ..storage.encryption.own_device import OwnDevice
from .keyring import KeyRing
from .signing import signed

log = logging.getLogger(__name__)

OLM = "m.olm.v1.curve25519-aes-sha2"
DRAWN_NAME = re.compile(r"CLASSROOM_[A-Z]{6}")
"""IDs of devices that are made here."""
ONE_TIME_KEYS = 50
"""Unused keys that the homeserver should hold; the engine keeps the private halves of many more."""
FALLBACK_REST = 3_600.0
"""Seconds between two fallback keys: one that was used goes on working, so there is no hurry."""


class Device:
    """All methods run in the database's thread.

    Args:
        user_id: the account that it belongs to.
    """

    def __init__(self, database: Database, keyring: KeyRing, user_id: UserId) -> None:
        self._database = database
        self._keyring = keyring
        self._unchanged: tuple[str, Any] | None = None  # the account as it was read last, by its pickle
        self.user_id = user_id

    def open(self, given: str | None = None) -> OwnDevice:
        """The device that this database speaks for, made anew where there is none or the database was restored.

        Args:
            given: the ID that it has to have, where it comes with an access token; else one is drawn.
        """
        with self._database.transaction():
            found = own_device.get(self._database)
            if found is not None and self._is_ours(found, given):
                return found
            if found is not None:
                why = (
                    "the database was restored, or its device's key is gone"
                    if given in (None, found.device_id)
                    else "another token"
                )
                log.warning("%s: a new device takes the place of %s", why, found.device_id)
            own_device.forget(self._database)
            self._keyring.fresh_device()
            account = vodozemac.Account()
            device_id = given or f"CLASSROOM_{''.join(secrets.choice(string.ascii_uppercase) for _ in range(6))}"
            predecessor = found.device_id if found is not None and found.device_id != device_id else None
            own_device.put_new(
                self._database,
                device_id,
                account.pickle(self._keyring.device),
                account.curve25519_key.to_base64(),
                account.ed25519_key.to_base64(),
                predecessor=predecessor,
            )
            return self.known()

    def _is_ours(self, found: OwnDevice, given: str | None) -> bool:
        """Whether the stored device may go on. The file is written first, so after a kill before a commit it is one ahead."""
        if given is not None and given != found.device_id:
            return False
        ahead = self._keyring.generation() - found.generation
        if ahead != 0 and (ahead != 1 or self._keyring.is_settled()):
            return False
        try:
            vodozemac.Account.from_pickle(found.account, self._keyring.device)
        except ValueError:
            return False
        return True

    def known(self) -> OwnDevice:
        found = own_device.get(self._database)
        assert found is not None, "the device is opened at start"
        return found

    @contextmanager
    def advancing(self) -> Iterator[None]:
        """A transaction in which ratchets advance."""
        with self._database.transaction():
            self._keyring.note(own_device.count_generation(self._database))
            yield
        self._keyring.settle()

    # ── The account ─────────────────────────────────────────────────────────────────────────────────────────────────

    def account(self) -> Any:
        """The engine's `Account` (whose stubs leave out fallback keys), to be changed and stored."""
        return vodozemac.Account.from_pickle(self.known().account, self._keyring.device)

    def unchanged_account(self) -> Any:
        """The same for what does not change it: to sign, to open channels. Not read anew as long as it is the same: that takes
        4 ms with 50 unused keys in it, 200 ms with 5,000, which is the most that an engine keeps.
        """
        pickle = self.known().account
        if self._unchanged is None or self._unchanged[0] != pickle:
            self._unchanged = pickle, vodozemac.Account.from_pickle(pickle, self._keyring.device)
        return self._unchanged[1]

    def store_account(self, account: Any) -> None:
        own_device.store_account(self._database, account.pickle(self._keyring.device))

    def device_keys(self) -> dict[str, Any]:
        """What the homeserver publishes of the device, signed by itself (spec, ``DeviceKeys``)."""
        known, account = self.known(), self.unchanged_account()
        keys = {
            "user_id": self.user_id,
            "device_id": known.device_id,
            "algorithms": [OLM, MEGOLM],
            "keys": {f"curve25519:{known.device_id}": known.curve25519, f"ed25519:{known.device_id}": known.ed25519},
        }
        return self._signed(keys, account, known.device_id)

    def _signed(self, value: Mapping[str, Any], account: Any, device_id: str) -> dict[str, Any]:
        return signed(value, self.user_id, f"ed25519:{device_id}", lambda data: account.sign(data).to_base64())

    # ── Keys to give away ───────────────────────────────────────────────────────────────────────────────────────────

    def keys_to_upload(self, count: int, *, fallback_is_used: bool, now: float) -> dict[str, Any] | None:
        """The body of ``POST /keys/upload``, or None where nothing is missing. What is made is stored before it is uploaded;
        what an interrupted upload left is in the next one.

        Args:
            count: one-time keys that the homeserver holds. Zero is a number like any other.
            fallback_is_used: whether the homeserver says that it holds no unused fallback key. The first one is made anyway.
        """
        known, account = self.known(), self.account()
        body: dict[str, Any] = {} if known.uploaded else {"device_keys": self.device_keys()}
        missing = ONE_TIME_KEYS - count - len(account.one_time_keys)
        wants_fallback = not known.fallback_at or (fallback_is_used and now - known.fallback_at >= FALLBACK_REST)
        wants_fallback = wants_fallback and not account.fallback_key
        if missing > 0 or wants_fallback:
            # Counted: an account that was put back would give keys other halves under names that are taken.
            with self.advancing():
                if missing > 0:
                    account.generate_one_time_keys(missing)
                if wants_fallback:
                    account.generate_fallback_key()
                    own_device.set_fallback_at(self._database, now)
                self.store_account(account)

        def published(keys: Mapping[str, vodozemac.Curve25519PublicKey], extra: Mapping[str, Any]) -> dict[str, Any]:
            return {
                f"signed_curve25519:{name}": self._signed({"key": key.to_base64(), **extra}, account, known.device_id)
                for name, key in keys.items()
            }

        if account.one_time_keys:
            body["one_time_keys"] = published(account.one_time_keys, {})
        if account.fallback_key:
            body["fallback_keys"] = published(account.fallback_key, {"fallback": True})
        return body or None

    def uploaded(self) -> None:
        """The homeserver has taken what `keys_to_upload` said."""
        with self.advancing():
            account = self.account()
            account.mark_keys_as_published()
            self.store_account(account)
            own_device.set_uploaded(self._database)
