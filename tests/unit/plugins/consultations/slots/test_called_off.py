"""What staff call off: days and single times, named as people name them, and whose."""

from __future__ import annotations

import re

import pytest

from classroom_matrix.domain.people import Role
from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.consultations.plugin import plugin

from .stage import ask, desk, one, staff
from .test_teacher import colleague, specialist


@pytest.fixture
def two_days(opened: Conversation) -> Conversation:
    """Thursday 1)–4) 16:00–17:00, Friday 5)–8) the same."""
    staff(opened, "!запись пт 16:00–17:00 по 15 мин")
    return opened


def standing(talk: Conversation) -> list[str]:
    """The numbers that a family is offered."""
    return re.findall(r"(\d+)\)", one(talk, talk.guardian(0), "запись"))


def says(talk: Conversation, voice: Voice, text: str) -> list[str]:
    before = talk.count_of_bot()
    voice.says(text, room="staff")
    return talk.bot_messages_since(before)


# ── Times ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("3", "1245678"),
        ("№3: педсовет", "1245678"),
        ("слот 3", "1245678"),
        ("3, 4", "125678"),
        ("3 и 4: педсовет", "125678"),
        ("3–5", "12678"),
        ("чт 16:00", "2345678"),
        ("16:15 в пятницу", "1234578"),
        ("чт 16:00: педсовет", "2345678"),
        ("чт 16:00 – педсовет", "2345678"),
        ("чт 16:00 болею", "2345678"),
        ("чт 16.00", "2345678"),
        ("чт 16:00 и 16:15", "345678"),
        ("чт 16:00–16:30", "345678"),
        ("чт 4:00–4:30", "345678"),
        ("пт с 16:30 до 17:00: совещание", "123456"),
    ],
)
def test_times_are_taken_away_as_they_are_named(two_days: Conversation, said: str, left: str):
    assert "Убрано: " in staff(two_days, f"!запись снять {said}")
    assert "".join(standing(two_days)) == left


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (
            "16:00",
            "Таких времён несколько: 1) чт, 19 ноября, 16:00; 5) пт, 20 ноября, 16:00. Напишите номер, например 1.",
        ),
        ("16:00–16:30", "Какой день? Открыты: чт, 19 ноября; пт, 20 ноября."),
        ("чт 16:10", "Такого времени нет."),
        ("3, 16:10", "Такого времени нет."),
        ("44", "Такого времени нет."),
        ("чт", "Весь день отменяют так: !запись отменить чт."),
        ("3 класс", "Какое время убрать? Нужен его номер или день и время"),
        ("Калинину", "Какое время убрать? Нужен его номер: !запись снять 3. Отменить запись семьи: !запись за Калинину отмена"),
    ],
)
def test_unclear_time_takes_nothing_away(two_days: Conversation, said: str, answer: str):
    assert staff(two_days, f"!запись снять {said}").startswith(answer)
    assert "".join(standing(two_days)) == "12345678"


def test_reason_that_tells_something_private_is_refused(two_days: Conversation):
    ask(two_days, two_days.guardian(2), "запись 1")
    said = says(two_days, two_days.teacher, "!запись отменить чт: Калинина болеет")
    assert said[0].startswith("В причине имя рядом с личным")
    assert desk(two_days, two_days.guardian(2))[-1].startswith("Записали")


def test_time_of_day_is_no_number_and_its_minutes_no_reason(talk: Conversation):
    staff(talk, "!запись чт 12:00–16:00 по 15 мин, пт 16:00–17:00 по 15 мин")
    one(talk, talk.guardian(0), "запись 16")
    assert staff(talk, "!запись снять 16:00").endswith("Убрано: пт, 20 ноября, 16:00.")
    assert "Причина" not in "".join(desk(talk, talk.guardian(0)))
    assert "Вы записаны: чт, 19 ноября, 15:45" in one(talk, talk.guardian(0), "запись")


def test_booking_at_a_time_that_is_on_two_days_is_asked_back(two_days: Conversation):
    assert staff(two_days, "!запись за Беляеву 16:00").startswith("Таких времён несколько: 1) чт")
    assert staff(two_days, "!запись за Беляеву пт 16:00").startswith("Записано: Таисия Беляева, Семён Беляев — пт")
    assert staff(two_days, "!запись за Исаева 5").startswith("пт, 20 ноября, 16:00 уже занято")


def test_own_booking_is_cancelled_by_its_time_though_another_day_is_free_then(two_days: Conversation):
    one(two_days, two_days.guardian(0), "1")
    assert staff(two_days, "!запись за Калинину отмена 16:00") == "Запись отменена: Ксения Калинина — чт, 19 ноября, 16:00."
    one(two_days, two_days.guardian(2), "1")
    assert one(two_days, two_days.guardian(2), "отмена 16:00").startswith("Запись отменена: чт, 19 ноября, 16:00")


def test_family_with_two_bookings_is_not_cancelled_at_random(two_days: Conversation):
    for number in ("1", "5"):
        staff(two_days, f"!запись за Калинину {number}")
    said = staff(two_days, "!запись за Калинину отмена")
    assert said.startswith("Ксения Калинина: записей несколько: чт, 19 ноября, 16:00; пт, 20 ноября, 16:00.")
    assert staff(two_days, "!запись за Калинину отмена пт").startswith("Запись отменена: Ксения Калинина — пт")


# ── Days ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("чт, пт", ""),
        ("чт и пт: болею", ""),
        ("с чт по пт", ""),
        ("19.11, 20.11 – болею", ""),
        ("чт: болею", "5678"),
        ("чт болею", "5678"),
        ("весь день чт, болею", "5678"),
        ("всё в пятницу: болею", "1234"),
        ("консультации в пятницу", "1234"),
        ("все консультации: болею", ""),
        ("пт 16:00: педсовет", "1234678"),
        ("чт: 2 класса на экскурсии", "5678"),
    ],
)
def test_days_are_cancelled_as_they_are_named(two_days: Conversation, said: str, left: str):
    assert staff(two_days, f"!запись отменить {said}").startswith("Отменено. Записанных не было.")
    assert "".join(standing(two_days)) == left


@pytest.mark.parametrize(
    "said", ["болею", ": болею", "консультации", "завтра", "болею в чт", "чт, ср", "пятницо", "3", "16:00", "Калинину"]
)
def test_unclear_day_cancels_nothing(two_days: Conversation, said: str):
    assert re.match(r"Какой день\?|Одно время|Таких времён|Запись семьи", staff(two_days, f"!запись отменить {said}"))
    assert "".join(standing(two_days)) == "12345678"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (": болею", "болею"),
        (" болею", "болею"),
        (": семейные обстоятельства", "семейные обстоятельства"),
        (" консультации", ""),
    ],
)
def test_with_one_day_only_the_reason_is_enough(opened: Conversation, said: str, reason: str):
    one(opened, opened.guardian(0), "1")
    assert staff(opened, f"!запись отменить{said}").startswith("Отменено. Сообщено 1 семье.")
    told = desk(opened, opened.guardian(0))[-1]
    assert told.endswith(f"не будет. Причина: {reason}" if reason else "не будет.")


@pytest.mark.parametrize(
    "said", ["пятницо", "калинину", "Калининой не надо", "запись Калининой", "запись: Калининой", "всё Калининой", "2 раза"]
)
def test_what_is_no_reason_cancels_no_day_though_there_is_one_only(opened: Conversation, said: str):
    staff(opened, f"!запись отменить {said}")
    assert "".join(standing(opened)) == "1234"


def test_letters_offer_nothing_that_the_same_command_cancels(two_days: Conversation):
    one(two_days, two_days.guardian(0), "1")
    one(two_days, two_days.guardian(2), "5")
    assert staff(two_days, "!запись отменить чт, пт: болею").startswith("Отменено. Сообщено 2 семьям.")
    for number in (0, 2):
        assert desk(two_days, two_days.guardian(number))[-1].endswith("не будет. Причина: болею")


def test_family_that_does_not_fit_is_not_offered_the_old_time_of_another_round(talk: Conversation):
    staff(talk, "!запись чт 16:00–16:30 по 30 мин")
    staff(talk, "!запись чт 17:00–17:30 по 30 мин")
    staff(talk, "!запись пт 16:00–16:30 по 30 мин")
    one(talk, talk.guardian(0), "1")
    staff(talk, "!запись перенести чт на пт 16:00")
    assert "чт, 19 ноября: 2)" not in desk(talk, talk.guardian(0))[-1]


def test_specialists_times_take_no_teachers_place(opened: Conversation):
    specialist(opened).says("!запись пт 12:00–13:00 по 30 мин", room="staff")
    one(opened, opened.guardian(0), "1")
    staff(opened, "!запись отменить чт: болею")
    assert desk(opened, opened.guardian(0))[-1].endswith("не будет. Причина: болею")


def test_nothing_untrue_is_said_where_nobody_had_booked(two_days: Conversation):
    assert staff(two_days, "!запись перенести чт на ср 16:00") == "Перенесено. Записанных не было."
    staff(two_days, "!запись за Исаева 5")
    assert staff(two_days, "!запись отменить пт").startswith("Отменено. Записанных из приложения не было.")


# ── Whose ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def with_specialist(opened: Conversation) -> tuple[Conversation, Voice]:
    """The teacher's Thursday; the specialist's Wednesday 5) 12:00, 6) 12:30, of which Калинина has booked the first."""
    inna = specialist(opened)
    inna.says("!запись ср 12:00–13:00 по 30 мин", room="staff")
    one(opened, opened.guardian(0), "5")
    return opened, inna


def test_specialist_cancels_own_day_and_no_other(with_specialist: tuple[Conversation, Voice]):
    talk, inna = with_specialist
    assert "Какой день? Открыты: ср, 18 ноября." in says(talk, inna, "!запись отменить чт: болею")
    assert any(text.startswith("Отменено. Сообщено 1 семье.") for text in says(talk, inna, "!запись отменить ср: болею"))
    assert "Причина: болею" in desk(talk, talk.guardian(0))[-1]
    assert "".join(standing(talk)) == "1234"


def test_specialist_moves_own_day(with_specialist: tuple[Conversation, Voice]):
    talk, inna = with_specialist
    assert any(text.startswith("Перенесено, новое время") for text in says(talk, inna, "!запись перенести ср на пт 12:00"))
    assert "Теперь: пт, 20 ноября, 12:00" in desk(talk, talk.guardian(0))[-1]


@pytest.mark.parametrize("role", [Role.TEACHER, Role.SUBSTITUTE])
def test_teacher_cancels_the_specialists_day_where_no_own_day_is_meant(with_specialist: tuple[Conversation, Voice], role: Role):
    talk, _ = with_specialist
    voice = talk.teacher if role is Role.TEACHER else colleague(talk, "Пётр Ильич", role, "substitute")
    said = says(talk, voice, "!запись отменить ср: Инна Львовна болеет")
    assert any(text.startswith("Отменено. Сообщено 1 семье.\nУбрано: ср, 18 ноября (Инна Львовна).") for text in said)
    assert "".join(standing(talk)) == "1234"


def test_teachers_everything_is_not_the_specialists(with_specialist: tuple[Conversation, Voice]):
    talk, _ = with_specialist
    staff(talk, "!запись отменить все дни: болею")
    assert "Инна Львовна" in one(talk, talk.guardian(2), "запись")
    assert standing(talk) == ["6"]


def test_teacher_takes_a_specialists_time_away_by_its_number(with_specialist: tuple[Conversation, Voice]):
    talk, _ = with_specialist
    assert staff(talk, "!запись снять 6: занят кабинет").endswith("Убрано: ср, 18 ноября, 12:30.")
    assert standing(talk) == ["1", "2", "3", "4"]


# ── Closed ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_closed_round_does_not_say_that_everything_is_taken(opened: Conversation):
    one(opened, opened.guardian(0), "1")
    staff(opened, "!запись закрыть")
    opened.advance(minutes=2)
    card = opened.card("Запись на консультации").body
    assert ("Занято 1 из 4." in card, "Запись закончилась." in card, "Всё занято" in card) == (True, True, False)
    assert one(opened, opened.guardian(2), "запись") == (
        "Анна Сергеевна, каб. 12. Запись закончилась.\nЕсли встреча нужна, напишите сюда учителю."
    )


def test_closed_round_that_nobody_has_booked_says_so(opened: Conversation):
    staff(opened, "!запись закрыть")
    opened.advance(minutes=2)
    assert "Никто не записан, мест было 4." in opened.card("Запись на консультации").body


# ── Words of families ───────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said", ["хочу на консультацию", "хотим на консультацию", "нам нужна консультация", "хотелось бы на консультацию"]
)
def test_wish_for_a_consultation_brings_the_list(opened: Conversation, said: str):
    assert "1) 16:00" in one(opened, opened.guardian(0), said)


@pytest.mark.parametrize("said", ["I'd like to book a consultation", "we would like an appointment", "I need a consultation"])
def test_wish_for_a_consultation_brings_the_list_in_english(english: Conversation, said: str):
    assert "1) 16:00" in one(english, english.guardian(0), said)


@pytest.mark.parametrize(
    "said", ["встать в лист ожидания", "поставьте нас в лист ожидания", "добавьте меня в очередь, пожалуйста", "хочу в очередь"]
)
def test_waiting_list_may_have_a_verb(opened: Conversation, said: str):
    staff(opened, "!запись снять 2–4")
    one(opened, opened.guardian(0), "1")
    assert one(opened, opened.guardian(2), said).startswith("Вы в листе ожидания.")


@pytest.mark.parametrize("said", ["встать в очередь за учебниками", "надо встать в 7", "поставьте подпись"])
def test_talk_with_such_verbs_is_none_of_ours(opened: Conversation, said: str):
    assert ask(opened, opened.guardian(0), said) == []


def test_waiting_list_may_have_a_verb_in_english(english: Conversation):
    staff(english, "!slots remove 2-4")
    one(english, english.guardian(0), "1")
    assert one(english, english.guardian(2), "please add us to the waiting list").startswith("You are on the waiting list.")


def test_english_staff_call_off():
    with Conversation(plugin, language="en") as talk:
        for day in ("Thu", "Fri"):
            staff(talk, f"!slots {day} 4–5 pm every 15 min")
        assert staff(talk, "!slots remove 4:00 pm").startswith("There are several such times: 1) Thu, 19 November, 16:00; 5)")
        assert staff(talk, "!slots remove Thu 4:00 pm: staff meeting").endswith("Taken away: Thu, 19 November, 16:00.")
        assert staff(talk, "!slots cancel ill").startswith("Which day?")
        assert staff(talk, "!slots cancel Thu and Fri: ill") == "Cancelled. Nobody had booked."
