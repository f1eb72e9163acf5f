"""One event from the first idea to the thanks, with nine places of duty, and a plan that changes on the way."""

from __future__ import annotations

from datetime import timedelta

from ..acts import Say, Tap
from ..script import DAYS, Script, clock, waves
from .polls import KEYCAPS

TITLE = "Осенний поход"
ROLES = (("чай", 2), ("костёр", 2), ("фото", 1), ("игры", 2), ("аптечка", 1), ("сбор", 1))
OPENED, CHANGED = 3, 9
"""Class-days."""
YES, MAYBE, NO = "✅", "❔", "❌"
WORDS = {"придём, 2 взрослых": YES, "придём": YES, "не придём": NO}


def events(script: Script) -> None:
    opened = clock(DAYS[OPENED], 12, 15)
    roles = ", ".join(f"{name} {places}" for name, places in ROLES)
    script.teacher(
        opened, f"!событие {TITLE} 28.11 12:00; где: парк; взять: перекус; ответить до 18.11 20:00; дела: {roles}", "staff"
    )
    script.ledger.owe("events", "cards")
    script.ledger.owe("events", "answers to the teacher")
    script.ledger.owe("duties", "cards")
    _ideas(script)
    coming = _answers(script)
    _duties(script)
    _change(script, coming)
    script.ledger.owe("events", "thanks")
    script.teacher(clock(DAYS[17], 14, 10), "!событие кто 1")
    script.ledger.owe("events", "answers to the teacher")


def _ideas(script: Script) -> None:
    first, second = script.dice.sample(script.in_app, 2)
    card, at = f"{TITLE} · событие", clock(DAYS[OPENED], 18, 25)
    script += Say(at=at, who=first, room="events", under=card, thread=True, text="Идея: взять гитару")
    script += Say(at=at + timedelta(minutes=5), who=second, text="Идея: сходить на каток")
    script.ledger.owe("events", "echoes of words in the desk", 2)
    script.ledger.owe("events", "ideas passed on to the teacher", 2)
    script.teacher(clock(DAYS[OPENED + 1], 10, 5), "!план №1 Сбор у школы в 11:45; Игры у костра; Чай")
    script.teacher(clock(DAYS[OPENED + 1], 10, 15), "!идеи принять 1")
    script.teacher(clock(DAYS[OPENED + 1], 10, 20), "!идеи отклонить 2 пойдём пешком")
    script.ledger.owe("events", "answers to the teacher", 3)
    script.ledger.owe("events", "letters about an idea", 2)


def _answers(script: Script) -> dict[str, str]:
    """Families say whether they come: on the card, in words, or not at all. Returns who said what."""
    times = waves(clock(DAYS[OPENED], 12, 15), clock(DAYS[CHANGED], 12))[:16]
    said: dict[str, str] = {}
    for surname in script.in_app:
        luck, at = script.dice.random(), script.dice.choice(times)
        if luck < 0.12:
            continue
        if luck < 0.75:
            said[surname] = script.dice.choice((YES, YES, YES, YES, MAYBE, NO))
            script += Tap(at=at, who=surname, room="events", on=f"{TITLE} · событие", key=said[surname])
        else:
            words = script.dice.choice(sorted(WORDS))
            said[surname] = WORDS[words]
            script += Say(at=at, who=surname, text=f"{TITLE}: {words}")
            script.ledger.owe("events", "echoes of words in the desk")
    for surname in script.by_hand:
        script.teacher(clock(DAYS[OPENED + 2], 14, 50), f"!придут {surname} 1 взрослый")
        script.ledger.owe("events", "answers to the teacher")
    silent = [surname for surname in script.in_app if surname not in said]
    script.ledger.owe("events", "reminders to the missing", sum(map(script.homes_of, silent)))
    return said


def _duties(script: Script) -> None:
    """Seven places are taken by families, one of them given back; the rest is proposed and mostly accepted."""
    families = list(script.in_app)
    script.dice.shuffle(families)
    card = f"Дела: «{TITLE}»"
    times = waves(clock(DAYS[OPENED], 12, 15), clock(DAYS[OPENED + 3], 12))
    wanted = (0, 0, 1, 2, 3, 4, 5)  # places in ROLES
    for number, role in enumerate(wanted):
        surname = families.pop()
        if number % 3 == 2:
            script += Say(at=times[number], who=surname, text=f"возьмём {ROLES[role][0]}")
            script.ledger.owe("duties", "echoes of words in the desk")
        else:
            script += Tap(at=times[number], who=surname, room="events", on=card, key=KEYCAPS[role])
        if number == 4:
            script += Tap(at=times[number + 3], who=surname, room="events", on=card, key=KEYCAPS[role], off=True)
    late = families.pop()  # too late for a place that is taken
    script += Tap(at=times[-1], who=late, room="events", on=card, key=KEYCAPS[2])
    script.ledger.owe("duties", "letters: no place left", script.homes_of(late))
    script.teacher(clock(DAYS[OPENED + 5], 14, 5), "!дела предложить №1 жребий 7")
    script.teacher(clock(DAYS[OPENED + 5], 14, 15), "!дела отправить")
    script.ledger.owe("duties", "answers to the teacher", 2)
    asked = "Сможете помочь"
    for surname in families:  # two of them are asked, and agree
        script += Tap(at=clock(DAYS[OPENED + 5], 18, 20), who=surname, room="desk", on=asked, key=YES, if_told=asked)
    script.ledger.owe("duties", "letters: somebody is asked to help", 3)
    script.ledger.owe("duties", "reminders the day before", 9)


def _change(script: Script, coming: dict[str, str]) -> None:
    """Another hour: who said yes or maybe is asked again, and mostly still comes."""
    at = clock(DAYS[CHANGED], 15, 45)
    script.teacher(at, "!событие изменить №1 когда: 28.11 13:00")
    script.ledger.owe("events", "answers to the teacher")
    asked = [surname for surname, said in coming.items() if said != NO]
    script.ledger.owe("events", "letters: the plan has changed", sum(map(script.homes_of, asked)))
    for surname in asked:
        luck = script.dice.random()
        if luck < 0.8:
            answer = "да" if luck < 0.7 else "нет"
            script += Say(at=at + timedelta(hours=script.dice.choice((3, 4, 5))), who=surname, under=TITLE, text=answer)
            script.ledger.owe("events", "echoes of words in the desk")
