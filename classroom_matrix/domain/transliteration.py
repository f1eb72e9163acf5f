"""Russian names in Latin letters, as passports, maps and people write them: "Belyaev", "Beliaev" and "Belaev" are Беляев.

Nothing is turned back: there is no right spelling to find. Both names are folded into a key in which what the usual spellings
differ in is gone (ICAO Doc 9303 and BGN/PCGN, and what people type). Different names may get the same key, so a key only
finds who may be meant. Pure.
"""

from __future__ import annotations

import re
import unicodedata

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
_SOUNDS = {
    "shch": "ш", "sch": "ш", "sh": "ш", "zh": "ж", "kh": "h", "tch": "ч", "ch": "ч", "ts": "ц", "tz": "ц", "ck": "k",
    "ph": "f", "ce": "цe", "ci": "цi", "cy": "цi", "c": "k", "x": "ks", "w": "v", "q": "k", "y": "i", "j": "i",
}  # fmt: skip
_FOLDS = (
    (re.compile("(?<=[iжчш])o"), "e"),  # ё: "Semyon", "Gorbachov"
    (re.compile("i+(?=[aeou])"), ""),  # "Belyaev", "Beliaev", "Belaev"; "Natalya", "Natalia"
    (re.compile(r"nder\b"), "ndr"),  # "Alexander"
    (re.compile(r"(.)\1+"), r"\1"),  # "Filipov"
    (re.compile(r"[^\w\s-]"), ""),  # "Il'in"
)
_SOUND = re.compile("|".join(_SOUNDS))  # the longer ones stand first
_LATIN = re.compile("[a-z]")
_STEM = 3  # letters that a name keeps in both genders
_GENDERS = frozenset({"", "a", "i", "oi"})  # "Belyaev", "Belyaeva"; "Kalinsky", "Kalinskaya"; "Tolstoy", "Tolstaya"


def latin_key(name: str) -> str:
    """What all usual Latin spellings of a name have in common, and its Cyrillic one; to be compared and never shown."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(_CYRILLIC.get(letter, letter) for letter in plain if not unicodedata.combining(letter))
    text = _SOUND.sub(lambda found: _SOUNDS[found[0]], text)
    for pattern, by in _FOLDS:
        text = pattern.sub(by, text)
    return text


def is_latin(name: str) -> bool:
    """Whether there is something to fold."""
    return _LATIN.search(name.casefold()) is not None


def is_same_word(one: str, other: str) -> bool:
    """Whether one word spells the other, at least one of them in Latin letters."""
    return (is_latin(one) or is_latin(other)) and latin_key(one) == latin_key(other) != ""


def is_other_gender(one: str, other: str) -> bool:
    """Whether one word spells the other, or its form of the other gender, at least one of them in Latin letters."""
    if not (is_latin(one) or is_latin(other)):
        return False
    left, right = latin_key(one), latin_key(other)
    stem = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    return any(left[n:] in _GENDERS and right[n:] in _GENDERS for n in range(_STEM, stem + 1))
