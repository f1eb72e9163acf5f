"""The waiting list: offered in order, for a while, never in quiet hours, and to the next if nobody answers."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.consultations.agenda import open_for
from classroom_plugins.consultations.plugin import plugin

from .stage import ask, desk, free, look, one, staff


@pytest.fixture
def full(talk: Conversation) -> Conversation:
    """One slot, taken by Калинина; Чернов's households (4, then 5) wait for it."""
    talk.teacher.says("!запись чт 16:00–16:15", room="staff")
    one(talk, talk.guardian(0), "1")
    for number in (4, 5):
        assert one(talk, talk.guardian(number), "лист ожидания").startswith("Вы в листе ожидания.")
    return talk


def test_full_round_says_so_and_how_to_wait(full: Conversation):
    assert free(full) == "Всё занято, мест было 1."
    assert one(full, full.guardian(2), "1").endswith(
        "Свободного времени не осталось. Напишите «лист ожидания»: если что-то освободится, предложим."
    )


def test_what_becomes_free_is_offered_to_the_first_who_waits_and_kept_for_them(full: Conversation):
    one_of = full.guardian(0)
    ask(full, one_of, "отмена")
    (letter,) = [message for message in full.desk(full.guardian(4)) if "Освободилось" in message.body]
    assert letter.body == (
        "Освободилось время: чт, 19 ноября, 16:00, Анна Сергеевна. Держим его для вас до пн, 16 ноября, 12:00."
        " Берёте? Ответьте «да» или «нет»."
    )
    assert (letter.loud, list(letter.reactions)) == (True, ["✅", "❌"])
    assert "Освободилось" not in "".join(desk(full, full.guardian(5)))
    assert "уже занято" in one(full, full.guardian(5), "1")
    assert one(full, full.guardian(4), "да").startswith("Записали: чт, 19 ноября, 16:00")


@pytest.mark.parametrize("way", ["word", "button"])
def test_offer_that_is_declined_goes_to_the_next(full: Conversation, way: str):
    ask(full, full.guardian(0), "отмена")
    if way == "word":
        assert "Хорошо, предложим другим. Встать в очередь снова: «лист ожидания»." in ask(full, full.guardian(4), "нет")
    else:
        full.guardian(4).reacts("Освободилось", "❌", room=full.guardian(4).person.household_id)
    assert "Освободилось" in desk(full, full.guardian(5))[-1]
    full.guardian(5).reacts("Освободилось", "✅", room=full.guardian(5).person.household_id)
    assert desk(full, full.guardian(5))[-1].startswith("Записали: чт, 19 ноября, 16:00")
    assert "уже занято" in one(full, full.guardian(4), "1")


def test_offer_that_nobody_answers_expires_and_goes_to_the_next(full: Conversation):
    ask(full, full.guardian(0), "отмена")
    full.advance(hours=2, minutes=1)
    assert "Освободилось" in desk(full, full.guardian(5))[-1]
    full.guardian(4).reacts("Освободилось", "✅", room=full.guardian(4).person.household_id)
    assert desk(full, full.guardian(4))[-1].startswith("Это время больше не держим")
    full.advance(hours=2, minutes=1)
    assert free(full) == "Свободно 1 из 1."
    assert one(full, full.guardian(4), "1").startswith("Записали")


def test_offer_does_not_expire_in_quiet_hours_and_wakes_nobody(full: Conversation):
    full.move_to(datetime(2026, 11, 16, 22, 0))
    ask(full, full.guardian(0), "отмена")
    assert "Освободилось" not in "".join(desk(full, full.guardian(4)))
    full.move_to(datetime(2026, 11, 17, 8, 59))
    assert "Держим его для вас до вт, 17 ноября, 09:00" in desk(full, full.guardian(4))[-1]
    assert "Освободилось" not in "".join(desk(full, full.guardian(5)))
    full.move_to(datetime(2026, 11, 17, 9, 1))
    assert "Освободилось" in desk(full, full.guardian(5))[-1]


def test_two_hours_of_an_offer_are_waking_hours(full: Conversation):
    full.move_to(datetime(2026, 11, 16, 20, 30))
    ask(full, full.guardian(0), "отмена")
    assert "Держим его для вас до вт, 17 ноября, 08:30" in desk(full, full.guardian(4))[-1]


def test_leaving_the_list_needs_one_word(full: Conversation):
    assert one(full, full.guardian(4), "отмена") == "Вы больше не в листе ожидания."
    ask(full, full.guardian(0), "отмена")
    assert "Освободилось" in desk(full, full.guardian(5))[-1]


def test_waiting_for_one_time_with_another_in_hand_moves_when_it_is_free(opened: Conversation):
    one(opened, opened.guardian(2), "1")
    one(opened, opened.guardian(0), "4")
    assert one(opened, opened.guardian(0), "лист ожидания") == (
        "Ждать не нужно: свободное время есть. Напишите «запись», и придёт список."
    )
    assert one(opened, opened.guardian(0), "если освободится 16:00").startswith("Вы в листе ожидания на чт, 19 ноября, 16:00.")
    ask(opened, opened.guardian(2), "отмена")
    assert one(opened, opened.guardian(0), "да").startswith("Перенесли: чт, 19 ноября, 16:00")
    assert free(opened) == "Свободно 3 из 4."


def test_family_without_the_app_waits_too_and_staff_are_told(talk: Conversation):
    talk.teacher.says("!запись чт 16:00–16:15", room="staff")
    one(talk, talk.guardian(0), "1")
    assert staff(talk, "!запись за Исаева лист ожидания") == "В листе ожидания: Максим Исаев."
    ask(talk, talk.guardian(0), "отмена")
    assert talk.texts("staff")[-1].startswith("Освободилось чт, 19 ноября, 16:00")
    assert "Максим Исаев" in talk.texts("staff")[-1]
    assert staff(talk, "!запись за Исаева 1") == "Записано: Максим Исаев — чт, 19 ноября, 16:00."


def test_cancelled_day_tells_those_who_wait(full: Conversation):
    staff(full, "!запись отменить чт: болею")
    for number in (4, 5):
        assert desk(full, full.guardian(number))[-1].startswith("Консультаций, которых вы ждали, не будет")


def test_offer_stands_in_the_agenda(full: Conversation):
    ask(full, full.guardian(0), "отмена")
    household = full.roster.household(full.guardian(4).person.household_id)
    (line,) = look(full, open_for, household)
    assert line.spans[0].startswith("Освободилось время: чт, 19 ноября, 16:00")


def test_english_offer():
    with Conversation(plugin, language="en") as talk:
        talk.teacher.says("!slots Thu 4–4:15 pm", room="staff")
        one(talk, talk.guardian(0), "1")
        assert one(talk, talk.guardian(2), "waiting list").startswith("You are on the waiting list.")
        ask(talk, talk.guardian(0), "cancel")
        assert desk(talk, talk.guardian(2))[-1].startswith("A time has become free: Thu, 19 November, 16:00, Анна Сергеевна.")
        assert one(talk, talk.guardian(2), "yes").startswith("Booked: Thu, 19 November, 16:00–16:15")
