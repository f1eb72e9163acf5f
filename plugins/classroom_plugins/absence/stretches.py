"""The days in a sentence: of an absence, and of the return from it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from .hearing import Heard, ReadDays, words_of
from .words import (
    AND,
    FAMILY,
    FILLERS,
    LENGTH,
    MONTH_OF_ALL,
    ONLY_LISTS,
    OPENS,
    SINCE_WEEKDAY,
    UNMOVED,
    UNTIL_WEEKDAY,
    WITH_MONTH,
)

_WINDOW = 8  # words of a stretch of days
_WEEK = timedelta(days=7)
_MORNING = 12  # "до 12" may be an hour
_NO_DAYS = ("и", "and", "на", "в", "день", "дня", "дней", "недели", "недель", "day", "days", "week", "weeks")
_COMING = "coming"
_NOT = "не"
_IS = re.compile(r"not|is|are|be|\w+'(?:s|re|t)")
_FOR = frozenset({"на", "for"})  # "23 ноября", and something more: "на неделю"
CLAUSE = re.compile(r"[,;:—–]\s*|\.\s+|\s(?:а|но|and|but)\s")
_UNTIL = re.compile(r"\b(?:до|по|until|till|through)\b")
_SOON = re.compile(r"сегодня|завтра|today|tomorrow|\d")
_TODAY = re.compile(r"сегодня|today|\d")
BARE_DAY = re.compile(r"\b(?:до|по|until|till) (?P<day>\d{1,2}) числа\b")
_DATE = re.compile(r"\d{1,2}(?:\.\d| [^\W\d]{3,})")
"""What goes on with a weekday: "в понедельник, 23 ноября"."""
_TOKEN = re.compile(r"[^\s,;:!()]+|[,;]")
_BOUNDS = frozenset({"с", "со", "до", "по", "since", "from", "until", "till", "through"})
_LISTED = 4  # words of one day of a list
MOST = 5
"""Stretches of days in a list; who is away on more of them writes more than one message."""
_FROM = re.compile(r"^(?:с|со|from|since|on)\s+")


def stretch_in(said: str, heard: Heard) -> tuple[tuple[date, date] | None, list[str], bool]:
    """The days that are said, the words that are no part of them, and whether they are not quite clear."""
    words, length = _without_length(words_of(said), heard)
    days, left = days_in(" ".join(words), heard.read_days)
    number = BARE_DAY.search(said)
    vague = number is not None and not heard.ill and int(number["day"]) <= _MORNING
    since = SINCE_WEEKDAY.search(said)
    if days is not None and days[1] == heard.today and not heard.was and UNTIL_WEEKDAY.search(said):
        days, vague = (days[0], days[1] + _WEEK), True
    if days is not None and since is not None and not (heard.ill or heard.was) and days[0] <= heard.today:
        coming = heard.read_days(since["day"])  # who leaves "с понедельника" leaves on the coming one
        alone = length is None and days[1] == heard.today
        days = (coming[0], max(coming[0], days[1])) if coming else days
        vague = vague or alone or days[0] == heard.today
    if length is None:
        return days, left, vague
    if days is None:
        return (heard.today, heard.today + length), left, vague
    return (days[0], max(days[1], days[0] + length)), left, vague


def past_days(heard: Heard, days: tuple[date, date] | None) -> tuple[date, date] | None:
    """Days on which somebody was away: over, or just ending."""
    if days is None or days[0] > heard.today:
        return None
    if days[1] <= heard.today:
        return days
    if SINCE_WEEKDAY.search(heard.said):
        return days[0] - _WEEK, days[1] - _WEEK
    return days[0], heard.today


def _without_length(words: list[str], heard: Heard) -> tuple[list[str], timedelta | None]:
    """A sentence's words without those that say how long it takes ("на неделю"), and that."""
    for start in range(len(words)):
        for end in (start + 3, start + 2):
            run = " ".join(words[start:end])
            days = heard.read_days(run) if LENGTH.match(run) else None
            if days is not None and days[0] == heard.today:
                return [*words[:start], *words[end:]], days[1] - days[0]
    return words, None


def apart(said: str, returns: re.Match[str]) -> tuple[str, str]:
    """The part that says who is away, and the one that says when they come back: a clause of its own ("в среду придем"), or
    what stands behind the verb.
    """
    begin = max((found.end() for found in CLAUSE.finditer(said, 0, returns.start())), default=0)
    ending = next((found for found in CLAUSE.finditer(said, returns.end()) if not _DATE.match(said, found.end())), None)
    end = ending.start() if ending else len(said)
    if begin == 0:
        return said[: returns.start()], said[returns.end() : end]
    return f"{said[:begin]} {said[end:]}", f"{said[begin : returns.start()]} {said[returns.end() : end]}"


def later(return_day: date, first: date, behind: str) -> date:
    """A weekday of return that is not behind the first day away is the next one: "в пятницу не будет, в понедельник придем"."""
    return return_day + _WEEK if return_day <= first < return_day + _WEEK and not _SOON.search(behind) else return_day


def says_until(said: str) -> bool:
    return _UNTIL.search(FAMILY.sub(" ", said)) is not None


def return_day_in(said: str, read_days: ReadDays, today: date) -> tuple[date | None, list[str]]:
    """A day to come ("в среду", "с понедельника" being the coming Monday), and the words that are no part of it."""

    def read(text: str) -> tuple[date, date] | None:
        found = read_days(_FROM.sub("", text))
        return found if found is not None and today <= found[0] == found[1] else None

    days, left = days_in(said, read)
    day = days[0] if days else None
    if day == today and not _TODAY.search(said):
        day += timedelta(days=7)
    return day, left


def days_in(said: str, read_days: ReadDays) -> tuple[tuple[date, date] | None, list[str]]:
    """The longest run of words that means days, and the other words."""
    words = words_of(said)
    for length in range(min(_WINDOW, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            run = words[start : start + length]
            if (run[0] in _NO_DAYS and length == 1) or run[-1] in OPENS or _FOR.intersection(run[1:]):
                continue
            if run[0] == _COMING and start > 0 and _IS.fullmatch(words[start - 1]):
                continue  # "not coming", not "coming Friday"
            days = read_days(" ".join(run).strip("."))
            if days is not None:
                return days, [*words[:start], *words[start + length :]]
    return None, words


def listed_in(said: str, read_days: ReadDays) -> tuple[list[tuple[date, date]], list[str]] | None:
    """Days that do not follow one another ("в среду и пятницу", "18, 20 и 24 ноября"), in order, and the words that are no part
    of them; None where there is no such list.
    """
    said = MONTH_OF_ALL.sub(WITH_MONTH, said)
    tokens = _TOKEN.findall(said)
    for start in range(len(tokens)):
        found: list[tuple[date, date]] = []
        place, end, sure = start, start, False
        while (run := _day_at(tokens, place, read_days)) is not None:
            days, end = run
            if not found and days[0] == days[1] and tokens[max(start - 1, 0)] in _BOUNDS:
                break  # "с пятницы, сегодня дома": from Friday on
            if found and days[0] < found[-1][0] and not UNMOVED.search(" ".join(tokens[place:end])):
                days = (days[0] + _WEEK, days[1] + _WEEK)  # "в пятницу и понедельник", said on a Monday
            found.append(days)
            place = end
            while place < len(tokens) and tokens[place] in AND:
                place += 1
            joined = set(tokens[end:place])
            if joined in (set(), {"а"}):
                break
            sure = sure or bool(ONLY_LISTS.intersection(joined))
        stretches = _apart(found)
        follows = tokens[end] if end < len(tokens) else ","
        if 1 < len(stretches) <= MOST and (sure or follows in {",", ";", _NOT, *FILLERS}):
            return stretches, words_of(" ".join([*tokens[:start], *tokens[end:]]))
    return None


def _day_at(tokens: Sequence[str], place: int, read_days: ReadDays) -> tuple[tuple[date, date], int] | None:
    """The longest run of words from a place on that means days, itself no list, and where it ends."""
    for end in range(min(place + _LISTED, len(tokens)), place, -1):
        run = tokens[place:end]
        if AND.intersection(run) or run[-1] in OPENS or (len(run) == 1 and run[0] in _NO_DAYS):
            continue
        days = read_days(" ".join(run).strip("."))
        if days is not None:
            return days, end
    return None


def _apart(found: Sequence[tuple[date, date]]) -> list[tuple[date, date]]:
    """Stretches in order; those that touch are one."""
    apart_: list[tuple[date, date]] = []
    for first, last in sorted(found):
        if apart_ and first <= apart_[-1][1] + timedelta(days=1):
            apart_[-1] = (apart_[-1][0], max(apart_[-1][1], last))
        else:
            apart_.append((first, last))
    return apart_
