"""Whether two Russian words are one word in different cases."""

from __future__ import annotations

_STEM = 3  # letters that a word keeps in all its cases
_ENDINGS = frozenset(
    {"", "а", "у", "ом", "е", "ы", "ой", "ою", "ым", "ых", "ому", "ого", "ему", "его", "ий", "ый", "й", "ая", "ую", "ое", "ее",
     "ие", "ия", "ию", "ии", "ием", "ю", "я", "и", "ь", "ью", "ей", "ем", "ям", "ам"}
)  # fmt: skip


def is_declined(said: str, own: str) -> bool:
    """Whether two words (in small letters, ё written as е) differ in the endings of cases only: "математике", "математика"."""
    pairs = zip(said, own, strict=False)
    common = next((n for n, (one, other) in enumerate(pairs) if one != other), min(len(said), len(own)))
    return any(said[cut:] in _ENDINGS and own[cut:] in _ENDINGS for cut in range(_STEM, common + 1))
