"""A sentence as it is heard: folded, and what it says of whom. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from classroom_matrix.domain.declension import is_declined
from classroom_matrix.domain.short_names import is_short_for
from classroom_matrix.domain.transliteration import is_same_word

from .words import (
    AWAY,
    BARE_NUMBER,
    BOTH_DAYS,
    DAYS_OF_A_DAY,
    ELSEWHERE,
    EVERYBODY,
    FAMILY,
    FILLERS,
    GONE,
    ILL,
    LAST_SCHOOL_DAY,
    LENGTH_AT_HOME,
    MAYBE,
    NOBODY_OF_OURS,
    NOT_HERE,
    NOT_HERE_ALONE,
    NOT_ILL,
    OURS,
    PARTLY,
    QUESTION,
    REASONS,
    RECOVERED,
    RETURNS,
    SALUTATION,
    SOFT,
    SOMEBODY_ELSE,
    TWO_DAYS,
    UNTIL_WEEKEND,
    WAS_ILL,
    WITH_LENGTH,
    WITH_NUMBER,
)

ReadDays = Callable[[str], tuple[date, date] | None]
"""The first and last day that a text means; None if it means none."""

LONGEST = 300  # characters; whoever writes more tells something
_WORD = re.compile(r"[^\s,;:!()]+")
_LINE = re.compile(r"\s*\n\s*")


@dataclass(frozen=True, slots=True)
class Heard:
    """A sentence, folded, and what it says of whom. `clean`: without illnesses that it denies or that are over; `doubtful`: it
    said more, which is not understood.
    """

    said: str
    clean: str
    names: Sequence[str]
    pupils: tuple[int, ...]
    everybody: bool
    read_days: ReadDays
    today: date
    doubtful: bool = False

    @property
    def ill(self) -> bool:
        return ILL.search(WAS_ILL.sub(" ", self.clean)) is not None

    @property
    def surely_ill(self) -> bool:
        return ILL.search(SOFT.sub(" ", WAS_ILL.sub(" ", self.clean))) is not None

    @property
    def was(self) -> bool:
        return WAS_ILL.search(self.clean) is not None

    @property
    def away(self) -> bool:
        return AWAY.search(self.said) is not None

    @property
    def elsewhere(self) -> bool:
        return ELSEWHERE.search(FAMILY.sub(" ", self.said)) is not None or PARTLY.search(self.said) is not None

    @property
    def ours(self) -> bool:
        """Whether it is said of the family's own."""
        return OURS.search(self.said) is not None or bool(EVERYBODY.intersection(words_of(self.said))) or self.named

    @property
    def named(self) -> bool:
        return _is_named(self.said, self.names)


def hear(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> Heard | None:
    """None where it is a question, somebody else's illness or too long."""
    said = SALUTATION.sub(" ", folded(_LINE.sub(", ", body.strip())))
    if not 0 < len(said) <= LONGEST or QUESTION.search(said) or NOBODY_OF_OURS.search(said):
        return None
    said = TWO_DAYS.sub(BOTH_DAYS, UNTIL_WEEKEND.sub(LAST_SCHOOL_DAY, said))
    for pattern, as_day in DAYS_OF_A_DAY:
        said = pattern.sub(as_day, said)
    said = " ".join(LENGTH_AT_HOME.sub(WITH_LENGTH, BARE_NUMBER.sub(WITH_NUMBER, said)).split())
    return part_of(Heard(said, said, names, (), False, read_days, today), said)


def part_of(heard: Heard, said: str) -> Heard:
    """A part of a sentence as it is heard alone."""
    clean = said
    for pattern in (GONE, NOT_ILL):
        clean = pattern.sub(lambda found: " " * len(found.group()), clean)
    pupils, everybody = who_is_named(said, heard.names)
    return replace(heard, said=said, clean=clean, pupils=pupils, everybody=everybody)


def who_is_named(said: str, names: Sequence[str]) -> tuple[tuple[int, ...], bool]:
    words = words_of(said)
    if len(names) == 1:
        return (0,), True
    given = [(folded(name).split() or [""])[0] for name in names]
    meant = {place for word in words for place in _places_of(word, given)}
    named = tuple(sorted(meant))
    everybody = bool(EVERYBODY.intersection(words)) or len(named) == len(names)
    return named, everybody


def _places_of(word: str, given: Sequence[str]) -> list[int]:
    """Whose given name a word is: by its full form, else by a short one that is of only one of them ("Саша" may be of two)."""
    full = [place for place, name in enumerate(given) if is_full_name(word, name)]
    short = [place for place, name in enumerate(given) if is_name(word, name)]
    return full or (short if len(short) == 1 else [])


def is_plain(heard: Heard, left: Sequence[str]) -> bool:
    """Whether every word is understood, and nothing is only possible."""
    words = words_of(heard.said)
    if heard.doubtful or MAYBE.intersection(words) or any(SOMEBODY_ELSE.fullmatch(word) for word in words):
        return False
    return not strange_words(heard, left)


def strange_words(heard: Heard, left: Sequence[str]) -> list[str]:
    """Words that are not understood."""
    rest = " ".join(left)
    if NOT_HERE.search(heard.said):
        rest = NOT_HERE_ALONE.sub(" ", rest)
    for pattern in (GONE, RECOVERED, NOT_ILL, WAS_ILL, AWAY, ILL, FAMILY, RETURNS):
        rest = pattern.sub(" ", rest)
    known = [part for name in heard.names for part in folded(name).split()]
    return [
        word
        for word in words_of(rest)
        if word not in FILLERS
        and word not in REASONS
        and word not in EVERYBODY
        and any(each.isalnum() for each in word)
        and not any(is_name(word, part) for part in known)
    ]


def _is_named(said: str, names: Sequence[str]) -> bool:
    return any(is_name(word, part) for word in words_of(said) for name in names for part in folded(name).split()[:1])


def is_name(word: str, name: str) -> bool:
    """Whether a word is a name, or a short form of it: "Ксюша" of Ксения."""
    word = word.strip(".").removesuffix("'s")
    return is_full_name(word, name) or (len(word) > 2 and is_short_for(word, name))


def is_full_name(word: str, name: str) -> bool:
    word = word.strip(".").removesuffix("'s")
    return len(word) > 2 and (word == name or is_declined(word, name) or is_same_word(word, name))


def words_of(said: str) -> list[str]:
    return [word.rstrip(".") or word for word in _WORD.findall(said)]


def folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").replace("’", "'").split())
