"""A few households want a letter every evening."""

from __future__ import annotations

from datetime import timedelta

from ..acts import Say
from ..script import DAYS, FIRST, LAST, Script, clock

SUBSCRIBERS = 4


def digest(script: Script) -> None:
    families = script.dice.sample([surname for surname in script.in_app if script.homes_of(surname) == 1], SUBSCRIBERS)
    evenings = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
    for surname in families:
        script += Say(at=clock(DAYS[0], 12, 40), who=surname, text="!сводка вкл")
        script.ledger.owe("core", "answers to families")
        # On the eve of each day with homework; on Saturdays there is nothing to say.
        script.ledger.owe("core", "digests", sum(evening.weekday() != 5 for evening in evenings))
    for place in (4, 12):
        surname = script.dice.choice(script.in_app)
        script += Say(at=clock(DAYS[place], 20, 30), who=surname, text="Что нового?")
        script.ledger.owe("core", "answers to families")
