"""Who was away on which morning."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta

from ..history import History
from . import Roll, commands, words

_AWAY = re.compile(r"боле(?:ет|ли)|сегодня не придём|отсутствует")
_MONTHS = {"ноября": 11, "декабря": 12}


def away(history: History, roll: Roll) -> Mapping[date, frozenset[str]]:
    """Day → surnames of families with a pupil away, as far as that was said before half past eight."""
    said = [(event, roll.family_of[event.sender]) for event in words(history, roll) if _AWAY.search(event.body)]
    entered = re.compile(r"!отсутствует (?P<family>\w+) до пятницы")
    said += [(event, found["family"]) for event, found in commands(history, roll, "staff", entered)]
    days: dict[date, set[str]] = {}
    for event, family in said:
        for day in _days(event.body, event.day):
            in_time = day > event.day or (event.at.hour, event.at.minute) < (8, 30)
            if day.weekday() < 5 and in_time:
                days.setdefault(day, set()).add(family)
    return {day: frozenset(families) for day, families in days.items()}


def _days(text: str, today: date) -> list[date]:
    """From today to the day that is named."""
    last = today
    if "до понедельника" in text:
        last = today + timedelta(days=(0 - today.weekday()) % 7)
    elif "до пятницы" in text:
        last = today + timedelta(days=(4 - today.weekday()) % 7)
    elif "и завтра" in text:
        last = today + timedelta(days=1)
    return [today + timedelta(days=number) for number in range((last - today).days + 1)]


def lists(history: History, roll: Roll) -> Mapping[date, frozenset[str]]:
    """The same by the lists that the teacher got in the mornings."""
    found: dict[date, frozenset[str]] = {}
    for event in history.messages_of_bot("staff"):
        title = re.match(r"\w+, (\d+) (\w+): нет \d+ ученик", event.body)
        if title:
            day = date(event.at.year, _MONTHS[title[2]], int(title[1]))
            assert day == event.day
            assert day not in found
            lines = event.body.split("\n")[1:]
            found[day] = frozenset(filter(None, (roll.family_in(line.partition(" — ")[0]) for line in lines)))
    return found
