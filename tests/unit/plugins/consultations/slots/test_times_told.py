"""Reminders, the list of the day, calendars, agendas: what is said without anybody asking."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from classroom_matrix.api import Room
from classroom_matrix.runtime.context import HandlerContext
from classroom_matrix.storage.tables import MemberRow, PersonRow, PupilRow
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.consultations.agenda import calendar, coming, open_for
from classroom_plugins.consultations.offering import offer_slots
from classroom_plugins.consultations.plugin import plugin

from .stage import ask, calendars, desk, entry, free, look, one, staff, utc

REMINDER = (
    "Напоминаем о консультации: чт, 19 ноября, 16:15–16:30, Анна Сергеевна, каб. 12. Если не сможете прийти, напишите «отмена»."
)


def reminders(talk: Conversation, number: int) -> list[str]:
    return [text for text in desk(talk, talk.guardian(number)) if text.startswith(("Напоминаем", "A reminder"))]


# ── Reminders ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_family_is_reminded_a_day_and_an_hour_before(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    opened.move_to(datetime(2026, 11, 18, 16, 14))
    assert reminders(opened, 0) == []
    opened.move_to(datetime(2026, 11, 18, 16, 16))
    assert reminders(opened, 0) == [REMINDER]
    opened.move_to(datetime(2026, 11, 19, 15, 16))
    assert reminders(opened, 0) == [REMINDER] * 2
    assert all(message.loud for message in opened.desk(opened.guardian(0)) if message.body.startswith("Напоминаем"))


def test_what_is_past_is_not_reminded_of(opened: Conversation):
    opened.move_to(datetime(2026, 11, 19, 15, 30))
    one(opened, opened.guardian(0), "2")
    opened.advance(hours=2)
    assert reminders(opened, 0) == []


def test_reminders_follow_a_move_and_end_with_a_cancellation(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    one(opened, opened.guardian(4), "1")
    opened.teacher.says("!запись перенести чт на пт 16:00", room="staff")
    ask(opened, opened.guardian(4), "отмена")
    opened.move_to(datetime(2026, 11, 19, 16, 10))
    assert reminders(opened, 0) == []
    opened.move_to(datetime(2026, 11, 20, 17, 0))
    assert len([text for text in desk(opened, opened.guardian(0)) if text.startswith("Консультация перенесена на пт")]) == 2
    assert [text for text in desk(opened, opened.guardian(4)) if "Напоминаем" in text or "перенесена на" in text] == []


def test_reminder_that_would_fall_into_quiet_hours_comes_the_evening_before(talk: Conversation):
    talk.teacher.says("!запись чт 7:30–8:00", room="staff")
    one(talk, talk.guardian(0), "1")
    talk.move_to(datetime(2026, 11, 18, 20, 29))
    assert len(reminders(talk, 0)) == 1  # on Wednesday at 07:30
    talk.move_to(datetime(2026, 11, 18, 20, 31))
    assert len(reminders(talk, 0)) == 2
    talk.move_to(datetime(2026, 11, 19, 8, 0))
    assert len(reminders(talk, 0)) == 2


def test_reminder_obeys_the_quiet_hours_of_the_person(opened: Conversation):
    guardian = opened.guardian(0)

    def choose() -> None:
        PersonRow.update(quiet="14:00-16:00").where(PersonRow.id == guardian.person.id).execute()

    opened._runner.run(opened.database.call(choose))
    one(opened, guardian, "2")
    opened.move_to(datetime(2026, 11, 19, 13, 29))
    assert len(reminders(opened, 0)) == 1
    opened.move_to(datetime(2026, 11, 19, 13, 31))
    assert len(reminders(opened, 0)) == 2


@pytest.mark.parametrize(
    ("start", "opening", "slot"),
    [
        (datetime(2027, 3, 25, 10), "28.03 03:30–04:00 по 30 мин", utc(2027, 3, 28, 1, 30)),  # 02:00 becomes 03:00
        (datetime(2026, 10, 22, 10), "25.10 03:30–04:00 по 30 мин", utc(2026, 10, 25, 2, 30)),  # 03:00 becomes 02:00
    ],
)
def test_reminder_on_a_night_when_clocks_change_comes_once(start: datetime, opening: str, slot: datetime):
    """An hour before 03:30 is 01:30 in spring and the second 02:30 in autumn."""
    with Conversation(plugin, language="en", zone="Europe/Berlin", start=start) as talk:
        for number in (0, 1):  # awake at any time
            person = talk.guardian(number).person

            def choose(person_id: str = person.id) -> None:
                PersonRow.update(quiet="12:00-12:00").where(PersonRow.id == person_id).execute()

            talk._runner.run(talk.database.call(choose))
        talk.teacher.says(f"!slots {opening}", room="staff")
        one(talk, talk.guardian(0), "1")
        assert entry(calendars(talk, talk.guardian(0).person.household_id)[0])["dtstart"].dt == slot
        talk.move_to(slot.replace(hour=slot.hour - 1, minute=29))
        assert len(reminders(talk, 0)) == 1
        talk.move_to(slot.replace(hour=slot.hour - 1, minute=31))
        assert len(reminders(talk, 0)) == 2
        talk.move_to(slot.replace(hour=slot.hour + 3))
        assert len(reminders(talk, 0)) == 2


def test_slots_over_a_change_of_clocks_are_as_long_as_they_say():
    with Conversation(plugin, language="en", zone="Europe/Berlin", start=datetime(2026, 10, 22, 10)) as talk:
        talk.teacher.says("!slots 25.10 1:00–4:00 every 60 min", room="staff")
        card = talk.card("Consultations to book").body.replace("\xa0", " ")
        assert "1) 01:00 · 2) 02:00 · 3) 02:00 · 4) 03:00" in card  # that night has an hour more


# ── The list of the day ─────────────────────────────────────────────────────────────────────────────────────────────────


def sheets(talk: Conversation) -> list[str]:
    return [text for text in talk.texts("staff") if text.startswith("Консультации чт")]


def test_list_of_the_day_comes_in_the_morning_with_a_file_and_is_edited(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    staff(opened, "!запись за Исаева 3")
    opened.move_to(datetime(2026, 11, 19, 7, 29))
    assert sheets(opened) == []
    opened.move_to(datetime(2026, 11, 19, 7, 31))
    (sheet,) = sheets(opened)
    assert sheet.split("\n")[0] == "Консультации чт, 19 ноября: Анна Сергеевна"
    assert "16:15–16:30 · 2 · Ксения Калинина · guardian0, guardian1 · " in sheet
    assert "16:30–16:45 · 3 · Максим Исаев · guardian6 (на бумаге) · внёс Анна Сергеевна, пн, 16 ноября, 10:00" in sheet
    (file,) = calendars(opened, "staff")
    assert [str(each["summary"]) for each in file.walk() if each.name == "VEVENT"] == ["Ксения Калинина", "Максим Исаев"]
    one(opened, opened.guardian(2), "4")
    ask(opened, opened.guardian(0), "отмена")
    opened.advance(minutes=1)
    (sheet,) = sheets(opened)
    assert ("16:15–16:30 · 2 · свободно" in sheet, "16:45–17:00 · 4 · Таисия Беляева" in sheet) == (True, True)


def test_list_waits_for_a_deadline_on_the_day(talk: Conversation):
    talk.teacher.says("!запись чт 16:00–17:00, запись до чт 12:00", room="staff")
    one(talk, talk.guardian(0), "2")
    talk.move_to(datetime(2026, 11, 19, 11, 59))
    assert sheets(talk) == []
    talk.move_to(datetime(2026, 11, 19, 12, 1))
    assert len(sheets(talk)) == 1


def test_nobody_booked_no_list(opened: Conversation):
    opened.move_to(datetime(2026, 11, 19, 17, 0))
    assert sheets(opened) == []


def test_slots_opened_on_the_day_get_their_list_an_hour_before(talk: Conversation):
    talk.teacher.says("!запись сегодня 16:00–17:00", room="staff")
    one(talk, talk.guardian(0), "2")
    talk.move_to(datetime(2026, 11, 16, 15, 1))
    assert [text for text in talk.texts("staff") if text.startswith("Консультации пн")] != []


# ── What is open and what is coming ─────────────────────────────────────────────────────────────────────────────────────


def test_agenda_says_what_is_open_and_then_what_is_booked(opened: Conversation):
    home = opened.guardian(0).person.household_id
    household = opened.roster.household(home)
    (line,) = look(opened, open_for, household)
    assert line.spans == ("Запись на консультации (Анна Сергеевна), свободно 4. Напишите «запись», и придёт список.",)
    one(opened, opened.guardian(0), "2")
    (line,) = look(opened, open_for, household)
    assert line.spans == ("Вы записаны: чт, 19 ноября, 16:15–16:30, Анна Сергеевна, каб. 12.",)
    assert look(opened, coming, household, date(2026, 11, 18)) == []
    (line,) = look(opened, coming, household, date(2026, 11, 19))
    assert line.spans == ("Консультация: чт, 19 ноября, 16:15–16:30, Анна Сергеевна, каб. 12.",)


def test_calendar_has_only_ones_own_and_keeps_what_was_cancelled(opened: Conversation):
    mother, father = opened.guardian(4), opened.guardian(5)
    one(opened, mother, "1")
    household = opened.roster.household(mother.person.household_id)
    other = opened.roster.household(father.person.household_id)
    (first,) = look(opened, calendar, household)
    assert (first.title, first.place, first.sequence, first.cancelled) == ("Консультация: Анна Сергеевна", "каб. 12", 0, False)
    assert (look(opened, calendar, other), look(opened, calendar, None)) == ([], ())
    one(opened, mother, "перенести на 3")
    one(opened, mother, "отмена")
    (last,) = look(opened, calendar, household)
    assert (last.uid, last.sequence, last.cancelled) == (first.uid, 2, True)
    assert last.starts.strftime("%H:%M") == "16:30"


# ── Who has left, and what is kept ──────────────────────────────────────────────────────────────────────────────────────


def test_leavers_free_their_slot_and_the_next_is_offered_it(talk: Conversation):
    talk.teacher.says("!запись чт 16:00–16:15", room="staff")
    one(talk, talk.guardian(0), "1")
    one(talk, talk.guardian(4), "лист ожидания")

    def leave() -> None:
        MemberRow.delete().where(MemberRow.family_id == "family0").execute()
        PupilRow.delete().where(PupilRow.family_id == "family0").execute()

    talk._runner.run(talk.database.call(leave))
    talk.advance(hours=1, minutes=1)
    assert "Освободилось время: чт, 19 ноября, 16:00" in desk(talk, talk.guardian(4))[-1]


def test_export_lists_everything_and_erasure_leaves_nothing(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    one(opened, opened.guardian(0), "перенести на 3")
    family = opened.family("Калинина")
    exported = look(opened, plugin.export, family)
    (row,) = exported["Записи на консультации"]
    assert (row["Время"], row["Кто записал"], row["Состояние"]) == ("19.11.2026 16:30", "guardian0", "записаны")
    look(opened, plugin.erase, family)
    look(opened, plugin.erase, family)
    assert "Записи на консультации" not in look(opened, plugin.export, family)
    opened.advance(hours=1, minutes=1)
    assert free(opened) == "Свободно 4 из 4."


def test_export_keeps_the_homes_of_separated_parents_apart(opened: Conversation):
    one(opened, opened.guardian(4), "1")
    one(opened, opened.guardian(5), "3")
    exported = look(opened, plugin.export, opened.family("Чернов"))
    assert sorted(exported) == ["guardian4", "guardian5"]
    for home, time in (("guardian4", "16:00"), ("guardian5", "16:30")):
        (row,) = exported[home]["Записи на консультации"]
        assert (row["Время"], row["Кто записал"]) == (f"19.11.2026 {time}", home)


def test_written_question_offers_slots_and_the_list_of_the_day_says_what_it_is_about(opened: Conversation):
    household = opened.roster.household(opened.guardian(0).person.household_id)

    def offer() -> bool:
        batch = opened.dispatcher._batch()
        loaded = opened.registry.plugins["consultations"]
        room = Room(opened.room_id("staff"), "staff")
        ctx = HandlerContext(batch, loaded, opened.klass.id, cause="$x", handler="test", room=room)
        with opened.database.transaction():
            offered = offer_slots(ctx, household, "Чтение")
            batch.add(ctx.finish())
            opened.dispatcher._committed(batch, batch.flush())
        return offered

    assert opened._runner.run(opened.database.call(offer)) is True
    opened.settle()
    assert "1) 16:00" in desk(opened, opened.guardian(0))[-1]
    one(opened, opened.guardian(0), "1")
    assert "16:00–16:15 · 1 · Ксения Калинина · guardian0, guardian1 · Чтение" in staff(opened, "!запись лист чт")
