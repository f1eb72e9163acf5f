"""Times that a text names: the deadline in it, a moment in front of it, words that mean another day on another day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from classroom_matrix.api import Day, View, When
from classroom_matrix.errors import UserError

from .domain import local
from .wording import AROUND, ON, TILL, folded, words_of

_LONGEST = 5  # words: "пятницы 20 ноября 18:00", "half past six on Friday"
_LOOKED_AT = 4  # places where a deadline may stand
_WORD = re.compile(r"[^\W\d_]{2,}")
_TILL_ANYWHERE = re.compile(rf"(?<!\w){TILL.pattern}")
_SAID_BEFORE = re.compile(r"(\S[^\n]{2,40}?):\s+(\S.*)", re.DOTALL)
_SPACE = re.compile(r"\s+")


def deadline_in(view: View, text: str, *, at: int | None = None) -> datetime | None:
    """The deadline that a text names: "Принести справку до пятницы", "до 1 декабря принести справку".

    None where it names none, or a moment that is over or unclear: the text stays as it is. `at`: when it was written,
    milliseconds since 1970; now unless told.

    Raises:
        UserError: the text begins with a deadline that is over or unclear.
    """
    said = folded(text)
    for opened in list(_TILL_ANYWHERE.finditer(said))[-_LOOKED_AT:]:
        try:
            found = next(_moments(view, said[opened.end() :], at), None)
        except UserError:
            if opened.start() == 0:
                raise
            continue
        if found is not None:
            return found[1]
    return None


def tells_more(view: View, text: str) -> bool:
    """Whether behind a deadline comes a text: "до 1 ноября принести справку"."""
    said = folded(text)
    opened = TILL.match(said)
    if opened is None:
        return False
    words = said[opened.end() :].split()
    return any(_WORD.search(" ".join(words[count:])) for count in _lengths_of_moments(view, words))


def moment_before(view: View, text: str) -> tuple[str, str] | None:
    """A moment in front of a text, as of somebody who wants it sent then ("завтра в 19:00: Не забудьте форму"), and the text.

    A time of day in small letters is one also without a colon, where a capital letter follows.
    """
    found = _SAID_BEFORE.match(text)
    if found is not None and (text[:1].islower() or found[2][:1].isupper()) and _is_moment(view, found[1]):
        return found[1].strip(), found[2].strip()
    if not text[:1].islower():
        return None
    for space in list(_SPACE.finditer(text))[: _LONGEST + 1]:
        if text[space.end() : space.end() + 1].isupper():
            before = text[: space.start()]
            has_clock = any(letter.isdigit() for letter in before)  # "завтра Елена Ивановна ведёт урок" is a sentence
            return (before, text[space.end() :].strip()) if has_clock and _is_moment(view, before) else None
    return None


def relative_words(view: View, text: str) -> list[str]:
    """Words that mean another day when they are read on another day: "завтра"."""
    wanted = words_of(view, "announcements-words-relative")
    return [word for word in dict.fromkeys(_WORD.findall(text)) if folded(word) in wanted]


def _moments(view: View, said: str, at: int | None) -> Iterator[tuple[int, datetime]]:
    """Beginnings of `said` that are a moment to come, the longest first: how many words, and the moment.

    Raises:
        UserError: one is a moment, but over or unclear.
    """
    words = said.split()
    for count in range(min(len(words), _LONGEST), 0, -1):
        piece = " ".join(words[:count]).strip(AROUND)
        moment: datetime | None = view.read(When, piece, at=at)
        if moment is not None:
            yield count, _not_today(view, piece, moment, at)


def _not_today(view: View, piece: str, moment: datetime, at: int | None) -> datetime:
    """On a Monday "к понедельнику" is the next one."""
    if moment.date() != (view.now if at is None else local(at, view.klass.zone)).date():
        return moment
    try:
        day = view.read(Day, piece, at=at)
    except UserError:
        return moment
    return moment if day is None else moment + (day - moment.date())


def _lengths_of_moments(view: View, words: list[str]) -> Iterator[int]:
    """How many of the first words are a moment, be it over or unclear."""
    for count in range(min(len(words), _LONGEST), 0, -1):
        try:
            known = view.read(When, " ".join(words[:count]).strip(AROUND)) is not None
        except UserError:
            known = True
        if known:
            yield count


def _is_moment(view: View, text: str) -> bool:
    said = folded(text)
    opened = ON.match(said)
    try:
        return view.read(When, said[opened.end() :] if opened else said) is not None
    except UserError:
        return False
