"""Slots: who has which, by who asked first; and questions in writing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from ..history import Event, History
from . import Roll, commands, words

_NUMBER = re.compile(r"№?(\d{1,2})")
_TIME = re.compile(r"(1[89])\.11 в (\d\d):(\d\d)")
_MOVE = re.compile(r"перенести на (\d{1,2})")
_YES = ("1", "да")
"""Answers to "which of these?", where the slot stands first, and to "is that right?"."""
_HOURS = re.compile(r"(\d\d):(\d\d)–\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Asked:
    """A family asks for a slot, or (None) gives its own back. `granted`: the answer in the desk says that it has it."""

    at: datetime
    family: str
    slot: int | None
    moves: bool = False
    granted: bool = True


def slot_at(day: int, hour: int, minute: int) -> int:
    """The number of a slot: quarters from 15:00 on, 12 of them on the 18th, then those of the 19th."""
    return (hour - 15) * 4 + minute // 15 + 1 + (12 if day == 19 else 0)


def bookings(history: History, roll: Roll) -> Mapping[int, str]:
    """Slot → surname, as it must be: whoever asked first has it, one for each family.

    What several ask for in the same minute is decided by the order in which the homeserver has stored it, which rooms do not
    show: there the first is the one who was told so, and whoever else was told so too is in `promised`.
    """
    held: dict[int, str] = {}
    for asked in sorted(_asked(history, roll), key=_turn):
        own = next((slot for slot, family in held.items() if family == asked.family), None)
        if asked.slot is None:
            held.pop(own or 0, None)
        elif asked.slot not in held and (own is None or asked.moves):
            held.pop(own or 0, None)
            held[asked.slot] = asked.family
    return held


def _turn(asked: Asked) -> tuple[datetime, bool, datetime]:
    return asked.at.replace(second=0, microsecond=0), not asked.granted, asked.at


def _asked(history: History, roll: Roll) -> Iterator[Asked]:
    opened, _ = next(commands(history, roll, "staff", re.compile(r"!запись 18\.11")))
    for room, events in history.rooms.items():
        if room.startswith("desk "):
            yield from _in_desk(history, [event for event in events if event.at > opened.at], roll)
    for event, said in commands(history, roll, "staff", re.compile(r"!запись за (?P<family>\w+) (?P<slot>\d+)$")):
        yield Asked(event.at, said["family"], int(said["slot"]))


def _in_desk(history: History, events: list[Event], roll: Roll) -> Iterator[Asked]:
    pending: int | None = None
    for place, event in enumerate(events):
        family = roll.family_of.get(event.sender)
        if family is None or event.type != "m.room.message":
            continue
        time, number, move = _TIME.fullmatch(event.body), _NUMBER.fullmatch(event.body), _MOVE.fullmatch(event.body)
        if time:
            slot = slot_at(int(time[1]), int(time[2]), int(time[3]))
            yield Asked(event.at, family, slot, granted=_is_granted(history, events[place:]))
        elif move:
            yield Asked(event.at, family, int(move[1]), moves=True)
        elif event.body == "отмена консультации":
            yield Asked(event.at, family, None)
        elif pending is not None and event.body in _YES:
            yield Asked(event.at, family, pending)
            pending = None
        elif number:
            if _is_asked_back(events[place + 1 :]):
                pending = int(number[1])
            else:
                yield Asked(event.at, family, int(number[1]), granted=_is_granted(history, events[place:]))


def _is_granted(history: History, later: list[Event]) -> bool:
    """Whether the next answer in a desk about a slot says yes."""
    said = (event.body for event in later if event.sender == history.bot and event.type == "m.room.message")
    return next((bool(_CONFIRMED.match(body)) for body in said if _ABOUT_SLOTS.search(body)), False)


def _is_asked_back(later: list[Event]) -> bool:
    return any(event.body.startswith(("К чему это?", "Понял так: консультация")) for event in later[:1])


def sheets(history: History, roll: Roll) -> Mapping[int, str]:
    """The same by the teacher's lists of the days."""
    found: dict[int, str] = {}
    for event in history.messages_of_bot("staff"):
        if not event.body.startswith("Консультации "):
            continue
        for line in history.shown(event).split("\n"):
            cells = line.split(" · ")
            if len(cells) > 2 and _HOURS.fullmatch(cells[0]) and cells[1].isdigit():
                family = roll.family_in(cells[2])
                if family:
                    assert int(cells[1]) not in found
                    found[int(cells[1])] = family
    return found


_CONFIRMED = re.compile(r"(?:Записали|Перенесли|Booked|Moved|Вас записали): \w+, (1[89]) \w+, (\d\d):(\d\d)–")
_ABOUT_SLOTS = re.compile(r"(?:Записали|Booked): \w+, 1[89] |занято|taken")
_GIVEN_BACK = re.compile(r"(?:Запись отменена|Booking cancelled)")


def promised(history: History, roll: Roll) -> Mapping[int, set[str]]:
    """Slot → surnames of the families whose desk says in the end that it is theirs. One each, or a slot was given twice."""
    found: dict[int, set[str]] = {}
    for room, events in history.rooms.items():
        if not room.startswith("desk "):
            continue
        slot: int | None = None
        for event in events:
            if event.sender != history.bot:
                continue
            said = _CONFIRMED.match(event.body)
            if said:
                slot = slot_at(int(said[1]), int(said[2]), int(said[3]))
            elif _GIVEN_BACK.match(event.body):
                slot = None
        if slot is not None:
            found.setdefault(slot, set()).add(room.split()[1])
    return found


def waiting(history: History, roll: Roll) -> frozenset[str]:
    """Families whose question in the desk nobody of the staff has answered."""
    asked: dict[str, Event] = {}
    for event in words(history, roll):
        if event.body.endswith("?") and len(event.body) > 30 and not event.body.startswith(("Вопрос", "что ")):
            asked[event.room] = event
    answers = {room: [e for e in history.rooms[room] if e.sender == roll.teacher and not e.is_state] for room in asked}
    answered = {room: any(each.at > question.at for each in answers[room]) for room, question in asked.items()}
    return frozenset(roll.family_of[asked[room].sender] for room, done in answered.items() if not done)


def waiting_shown(history: History, roll: Roll) -> frozenset[str]:
    """The same by the teacher's list."""
    event, _ = next(commands(history, roll, "staff", re.compile(r"!обращения$")))
    answer = next(each for each in history.messages_of_bot("staff") if each.reply_to == event.id)
    lines = re.findall(r"(?m)^\d+\. (.+?),", answer.body)
    return frozenset(filter(None, (roll.family_in(line) for line in lines)))
