"""Signed JSON (spec, appendix "Signing JSON"): what devices and identities say of themselves."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from . import foreign_keys

Json = Mapping[str, Any]
Sign = Callable[[bytes], str]
"""An Ed25519 signature over bytes, in unpadded base64."""


def canonical(value: Json) -> bytes:
    """Canonical JSON without ``signatures`` and ``unsigned``: what a signature is made over."""
    bare = {key: part for key, part in value.items() if key not in ("signatures", "unsigned")}
    return json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def signed(value: Json, user_id: str, key_id: str, sign: Sign) -> dict[str, Any]:
    """`value` with one more signature, of `user_id` by the key `key_id` (such as ``ed25519:DEVICE``)."""
    signatures = {user: dict(keys) for user, keys in value.get("signatures", {}).items()}
    signatures.setdefault(user_id, {})[key_id] = sign(canonical(value))
    return {**value, "signatures": signatures}


def is_signed(value: Json, user_id: str, key_id: str, public_key: str) -> bool:
    """Whether `value` carries a good signature of `user_id` by `key_id`, whose public key (unpadded base64) is given.

    Never raises: what does not look like a signature is none.
    """
    try:
        signature = foreign_keys.signature(value["signatures"][user_id][key_id])
        foreign_keys.ed25519(public_key).verify_signature(canonical(value), signature)
    except (KeyError, TypeError, ValueError, RecursionError):  # the latter: brackets in brackets, hundreds of them
        return False
    return True
