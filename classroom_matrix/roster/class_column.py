"""Which rows of a whole school's list are the class's. Pure."""

from __future__ import annotations

import re

from .names import alike, folded

_WORDS = re.compile(r"класс\w*|class|grade|год\w* обучения")
_CLASS = re.compile(r"\b(\d{1,2})(?!\d)\W*([^\W\d_]?)(?![^\W\d_])")


def is_class(text: str) -> bool:
    """Whether a cell reads like a class, and not, say, like a name."""
    return len(text) <= 12 and bool(_CLASS.search(alike(_WORDS.sub(" ", folded(text)))))


def class_key(text: str) -> str:
    """What two writings of one class have in common: "3Б, 2026/27", "3 «Б»", "3-б класс" → "3б"; otherwise the text itself."""
    plain = alike(_WORDS.sub(" ", folded(text)))
    found = _CLASS.search(plain)
    return f"{int(found[1])}{found[2]}" if found else plain.strip(" .,")
