"""Whether a word is a surname, in whatever case, number, gender or letters: "Калининой", "Калинины", "Kalinina". Pure."""

from __future__ import annotations

import re

from .declension import is_declined
from .transliteration import is_latin, is_other_gender

_ENDS = re.compile(r"(?:ая|яя|ий|ый|ой|а|я)$")
_STEM = 2  # letters that a surname keeps in all its cases
_CASES = frozenset(
    {"", "а", "у", "ом", "ым", "е", "ы", "ой", "ою", "ых", "ыми", "я", "ю", "ем", "и", "ей", "ий", "ый", "ого", "его", "ому",
     "ему", "им", "их", "ими", "ая", "ую", "s", "'s", "es"}
)  # fmt: skip
_PARTS = re.compile(r"[\s-]+")
_SHORTEST = 2  # letters of a part of a double surname
_MARKS = ".,:;!?()…"  # not quotes: «Беляев» may be an author


def is_form_of(word: str, surname: str) -> bool:
    """Closely: black tea ("чёрный чай") is nothing of the Chernovs'."""
    said, own = _folded(word), _folded(surname)
    if not said or not own:
        return False
    if said == own:
        return True
    if is_latin(said) or is_latin(own):
        return is_other_gender(said.removesuffix("'s"), own) or is_other_gender(said.removesuffix("s"), own)
    return any(_is_case_of(said, each) for each in {own, *(part for part in _PARTS.split(own) if len(part) > _SHORTEST)})


def _is_case_of(said: str, own: str) -> bool:
    stem = _ENDS.sub("", own)
    in_case = len(stem) >= _STEM and said.startswith(stem) and said[len(stem) :] in _CASES
    return in_case or is_declined(said, own)


def first_words(text: str, count: int) -> list[str]:
    """Words at the beginning of a text, without marks around them."""
    return [word for each in text.split(maxsplit=count)[:count] if (word := each.strip(_MARKS))]


def _folded(word: str) -> str:
    return word.casefold().replace("ё", "е").replace("’", "'").strip()
