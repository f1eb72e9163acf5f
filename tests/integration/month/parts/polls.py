"""Four polls; a fifth of the votes is changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from ..acts import Say, Tap, Vote
from ..script import DAYS, Script, clock, waves


@dataclass(frozen=True, slots=True)
class PollPlan:
    """A poll. `length`: days until it ends, at 18:00."""

    day: int
    question: str
    options: tuple[str, ...]
    length: int


POLLS = (
    PollPlan(0, "Куда поедем на экскурсию?", ("Музей космонавтики", "Ботанический сад", "Планетарий"), 3),
    PollPlan(5, "Что подарим библиотеке?", ("Энциклопедию", "Настольную игру"), 2),
    PollPlan(10, "Когда проведём ёлку?", ("В пятницу 18 декабря", "В субботу 19 декабря", "В понедельник 21 декабря"), 3),
    PollPlan(15, "Во сколько собрание?", ("В шесть вечера", "В семь вечера"), 2),
)


def polls(script: Script) -> None:
    """Four polls; a fifth of the votes is changed; natively, by a tap, by a word in the desk, or entered by the teacher."""
    for number, plan in enumerate(POLLS, 1):
        opened = clock(DAYS[plan.day], 12, 5)
        ends = clock(DAYS[plan.day + plan.length], 18)
        script.teacher(opened, f"!опрос {plan.question} {'; '.join(plan.options)} до {ends:%d.%m} 18:00", "announcements")
        script.ledger.owe("polls", "cards")
        script.ledger.owe("polls", "results announced")
        voted: dict[str, datetime] = {}
        times = waves(opened, ends)
        for surname in script.in_app:
            if script.dice.random() < 0.1:
                continue
            first = script.dice.randrange(len(times))
            voted[surname] = times[first]
            _vote(script, plan, surname, times[first])
            if script.dice.random() < 0.2 and first + 1 < len(times):
                _vote(script, plan, surname, script.dice.choice(times[first + 1 :]))
        for surname in script.by_hand:
            if script.dice.random() < 0.6:
                option = script.dice.randrange(len(plan.options)) + 1
                script.teacher(clock(DAYS[plan.day + 1], 14, 20), f"!опрос голос {surname} {option} №{number}")
                script.ledger.owe("polls", "answers to the teacher")
        missing = [name for name in script.in_app if voted.get(name, ends) > ends - timedelta(days=1)]
        script.ledger.owe("polls", "reminders to the missing", sum(map(script.homes_of, missing)))
        script.ledger.owe("polls", "reminders to the missing")  # the families without the app, to the staff room


def _vote(script: Script, plan: PollPlan, surname: str, at: datetime) -> None:
    option = script.dice.choice(plan.options)
    way = script.dice.random()
    if way < 0.5:
        script += Vote(at=at, who=surname, question=plan.question, option=option)
    elif way < 0.8:
        script += Tap(at=at, who=surname, on=f". {plan.question}", key=KEYCAPS[plan.options.index(option)])
    else:
        script += Say(at=at, who=surname, text=option)
        script.ledger.owe("polls", "echoes of words in the desk")


KEYCAPS = tuple(f"{digit}\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}" for digit in range(1, 10))
