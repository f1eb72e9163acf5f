"""What becomes of duties when the occasion moves, is cancelled, or is over; and of what families who leave had taken."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.api import CalendarEntry
from classroom_matrix.api.contracts import DutyHolders
from classroom_matrix.storage.tables import MemberRow, PupilRow
from classroom_matrix.testing.conversation import CLASS, Conversation
from classroom_plugins.duties.plugin import plugin

from .stage import ZONE, Stage
from .talking import HOW, card, desks, roles
from .views import view_of


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 12, day, hour, minute, tzinfo=ZONE)


def calendar(talk: Conversation, household: str) -> list[CalendarEntry]:
    home = talk.roster.household(household)  # type: ignore[arg-type]
    assert plugin.calendar is not None
    return talk._runner.run(talk.database.call(lambda: list(plugin.calendar(view_of(talk), home))))  # type: ignore[misc]


def test_moved_occasion_moves_its_roles_and_reminders(opened: Conversation, stage: Stage):
    desks(opened)
    opened.teacher.says("!дела №12 термосы 2 в 11:30", room="staff")
    opened.guardian(0).says("термосы", room="family0-0")
    stage.moves(opened, starts=moment(6, 14), ends=moment(6, 16))
    assert card(opened).startswith("Дела: «Каток», вс, 6 декабря, 14:00 (№12)")
    assert roles(opened)[3] == "4️⃣ термосы в 13:30 — 1 из 2: guardian0."
    opened.move_to(datetime(2026, 12, 4, 20, 0))
    assert not any("Напоминаю" in text for text in opened.texts("family0-0"))
    opened.move_to(datetime(2026, 12, 5, 17, 1))
    assert opened.texts("family0-0")[-1] == "Напоминаю, за вами: «термосы» («Каток», вс, 6 декабря, 13:30)." + HOW


def test_time_of_a_role_waits_for_the_date_of_its_occasion(talk: Conversation, stage: Stage):
    stage.plans(13, "Театр", None)
    talk.teacher.says("!дела №13 билеты 2 в 9:30", room="staff")
    assert roles(talk, "Театр") == ["1️⃣ билеты — 0 из 2."]
    stage.moves(talk, 13, starts=moment(12, 12), ends=moment(12, 14))
    assert roles(talk, "Театр") == ["1️⃣ билеты в 09:30 — 0 из 2."]


def test_cancelled_occasion_frees_everything_quietly(opened: Conversation, stage: Stage):
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    stage.cancels(opened)
    assert card(opened) == "Дела: «Каток» (№12) — отменено, все свободны"
    assert opened.desk(opened.guardian(0)) == []  # events tells the families
    assert stage.does(opened, DutyHolders("events/12")) == ()
    opened.guardian(2).reacts("Дела", "1️⃣", room="events")
    assert opened.desk(opened.guardian(2))[-1].body.startswith("Сюда уже не записаться")
    opened.move_to(datetime(2026, 12, 4, 18, 0))
    assert opened.desk(opened.guardian(0)) == []  # no reminder


def test_cancelled_occasion_withdraws_what_was_proposed(opened: Conversation, stage: Stage):
    opened.teacher.says("!дела предложить", room="staff")
    opened.teacher.says("!дела отправить", room="staff")
    stage.cancels(opened)
    assert "больше не действует" in opened.card("Предложение", room="staff").body
    opened.move_to(datetime(2026, 11, 19, 12, 0))
    assert "нет ответа" not in "".join(opened.texts("staff"))


def test_occasion_that_is_over_counts_as_done(opened: Conversation, stage: Stage):
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    opened.move_to(datetime(2026, 12, 5, 15, 0))
    stage.ends(opened)
    assert roles(opened)[0] == "1️⃣ чай — 1 из 2: guardian0."
    assert card(opened).endswith("Закончено. Спасибо всем, кто помог!")  # places were empty
    assert "Ксения Калинина · 1" in opened.teacher.says("!дела нагрузка", room="staff")


def test_reminder_is_held_through_the_quiet_hours(stage: Stage):
    from classroom_plugins.duties.config import DutiesConfig

    with Conversation({plugin: DutiesConfig(remind_hour=22), stage.plugin: None}) as talk:
        talk.teacher.says("!дела №12 чай 2", room="staff")
        talk.guardian(0).reacts("Дела", "1️⃣", room="events")
        talk.move_to(datetime(2026, 12, 4, 23, 0))
        assert talk.desk(talk.guardian(0)) == []
        talk.move_to(datetime(2026, 12, 5, 7, 1))
        assert [m.body for m in talk.desk(talk.guardian(0))] == [
            "Напоминаю, за вами: «чай» («Каток», сб, 5 декабря, 12:00)." + HOW
        ]


def test_reminders_of_one_evening_ring_once_and_are_one_line_to_the_teacher(opened: Conversation):
    desks(opened)
    for role in ("чай", "машина"):
        opened.guardian(0).says(role, room="family0-0")
    for role in ("чай", "фото"):
        opened.teacher.says(f"!дело Исаев {role}", room="staff")
    staff = len(opened.texts("staff"))
    opened.move_to(datetime(2026, 12, 4, 17, 30))
    letters = [m for m in opened.room("family0-0") if m.body.startswith("Напоминаю")]
    assert [letter.loud for letter in letters] == [True, False]
    (line,) = opened.texts("staff")[staff:]
    assert line == (
        "Завтра дела у семей без приложения, напомните лично: «чай» («Каток», сб, 5 декабря, 12:00) — Максим Исаев; "
        "«фото» («Каток», сб, 5 декабря, 12:00) — Максим Исаев."
    )


def leave(talk: Conversation, pupil: str) -> None:
    family = talk.family(pupil)
    people = [person.id for person in family.guardians]

    def write() -> None:
        PupilRow.delete().where(PupilRow.class_id == CLASS, PupilRow.family_id == family.id).execute()
        MemberRow.delete().where(MemberRow.class_id == CLASS, MemberRow.person_id.in_(people)).execute()

    talk._runner.run(talk.database.call(write))


def test_family_that_leaves_the_class_frees_its_places(opened: Conversation):
    opened.guardian(0).reacts("Дела", "3️⃣", room="events")
    voice = opened.guardian(0)
    leave(opened, "Калинина")
    room = opened.room_id("events")
    opened.do(voice._gateway.leave(room))
    assert roles(opened)[2] == "3️⃣ фото — 0 из 1."
    assert opened.texts("staff")[-1] == "Семья ушла из класса, место свободно: «фото» («Каток»)."
    opened.guardian(2).reacts("Дела", "3️⃣", room="events")
    assert "guardian2" in roles(opened)[2]


# ── Calendar ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_calendar_holds_a_household_s_own_duties_only(opened: Conversation):
    opened.guardian(4).reacts("Дела", "1️⃣", room="events")
    (entry,) = calendar(opened, "family2-0")
    assert (entry.uid, entry.title, entry.starts, entry.ends, entry.place, entry.cancelled) == (
        "duty/1", "чай — «Каток» (№12)", moment(5, 12), moment(5, 14), "Парк", False,
    )  # fmt: skip
    assert calendar(opened, "family2-1") == []
    assert calendar(opened, "nobody") == []  # the class's feed


def test_calendar_keeps_the_uid_of_what_is_moved_and_given_back(opened: Conversation, stage: Stage):
    desks(opened)
    seen = []
    opened.guardian(0).says("чай", room="family0-0")
    seen += calendar(opened, "family0-0")
    stage.moves(opened, starts=moment(6, 14), ends=moment(6, 16))
    seen += calendar(opened, "family0-0")
    opened.guardian(0).says("не смогу чай", room="family0-0")
    seen += calendar(opened, "family0-0")
    opened.guardian(0).says("чай", room="family0-0")
    seen += calendar(opened, "family0-0")
    assert [entry.uid for entry in seen] == ["duty/1"] * 4
    assert [entry.cancelled for entry in seen] == [False, False, True, False]
    assert [entry.sequence for entry in seen] == sorted({entry.sequence for entry in seen})


def test_week_s_duty_is_whole_days_in_the_calendar(talk: Conversation):
    talk.teacher.says("!дежурство по классу с 23 ноября до 31 мая", room="staff")
    talk.guardian(0).reacts("по классу", "🙋", room="events")
    (entry,) = calendar(talk, "family0-0")
    assert (str(entry.starts), str(entry.ends), entry.title) == ("2026-11-23", "2026-11-28", "Дежурство по классу")


@pytest.mark.parametrize("hours", [1, 3])
def test_own_time_of_a_role_is_its_time_in_the_calendar(opened: Conversation, hours: int):
    opened.teacher.says(f"!дела №12 термосы 2 в {12 - hours}:00", room="staff")
    opened.teacher.says("!дело Калинина термосы", room="staff")
    (entry,) = calendar(opened, "family0-0")
    assert entry.starts == moment(5, 12 - hours)


def test_all_is_done_where_no_place_was_empty(talk: Conversation, stage: Stage):
    talk.teacher.says("!дела №12 чай 2; фото 1", room="staff")
    for number, key in ((0, "1️⃣"), (2, "1️⃣"), (4, "2️⃣")):
        talk.guardian(number).reacts("Дела", key, room="events")
    stage.ends(talk)
    assert card(talk).endswith("Всё сделано. Спасибо!")
