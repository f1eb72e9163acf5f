"""Sentences about absence: "болеет сегодня", "Tanya is ill until Friday", "выздоровел, завтра придём". Pure.

Only days, the kind of reason and the pupils are taken out of a sentence; its words are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .clauses import main_part, parts_of_twins
from .domain import Kind, Reason
from .hearing import Heard, ReadDays, folded, hear, is_name, is_plain, part_of, strange_words, who_is_named, words_of
from .stretches import CLAUSE, apart, days_in, later, listed_in, past_days, return_day_in, says_until, stretch_in
from .words import (
    AT_SCHOOL,
    AWAY,
    BESIDE_A_NAME,
    CANNOT,
    EVENING,
    EVERYBODY,
    FAMILY,
    FEELS_BETTER,
    FILLERS,
    GONE,
    ILL,
    IN_COMPANY,
    INFINITIVE,
    IS_ILL,
    IS_WELL,
    JOINING,
    LEAVES,
    MAY_RETURN,
    MAYBE,
    MEANT_AS_DAYS,
    NOT_INFINITIVES,
    NOT_RECOVERED,
    ONLY_ASKED,
    PART_OF_DAY,
    POSSESSION,
    REASONS,
    RECOVERED,
    RETURNS,
    SCHOOL,
    SLIPS,
    SOMEBODY_ELSE,
    TASKS,
    TO_OURS,
    TOO,
    UNCLEAR,
    WEAK,
)

_FAR = timedelta(days=62)  # whoever means a day further ahead is asked
_START = 2  # letters that a short name keeps
_NOT_COMING = " не придет"
_AND = re.compile(r"[,;:—–]\s*|\.\s+|\s(?:а|но|и|and|but)\s")
_LEAVES = re.compile(rf"\b{LEAVES}\b")
_TODAY = re.compile("сегодня|today")
_NEGATED = re.compile(r"\s(?:нет|isn't|is not|not)(?=[\s,.]*$)")


@dataclass(frozen=True, slots=True)
class SaidAbsence:
    """What a sentence says. `pupils`: positions of those who are named, none if nobody is; `everybody`: all of the family.

    `first`, `last`: None where no day is said; of BACK, the day of return. `bounded`: it says until when. `plain`: it can be
    taken as said. `also`: further stretches of days, behind the first; `strays`: it names a later day that is in none.
    """

    kind: Kind
    first: date | None
    last: date | None
    bounded: bool
    reason: Reason
    pupils: tuple[int, ...]
    everybody: bool
    plain: bool
    also: tuple[tuple[date, date], ...] = ()
    strays: bool = False


def read_absence(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> SaidAbsence | None:
    """What a family's message says about absence; None if it is something else, or if it says more than one thing of that.

    Args:
        names: of the family's pupils, given name first.
    """
    found = read_each(body, names, read_days, today)
    away = [said for said in found if said.kind is Kind.AWAY]
    alone = away or found
    return alone[0] if len(alone) == 1 else None


def read_each(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> list[SaidAbsence]:
    """The same; of twins one for each of whom something else is said: "Таисия выздоровела, Семён ещё болеет"."""
    heard = hear(body, names, read_days, today)
    if heard is None:
        return []
    apart_read = _of_twins(heard)
    if apart_read is not None:
        return apart_read
    found = _read(main_part(heard))
    if found is not None and len(found.pupils) > 1 and any(each.search(heard.said) for each in (RECOVERED, IS_WELL, AT_SCHOOL)):
        found = replace(found, plain=found.plain and found.kind is Kind.BACK and not heard.ill)
    return [found] if found is not None else []


def _with_verb(parts: Sequence[str], heard: Heard) -> Sequence[str]:
    """What the last part says is said of all: "Таисия в среду, Семён в четверг не придут"."""
    says = (ILL, AWAY, RETURNS, RECOVERED, IS_WELL, AT_SCHOOL)
    found = WEAK.search(parts[-1]) if parts else None
    if found is None or any(each.search(part) for part in parts[:-1] for each in says):
        return parts
    verb = found.group()
    return [f"{part} {verb}" if days_in(part, heard.read_days)[0] else part for part in parts[:-1]] + [parts[-1]]


def _of_twins(heard: Heard) -> list[SaidAbsence] | None:
    """None where the same is said of all of them, or where it is not clear what is."""
    found: list[SaidAbsence] = []
    present = doubtful = False
    for said in _with_verb(parts_of_twins(heard), heard):
        part = part_of(heard, said)
        read = _read(main_part(part))
        if read is None and _NEGATED.search(said) and present:  # "Семён придет, Таисия нет"
            read, doubtful = _read(main_part(part_of(heard, _NEGATED.sub(_NOT_COMING, said)))), True
        elif read is None and found and not _is_back(part):
            read = _like(found[-1], part)
        if read is None and _is_back(part):
            day, _ = return_day_in(said, heard.read_days, heard.today)
            read = SaidAbsence(Kind.BACK, day, day, True, Reason.OTHER, part.pupils, False, False)
            doubtful = doubtful or (day is not None and day > heard.today)
        if read is not None:
            found.append(read)
        present = present or read is None or read.kind is Kind.BACK
        doubtful = doubtful or (read is None and not (found and _NEGATED.search(said)))
    if not any(each.kind is Kind.AWAY for each in found):
        return None
    same = {(each.kind, each.first, each.last, each.reason) for each in found}
    if len(found) == len(heard.names) and len(same) == 1:
        return None
    return [replace(each, plain=each.plain and not doubtful) for each in found]


def _like(before: SaidAbsence, part: Heard) -> SaidAbsence | None:
    """Only days, of a twin: the same is meant as before ("Таисия болеет до среды, Семён до пятницы")."""
    if before.kind is Kind.BACK or before.reason is not Reason.ILL or _NEGATED.search(part.said):
        return None
    read = _read(main_part(part_of(part, f"{IS_ILL} {part.said}")))
    return read if read is not None and read.plain and read.first is not None else None


def _is_back(heard: Heard) -> bool:
    """Whether it is said that somebody is at school, or will be."""
    said = AWAY.sub(" ", heard.said)
    return not (heard.ill or heard.away) and any(
        each.search(said) for each in (RECOVERED, RETURNS, SCHOOL, MAY_RETURN, IS_WELL)
    )


def _read(heard: Heard) -> SaidAbsence | None:
    if not _concerns(heard):
        return _beside_an_outing(heard)
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
    heard = main_part(heard, of_ours=True)
    return _back(heard) if _is_over(heard) and not heard.away else _away(heard)


def misses_days(text: str, said: SaidAbsence | None) -> bool:
    """Whether days are meant that were not found: behind a command nobody is asked whether it is today."""
    return said is not None and (said.strays or (said.first is None and MEANT_AS_DAYS.search(folded(text)) is not None))


def is_part_of_day(text: str, said: SaidAbsence | None) -> bool:
    """Whether an absence of a part of the day is said behind a command: only whole days are kept."""
    return said is not None and said.kind is Kind.AWAY and PART_OF_DAY.search(folded(text)) is not None


def _beside_an_outing(heard: Heard) -> SaidAbsence | None:
    """A day on which the family is away, in a sentence that is also about something else, so that it is asked: "нас завтра не
    будет, и на каток не придём".
    """
    if not (heard.away and heard.elsewhere):
        return None
    clauses = [*CLAUSE.split(heard.said), *_AND.split(heard.said)]
    for clause in clauses:
        if clause.strip() in ("", heard.said):
            continue
        part = hear(clause, heard.names, heard.read_days, heard.today)
        if part is not None and part.away and part.ours and _concerns(part):
            found = _away(part)
            if found is not None and found.first is not None and not POSSESSION.search(part.said):
                return replace(found, plain=False)
    return None


def read_return(body: str, names: Sequence[str], read_days: ReadDays, today: date) -> SaidAbsence | None:
    """The same for a family with somebody away, of whom "завтра придём" says enough."""
    heard = hear(body, names, read_days, today)
    if heard is None:
        return None
    heard = main_part(heard)
    if heard.away or heard.ill or heard.elsewhere:
        return None
    better = FEELS_BETTER.search(heard.said)
    if better is not None and not (
        better["who"] in TO_OURS or any(is_name(better["who"], part) for name in names for part in folded(name).split()[:1])
    ):
        return None
    heard = heard if better is None else part_of(heard, heard.said.replace(better.group(), " "))
    found = _back(heard)
    returns = any(pattern.search(heard.said) for pattern in (RETURNS, SCHOOL, MAY_RETURN))
    if found.first is None and AT_SCHOOL.search(heard.said):
        found = replace(found, first=today, last=today)
    if found.first is not None and returns:
        known = strange_words(heard, return_day_in(MAY_RETURN.sub(" ", heard.said), read_days, today)[1])
        surely = SCHOOL.search(heard.said) or RETURNS.search(heard.said)
        plain = not known and not heard.doubtful and surely is not None and _is_certain(heard)
        return replace(found, plain=plain) if not known else None
    if better is None or strange_words(heard, [word for word in words_of(heard.said) if not _TODAY.fullmatch(word)]):
        return None
    return replace(found, first=None, last=None, plain=False) if found.first in (None, today) else None


def _is_certain(heard: Heard) -> bool:
    return not MAYBE.intersection(words_of(heard.said))


def read_until(body: str, read_days: ReadDays, today: date) -> tuple[date, bool] | None:
    """The last day of an absence, and whether it is clear, in a message that says nothing else: "ой, до четверга"."""
    heard = hear(body, [""], read_days, today)
    if heard is None or not says_until(heard.said):
        return None
    days, left, vague = stretch_in(heard.said, heard)
    if days is None or days[1] < today or any(word not in FILLERS | SLIPS | EVERYBODY | REASONS for word in left):
        return None
    return days[1], not (vague or heard.doubtful or REASONS.intersection(left))


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
    others = [word for word in words_of(IN_COMPANY.sub(" ", heard.said)) if SOMEBODY_ELSE.fullmatch(word)]
    if others and not heard.named:
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
    listed = listed_in(heard.said, heard.read_days) or days_in(heard.said, heard.read_days)
    strange = strange_words(heard, listed[1])
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
    days, left, vague, listed = _days_said(before, heard, only_past=only_past)
    return_day, behind_left = return_day_in(behind, heard.read_days, heard.today)
    if returns and return_day is None:  # "завтра не придем, вернется Анна": no day of return
        days, left, vague, listed = _days_said(said, heard, only_past=only_past)
        behind_left = []
    if only_past:
        days = past_days(heard, days)
        if days is None:
            return None
    first, last = days or (None, None)
    bounded = days is not None and (days[0] != days[1] or says_until(before))
    if listed:
        bounded = False
    elif return_day is not None:
        first = first or min(heard.today, return_day - timedelta(days=1))
        return_day = later(return_day, first, behind)
        if first >= return_day:
            return None
        last, bounded = return_day - timedelta(days=1), True
    plain = not (vague or only_past or UNCLEAR.search(said) or heard.elsewhere) and is_plain(heard, [*left, *behind_left])
    plain = plain and (heard.ill or not ONLY_ASKED.search(said)) and (heard.surely_ill or not _leaves_late(said))
    if heard.ill and not (heard.surely_ill or heard.away):
        plain = False  # whoever has a headache may be at school
    also = tuple(listed[1:])
    latest = also[-1][0] if also else first
    if first is None or latest is None:
        plain = plain and heard.ill
    elif latest > heard.today + _FAR or (last is not None and last < heard.today):
        plain = False
    strays = last is not None and _has_later_day(left, also[-1][1] if also else last, heard)
    reason = _reason(heard)
    return SaidAbsence(Kind.AWAY, first, last, bounded, reason, heard.pupils, heard.everybody, plain, also, strays)


def _has_later_day(left: Sequence[str], last: date, heard: Heard) -> bool:
    days, _ = days_in(" ".join(left), heard.read_days)
    return days is not None and days[0] > last


def _days_said(
    said: str, heard: Heard, *, only_past: bool
) -> tuple[tuple[date, date] | None, list[str], bool, list[tuple[date, date]]]:
    """Like `stretch_in`, the first stretch of a list of days, and the list."""
    listed = listed_in(said, heard.read_days) if not only_past else None
    if listed is None:
        return *stretch_in(said, heard), []
    return listed[0][0], listed[1], False, listed[0]


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
