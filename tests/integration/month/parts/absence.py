"""Pupils who are ill, and what their families say about it."""

from __future__ import annotations

from datetime import datetime

from ..acts import Say
from ..script import DAYS, Script, clock
from .homework import CORRECTED

ILL = {  # class-day → how it is said, and for how many class-days
    1: ("болеет сегодня", 1),
    3: ("болеет до понедельника", 2),
    5: ("Здравствуйте, сегодня не придём, температура", 1),
    6: ("болеет до пятницы", 3),
    9: ("болеет сегодня", 1),
    11: ("сегодня болеет, кашель", 1),
    13: ("болеет сегодня и завтра", 2),
    15: ("заболели, до пятницы", 4),
    18: ("болеет сегодня", 1),
}
LATE = {9}  # said after the teacher's list has come
BY_HAND = {10: ("Исаев", 3)}  # entered by the teacher "until Friday", class-day → surname, class-days


def absence(script: Script) -> None:
    away: dict[datetime, int] = {}
    families = [surname for surname in script.in_app if surname != "Беляева"]  # twins: they would be asked which
    script.dice.shuffle(families)
    for place, (said, length) in ILL.items():
        surname = families.pop()
        late = place in LATE
        script += Say(at=clock(DAYS[place], 8 if late else 7, 45), who=surname, text=said)
        script.ledger.owe("absence", "echoes of words in the desk", script.homes_of(surname))
        if late:
            script.ledger.owe("absence", "told to the teacher at once")
        for number in range(place, place + length):
            away[DAYS[number]] = away.get(DAYS[number], 0) + (0 if late and number == place else 1)
            letters = 1 + (number in CORRECTED)  # what was set comes by itself, and what is different afterwards
            script.ledger.owe("homework", "letters to those who are away", letters * script.homes_of(surname))
    for place, (surname, length) in BY_HAND.items():
        script.teacher(clock(DAYS[place], 7, 50), f"!отсутствует {surname} до пятницы")
        script.ledger.owe("absence", "answers to the teacher")
        for number in range(place, place + length):
            away[DAYS[number]] = away.get(DAYS[number], 0) + 1
            script.ledger.owe("homework", "families without the app, told to the teacher", 1 + (number in CORRECTED))
    script.ledger.owe("absence", "lists of the morning", sum(count > 0 for count in away.values()))
