"""Reading one argument of a command by its type."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from zoneinfo import ZoneInfo

from ..api.arguments import Day, Days, Length, Period, Share, When
from ..domain.folding import fold
from ..domain.people import Family, Pupil, Roster
from ..domain.time import QuietHours
from ..domain.transliteration import is_latin, is_other_gender, is_same_word, latin_key
from ..errors import InvalidArgument, NotFound, WhoIsMeant
from .days import read_day, read_days
from .hours import read_length, read_period, read_quiet
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

_STEM = 3  # letters that a name keeps in all its cases
_ENDINGS = frozenset(
    {"", "а", "у", "ом", "е", "ы", "ой", "ою", "ым", "ых", "ыми", "ам", "ами", "ах", "я", "ю", "ем", "и", "ей", "ею", "ям",
     "ями", "ях", "ь", "ий", "ый", "ого", "его", "ому", "ему", "им", "их", "ими", "ая", "яя", "ую", "юю", "ое", "ые", "ие"}
)  # fmt: skip
"""Endings of Russian names in all cases, genders and numbers; ё is е here."""
_LIKENESS = 0.7  # of difflib: one wrong, missing or swapped letter in a word of five
_SUGGESTED = 8  # families in one sentence


@dataclass(frozen=True, slots=True)
class ParseScope:
    """What a text is read against. `now`: aware; `roster`: asked for where people are named; `language`: the sender's."""

    now: datetime
    zone: ZoneInfo
    roster: Callable[[], Roster]
    language: str


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


def _day(text: str, scope: ParseScope) -> Day:
    return read_day(text, scope.now, scope.zone)


def _days(text: str, scope: ParseScope) -> Days:
    return read_days(text, scope.now, scope.zone)


def _period(text: str, scope: ParseScope) -> Period:
    return read_period(text, scope.now, scope.zone)


def _length(text: str, scope: ParseScope) -> Length:  # noqa: ARG001
    return read_length(text)


def _quiet(text: str, scope: ParseScope) -> QuietHours:  # noqa: ARG001
    return read_quiet(text)


def _pupil(text: str, scope: ParseScope) -> Pupil:
    """Like a family; of twins the one who is named."""
    family = _family(text, scope)
    if len(family.pupils) == 1:
        return family.pupils[0]
    if _NUMBER.fullmatch(text.strip()):
        number = _number(text, scope)
        return next(pupil for pupil in family.pupils if pupil.number == number)
    asked = _asked(text)
    ways: tuple[Callable[[Pupil], bool], ...] = (
        lambda pupil: set(asked) <= {*_given(pupil), *_surname(pupil)},
        lambda pupil: _all_in(asked, [*_given(pupil), *_surname(pupil)]),
        lambda pupil: _is_form_of(asked, pupil),
    )
    for is_meant in ways:
        meant = [pupil for pupil in family.pupils if is_meant(pupil)]
        if len(meant) == 1:
            return meant[0]
    candidates = ", ".join(f"{pupil.name} (№{pupil.number})" for pupil in family.pupils)
    raise WhoIsMeant("core-family-ambiguous", text=text, candidates=candidates)


def _asked(text: str) -> list[str]:
    words = [word.strip(",.()") for word in fold(text).split()]
    return [word for word in words if word]


def _family(text: str, scope: ParseScope) -> Family:
    """By the pupil's number in the office's list, by names in any order, then by declined forms, then by a guardian's name; in
    Cyrillic or Latin letters, whichever the list has.
    """
    families = scope.roster().families
    if _NUMBER.fullmatch(text.strip()):
        number = _number(text, scope)
        found = [family for family in families if any(pupil.number == number for pupil in family.pupils)]
        if not found:
            raise NotFound("core-family-unknown", text=text)
        return found[0]
    asked = _asked(text)
    if not asked:
        raise Mismatch
    for is_meant in (_is_named, _is_named_in_another_form, _has_guardian_named):
        candidates = [family for family in families if is_meant(asked, family)]
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            raise WhoIsMeant("core-family-ambiguous", text=text, candidates=_labels(candidates, asked))
    likely = _likely(asked, families)
    if likely:
        raise WhoIsMeant("core-family-unknown-suggestion", text=text, candidates=_labels(likely, asked))
    raise NotFound("core-family-unknown", text=text)


def _is_named(asked: Sequence[str], family: Family) -> bool:
    return any(_all_in(asked, [*_given(pupil), *_surname(pupil)]) for pupil in family.pupils)


def _is_named_in_another_form(asked: Sequence[str], family: Family) -> bool:
    return any(_is_form_of(asked, pupil) for pupil in family.pupils)


def _has_guardian_named(asked: Sequence[str], family: Family) -> bool:
    return any(_all_in(asked, fold(person.name).split()) for person in family.guardians)


def _all_in(asked: Sequence[str], words: Sequence[str]) -> bool:
    return all(word in words or any(is_same_word(word, each) for each in words) for word in asked)


def _is_form_of(asked: Sequence[str], pupil: Pupil) -> bool:
    """Whether words are a pupil's surname in some case, perhaps with the given name in some case.

    A given name alone has to be right to the letter: "Иванов" is nobody called Иван, "Романова" no Роман.
    """
    others = [word for word in asked if not any(alike(word, own) for own in _surname(pupil))]
    return len(others) < len(asked) and all(any(alike(word, own) for own in _given(pupil)) for word in others)


def _surname(pupil: Pupil) -> list[str]:
    return fold(pupil.surname).split()


def _given(pupil: Pupil) -> list[str]:
    surname = _surname(pupil)
    return [word for word in fold(pupil.name).split() if word not in surname]


def alike(asked: str, own: str) -> bool:
    """Whether two words differ in the endings of cases only: "Калининой" and "Калинина", but not "Петров" and "Петрин"."""
    if is_other_gender(asked, own):
        return True
    common = next(
        (n for n, (one, other) in enumerate(zip(asked, own, strict=False)) if one != other), min(len(asked), len(own))
    )
    return common >= _STEM and any(asked[stem:] in _ENDINGS and own[stem:] in _ENDINGS for stem in range(_STEM, common + 1))


def is_called(text: str, name: str) -> bool:
    """Whether a text means a person of this name: its words in any order, perhaps in another case."""
    asked = [word for word in (word.strip(",.()") for word in fold(text).split()) if word]
    own = fold(name).split()
    return bool(asked) and all(
        any(word == each or is_same_word(word, each) or alike(word, each) for each in own) for word in asked
    )


def _likely(asked: Sequence[str], families: Sequence[Family]) -> list[Family]:
    """Families with a surname that resembles one of the words."""
    surnames = {word for family in families for pupil in family.pupils for word in _surname(pupil)}
    keys = {latin_key(surname): surname for surname in surnames}
    near = {close for word in asked for close in difflib.get_close_matches(word, surnames, n=2, cutoff=_LIKENESS)}
    for word in filter(is_latin, asked):
        near.update(keys[close] for close in difflib.get_close_matches(latin_key(word), keys, n=2, cutoff=_LIKENESS))
    return [family for family in families if any(near.intersection(_surname(pupil)) for pupil in family.pupils)]


def _labels(families: Sequence[Family], asked: Sequence[str]) -> str:
    return "; ".join(_label(family, asked) for family in families[:_SUGGESTED])


def _label(family: Family, asked: Sequence[str]) -> str:
    named = [
        pupil for pupil in family.pupils if _all_in(asked, [*_given(pupil), *_surname(pupil)]) or _is_form_of(asked, pupil)
    ]
    return ", ".join(f"{pupil.name} (№{pupil.number})" for pupil in named or family.pupils)


Reader = Callable[[str, ParseScope], object]

READERS: dict[object, Reader] = {
    str: _text,
    int: _number,
    Family: _family,
    Pupil: _pupil,
    When: _when,
    Day: _day,
    Days: _days,
    Period: _period,
    Length: _length,
    QuietHours: _quiet,
    Share: _share,
}
"""How each type of argument is read. A reader raises `Mismatch` where the text is something else, `UserError` where it is
of the right kind but wrong."""

WRONG: dict[object, str] = {
    str: "core-argument-missing",
    int: "core-argument-number",
    Family: "core-family-unknown",
    Pupil: "core-family-unknown",
    When: "core-argument-when",
    Day: "core-argument-day",
    Days: "core-argument-days",
    Period: "core-argument-period",
    Length: "core-argument-length",
    QuietHours: "core-argument-quiet",
    Share: "core-argument-share",
}
"""The sentence for text that is something else."""
