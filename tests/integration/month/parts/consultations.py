"""One day of booking for everybody: a rush, collisions, moves, cancellations; and questions in writing."""

from __future__ import annotations

from datetime import timedelta

from ..acts import Say, Tap
from ..script import DAYS, Script, clock

OPENED, LAST_DAY = 8, 10
"""Class-days on which booking opens and ends."""
SLOTS = 26
WRITTEN = {  # class-day → what a family asks in writing, and what the teacher answers
    1: ("Здравствуйте! Почему за диктант тройка?", "Было пять ошибок, разберём на уроке."),
    3: ("Подскажите, какую тетрадь купить для английского?", "Обычную, 12 листов."),
    6: ("Можно ли забрать сына в пятницу после третьего урока?", ""),
    8: ("Дочь забыла очки, напомните ей, пожалуйста, сесть ближе. Это возможно?", "Конечно, пересажу."),
    12: ("Как у Даниила дела с чтением?", "Читает лучше, 70 слов в минуту."),
    14: ("Где можно посмотреть расписание кружков?", "На стенде у входа."),
    18: ("Когда будут оценки за четверть?", ""),
}


def consultations(script: Script) -> None:
    """The teacher opens two afternoons; 24 families take a place, two of them after they were too slow for another one."""
    day = DAYS[OPENED]
    hours = "18.11 15:00–18:00, 19.11 15:00–18:30"
    script.teacher(clock(day, 12, 30), f"!запись {hours}, по 15 мин, каб. 12, запись до 17.11 20:00")
    script.ledger.owe("consultations", "cards")
    script.ledger.owe("consultations", "answers to the teacher")
    families = list(script.in_app)
    script.dice.shuffle(families)
    numbers = list(range(1, SLOTS + 1))
    script.dice.shuffle(numbers)
    booked: dict[str, int] = {}
    rush, later = clock(day, 13, 10), (clock(day, 18, 20), clock(day, 20, 30), clock(DAYS[OPENED + 1], 7, 40))
    for _ in range(2):  # two families want the same place at once; whoever is too slow takes another one
        pair, place, other = (families.pop(), families.pop()), numbers.pop(), numbers.pop()
        for surname in pair:
            script += Say(at=rush, who=surname, text=said(place))
            script += Say(at=later[0], who=surname, text=said(other), if_told="занято")
        _owe_bookings(script, 2)
        script.ledger.owe("consultations", "echoes of words in the desk")  # taken: what is free beside it
    while families and len(booked) < 19:
        surname, place = families.pop(), numbers.pop()
        booked[surname] = place
        at, way = script.dice.choice((rush, rush, *later)), script.dice.random()
        words = str(place)
        if way < 0.25:  # with the list before their eyes
            script += Say(at=at - timedelta(minutes=5), who=surname, text="запись")
            script.ledger.owe("consultations", "lists asked for")
        elif way < 0.7:
            words = said(place)
        script += Say(at=at, who=surname, text=words)
        # Whoever gives a number without having asked for the list is asked whether it is a slot that they mean.
        script += Say(at=at + timedelta(minutes=5), who=surname, text="1", if_told="К чему это?")
        script += Say(at=at + timedelta(minutes=5), who=surname, text="да", if_told="Верно?")
        _owe_bookings(script, 1)
    for surname in script.by_hand:
        script.teacher(clock(DAYS[OPENED + 1], 14, 40), f"!запись за {surname} {numbers.pop()}")
        script.ledger.owe("consultations", "answers to the teacher")
    _changes(script, booked, numbers)
    script.ledger.owe("consultations", "lists of the day and their files", 4)


def said(place: int) -> str:
    """A slot by its time, in words: "18.11 в 15:30" is the third."""
    day, quarter = (18, place - 1) if place <= 12 else (19, place - 13)
    return f"{day}.11 в {15 + quarter // 4}:{quarter % 4 * 15:02}"


def _owe_bookings(script: Script, count: int) -> None:
    script.ledger.owe("consultations", "echoes of words in the desk", count)
    script.ledger.owe("consultations", "calendar files", count)
    script.ledger.owe("consultations", "reminders", 2 * count)


def _changes(script: Script, booked: dict[str, int], numbers: list[int]) -> None:
    """Three families change their minds before the deadline."""
    at = clock(DAYS[LAST_DAY], 7, 40)
    surnames = sorted(booked)
    gone, moved = surnames[3], surnames[7]
    script += Say(at=at, who=gone, text="отмена консультации")  # a letter about the event may be open, too
    script += Say(at=at, who=moved, text=f"перенести на {numbers.pop()}")
    script.ledger.owe("consultations", "echoes of words in the desk", 2)
    script.ledger.owe("consultations", "calendar files", 2)
    script.ledger.owe("consultations", "reminders", -2)


def written(script: Script) -> None:
    """Questions in desks; most are answered there, and thanked for."""
    families = list(script.in_app)
    script.dice.shuffle(families)
    for place, (question, answer) in WRITTEN.items():
        surname = families.pop()
        script += Say(at=clock(DAYS[place], 13, 25), who=surname, text=question)
        if answer:
            script.teacher(clock(DAYS[place], 16, 50), answer, f"desk {surname}")
            if place % 2:
                script += Tap(at=clock(DAYS[place], 18, 20), who=surname, room="desk", on=answer, key="👍")
            else:
                script += Say(at=clock(DAYS[place], 18, 20), who=surname, text="Спасибо большое, поняла!")
        else:
            script.ledger.owe("consultations", "waiting too long, told to the teacher", int(place == 6))
    script.teacher(clock(DAYS[-1], 20, 40), "!обращения")
    script.teacher(clock(DAYS[-1], 20, 41), "!обращения все")
    script.ledger.owe("consultations", "answers to the teacher", 2)
