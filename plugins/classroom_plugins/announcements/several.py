"""Several families in one entry: "!подтвердили Калинина, Чернов и Исаев №2 по телефону"."""

from __future__ import annotations

import re

from classroom_matrix.api import Context
from classroom_matrix.domain.people import Family
from classroom_matrix.domain.short_names import is_short_for
from classroom_matrix.domain.surnames import is_form_of
from classroom_matrix.errors import UserError

_NEXT = re.compile(r"\s*(?:(?P<comma>[,;&+])\s*)?(?:(?P<and>и|and|а также|as well as)\s+)?(?=\S)", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?:[ \t]+[^\W\d_][\w'’.-]*){0,2}")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_NUMBER = re.compile(r"\d{1,3}\b")


def other_families(ctx: Context, said: str) -> tuple[list[Family], str]:
    """The families that follow the first one, and what is said behind them.

    Raises:
        UserError: a name behind "и" is of nobody, or of several: it must not be dropped.
    """
    found: list[Family] = []
    while (joint := _NEXT.match(said)) is not None:
        read = _family(ctx, said[joint.end() :], is_list=joint["and"] is not None)
        if read is None:
            break
        family, length = read
        found.append(family)
        said = said[joint.end() + length :]
    return found, said


def _family(ctx: Context, said: str, *, is_list: bool) -> tuple[Family, int] | None:
    """A family that a text begins with, and with how many letters; None where something else is told.

    Args:
        ctx: of the command.
        said: the text.
        is_list: "и" stands before it: numbers and given names are pupils' there. Behind a comma, or nothing, surnames are.
    """
    number = _NUMBER.match(said) if is_list else None
    if number is not None:
        return ctx.read(Family, number.group()), number.end()
    name = _NAME.match(said)
    if name is None:
        return None
    problem: UserError | None = None
    words = name.group().split()
    for count in range(len(words), 0, -1):
        piece = words[:count]
        if not is_list and not any(ctx.roster.is_surname(word) for word in piece):
            continue
        try:
            family: Family | None = ctx.read(Family, " ".join(piece))
        except UserError as error:
            problem = error
            continue
        if family is not None and any(_names(family, word) for word in piece):
            return family, re.match(r"[ \t]+".join(map(re.escape, piece)), said).end()  # type: ignore[union-attr]
    if problem is not None and words[0][:1].isupper():
        raise problem
    return None


def is_named_in(family: Family, said: str) -> bool:
    """Whether a text names a pupil of the family, and not just a number."""
    return any(_names(family, word) for word in _WORD.findall(said))


def _names(family: Family, word: str) -> bool:
    """Whether a word is a name of a pupil's, and not of somebody's mother."""
    given = {part.casefold() for pupil in family.pupils for part in pupil.name.split()}
    is_given = word.casefold() in given or any(is_short_for(word, each) for each in given)
    return is_given or any(is_form_of(word, pupil.surname) for pupil in family.pupils)
