"""One card of homework a day with several subjects, corrections, photos; questions; families who ask what was set."""

from __future__ import annotations

from datetime import datetime, timedelta

from ..acts import Photo, Say
from ..script import DAYS, LAST, Script, clock

SUBJECTS = {
    "математика": ("с. {page} № {task}", "с. {page} № {task} и № {more}"),
    "русский язык": ("упр. {task}", "упр. {task}, правило на с. {page}"),
    "чтение": ("с. {page}, пересказ", "с. {page} наизусть"),
    "окружающий мир": ("с. {page}, вопросы", "рисунок к с. {page}"),
    "английский": ("p. {page} ex. {task}",),
}
QUESTIONS = {  # class-day → subject and question, asked in a desk
    2: ("математике", "в задаче спрашивают про все дни или про один?"),
    6: ("русскому", "писать в тетрадь или в дневник?"),
    11: ("чтению", "учить всё стихотворение?"),
    15: ("математике", "можно решать уравнением?"),
}
IN_THREADS = {4: "А № 5 тоже надо?", 9: "Какого размера рисунок?", 14: "Спасибо, поняли!"}
CORRECTED = frozenset(place for place in range(len(DAYS)) if place % 3 == 1 or place % 7 == 6)
"""Class-days on which something is corrected or cancelled in the evening."""
ASKED = {3: "что задали на завтра", 8: "что задали 9–13 ноября", 12: "что задали вчера", 17: "что задали на завтра"}


def homework(script: Script) -> None:
    for place, day in enumerate(DAYS):
        due = DAYS[place + 1] if place + 1 < len(DAYS) else LAST + timedelta(days=1)
        _set(script, place, day, due)
        if place in QUESTIONS:
            _ask(script, place, day)
        if place in IN_THREADS:
            surname = script.dice.choice(script.in_app)
            card = f", {_said(due)}"
            script += Say(at=clock(day, 16, 45), who=surname, room="homework", under=card, thread=True, text=IN_THREADS[place])
        if place in ASKED:
            for surname in script.dice.sample(script.in_app, 3):
                script += Say(at=clock(day, 17, 15), who=surname, text=ASKED[place])
                script.ledger.owe("homework", "answers to families")


def _set(script: Script, place: int, day: datetime, due: datetime) -> None:
    """The teacher writes what is set, mostly into the room itself, and often corrects something later."""
    dice = script.dice
    subjects = dice.sample(sorted(SUBJECTS), 3 + place % 2)
    lines = [f"{subject} {_task(script, subject)}" for subject in subjects]
    script.ledger.owe("homework", "cards")
    room = "staff" if place % 5 == 4 else "homework"
    script.teacher(clock(day, 14, 30), f"!дз на {due:%d.%m}\n" + "\n".join(lines[:2]), room)
    script.teacher(clock(day, 15, 20), f"!дз {lines[2]} на {due:%d.%m}", room)
    if len(lines) > 3:
        script.teacher(clock(day, 15, 50), f"!дз {lines[3]} на {due:%d.%m}", room)
    if room == "staff":
        script.ledger.owe("homework", "answers to the teacher", len(lines) - 1)
    if place % 3 == 1:
        fresh = _task(script, subjects[0])
        script.teacher(clock(day, 18, 50), f"!дз исправить {subjects[0]} {fresh} на {due:%d.%m}", room)
    if place % 7 == 6:
        script.teacher(clock(day, 19, 10), f"!дз отменить {subjects[1]} на {due:%d.%m}", room)
    if place in (5, 12):
        script += Photo(at=clock(day, 15, 25), caption=f"board-{place}.jpg")
        script.teacher(
            clock(day, 15, 30), f"!дз технология принести картон на {due:%d.%m}", "homework", under=f"board-{place}.jpg"
        )


def _task(script: Script, subject: str) -> str:
    dice = script.dice
    wording = dice.choice(SUBJECTS[subject])
    return wording.format(page=dice.randint(10, 120), task=dice.randint(1, 60), more=dice.randint(61, 99))


def _ask(script: Script, place: int, day: datetime) -> None:
    """A family asks from its desk; the teacher answers it, or everybody."""
    subject, question = QUESTIONS[place]
    surname = script.dice.choice(script.in_app)
    script += Say(at=clock(day, 17, 5), who=surname, text=f"Вопрос по {subject}: {question}")
    script.ledger.owe("homework", "questions passed on", 2)  # to the staff room, and a word to the family
    for_all = "всем " if place % 2 else ""
    script.teacher(clock(day, 17, 40), f"{for_all}Прочитайте условие ещё раз: {place}", under=question)
    script.ledger.owe("homework", "questions answered")
    if for_all:
        script.ledger.owe("homework", "questions answered")  # in the thread


def _said(day: datetime) -> str:
    months = {11: "ноября", 12: "декабря"}
    return f"{day.day} {months[day.month]}"
