"""What a card shows, as a short fingerprint: an edit is sent only where it differs."""

from __future__ import annotations

from hashlib import blake2b


def shown(content: bytes) -> str:
    return blake2b(content, digest_size=12).hexdigest()
