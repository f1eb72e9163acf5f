"""Polls: votes by families, however they came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..history import POLL, History
from ..stage import MOSCOW
from . import Given, Roll, commands, last_of_each, words

_KEYCAP = re.compile("(\\d)\N{VARIATION SELECTOR-16}?\N{COMBINING ENCLOSING KEYCAP}")
_OPENED = re.compile(r"!опрос (?P<question>[^?]+\?) (?P<options>.+) до (?P<day>\d\d)\.(?P<month>\d\d) 18:00$")


@dataclass(frozen=True, slots=True)
class PollCount:
    """A poll as it must have ended. `counts`: option → families."""

    question: str
    counts: Mapping[str, int]


def polls(history: History, roll: Roll) -> list[PollCount]:
    """Every poll that the teacher opened, counted by families; the last vote before the end counts."""
    counted = []
    for number, opened in enumerate(commands(history, roll, "announcements", _OPENED), 1):
        event, said = opened
        options = said["options"].split("; ")
        ends = datetime(event.at.year, int(said["month"]), int(said["day"]), 18, tzinfo=MOSCOW)
        given = [g for g in _votes(history, roll, number, said["question"], options) if event.at <= g.at <= ends]
        result = Counter(last_of_each(given).values())
        counted.append(PollCount(said["question"], {option: result[option] for option in options}))
    return counted


def _votes(history: History, roll: Roll, number: int, question: str, options: Sequence[str]) -> Iterator[Given]:
    events = history.rooms["announcements"]
    start = next(event for event in events if event.type == f"{POLL}.start" and question in str(event.content))
    texts = {each["id"]: each["org.matrix.msc1767.text"] for each in start.content[f"{POLL}.start"]["answers"]}
    card = next(event for event in history.messages_of_bot("announcements") if f". {question}" in event.body)
    for order, event in enumerate(events):
        family = roll.family_of.get(event.sender)
        if family is None or not history.stands(event):
            continue
        if event.type == f"{POLL}.response" and event.target == start.id:
            yield Given(event.at, order, family, texts[event.content[f"{POLL}.response"]["answers"][0]])
        key = _KEYCAP.fullmatch(str(event.relation.get("key", "")))
        if event.type == "m.reaction" and event.target == card.id and key:
            yield Given(event.at, order, family, options[int(key[1]) - 1])
    for event in words(history, roll):
        if event.body in options:
            yield Given(event.at, 0, roll.family_of[event.sender], event.body)
    entered = re.compile(rf"!опрос голос (?P<family>\w+) (?P<option>\d) №{number}$")
    for event, said in commands(history, roll, "staff", entered):
        yield Given(event.at, 0, said["family"], options[int(said["option"]) - 1])


def poll_results(history: History) -> list[PollCount]:
    """The results as the service announced them."""
    found = []
    for event in history.messages_of_bot("announcements"):
        title = re.match(r"Опрос №\d+ завершён: (?P<question>[^\n]+)", event.body)
        if title and event.content.get("msgtype") == "m.text":
            lines = re.findall(r"(?m)^\S+ (.+) — (\d+)$", event.body)
            found.append(PollCount(title["question"], {option: int(count) for option, count in lines}))
    return found
