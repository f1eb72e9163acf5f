"""Names of people: reading them in either order, writing them the way people are addressed. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_PATRONYMIC = re.compile(r"\w{2,}(ович|евич|ич|овна|евна|ична|инична)$", re.IGNORECASE)
_AFTER_FATHER = frozenset({"оглы", "оглу", "огли", "кызы", "гызы", "улы", "уулу"})
"""Turkic words that follow the father's name and make one patronymic with it."""


@dataclass(frozen=True, slots=True)
class FullName:
    """`patronymic` may be empty."""

    surname: str
    given: str
    patronymic: str = ""

    @property
    def spoken(self) -> str:
        """Given name first: "Наталья Александровна Калинина"."""
        return " ".join(part for part in (self.given, self.patronymic, self.surname) if part)


def clean(text: str) -> str:
    """One line, single spaces, composed characters, without what cannot be seen."""
    composed = unicodedata.normalize("NFC", text)
    visible = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp", "Zs") else char for char in composed)
    return " ".join("".join(char for char in visible if unicodedata.category(char) != "Cf").split())


def folded(text: str) -> str:
    """For comparing: case, ё and е, kinds of spaces and hyphens do not matter."""
    return clean(text).casefold().replace("ё", "е").replace("‐", "-").replace("‑", "-")


def parse_full_name(text: str) -> FullName | None:
    """A name written "surname given patronymic" (as offices do) or "given patronymic surname".

    The patronymic's ending tells the order; without one the surname is taken to stand first.

    Returns:
        None where fewer than two words or more than a surname, a name and a patronymic stand there.
    """
    words = clean(text).split()
    if len(words) > 3 and words[-1].casefold() in _AFTER_FATHER:
        words[-2:] = [f"{words[-2]} {words[-1]}"]
        return FullName(*words) if len(words) == 3 else None
    if len(words) == 2:
        return FullName(words[0], words[1])
    if len(words) != 3:
        return None
    if _PATRONYMIC.match(words[1]) and not _PATRONYMIC.match(words[2]):
        return FullName(surname=words[2], given=words[0], patronymic=words[1])
    return FullName(*words)


def spoken_name(text: str) -> str:
    """`text` in the order in which people are addressed, unchanged where it cannot be told."""
    name = parse_full_name(text)
    return name.spoken if name else clean(text)


def phone_digits(text: str) -> str:
    """A phone number for comparing: digits, Russian numbers beginning with 7; empty if it is none."""
    digits = re.sub(r"\D", "", text)
    if len(digits) == 11 and digits[0] == "8":
        digits = "7" + digits[1:]
    elif len(digits) == 10 and digits[0] == "9":
        digits = "7" + digits
    return digits if len(digits) >= 5 else ""
