"""Words around duties, as people write them: roles that a teacher opens, whom parents swap with. Pure.

Texts are compared without case and without the dots of ё; Russian words in any of their cases are the same word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from classroom_matrix.errors import InvalidArgument

from .domain import MAX_PLACES, MAX_TITLE, MAX_WEIGHT

_NUMBER = re.compile(r"\s*(?:(?:№|#|no\.?)\s*(?P<marked>\d{1,6})\b[.:,]?|(?P<bare>\d{1,6})\s+(?=[^\W\d]))\s*", re.IGNORECASE)
_HEADING = re.compile(r"(?P<head>[^(;]*?[^\W\d][^(;]*?):\s*(?P<role>[^\W\d].*)", re.DOTALL)
_NEEDS = re.compile(r"\(([^()]*)\)")
_NEED_WORD = re.compile(r"^(?:нужн\w*|надо|needs?|with|с|со)\b[:\s]*", re.IGNORECASE)
_WEIGHT = re.compile(r"(?:\bвес|\bweight|\bсчитать за|\bcounts?)\s*[:=]?\s*(\d+)\b", re.IGNORECASE)
_CLOCK = re.compile(r"(?:\b(?:в|к|с|at|by|from)\s+)(\d{1,2})[:.](\d{2})\b", re.IGNORECASE)
_UNIT = r"(?:чел\w*|мест\w*|сем\w*|people|persons?|places?|famil\w*)?\s*[.,]?$"
_PLACES = re.compile(rf"\s*[-–—:x×х]?\s*(?:(?<!\w)по\s+)?(?<!\d)(\d{{1,9}})\s*{_UNIT}", re.IGNORECASE)
_SPELT = {
    "один": 1, "одна": 1, "одно": 1, "one": 1, "два": 2, "две": 2, "двое": 2, "two": 2, "три": 3, "трое": 3, "three": 3,
    "четыре": 4, "четверо": 4, "four": 4, "пять": 5, "пятеро": 5, "five": 5,
}  # fmt: skip
_PLACES_SPELT = re.compile(rf"(?<=\w)[\s:–—-]+(?P<count>{'|'.join(_SPELT)})\s*{_UNIT}", re.IGNORECASE)
_PLACES_AHEAD = re.compile(r"(\d{1,9})\s+([^\W\d]\w*)")
"""In front of one word: "5 термосов" are so many; "1 сентября плакаты" are not."""
_NO_COUNT = re.compile(rf"(?:^|\s)(?:[-−+]\d+|\d+(?:[.,/–-]\d+)+)\s*{_UNIT}", re.IGNORECASE)
"""What stands where the number of places should, and is none: "чай -2", "чай 2-3"."""
_DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс"), ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = {name: number for names in _DAYS for number, name in enumerate(names)}
_DAY = "|".join(_DAY_NAMES)
_WEEKDAYS = re.compile(
    rf"(?<!\w)(?P<first>{_DAY})\.?"
    rf"(?:\s*(?P<to>[-–—])\s*(?P<last>{_DAY})\.?|(?P<more>(?:\s*,\s*(?:{_DAY})\b\.?)*))(?!\w)",
    re.IGNORECASE,
)

_ENDINGS = frozenset(
    {"", "а", "у", "ом", "ам", "е", "ы", "ой", "ою", "ым", "ых", "ыми", "ами", "ах", "я", "ю", "ем", "и", "ей", "ею", "ям",
     "ями", "ях", "ь", "й", "ий", "ый", "ого", "его", "ому", "ему", "им", "их", "ими", "ую", "юю", "ое", "ые", "ие", "ия",
     "ии", "ию", "ией", "ью", "ов", "ев", "о", "s", "es"}
)  # fmt: skip
_STEM = 2  # letters that a word keeps in all its cases: "чай", "чая"
_CHANGED = 3  # letters of an ending

_WITH = frozenset({"с", "со", "with"})
_FOR = frozenset({"на", "for", "against"})
AGREES = frozenset({"✅", "✔", "☑", "👍", "👌", "🆗"})
REFUSES = frozenset({"❌", "✖", "👎", "🚫", "❎"})


@dataclass(frozen=True, slots=True)
class WrittenRole:
    """A role as the teacher typed it. `places`: None where no number stands there."""

    title: str
    places: int | None
    clock: int | None = None
    needs: str = ""
    weight: int = 1


@dataclass(frozen=True, slots=True)
class WrittenSwap:
    """`who`: words that begin with the other family's name; `own`, `their`: duties, empty where they are not named."""

    who: tuple[str, ...]
    own: str
    their: str


def fold(text: str) -> str:
    """What counts in a text: not its case, the dots of ё, doubled blanks and the marks at its end."""
    return " ".join(text.casefold().replace("ё", "е").replace("’", "'").split()).strip(' .!?,;:…)("«»')


def bare_key(key: str) -> str:
    """A reaction without the marks that choose its colour or picture."""
    return "".join(letter for letter in key if letter not in "\ufe0f\ufe0e" and not 0x1F3FB <= ord(letter) <= 0x1F3FF).strip()


def split_heading(text: str) -> tuple[str, str]:
    """Reads "Субботник в 10:00: окна 3" → ("Субботник в 10:00", "окна 3"); the first is empty where there is none."""
    found = _HEADING.fullmatch(text.strip())
    return (found["head"].strip(), found["role"]) if found else ("", text)


def split_number(text: str) -> tuple[int | None, str, bool]:
    """Reads "№12 чай 2" → (12, "чай 2", True); the number of "12 чай 2" is not marked as one."""
    found = _NUMBER.match(text)
    if found is None:
        return None, text.strip(), False
    return int(found["marked"] or found["bare"]), text[found.end() :].strip(), bool(found["marked"])


def read_role(text: str) -> WrittenRole:
    """Reads "машина 3 (нужна машина) в 9:30, вес 2".

    Raises:
        InvalidArgument: there is no title, or a number that cannot be. Values: `text`.
    """
    rest, needs, weight, clock = text, "", 1, None
    if found := _NEEDS.search(rest):
        needs = bare_needs(found[1])
        rest = rest[: found.start()] + " " + rest[found.end() :]
    if found := _WEIGHT.search(rest):
        weight = int(found[1])
        rest = rest[: found.start()] + " " + rest[found.end() :]
    if found := _CLOCK.search(rest):
        clock = int(found[1]) * 60 + int(found[2])
        if not (int(found[1]) < 24 and int(found[2]) < 60):
            raise InvalidArgument("duties-wrong-clock", text=found[0].strip())
        rest = rest[: found.start()] + " " + rest[found.end() :]
    rest = rest.strip(" \t,;.")
    places, rest = _take_places(rest)
    title = " ".join(rest.split()).strip(" -–—:,")
    if not any(letter.isalpha() for letter in title) or text.rstrip().endswith(":"):
        raise InvalidArgument("duties-no-title", text=text)
    if len(title) > MAX_TITLE:
        raise InvalidArgument("duties-title-too-long", text=title[:MAX_TITLE], most=MAX_TITLE)
    if places is not None and not 0 < places <= MAX_PLACES:
        raise InvalidArgument("duties-wrong-places", text=shortened(text), most=MAX_PLACES)
    if not 0 < weight <= MAX_WEIGHT:
        raise InvalidArgument("duties-wrong-weight", text=title, most=MAX_WEIGHT)
    return WrittenRole(title, places, clock, needs, weight)


def _take_places(text: str) -> tuple[int | None, str]:
    """The number of places at the end of a text, or in front of its one word, and the text without it.

    Raises:
        InvalidArgument: a number stands there that is none of places.
    """
    if (found := _NO_COUNT.search(text)) and text[: found.start()].strip():
        raise InvalidArgument("duties-wrong-places", text=shortened(text), most=MAX_PLACES)
    if (found := _PLACES.search(text)) and text[: found.start()].strip():
        return int(found[1]), text[: found.start()]
    if found := _PLACES_SPELT.search(text):
        return _SPELT[found["count"].casefold()], text[: found.start()]
    if found := _PLACES_AHEAD.fullmatch(text):
        return int(found[1]), found[2]
    return None, text


def shortened(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= MAX_TITLE else said[:MAX_TITLE] + "…"


def bare_needs(text: str) -> str:
    """What is needed, without saying that it is: "нужна машина" → "машина"."""
    return _NEED_WORD.sub("", text.strip())


def take_weekdays(text: str) -> tuple[frozenset[int] | None, str]:
    """The weekdays of "по классу пн–пт" (Monday is 0), and the text without them; None where there are none."""
    found = _WEEKDAYS.search(text)
    if found is None:
        return None, text
    first = _DAY_NAMES[found["first"].casefold()]
    if found["to"]:
        last = _DAY_NAMES[found["last"].casefold()]
        days = frozenset(range(first, last + 1)) or frozenset({first, last})
    else:
        more = re.findall(_DAY, found["more"] or "", re.IGNORECASE)
        days = frozenset({first, *(_DAY_NAMES[name.casefold()] for name in more)})
    return days, " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()).strip(" ,")


def alike(one: str, other: str) -> bool:
    """Whether two folded words are forms of one word."""
    if one == other:
        return True
    common = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    least = max(_STEM, max(len(one), len(other)) - _CHANGED)
    return any(one[stem:] in _ENDINGS and other[stem:] in _ENDINGS for stem in range(least, common + 1))


def names(said: str, title: str) -> bool:
    """Whether words mean something of this title: each of them is one of its words in some form."""
    own = re.findall(r"\w+", fold(title))
    asked = re.findall(r"\w+", fold(said))
    return bool(asked) and all(any(alike(word, each) for each in own) for word in asked)


def read_swap(text: str) -> WrittenSwap | None:
    """Reads "с Черновыми чай на фото", "чай с Черновыми на фото", "чай на фото с Черновыми"; None where nobody is named.

    What stands behind the name may belong to it ("Марком Черновым"), so it is given as words.
    """
    words = text.split()
    folded = [fold(word) for word in words]
    with_at = next((n for n, word in enumerate(folded) if word in _WITH and n + 1 < len(words)), None)
    if with_at is None:
        return None
    for_at = [n for n, word in enumerate(folded) if word in _FOR]
    before = next((n for n in for_at if n < with_at), None)
    behind = next((n for n in for_at if n > with_at), None)
    who = words[with_at + 1 : behind]
    if not who:
        return None
    own = " ".join(words[: with_at if before is None else before])
    their = " ".join(words[before + 1 : with_at]) if before is not None else ""
    if behind is not None and not their:
        their = " ".join(words[behind + 1 :])
    return WrittenSwap(tuple(who), own, their)


def needs_of(text: str) -> Sequence[str]:
    """The single things of "машина, термос"."""
    return [need for need in (fold(part) for part in re.split(r"[,;/]|\sи\s|\sand\s", text)) if need]
