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
    BARE_NUMBER,
    BESIDE_A_NAME,
    ELSEWHERE,
    EVERYBODY,
    FAMILY,
    FILLERS,
    GONE,
    ILL,
    INFINITIVE,
    LENGTH,
    MAYBE,
    NOBODY_OF_OURS,
    NOT_ILL,
    NOT_INFINITIVES,
    NOT_RECOVERED,
    OPENS,
    OURS,
    PARTLY,
    POSSESSION,
    QUESTION,
    REASONS,
    RECOVERED,
    RETURNS,
    SALUTATION,
    SCHOOL,
    SINCE_WEEKDAY,
    SOFT,
    SOMEBODY_ELSE,
    TASKS,
    TOO,
    UNCLEAR,
    WAS_ILL,
    WEAK,
)

ReadDays = Callable[[str], tuple[date, date] | None]
"""The first and last day that a text means; None if it means none."""

LONGEST = 300  # characters; whoever writes more tells something
_WINDOW = 8  # words of a stretch of days
_FAR = timedelta(days=62)  # whoever means a day further ahead is asked
_MORNING = 12  # "до 12" may be an hour

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


@dataclass(frozen=True, slots=True)
class _Heard:
    """A sentence, folded, and what it says of whom. `clean`: without illnesses that it denies or that are over."""

    said: str
    clean: str
    names: Sequence[str]
    pupils: tuple[int, ...]
    everybody: bool
    read_days: ReadDays
    today: date

    @property
    def ill(self) -> bool:
        return ILL.search(self.clean) is not None

    @property
    def surely_ill(self) -> bool:
        return ILL.search(SOFT.sub(" ", self.clean)) is not None

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
        return OURS.search(self.said) is not None or bool(EVERYBODY.intersection(_words(self.said))) or self.named

    @property
    def named(self) -> bool:
        return _is_named(self.said, self.names)


def _hear(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> _Heard | None:
    """None where it is a question, somebody else's illness or too long."""
    said = SALUTATION.sub(" ", _folded(body))
    if not 0 < len(said) <= LONGEST or QUESTION.search(said) or NOBODY_OF_OURS.search(said):
        return None
    said = " ".join(BARE_NUMBER.sub(r"\g<word> \g<day> числа", said).split())
    clean = said
    for pattern in (GONE, NOT_ILL):
        clean = pattern.sub(lambda found: " " * len(found.group()), clean)
    pupils, everybody = _who(said, names)
    return _Heard(said, clean, names, pupils, everybody, read_days, today)


def read_absence(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> SaidAbsence | None:
    """What a family's message says about absence; None if it is something else.

    Args:
        names: of the family's pupils, given name first.
    """
    heard = _hear(body, names, read_days, today)
    if heard is None or not _concerns(heard):
        return None
    if _is_over(heard) and not heard.away:
        return _back(heard)
    found = _away(heard)
    if found is None or found.plain or heard.ill or heard.was or not WEAK.search(heard.said):
        return found
    return found if _may_be_school(heard) else None


def _concerns(heard: _Heard) -> bool:
    """Whether a sentence is about an absence of the family's own pupils at all."""
    if TASKS.search(heard.said) and not heard.surely_ill and not heard.away:
        return False
    if SOMEBODY_ELSE.intersection(_words(heard.said)) and not heard.named:
        return False
    return _is_over(heard) or heard.ill or heard.was or (heard.away and not heard.elsewhere)


def _is_over(heard: _Heard) -> bool:
    if heard.ill or NOT_RECOVERED.search(heard.said):
        return RECOVERED.search(heard.said) is not None and not NOT_RECOVERED.search(heard.said)
    return RECOVERED.search(heard.said) is not None or GONE.search(heard.said) is not None


def _may_be_school(heard: _Heard) -> bool:
    """Whether who "не придет" or "не будет" may be a pupil, in a sentence of which not every word is understood."""
    infinitives = [found.group() for found in INFINITIVE.finditer(WEAK.sub(" ", heard.said))]
    does = any(word not in NOT_INFINITIVES and word not in FILLERS for word in infinitives)
    strange = bool(_strange(heard, _days_in(heard.said, heard.read_days)[1]))
    has = POSSESSION.search(heard.said) is not None
    return not does and not has and (heard.ours or not strange)


def read_return(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> SaidAbsence | None:
    """The same for a family with somebody away, of whom "завтра придём" says enough."""
    heard = _hear(body, names, read_days, today)
    if heard is None or heard.away or heard.ill or not RETURNS.search(heard.said):
        return None
    found = _back(heard)
    return found if found.first is not None and found.plain else None


def read_name(body: str, names: Sequence[str]) -> tuple[tuple[int, ...], bool] | None:
    """Whom a message names that says nothing else ("Семён", "Таисия тоже", "и Таисия", "оба"), and whether it joins them to
    what was said before; None if it says more.
    """
    words = _words(_folded(body).strip(" .!"))
    pupils, everybody = _who(" ".join(words), names)
    known = [part for name in names for part in _folded(name).split()]
    other = [
        word
        for word in words
        if word not in TOO | BESIDE_A_NAME | EVERYBODY and not any(_is_name(word, part) for part in known)
    ]
    if other or not (pupils or everybody) or not words:
        return None
    joins = everybody or bool(TOO.intersection(words)) or words[0] in ("и", "and", "еще")
    return (tuple(range(len(names))) if everybody else pupils), joins


def names_school(body: str) -> bool:
    """Whether a sentence says that it is school where somebody will not be, or why: else it may be of an outing as well."""
    said = _folded(body)
    return any(pattern.search(said) for pattern in (SCHOOL, ILL, FAMILY))


def _away(heard: _Heard) -> SaidAbsence | None:
    said = heard.said
    only_past = heard.was and not heard.ill and not heard.away
    returns = RETURNS.search(AWAY.sub(lambda found: " " * len(found.group()), said))
    before, behind = _apart(said, returns) if returns else (said, "")
    days, left, vague = _stretch(before, heard)
    return_day, behind_left = _return_day(behind, heard.read_days, heard.today)
    if returns and return_day is None:  # "завтра не придем, вернется Анна": no day of return
        days, left, vague = _stretch(said, heard)
        behind_left = []
    if only_past and (days is None or days[0] > heard.today):
        return None
    first, last = days or (None, None)
    bounded = days is not None and (days[0] != days[1] or _says_until(before))
    if return_day is not None:
        first = first or min(heard.today, return_day - timedelta(days=1))
        if first >= return_day:
            return None
        last, bounded = return_day - timedelta(days=1), True
    plain = not (vague or only_past or UNCLEAR.search(said) or heard.elsewhere) and _is_plain(heard, [*left, *behind_left])
    if first is None:
        plain = plain and heard.ill and (heard.surely_ill or heard.away)
    elif first > heard.today + _FAR:
        plain = False
    return SaidAbsence(Kind.AWAY, first, last, bounded, _reason(heard), heard.pupils, heard.everybody, plain)


def _stretch(said: str, heard: _Heard) -> tuple[tuple[date, date] | None, list[str], bool]:
    """The days that are said, the words that are no part of them, and whether they are not quite clear."""
    words, length = _without_length(_words(said), heard)
    days, left = _days_in(" ".join(words), heard.read_days)
    number = BARE_DAY.search(said)
    vague = number is not None and not heard.ill and int(number["day"]) <= _MORNING
    since = SINCE_WEEKDAY.search(said)
    if days is not None and since is not None and not (heard.ill or heard.was) and days[1] == heard.today:
        coming = heard.read_days(since["day"])  # who leaves "с понедельника" leaves on the coming one
        days = coming or days
        vague = length is None or days[0] == heard.today
    if length is None:
        return days, left, vague
    if days is None:
        return (heard.today, heard.today + length), left, vague
    return (days[0], max(days[1], days[0] + length)), left, vague


def _without_length(words: list[str], heard: _Heard) -> tuple[list[str], timedelta | None]:
    """A sentence's words without those that say how long it takes ("на неделю"), and that."""
    for start in range(len(words)):
        for end in (start + 3, start + 2):
            run = " ".join(words[start:end])
            days = heard.read_days(run) if LENGTH.match(run) else None
            if days is not None and days[0] == heard.today:
                return [*words[:start], *words[end:]], days[1] - days[0]
    return words, None


def _reason(heard: _Heard) -> Reason:
    if FAMILY.search(heard.said):
        return Reason.FAMILY
    return Reason.ILL if heard.ill or heard.was else Reason.OTHER


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


def _back(heard: _Heard) -> SaidAbsence:
    """Of whom only the temperature or the sick leave is said to be over is asked, where no day is said."""
    day, left = _return_day(heard.said, heard.read_days, heard.today)
    surely = day is not None or RECOVERED.search(GONE.sub(" ", heard.said)) is not None
    plain = surely and not heard.elsewhere and _is_plain(heard, left)
    return SaidAbsence(Kind.BACK, day, day, True, Reason.OTHER, heard.pupils, heard.everybody, plain)


_NO_DAYS = ("и", "and", "на", "в")
_FOR = frozenset({"на", "for"})  # "23 ноября", and something more: "на неделю"
_CLAUSE = re.compile(r"[,;:—–]\s*|\.\s+|\s(?:а|но|and|but)\s")
_UNTIL = re.compile(r"\b(?:до|по|until|till|through)\b")
_TODAY = re.compile(r"сегодня|today|\d")
BARE_DAY = re.compile(r"\b(?:до|по|until|till) (?P<day>\d{1,2}) числа\b")
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
            if (run[0] in _NO_DAYS and length == 1) or run[-1] in OPENS or _FOR.intersection(run[1:]):
                continue
            days = read_days(" ".join(run).strip("."))
            if days is not None:
                return days, [*words[:start], *words[start + length :]]
    return None, words


def _is_plain(heard: _Heard, left: Sequence[str]) -> bool:
    """Whether every word is understood, and nothing is only possible."""
    words = _words(heard.said)
    if MAYBE.intersection(words) or SOMEBODY_ELSE.intersection(words):
        return False
    return not _strange(heard, left)


def _strange(heard: _Heard, left: Sequence[str]) -> list[str]:
    """Words that are not understood."""
    rest = " ".join(left)
    for pattern in (GONE, RECOVERED, NOT_ILL, WAS_ILL, AWAY, ILL, FAMILY, RETURNS):
        rest = pattern.sub(" ", rest)
    known = [part for name in heard.names for part in _folded(name).split()]
    return [
        word
        for word in _words(rest)
        if word not in FILLERS
        and word not in REASONS
        and word not in EVERYBODY
        and any(each.isalnum() for each in word)
        and not any(_is_name(word, part) for part in known)
    ]


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
