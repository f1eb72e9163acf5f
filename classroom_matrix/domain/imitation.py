"""Whether a display name is made to be taken for somebody else's: "Oльгa Петровна" with Latin letters, "Петровна Ольга",
"Учитель Ольга", zero-width letters in between. Whole names are compared, never surnames alone: families share those.

What looks alike is Unicode's list of confusable characters (https://www.unicode.org/reports/tr39/), by the package
confusable-homoglyphs; upper and lower case count as one, so "B" and "в" do too. That is more than the eye confuses, which
whole names can bear.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

_RUSSIAN = """учитель учительница преподаватель преподавательница педагог воспитатель воспитательница руководитель классный
    классная классрук директор завуч администратор администрация школа школы
    класса бот помощник"""
_ENGLISH = """teacher tutor headteacher headmaster headmistress principal head director admin administrator administration
    school bot mr mrs ms miss mister sir madam dr official staff"""
TITLES = frozenset([*_RUSSIAN.split(), *_ENGLISH.split()])
"""Words that make somebody staff, or the school itself, in whatever they stand before."""

_LONGEST = 200  # letters of a display name that are looked at; Synapse allows 256
_FEWEST = 3  # letters that a word needs to say who somebody is


def imitates(shown: str, names: Iterable[str], own: str = "") -> str | None:
    """The one of `names` for which somebody who calls themselves `shown` would be taken; "" if a bare title makes them staff.

    Args:
        shown: a display name, from anybody.
        names: of staff and of the bot.
        own: the person's name in the class list: whoever has the same name as a teacher may bear it.
    """
    said = _words(shown)
    if not said or set(said) <= set(_words(own)) or _same(said, _words(own)):
        return None
    plain = [word for word in said if word not in _titles()]
    for name in names:
        theirs = [word for word in _words(name) if word not in _titles()] or _words(name)
        if theirs and (_same(said, theirs) or (plain and _same(plain, theirs)) or _titled_part(said, plain, theirs)):
            return name
    return None if any(len(word) >= _FEWEST for word in plain) or len(plain) == len(said) else ""


def _same(said: list[str], theirs: list[str]) -> bool:
    """Two words of the name at least, in any order, initials for others, or the same letters with other gaps."""
    if not theirs:
        return False
    if sorted(said) == sorted(theirs) or "".join(said) in ("".join(theirs), "".join(reversed(theirs))):
        return True
    if len(said) > 1 and len(set(said)) == len(said) and set(said) <= set(theirs):
        return True
    return len(said) == len(theirs) > 1 and _abbreviates(said, theirs)


def _abbreviates(said: list[str], theirs: list[str]) -> bool:
    """As "Иванова О. П." for "Ольга Петровна Иванова": each word in full or by its initial, one at least in full."""
    left = list(theirs)
    full = [word for word in said if len(word) > 1]
    for word in full:
        if word not in left:
            return False
        left.remove(word)
    return bool(full) and sorted(word for word in said if len(word) == 1) == sorted(word[0] for word in left)


def _titled_part(said: list[str], plain: list[str], theirs: list[str]) -> bool:
    """As "Учитель Ольга": a title, and nothing else but parts of the name."""
    return len(plain) < len(said) and any(len(word) >= _FEWEST for word in plain) and set(plain) <= set(theirs)


def _words(text: str) -> list[str]:
    """What the name looks like, as words of representative letters."""
    words: list[list[str]] = [[]]
    for letter in unicodedata.normalize("NFKD", text[:_LONGEST]):
        category = unicodedata.category(letter)
        if category[0] == "M" or category in ("Cf", "Cc"):
            continue  # accents, zero-width characters, changes of direction: nothing to see
        looks = _representative(letter)
        if category[0] in "LN" or looks.isalnum():
            words[-1].append(looks)
        elif words[-1]:
            words.append([])
    return [_joined(word) for word in words if word]


def _joined(letters: list[str]) -> str:
    return "".join(letters).replace(_pair("rn"), _pair("m")).replace(_pair("vv"), _pair("w"))


@lru_cache(maxsize=8)
def _pair(letters: str) -> str:
    return "".join(map(_representative, letters))


@lru_cache(maxsize=1)
def _titles() -> frozenset[str]:
    return frozenset(word for title in TITLES for word in _words(title))


def _representative(letter: str) -> str:
    lookalikes = _lookalikes()
    return lookalikes.get(letter) or lookalikes.get(letter.casefold(), letter.casefold())


@lru_cache(maxsize=1)
def _lookalikes() -> dict[str, str]:
    """Each character that can be confused with others → the one that stands for all of them."""
    # Half a megabyte, read when the first name is compared.
    from confusable_homoglyphs.confusables import confusables_data  # type: ignore[import-untyped]  # noqa: PLC0415

    parent: dict[str, str] = {}

    def root(letter: str) -> str:
        while (above := parent.setdefault(letter, letter)) != letter:
            letter = above
        return letter

    def alike(one: str, other: str) -> None:
        first, second = sorted((root(one), root(other)))
        parent[second] = first

    for one, other in _pairs(confusables_data):
        alike(one, other)
    for letter in list(parent):
        for cased in (letter.casefold(), letter.upper()):
            if len(cased) == 1 and cased != letter:
                alike(letter, cased)
    return {letter: root(letter) for letter in parent}


def _pairs(data: dict[str, list[dict[str, str]]]) -> Iterator[tuple[str, str]]:
    """Letters and figures of alphabets that are used here, and what in the world looks like them."""
    for letter, found in data.items():
        for one in found:
            other = one["c"]
            if len(letter) == 1 and len(other) == 1 and (_is_ours(letter) or _is_ours(other)):
                yield letter, other


def _is_ours(letter: str) -> bool:
    """Latin, Greek, Cyrillic, and figures."""
    return letter.isalnum() and (letter.isascii() or "\u0370" <= letter <= "\u052f")
