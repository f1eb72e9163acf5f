"""Word passwords: five words that a grandmother can read from paper and type into a phone.

The lists are our own (``words_ru.txt``, ``words_en.txt``): short, known to everybody, harmless under anybody's name, no two
that sound the same. No word has ё, й or ъ, and four letters tell every word from all others of its list, so a wrong ending,
a wrong layout of the keyboard or a letter of the other alphabet is understood.

Five words of 1,300 are 51 bits, of 2,100 are 55; a slip is good for two weeks, and tries are slowed
down (`roster.invitations`).
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COUNT = 5
PREFIX = 4
"""So many letters tell a word from all others of its list."""
_LOOKED_AT = 200  # characters; five words are 50

_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`{}:\"<>~"
_CYRILLIC = "йцукенгшщзхъфывапролджэячсмитьбюехъжэбюе"
_RU_KEYS = str.maketrans(dict(zip(_LATIN, _CYRILLIC, strict=True)))
"""What was meant by typing Russian with the English layout of the keyboard."""
_EN_KEYS = str.maketrans({ru: en for en, ru in zip(_LATIN, _CYRILLIC, strict=True) if en.isalpha()})
_LOOKS_LATIN, _LOOKS_CYRILLIC = "aeopcyxkmthbu", "аеорсухкмтнви"
"""Letters that look alike, or do so as capitals."""
_TO_CYRILLIC = str.maketrans(_LOOKS_LATIN, _LOOKS_CYRILLIC)
_TO_LATIN = str.maketrans(_LOOKS_CYRILLIC, _LOOKS_LATIN)
_SAME = str.maketrans("ёй", "еи")


@dataclass(frozen=True, slots=True)
class WordList:
    """`words`: sorted, in lower case. `by_prefix`: by their first `PREFIX` letters."""

    words: tuple[str, ...]
    by_prefix: dict[str, str]


@cache
def word_list(language: str) -> WordList:
    """The words of a language, "ru" or "en"; others get the English ones."""
    name = "words_ru.txt" if language == "ru" else "words_en.txt"
    words = tuple((files(__package__ or "") / name).read_text("utf-8").split())
    return WordList(words, {word[:PREFIX]: word for word in words})


def draw_words(language: str) -> tuple[str, ...]:
    """`COUNT` different words by lot: one that came twice would be taken for a misprint."""
    return tuple(secrets.SystemRandom().sample(word_list(language).words, COUNT))


def canonical(typed: str) -> str:
    """What was meant: the words in lower case with a space between them. This is what is hashed.

    Case, separators, line breaks within a word, ё and й, letters of the other alphabet that look the same, the wrong layout
    of the keyboard, a wrong ending and one wrong letter in a word do not matter. What cannot be read as words of a list is
    returned as it was typed, less everything but letters: it is wrong, and just as much work to refuse.
    """
    text = unicodedata.normalize("NFKC", typed[:_LOOKED_AT]).casefold()
    for language, reading in _readings(text):
        words = _read(reading.translate(_SAME) if language == "ru" else reading, word_list(language))
        if words is not None:
            return " ".join(words)
    return "".join(_tokens(text))


def _readings(text: str) -> Iterator[tuple[str, str]]:
    """What may have been meant, likeliest first."""
    yield "ru", text
    yield "en", text
    yield "ru", text.translate(_TO_CYRILLIC)
    yield "en", text.translate(_TO_LATIN)
    yield "ru", text.translate(_RU_KEYS)
    yield "en", text.translate(_EN_KEYS)


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text)


def _read(text: str, known: WordList) -> list[str] | None:
    """The `COUNT` words that `text` is made of, or None."""
    tokens = _tokens(text)
    if len(tokens) == COUNT:
        begun = [known.by_prefix.get(token[:PREFIX]) for token in tokens]
        if sum(word is not None for word in begun) > COUNT // 2:  # otherwise it is another language or layout
            found = [word or _near(token, known) for word, token in zip(begun, tokens, strict=True)]
            if None not in found:
                return [word for word in found if word is not None]
    return _cut("".join(tokens), known)


def _cut(text: str, known: WordList) -> list[str] | None:
    """Words written without spaces between them, or with some too many. No word is the beginning of another."""
    words: list[str] = []
    place = 0
    while place < len(text) and len(words) < COUNT:
        word = known.by_prefix.get(text[place : place + PREFIX])
        if word is None or not text.startswith(word, place):
            return None
        words.append(word)
        place += len(word)
    return words if len(words) == COUNT and place == len(text) else None


def _near(token: str, known: WordList) -> str | None:
    """The only word that differs by one letter."""
    near = [word for word in known.words if _is_near(token, word)]
    return near[0] if len(near) == 1 else None


def _is_near(one: str, other: str) -> bool:
    """Whether one letter more, less or different makes the one the other."""
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rests: Sequence[tuple[str, str]] = (
        (one[start + 1 :], other[start + 1 :]),
        (one[start + 1 :], other[start:]),
        (one[start:], other[start + 1 :]),
    )
    return any(a == b for a, b in rests)
