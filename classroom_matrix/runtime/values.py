"""Reading one argument of a command by its type."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from ..api.arguments import Share, When
from ..domain.people import Family, Roster
from ..errors import InvalidArgument, NotFound
from .moments import Mismatch, read_when

_NUMBER = re.compile(r"[№#]?\s*(\d{1,6})\.?", re.IGNORECASE | re.ASCII)
_SHARES = {
    "половина": Fraction(1, 2),
    "половины": Fraction(1, 2),
    "половину": Fraction(1, 2),
    "half": Fraction(1, 2),
    "a half": Fraction(1, 2),
    "треть": Fraction(1, 3),
    "трети": Fraction(1, 3),
    "a third": Fraction(1, 3),
    "one third": Fraction(1, 3),
    "две трети": Fraction(2, 3),
    "двух третей": Fraction(2, 3),
    "two thirds": Fraction(2, 3),
    "четверть": Fraction(1, 4),
    "четверти": Fraction(1, 4),
    "a quarter": Fraction(1, 4),
    "три четверти": Fraction(3, 4),
    "three quarters": Fraction(3, 4),
    "все": Fraction(1),
    "all": Fraction(1),
}


@dataclass(frozen=True, slots=True)
class ParseScope:
    """What a text is read against. `now`: aware; `roster`: asked for where people are named; `language`: the sender's."""

    now: datetime
    zone: ZoneInfo
    roster: Callable[[], Roster]
    language: str


def fold(text: str) -> str:
    """What counts in a word: not the letters' case, not the dots of ё."""
    return text.casefold().replace("ё", "е")


def _text(text: str, scope: ParseScope) -> str:  # noqa: ARG001 - one shape for all readers
    if not text.strip():
        raise Mismatch
    return text


def _number(text: str, scope: ParseScope) -> int:  # noqa: ARG001
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        raise Mismatch
    return int(found[1])


def _share(text: str, scope: ParseScope) -> Share:  # noqa: ARG001
    said = " ".join(fold(text).split()).rstrip(".!")
    percent = re.fullmatch(r"(\d{1,4})\s*(?:%|процент(?:а|ов)?|percent)", said, re.ASCII)
    ratio = re.fullmatch(r"(\d{1,4})\s*(?:/|из|of)\s*(\d{1,4})", said, re.ASCII)
    if percent:
        share = Fraction(int(percent[1]), 100)
    elif ratio:
        share = Fraction(int(ratio[1]), int(ratio[2])) if int(ratio[2]) else Fraction(0)
    elif said in _SHARES:
        share = _SHARES[said]
    else:
        raise Mismatch
    if not 0 < share <= 1:
        raise InvalidArgument("core-argument-share", text=text)
    return Share(share)


def _when(text: str, scope: ParseScope) -> When:
    return When(read_when(text, scope.now, scope.zone))


def _family(text: str, scope: ParseScope) -> Family:
    """By the pupil's number in the office's list, by names in any order, then by declined forms, then by a guardian's name."""
    families = scope.roster().families
    if _NUMBER.fullmatch(text.strip()):
        number = _number(text, scope)
        found = [family for family in families if any(pupil.number == number for pupil in family.pupils)]
        if not found:
            raise NotFound("core-family-unknown", text=text)
        return found[0]
    asked = [word.strip(",.()") for word in fold(text).split()]
    asked = [word for word in asked if word]
    if not asked:
        raise Mismatch
    for matches, names in ((_equal, _pupils), (_alike, _pupils), (_equal, _guardians)):
        candidates = [family for family in families if any(_named(asked, name, matches) for name in names(family))]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            labels = "; ".join(_label(family, asked) for family in candidates[:8])
            raise InvalidArgument("core-family-ambiguous", text=text, candidates=labels)
    raise NotFound("core-family-unknown", text=text)


def _pupils(family: Family) -> Sequence[str]:
    return [f"{pupil.name} {pupil.surname}" for pupil in family.pupils]


def _guardians(family: Family) -> Sequence[str]:
    return [person.name for person in family.guardians]


def _named(asked: Sequence[str], name: str, matches: Callable[[str, str], bool]) -> bool:
    words = fold(name).split()
    return all(any(matches(word, own) for own in words) for word in asked)


def _equal(asked: str, own: str) -> bool:
    return asked == own


def _alike(asked: str, own: str) -> bool:
    """Whether two words differ in their endings only: "Калининой" and "Калинина"."""
    common = 0
    for one, other in zip(asked, own, strict=False):
        if one != other:
            break
        common += 1
    return common >= 3 and len(asked) - common <= 3 and len(own) - common <= 2


def _label(family: Family, asked: Sequence[str]) -> str:
    named = [pupil for pupil in family.pupils if _named(asked, f"{pupil.name} {pupil.surname}", _alike)] or family.pupils
    return ", ".join(f"{pupil.name} (№{pupil.number})" for pupil in named)


Reader = Callable[[str, ParseScope], object]

READERS: dict[object, Reader] = {str: _text, int: _number, Family: _family, When: _when, Share: _share}
"""How each type of argument is read. A reader raises `Mismatch` where the text is something else, `UserError` where it is
of the right kind but wrong."""

WRONG: dict[object, str] = {
    str: "core-argument-missing",
    int: "core-argument-number",
    Family: "core-family-unknown",
    When: "core-argument-when",
    Share: "core-argument-share",
}
"""The sentence for text that is something else."""
