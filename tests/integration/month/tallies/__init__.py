"""The month counted once more: from the homeserver's own history, with nothing of the plugins'.

Only raw events are looked at: native votes, reactions, messages, what was taken back; whose an account is comes from the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ..history import Event, History
from ..script import FIRST
from ..stage import MonthOnStage


@dataclass(frozen=True, slots=True)
class Roll:
    """Whose an account is, by the class list. A family is called by the surname of its first pupil.

    `family_of`: user ID → surname; `adults`: "Ирина Юдина" → surname; `pupils`: every pupil's name → surname.
    """

    family_of: Mapping[str, str]
    families: Sequence[str]
    teacher: str
    adults: Mapping[str, str]
    pupils: Mapping[str, str]

    @classmethod
    def of(cls, stage: MonthOnStage) -> Roll:
        whose = {str(person.user_id): home.surname for home in stage.homes for person in home.acting}
        adults: dict[str, str] = {}
        pupils: dict[str, str] = {}
        for family in stage.families:
            surname = family.pupils[0].surname
            pupils.update((pupil.name, surname) for pupil in family.pupils)
            adults.update((_short(guardian.name), surname) for guardian in family.guardians)
        return cls(whose, [family.pupils[0].surname for family in stage.families], stage.teacher.user_id, adults, pupils)

    def family_in(self, text: str) -> str | None:
        """The family whose pupil a text names."""
        return next((surname for pupil, surname in self.pupils.items() if pupil in text), None)

    def family_of_adult(self, name: str) -> str:
        return self.adults[name]


def _short(name: str) -> str:
    """ "Ирина Алексеевна Юдина" as others see it: "Ирина Юдина"."""
    parts = name.split()
    return f"{parts[0]} {parts[-1]}"


@dataclass(frozen=True, slots=True)
class Given:
    """One act of a family that may count."""

    at: datetime
    order: int
    family: str
    what: str


def last_of_each(given: Sequence[Given]) -> Mapping[str, str]:
    """What counts of each family: the last thing that it said."""
    return {each.family: each.what for each in sorted(given, key=lambda each: (each.at, each.order))}


# ── What people wrote ───────────────────────────────────────────────────────────────────────────────────────────────────


def words(history: History, roll: Roll) -> Iterator[Event]:
    """What families wrote into their desks."""
    for room, events in history.rooms.items():
        if room.startswith("desk "):
            yield from (e for e in events if e.type == "m.room.message" and e.sender in roll.family_of and history.stands(e))


def commands(history: History, roll: Roll, room: str, pattern: re.Pattern[str]) -> Iterator[tuple[Event, re.Match[str]]]:
    """The teacher's messages of a room that fit a pattern, of this month."""
    for event in history.rooms[room]:
        found = pattern.match(event.body) if event.sender == roll.teacher and event.type == "m.room.message" else None
        if found and not event.is_edit and event.at >= FIRST:
            yield event, found
