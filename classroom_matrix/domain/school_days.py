"""On which days of the week there is school."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum


class Weekday(StrEnum):
    """A day of the week, as config.yaml names it; in the calendar's order."""

    MON = "mon"
    TUE = "tue"
    WED = "wed"
    THU = "thu"
    FRI = "fri"
    SAT = "sat"
    SUN = "sun"


MON_TO_FRI = (Weekday.MON, Weekday.TUE, Weekday.WED, Weekday.THU, Weekday.FRI)

_WEEK = tuple(Weekday)


def is_school_day(day: date, school_days: Collection[Weekday]) -> bool:
    return _WEEK[day.weekday()] in school_days


def next_school_day(day: date, school_days: Collection[Weekday]) -> date:
    """The first school day after `day`. `school_days` is not empty."""
    coming = (day + timedelta(days=ahead) for ahead in range(1, 8))
    return next(each for each in coming if is_school_day(each, school_days))
