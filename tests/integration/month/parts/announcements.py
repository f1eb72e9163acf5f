"""Three announcements a week, half of them to be confirmed: some families do so at once, some when reminded, some never."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ..acts import Say, Tap
from ..script import DAYS, LAST, Script, clock, waves

BUTTON = "✅"


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement.

    Args:
        day: class-day, from 0.
        hour: when the teacher writes it.
        text: word for word.
        must: families have to confirm it.
        room: where the teacher writes it: in the room itself their message is the announcement; from the staff room, a card is.
        send: when it is to be sent, in the teacher's words; "" for at once.
        corrected: what it says after a correction the same evening.
    """

    day: int
    hour: int
    text: str
    must: bool = False
    room: str = "announcements"
    send: str = ""
    corrected: str = ""

    @property
    def mark(self) -> str:
        """A word by which families know it, before and after a correction, in a letter of any language."""
        common = set(self.text[:50].split()) & set((self.corrected or self.text).split())
        return max(sorted(common), key=len).strip(",.")


NOTICES = (
    Notice(0, 9, "В среду 4 ноября праздник, занятий нет. В четверг приходим как обычно.", must=True),
    Notice(1, 15, "Принесите, пожалуйста, краски и альбом к четвергу."),
    Notice(3, 11, "Сбор макулатуры: приносим связанные пачки до 8:20 к спортзалу.", room="staff"),
    Notice(4, 9, "В понедельник фотограф, форма парадная.", must=True, room="staff",
           corrected="Во вторник фотограф, форма парадная."),
    Notice(5, 15, "Столовая: меню на неделю висит у входа."),
    Notice(7, 11, "Прививки от гриппа во вторник: согласие подписать дома и принести.", must=True),
    Notice(9, 21, "Завтра короткие уроки, домой в 12:10.", room="staff"),  # in the quiet hours: delivered in the morning
    Notice(10, 15, "Сменную обувь прошу подписать."),
    Notice(11, 9, "Контрольная по математике в четверг, повторить таблицу умножения.", must=True, room="staff"),
    Notice(13, 11, "Театр в пятницу: сбор в 9:30 у школы.", corrected="Театр в пятницу: сбор в 9:15 у школы."),
    Notice(14, 9, "Собрание класса в декабре. Выберите, пожалуйста, время в опросе.", must=True),
    Notice(16, 15, "Каток в субботу, коньки можно взять в школе.", room="staff", send="завтра 8:00"),
    Notice(17, 9, "В понедельник первые два урока в библиотеке.", must=True, room="staff"),
)  # fmt: skip


def announcements(script: Script) -> None:
    """All announcements; at the end the teacher asks who has confirmed what."""
    for number, notice in enumerate(NOTICES, 1):
        at = clock(DAYS[notice.day], notice.hour, 2 * number % 60)
        command = "!важно" if notice.must else "!объявление"
        when = f"\nотправить {notice.send}" if notice.send else ""
        script.teacher(at, f"{command} {notice.text}{when}", notice.room)
        if notice.room == "staff":
            script.ledger.owe("announcements", "cards")
            script.ledger.owe("announcements", "answers to the teacher")
        elif notice.must:
            script.ledger.owe("announcements", "cards")  # the request to confirm what the teacher wrote
        if notice.must:
            _confirm(script, number, at)
        if notice.corrected:
            _correct(script, number, notice)
    for number, notice in enumerate(NOTICES, 1):
        if notice.must:
            script.teacher(clock(LAST, 20, number), f"!важно кто {number}")
            script.ledger.owe("announcements", "answers to the teacher")


def _correct(script: Script, number: int, notice: Notice) -> None:
    at = clock(DAYS[notice.day], 18, 40)
    script.teacher(at, f"!исправить №{number} {notice.corrected}", "staff")
    script.ledger.owe("announcements", "answers to the teacher")
    script.ledger.owe("announcements", "corrections announced")
    if notice.must:  # whoever has confirmed the old text has to be told of the new one
        told = [surname for surname, first in script.confirmed[number].items() if first < at]
        script.ledger.owe("announcements", "letters about a correction", sum(map(script.homes_of, told)))


def _confirm(script: Script, number: int, sent: datetime) -> None:
    ends = clock(sent + timedelta(days=3), 20)
    reminders = (ends - timedelta(hours=24), ends - timedelta(hours=3))
    early = waves(sent, reminders[0])
    confirmed: dict[str, datetime] = {}
    for surname in script.in_app:
        luck = script.dice.random()
        if luck < 0.05:  # never
            continue
        if luck < 0.72:
            confirmed[surname] = script.dice.choice(early)
            if script.dice.random() < 0.7:
                script += Tap(at=confirmed[surname], who=surname, on=_shown(number), key=BUTTON)
            else:
                script += Say(at=confirmed[surname], who=surname, text=f"№{number} прочитали")
                script.ledger.owe("announcements", "echoes of words in the desk")
        elif luck < 0.9:  # when they are reminded, below the letter
            confirmed[surname] = clock(reminders[0], 20, 30)
            script += Tap(at=confirmed[surname], who=surname, room="desk", on=NOTICES[number - 1].mark, key=BUTTON)
        else:
            confirmed[surname] = ends + timedelta(hours=12)
            script += Say(at=confirmed[surname], who=surname, under=NOTICES[number - 1].mark, text="Прочитали, спасибо!")
            script.ledger.owe("announcements", "echoes of words in the desk")
    if number == 1:
        hasty = next(act for act in script.acts if isinstance(act, Tap) and act.on == _shown(1))
        script += replace(hasty, at=clock(hasty.at, 20, 30), off=True)
        confirmed[hasty.who] = ends + timedelta(days=30)  # that is, never
    for surname in script.by_hand:
        if script.dice.random() < 0.5:
            script.teacher(clock(sent, 16, 10), f"!подтвердил {surname} №{number} по телефону")
            script.ledger.owe("announcements", "answers to the teacher")
    for reminder in reminders:
        missing = [name for name in script.in_app if confirmed.get(name, ends) >= reminder]
        script.ledger.owe("announcements", "reminders to the missing", sum(map(script.homes_of, missing)))
    script.ledger.owe("announcements", "reminders to the missing")  # the families without the app, to the staff room
    script.ledger.owe("announcements", "results announced")  # who is missing at the end, to the staff room
    script.confirmed[number] = confirmed


def _shown(number: int) -> str:
    return f"Объявление №{number}"
