"""The clauses of a sentence: which of them say who is away, and which are of somebody else or of another day. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from .asides import ASIDES, BEGAN, BEGAN_ON, COMES_OF_A_DOCTOR, MEDICAL, TO_SCHOOL, WILL_BE, YESTERDAY
from .hearing import Heard, folded, is_name, part_of, who_is_named, words_of
from .stretches import days_in, says_until
from .words import (
    AWAY,
    EVERYBODY,
    FAMILY,
    FILLERS,
    GONE,
    ILL,
    IN_COMPANY,
    OF_OURS,
    OURS,
    REASONS,
    RECOVERED,
    RETURNS,
    SOMEBODY_ELSE,
    TOO,
    WAS_ILL,
)

_BREAK = re.compile(r"\s*(?:[,;!()]|:(?!\d)|[—–](?!\d))+\s*|\.+(?:\s+|$)|\s+(?:а|но|и|зато|and|but|while)\s+")
_WILL_COME = "придет"
_WILL_COME_TO_SCHOOL = "придет в школу"
_JOINS = frozenset({"и", "and"})
_SAYS = (ILL, WAS_ILL, AWAY, FAMILY, RETURNS, GONE, RECOVERED)
_AWAY = (ILL, WAS_ILL, AWAY)


@dataclass(frozen=True, slots=True)
class _Clause:
    """`gap`: what stands between it and the one before."""

    gap: str
    text: str

    def says(self, *patterns: re.Pattern[str]) -> bool:
        return any(pattern.search(self.text) for pattern in patterns)


def main_part(heard: Heard, *, of_ours: bool = False) -> Heard:
    """A sentence without what is said of somebody else, of the illness' beginning, and of days that are not the absence's: of a
    doctor, a certificate, or of seeing. Where such a clause is not understood, the rest is `doubtful`.

    Args:
        of_ours: it is known that all of it is said of a pupil of the family.
    """
    clauses = [part for clause in _clauses(heard.said) for part in _run_on(clause, heard)]
    kept = [clause for clause in clauses if of_ours or not _is_of_somebody_else(clause, heard)]
    if not any(clause.says(*_SAYS) for clause in kept) and any(clause.gap.strip() in _JOINS for clause in clauses):
        kept = clauses  # "Ксения и брат болеют"
    doubtful = len(kept) < len(clauses)
    kept = [_as_return(clause, heard) for clause in kept]
    kept = [_without_beginning(place, heard, kept) for place in range(len(kept))]
    asides = [clause for clause in kept if _has_another_day(clause, heard)]
    if asides and _have_their_day([clause for clause in kept if clause not in asides], heard):
        doubtful = doubtful or not all(_is_understood(clause, heard) for clause in asides)
        doubtful = doubtful or any(_may_share_its_day(clause, kept, heard) for clause in asides)
        kept = [clause for clause in kept if clause not in asides or says_until(clause.text)]
    said = _sentence(kept)
    if said == heard.said and not doubtful:
        return heard
    return replace(part_of(heard, said), pupils=heard.pupils, everybody=heard.everybody, doubtful=heard.doubtful or doubtful)


def parts_of_twins(heard: Heard) -> list[str]:
    """One part for each pupil of whom something else is said ("Таисия болеет", "Семён в школе"); empty where it is the same, or
    where it cannot be told apart.
    """
    if len(heard.names) < 2 or TOO.intersection(words_of(heard.said)) or EVERYBODY.intersection(words_of(heard.said)):
        return []
    parts: list[tuple[tuple[int, ...], list[_Clause]]] = []
    before: list[_Clause] = []
    for clause in _with_names_joined(_between_names(_clauses(heard.said), heard.names), heard.names):
        named, everybody = who_is_named(clause.text, heard.names)
        if everybody:
            return []
        if named:
            parts.append((named, [*before, clause]))
            before = []
        elif not parts:
            before.append(clause)
        elif len(parts) > 1 and clause.says(*_AWAY):
            return []  # "…, будем дома": who will?
        else:
            parts[-1][1].append(clause)
    pupils = [pupil for named, _ in parts for pupil in named]
    if len(parts) < 2 or len(pupils) > len(set(pupils)):
        return []
    return [_sentence(clauses) for _, clauses in parts]


def _clauses(said: str) -> list[_Clause]:
    found: list[_Clause] = []
    gap, begin = "", 0
    for each in _BREAK.finditer(said):
        found.append(_Clause(gap, said[begin : each.start()]))
        gap, begin = each.group(), each.end()
    found.append(_Clause(gap, said[begin:]))
    return [clause for clause in found if clause.text.strip()]


def _sentence(clauses: Sequence[_Clause]) -> str:
    return "".join(f"{clause.gap if place else ''}{clause.text}" for place, clause in enumerate(clauses)).strip()


def _is_of_somebody_else(clause: _Clause, heard: Heard) -> bool:
    """As in "у брата температура", "подруга Ксении заболела"; not in "мама с Ксенией болеют"."""
    words = words_of(IN_COMPANY.sub(" ", clause.text))
    others = [place for place, word in enumerate(words) if SOMEBODY_ELSE.fullmatch(word)]
    if not others:
        return False
    mine = [place for place, word in enumerate(words) if _is_ours(word, heard)]
    return all(_belongs(words, place, others, heard) for place in mine)


def _is_ours(word: str, heard: Heard) -> bool:
    known = any(is_name(word, part) for name in heard.names for part in folded(name).split())
    return known or OURS.fullmatch(word) is not None or word in EVERYBODY


def _belongs(words: Sequence[str], place: int, others: Sequence[int], heard: Heard) -> bool:
    """Whether a name only says whose somebody else is: "подруга Ксении", "Ksenia's brother"."""
    before = place
    while before > 0 and (_is_ours(words[before - 1], heard) or OF_OURS.fullmatch(words[before - 1])):
        before -= 1
    return before - 1 in others or (words[place].endswith("'s") and place + 1 in others)


def _run_on(clause: _Clause, heard: Heard) -> list[_Clause]:
    """Two clauses where nothing parts them: "болеет принесем справку в четверг"."""
    found = ILL.search(clause.text)
    behind = _Clause(" ", clause.text[found.end() :].strip()) if found else None
    if found is None or behind is None or says_until(behind.text) or clause.says(AWAY):
        return [clause]
    if not any(MEDICAL.fullmatch(word) for word in words_of(behind.text)) or not _has_another_day(behind, heard):
        return [clause]
    return [replace(clause, text=clause.text[: found.end()]), behind]


def _as_return(clause: _Clause, heard: Heard) -> _Clause:
    """A bare "завтра будет" is a return, and so is "в четверг в школу"."""
    found = WILL_BE.search(clause.text) or TO_SCHOOL.search(clause.text)
    days, left = days_in(clause.text, heard.read_days)
    if found is None or days is None or clause.says(*_SAYS) or not all(word in FILLERS for word in left):
        return clause
    returns = _WILL_COME_TO_SCHOOL if found.re is TO_SCHOOL else _WILL_COME
    return replace(clause, text=clause.text.replace(found.group(), returns, 1))


def _without_beginning(place: int, heard: Heard, clauses: Sequence[_Clause]) -> _Clause:
    """Who fell ill "вчера" or "в субботу" is away from today on, unless it is said that they were away then."""
    clause = clauses[place]
    text = clause.text
    if clause.says(BEGAN) and not clause.says(AWAY) and not says_until(text):
        text = BEGAN_ON.sub(" ", text)
    still = any(each.says(AWAY) or (each.says(ILL) and not each.says(WAS_ILL)) for each in clauses)
    behind = clauses[place + 1] if place + 1 < len(clauses) else None
    joined = behind is not None and behind.gap.strip() in _JOINS and not behind.says(*_SAYS)  # "болеет вчера и сегодня"
    if still and not (joined and not clause.says(BEGAN)):
        without = YESTERDAY.sub(" ", text)
        if clause.says(ILL, WAS_ILL) or (clause.says(AWAY) and days_in(without, heard.read_days)[0] is not None):
            text = without
    return replace(clause, text=" ".join(text.split())) if text != clause.text else clause


def _has_another_day(clause: _Clause, heard: Heard) -> bool:
    """Whether it names a day, and something that is no absence."""
    says = [pattern for pattern in _SAYS if pattern.search(clause.text)]
    if says and not (says == [RETURNS] and COMES_OF_A_DOCTOR.search(clause.text)):
        return False
    days, left = days_in(clause.text, heard.read_days)
    return days is not None and any(not _is_known(word, heard) for word in left)


def _is_known(word: str, heard: Heard) -> bool:
    """Whether a word may stand beside the day of an absence."""
    if MEDICAL.fullmatch(word):
        return False
    plain = word in FILLERS or word in REASONS or word in EVERYBODY or not any(each.isalpha() for each in word)
    return plain or any(is_name(word, part) for name in heard.names for part in folded(name).split())


def _have_their_day(clauses: Sequence[_Clause], heard: Heard) -> bool:
    """Whether the others are enough: an illness, which begins today, or an absence with its days."""
    if any(clause.says(ILL, RECOVERED) for clause in clauses):
        return True
    return any(clause.says(AWAY) for clause in clauses) and days_in(_sentence(clauses), heard.read_days)[0] is not None


def _is_understood(clause: _Clause, heard: Heard) -> bool:
    left = days_in(clause.text, heard.read_days)[1]
    known = all(_is_known(word, heard) or MEDICAL.fullmatch(word) or word in ASIDES for word in left)
    return known and not says_until(clause.text)


def _may_share_its_day(clause: _Clause, clauses: Sequence[_Clause], heard: Heard) -> bool:
    """Whether its day may be the absence's too: "сегодня и завтра к врачу, болеем", "жар, завтра к врачу, не придем"."""
    place = clauses.index(clause)
    bare = place > 0 and clause.gap.strip() in _JOINS and not clauses[place - 1].says(*_SAYS)
    away = [each for each in clauses if each.says(AWAY)]
    return bare or any(days_in(each.text, heard.read_days)[0] is None for each in away)


# ── Twins ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _between_names(clauses: Sequence[_Clause], names: Sequence[str]) -> list[_Clause]:
    """Clauses apart also where nothing but the other's name tells them: "Таисия болеет Семён в школе"."""
    found: list[_Clause] = []
    for clause in clauses:
        words = clause.text.split()
        start, gap, last = 0, clause.gap, None
        for place, word in enumerate(words):
            named, everybody = who_is_named(word, names)
            if not named or everybody:
                continue
            says = _Clause("", " ".join(words[start:place])).says(*_SAYS)
            if last not in (None, named) and says and place + 1 < len(words):
                found.append(_Clause(gap, " ".join(words[start:place])))
                start, gap = place, ", "
            last = named
        found.append(_Clause(gap, " ".join(words[start:])))
    return found


def _with_names_joined(clauses: Sequence[_Clause], names: Sequence[str]) -> list[_Clause]:
    """A clause that is only a name belongs to the one beside it: "Таисия" and "Семён болеют"."""
    found: list[_Clause] = []
    held: _Clause | None = None
    for place, each in enumerate(clauses):
        clause = each
        if held is not None:
            clause = _Clause(held.gap, f"{held.text} {each.gap.strip() or ','} {each.text}")
            held = None
        only = all(
            any(is_name(word, part) for name in names for part in folded(name).split()) or word in _JOINS or word == ","
            for word in words_of(clause.text)
        )
        joins = bool(found) and (clause.gap.strip() in _JOINS or place + 1 == len(clauses))
        if only and joins:
            found[-1] = replace(found[-1], text=f"{found[-1].text}{clause.gap}{clause.text}")
        elif only and place + 1 < len(clauses):
            held = clause
        else:
            found.append(clause)
    return found
