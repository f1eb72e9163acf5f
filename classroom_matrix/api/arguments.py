"""Types for the arguments of commands, beyond `str`, `int`, `bool`, `domain.people.Family`, `domain.people.Pupil` and
`domain.time.QuietHours` ("22:00-8:00").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import NewType

When = NewType("When", datetime)
"""A moment, written as people write it ("до пятницы 18:00", "in 3 days"); aware, in the class's time zone, in the future."""

Day = NewType("Day", date)
"""A day ("пятница", "к пятнице" less its preposition, "завтра", "20.11"): today or later, at most a year away. A weekday
alone is never today.
"""

Share = NewType("Share", Fraction)
"""A part of the whole, above 0 and at most 1, written "50%", "2/3" or "половина"."""

Length = NewType("Length", timedelta)
"""A length of time ("15 мин", "полчаса", "2 часа", "1 h"): above 0, at most a week."""


@dataclass(frozen=True, slots=True)
class Days:
    """From the day `first` to `last`, both included, in the past or the future ("3–7 марта", "на прошлой неделе", "вчера",
    "с 3 по 7", "until Friday" less its preposition being from today); at most a year away, at most 62 days long.
    """

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Period:
    """Hours of one day ("чт 16:00–18:00", "завтра с 9 до 11"): aware, in the class's time zone, beginning in the future."""

    start: datetime
    end: datetime
