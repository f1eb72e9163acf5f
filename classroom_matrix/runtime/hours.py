"""Reading hours of a day ("чт 16:00–18:00", "завтра с 9 до 11", "Thu 4–6 pm"), quiet hours, and lengths of time ("полчаса")."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from ..api.arguments import Length, Period
from ..domain.time import QuietHours, at_local
from ..errors import InvalidArgument
from . import day_words
from .day_words import Unclear, normal
from .moments import FURTHEST, FURTHEST_UNSAID, Mismatch

LONGEST_LENGTH = timedelta(days=7)
_LONGEST_TEXT = 60  # characters

_PART = r"утра|дня|вечера|ночи|a\.?m\.?|p\.?m\.?"
_HOUR = r"(?:часов|часам|часа|час|ч\.?|o.?clock)"


def _clock(number: int) -> str:
    # "18.30", but not "20.11": there is no month 30 or 00.
    return (
        rf"(?P<hour{number}>\d{{1,2}})(?::(?P<minute{number}>\d{{2}})|\.(?P<dotted{number}>00|1[3-9]|[2-5]\d))?(?![\d:])"
        rf"(?:\s*{_HOUR}(?!\w))?(?:\s*(?P<part{number}>{_PART})(?!\w))?"
    )


_HOURS = re.compile(
    rf"(?<![\d.:/-])(?:(?<!\w)(?:с|со|from|between)\s+)?{_clock(1)}"
    rf"\s*(?:[–—-]|(?<!\w)(?:до|по|to|till|until|and)(?!\w))\s*{_clock(2)}(?![\d/-])(?!\.\d)"
)
_LENGTH_PART = re.compile(
    r"(?P<count>\d{1,4}(?:[.,]\d{1,2})?|[^\W\d]+\b)?\s*"
    r"(?P<unit>минут[аыу]?|мин|м|minutes?|mins?|m|часов|часа|час|ч|hours?|hrs?|h|дней|дня|день|сут(?:ки|ок)|days?|d|"
    r"недел[яюи]|недель|weeks?)(?![^\W\d])\.?"
)
_UNIT_MINUTES = (("мин", 1), ("м", 1), ("m", 1), ("ч", 60), ("h", 60), ("д", 1440), ("сут", 1440), ("d", 1440),
                 ("нед", 10_080), ("w", 10_080))  # fmt: skip
_WORDS = {
    "": Fraction(1), "полтора": Fraction(3, 2), "полторы": Fraction(3, 2), "один": Fraction(1), "одну": Fraction(1),
    "a": Fraction(1), "an": Fraction(1), "one": Fraction(1), "half": Fraction(1, 2), "два": Fraction(2), "две": Fraction(2),
    "two": Fraction(2), "три": Fraction(3), "three": Fraction(3), "четыре": Fraction(4), "four": Fraction(4),
    "пять": Fraction(5), "five": Fraction(5), "десять": Fraction(10), "ten": Fraction(10),
    "пятнадцать": Fraction(15), "fifteen": Fraction(15), "двадцать": Fraction(20), "twenty": Fraction(20),
    "тридцать": Fraction(30), "thirty": Fraction(30), "сорок": Fraction(40), "forty": Fraction(40),
}  # fmt: skip


def read_period(text: str, now: datetime, zone: ZoneInfo) -> Period:
    """The hours that `text` means, aware, in `zone`; they begin later than `now`, and at most `FURTHEST` later.

    Raises:
        Mismatch: the text is something else.
        InvalidArgument: the hours are wrong, past or too far away. Values: `text`.
    """
    said = normal(text)
    found = list(_HOURS.finditer(said)) if len(said) <= _LONGEST_TEXT else []
    if not found:
        raise Mismatch
    hours = found[-1]
    rest = f"{said[: hours.start()]} {said[hours.end() :]}".strip()
    day = day_words.read(rest) if rest else None
    if rest and (day is None or day.alone):
        raise Mismatch
    start, end = _both(hours, text, in_order=True)
    today = now.astimezone(zone).date()
    try:
        days = day.candidates(today) if day else [today, today + timedelta(days=1)]
        if day and day.year is None:
            days = [one for one in days if one >= today] or days[-1:]
        times = [(_at(one, start, zone), _at(one, end, zone)) for one in days]
    except (Unclear, OverflowError, ValueError):
        raise InvalidArgument("core-argument-period", text=text) from None
    begin, finish = next((pair for pair in times if pair[0] > now), times[-1])
    if begin <= now:
        raise InvalidArgument("core-when-past", text=text, when=begin)
    if begin > now + FURTHEST:
        raise InvalidArgument("core-when-far", text=text)
    if begin > now + FURTHEST_UNSAID and day and day.is_of_some_year:
        raise InvalidArgument("core-when-which-year", text=text, day=begin.date(), year=str(begin.year))
    if finish <= begin:  # an hour that the clocks skip
        raise InvalidArgument("core-argument-period", text=text)
    return Period(begin, finish)


def read_quiet(text: str) -> QuietHours:
    """Hours of every night, "22:00-8:00", "с 22 до 7".

    Raises:
        Mismatch: the text is something else.
        InvalidArgument: there are no such hours. Values: `text`.
    """
    found = _HOURS.fullmatch(normal(text))
    if not found:
        raise Mismatch
    start, end = _both(found, text, in_order=False)
    if (end - start) % (24 * 60) == 0:
        raise InvalidArgument("core-argument-quiet", text=text)  # the whole day, or nothing of it?
    return QuietHours(time(start // 60 % 24, start % 60), time(end // 60 % 24, end % 60))


def read_length(text: str) -> Length:
    """A length of time: above 0, at most a week.

    Raises:
        Mismatch: the text is none.
        InvalidArgument: it is too long, or nothing at all. Values: `text`.
    """
    said = " ".join(text.casefold().replace("ё", "е").split()).strip(" .!;:()?")
    for word in ("по ", "в течение ", "на ", "for ", "each ", "every "):
        said = said.removeprefix(word)
    said = said.replace("half an hour", "30 min").replace("полчаса", "30 мин").replace("полчасика", "30 мин")
    said = re.sub(r"час(?:а)? с половиной", "1,5 часа", said) if said.startswith("час") else said
    said = re.sub(r"(\d) (?:часа|часов|час) с половиной", r"\1,5 часа", said)
    said = re.sub(r"(?<=\d[чh])\s*(\d{1,2})$", r" \1 мин", said)  # "1h30"
    minutes, position = Fraction(0), 0
    if not said or len(said) > _LONGEST_TEXT:
        raise Mismatch
    while position < len(said):
        found = _LENGTH_PART.match(said, position)
        if not found or (not found["count"] and position):
            raise Mismatch
        minutes += _count(found["count"] or "") * next(m for start, m in _UNIT_MINUTES if found["unit"].startswith(start))
        position = found.end()
        while said[position : position + 1] in (" ", ",") or said.startswith(("и ", "and "), position):
            position += len("and ") if said.startswith("and ", position) else 1
    length = timedelta(minutes=float(minutes))
    if not timedelta() < length <= LONGEST_LENGTH:
        raise InvalidArgument("core-length-far", text=text)
    return Length(length)


def _count(said: str) -> Fraction:
    if said[:1].isdigit():
        return Fraction(said.replace(",", "."))
    if said not in _WORDS:
        raise Mismatch
    return _WORDS[said]


def _both(found: re.Match[str], text: str, *, in_order: bool) -> tuple[int, int]:
    """Minutes of the day of both ends. "4–6 pm" is the afternoon; "9 – 2 дня" begins in the morning.

    Raises:
        InvalidArgument: an hour or minute that does not exist, or, if they have to be in order, the end before the start.
    """
    start, end = _minutes(found, 1), _minutes(found, 2)
    if found["part2"] and not found["part1"]:
        same = _minutes(found, 1, found["part2"])
        start = same if same is not None and end is not None and same < end else start
    if start is None or end is None or (in_order and end <= start):
        raise InvalidArgument("core-argument-period" if in_order else "core-argument-quiet", text=text)
    return start, end


def _minutes(found: re.Match[str], number: int, part: str | None = None) -> int | None:
    hour = int(found[f"hour{number}"])
    minute = int(found[f"minute{number}"] or found[f"dotted{number}"] or 0)
    part = (part or found[f"part{number}"] or "").replace(".", "")
    if part in ("pm", "вечера", "дня") and hour < 12:
        hour += 12
    elif part in ("am", "ночи") and hour == 12:
        hour = 0
    return hour * 60 + minute if minute < 60 and hour * 60 + minute <= 24 * 60 else None


def _at(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    return at_local(datetime.combine(day, time()) + timedelta(minutes=minutes), zone)
