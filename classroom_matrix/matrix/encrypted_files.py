"""Files of encrypted rooms (spec, "Sending encrypted attachments"): the homeserver stores ciphertext, the message the key.

AES-256 in counter mode, with a key of its own for every file. The first half of the initial counter is drawn by lot, the second
one begins at zero, so that clients whose counter has 64 bits read the same. The mode notices no change, so the checksum of the
ciphertext is compared before anything is decrypted.
"""

from __future__ import annotations

import hashlib
import os
from base64 import b64decode, b64encode, urlsafe_b64encode
from collections.abc import Mapping
from hmac import compare_digest
from io import SEEK_SET
from typing import IO, Any

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CTR

from ..domain.facts import FileKey

MIMETYPE = "application/octet-stream"
"""What the homeserver is told of every encrypted file; the true type stands in the message."""

_KEY, _COUNTER, _RANDOM, _CHECKSUM = 32, 16, 8, 32
"""Bytes."""
_LONGEST = 64
"""Characters of any of a key's parts; the longest honest one has 44."""
_BLOCK = 1 << 16


class SpoiltFile(ValueError):
    """The file is not the one that the key is for, or the key is none."""


def encrypt(data: bytes) -> tuple[bytes, FileKey]:
    """The ciphertext of a file, as long as the file, and what it is read with."""
    key, counter = os.urandom(_KEY), os.urandom(_RANDOM) + bytes(_COUNTER - _RANDOM)
    sealed = Cipher(AES256(key), CTR(counter)).encryptor().update(data)
    k = urlsafe_b64encode(key).decode().rstrip("=")
    return sealed, FileKey(k, _base64(counter), _base64(hashlib.sha256(sealed).digest()))


def decrypt(data: bytes, key: FileKey) -> bytes:
    """The file.

    Raises:
        SpoiltFile: it is another one, was changed, or the key is none.
    """
    opener, checksum = _opener(key)
    if not compare_digest(hashlib.sha256(data).digest(), checksum):
        raise SpoiltFile("the checksum is another one")
    return opener.update(data)


def decrypt_file(source: IO[bytes], into: IO[bytes], key: FileKey) -> None:
    """The same for a large file. `source` is read twice, from its beginning; nothing is written before it is checked.

    Raises:
        SpoiltFile: it is another one, was changed, or the key is none.
    """
    opener, checksum = _opener(key)
    source.seek(0, SEEK_SET)
    digest = hashlib.sha256()
    while block := source.read(_BLOCK):
        digest.update(block)
    if not compare_digest(digest.digest(), checksum):
        raise SpoiltFile("the checksum is another one")
    source.seek(0, SEEK_SET)
    while block := source.read(_BLOCK):
        into.write(opener.update(block))


def file_object(url: str, key: FileKey) -> dict[str, Any]:
    """``EncryptedFile``, which stands in a message in the place of "url"."""
    return {
        "v": "v2",
        "url": url,
        "key": {"kty": "oct", "alg": "A256CTR", "ext": True, "key_ops": ["encrypt", "decrypt"], "k": key.key},
        "iv": key.iv,
        "hashes": {"sha256": key.sha256},
    }


def read_file_object(value: object) -> tuple[str, FileKey] | None:
    """(address, key) of an ``EncryptedFile``, its parts in their common form; None for anything that is none.

    Padding, and either alphabet of base64, are taken: clients differ. Never raises.
    """
    file = _mapping(value)
    url, key, checksums = file.get("url"), _mapping(file.get("key")), _mapping(file.get("hashes"))
    if not isinstance(url, str) or not url.startswith("mxc://") or key.get("alg") != "A256CTR" or file.get("v") != "v2":
        return None
    try:
        k, counter = _bytes(key.get("k"), _KEY), _bytes(file.get("iv"), _COUNTER)
        checksum = _bytes(checksums.get("sha256"), _CHECKSUM)
    except ValueError:
        return None
    return url, FileKey(urlsafe_b64encode(k).decode().rstrip("="), _base64(counter), _base64(checksum))


def _opener(key: FileKey) -> tuple[CipherContext, bytes]:
    """What decrypts, and the ciphertext's checksum.

    Raises:
        SpoiltFile: the key is none.
    """
    try:
        cipher = Cipher(AES256(_bytes(key.key, _KEY)), CTR(_bytes(key.iv, _COUNTER)))
        return cipher.decryptor(), _bytes(key.sha256, _CHECKSUM)
    except ValueError as error:
        raise SpoiltFile("the key is none") from error


def _bytes(text: object, length: int) -> bytes:
    """Raises ValueError for what is no base64 of that many bytes."""
    if not isinstance(text, str) or len(text) > _LONGEST or not text.isascii():
        raise ValueError("no base64")
    bare = text.rstrip("=").replace("-", "+").replace("_", "/")
    found = b64decode(bare + "=" * (-len(bare) % 4), validate=True)
    if len(found) != length:
        raise ValueError("another length")
    return found


def _base64(data: bytes) -> str:
    return b64encode(data).decode().rstrip("=")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
