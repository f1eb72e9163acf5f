"""Keys and signatures that others wrote: looked at before the engine sees them.

The engine (vodozemac) ends the whole program, with something that is no `Exception`, when an Ed25519 key is a byte too long.
"""

from __future__ import annotations

import base64

from vodozemac import Curve25519PublicKey, Ed25519PublicKey, Ed25519Signature

_KEY, _SIGNATURE = 32, 64  # bytes


def curve25519(text: object) -> Curve25519PublicKey:
    """
    Raises:
        ValueError: it is no key, or spelled in another way than everybody does.
    """
    return Curve25519PublicKey.from_base64(_checked(text, _KEY))


def ed25519(text: object) -> Ed25519PublicKey:
    """
    Raises:
        ValueError: as `curve25519`.
    """
    return Ed25519PublicKey.from_base64(_checked(text, _KEY))


def signature(text: object) -> Ed25519Signature:
    """
    Raises:
        ValueError: it is no signature.
    """
    return Ed25519Signature.from_base64(_checked(text, _SIGNATURE))


def _checked(text: object, size: int) -> str:
    """`text`, if it is unpadded base64 of that many bytes. One key, one spelling: keys are compared as texts.

    Raises:
        ValueError: it is something else.
    """
    if not isinstance(text, str) or len(text) != -(-size * 4 // 3):
        raise ValueError("not of a key's length")
    data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    if len(data) != size or base64.b64encode(data).rstrip(b"=").decode() != text:
        raise ValueError("not as a key is written")
    return text
