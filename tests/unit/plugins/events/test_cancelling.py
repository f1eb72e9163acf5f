"""`!event cancel` with words behind it: a reason, the event's title, or a title of something that nobody has open."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .stage import card, on, writes

ASKED = "Открыто одно событие: «Каток» (№1). Отменить его? Напишите !событие отменить 1 "


def is_cancelled(talk: Conversation, title: str = "Каток") -> bool:
    return "отменено" in card(talk, title)


@pytest.mark.parametrize(
    "said",
    [
        "Музей", "музей", "Музей космонавтики", "«Музей»", "«Музей» закрыт", "поход", "Поход в лес",
        "поездка в музей космонавтики", "экскурсию", "Дед Мороз", "Новогодний концерт", "музей в субботу",
        "Чаепитие", "5 декабря",
    ],
)  # fmt: skip
def test_title_of_something_else_is_asked_back(rink: Conversation, said: str):
    assert rink.teacher.says(f"!событие отменить {said}", room="staff") == f"{ASKED}{said}"
    assert not is_cancelled(rink)
    rink.teacher.says(f"!событие отменить 1 {said}", room="staff")
    assert is_cancelled(rink)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("", ""),
        ("нет льда", "нет льда"),
        ("Нет льда", "Нет льда"),
        ("болезнь", "болезнь"),
        (": болезнь", "болезнь"),
        (": Прорвало трубу", "Прорвало трубу"),
        ("— ремонт", "ремонт"),
        ("Карантин", "Карантин"),
        ("из-за погоды", "из-за погоды"),
        ("все болеют", "все болеют"),
        ("мороз", "мороз"),
        ("Лёд растаял", "Лёд растаял"),
        ("школа закрыта", "школа закрыта"),
        ("автобус не приедет", "автобус не приедет"),
        ("по просьбе родителей", "по просьбе родителей"),
        ("учительница физкультуры уехала на соревнования", "учительница физкультуры уехала на соревнования"),
        ("Каток", ""),
        ("каток", ""),
        ("«Каток» нет льда", "нет льда"),
        ("катка в субботу нет", "в субботу нет"),
        ("наш каток", "наш каток"),
        ("№1 Музей", "Музей"),
    ],
)
def test_reason_and_own_title_cancel(rink: Conversation, said: str, reason: str):
    rink.teacher.says(f"!событие отменить {said}", room="staff")
    assert is_cancelled(rink)
    assert card(rink).partition("\n")[2] == reason


def test_colon_behind_the_word_is_no_part_of_the_reason(rink: Conversation):
    rink.teacher.says("!событие отменить: болезнь", room="staff")
    assert card(rink) == "Каток · событие №1 отменено\nболезнь"


def test_reply_to_the_card_says_which(rink: Conversation):
    rink.teacher.says("!событие отменить Музей", room="events", reply_to=rink.card("Каток", room="events").event_id)
    assert is_cancelled(rink)


def test_title_of_what_is_cancelled_already_is_no_reason(rink: Conversation):
    rink.teacher.says("!событие Музей 5 декабря 10:00", room="events")
    rink.teacher.says("!событие отменить Музей", room="staff")
    assert rink.teacher.says("!событие отменить музей нет билетов", room="staff") == f"{ASKED}музей нет билетов"
    assert not is_cancelled(rink)


def test_cancelling_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00", room="events")
    asked = "One event is open: “Ice rink” (#1). Cancel it? Write !event cancel 1 "
    for said in ("Museum", "the museum trip", "Trip to the museum"):
        assert english.teacher.says(f"!event cancel {said}", room="staff") == f"{asked}{said}"
    english.teacher.says("!event cancel bad weather", room="staff")
    assert card(english, "Ice rink") == "Ice rink · event no. 1 is cancelled\nbad weather"


@pytest.mark.parametrize(
    "said",
    [
        "Отмена крепостного права: урок-игра в среду 12:00",
        "Отмена крепостного права в среду 12:00",
        "Отмена: вечер памяти в пятницу 18:00",
        "Отмена рабства: все на дебаты в среду 12:00",
        "отменить субботник в субботу 10:00; взять: перчатки",
        "Cancel culture debate on Wednesday 12:00",
    ],
)
def test_title_with_a_date_cancels_nothing(rink: Conversation, said: str):
    answer = rink.teacher.says(f"!событие {said}", room="staff")
    assert answer.startswith("Похоже на название нового события, поэтому ничего не отменено и не опубликовано.")
    assert answer.endswith("Отменить «Каток» (№1): !событие отменить 1 <причина>")
    assert not is_cancelled(rink)


def test_title_in_quotes_is_a_new_event(rink: Conversation):
    rink.teacher.says("!событие «Отмена крепостного права»: урок-игра в среду 12:00", room="staff")
    assert card(rink, "Отмена крепостного права: урок-игра").split("\n")[1] == "Когда: ср, 18 ноября, 12:00"
    assert not is_cancelled(rink)


@pytest.mark.parametrize(
    "said",
    [
        "Бал, нет зала", "ёлку, карантин", "Бал нет зала", "ёлка из-за карантина", "ёлку карантин", "бал мороз",
        "Бал (нет зала)", "Бал — нет зала", "поход: дождь", "Весенний бал, каток занят", "вечер сказок по болезни",
        "экскурсию заболел водитель",
        "1 сентября: линейка", "5 декабря нет зала",
    ],
)  # fmt: skip
def test_something_else_with_its_reason_is_asked_back(rink: Conversation, said: str):
    assert rink.teacher.says(f"!событие отменить {said}", room="staff") == f"{ASKED}{said}"
    assert not is_cancelled(rink)


@pytest.mark.parametrize(
    "said",
    [
        "сильный мороз", "опять дождь", "карантин, всем выздоравливать", "нет льда, перенесём", "болеют дети, карантин",
        "карантин до 25 ноября", "не будет света до 14:00", ": карантин с понедельника", "зал закрыт, ключа нет",
        "объявили карантин", "льда нет", "заболел тренер",
    ],
)  # fmt: skip
def test_reasons_cancel_as_before(rink: Conversation, said: str):
    rink.teacher.says(f"!событие отменить {said}", room="staff")
    assert is_cancelled(rink)


def test_title_with_a_date_is_no_cancellation_where_several_or_none_are_open(rink: Conversation):
    said = "!событие Отмена крепостного права: урок-игра в среду 12:00"
    rink.teacher.says("!событие Бал 28 ноября 18:00", room="events")
    assert rink.teacher.says(said, room="staff").startswith("Похоже на название нового события, поэтому ничего не отменено")
    rink.teacher.says("!событие отменить 1", room="staff")
    rink.teacher.says("!событие отменить 2", room="staff")
    assert rink.teacher.says(said, room="staff") == (
        "Похоже на название нового события, поэтому ничего не опубликовано. Возьмите название в кавычки, например "
        "!событие «Отмена крепостного права» в среду 12:00"
    )


def test_title_with_a_day_is_asked_back(rink: Conversation):
    answer = rink.teacher.says("!событие Отмена крепостного права в субботу", room="staff")
    assert answer == f"{ASKED}крепостного права в субботу"


def test_day_of_a_month_is_no_number(rink: Conversation):
    answer = rink.teacher.says("!событие отменить 1 сентября: линейка", room="staff")
    assert answer == f"{ASKED}1 сентября: линейка"


def test_something_else_is_asked_back_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00", room="events")
    for said in ("Cancel culture debate on Wednesday 12:00", "Cancel the ball, no hall"):
        answer = english.teacher.says(f"!event {said}", room="staff")
        assert "!event cancel 1" in answer
        assert "cancelled" not in card(english, "Ice rink")


def test_title_that_begins_with_thanks_is_no_thanks(rink: Conversation):
    rink.move_to(on(21, 16))
    answer = rink.teacher.says("!событие Спасибо, мама! Концерт 27 ноября 17:00", room="staff")
    assert answer.startswith("Похоже на название нового события, поэтому ничего не опубликовано: «мама! Концерт 27 ноября")
    rink.teacher.says("!событие «Спасибо, мама!» концерт 27 ноября 17:00", room="staff")
    assert "Когда: пт, 27 ноября, 17:00" in card(rink, "Спасибо, мама! концерт")
    rink.teacher.says("!событие спасибо 1 Было чудесно!", room="staff")
    assert rink.texts("events")[-1] == "«Каток»: Было чудесно!"


def test_only_families_that_are_told_are_counted(rink: Conversation):
    rink.teacher.says("!придут Исаев 2", room="staff")
    writes(rink, 0, "на каток придём")
    answer = rink.teacher.says("!событие отменить 1 нет льда", room="staff")
    assert answer == "№1 «Каток»: отменено. Предупреждаем 1 семью."


def test_nobody_is_told_where_all_are_on_paper(rink: Conversation):
    rink.teacher.says("!придут Исаев 2", room="staff")
    answer = rink.teacher.says("!событие отменить 1 нет льда", room="staff")
    assert answer == "№1 «Каток»: отменено."
    assert "№1 «Каток» отменено. Эти семьи без приложения, предупредите сами: Максим Исаев." in rink.texts("staff")
