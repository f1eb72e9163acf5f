"""Must-reads: which families have confirmed, however they did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ..history import Event, History
from . import Roll, commands, words

_OPENED = re.compile(r"!(?P<command>объявление|важно) (?!кто\b|список\b|доставка\b)(?P<text>.+)", re.DOTALL)


def confirmed(history: History, roll: Roll) -> Mapping[int, frozenset[str]]:
    """Number of a must-read → surnames of the families that have confirmed it."""
    opened = [*commands(history, roll, "announcements", _OPENED), *commands(history, roll, "staff", _OPENED)]
    opened.sort(key=lambda each: each[0].at)
    return {
        number: frozenset(_confirming(history, roll, number, event))
        for number, (event, said) in enumerate(opened, 1)
        if said["command"] == "важно"
    }


def _confirming(history: History, roll: Roll, number: int, own: Event) -> Iterator[str]:
    named = re.compile(rf"(?:бъявление №|nnouncement no\. ){number}\b")
    about = {event.id for event in history.of_bot() if not event.is_edit and named.search(event.body)} | {own.id}
    for event in history.by_people():
        taps = event.type == "m.reaction" and event.relation.get("key") == "✅" and event.target in about
        if taps and event.sender in roll.family_of and history.stands(event):
            yield roll.family_of[event.sender]
    for event in words(history, roll):
        if re.fullmatch(rf"№{number} прочитали", event.body) or (event.reply_to in about and "рочитали" in event.body):
            yield roll.family_of[event.sender]
    entered = re.compile(rf"!подтвердил (?P<family>\w+) №{number} по телефону")
    for _, said in commands(history, roll, "staff", entered):
        yield said["family"]


def shown(history: History, roll: Roll) -> Mapping[int, frozenset[str]]:
    """The same as the service answers the teacher: the rows of its lists that do not say "no"."""
    lists = {}
    for event, said in commands(history, roll, "staff", re.compile(r"!важно кто (?P<number>\d+)")):
        answer = next(each for each in history.messages_of_bot("staff") if each.reply_to == event.id)
        rows = re.findall(r"<tr>(.*?)</tr>", str(answer.content.get("formatted_body")), re.DOTALL)
        cells = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in rows]
        lists[int(said["number"])] = frozenset(
            _surname(roll, row[0]) for row in cells if len(row) > 1 and not row[1].startswith("нет")
        )
    return lists


def _surname(roll: Roll, label: str) -> str:
    return next(surname for surname in roll.families if re.search(rf"\b{surname}\b", label))


def counts_shown(history: History, roll: Roll) -> Mapping[int, int]:
    """How many families have confirmed, as the cards say in the end."""
    found = {}
    for event in history.messages_of_bot("announcements"):
        text = history.shown(event)
        number, count = re.search(r"Объявление №(\d+)", text), re.search(r"Подтвердил[аи] (\d+) из", text)
        if number and (count or "Пока никто не подтвердил" in text):
            found[int(number[1])] = int(count[1]) if count else 0
    return found
