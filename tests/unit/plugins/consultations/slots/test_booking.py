"""Guardians choose, move and cancel in the desk; exactly one wins."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.storage.tables import MemberRow
from classroom_matrix.testing.conversation import BOT, Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.consultations.config import ConsultationsConfig
from classroom_plugins.consultations.plugin import plugin

from .stage import ask, bare, calendars, desk, entry, free, one, staff, utc

BOOKED = "Записали: чт, 19 ноября, 16:15–16:30, Анна Сергеевна, каб. 12. Перенести: «перенести на …», отменить: «отмена»."


@pytest.mark.parametrize(
    "said",
    ["2", "№2", "2️⃣", " 2. ", "16:15", "в 16.15", "16-15", "16 15", "чт 16:15", "в четверг в 16:15", "запишите нас на 16:15",
     "Запись 2", "Можно нам 16:15, пожалуйста", "19.11 16:15", "19 ноября в 16:15",
     "буду в 16:15", "I'd like 16:15", "4:15", "Thursday 4:15 pm", "book 2", "Добрый день, 2", "да, 16:15", "ок, в 16:15",
     "Здравствуйте! Запишите нас, пожалуйста, на 16:15", "Хотели бы записаться на четверг 16:15",
     "Good morning, can we have 4:15 pm please", "16:15 подойдёт. Спасибо!"],
)  # fmt: skip
def test_slot_is_chosen_by_number_or_time(opened: Conversation, said: str):
    one(opened, opened.guardian(0), "запись")
    assert bare(opened, opened.guardian(0), said)[0].replace("\xa0", " ") == BOOKED
    assert free(opened) == "Свободно 3 из 4."


@pytest.mark.parametrize("said", ["первое свободное", "любое", "Любое время!", "any", "first free"])
def test_first_free_slot_is_chosen_by_a_word(opened: Conversation, said: str):
    one(opened, opened.guardian(2), "1")
    one(opened, opened.guardian(0), "запись")
    assert one(opened, opened.guardian(0), said) == BOOKED


@pytest.mark.parametrize(
    "said",
    ["приду в 5, если успею", "нас будет 2", "2 тетради и 3 ручки", "Спасибо!", "16:15 не подойдёт", "Спасибо большое",
     "Добрый день", "книга и 2 тетради", "Ваня 2 дня болел"],
)  # fmt: skip
def test_ordinary_talk_books_nothing(opened: Conversation, said: str):
    before = opened.count_of_bot()
    opened.guardian(0).says("запись", room="announcements")
    ask(opened, opened.guardian(0), said)
    assert [text for text in opened.bot_messages_since(before) if "Записали" in text] == []
    assert free(opened) == "Свободно 4 из 4."


def test_only_one_of_many_who_ask_at_once_gets_a_slot_and_the_others_get_the_nearest(opened: Conversation):
    voices = [opened.guardian(number) for number in (0, 2, 4, 5)]
    for voice in voices:
        ask(opened, voice, "запись")
    with opened.at_once():
        for voice in voices:
            voice.says("2", room=voice.person.household_id)
    last = [desk(opened, voice)[-1] for voice in voices]
    assert last[0] == BOOKED
    assert (
        last[1:]
        == ["чт, 19 ноября, 16:15: это время уже занято. Рядом свободно:\nчт, 19 ноября: 1) 16:00 · 3) 16:30 · 4) 16:45"] * 3
    )
    assert free(opened) == "Свободно 3 из 4."
    assert one(opened, voices[1], "3") == BOOKED.replace("16:15–16:30", "16:30–16:45")


def test_confirmation_comes_with_a_file_that_keeps_its_name_over_moves(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "2")
    one(opened, guardian, "перенести на 16:45")
    assert one(opened, guardian, "отмена") == "Запись отменена: чт, 19 ноября, 16:45, Анна Сергеевна."
    files = calendars(opened, guardian.person.household_id)
    events = [entry(file) for file in files]
    assert [str(file["method"]) for file in files] == ["PUBLISH", "PUBLISH", "CANCEL"]
    assert [str(event["status"]) for event in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert len({str(event["uid"]) for event in events}) == 1
    assert [int(event["sequence"]) for event in events] == [0, 1, 2]
    assert [event["dtstart"].dt for event in events] == [utc(2026, 11, 19, 13, 15), *[utc(2026, 11, 19, 13, 45)] * 2]
    assert events[0]["dtend"].dt == utc(2026, 11, 19, 13, 30)
    assert str(events[0]["location"]) == "каб. 12"
    assert str(events[0]["summary"]) == "Консультация: Анна Сергеевна"
    assert "Калинина" not in str(files[0].to_ical().decode())


def test_one_slot_per_pupil_and_the_second_choice_asks_whether_to_move(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "2")
    assert one(opened, opened.guardian(1), "4") == (
        "Вы уже записаны: чт, 19 ноября, 16:15. Перенести на чт, 19 ноября, 16:45? Ответьте «да» или «перенести на 16:45»."
    )
    assert free(opened) == "Свободно 3 из 4."
    assert one(opened, guardian, "да") == "Перенесли: чт, 19 ноября, 16:45–17:00, Анна Сергеевна, каб. 12."
    assert free(opened) == "Свободно 3 из 4."
    assert one(opened, opened.guardian(2), "2").startswith("Записали")


def test_second_choice_that_is_declined_changes_nothing(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    one(opened, opened.guardian(0), "4")
    assert one(opened, opened.guardian(0), "нет") == ("Остаётся как было: чт, 19 ноября, 16:15–16:30, Анна Сергеевна, каб. 12.")
    assert ask(opened, opened.guardian(0), "да") == []


def test_teacher_may_allow_two_per_pupil(talk: Conversation):
    talk.teacher.says("!запись чт 16:00–17:00 по 15 мин, по 2", room="staff")
    one(talk, talk.guardian(0), "1")
    assert one(talk, talk.guardian(0), "3").startswith("Записали: чт, 19 ноября, 16:30")
    assert one(talk, talk.guardian(0), "4").startswith("Вы уже записаны")


def test_move_keeps_the_old_slot_where_the_new_one_is_taken(opened: Conversation):
    one(opened, opened.guardian(2), "3")
    one(opened, opened.guardian(0), "2")
    said = one(opened, opened.guardian(0), "перенести на 16:30")
    assert said.startswith(
        "чт, 19 ноября, 16:30: это время уже занято. Ваша запись осталась: чт, 19 ноября, 16:15. Рядом свободно:"
    )
    assert "Вы записаны: чт, 19 ноября, 16:15–16:30" in one(opened, opened.guardian(0), "запись")


def test_move_to_another_day_of_the_same_host_keeps_the_name_in_calendars(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "2")
    opened.teacher.says("!запись пт 10:00–11:00 по 30 мин", room="staff")
    assert one(opened, guardian, "перенести на пт 10:30") == "Перенесли: пт, 20 ноября, 10:30–11:00, Анна Сергеевна."
    first, second = (entry(file) for file in calendars(opened, guardian.person.household_id))
    assert (str(first["uid"]), int(second["sequence"])) == (str(second["uid"]), 1)
    assert one(opened, opened.guardian(2), "2").startswith("Записали: чт, 19 ноября, 16:15")
    assert free(opened) == "Свободно 1 из 2."


def test_two_families_that_change_places_at_once_lose_nothing(opened: Conversation):
    first, second = opened.guardian(0), opened.guardian(4)
    one(opened, first, "1")
    one(opened, second, "2")
    with opened.at_once():
        first.says("перенести на 2", room=first.person.household_id)
        second.says("перенести на 1", room=second.person.household_id)
    assert free(opened) == "Свободно 2 из 4."
    assert "16:00" in one(opened, first, "запись").split("\n")[0]
    assert "16:15" in one(opened, second, "запись").split("\n")[0]


def test_number_that_is_not_on_the_list_brings_the_list(opened: Conversation):
    ask(opened, opened.guardian(0), "запись")
    assert "1) 16:00" in one(opened, opened.guardian(0), "12")
    opened.teacher.says("!запись отменить чт", room="staff")
    assert one(opened, opened.guardian(0), "3").startswith("Сейчас запись на консультации не открыта.")


def test_number_of_somebody_who_was_shown_no_list_is_talk_where_there_is_no_such_slot(opened: Conversation):
    assert bare(opened, opened.guardian(0), "12") == []


def test_cancelling_twice_is_answered_kindly_and_frees_one_slot(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    one(opened, opened.guardian(0), "отменить запись")
    assert ask(opened, opened.guardian(0), "отмена") == []
    assert free(opened) == "Свободно 4 из 4."


def test_own_slot_chosen_again_is_confirmed_again(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    assert one(opened, opened.guardian(1), "чт 16:15") == (
        "Это время и так ваше: чт, 19 ноября, 16:15–16:30, Анна Сергеевна, каб. 12."
    )


def test_begun_consultation_cannot_be_cancelled_or_chosen(opened: Conversation):
    one(opened, opened.guardian(0), "1")
    opened.move_to(datetime(2026, 11, 19, 16, 5))
    assert ask(opened, opened.guardian(0), "отмена") == []
    said = one(opened, opened.guardian(2), "1")
    assert said.startswith("чт, 19 ноября, 16:00: это время уже прошло. Рядом свободно:")


def test_deadline_is_judged_by_the_time_of_the_message(talk: Conversation):
    talk.teacher.says("!запись чт 16:00–17:00, запись до ср 20:00", room="staff")
    talk.move_to(datetime(2026, 11, 18, 19, 59))
    one(talk, talk.guardian(0), "1")
    talk.move_to(datetime(2026, 11, 18, 20, 1))
    assert one(talk, talk.guardian(2), "2") == (
        "Запись закончилась ср, 18 ноября, 20:00. Если встреча нужна, напишите сюда учителю или «лист ожидания»."
    )
    assert "Запись закончилась." in talk.card("Запись на консультации").body
    assert one(talk, talk.guardian(0), "отмена").startswith("Запись отменена")


def test_numbers_go_on_where_other_times_are_open_and_mean_the_same_for_all(opened: Conversation):
    opened.teacher.says("!запись пт 10:00–11:00 по 30 мин", room="staff")
    assert "5) 10:00 · 6) 10:30" in opened.card("Запись на консультации").body.replace("\xa0", " ")
    assert one(opened, opened.guardian(0), "6").startswith("Записали: пт, 20 ноября, 10:30–11:00")


def test_one_time_on_two_days_is_asked_back(opened: Conversation):
    opened.teacher.says("!запись пт 16:00–17:00 по 15 мин", room="staff")
    assert one(opened, opened.guardian(0), "16:15").split("\n")[1:] == [
        "1. консультация чт, 19 ноября, 16:15, Анна Сергеевна",
        "2. консультация пт, 20 ноября, 16:15, Анна Сергеевна",
    ]
    assert one(opened, opened.guardian(0), "пт 16:15").startswith("Записали: пт, 20 ноября, 16:15")


# ── Families ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_twins_get_two_slots_in_a_row_where_the_teacher_says_so(talk: Conversation):
    talk.teacher.says("!запись чт 16:00–17:00 по 15 мин, двойные для двойняшек", room="staff")
    assert one(talk, talk.guardian(2), "2").startswith("Записали: чт, 19 ноября, 16:15–16:45")
    assert free(talk) == "Свободно 2 из 4."
    assert "16:15–16:30 · 2 · Таисия Беляева, Семён Беляев" in staff(talk, "!запись")
    one(talk, talk.guardian(2), "отмена")
    assert free(talk) == "Свободно 4 из 4."


def test_twins_get_one_slot_and_are_told_where_two_in_a_row_are_not_free(talk: Conversation):
    talk.teacher.says("!запись чт 16:00–17:00 по 15 мин, двойные для двойняшек", room="staff")
    one(talk, talk.guardian(0), "2")
    one(talk, talk.guardian(4), "4")
    said = one(talk, talk.guardian(2), "3")
    assert said.startswith("Записали: чт, 19 ноября, 16:30–16:45")
    assert said.endswith("Двух времён подряд здесь уже нет, поэтому записали одно; для второго ребёнка выберите ещё.")
    assert one(talk, talk.guardian(2), "1").startswith("Записали: чт, 19 ноября, 16:00–16:15")


def test_twins_may_choose_two_slots_one_by_one(opened: Conversation):
    one(opened, opened.guardian(2), "1")
    assert one(opened, opened.guardian(3), "4").startswith("Записали")
    assert one(opened, opened.guardian(3), "2").startswith("Вы уже записаны")
    sheet = staff(opened, "!запись")
    assert ("Таисия Беляева" in sheet, "Семён Беляев" in sheet) == (True, True)


def test_separated_parents_book_apart_and_do_not_see_each_other(opened: Conversation):
    mother, father = opened.guardian(4), opened.guardian(5)
    one(opened, mother, "1")
    assert "Вы записаны" not in one(opened, father, "запись")
    assert one(opened, father, "2").startswith("Записали: чт, 19 ноября, 16:15")
    assert "16:15" not in one(opened, mother, "отмена")
    assert free(opened) == "Свободно 3 из 4."


def test_separated_parents_may_be_one_where_the_class_says_so():
    with Conversation({plugin: ConsultationsConfig(separated="family")}) as talk:
        talk.teacher.says("!запись чт 16:00–17:00", room="staff")
        one(talk, talk.guardian(4), "1")
        assert one(talk, talk.guardian(5), "2") == "От вашей семьи запись уже есть."
        assert ask(talk, talk.guardian(5), "отмена") == []


def test_person_with_a_court_limit_books_nothing_and_is_told_nothing(opened: Conversation):
    limited = opened.guardian(5)  # alone in their household

    def limit() -> None:
        MemberRow.update(limited=True).where(MemberRow.person_id == limited.person.id).execute()

    opened._runner.run(opened.database.call(limit))
    assert ask(opened, limited, "2") == []
    limited.reacts("Запись на консультации", "✋")
    assert free(opened) == "Свободно 4 из 4."
    assert staff(opened, "!запись за Чернова 2") == "Записано: Марк Чернов (guardian4) — чт, 19 ноября, 16:15."
    assert desk(opened, limited) == ["запись 2"]


def test_word_in_a_private_chat_counts_and_is_answered_in_the_desk(opened: Conversation):
    guardian = opened.guardian(0)
    gateway = opened.homeserver.gateway(guardian.user_id)
    chat = opened._runner.run(gateway.create_room({"room_version": "12"}, "chat"))
    opened.do(gateway.invite(chat, BOT))
    assert guardian.says("запись 2", room=chat).endswith(".ics")
    (said,) = opened.room(chat)
    assert (said.body, list(said.reactions)) == ("запись 2", ["✅"])  # who else was invited there is not known
    assert desk(opened, guardian) == [BOOKED]


def test_taps_of_staff_and_strangers_book_nothing(opened: Conversation):
    opened.teacher.reacts("Запись на консультации", "1️⃣")
    opened.stranger().reacts("Запись на консультации", "1️⃣")
    assert free(opened) == "Свободно 4 из 4."


def test_what_comes_twice_is_done_and_answered_once(opened: Conversation):
    guardian = opened.guardian(0)
    ask(opened, guardian, "запись")
    with opened.at_once():
        guardian.says("2", room=guardian.person.household_id)
        again = list(opened._feed)
    opened._feed.extend(again)
    opened.settle()
    assert [text for text in desk(opened, guardian) if text.startswith("Записали")] == [BOOKED]


# ── Taps ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_hand_on_the_card_brings_the_list_with_buttons_into_the_desk_once(opened: Conversation):
    guardian = opened.guardian(0)
    guardian.reacts("Запись на консультации", "✋")
    opened.guardian(1).reacts("Запись на консультации", "✋")
    (letter,) = opened.desk(guardian)
    assert letter.body.replace("\xa0", " ") == (
        "Анна Сергеевна, каб. 12. Свободно:\nчт, 19 ноября: 1) 16:00 · 2) 16:15 · 3) 16:30 · 4) 16:45\n"
        "Ответьте номером или временем. Подойдёт и «первое свободное»."
    )
    assert list(letter.reactions) == ["1️⃣", "2️⃣", "3️⃣", "4️⃣"]
    assert opened.texts("announcements")[1:] == []


def test_tap_on_a_number_books_and_taking_it_back_cancels(opened: Conversation):
    guardian = opened.guardian(0)
    guardian.reacts("Запись на консультации", "✋")
    room = guardian.person.household_id
    tap = guardian.reacts("Свободно", "2\N{COMBINING ENCLOSING KEYCAP}", room=room)
    assert desk(opened, guardian)[-1] == BOOKED
    guardian.takes_back(tap, room=room)
    assert desk(opened, guardian)[-1] == "Запись отменена: чт, 19 ноября, 16:15, Анна Сергеевна."
    assert free(opened) == "Свободно 4 из 4."


def test_tap_on_a_number_that_is_gone_brings_the_nearest(opened: Conversation):
    guardian = opened.guardian(0)
    guardian.reacts("Запись на консультации", "✋")
    one(opened, opened.guardian(2), "2")
    guardian.reacts("Свободно", "2️⃣", room=guardian.person.household_id)
    assert desk(opened, guardian)[-1].startswith("чт, 19 ноября, 16:15: это время уже занято. Рядом свободно:")


def test_number_on_an_old_list_means_its_own_slot_and_never_another(opened: Conversation):
    guardian = opened.guardian(0)
    guardian.reacts("Запись на консультации", "✋")
    opened.advance(days=7)
    opened.teacher.says("!запись чт 16:00–17:00 по 15 мин", room="staff")
    guardian.reacts("Ответьте номером", "2️⃣", room=guardian.person.household_id)
    assert "Записали" not in "".join(desk(opened, guardian))
    assert free(opened) == "Свободно 4 из 4."


def test_tap_that_was_taken_back_before_it_came_books_nothing(opened: Conversation):
    guardian = opened.guardian(0)
    ask(opened, guardian, "запись")
    room = guardian.person.household_id
    with opened.at_once():
        tap = guardian.reacts("Свободно", "2️⃣", room=room)
        guardian.takes_back(tap, room=room)
        opened._feed.reverse()
    assert free(opened) == "Свободно 4 из 4."


# ── English ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_in_english(english: Conversation):
    guardian = english.guardian(0)
    assert one(english, guardian, "slots") == (
        "Анна Сергеевна, room 12. Free:\nThu, 19 November: 1) 16:00 · 2) 16:15 · 3) 16:30 · 4) 16:45\n"
        "Answer with the number or the time. “First free” is fine, too."
    )
    assert one(english, guardian, "2") == (
        "Booked: Thu, 19 November, 16:15–16:30, Анна Сергеевна, room 12. To move: “move to …”, to cancel: “cancel”."
    )
    assert one(english, english.guardian(2), "book 4:15").startswith("Thu, 19 November, 16:15 is taken already. Free near it:")
    assert one(english, guardian, "move to 4:45 pm") == "Moved: Thu, 19 November, 16:45–17:00, Анна Сергеевна, room 12."
    assert one(english, guardian, "cancel") == "Your booking is cancelled: Thu, 19 November, 16:45, Анна Сергеевна."
    assert free(english) == "4 of 4 free."


def test_each_family_reads_its_own_language():
    families = [FamilySpec(("Ульяна Шестакова",), language="en")]
    with Conversation(plugin, families=families) as talk:
        talk.teacher.says("!запись чт 16:00–17:00", room="staff")
        assert one(talk, talk.guardian(0), "2").startswith("Booked: Thu, 19 November, 16:15")
