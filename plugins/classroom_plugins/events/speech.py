"""What words and dates mean that a teacher types: the beginnings of fields, and how dates and deadlines are read."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from classroom_matrix.api import Period, View, When
from classroom_matrix.domain.folding import fold
from classroom_matrix.errors import UserError

from .domain import Event, local
from .reading import FIELDS, Moment, ReadMoment, Speech
from .spoken import words_of

_DAY_ENDS = (20, 0)
"""(hour, minute) that the service takes a day to mean whose time is not said."""


def speech_of(view: View, changed: Event | None = None) -> Speech:
    """How people speak, in all languages: everybody may use any. `changed`: the event that it is about, if there is one yet."""
    starts = changed.plan.starts if changed is not None else None
    return Speech(
        labels={name: words_of(view, f"events-label-{name.replace('_', '-')}") for name in FIELDS},
        pupils=words_of(view, "events-words-pupils"),
        families=words_of(view, "events-words-families"),
        onto=words_of(view, "events-words-onto"),
        part_of_day=words_of(view, "events-words-part-of-day"),
        moment=moments_of(view, None if starts is None else local(starts, view.klass.zone).date()),
        deadline=deadlines_of(view),
    )


def moments_of(view: View, day: date | None) -> ReadMoment:
    """Reads when an event is: hours of a day, a moment, or a day. `day`: the one that a time of day alone belongs to."""
    evening = words_of(view, "events-words-evening")

    def read(text: str) -> Moment | None:
        return read_any(f"{day:%d.%m.%Y} {text}" if day is not None and fits_any_day(text) else text)

    def fits_any_day(text: str) -> bool:
        for ahead in (1, 2):
            some_day = (view.now + timedelta(days=ahead)).date()
            found = read_any(f"{some_day:%d.%m.%Y} {text}")
            if found is None or not found[2] or found[0].date() != some_day:
                return False
        return True

    def read_any(text: str) -> Moment | None:
        period = _read(view, Period, text)
        if isinstance(period, Period):
            return period.start, period.end, True
        when = _read(view, When, text)
        if not isinstance(when, datetime):
            return None
        timed = (when.hour, when.minute) != _DAY_ENDS or any(word in fold(text) for word in evening)
        return when, None, timed

    return read


def deadlines_of(view: View) -> ReadMoment:
    """Reads until when something is: a day without a time ends in the evening, "до" and "by" in front are no part of it."""
    until = set(words_of(view, "events-words-until"))

    def read(text: str) -> Moment | None:
        first, _, rest = text.strip().partition(" ")
        when = _read(view, When, rest if fold(first) in until else text)
        return (when, None, True) if isinstance(when, datetime) else None

    return read


def _read(view: View, kind: object, text: str) -> object:
    """What a text means as a time; None also where it only looks like one ("Поход на 3 дня").

    Raises:
        UserError: it is a time that is past or too far away.
    """
    try:
        return view.read(kind, text)
    except UserError as error:
        if error.key.startswith("core-when-"):
            raise
        return None
