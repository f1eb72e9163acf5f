"""Words of slips as they are stored: a salted scrypt hash (RFC 7914), so that no copy of the database opens a door."""

from __future__ import annotations

import hashlib
import hmac
import secrets

_LOG_N, _R, _P = 14, 8, 1  # 16 MiB and about 75 ms of one core
_SALT, _LENGTH = 16, 32  # bytes


def hashed(words: str) -> str:
    """``scrypt:<log2 N>:<r>:<p>:<salt>:<hash>`` of words in their canonical form. Takes long: not in the database's thread."""
    salt = secrets.token_bytes(_SALT)
    return f"scrypt:{_LOG_N}:{_R}:{_P}:{salt.hex()}:{_hash(words, salt, _LOG_N, _R, _P).hex()}"


def matches(words: str, stored: str | None) -> bool:
    """Whether these are the words. The same work and the same time whatever the answer, also where nothing is stored."""
    _, log_n, r, p, salt, digest = (stored or _NOTHING).split(":")
    found = _hash(words, bytes.fromhex(salt), int(log_n), int(r), int(p))
    same = hmac.compare_digest(found, bytes.fromhex(digest))
    return same and stored is not None


def _hash(words: str, salt: bytes, log_n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(words.encode(errors="replace"), salt=salt, n=1 << log_n, r=r, p=p, maxmem=1 << 27, dklen=_LENGTH)


_NOTHING = f"scrypt:{_LOG_N}:{_R}:{_P}:{'00' * _SALT}:{'00' * _LENGTH}"
