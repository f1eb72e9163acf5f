"""Commands of staff that are edited or deleted."""

from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import EventId
from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.consultations.plugin import plugin

from .stage import ask, calendars, desk, entry, one, staff, without_files
from .test_teacher import numbered, specialist


def writes(talk: Conversation, text: str, voice: Voice | None = None) -> EventId:
    return (voice or talk.teacher).sends("m.room.message", {"msgtype": "m.text", "body": text}, room="staff")


def edits(talk: Conversation, event: EventId, text: str, voice: Voice | None = None) -> list[str]:
    """What staff are answered."""
    count = len(talk.texts("staff"))
    content = {
        "msgtype": "m.text",
        "body": f"* {text}",
        "m.new_content": {"msgtype": "m.text", "body": text},
        "m.relates_to": {"rel_type": "m.replace", "event_id": event},
    }
    (voice or talk.teacher).sends("m.room.message", content, room="staff")
    return without_files(talk.texts("staff"))[count:]


def room_of(voice: Voice) -> str:
    assert voice.person is not None
    assert voice.person.household_id is not None
    return voice.person.household_id


def deletes(talk: Conversation, event: EventId) -> list[str]:
    count = len(talk.texts("staff"))
    talk.teacher.takes_back(event, room="staff")
    return talk.texts("staff")[count:]


# ── Opened ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_refused_opening_is_put_right_by_an_edit(talk: Conversation):
    event = writes(talk, "!запись чт")
    assert edits(talk, event, "!запись чт 16:00–16:30")[0].startswith("Открыто 2 времени, первое чт, 19 ноября, 16:00.")
    assert numbered(talk) == ["чт, 19 ноября: 1) 16:00 · 2) 16:15"]


def test_edit_that_is_still_wrong_gets_its_sentence(talk: Conversation):
    event = writes(talk, "!запись чт")
    assert edits(talk, event, "!запись чт в 16:00") == ["С какого до какого часа? Например: !запись чт 16:00–18:00 по 15 мин"]


def test_edited_opening_keeps_what_is_in_both(talk: Conversation):
    event = writes(talk, "!запись чт 16:00–16:30, каб. 12")
    one(talk, talk.guardian(0), "2")
    assert edits(talk, event, "!запись чт 16:15–17:00, каб. 12")[0].startswith("Исправлено: открыто 3 времени, первое чт")
    talk.advance(minutes=2)
    assert numbered(talk) == ["чт, 19 ноября: 3) 16:30 · 4) 16:45"]
    assert len(talk.texts("announcements")) == 1
    assert edits(talk, event, "!запись чт 16:15–17:00, каб. 12") == []
    assert "Вы записаны: чт, 19 ноября, 16:15–16:30" in one(talk, talk.guardian(0), "запись")


def test_edit_takes_no_booked_time_away(talk: Conversation):
    event = writes(talk, "!запись чт 16:00–17:00")
    one(talk, talk.guardian(0), "4")
    assert edits(talk, event, "!запись пт 16:00–17:00")[0].startswith(
        "Правку не учли: на времена, которых в ней больше нет, записана 1 семья."
    )
    assert "Вы записаны: чт, 19 ноября, 16:45–17:00" in one(talk, talk.guardian(0), "запись")


def test_new_place_is_told_to_who_has_booked(talk: Conversation):
    event = writes(talk, "!запись чт 16:00–17:00, каб. 12")
    one(talk, talk.guardian(0), "1")
    edits(talk, event, "!запись чт 16:00–17:00, каб. 7")
    assert desk(talk, talk.guardian(0))[-1] == (
        "Место изменилось. Ваша консультация: чт, 19 ноября, 16:00–16:15, Анна Сергеевна, каб. 7."
    )
    assert entry(calendars(talk, room_of(talk.guardian(0)))[-1])["location"] == "каб. 7"


def test_tomorrow_of_an_edit_is_the_day_after_the_command(talk: Conversation):
    event = writes(talk, "!запись завтра 16:00–16:30")
    talk.advance(hours=20)
    edits(talk, event, "!запись завтра 16:00–16:45")
    talk.advance(minutes=2)
    assert numbered(talk) == ["вт, 17 ноября: 1) 16:00 · 2) 16:15 · 3) 16:30"]


def test_deleted_opening_goes_while_nobody_has_booked(talk: Conversation):
    event = writes(talk, "!запись чт 16:00–17:00")
    one(talk, talk.guardian(0), "1")
    assert deletes(talk, event)[0].startswith("Записана 1 семья, поэтому запись остаётся")
    one(talk, talk.guardian(0), "отмена")
    assert deletes(talk, event) == ["Команда удалена, запись убрана: никто не был записан."]
    talk.advance(minutes=2)
    assert "Консультации отменены." in talk.card("Запись на консультации").body
    assert deletes(talk, event) == []


def test_opening_that_is_deleted_in_quiet_hours_does_not_appear(talk: Conversation):
    talk.advance(hours=12)
    event = writes(talk, "!запись чт 16:00–17:00")
    assert deletes(talk, event) == ["Команда удалена, запись убрана: никто не был записан."]
    talk.advance(hours=12)
    assert talk.texts("announcements") == []


def test_edit_of_another_command_gets_one_line(opened: Conversation):
    event = writes(opened, "!запись лист чт")
    assert edits(opened, event, "!запись отменить чт: болею") == ["Правку команды не учли. Напишите её новым сообщением."]
    assert "1) 16:00" in one(opened, opened.guardian(0), "запись")


def test_nobody_edits_the_command_of_somebody_else(talk: Conversation):
    inna = specialist(talk)
    event = writes(talk, "!запись чт 16:00–17:00")
    assert edits(talk, event, "!запись пт 16:00–17:00", inna) == []
    assert numbered(talk)[0].startswith("чт")


# ── Entered for a family ────────────────────────────────────────────────────────────────────────────────────────────────


def test_edited_entry_is_followed(opened: Conversation):
    event = writes(opened, "!запись за Калинину 3")
    assert edits(opened, event, "!запись за Калинину 4") == ["Перенесено: Ксения Калинина — чт, 19 ноября, 16:45."]
    assert edits(opened, event, "!запись за Калинину 4") == []
    assert edits(opened, event, "!запись за Калинину чт 16:00") == ["Перенесено: Ксения Калинина — чт, 19 ноября, 16:00."]
    assert edits(opened, event, "!запись за Калинину отмена") == ["Запись отменена: Ксения Калинина — чт, 19 ноября, 16:00."]


def test_refused_entry_is_put_right_by_an_edit(opened: Conversation):
    event = writes(opened, "!запись за Калинину 44")
    assert edits(opened, event, "!запись за Калинину 4") == ["Записано: Ксения Калинина — чт, 19 ноября, 16:45."]


@pytest.mark.parametrize("waits", [False, True])
def test_entry_for_the_wrong_family_goes_to_the_right_one(opened: Conversation, waits: bool):
    staff(opened, "!запись снять 2–4")
    event = writes(opened, "!запись за Калинину 1")
    if waits:
        one(opened, opened.guardian(2), "лист ожидания")
    assert edits(opened, event, "!запись за Исаева 1") == [
        "Запись отменена: Ксения Калинина — чт, 19 ноября, 16:00.",
        "Записано: Максим Исаев — чт, 19 ноября, 16:00.",
    ]
    assert desk(opened, opened.guardian(0))[-1].startswith("Вашу запись отменили: чт, 19 ноября, 16:00")


def test_edit_and_deletion_do_not_undo_what_the_family_chose_since(opened: Conversation):
    event = writes(opened, "!запись за Калинину 3")
    one(opened, opened.guardian(0), "перенести на 2")
    assert edits(opened, event, "!запись за Калинину 4")[0].startswith(
        "Правку не учли, запись с тех пор изменилась: Ксения Калинина — чт, 19 ноября, 16:15."
    )
    assert deletes(opened, event)[0].startswith("Команда удалена, запись остаётся: Ксения Калинина — чт, 19 ноября, 16:15.")


def test_deleted_entry_cancels(opened: Conversation):
    event = writes(opened, "!запись за Калинину 3")
    assert deletes(opened, event) == ["Запись отменена: Ксения Калинина — чт, 19 ноября, 16:30."]
    assert desk(opened, opened.guardian(0))[-1].startswith("Вашу запись отменили")
    assert deletes(opened, event) == []


def test_entry_that_is_deleted_where_families_read_stays(opened: Conversation):
    event = opened.teacher.sends("m.room.message", {"msgtype": "m.text", "body": "!запись за Калинину 3"}, room="announcements")
    opened.teacher.takes_back(event, room="announcements")
    assert opened.texts("staff")[-1].startswith("Команда удалена, запись остаётся: Ксения Калинина — чт, 19 ноября, 16:30.")
    assert "Калинин" not in "".join(opened.texts("announcements"))


def test_deleted_move_moves_nothing_back_and_says_so(opened: Conversation):
    one(opened, opened.guardian(0), "3")
    event = writes(opened, "!запись за Калинину перенести на 4")
    assert deletes(opened, event)[0].startswith("Команда удалена, запись остаётся: Ксения Калинина — чт, 19 ноября, 16:45.")


def test_family_leaves_the_waiting_list_when_its_entry_is_deleted(opened: Conversation):
    staff(opened, "!запись снять 2–4")
    one(opened, opened.guardian(0), "1")
    event = writes(opened, "!запись за Исаева лист ожидания")
    assert deletes(opened, event) == ["Максим Исаев: больше не в листе ожидания."]
    event = writes(opened, "!запись за Исаева лист ожидания")
    assert edits(opened, event, "!запись за Беляеву лист ожидания")[-1] == "В листе ожидания: Таисия Беляева, Семён Беляев."
    ask(opened, opened.guardian(0), "отмена")
    assert desk(opened, opened.guardian(2))[-1].startswith("Освободилось время: чт, 19 ноября, 16:00")


def test_staff_who_delete_a_familys_words_cancel_nothing(opened: Conversation):
    room = room_of(opened.guardian(0))
    one(opened, opened.guardian(0), "запись")
    event = opened.guardian(0).sends("m.room.message", {"msgtype": "m.text", "body": "2"}, room=room)
    opened.teacher.takes_back(event, room=room)
    assert "Вы записаны: чт, 19 ноября, 16:15" in one(opened, opened.guardian(0), "запись")


def test_english_staff_edit_and_delete():
    with Conversation(plugin, language="en") as talk:
        opened = writes(talk, "!slots Thu")
        assert edits(talk, opened, "!slots Thu 4–5 pm")[0].startswith("4 times are open, the first Thu, 19 November, 16:00.")
        assert edits(talk, opened, "!slots Thu 4–5:30 pm")[0].startswith("Changed: 6 times are open, the first Thu")
        entered = writes(talk, "!slots for Kalinina 3")
        assert edits(talk, entered, "!slots for Kalinina 4") == ["Moved: Ксения Калинина — Thu, 19 November, 16:45."]
        assert deletes(talk, opened)[0].startswith("1 family has booked, so booking stays although the command is deleted.")
        assert deletes(talk, entered)[0].startswith("Cancelled: Ксения Калинина")
        assert deletes(talk, opened) == ["The command is deleted and booking is taken away; nobody had booked."]
