"""Birth dates as offices write them, brought to one form. Pure."""

from __future__ import annotations

import re
from datetime import date, timedelta

_DAY_FIRST = re.compile(r"(\d{1,2})[./\-, ](\d{1,2})[./\-, ](\d{4}|\d{2})( ?г\.?)?( 0?0:00(:00)?)?")
_YEAR_FIRST = re.compile(r"(\d{4})[./\-](\d{1,2})[./\-](\d{1,2})([ T]0?0:00(:00)?)?")
_SERIAL = re.compile(r"\d{5}")
_ZERO = date(1899, 12, 30)  # what Excel counts days from


def birth_date(text: str) -> str:
    """``20.08.2017``, also from ``2017-08-20``, ``20/8/17`` and Excel's day count; other text as it is."""
    written = text.strip()
    try:
        if found := _DAY_FIRST.fullmatch(written):
            day, month, year = int(found[1]), int(found[2]), int(found[3])
            return _said(date(year + 2000 if year < 100 else year, month, day))
        if found := _YEAR_FIRST.fullmatch(written):
            return _said(date(int(found[1]), int(found[2]), int(found[3])))
        if _SERIAL.fullmatch(written):
            return _said(_ZERO + timedelta(days=int(written)))
    except ValueError:
        pass  # 31.02.2017 tells pupils apart all the same
    return written


def _said(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year:04}"
