"""Sentences about absence: "болеет сегодня", "Tanya is ill until Friday", "выздоровел, завтра придём". Pure.

Only days, the kind of reason and the pupils are taken out of a sentence; its words are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from classroom_matrix.domain.declension import is_declined
from classroom_matrix.domain.transliteration import is_same_word

from .domain import Kind, Reason
from .words import (
    AWAY,
    ELSEWHERE,
    EVERYBODY,
    FAMILY,
    FILLERS,
    ILL,
    MAYBE,
    NOT_ILL,
    RECOVERED,
    RETURNS,
    SOMEBODY_ELSE,
    UNCLEAR,
    WAS_ILL,
)

ReadDays = Callable[[str], tuple[date, date] | None]
"""The first and last day that a text means; None if it means none."""

LONGEST = 300  # characters; whoever writes more tells something
_WINDOW = 8  # words of a stretch of days
_LOOSE = 4  # words that are not understood in a sentence that is plain all the same

_WORD = re.compile(r"[^\s,;:!()]+")


@dataclass(frozen=True, slots=True)
class SaidAbsence:
    """What a sentence says. `pupils`: positions of those who are named, none if nobody is; `everybody`: all of the family.

    `first`, `last`: None where no day is said; of BACK, the day of return. `bounded`: it says until when. `plain`: it can be
    taken as said.
    """

    kind: Kind
    first: date | None
    last: date | None
    bounded: bool
    reason: Reason
    pupils: tuple[int, ...]
    everybody: bool
    plain: bool


def read_absence(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> SaidAbsence | None:
    """What a family's message says about absence; None if it is something else.

    Args:
        names: of the family's pupils, given name first.
    """
    said = _folded(body)
    if not 0 < len(said) <= LONGEST or "?" in said or NOT_ILL.search(said):
        return None
    ill, was = ILL.search(said), WAS_ILL.search(said)
    without = AWAY.sub(lambda found: " " * len(found.group()), said)
    recovered = RECOVERED.search(said)
    returns = RETURNS.search(without)
    away = AWAY.search(said)
    elsewhere = ELSEWHERE.search(FAMILY.sub(" ", said)) is not None
    if recovered is None and not (ill or was or (away and not elsewhere)):
        return None
    pupils, everybody = _who(said, names)
    if SOMEBODY_ELSE.intersection(_words(said)) and not _is_named(said, names):
        return None
    if recovered is not None and away is None:
        return _back(said, names, read_days, today, pupils, everybody=everybody)
    return _away(
        said,
        returns,
        names,
        read_days,
        today,
        pupils,
        everybody=everybody,
        only_past=not (ill or away),
        doubtful=elsewhere or not (ill or was),
    )


def read_return(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> SaidAbsence | None:
    """The same for a family with somebody away, of whom "завтра придём" says enough."""
    said = _folded(body)
    if not 0 < len(said) <= LONGEST or "?" in said or AWAY.search(said) or not RETURNS.search(said):
        return None
    pupils, everybody = _who(said, names)
    found = _back(said, names, read_days, today, pupils, everybody=everybody)
    return found if found.first is not None and found.plain else None


def _away(
    said: str,
    returns: re.Match[str] | None,
    names: Sequence[str],
    read_days: ReadDays,
    today: date,
    pupils: tuple[int, ...],
    *,
    everybody: bool,
    only_past: bool,
    doubtful: bool,
) -> SaidAbsence | None:
    before, behind = _apart(said, returns) if returns else (said, "")
    days, left = _days_in(before, read_days)
    return_day, behind_left = _return_day(behind, read_days, today)
    if returns and return_day is None:  # "завтра не придем, вернется Анна": no day of return
        days, left = _days_in(said, read_days)
        behind_left = []
    if only_past and days is None:
        return None
    first, last = days or (None, None)
    bounded = days is not None and (days[0] != days[1] or _says_until(before))
    if return_day is not None:
        first = first or min(today, return_day - timedelta(days=1))
        if first >= return_day:
            return None
        last, bounded = return_day - timedelta(days=1), True
    plain = _is_plain(said, [*left, *behind_left], names) and not UNCLEAR.search(said)
    plain = plain and not (doubtful and (first is None or ELSEWHERE.search(said)))
    return SaidAbsence(Kind.AWAY, first, last, bounded, _reason(said), pupils, everybody, plain)


def _reason(said: str) -> Reason:
    if FAMILY.search(said):
        return Reason.FAMILY
    return Reason.ILL if ILL.search(said) or WAS_ILL.search(said) else Reason.OTHER


def _apart(said: str, returns: re.Match[str]) -> tuple[str, str]:
    """The part that says who is away, and the one that says when they come back: a clause of its own ("в среду придем"), or
    what stands behind the verb.
    """
    begin = max((found.end() for found in _CLAUSE.finditer(said, 0, returns.start())), default=0)
    ending = _CLAUSE.search(said, returns.end())
    end = ending.start() if ending else len(said)
    if begin == 0:
        return said[: returns.start()], said[returns.end() : end]
    return f"{said[:begin]} {said[end:]}", f"{said[begin : returns.start()]} {said[returns.end() : end]}"


def _back(
    said: str, names: Sequence[str], read_days: ReadDays, today: date, pupils: tuple[int, ...], *, everybody: bool
) -> SaidAbsence:
    day, left = _return_day(said, read_days, today)
    plain = _is_plain(said, left, names)
    return SaidAbsence(Kind.BACK, day, day, bounded=True, reason=Reason.OTHER, pupils=pupils, everybody=everybody, plain=plain)


_NO_DAYS = ("и", "and", "на", "в")
_CLAUSE = re.compile(r"[,;:—–]\s*|\.\s+|\s(?:а|но|and|but)\s")
_UNTIL = re.compile(r"\b(?:до|по|until|till|through)\b")
_TODAY = re.compile(r"сегодня|today|\d")
_FROM = re.compile(r"^(?:с|со|from|since|on)\s+")


def _says_until(said: str) -> bool:
    return _UNTIL.search(FAMILY.sub(" ", said)) is not None


def _return_day(said: str, read_days: ReadDays, today: date) -> tuple[date | None, list[str]]:
    """One day ("в среду", "с понедельника" being the coming Monday), and the words that are no part of it."""

    def read(text: str) -> tuple[date, date] | None:
        found = read_days(_FROM.sub("", text))
        return found if found is not None and found[0] == found[1] else None

    days, left = _days_in(said, read)
    day = days[0] if days else None
    if day == today and not _TODAY.search(said):
        day += timedelta(days=7)
    return day, left


def _days_in(said: str, read_days: ReadDays) -> tuple[tuple[date, date] | None, list[str]]:
    """The longest run of words that means days, and the other words."""
    words = _words(said)
    for length in range(min(_WINDOW, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if run[0] in _NO_DAYS and length == 1:
                continue
            days = read_days(" ".join(run).strip("."))
            if days is not None:
                return days, [*words[:start], *words[start + length :]]
    return None, words


def _is_plain(said: str, left: Sequence[str], names: Sequence[str]) -> bool:
    """Whether nearly every word is understood, and nothing is only possible."""
    if MAYBE.intersection(_words(said)):
        return False
    rest = " ".join(left)
    for pattern in (RECOVERED, WAS_ILL, AWAY, ILL, FAMILY, RETURNS):
        rest = pattern.sub(" ", rest)
    known = [part for name in names for part in _folded(name).split()]
    strange = [
        word
        for word in _words(rest)
        if word not in FILLERS and word not in EVERYBODY and not any(_is_name(word, part) for part in known)
    ]
    return len(strange) <= _LOOSE


def _who(said: str, names: Sequence[str]) -> tuple[tuple[int, ...], bool]:
    words = _words(said)
    if len(names) == 1:
        return (0,), True
    given = [(_folded(name).split() or [""])[0] for name in names]
    named = tuple(place for place, name in enumerate(given) if any(_is_name(word, name) for word in words))
    everybody = bool(EVERYBODY.intersection(words)) or len(named) == len(names)
    return named, everybody


def _is_named(said: str, names: Sequence[str]) -> bool:
    return any(_is_name(word, part) for word in _words(said) for name in names for part in _folded(name).split()[:1])


def _is_name(word: str, name: str) -> bool:
    word = word.strip(".")
    return len(word) > 2 and (word == name or is_declined(word, name) or is_same_word(word, name))


def _words(said: str) -> list[str]:
    return [word.rstrip(".") or word for word in _WORD.findall(said)]


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").replace("’", "'").split())
