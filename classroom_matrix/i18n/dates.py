"""Moments, spans of time and shares as people say them. Babel is imported when the first of them is said."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

_MOMENT = "EEE, d MMMM, HH:mm"  # Unicode TR 35 pattern; the same order in both languages
_DAY = "EEE, d MMMM"
_MOMENT_OF_YEAR = "EEE, d MMMM y, HH:mm"
_DAY_OF_YEAR = "EEE, d MMMM y"


def moment(when: datetime, language: str, this_year: int | None = None) -> str:
    """An aware moment in its own time zone: "пт, 20 ноября, 18:00", "Fri, 20 November, 18:00".

    Args:
        when: the moment.
        language: "ru" or "en".
        this_year: where it is given, other years are said: "ср, 20 января 2027, 18:00".
    """
    from babel.dates import format_datetime  # noqa: PLC0415 - imported on first use: starting must be quick

    pattern = _MOMENT if this_year in (None, when.year) else _MOMENT_OF_YEAR
    return format_datetime(when, pattern, tzinfo=when.tzinfo, locale=language)


def day(when: date, language: str, this_year: int | None = None) -> str:
    """A day: "пт, 20 ноября", "Fri, 20 November"; with the year as in `moment`."""
    from babel.dates import format_date  # noqa: PLC0415

    return format_date(when, _DAY if this_year in (None, when.year) else _DAY_OF_YEAR, locale=language)


def span(length: timedelta, language: str) -> str:
    """A length of time in its largest fitting unit: "3 дня", "2 hours"."""
    from babel.dates import format_timedelta  # noqa: PLC0415

    # The threshold keeps "23 hours" from being rounded up to a day.
    return format_timedelta(length, granularity="minute", threshold=1, locale=language)


def percent(share: Fraction | float, language: str) -> str:
    """A part of the whole, rounded to whole percents: "44 %" (with a no-break space), "44%"."""
    from babel.numbers import format_percent  # noqa: PLC0415

    return format_percent(float(share), locale=language)
