"""How the month is written down: a list of acts, drawn with a seed, and what is due for them at least.

It is November 2026: 20 class-days from Monday the 2nd (the 4th is a holiday) to Monday the 30th.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Self

from classroom_matrix.domain.people import Family

from .acts import TEACHER, Act, Say, days_between
from .noise import Ledger
from .stage import MOSCOW, Home, MonthOnStage

FIRST, LAST = datetime(2026, 11, 2, tzinfo=MOSCOW), datetime(2026, 11, 30, tzinfo=MOSCOW)
HOLIDAY = datetime(2026, 11, 4, tzinfo=MOSCOW)
DAYS = [day for day in days_between(FIRST, LAST) if day != HOLIDAY]


@dataclass
class Script:
    """A list of acts that grows, with what is due for them at least."""

    homes: Sequence[Home]
    families: Sequence[Family]
    dice: random.Random
    acts: list[Act] = field(default_factory=list)
    ledger: Ledger = field(default_factory=Ledger)
    confirmed: dict[int, dict[str, datetime]] = field(default_factory=dict)  # must-read → family → when it confirms

    @classmethod
    def on(cls, stage: MonthOnStage, seed: int = 4) -> Script:
        return cls(stage.homes, stage.families, random.Random(seed))

    @property
    def in_app(self) -> list[str]:
        """Surnames of families that act by themselves, in the order of the list."""
        present = {home.family.id for home in self.homes}
        return [family.pupils[0].surname for family in self.families if family.id in present]

    @property
    def by_hand(self) -> list[str]:
        """Surnames of families for whom the teacher enters what they said."""
        return [family.pupils[0].surname for family in self.families if family.pupils[0].surname not in self.in_app]

    def homes_of(self, surname: str) -> int:
        """How many desks a family has."""
        return sum(home.surname == surname for home in self.homes)

    def teacher(self, at: datetime, text: str, room: str = "staff", **more: str | bool) -> None:
        self.acts.append(Say(at=at, who=TEACHER, text=text, room=room, **more))  # type: ignore[arg-type]

    def __iadd__(self, act: Act) -> Self:
        self.acts.append(act)
        return self

    def until(self, last: datetime) -> Script:
        """Only what happens before a moment: for a quick look."""
        return Script(self.homes, self.families, self.dice, [act for act in self.acts if act.at < last], self.ledger)


def clock(day: datetime, hour: int, minute: int = 0) -> datetime:
    return day.replace(hour=hour, minute=minute)


def waves(start: datetime, end: datetime) -> list[datetime]:
    """When families look at their phones: a few times a day between two moments, never at night."""
    found = []
    day = start.replace(hour=0, minute=0)
    while day < end:
        found += [
            moment
            for moment in (clock(day, 7, 40), clock(day, 13, 10), clock(day, 18, 20), clock(day, 20, 30))
            if start < moment < end
        ]
        day += timedelta(days=1)
    return found
