"""Names of people: reading them in either order, writing them the way people are addressed. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_PATRONYMIC = re.compile(r"\w{2,}(ович|евич|ич|овна|евна|ична|инична)$", re.IGNORECASE)
_AFTER_FATHER = frozenset({"оглы", "оглу", "огли", "кызы", "гызы", "улы", "уулу"})
"""Turkic words that follow the father's name and make one patronymic with it."""
_JOINERS = "\u200c\u200d"
_MOST_MARKS = 4  # on one letter
_LOOKALIKES = str.maketrans("abcehikmoptxy", "авсенікморт" + "ху")
_NEXT_PHONE = re.compile(r"[,;/]|(?<=\d)\s*(?=\+)|доб|ext", re.IGNORECASE)


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
    """One line, single spaces, composed characters, without what cannot be seen or reorders what stands around it.

    Letters of every script and emoji stay as they are; a zero-width joiner stays only where it shapes letters or emoji.
    """
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():
        composed = "".join(_visible(composed))
    return " ".join(_few_marks(composed).split())


def _visible(text: str) -> Iterator[str]:
    for place, char in enumerate(text):
        kind = unicodedata.category(char)
        if kind in ("Cc", "Zl", "Zp", "Zs"):
            yield " "
        elif kind == "Cf":
            if char in _JOINERS and _is_shaped(text[place - 1 : place]) and _is_shaped(text[place + 1 : place + 2]):
                yield char
        elif kind not in ("Cs", "Co") and not _is_no_character(char):
            yield char


def _is_shaped(char: str) -> bool:
    """Whether joiners change how the character looks: letters of Arabic and Indic scripts and their marks, and emoji."""
    return bool(char) and char > "\u0590" and unicodedata.category(char)[0] in "LMS"


def _is_no_character(char: str) -> bool:
    return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF


def _few_marks(text: str) -> str:
    """No script stacks more than a few marks on a letter; towers of them cover the lines around."""
    if text.isascii() or not any(unicodedata.combining(char) for char in text):
        return text
    kept: list[str] = []
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks <= _MOST_MARKS:
            kept.append(char)
    return "".join(kept)


def folded(text: str) -> str:
    """For comparing: case, ё and е, kinds of spaces and hyphens do not matter."""
    return clean(text).casefold().replace("ё", "е").replace("‐", "-").replace("‑", "-")


def alike(text: str) -> str:
    """For comparing names: like `folded`, and Latin letters are the Cyrillic ones that they look like. Never shown."""
    return folded(unicodedata.normalize("NFKC", text)).translate(_LOOKALIKES).replace("\u200d", "").replace("\u200c", "")


def parse_full_name(text: str) -> FullName | None:
    """A name written "surname given patronymic" (as offices do) or "given patronymic surname".

    The patronymic's ending tells the order; without one the surname is taken to stand first. Of two words of which the second
    ends like one, it counts as the surname: no other order is lost, and it is said as it is written.

    Returns:
        None where fewer than two words or more than a surname, a name and a patronymic stand there.
    """
    words = clean(text).split()
    if len(words) > 3 and words[-1].casefold() in _AFTER_FATHER:
        words[-2:] = [f"{words[-2]} {words[-1]}"]
        return FullName(*words) if len(words) == 3 else None
    if len(words) == 2:
        said = _PATRONYMIC.match(words[1]) and not _PATRONYMIC.match(words[0])  # "Ольга Петровна", as pupils say
        return FullName(words[1], words[0]) if said else FullName(words[0], words[1])
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
    """A phone number for comparing: digits, Russian numbers beginning with 7; empty if it is none, such as "000-00-00".

    Of several numbers in one cell the first counts.
    """
    first = next((part for part in _NEXT_PHONE.split(text.strip()) if any(char.isdigit() for char in part)), "")
    digits = re.sub(r"[^0-9]", "", first)
    if len(digits) == 11 and digits[0] == "8":
        digits = "7" + digits[1:]
    elif len(digits) == 10 and digits[0] == "9":
        digits = "7" + digits
    return digits if 7 <= len(digits) <= 15 and len(set(digits)) > 1 else ""
