"""Homework: what the teacher has set for each day, after all corrections, beside what the cards say in the end."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..history import History
from . import Roll, commands

_LINE = re.compile(r"(?P<what>(?:исправить|отменить) )?(?P<rest>.+?)(?: на (?P<day>\d\d\.\d\d))?$")
_COMMAND = re.compile(r"!дз (?P<all>.+)", re.DOTALL)
_SUBJECTS = ("математика", "русский язык", "чтение", "окружающий мир", "английский", "технология")
_TITLES = {
    "математика": "Математика",
    "русский язык": "Русский язык",
    "чтение": "Литературное чтение",
    "окружающий мир": "Окружающий мир",
    "английский": "Английский язык",
    "технология": "Технология",
}


def tasks(history: History, roll: Roll) -> Mapping[str, Mapping[str, str]]:
    """Day ("05.11") → subject → task, by the teacher's own messages; what was cancelled is not there."""
    said = [*commands(history, roll, "homework", _COMMAND), *commands(history, roll, "staff", _COMMAND)]
    days: dict[str, dict[str, str]] = {}
    for _, found in sorted(said, key=lambda each: each[0].at):
        lines = found["all"].split("\n")
        common = lines.pop(0).removeprefix("на ") if lines[0].startswith("на ") else None
        for line in lines:
            parts = _LINE.match(line)
            assert parts
            subject = next(each for each in _SUBJECTS if parts["rest"].startswith(each))
            day = days.setdefault(parts["day"] or common or "", {})
            if parts["what"] == "отменить ":
                del day[subject]
            else:
                day[subject] = parts["rest"].removeprefix(subject).strip()
    return {day: {_TITLES[subject]: text for subject, text in found.items()} for day, found in days.items()}


def shown(history: History) -> Mapping[str, Mapping[str, str]]:
    """The same by the cards of the room, one for each day.

    Raises:
        AssertionError: a day has two cards.
    """
    months = {"ноября": 11, "декабря": 12}
    days: dict[str, dict[str, str]] = {}
    for event in history.messages_of_bot("homework"):
        text = history.shown(event)
        title = re.match(r"Домашнее задание на \S+ (\d+) (\w+)", text)
        if title is None:
            continue
        day = f"{int(title[1]):02}.{months[title[2]]}"
        assert day not in days, f"two cards of {day}"
        lines = re.findall(r"(?m)^(" + "|".join(_TITLES.values()) + r"): (.+?)(?: 📷.*)?(?: \(исправлено .*\))?$", text)
        days[day] = dict(lines)
    return days
