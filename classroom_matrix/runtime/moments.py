"""Reading a moment as people write it: "пятницы 18:00", "завтра в 9", "через 3 дня", "20.11", "Friday 6 pm", "in 2 hours".

`dateparser` reads dates; the clock time and the weekday are read here first, because it (measured with 1.5) knows no Russian
weekday but in the nominative, takes "в 18 часов" for the year 2118, forgets the hour of "завтра в 9" and "tomorrow at 6", and
reads "20.11" as 20:11. Only text whose every word belongs to dates is given to it, so it is not even imported for others.
"""

from __future__ import annotations

import difflib
import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..domain.time import at_local
from ..errors import InvalidArgument
from .day_words import WEEKDAYS

FURTHEST = timedelta(days=366)
FURTHEST_UNSAID = timedelta(days=300)
"""How far away a date without a year may be: beyond that it is more likely one that has passed in the last two months."""
DAY_ENDS = time(20)
"""A date without a time means this time of that day."""

_LONGEST = 60  # characters; no date is longer


class Mismatch(Exception):
    """The text is not of the wanted kind at all."""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MONTH = re.compile(
    r"(янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)[а-я]{0,6}|"
    r"(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}"
)
_MONTHS = _set(
    "январь января январе февраль февраля феврале март марта марте апрель апреля апреле май мая мае июнь июня июне "
    "июль июля июле август августа августе сентябрь сентября сентябре октябрь октября октябре ноябрь ноября ноябре "
    "декабрь декабря декабре january february march april may june july august september october november december"
)
_DAYS = _set("сегодня завтра послезавтра вчера позавчера today tomorrow yesterday")
_SPELT = 5  # letters; shorter words resemble too much
_SLIPS = [word for word in sorted({*WEEKDAYS, *_MONTHS, *_DAYS}) if len(word) >= _SPELT]
_LIKENESS = 0.75  # of difflib: one wrong, missing or swapped letter in a word of five
_LOOKED_AT = 4  # words
_UNIT = re.compile(r"(день|дня|дней|недел[яюией]{1,2}|недель|месяц(а|ев)?|days?|weeks?|months?)")
_CLOCK_UNIT = re.compile(r"(час(а|ов)?|минут[ауы]?|мин|полчаса|hours?|minutes?|mins?)")
_COUNT = _set(
    "один одну одна два две три четыре пять шесть семь десять пару полтора "
    "a an one two three four five six seven ten couple half"
)
_FILLERS = _set("в во на к ко at on the of by year г г. год года")
_NEXT = _set("следующий следующая следующую следующей следующего следующее next")
_THIS = _set("этот эта эту этой этого это ближайший ближайшая ближайшую ближайшей ближайшего this coming")
_OTHERS = _set("через in назад ago after числа число конец конца концу end выходные выходных weekend")

_PART = r"утра|дня|вечера|ночи|a\.?m\.?|p\.?m\.?"
_CLOCKS = (
    re.compile(rf"(?<![\d.:/-])(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::\d{{2}})?(?![\d:])(?:\s*(?P<part>{_PART})(?!\w))?"),
    # "18.30" and "18-00", but not "20.11": there is no month 30 or 00.
    re.compile(r"(?<![\d.:/-])(?P<hour>\d{1,2})[.-](?P<minute>00|1[3-9]|[2-5]\d)(?![\d.:/-])"),
    re.compile(
        rf"(?<!\d)(?P<hour>\d{{1,2}})\s*(?:часов|часа|час|ч\.?)(?!\w)(?:\s*(?P<minute>\d{{1,2}})\s*(?:минут[аы]?|мин\.?)(?!\w))?"
        rf"(?:\s*(?P<part>{_PART})(?!\w))?"
    ),
    re.compile(r"(?<!\d)(?P<hour>\d{1,2})\s*(?P<part>утра|вечера|ночи|a\.?m\.?|p\.?m\.?)(?!\w)"),
    re.compile(
        rf"(?<!\w)(?:в|at|к|by)\s+(?P<hour>\d{{1,2}})(?:\s+o.?clock)?(?:\s*(?P<part>{_PART})(?!\w))?(?=\s*$|\s+[^\W\d])"
    ),
)
_NAMED_CLOCKS = {"полдень": 12, "полудня": 12, "полдню": 12, "noon": 12, "полночь": 24, "полуночи": 24, "midnight": 24}
_DOTTED = re.compile(r"(?<![\d.])(\d{1,2})\.(\d{1,2})(?:\.(\d{4}|\d{2}))?\.?(?![\d.])")
_ORDINAL = re.compile(r"(?<!\d)(\d{1,2})(?:-?(?:го|е|ое|му|й)|st|nd|rd|th)(?!\w)")


def read_when(text: str, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment that `text` means, aware, in `zone`; later than `now`, and at most `FURTHEST` later.

    Raises:
        Mismatch: the text is no date.
        InvalidArgument: it is one, but unclear, past or too far away. Values: `text`.
    """
    said = _normal(text)
    if not said or len(said) > _LONGEST:
        raise Mismatch
    local = now.astimezone(zone)
    days, clock = _take_clock(said)
    tokens = [token for token in days.split() if token not in _FILLERS]
    if not all(map(_belongs_to_dates, tokens)):
        raise Mismatch
    if clock is None and not _is_telling(tokens):
        raise Mismatch
    try:
        moment = _resolve(tokens, clock, local, zone)
    except (ValueError, OverflowError):  # hour 25, the 31st of February, the year 99999
        moment = None
    if moment is None:
        raise InvalidArgument("core-argument-when", text=text)
    if moment <= now:
        raise InvalidArgument("core-when-past", text=text, when=moment)
    if moment > now + FURTHEST:
        raise InvalidArgument("core-when-far", text=text)
    if moment > now + FURTHEST_UNSAID and is_day_of_some_year(" ".join(tokens)):
        raise InvalidArgument("core-when-which-year", text=text, day=moment.date(), year=str(moment.year))
    return moment


def is_day_of_some_year(said: str) -> bool:
    """Whether a day and a month are named, and neither the year nor a weekday, which would tell it."""
    if re.search(r"20\d\d|\d[./]\d{1,2}[./]\d\d", said) or any(token in WEEKDAYS for token in said.split()):
        return False
    return re.search(r"\d[./]\d", said) is not None or any(_MONTH.fullmatch(token) for token in said.split())


def looks_like_moment(text: str) -> bool:
    """Whether `text` begins like a moment, however wrongly written: "пятныцы 18:00", "5 вечера", "ноября"."""
    words = [word.strip(".,;:!?()") for word in text.casefold().replace("ё", "е").split()[:_LOOKED_AT]]
    first = next((word for word in words if word not in _FILLERS and word not in _NEXT and word not in _THIS), "")
    if first[:1].isdigit() or first in WEEKDAYS or first in _DAYS or first in _MONTHS:
        return True
    return len(first) >= _SPELT and bool(difflib.get_close_matches(first, _SLIPS, n=1, cutoff=_LIKENESS))


def _normal(text: str) -> str:
    said = " ".join(text.casefold().replace("ё", "е").replace(",", " ").split())
    said = said.rstrip(" .!;)").lstrip(" (:")
    said = (
        said.replace("half an hour", "30 minutes")
        .replace("полтора часа", "90 минут")
        .replace("day after tomorrow", "послезавтра")
    )
    return said.replace("the day after", "послезавтра") if said == "the day after" else said


def _take_clock(said: str) -> tuple[str, tuple[int, int] | None]:
    """The text without its time of day, and (hour, minute); hour 24 is the end of the day."""
    if re.search(r"(?<!\w)(через|in)\s", said) and _CLOCK_UNIT.search(said):
        return said, None  # "через 2 часа" is a length of time
    for name, hour in _NAMED_CLOCKS.items():
        if re.search(rf"(?<!\w){name}(?!\w)", said):
            return re.sub(rf"(?<!\w){name}(?!\w)", " ", said), (hour, 0)
    for pattern in _CLOCKS:
        found = pattern.search(said)
        if found and not _is_day_of_month(said, found):
            rest = f"{said[: found.start()]} {said[found.end() :]}"
            return rest, _hour_of_day(
                int(found["hour"]), int(found.groupdict().get("minute") or 0), found.groupdict().get("part")
            )
    return said, None


def _is_day_of_month(said: str, found: re.Match[str]) -> bool:
    """Whether the number of "к 20 ноября" was found."""
    following = said[found.end() :].split()
    return (
        bool(following)
        and found.re is _CLOCKS[-1]
        and not found["part"]
        and (
            _MONTH.fullmatch(following[0]) is not None
            or following[0] in ("числа", "числу")
            or _UNIT.fullmatch(following[0]) is not None
        )
    )


def _hour_of_day(hour: int, minute: int, part: str | None) -> tuple[int, int]:
    part = (part or "").replace(".", "")
    if part in ("pm", "вечера", "дня") and hour < 12:
        hour += 12
    elif part in ("am", "ночи") and hour == 12:
        hour = 0
    return hour, minute


def _belongs_to_dates(token: str) -> bool:
    return (
        token in WEEKDAYS
        or token in _DAYS
        or token in _COUNT
        or token in _NEXT
        or token in _THIS
        or token in _OTHERS
        or bool(re.fullmatch(r"\d{1,4}([./-]\d{1,4}){0,2}\.?", token))
        or bool(_ORDINAL.fullmatch(token))
        or any(pattern.fullmatch(token) for pattern in (_MONTH, _UNIT, _CLOCK_UNIT))
    )


def _is_telling(tokens: list[str]) -> bool:
    """Whether such words make a date. Numbers, "in", and the name of a month alone do not."""
    numbered = any(token[0].isdigit() for token in tokens)
    return any(
        token in WEEKDAYS
        or token in _DAYS
        or token in ("выходных", "выходные", "weekend")
        or bool(re.search(r"\d[./-]\d", token))
        or bool(_ORDINAL.fullmatch(token))
        or any(pattern.fullmatch(token) for pattern in (_UNIT, _CLOCK_UNIT))
        or (numbered and (token in ("числа", "число") or _MONTH.fullmatch(token) is not None))
        for token in tokens
    )


def _resolve(tokens: list[str], clock: tuple[int, int] | None, local: datetime, zone: ZoneInfo) -> datetime | None:
    if any(_CLOCK_UNIT.fullmatch(token) for token in tokens):
        # Hours are counted in real time, also across a change of the clocks: so in UTC.
        ahead = (
            _dateparser(" ".join(tokens), local.astimezone(UTC).replace(tzinfo=None)) if tokens[0] in ("через", "in") else None
        )
        return ahead.replace(tzinfo=UTC).astimezone(zone) if ahead else None
    hour, minute = clock or (DAY_ENDS.hour, DAY_ENDS.minute)
    at = time(0 if hour == 24 else hour, minute)
    extra = timedelta(days=1 if hour == 24 else 0)

    def on(day: date) -> datetime:
        return at_local(datetime.combine(day + extra, at), zone)

    today = local.date()
    if not tokens:
        return on(today) if on(today) > local else on(today + timedelta(days=1))
    weekdays = [WEEKDAYS[token] for token in tokens if token in WEEKDAYS]
    others = [token for token in tokens if token not in WEEKDAYS]
    if weekdays and not [token for token in others if token not in _NEXT and token not in _THIS]:
        return on(_weekday(weekdays, others, today))
    found = _date(others, today)
    if found is None or not weekdays:
        return on(found) if found else None
    years = (found,) if re.search(r"\d{4}", " ".join(others)) else (found, _next_year(found))
    # "чт, 18 ноября" says by its weekday which year is meant; "пт, 21 ноября" that is never a Friday is unclear.
    return next((on(day) for day in years if [day.weekday()] == weekdays), None)


def _next_year(day: date) -> date:
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else day


def _weekday(weekdays: list[int], others: list[str], today: date) -> date:
    if len(weekdays) != 1:
        raise ValueError("two weekdays")
    if any(token in _NEXT for token in others):  # of the calendar week after this one
        return today + timedelta(days=7 - today.weekday() + weekdays[0])
    ahead = (weekdays[0] - today.weekday()) % 7
    # Whoever means today says so.
    return today + timedelta(days=ahead or (0 if any(token in _THIS for token in others) else 7))


def _date(tokens: list[str], today: date) -> date | None:
    """The day that is meant by words without weekday and time; None if it is unclear ("3 дня", "5", "мая")."""
    text = " ".join(tokens)
    ordinal = _ORDINAL.fullmatch(tokens[0]) if len(tokens) == 1 else re.fullmatch(r"(\d{1,2})(?:-?го)? числ[ау]", text)
    if ordinal:
        return _day_of_month(int(ordinal[1]), today)
    text = _ORDINAL.sub(r"\1", text)
    text = _DOTTED.sub(lambda found: "/".join(part for part in found.groups() if part), text)
    counted = any(_UNIT.fullmatch(token) for token in tokens)
    if counted and tokens[0] not in ("через", "in", "next") and not text.endswith((" назад", " ago")):
        return None
    relative = counted or any(token in _DAYS for token in tokens)
    if not relative and not re.search(r"\d[/-]\d|\d\s*[^\W\d]|[^\W\d]\s*\d", text):
        return None
    # Counted from yesterday, a date without a year may be today: "future" begins after the base.
    base = datetime.combine(today, time()) if relative else datetime.combine(today - timedelta(days=1), time())
    found = _dateparser(text, base)
    return found.date() if found else None


def _day_of_month(day: int, today: date) -> date | None:
    """The next day of the calendar with this number."""
    if not 1 <= day <= 31:
        return None
    candidate = today
    while candidate.day != day:
        candidate += timedelta(days=1)
    return candidate


def _dateparser(text: str, base: datetime) -> datetime | None:
    import dateparser  # noqa: PLC0415 - 60 ms and 8 MiB that only services with deadlines need

    return dateparser.parse(
        text,
        languages=["ru", "en"],
        settings={"PREFER_DATES_FROM": "future", "RELATIVE_BASE": base, "DATE_ORDER": "DMY", "RETURN_AS_TIMEZONE_AWARE": False},
    )
