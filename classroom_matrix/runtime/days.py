"""Reading days and stretches of days: "к пятнице", "3–7 марта", "на прошлой неделе", "с понедельника", "until Friday"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ..api.arguments import Day, Days
from ..errors import InvalidArgument
from . import day_words
from .day_words import SaidDay, Unclear, normal
from .moments import FURTHEST, FURTHEST_UNSAID, Mismatch

LONGEST = 62
"""Days in a stretch."""
_LONGEST_TEXT = 60  # characters; no days take more

_BETWEEN = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=[\w.])-(?=\w)|\s+(?:по|до|to|till|until|through|thru|и|and)\s+")
_SINCE = re.compile(r"(?:начиная\s+)?(?:с|со|from|since|starting)\s+(?P<day>.+)")
_UNTIL = re.compile(r"(?:до|по|until|till|through|thru)\s+(?P<day>.+)")
_OPENING = re.compile(r"(?:с|со|from|between|между|в период с)\s+")
_WEEK = re.compile(
    r"(?:(?:на|за|в|для)\s+)?(?P<which>прошл\w+|эт\w+|следующ\w+|ближайш\w+|текущ\w+|last|past|this|next|coming)\s+"
    r"(?P<unit>недел\w+|week)"
)
_LAST = re.compile(r"(?:(?:за|for|in|over)\s+)?(?:(?:the\s+)?(?:последн\w+|прошедш\w+|прошл\w+|last|past)\s+)(?P<length>.+)")
_PAST = re.compile(r"за\s+(?P<length>.+)")
_AHEAD = re.compile(r"(?:(?:на|for|the next|next|ближайш\w+)\s+)?(?P<length>.+)")
_WEEKEND = re.compile(r"(?:(?:на|в|за|on|at|for)\s+)?(?:(?P<which>прошл\w+|эт\w+|следующ\w+|last|this|next|the)\s+)?"
                      r"(?:выходн\w+|weekend)")  # fmt: skip
_MONTH = re.compile(r"(?:(?:в|во|за|на|in|for|весь)\s+)?(?P<month>[^\W\d]+)(?:\s+(?P<year>20\d\d))?")


def read_day(text: str, now: datetime, zone: ZoneInfo) -> Day:
    """The day that `text` means: today or later, at most `FURTHEST` away. A weekday's bare name is never today.

    Raises:
        Mismatch: the text is no day.
        InvalidArgument: it is one, but unclear, past or too far away. Values: `text`.
    """
    said = _read(normal(text))
    if said is None or said.alone:
        raise Mismatch
    today = now.astimezone(zone).date()
    first = today + timedelta(days=1) if said.is_weekday and said.week is None else today
    try:
        day = _coming(said.candidates(today), first)
    except (Unclear, OverflowError):
        raise InvalidArgument("core-argument-day", text=text) from None
    if day < today:
        raise InvalidArgument("core-day-past", text=text)
    if day > today + FURTHEST:
        raise InvalidArgument("core-when-far", text=text)
    if day > today + FURTHEST_UNSAID and said.is_of_some_year:
        raise InvalidArgument("core-when-which-year", text=text, day=day, year=str(day.year))
    return Day(day)


def read_days(text: str, now: datetime, zone: ZoneInfo) -> Days:
    """The days from the first to the last, both included, that `text` means; see `api.arguments.Days`.

    Raises:
        Mismatch: the text means no days.
        InvalidArgument: it does, but they are unclear, too many or too far away. Values: `text`.
    """
    said = normal(text)
    if not said or len(said) > _LONGEST_TEXT:
        raise Mismatch
    today = now.astimezone(zone).date()
    try:
        found = next((days for way in _WAYS if (days := way(said, today)) is not None), None)
    except (Unclear, OverflowError):
        raise InvalidArgument("core-argument-days", text=text) from None
    if found is None:
        raise Mismatch
    first, last = found
    if last < first:
        raise InvalidArgument("core-argument-days", text=text)
    if (last - first).days >= LONGEST:
        raise InvalidArgument("core-days-long", text=text)
    if not today - FURTHEST <= first <= last <= today + FURTHEST:
        raise InvalidArgument("core-days-far", text=text)
    return Days(first, last)


_Stretch = tuple[date, date]


def _read(said: str) -> SaidDay | None:
    return day_words.read(said) if said and len(said) <= _LONGEST_TEXT else None


def _coming(candidates: list[date], first: date) -> date:
    """The earliest of them from `first` on; where all are over, the latest."""
    return next((day for day in candidates if day >= first), candidates[-1])


def _nearest(said: SaidDay, today: date) -> date:
    """A weekday is the coming one; a date without a year may be over, whichever is nearer."""
    candidates = said.candidates(today)
    if said.is_weekday:
        return _coming(candidates, today)
    return min(candidates, key=lambda day: (abs((day - today).days), day < today))


# ── The ways of saying it, in the order in which they are tried ─────────────────────────────────────────────────────────


def _one_day(said: str, today: date) -> _Stretch | None:
    day = _read(said)
    if day is None or day.alone:
        return None
    found = _nearest(day, today)
    return found, found


def _week(said: str, today: date) -> _Stretch | None:
    found = _WEEK.fullmatch(said)
    if not found:
        return None
    monday = today - timedelta(days=today.weekday()) + timedelta(days=7 * _which(found["which"]))
    return monday, monday + timedelta(days=6)


def _weekend(said: str, today: date) -> _Stretch | None:
    found = _WEEKEND.fullmatch(said)
    if not found:
        return None
    saturday = today - timedelta(days=today.weekday()) + timedelta(days=5 + 7 * _which(found["which"] or "this"))
    return saturday, saturday + timedelta(days=1)


def _which(word: str) -> int:
    return 1 if word.startswith(("след", "next")) else -1 if word.startswith(("прош", "last", "past")) else 0


def _whole_month(said: str, today: date) -> _Stretch | None:
    found = _MONTH.fullmatch(said)
    month = day_words.month_named(found["month"]) if found else None
    if not found or month is None:
        return None
    first = _nearest(SaidDay(day=1, month=month, year=int(found["year"]) if found["year"] else None), today)
    return first, first.replace(day=calendar.monthrange(first.year, month)[1])


def _past_length(said: str, today: date) -> _Stretch | None:
    found = _LAST.fullmatch(said) or _PAST.fullmatch(said)
    count = day_words.count_of_days(found["length"].split()) if found else None
    return (today - timedelta(days=count - 1), today) if count else None


def _length(said: str, today: date) -> _Stretch | None:
    found = _AHEAD.fullmatch(said)
    count = day_words.count_of_days(found["length"].split()) if found else None
    return (today, today + timedelta(days=count - 1)) if count else None


def _between(said: str, today: date) -> _Stretch | None:
    """From one day to another. Of all that it may mean: the shortest, then today's or the coming, then the nearest."""
    opened = _OPENING.match(said)
    inner = said[opened.end() :] if opened else said
    for gap in _BETWEEN.finditer(inner):
        first, last = _read(inner[: gap.start()]), _read(inner[gap.end() :])
        if first is None or last is None:
            continue
        numbers_only = first.alone and last.alone and not opened
        first, last = first.with_month_of(last), last.with_month_of(first)
        if numbers_only or (first.alone and not last.day) or (last.alone and not first.day):
            continue
        if last.year and first.month and not first.year:  # the year at the end is both's, unless the year turns between
            years = (last.year, last.year - 1)
            starts = [day for day in first.candidates(date(last.year, 1, 1)) if day.year in years]
        else:
            starts = first.candidates(today)
        pairs = [(start, end) for start in starts for end in last.candidates(today) if start <= end]
        if not pairs:
            raise Unclear
        weekdays = first.is_weekday or last.is_weekday
        found = min(pairs, key=lambda pair: ((pair[1] - pair[0]).days, _away(pair, today, weekdays=weekdays)))
        if gap.group().strip() in ("и", "and") and (found[1] - found[0]).days > 1 and not opened:
            raise Unclear  # "понедельник и среда" are two days
        return found
    return None


def _away(pair: _Stretch, today: date, *, weekdays: bool) -> tuple[bool, int, bool]:
    """How far a stretch is from today, for comparing. Weekdays that are over are meant only where no others can be."""
    first, last = pair
    over = last < today
    return over and weekdays, max((first - today).days, (today - last).days, 0), over


def _since(said: str, today: date) -> _Stretch | None:
    """From a day that was until today; a day to come is that day."""
    found = _SINCE.fullmatch(said)
    day = _read(found["day"]) if found else None
    if day is None or day.alone:
        return None
    if day.is_weekday and day.week is None:
        first = max(candidate for candidate in day.candidates(today) if candidate <= today)
    else:
        first = _nearest(day, today)
    return first, max(first, today)


def _until(said: str, today: date) -> _Stretch | None:
    found = _UNTIL.fullmatch(said)
    day = _read(found["day"]) if found else None
    if day is None or day.alone:
        return None
    return today, _coming(day.candidates(today), today)


_Way = Callable[[str, date], "_Stretch | None"]
_WAYS: tuple[_Way, ...] = (
    _week,
    _weekend,
    _one_day,
    _past_length,
    _length,
    _between,
    _since,
    _until,
    _whole_month,
)
