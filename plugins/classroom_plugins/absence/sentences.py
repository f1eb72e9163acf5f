"""Sentences about absence: "болеет сегодня", "Tanya is ill until Friday", "выздоровел, завтра придём". Pure.

Only days, the kind of reason and the pupils are taken out of a sentence; its words are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .domain import Kind, Reason
from .hearing import Heard, ReadDays, folded, hear, is_name, is_plain, strange_words, who_is_named, words_of
from .stretches import apart, days_in, past_days, return_day_in, says_until, stretch_in
from .words import (
    AWAY,
    BESIDE_A_NAME,
    CANNOT,
    EVENING,
    EVERYBODY,
    FAMILY,
    FILLERS,
    GONE,
    ILL,
    INFINITIVE,
    JOINING,
    LEAVES,
    MEANT_AS_DAYS,
    NOT_INFINITIVES,
    NOT_RECOVERED,
    ONLY_ASKED,
    POSSESSION,
    RECOVERED,
    RETURNS,
    SCHOOL,
    SOMEBODY_ELSE,
    TASKS,
    TOO,
    UNCLEAR,
    WEAK,
)

_FAR = timedelta(days=62)  # whoever means a day further ahead is asked
_START = 2  # letters that a short name keeps
_LEAVES = re.compile(rf"\b{LEAVES}\b")


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
    heard = hear(body, names, read_days, today)
    if heard is None or not _concerns(heard):
        return None
    if _is_over(heard) and not heard.away:
        return _back(heard)
    found = _away(heard)
    if found is not None and found.first is None and not heard.ill and CANNOT.search(heard.said):
        return None
    if found is None or found.plain or heard.ill or heard.was or not WEAK.search(heard.said):
        return found
    return found if _may_be_school(heard) else None


def read_behind_command(text: str, name: str, read_days: ReadDays, today: date) -> SaidAbsence | None:
    """The same for what staff write of a pupil behind a command, which says already what it is about."""
    heard = hear(text, [name], read_days, today)
    if heard is None:
        return None
    return _back(heard) if _is_over(heard) and not heard.away else _away(heard)


def misses_days(text: str, said: SaidAbsence | None) -> bool:
    """Whether days are meant that were not found: behind a command nobody is asked whether it is today."""
    return said is not None and said.first is None and MEANT_AS_DAYS.search(folded(text)) is not None


def read_return(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> SaidAbsence | None:
    """The same for a family with somebody away, of whom "завтра придём" says enough."""
    heard = hear(body, names, read_days, today)
    if heard is None or heard.away or heard.ill or not RETURNS.search(heard.said):
        return None
    found = _back(heard)
    return found if found.first is not None and found.plain else None


def read_name(body: str, names: Sequence[str]) -> tuple[tuple[int, ...], bool] | None:
    """Whom a message names that says nothing else ("Семён", "Таисия тоже", "и Таисия", "оба"), and whether it joins them to
    what was said before; None if it says more.
    """
    words = words_of(folded(body).strip(" .!"))
    pupils, everybody = who_is_named(" ".join(words), names)
    known = [part for name in names for part in folded(name).split()]
    other = [
        word for word in words if word not in TOO | BESIDE_A_NAME | EVERYBODY and not any(is_name(word, part) for part in known)
    ]
    if other or not (pupils or everybody) or not words:
        return None
    joins = everybody or bool(TOO.intersection(words)) or words[0] in JOINING
    return (tuple(range(len(names))) if everybody else pupils), joins


def names_school(body: str) -> bool:
    """Whether a sentence says that it is school where somebody will not be, or why: else it may be of an outing as well."""
    said = folded(body)
    return any(pattern.search(said) for pattern in (SCHOOL, ILL, FAMILY))


def _concerns(heard: Heard) -> bool:
    """Whether a sentence is about an absence of the family's own pupils at all."""
    if TASKS.search(heard.said) and not heard.surely_ill and not heard.away:
        return False
    if SOMEBODY_ELSE.intersection(words_of(heard.said)) and not heard.named:
        return False
    return _is_over(heard) or heard.ill or heard.was or (heard.away and not heard.elsewhere)


def _is_over(heard: Heard) -> bool:
    if heard.ill or NOT_RECOVERED.search(heard.said):
        return RECOVERED.search(heard.said) is not None and not NOT_RECOVERED.search(heard.said)
    return RECOVERED.search(heard.said) is not None or GONE.search(heard.said) is not None


def _may_be_school(heard: Heard) -> bool:
    """Whether who "не придет" or "не будет" may be a pupil, in a sentence of which not every word is understood."""
    infinitives = [found.group() for found in INFINITIVE.finditer(WEAK.sub(" ", heard.said))]
    does = any(word not in NOT_INFINITIVES and word not in FILLERS for word in infinitives)
    strange = strange_words(heard, days_in(heard.said, heard.read_days)[1])
    has = POSSESSION.search(heard.said) is not None
    return not does and not has and (heard.ours or not strange or _may_be_name(strange, heard.names))


def _may_be_name(strange: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the only word that is not understood may be a pupil's short name: "Ксюши" of Ксения."""
    return len(strange) == 1 and any(strange[0][:_START] == folded(name)[:_START] for name in names)


def _away(heard: Heard) -> SaidAbsence | None:
    said = heard.said
    only_past = heard.was and not heard.ill and not heard.away
    returns = RETURNS.search(AWAY.sub(lambda found: " " * len(found.group()), said))
    before, behind = apart(said, returns) if returns else (said, "")
    days, left, vague = stretch_in(before, heard)
    return_day, behind_left = return_day_in(behind, heard.read_days, heard.today)
    if returns and return_day is None:  # "завтра не придем, вернется Анна": no day of return
        days, left, vague = stretch_in(said, heard)
        behind_left = []
    if only_past:
        days = past_days(heard, days)
        if days is None:
            return None
    first, last = days or (None, None)
    bounded = days is not None and (days[0] != days[1] or says_until(before))
    if return_day is not None:
        first = first or min(heard.today, return_day - timedelta(days=1))
        if first >= return_day:
            return None
        last, bounded = return_day - timedelta(days=1), True
    plain = not (vague or only_past or UNCLEAR.search(said) or heard.elsewhere) and is_plain(heard, [*left, *behind_left])
    plain = plain and (heard.ill or not ONLY_ASKED.search(said)) and (heard.surely_ill or not _leaves_late(said))
    if heard.ill and not (heard.surely_ill or heard.away):
        plain = False  # whoever has a headache may be at school
    if first is None:
        plain = plain and heard.ill
    elif first > heard.today + _FAR or (last is not None and last < heard.today):
        plain = False
    return SaidAbsence(Kind.AWAY, first, last, bounded, _reason(heard), heard.pupils, heard.everybody, plain)


def _leaves_late(said: str) -> bool:
    return EVENING.search(said) is not None and _LEAVES.search(said) is not None


def _reason(heard: Heard) -> Reason:
    if FAMILY.search(heard.said):
        return Reason.FAMILY
    return Reason.ILL if heard.ill or heard.was else Reason.OTHER


def _back(heard: Heard) -> SaidAbsence:
    """Of whom only the temperature or the sick leave is said to be over is asked, where no day is said."""
    day, left = return_day_in(heard.said, heard.read_days, heard.today)
    comes = day is not None and any(pattern.search(heard.said) for pattern in (RETURNS, SCHOOL))
    surely = comes or RECOVERED.search(GONE.sub(" ", heard.said)) is not None
    plain = surely and not heard.elsewhere and is_plain(heard, left)
    return SaidAbsence(Kind.BACK, day, day, True, Reason.OTHER, heard.pupils, heard.everybody, plain)
