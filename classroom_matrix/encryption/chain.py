"""The chain of trust as other people's apps follow it: published keys, link by link, held against our private ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cross_signing import Identity, Published, public, public_of
from .signing import Json, is_signed


@dataclass(frozen=True, slots=True)
class Link:
    """One thing that apps check. `name`: end of a text's key in ``terminal/locales``."""

    name: str
    good: bool


def links(identity: Identity, published: Published, device_keys: Json) -> Sequence[Link]:
    """From the master key to the device, in this order.

    Args:
        identity: whose private keys are here.
        published: what the homeserver says.
        device_keys: exactly what was uploaded as ``device_keys``.
    """
    user, device = device_keys["user_id"], device_keys["device_id"]
    master, self_signing = identity.public_master, identity.public_self_signing
    device_key = device_keys["keys"][f"ed25519:{device}"]
    found = published.devices.get(device, {})

    def by_master(key: Json | None, ours: str) -> bool:
        return public_of(key) == ours and is_signed(key or {}, user, f"ed25519:{master}", master)

    return (
        Link("master", published.public_master == master),
        Link("self-signing", by_master(published.self_signing, self_signing)),
        Link("user-signing", by_master(published.user_signing, public(identity.user_signing))),
        Link("device-keys", found.get("keys") == device_keys["keys"]),
        Link("device-itself", is_signed(found, user, f"ed25519:{device}", device_key)),
        Link("device", is_signed(found, user, f"ed25519:{self_signing}", self_signing)),
        Link("master-by-device", is_signed(published.master or {}, user, f"ed25519:{device}", device_key)),
    )


def others_vouched_for(identity: Identity, published: Published, device_keys: Json) -> Sequence[str]:
    """Other devices of the account that our identity has signed: earlier ones that the homeserver still has."""
    user, key = device_keys["user_id"], identity.public_self_signing
    return [
        device
        for device, keys in sorted(published.devices.items())
        if device != device_keys["device_id"] and is_signed(keys, user, f"ed25519:{key}", key)
    ]
