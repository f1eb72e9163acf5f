"""Cross-signing (spec): three keys that outlive devices, what is signed with them, and what the homeserver publishes of them.

The master key is what people's apps remember as "the bot"; the self-signing key vouches for the bot's devices, so that apps
which leave unsigned devices out let it in; the user-signing key would vouch for people and is there because the homeserver
takes all three together.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..errors import WrongKey
from ..storage.database import Database
from ..storage.encryption import secrets
from ..storage.encryption.secrets import Secret
from .keyring import KeyRing
from .signing import Json, Sign, is_signed, signed

NAMES = ("master", "self_signing", "user_signing")
NEXT = ".next"
"""Ends the names of keys that the homeserver has not accepted yet (`encryption.identity`)."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The three private keys."""

    master: Ed25519PrivateKey
    self_signing: Ed25519PrivateKey
    user_signing: Ed25519PrivateKey

    @classmethod
    def fresh(cls) -> Self:
        return cls(Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate())

    @classmethod
    def load(cls, database: Database, keyring: KeyRing, suffix: str = "") -> Self | None:
        """What `store` kept under this suffix; None where that is nothing. In the database's thread.

        Raises:
            WrongKey: it cannot be decrypted with the key that lies beside the database.
        """
        found = secrets.get(database, [name + suffix for name in NAMES])
        if len(found) < len(NAMES):  # they are stored together
            return None
        keys = [Ed25519PrivateKey.from_private_bytes(keyring.unseal(found[name + suffix].sealed)) for name in NAMES]
        if [public(key) for key in keys] != [found[name + suffix].public for name in NAMES]:
            raise WrongKey("the private keys of the bot's identity are damaged; put a backup back")
        return cls(*keys)

    def store(self, database: Database, keyring: KeyRing, now: float, suffix: str = "") -> None:
        """Keep the private keys, encrypted. In the database's thread."""
        kept = [
            Secret(name + suffix, keyring.seal(key.private_bytes_raw()), public(key), now)
            for name, key in zip(NAMES, (self.master, self.self_signing, self.user_signing), strict=True)
        ]
        with database.transaction():
            secrets.put(database, kept)

    @staticmethod
    def forget(database: Database, suffix: str = "") -> None:
        """In the database's thread."""
        secrets.delete(database, [name + suffix for name in NAMES])

    @property
    def public_master(self) -> str:
        return public(self.master)

    @property
    def public_self_signing(self) -> str:
        return public(self.self_signing)

    def upload_body(self, user_id: str) -> dict[str, Any]:
        """Body of ``POST /keys/device_signing/upload``, but for the proof of who asks."""
        body: dict[str, Any] = {"master_key": self.master_key(user_id)}
        for name, key in (("self_signing", self.self_signing), ("user_signing", self.user_signing)):
            body[f"{name}_key"] = self._by_master(_published_form(user_id, name, public(key)), user_id)
        return body

    def master_key(self, user_id: str) -> dict[str, Any]:
        """The public master key as it is published, without signatures."""
        return _published_form(user_id, "master", self.public_master)

    def sign_device(self, device_keys: Json) -> dict[str, Any]:
        """Body of ``POST /keys/signatures/upload`` that says: this device is the bot's.

        Args:
            device_keys: exactly what was uploaded as ``device_keys``.
        """
        user_id, device_id = device_keys["user_id"], device_keys["device_id"]
        key_id = f"ed25519:{self.public_self_signing}"
        bare = {key: value for key, value in device_keys.items() if key not in ("signatures", "unsigned")}
        return {user_id: {device_id: signed(bare, user_id, key_id, signer(self.self_signing))}}

    def signed_master(self, user_id: str, device_id: str, sign: Sign) -> dict[str, Any]:
        """Body of ``POST /keys/signatures/upload`` by which the device vouches for the master key: an app that has
        verified the device by itself can go on from there (spec recommends it).

        Args:
            sign: signs with the device's Ed25519 key.
        """
        master = signed(self.master_key(user_id), user_id, f"ed25519:{device_id}", sign)
        return {user_id: {self.public_master: master}}

    def _by_master(self, value: Json, user_id: str) -> dict[str, Any]:
        return signed(value, user_id, f"ed25519:{self.public_master}", signer(self.master))


@dataclass(frozen=True, slots=True)
class Published:
    """What the homeserver publishes of the bot: keys as they came; None where there is none."""

    master: Json | None
    self_signing: Json | None
    user_signing: Json | None
    devices: Mapping[str, Json]

    @classmethod
    def read(cls, answer: Json, user_id: str) -> Self:
        """From an answer to ``POST /keys/query``; `user_signing` is there only where the bot itself asked."""
        keys = [answer.get(f"{name}_keys", {}).get(user_id) for name in NAMES]
        return cls(keys[0], keys[1], keys[2], answer.get("device_keys", {}).get(user_id, {}))

    @property
    def public_master(self) -> str | None:
        return public_of(self.master)

    @property
    def public_self_signing(self) -> str | None:
        return public_of(self.self_signing)

    def is_of(self, identity: Identity) -> bool:
        """Whether people's apps see this identity."""
        return self.public_master == identity.public_master

    def is_whole(self, user_id: str) -> bool:
        """Whether the published master key has signed the published self-signing key."""
        master = self.public_master
        return master is not None and is_signed(self.self_signing or {}, user_id, f"ed25519:{master}", master)

    def vouches_for(self, device_keys: Json) -> bool:
        """Whether the homeserver publishes this device with these keys, signed by the published self-signing key."""
        user_id, key = device_keys["user_id"], self.public_self_signing
        found = self.devices.get(device_keys["device_id"])
        return (
            found is not None
            and key is not None
            and found.get("keys") == device_keys["keys"]
            and is_signed(found, user_id, f"ed25519:{key}", key)
        )


def public_of(published: Json | None) -> str | None:
    """The public key in a published one; None where there is not exactly one."""
    keys = published.get("keys") if published else None
    if not isinstance(keys, dict) or len(keys) != 1:
        return None
    ((name, key),) = keys.items()
    return key if isinstance(key, str) and name == f"ed25519:{key}" else None


def fingerprint(public_key: str) -> str:
    """A public key as people compare it: in groups of four."""
    return " ".join(public_key[start : start + 4] for start in range(0, len(public_key), 4))


def public(key: Ed25519PrivateKey) -> str:
    """The public half, in unpadded base64."""
    return _base64(key.public_key().public_bytes_raw())


def signer(key: Ed25519PrivateKey) -> Sign:
    return lambda data: _base64(key.sign(data))


def _published_form(user_id: str, usage: str, key: str) -> dict[str, Any]:
    return {"user_id": user_id, "usage": [usage], "keys": {f"ed25519:{key}": key}}


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")
