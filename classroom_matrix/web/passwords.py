"""What a password of one's own has to be: long, and nothing that others guess first. No rules of composition.

After NIST SP 800-63B, 3.1.1.2: a minimum length, a list of common ones, nothing that has to do with the account; no
"one digit, one sign", and all characters allowed, spaces too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import pairwise

from ..domain.ids import UserId

SHORTEST, LONGEST = 10, 256  # characters; Synapse takes up to 512

_COMMON = (
    "пароль", "password", "qwerty", "йцукен", "qwertyuiop", "йцукенгшщз", "1q2w3e4r5t", "iloveyou", "ялюблютебя", "привет",
    "admin", "welcome", "letmein", "abcdefghij", "абвгдежзик", "school", "школа", "element", "matrix", "учитель",
)  # fmt: skip
"""Beginnings of what people choose most; with digits behind it is as common."""
_UPPER_ROWS = ("!@#$%^&*()", '!"№;%:?*()')
"""Above the digits of an English and of a Russian keyboard."""


def problem(password: str, user_id: UserId, names: Collection[str] = ()) -> str | None:
    """The name of the text that says what is wrong, or None.

    Args:
        password: as it was typed.
        user_id: whose it is going to be.
        names: of people whom others would try first, as the school writes them.
    """
    account = user_id.partition(":")[0].lstrip("@").casefold()
    rules = (
        ("join-password-short", len(password) < SHORTEST),
        ("join-password-long", len(password) > LONGEST),
        ("join-password-spaces", password != password.strip() or any(unicodedata.category(each) == "Cc" for each in password)),
        ("join-password-name", account in password.casefold()),
        ("join-password-own-name", _is_made_of(_letters(_plain(password)), _parts(names))),
        ("join-password-common", _is_common(password)),
    )
    return next((text for text, broken in rules if broken), None)


def _is_common(password: str) -> bool:
    """A common word with digits around it, a run, or few different characters over and over."""
    plain, signs = _plain(password), "".join(password.split())
    letters = _letters(plain)
    if any(re.fullmatch(f"({re.escape(word)})+", letters) for word in _COMMON):
        return True
    if 2 * len(plain) < len(signs):  # emoji and the like: letters and digits say too little about it
        return len(set(signs)) < 4 or any(row.startswith(signs) or signs.startswith(row) for row in _UPPER_ROWS)
    steps = {ord(after) - ord(before) for before, after in pairwise(plain)}
    return len(set(plain)) < 4 or steps in ({1}, {-1}) or (not letters and len(plain) < 14)


def _letters(plain: str) -> str:
    """Without the digits around it."""
    return re.sub(r"^\d+|\d+$", "", plain)


def _parts(names: Collection[str]) -> set[str]:
    return {_plain(part) for name in names for part in re.findall(r"\w+", name)}


def _is_made_of(text: str, parts: Collection[str]) -> bool:
    """Whether a text is nothing but these parts, in any order and as often as one likes."""
    reached = {0}
    for end in range(1, len(text) + 1):
        if any(end - len(part) in reached and text.endswith(part, 0, end) for part in parts if part):
            reached.add(end)
    return bool(text) and len(text) in reached


def _plain(text: str) -> str:
    """Letters and digits only, in lower case."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return "".join(character for character in folded if character.isalnum())
