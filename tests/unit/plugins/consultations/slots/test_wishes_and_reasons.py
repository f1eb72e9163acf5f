"""Wishes for a booking, questions about it, slots in other words, and why something is given up."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from ...meanings import meant, sure
from .stage import bare, free, one

WISHES = ["Запишите нас, пожалуйста, на консультацию", "Здравствуйте, хочу записаться на консультацию",
          "Можно записаться на консультацию?", "хочу на консультацию", "запишите на консультацию", "когда консультация?",
          "мы записаны?", "Добрый день! Можно к вам на консультацию?", "нужна консультация", "во сколько наша консультация?",
          "на какое время мы записаны?", "запишите Ксению на консультацию", "Как записаться на консультацию?",
          "I'd like to book a consultation", "when is our appointment?", "are we booked?",
          "could we have a consultation?"]  # fmt: skip


def test_wish_and_question_are_answered_with_the_list(opened: Conversation) -> None:
    for said in WISHES:
        assert [(each.answer, each.sure) for each in meant(opened, 0, said).get("consultations", [])] == [("list", True)], said
    assert "1) 16:00" in one(opened, opened.guardian(0), WISHES[0])
    one(opened, opened.guardian(0), "3")
    assert one(opened, opened.guardian(0), "мы записаны?").startswith("Вы записаны: чт, 19 ноября, 16:30")


@pytest.mark.parametrize(
    "said",
    ["консультация по математике", "спасибо за консультацию", "я записался на кружок", "когда контрольная?",
     "мы записаны в бассейн на 16:00", "записали, спасибо", "приходите на консультацию завтра вы"],
)  # fmt: skip
def test_talk_near_to_a_wish_is_none(opened: Conversation, said: str) -> None:
    assert meant(opened, 0, said) == {}


@pytest.mark.parametrize(
    "said", ["третье", "третий слот", "третье, пожалуйста", "3, если можно", "3 если свободно", "the third", "3 if possible"]
)
def test_slot_is_named_in_other_words_after_the_list(opened: Conversation, said: str) -> None:
    assert sure(opened, 0, said) == {"consultations": [False]}
    one(opened, opened.guardian(0), "запись")
    assert one(opened, opened.guardian(0), said).startswith("Записали: чт, 19 ноября, 16:30")


@pytest.mark.parametrize("said", ["please book 16:30 for us", "book 3 for us", "can you book us for 16:30?", "please book 3"])
def test_booking_in_english_may_say_for_whom(english: Conversation, said: str) -> None:
    (meaning,) = meant(english, 0, said)["consultations"]
    assert meaning.answer.startswith("pick")
    assert meaning.sure is not said.endswith("?")


def test_one_slot_or_another_is_asked_back(opened: Conversation) -> None:
    one(opened, opened.guardian(0), "запись")
    for said in ("3 или 4", "3 либо 4", "16:30 или 16:45", "3 or 4"):
        assert len(meant(opened, 0, said)["consultations"]) == 2, said
    assert one(opened, opened.guardian(0), "3 или 4").startswith("К чему это?")
    assert bare(opened, opened.guardian(0), "2")[0].startswith("Записали: чт, 19 ноября, 16:45")


def test_twins_name_two_slots_or_one_of_them(opened: Conversation) -> None:
    for said in ("запись 3 и 4", "запись 3, 4", "book 3 and 4"):
        assert len(meant(opened, 2, said)["consultations"]) == 2, said
    for said in ("запись 3 для Семёна", "запишите Семёна на 16:30"):
        assert sure(opened, 2, said) == {"consultations": [False]}, said
    assert sure(opened, 0, "запись 3 для Ксении") == {"consultations": [True]}


REASONS = ["не смогу, работа", "к сожалению, не смогу, срочная работа", "не смогу из-за работы", "не получится, уезжаем",
           "заболели, не сможем", "can't come, we are ill", "sorry, can't make it, work"]  # fmt: skip


def test_reason_beside_what_is_given_up_is_asked_back(opened: Conversation) -> None:
    assert [said for said in REASONS if meant(opened, 0, said)] == []  # nothing is held
    one(opened, opened.guardian(0), "3")
    for said in REASONS:
        (meaning,) = meant(opened, 0, said)["consultations"]
        assert (meaning.answer.split()[0], meaning.sure) == ("cancel", False), said
    for said in ("не смогу сегодня забрать вовремя", "не смогу, но постараюсь", "если не сможем, напишу",
                 "не смогу, к сожалению, принести тетрадь"):  # fmt: skip
        assert meant(opened, 0, said) == {}, said


@pytest.mark.parametrize("said", ["удалите запись", "Удалите, пожалуйста, нашу запись", "delete the booking"])
def test_booking_is_deleted_in_so_many_words(opened: Conversation, said: str) -> None:
    one(opened, opened.guardian(0), "3")
    assert one(opened, opened.guardian(0), said).startswith("Запись отменена: чт, 19 ноября, 16:30")


@pytest.mark.parametrize("said", ["а если освободится?", "а в лист ожидания?", "what if something frees up?"])
def test_question_about_the_waiting_list_joins_nothing(opened: Conversation, said: str) -> None:
    assert "Ждать не нужно" in one(opened, opened.guardian(5), said)
    for number, slot in ((0, "1"), (2, "2"), (2, "3"), (4, "4")):
        bare(opened, opened.guardian(number), f"запись {slot}")
    assert free(opened).startswith("Всё занято") or "Свободно 0" in free(opened)
    assert sure(opened, 5, said) == {"consultations": [False]}
    assert one(opened, opened.guardian(5), said).startswith("Понял так: лист ожидания")
