"""What a password of one's own has to be: long, and nothing that others guess first. No rules of composition.

After NIST SP 800-63B, 3.1.1.2: a minimum length, a list of common ones, nothing that has to do with the account; no
"one digit, one sign", and all characters allowed, spaces too.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from itertools import pairwise

from ..domain.ids import UserId

SHORTEST, LONGEST = 10, 256  # characters; Synapse takes up to 512

_COMMON = (
    "пароль", "password", "qwerty", "йцукен", "qwertyuiop", "йцукенгшщз", "1q2w3e4r5t", "iloveyou", "ялюблютебя", "привет",
    "admin", "welcome", "letmein", "abcdefghij", "абвгдежзик", "school", "школа", "element", "matrix", "учитель",
)  # fmt: skip
"""Beginnings of what people choose most; with digits behind it is as common."""


def problem(password: str, user_id: UserId) -> str | None:
    """The name of the text that says what is wrong, or None."""
    plain = _plain(password)
    if len(password) < SHORTEST:
        return "join-password-short"
    if len(password) > LONGEST:
        return "join-password-long"
    if password != password.strip() or any(unicodedata.category(character) == "Cc" for character in password):
        return "join-password-spaces"
    if user_id.partition(":")[0].lstrip("@").casefold() in password.casefold():
        return "join-password-name"
    if _is_common(plain):
        return "join-password-common"
    return None


def _is_common(plain: str) -> bool:
    """A common word with digits around it, a run, or few different characters over and over."""
    letters = re.sub(r"^\d+|\d+$", "", plain)
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    repeated = any(re.fullmatch(f"({re.escape(word)})+", letters) for word in _COMMON)
    return repeated or len(set(plain)) < 4 or steps in ({1}, {-1}) or (not letters and len(plain) < 14)


def words_digest(words: str, key: str) -> bytes:
    """Recognises the slip's words, however they are written. `key`: the session's, so that nothing is learned from it."""
    return hmac.digest(key.encode(), _plain(words).encode(), hashlib.sha256)


def _plain(text: str) -> str:
    """Letters and digits only, in lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return "".join(character for character in folded if character.isalnum())
