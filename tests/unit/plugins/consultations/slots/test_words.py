"""What words in a desk mean, and when they mean nothing: giving up, bare numbers, questions, edits, late answers."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.voice import Voice
from classroom_plugins.consultations.config import ConsultationsConfig
from classroom_plugins.consultations.plugin import plugin

from .stage import ask, bare, desk, free, one, staff


def home_of(voice: Voice) -> str:
    assert voice.person is not None
    assert voice.person.household_id is not None
    return voice.person.household_id


def said_as(talk: Conversation, voice: Voice, text: str) -> str:
    """The event that a message in the desk is."""
    room = talk.homeserver.rooms[talk.room_id(home_of(voice))]
    return next(event["event_id"] for event in room.events if event["content"].get("body") == text)


def edits(talk: Conversation, voice: Voice, before: str, after: str) -> None:
    """Change a message in the desk, the way clients do."""
    content = {
        "msgtype": "m.text",
        "body": f"* {after}",
        "m.new_content": {"msgtype": "m.text", "body": after},
        "m.relates_to": {"rel_type": "m.replace", "event_id": said_as(talk, voice, before)},
    }
    voice.sends("m.room.message", content, room=home_of(voice))


# ── Giving up ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said",
    ["отмена", "не смогу", "Не сможем прийти", "не приду", "мы не придём", "к сожалению, не получится", "Извините, не сможем",
     "отмена консультации", "Отмените, пожалуйста, консультацию", "не приду на консультацию", "на консультацию не придём",
     "не смогу на консультацию", "не успеем на консультацию", "завтра на консультацию не сможем", "в четверг не сможем",
     "19 ноября не придём", "не сможем в 16:15", "отмена 2", "Здравствуйте! Придётся отменить нашу запись",
     "cancel the consultation", "can't make it", "Sorry, we can’t come", "we won't be able to make it",
     "can't come to the consultation on Thursday", "нет, не придём", "снимите нас с записи", "уберите нашу запись",
     "отпишите нас", "мы передумали насчёт консультации", "не сможем подойти к вам в четверг в 16:15",
     "консультация нам больше не нужна",
     "we don't need the consultation any more"],
)  # fmt: skip
def test_booking_is_given_up_in_any_words(opened: Conversation, said: str):
    opened.move_to(datetime(2026, 11, 18, 12, 0))
    one(opened, opened.guardian(0), "2")
    assert one(opened, opened.guardian(0), said) == "Запись отменена: чт, 19 ноября, 16:15, Анна Сергеевна."


@pytest.mark.parametrize(
    "said",
    ["на каток не придём", "отмените чай", "если не сможем, напишу", "не смогли прийти", "не отменяйте запись",
     "в пятницу не сможем", "не сможем в 16:45", "папа не придёт", "не будем", "не пойдём", "can't wait!", "отменили урок?",
     "don't cancel", "don't cancel our booking", "если не сможем на консультацию, напишу",
     "как отменить запись в кружок", "не сможем принести тетради"],
)  # fmt: skip
def test_talk_of_something_else_gives_nothing_up(opened: Conversation, said: str):
    one(opened, opened.guardian(0), "2")
    assert ask(opened, opened.guardian(0), said) == []
    assert free(opened) == "Свободно 3 из 4."


@pytest.mark.parametrize(
    "said",
    [
        "не придём на встречу, заболели",
        "не смогу на консультацию, уезжаю",
        "can't come to the meeting, we are ill",
        "передумали",
        "we changed our minds",
    ],
)
def test_giving_up_with_more_words_is_asked_back(opened: Conversation, said: str):
    one(opened, opened.guardian(0), "2")
    assert "отменить консультацию чт, 19 ноября, 16:15" in one(opened, opened.guardian(0), said)
    assert free(opened) == "Свободно 3 из 4."


@pytest.mark.parametrize("said", ["отменить можно?", "а можно отменить запись?", "can I cancel?", "не сможем прийти?"])
def test_question_about_giving_up_is_asked_back(opened: Conversation, said: str):
    one(opened, opened.guardian(0), "2")
    assert "отменить консультацию чт, 19 ноября, 16:15" in one(opened, opened.guardian(0), said)
    assert free(opened) == "Свободно 3 из 4."
    assert one(opened, opened.guardian(0), "да").startswith("Запись отменена")


def test_of_two_bookings_it_is_asked_which_is_given_up(opened: Conversation):
    one(opened, opened.guardian(2), "1")
    one(opened, opened.guardian(3), "4")
    for said in ("не смогу", "не придём"):
        assert one(opened, opened.guardian(2), said).count("отменить консультацию") == 2
    assert free(opened) == "Свободно 2 из 4."


def test_reply_to_the_reminder_with_more_words_is_asked_back(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "2")
    opened.move_to(datetime(2026, 11, 18, 16, 20))
    reminder = next(m for m in opened.desk(guardian) if m.body.startswith("Напоминаем"))
    guardian.says("не сможем, заболели", room=home_of(guardian), reply_to=reminder.event_id)
    assert "отменить консультацию чт, 19 ноября, 16:15" in desk(opened, guardian)[-1]


def test_reply_to_the_reminder_gives_up_that_consultation(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "2")
    opened.move_to(datetime(2026, 11, 18, 16, 20))
    reminder = next(m for m in opened.desk(guardian) if m.body.startswith("Напоминаем"))
    guardian.says("завтра не придём", room=home_of(guardian), reply_to=reminder.event_id)
    assert desk(opened, guardian)[-1].startswith("Запись отменена: чт, 19 ноября, 16:15")


# ── Bare numbers and times ──────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("said", ["2", "16:15", "в 16:15", "буду в 16:15", "приду в 16.15", "любое"])
def test_what_could_answer_the_teacher_is_asked_back_where_no_list_was_shown(opened: Conversation, said: str):
    guardian = opened.guardian(0)
    ask(opened, guardian, "Добрый день")
    opened.teacher.says("Сколько тетрадей?", room=home_of(guardian))
    (asked,) = bare(opened, guardian, said)
    assert ("Записали" in asked, "консультация чт, 19 ноября" in asked) == (False, True)
    assert free(opened) == "Свободно 4 из 4."


def test_number_after_a_word_of_the_teacher_is_no_choice_from_the_list_before_it(opened: Conversation):
    guardian = opened.guardian(0)
    ask(opened, guardian, "запись")
    opened.teacher.says("Сколько тетрадей?", room=home_of(guardian))
    assert "Записали" not in bare(opened, guardian, "2")[0]
    ask(opened, guardian, "запись")
    assert bare(opened, guardian, "2")[0].startswith("Записали")


@pytest.mark.parametrize(
    "said",
    [
        "в 16:15 удобно?",
        "16:15 свободно?",
        "можно ли 16:15",
        "is 16:15 free?",
        "запись на 16:15?",
        "does 4:15 work?",
        "16:15 ещё есть?",
    ],
)
def test_question_books_nothing_until_it_is_confirmed(opened: Conversation, said: str):
    ask(opened, opened.guardian(0), "запись")
    assert "консультация чт, 19 ноября, 16:15" in one(opened, opened.guardian(0), said)
    assert free(opened) == "Свободно 4 из 4."
    assert one(opened, opened.guardian(0), "да").startswith("Записали: чт, 19 ноября, 16:15")


def test_day_and_time_may_answer_the_teacher_too(opened: Conversation):
    guardian = opened.guardian(0)
    ask(opened, guardian, "Добрый день")
    opened.teacher.says("Когда заберёте тетради?", room=home_of(guardian))
    assert "консультация чт, 19 ноября, 16:15" in one(opened, guardian, "в четверг в 16:15")
    assert free(opened) == "Свободно 4 из 4."


def test_question_after_a_taken_time_is_answered_with_what_is_free(opened: Conversation):
    one(opened, opened.guardian(2), "2")
    ask(opened, opened.guardian(0), "запись")
    assert "это время уже занято. Рядом свободно:" in one(opened, opened.guardian(0), "16:15 свободно?")


def test_move_to_a_day_brings_the_list(opened: Conversation):
    one(opened, opened.guardian(0), "2")
    for said in ("перенести на пятницу", "Можно перенести на пятницу?", "можно другое время?", "move to Friday"):
        assert "Вы записаны" in one(opened, opened.guardian(0), said)


@pytest.mark.parametrize("said", ["ждём", "подождём", "перенести на пятницу", "другое время", "беру", "приду"])
def test_words_without_anything_to_answer_are_talk(opened: Conversation, said: str):
    assert ask(opened, opened.guardian(0), said) == []


@pytest.mark.parametrize("said", ["!запись 2", "!запись 16:15", "!запись чт 16:15", "!slots 2"])
def test_family_books_by_command_too(opened: Conversation, said: str):
    assert one(opened, opened.guardian(0), said).startswith("Записали: чт, 19 ноября, 16:15")


def test_help_for_families_has_their_own_example(opened: Conversation):
    said = one(opened, opened.guardian(0), "!помощь")
    assert "!запись 3" in said
    assert "!запись чт" not in said


# ── What is moved or offered ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "said",
    ["Придём", "да, спасибо", "ок", "Хорошо, придём в пятницу", "Да, нам подходит это время", "Спасибо, нам удобно",
     "до встречи", "буду в 10:00", "Добрый день! Мы придём", "yes, thank you", "That works for us, thanks",
     "We'll be there on Friday",
     "yes, Friday suits us"],
)  # fmt: skip
def test_moved_time_is_confirmed_in_plain_words(opened: Conversation, said: str):
    one(opened, opened.guardian(0), "1")
    staff(opened, "!запись перенести чт на пт 10:00")
    assert one(opened, opened.guardian(0), said).startswith("Хорошо, ждём вас: пт, 20 ноября, 10:00")


@pytest.mark.parametrize(
    "said",
    ["не подойдёт", "нам не подойдёт, не сможем", "К сожалению, это время нам не подходит", "нет, спасибо",
     "неудобно, извините", "в пятницу не подходит", "no, thank you", "Sorry, that doesn't work for us",
     "Friday doesn’t suit us"],
)  # fmt: skip
def test_moved_time_is_given_up_in_plain_words(opened: Conversation, said: str):
    one(opened, opened.guardian(0), "1")
    staff(opened, "!запись перенести чт на пт 10:00")
    assert one(opened, opened.guardian(0), said).startswith("Запись отменена: пт, 20 ноября, 10:00")


@pytest.mark.parametrize(
    "said", ["придём в четверг", "придём вдвоём", "спасибо", "не знаю", "когда придём, напишу", "бабушка придёт"]
)
def test_what_does_not_answer_leaves_the_moved_time_open(opened: Conversation, said: str):
    one(opened, opened.guardian(0), "1")
    staff(opened, "!запись перенести чт на пт 10:00")
    assert ask(opened, opened.guardian(0), said) == []
    assert "новое время не подтверждено" in staff(opened, "!запись лист пт")


def test_yes_after_a_word_of_the_teacher_is_asked_back(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "1")
    staff(opened, "!запись перенести чт на пт 10:00")
    opened.teacher.says("Учебники не забудете?", room=home_of(guardian))
    assert "прийти на консультацию пт, 20 ноября, 10:00" in one(opened, guardian, "да")


def test_no_to_an_offer_leaves_the_time_in_hand(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "1")
    one(opened, opened.guardian(4), "2")
    one(opened, guardian, "лист ожидания 16:15")
    ask(opened, opened.guardian(4), "отмена")
    assert one(opened, guardian, "отмена") == "Хорошо, предложим другим. Встать в очередь снова: «лист ожидания»."
    assert "16:00" in one(opened, guardian, "запись").split("\n")[0]


def test_offer_is_taken_in_plain_words_and_a_late_yes_gets_one_line(talk: Conversation):
    staff(talk, "!запись чт 16:00–16:15")
    one(talk, talk.guardian(0), "1")
    one(talk, talk.guardian(2), "лист ожидания")
    one(talk, talk.guardian(4), "лист ожидания")
    ask(talk, talk.guardian(0), "отмена")
    talk.advance(hours=2, minutes=1)
    assert desk(talk, talk.guardian(2))[-1].startswith("чт, 19 ноября, 16:00: это время для вас больше не держим")
    assert one(talk, talk.guardian(2), "да").startswith("Это время больше не держим")
    assert ask(talk, talk.guardian(2), "да") == []
    assert one(talk, talk.guardian(4), "берём").startswith("Записали: чт, 19 ноября, 16:00")


# ── Edits and deletions ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_edited_number_moves_the_booking(opened: Conversation):
    guardian = opened.guardian(0)
    ask(opened, guardian, "запись")
    bare(opened, guardian, "3")
    edits(opened, guardian, "3", "4")
    assert desk(opened, guardian)[-1].startswith("Перенесли: чт, 19 ноября, 16:45")
    edits(opened, guardian, "3", "спасибо, до встречи")
    assert desk(opened, guardian)[-1].startswith("Правку сообщения не учли. Вы записаны: чт, 19 ноября, 16:45")
    edits(opened, guardian, "3", "отмена")
    assert desk(opened, guardian)[-1].startswith("Запись отменена: чт, 19 ноября, 16:45")
    assert staff(opened, "!обращения") == "Обращений без ответа нет."


def test_deleted_words_cancel_what_they_booked_and_say_so_once(opened: Conversation):
    guardian = opened.guardian(0)
    ask(opened, guardian, "запись")
    bare(opened, guardian, "3")
    guardian.takes_back(said_as(opened, guardian, "3"), room=home_of(guardian))
    assert desk(opened, guardian)[-1] == "Запись отменена: чт, 19 ноября, 16:30, Анна Сергеевна."
    assert free(opened) == "Свободно 4 из 4."


def test_deleted_words_leave_a_booking_that_was_moved_since(opened: Conversation):
    guardian = opened.guardian(0)
    ask(opened, guardian, "запись")
    bare(opened, guardian, "3")
    one(opened, guardian, "перенести на 4")
    guardian.takes_back(said_as(opened, guardian, "3"), room=home_of(guardian))
    assert desk(opened, guardian)[-1].startswith("Остаётся как было: чт, 19 ноября, 16:45")


def test_changed_words_that_moved_or_cancelled_are_followed(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "3")
    one(opened, guardian, "перенести на 4")
    edits(opened, guardian, "перенести на 4", "перенести на 2")
    assert desk(opened, guardian)[-1].startswith("Перенесли: чт, 19 ноября, 16:15")
    one(opened, guardian, "отмена")
    edits(opened, guardian, "отмена", "мы придём")
    assert desk(opened, guardian)[-1].startswith("Запись остаётся отменённой: чт, 19 ноября, 16:15")
    edits(opened, guardian, "отмена", "запись 1")
    assert desk(opened, guardian)[-1].startswith("Записали: чт, 19 ноября, 16:00")
    assert staff(opened, "!обращения") == "Обращений без ответа нет."


def test_taking_back_what_moved_or_cancelled_is_answered(opened: Conversation):
    guardian = opened.guardian(0)
    one(opened, guardian, "3")
    one(opened, guardian, "перенести на 4")
    guardian.takes_back(said_as(opened, guardian, "перенести на 4"), room=home_of(guardian))
    assert desk(opened, guardian)[-1].startswith("Остаётся как было: чт, 19 ноября, 16:45")
    one(opened, guardian, "отмена")
    guardian.takes_back(said_as(opened, guardian, "отмена"), room=home_of(guardian))
    assert desk(opened, guardian)[-1].startswith("Запись остаётся отменённой: чт, 19 ноября, 16:45")


def test_changed_words_in_english(english: Conversation):
    guardian = english.guardian(0)
    one(english, guardian, "book 3")
    edits(english, guardian, "book 3", "book 4")
    assert desk(english, guardian)[-1].startswith("Moved: Thu, 19 November, 16:45")
    edits(english, guardian, "book 3", "never mind the rain")
    assert desk(english, guardian)[-1].startswith("Your edit was not taken. You have booked: Thu, 19 November, 16:45")
    guardian.takes_back(said_as(english, guardian, "book 3"), room=home_of(guardian))
    assert desk(english, guardian)[-1].startswith("It stays as it was: Thu, 19 November, 16:45")


def test_desk_is_understood_with_written_consultations_never_told_of():
    with Conversation({plugin: ConsultationsConfig(waiting_days=0)}) as talk:
        staff(talk, "!запись чт 16:00–17:00 по 15 мин")
        ask(talk, talk.guardian(0), "запись")
        talk.teacher.says("Сколько тетрадей?", room=home_of(talk.guardian(0)))
        assert "Записали" not in bare(talk, talk.guardian(0), "2")[0]


# ── Quiet ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_many_bookings_are_few_edits_of_the_card_and_the_last_free_one_is_seen_at_once(talk: Conversation):
    staff(talk, "!запись пт 16:00–17:00 по 15 мин")
    card = talk.card("Запись на консультации")

    def edits() -> int:
        events = talk.homeserver.rooms[talk.room_id("announcements")].events
        return sum("m.new_content" in event["content"] for event in events)

    for _ in range(10):
        ask(talk, talk.guardian(0), "запись 1")
        talk.advance(minutes=5)
        ask(talk, talk.guardian(0), "отмена")
        talk.advance(minutes=5)
    assert edits() <= 6
    assert card.event_id
    before = edits()
    for number, said in ((0, "1"), (2, "2"), (4, "3"), (5, "4")):
        ask(talk, talk.guardian(number), said)
    talk.advance(seconds=30)
    assert edits() > before
