"""What staff do: open, enter for families, move a day, cancel, see who comes."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from classroom_matrix.domain.people import Role
from classroom_matrix.storage.tables import MemberRow, PersonRow
from classroom_matrix.testing.conversation import CLASS, SERVER, Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.consultations.config import ConsultationsConfig
from classroom_plugins.consultations.plugin import plugin

from .stage import ask, bare, calendars, desk, entry, free, one, staff, utc


def numbered(talk: Conversation) -> list[str]:
    """What the newest card says to be free."""
    card = talk.card("Запись на консультации")
    return [line for line in card.body.replace("\xa0", " ").split("\n") if re.search(r": \d+\) ", line)]


# ── Opening ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "lines"),
    [
        ("чт 16:00–17:00 по 15 мин", ["чт, 19 ноября: 1) 16:00 · 2) 16:15 · 3) 16:30 · 4) 16:45"]),
        ("чт с 16 до 17 по полчаса", ["чт, 19 ноября: 1) 16:00 · 2) 16:30"]),
        ("чт 16-17 каждые 20 минут", ["чт, 19 ноября: 1) 16:00 · 2) 16:20 · 3) 16:40"]),
        ("Thu 4–5 pm every 20 min", ["чт, 19 ноября: 1) 16:00 · 2) 16:20 · 3) 16:40"]),
        ("чт 16:00–17:30 по 20, перерыв 16:40–16:50", ["чт, 19 ноября: 1) 16:00 · 2) 16:20 · 3) 16:50 · 4) 17:10"]),
        ("19.11 16:00–16:30\n20.11 10:00–10:30", ["чт, 19 ноября: 1) 16:00 · 2) 16:15", "пт, 20 ноября: 3) 10:00 · 4) 10:15"]),
        ("чт 16:00–16:30, пт 10:00–10:30 по 30 мин", ["чт, 19 ноября: 1) 16:00", "пт, 20 ноября: 2) 10:00"]),
        ("завтра 16:00–16:45, звонок https://call.example/x", ["вт, 17 ноября: 1) 16:00 · 2) 16:15 · 3) 16:30"]),
        ("чт с 16 до 16:30 до ср 20:00", ["чт, 19 ноября: 1) 16:00 · 2) 16:15"]),
    ],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(talk: Conversation, said: str, lines: list[str]):
    staff(talk, f"!запись {said}")
    assert numbered(talk) == lines


def test_place_is_shown_in_the_list_and_to_who_has_booked_and_not_on_the_card(talk: Conversation):
    staff(talk, "!запись чт 16:00–17:00, звонок https://call.example/x")
    assert "call.example" not in "".join(talk.texts("announcements"))
    assert "звонок https://call.example/x" in one(talk, talk.guardian(0), "запись")
    assert "звонок https://call.example/x" in one(talk, talk.guardian(0), "1")


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("чт", "С какого до какого часа? Например: !запись чт 16:00–18:00 по 15 мин"),
        ("на чт", "С какого до какого часа? Например: !запись чт 16:00–18:00 по 15 мин"),
        ("чт в 16:00", "С какого до какого часа? Например: !запись чт 16:00–18:00 по 15 мин"),
        ("завтра по 20 мин", "С какого до какого часа? Например: !запись завтра 16:00–18:00 по 15 мин"),
        ("16:00", "Не понимаю «16:00». Например: "),
        ("чт пт", "Не понимаю «чт пт». Например: "),
        ("Калинина 3", "Чтобы записать семью: !запись за Калинина 3"),
        ("чт после обеда", "Не понимаю «чт после обеда». Например: "),
        ("каб. 12", "Не вижу часов. Например: "),
        ("чт 16:00–16:10 по 15 мин", "«чт 16:00–16:10» — слишком мало для 15 минут."),
        ("чт 16:00–18:00 по 2 мин", "Одна консультация — от 5 до 240 минут, например «по 15 мин»."),
        ("чт 16:00–18:00, чт 17:00–19:00", "Эти часы пересекаются между собой. Напишите их по одному разу."),
        ("чт 16:00–18:00, запись до пт 10:00", "Запись до пт, 20 ноября, 10:00 — это позже последней консультации."),
        ("чт 8:00–20:00 по 5 мин", "Это 144 времён, а вместе с открытыми можно не больше 99. Откройте частями."),
    ],
)
def test_what_cannot_be_opened_gets_one_kind_sentence(talk: Conversation, said: str, answer: str):
    assert staff(talk, f"!запись {said}").startswith(answer)
    assert talk.texts("announcements") == []


def test_same_hours_twice_are_refused(opened: Conversation):
    assert staff(opened, "!запись чт 16:30–18:00") == "чт, 19 ноября, 16:30 у вас уже открыто. Посмотреть: !запись"


def test_families_cannot_open_and_get_the_list_for_the_bare_command(opened: Conversation):
    assert "1) 16:00" in one(opened, opened.guardian(0), "!запись чт 10:00–11:00")
    assert free(opened) == "Свободно 4 из 4."
    assert "1) 16:00" in one(opened, opened.guardian(0), "!запись")


def test_opened_in_quiet_hours_it_appears_for_everybody_at_once_afterwards(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 22, 0))
    assert "карточка появится вт, 17 ноября, 07:00" in staff(talk, "!запись чт 16:00–17:00")
    assert talk.texts("announcements") == []
    assert "не открыта" in one(talk, talk.guardian(0), "запись")
    talk.move_to(datetime(2026, 11, 17, 7, 0, 1))
    assert talk.card("Запись на консультации").loud


def test_letters_send_the_list_to_each_household_and_tell_who_is_without_the_app():
    with Conversation({plugin: ConsultationsConfig(letters=True, buttons=2)}) as talk:
        assert "Максим Исаев (на бумаге)" in staff(talk, "!запись чт 16:00–17:00")
        for number in (0, 2, 4, 5):
            (letter,) = talk.desk(talk.guardian(number))
            assert (letter.loud, list(letter.reactions)) == (True, ["1️⃣", "2️⃣"])


def test_opening_is_one_message_to_all_and_booking_makes_no_new_one(opened: Conversation):
    for number, said in ((0, "1"), (2, "2"), (4, "3"), (5, "4")):
        one(opened, opened.guardian(number), said)
    assert len(opened.texts("announcements")) == 1


# ── For a family ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_teacher_books_moves_and_cancels_for_a_family_without_the_app(opened: Conversation):
    assert staff(opened, "!запись за Исаева 2") == "Записано: Максим Исаев — чт, 19 ноября, 16:15."
    assert staff(opened, "!запись за Исаева перенести на 16:45") == "Перенесено: Максим Исаев — чт, 19 ноября, 16:45."
    assert "16:45–17:00 · 4 · Максим Исаев" in staff(opened, "!запись лист чт")
    assert staff(opened, "!запись за Исаева отмена") == "Запись отменена: Максим Исаев — чт, 19 ноября, 16:45."
    assert free(opened) == "Свободно 4 из 4."
    assert "Исаев" not in "".join(opened.texts("announcements"))


def test_family_in_the_app_is_told_what_was_entered_for_it(opened: Conversation):
    staff(opened, "!запись за Калинину 2")
    assert desk(opened, opened.guardian(0))[-1].startswith("Вас записали: чт, 19 ноября, 16:15–16:30")
    assert len(calendars(opened, opened.guardian(0).person.household_id)) == 1


def test_proxy_for_a_slot_that_is_taken_says_so_and_what_is_free(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    answer = staff(opened, "!запись за Исаева 16:15").replace("\xa0", " ")
    assert answer == "чт, 19 ноября, 16:15 уже занято, Максим Исаев не записаны.\nчт, 19 ноября: 1) 16:00 · 3) 16:30 · 4) 16:45"
    assert staff(opened, "!запись за Калинину 3").startswith("Ксения Калинина: запись уже есть")


def test_proxy_for_separated_parents_asks_which_household(opened: Conversation):
    assert staff(opened, "!запись за Чернова 2").startswith("Марк Чернов — два дома: guardian4; guardian5.")
    assert staff(opened, "!запись за Чернова guardian5 2") == "Записано: Марк Чернов (guardian5) — чт, 19 ноября, 16:15."
    assert desk(opened, opened.guardian(4)) == []


def test_proxy_may_be_entered_after_the_deadline(talk: Conversation):
    staff(talk, "!запись чт 16:00–17:00, запись до ср 20:00")
    talk.move_to(datetime(2026, 11, 18, 20, 30))
    assert staff(talk, "!запись за Исаева 2") == "Записано: Максим Исаев — чт, 19 ноября, 16:15."


def test_proxy_in_a_shared_room_is_taken_away(opened: Conversation):
    opened.teacher.says("!запись за Исаева 2")
    assert "Исаева" not in "".join(message.body for message in opened.room("announcements"))


def test_in_its_own_desk_a_family_need_not_be_named(opened: Conversation):
    ask(opened, opened.guardian(0), "Добрый день")
    opened.teacher.says("!запись за 2", room=opened.guardian(0).person.household_id)
    assert opened.texts("staff")[-1].startswith("Записано: Ксения Калинина — чт, 19 ноября, 16:15.")
    assert desk(opened, opened.guardian(0))[-1].startswith("Вас записали: чт, 19 ноября, 16:15–16:30")


@pytest.mark.parametrize("said", ["за Калинину", "за", "за 3", "за Калинину спасибо"])
def test_wrong_proxy_gets_an_example(opened: Conversation, said: str):
    assert "!запись за Калинину 3" in staff(opened, f"!запись {said}") or "!запись чт" in staff(opened, f"!запись {said}")
    assert free(opened) == "Свободно 4 из 4."


# ── A whole day ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def booked(opened: Conversation) -> Conversation:
    """1 Калинина, 2 Чернов (4), 4 Исаев."""
    one(opened, opened.guardian(0), "1")
    one(opened, opened.guardian(4), "2")
    staff(opened, "!запись за Исаева 4")
    return opened


def test_teacher_moves_the_day_and_everybody_is_asked_once(booked: Conversation):
    answer = staff(booked, "!запись перенести чт на пт 10:00")
    assert answer.startswith("Перенесено, новое время сообщено 2 семьям; ответы — в «!запись лист». Поместились все.")
    assert answer.endswith("Без приложения, нужно позвонить:\n• Максим Исаев: пт, 20 ноября, 10:45")
    assert desk(booked, booked.guardian(0))[-1] == (
        "Анна Сергеевна переносит консультацию. Было: чт, 19 ноября, 16:00. Теперь: пт, 20 ноября, 10:00–10:15, каб. 12."
        " Подойдёт? Ответьте «да» или «отмена»."
    )
    assert numbered(booked) == ["пт, 20 ноября: 3) 10:30"]
    first, second = (entry(file) for file in calendars(booked, booked.guardian(0).person.household_id))
    assert (str(first["uid"]), second["dtstart"].dt, int(second["sequence"])) == (str(second["uid"]), utc(2026, 11, 20, 7), 1)


def test_moved_time_is_confirmed_or_cancelled(booked: Conversation):
    staff(booked, "!запись перенести чт на пт 10:00")
    assert "новое время не подтверждено" in staff(booked, "!запись лист пт")
    assert one(booked, booked.guardian(0), "да").startswith("Хорошо, ждём вас: пт, 20 ноября, 10:00")
    booked.guardian(4).reacts("переносит", "❌", room=booked.guardian(4).person.household_id)
    assert desk(booked, booked.guardian(4))[-1] == "Запись отменена: пт, 20 ноября, 10:15, Анна Сергеевна."
    sheet = staff(booked, "!запись лист пт")
    assert ("Ксения Калинина · guardian0, guardian1 · \n" in sheet, "10:15–10:30 · 2 · свободно" in sheet) == (True, True)


def test_moved_into_fewer_hours_those_who_do_not_fit_are_told(booked: Conversation):
    answer = staff(booked, "!запись перенести чт на пт 10:00–10:30")
    assert "Не поместилось: 1." in answer
    assert "Максим Исаев: 16:45" in answer
    assert numbered(booked) == []
    sheet = staff(booked, "!запись лист пт")
    assert ("10:00–10:15 · 1 · Ксения Калинина" in sheet, "10:15–10:30 · 2 · Марк Чернов" in sheet) == (True, True)


def test_day_moved_onto_other_hours_of_the_same_host_gives_no_time_twice(booked: Conversation):
    staff(booked, "!запись пт 10:15–10:45 по 30 мин")
    answer = staff(booked, "!запись перенести чт на пт 10:00")
    assert "Не поместилось: 1." in answer  # 10:15 is open already
    assert desk(booked, booked.guardian(4))[-1].startswith("Консультация чт, 19 ноября, 16:15 (Анна Сергеевна) переносится")
    assert "5) 10:15" in desk(booked, booked.guardian(4))[-1]


def test_day_moved_without_a_time_keeps_its_times_of_day(booked: Conversation):
    staff(booked, "!запись перенести чт на пт")
    assert numbered(booked) == ["пт, 20 ноября: 3) 16:30"]


def test_teacher_is_ill_and_cancels_with_a_reason(booked: Conversation):
    answer = staff(booked, "!запись отменить чт: болею")
    assert answer.startswith("Отменено. Сообщено 2 семьям.")
    assert "Максим Исаев: 16:45" in answer
    assert desk(booked, booked.guardian(0))[-1] == (
        "Консультации чт, 19 ноября, 16:00 (Анна Сергеевна) не будет. Причина: болею"
    )
    assert "Консультации отменены." in booked.card("Запись на консультации").body
    assert str(entry(calendars(booked, booked.guardian(0).person.household_id)[-1])["status"]) == "CANCELLED"
    assert "не открыта" in one(booked, booked.guardian(0), "запись")


def test_cancelled_day_offers_what_is_free_on_others(booked: Conversation):
    staff(booked, "!запись пт 10:00–10:30")
    staff(booked, "!запись отменить чт")
    assert desk(booked, booked.guardian(0))[-1].endswith(
        "Можно выбрать другое время, ответьте номером:\nпт, 20 ноября: 5) 10:00 · 6) 10:15"
    )
    assert one(booked, booked.guardian(0), "5").startswith("Записали: пт, 20 ноября, 10:00")


def test_what_families_hear_in_the_morning_is_not_said_to_be_told(booked: Conversation):
    booked.move_to(datetime(2026, 11, 17, 22, 30))
    answer = staff(booked, "!запись отменить чт: болею")
    assert answer.startswith("Отменено. 2 семьи узнают об этом после тихих часов: ср, 18 ноября, 07:00.")
    assert answer.endswith("Без приложения, нужно позвонить:\n• Максим Исаев: 16:45")
    assert "болею" not in desk(booked, booked.guardian(0))[-1]
    booked.move_to(datetime(2026, 11, 18, 7, 1))
    assert desk(booked, booked.guardian(0))[-1].endswith("Причина: болею")


def test_family_with_two_times_is_one_family(opened: Conversation):
    one(opened, opened.guardian(2), "1")
    one(opened, opened.guardian(3), "3")
    assert staff(opened, "!запись отменить чт: болею").startswith("Отменено. Сообщено 1 семье.")


def test_move_in_the_night_tells_when_families_hear_of_it(booked: Conversation):
    booked.move_to(datetime(2026, 11, 17, 22, 30))
    answer = staff(booked, "!запись перенести чт на пт 10:00")
    assert answer.startswith("Перенесено. 2 семьи узнают новое время после тихих часов: ср, 18 ноября, 07:00;")


def test_which_day_is_asked_where_there_are_several(booked: Conversation):
    staff(booked, "!запись пт 10:00–10:30")
    assert staff(booked, "!запись отменить") == "Какой день? Открыты: чт, 19 ноября; пт, 20 ноября."
    assert staff(booked, "!запись отменить сб") == "Какой день? Открыты: чт, 19 ноября; пт, 20 ноября."
    assert free(booked) == "Свободно 2 из 2."


def test_ill_on_the_morning_of_the_day_itself(booked: Conversation):
    booked.move_to(datetime(2026, 11, 19, 8, 0))
    assert staff(booked, "!запись болею чт: температура").startswith("Отменено. Сообщено 2 семьям.")


def test_ill_and_everything_in_words(booked: Conversation):
    staff(booked, "!запись пт 10:00–10:30")
    assert staff(booked, "!запись болею: отменить всё").startswith("Отменено. Сообщено 2 семьям.")
    assert "не открыта" in one(booked, booked.guardian(2), "запись")


def test_one_slot_is_taken_away(booked: Conversation):
    staff(booked, "!запись снять 2: педсовет")
    said = desk(booked, booked.guardian(4))[-1]
    assert said.startswith("Консультации чт, 19 ноября, 16:15 (Анна Сергеевна) не будет. Причина: педсовет")
    assert said.endswith("чт, 19 ноября: 3) 16:30")
    assert free(booked) == "Свободно 1 из 3."
    assert one(booked, booked.guardian(4), "3").startswith("Записали")


def test_slot_to_take_away_has_a_number(booked: Conversation):
    assert staff(booked, "!запись снять Калинину") == (
        "Какое время убрать? Нужен его номер: !запись снять 3. Отменить запись семьи: !запись за Калинину отмена"
    )


def test_closing_ends_booking_and_keeps_what_is_booked(booked: Conversation):
    assert staff(booked, "!запись закрыть") == "Запись закрыта. Записаны 3 семьи."
    assert one(booked, booked.guardian(2), "3").startswith("Запись закончилась.")
    assert "Вы записаны" in one(booked, booked.guardian(0), "запись")


# ── Several hosts ───────────────────────────────────────────────────────────────────────────────────────────────────────


def specialist(talk: Conversation) -> Voice:
    return colleague(talk, "Инна Львовна", Role.SPECIALIST)


def colleague(talk: Conversation, name: str, role: Role, who: str = "colleague") -> Voice:
    user = f"@{who}:{SERVER}"

    def invent() -> None:
        PersonRow.create(id=who, name=name, user_id=user)
        MemberRow.create(class_id=CLASS, person_id=who, role=role)

    talk._runner.run(talk.database.call(invent))
    person = next(person for person in talk.roster.staff if person.id == who)
    voice = Voice(talk, user, person)
    talk._runner.run(talk._put_in(talk.room_id("staff"), person))
    talk._feed.clear()
    return voice


def test_specialist_opens_own_slots_and_manages_no_others(opened: Conversation):
    inna = specialist(opened)
    inna.says("!запись пт 12:00–13:00 по 30 мин, каб. 3", room="staff")
    card = opened.card("Инна Львовна")
    assert "5) 12:00 · 6) 12:30" in card.body.replace("\xa0", " ")
    one(opened, opened.guardian(0), "1")
    assert one(opened, opened.guardian(0), "5").startswith("Записали: пт, 20 ноября, 12:00–12:30, Инна Львовна, каб. 3")
    before = opened.count_of_bot()
    inna.says("!запись", room="staff")
    (said,) = opened.bot_messages_since(before)
    assert ("Инна Львовна" in said, "Анна Сергеевна" in said) == (True, False)
    inna.says("!запись снять 1", room="staff")
    assert "16:00" in one(opened, opened.guardian(0), "запись")


def test_substitute_manages_what_the_teacher_has_opened(booked: Conversation):
    before = booked.count_of_bot()
    colleague(booked, "Пётр Ильич", Role.SUBSTITUTE).says("!запись отменить чт: Анна Сергеевна болеет", room="staff")
    assert any(text.startswith("Отменено. Сообщено 2 семьям.") for text in booked.bot_messages_since(before))
    assert desk(booked, booked.guardian(0))[-1].endswith("Причина: Анна Сергеевна болеет")


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SUBSTITUTE])
def test_nobody_but_the_specialist_is_shown_who_comes_to_the_specialist(opened: Conversation, role: Role):
    specialist(opened).says("!запись пт 12:00–13:00 по 30 мин", room="staff")
    one(opened, opened.guardian(0), "1")
    one(opened, opened.guardian(0), "5")
    voice = opened.teacher if role is Role.TEACHER else colleague(opened, "Пётр Ильич", role, "substitute")
    for command in ("!запись", "!запись лист чт"):
        before = opened.count_of_bot()
        voice.says(command, room="staff")
        (said,) = opened.bot_messages_since(before)
        assert ("Ксения Калинина" in said, "Инна Львовна" in said) == (True, False)
    before = opened.count_of_bot()
    voice.says("!запись лист пт", room="staff")
    assert "Калинина" not in "".join(opened.bot_messages_since(before))


def test_word_for_two_hosts_is_asked_back(opened: Conversation):
    specialist(opened).says("!запись чт 16:15–16:45 по 30 мин", room="staff")
    said = one(opened, opened.guardian(0), "16:15")
    assert ("Анна Сергеевна" in said, "Инна Львовна" in said) == (True, True)
    (booked,) = bare(opened, opened.guardian(0), "2")
    assert booked.startswith("Записали: чт, 19 ноября, 16:15–16:45, Инна Львовна")


def test_english_teacher():
    with Conversation(plugin, language="en") as talk:
        assert staff(talk, "!slots Thu 4–5 pm every 15 min, break 4:30–4:45 pm, room 12, booking until Wed 8 pm").startswith(
            "3 times are open, the first Thu, 19 November, 16:00."
        )
        assert staff(talk, "!slots for Isaev 2") == "Booked: Максим Исаев — Thu, 19 November, 16:15."
        one(talk, talk.guardian(0), "1")
        assert staff(talk, "!slots move Thu to Fri 10:00").startswith("Moved; 1 family was told the new time")
        assert desk(talk, talk.guardian(0))[-1] == (
            "Анна Сергеевна has to move your consultation. It was Thu, 19 November, 16:00. Now: Fri, 20 November, 10:00–10:15,"
            " room 12. Does that suit? Answer “yes” or “cancel”."
        )
        assert ask(talk, talk.guardian(0), "yes")[0].startswith("Good, see you then: Fri, 20 November, 10:00")
        assert staff(talk, "!slots cancel Fri: ill").startswith("Cancelled. 1 family was told.")
