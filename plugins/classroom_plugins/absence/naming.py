"""Whom an entry of staff begins with: "Калинина, Чернов и Исаев завтра", "Беляевы до пятницы", "Ксюша Калинина"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from classroom_matrix.api import Context, Days
from classroom_matrix.domain.people import Family, Pupil
from classroom_matrix.domain.short_names import given_names
from classroom_matrix.errors import InvalidArgument, NotFound, UserError, WhoIsMeant

from .hearing import folded
from .words import AND, AWAY, FAMILY, FILLERS, ILL, OPENS, REASONS, SOMEBODY_ELSE

_NAME_WORDS = 3
_BOTH = frozenset({"оба", "обе", "двойняшки", "близнецы", "both", "twins"})
_COMMA = re.compile(r"(?<=[^\W\d])([,;])")
_COMMAS = frozenset({",", ";"})
_MARKS = ".,;:!()"
_PLURAL = re.compile(r"(?:[вн]ы|ые|ие|ых|их|[^s]s)$")
_LIKE_A_SURNAME = re.compile(r"(?:[оеё]ва?|[иы]на?|ск(?:ий|ая)|ко|ых|их|[ую]к|ян|дзе|швили|ova?|eva?|ina?|sky|skaya)$")


def named_pupils(ctx: Context, text: str) -> tuple[Sequence[Pupil], str]:
    """The pupils whom a text begins with, all of a family where it is in the plural, and the rest of it.

    Raises:
        UserError: nobody of the class is meant, it is not clear who, or somebody is named behind the days as well.
    """
    words = _COMMA.sub(r" \1", text).split()
    pupils, words = _one(ctx, words)
    found = {pupil.id: pupil for pupil in pupils}
    while words:
        joined, behind = _without_and(words)
        if not behind or not (joined or ctx.roster.is_surname(behind[0].strip(_MARKS))):
            break
        try:
            pupils, left = _one(ctx, behind)
        except UserError as error:
            if _is_meant_as_name(ctx, behind[0], error, only_listed=bool(_COMMAS.issuperset(joined))):
                raise
            break
        found |= {pupil.id: pupil for pupil in pupils}
        words = left
    named = list(found.values())
    _refuse_more(ctx, named, words)
    return named, " ".join(words).lstrip(" ,;")


def _one(ctx: Context, words: Sequence[str]) -> tuple[Sequence[Pupil], list[str]]:
    """The pupil whom words begin with, both of twins where it says so, and the other words."""
    for count in range(min(_NAME_WORDS, len(words)), 0, -1):
        name, rest = " ".join(words[:count]), list(words[count:])
        if AND.intersection(words[:count]) or _is_time(ctx, words[count - 1]):
            continue
        try:
            if rest and rest[0].casefold().strip(_MARKS) in _BOTH:
                twins: Family | None = ctx.read(Family, name)
                if twins is not None:
                    return twins.pupils, rest[1:]
            if count == 1 and _is_plural(ctx, name):
                family: Family | None = ctx.read(Family, name)
                if family is not None:
                    return family.pupils, rest
            pupil = _read(ctx, words[:count])
        except UserError:
            if count == 1:
                raise
            continue
        if pupil is not None:
            return (pupil,), rest
    raise InvalidArgument("absence-who")


def _read(ctx: Context, words: Sequence[str]) -> Pupil | None:
    """The pupil of this name, or else the only one of whom it is a short form."""
    try:
        found: Pupil | None = ctx.read(Pupil, " ".join(words))
    except UserError:
        others = {pupil.id: pupil for pupil in _by_short_name(ctx, words)}
        if len(others) == 1:
            return next(iter(others.values()))
        raise
    return found


def _by_short_name(ctx: Context, words: Sequence[str]) -> list[Pupil]:
    found: list[Pupil] = []
    for place, word in enumerate(words):
        for name in given_names(word.strip(_MARKS)):
            try:
                pupil: Pupil | None = ctx.read(Pupil, " ".join([*words[:place], name, *words[place + 1 :]]))
            except UserError:
                continue
            found += [pupil] if pupil is not None else []
    return found


def _is_plural(ctx: Context, word: str) -> bool:
    """Whether a word is a family: "Беляевы", and not a surname that ends so ("Белых")."""
    said = folded(word).strip(_MARKS)
    own = {folded(pupil.surname) for family in ctx.roster.families for pupil in family.pupils}
    return _PLURAL.search(said) is not None and said not in own and ctx.roster.is_surname(said)


def _without_and(words: Sequence[str]) -> tuple[set[str], list[str]]:
    count = next((n for n, word in enumerate(words) if word.casefold() not in AND), len(words))
    return {word.casefold() for word in words[:count]}, list(words[count:])


def _is_meant_as_name(ctx: Context, word: str, error: UserError, *, only_listed: bool) -> bool:
    """Whether a word that is nobody's name was to be one. `only_listed`: it stands behind a comma, where also a reason may."""
    said = folded(word).strip(_MARKS)
    if not word[:1].isupper() or said in FILLERS | REASONS | OPENS or _is_time(ctx, word):
        return False
    if SOMEBODY_ELSE.fullmatch(said) or any(pattern.search(said) for pattern in (ILL, FAMILY, AWAY)):
        return False
    if isinstance(error, WhoIsMeant):
        return True
    return isinstance(error, NotFound) and (not only_listed or _LIKE_A_SURNAME.search(said) is not None)


def _refuse_more(ctx: Context, named: Sequence[Pupil], words: Sequence[str]) -> None:
    """Refuse what names somebody else behind the days: "Калинина в среду, Чернов в четверг"."""
    own = {pupil.family_id for pupil in named}
    others = [pupil for family in ctx.roster.families if family.id not in own for pupil in family.pupils]
    for word in words:
        said = word.strip(_MARKS)
        if not said[:1].isupper() or not ctx.roster.is_surname(said):
            continue
        try:
            meant: Family | None = ctx.read(Family, said)
        except UserError:
            continue
        if meant is not None and any(pupil.family_id == meant.id for pupil in others):
            raise InvalidArgument("absence-one-each", first=named[0].surname, second=meant.pupils[0].surname)


def _is_time(ctx: Context, word: str) -> bool:
    """Whether a word is a day and so no part of a name: numbers name pupils, too."""
    try:
        return ctx.read(Days, word, at=ctx.occurred) is not None
    except UserError:
        return False
