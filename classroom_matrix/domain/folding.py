"""How words are compared. Pure."""

from __future__ import annotations


def fold(text: str) -> str:
    """What counts in a word: not the letters' case, not the dots of ё."""
    return text.casefold().replace("ё", "е")
