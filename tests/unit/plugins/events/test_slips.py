"""Commands that are nearly right publish nothing."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .stage import card, lines


@pytest.mark.parametrize(
    "said",
    [
        "придут Калинина 2",
        "готово Выпускной",
        "готово Каток и чай",
        "список Калинина",
        "отмнить Каток",
        "снять Калинина",
        "напомнить всем",
        "Калинина подтвердила",
        "Калининой не будет",
        "Беляевы придут",
        "rsvp Kalinina 2",
        "done the rink",
        "Готово Каток и чай",
    ],
)
def test_commands_gone_wrong_do_not_become_events(talk: Conversation, said: str):
    answer = talk.teacher.says(f"!событие {said}", room="staff")
    assert "похоже на команду" in answer or "ничего не опубликовано" in answer
    assert ": !" in answer  # what it should have been, perhaps
    assert talk.texts("events") == []


@pytest.mark.parametrize(
    "said",
    [
        "Ксения придёт", "Ксения не придёт", "ксения придёт", "Ксения и Марк придут", "Ксения болеет", "Марк с мамой придут",
        "Ксения завтра точно не придёт", "мама Ксении придёт", "У Ксении заболела мама", "Максим не сможет",
        "Ксения будет с папой", "Ксения Калинина придёт", "Ксения Калинина 2", "Ксения 2", "Ксения", "Ksenia comes",
        "Mark won't come", "Таисия и Семён 2", "Ксения придёт в субботу 12:00",
    ],
)  # fmt: skip
def test_families_answers_do_not_become_events(talk: Conversation, said: str):
    answer = talk.teacher.says(f"!событие {said}", room="staff")
    assert answer.startswith("Похоже на ответ семьи, а не на название, поэтому ничего не опубликовано.")
    assert "!придут Калинина 2" in answer
    assert talk.texts("events") == []


def test_answers_in_english_do_not_become_events(english: Conversation):
    answer = english.teacher.says("!event Ксения won't come", room="staff")
    assert answer.startswith("This looks like a family's answer, not like a title, so nothing was published.")
    assert english.texts("events") == []


@pytest.mark.parametrize(
    "title",
    [
        "Марк Твен: вечер чтения", "К нам придут ветераны", "На 8 марта придут бабушки", "«Ксения придёт»",
        "Мастер-класс: Ксения придёт", "Концерт Ксении", "Марк играет на скрипке",
    ],
)  # fmt: skip
def test_titles_with_names_are_published(talk: Conversation, title: str):
    talk.teacher.says(f"!событие {title} в субботу 12:00", room="events")
    assert title.strip("«»") in talk.texts("events")[-1]


@pytest.mark.parametrize(
    "title", ["«Калинины играют»", "«Готово!»", "Каток", "Ёлка у Беляевых", "Готовим пиццу", "Чай с родителями"]
)
def test_titles_are_published(talk: Conversation, title: str):
    talk.teacher.says(f"!событие {title} в субботу 12:00", room="events")
    assert title.strip("«»") in talk.texts("events")[-1]


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("изменить Каток в воскресенье 13:00", "вс, 22 ноября, 13:00"),
        ("перенести Каток на четверг 15:00", "чт, 19 ноября, 15:00"),
        ("перенести каток на воскресенье 13:00", "вс, 22 ноября, 13:00"),
        ("перенести «Каток» на 28 ноября 12:00", "сб, 28 ноября, 12:00"),
        ("перенести №1 Каток на воскресенье 13:00", "вс, 22 ноября, 13:00"),
        ("перенести на воскресенье 13:00", "вс, 22 ноября, 13:00"),
        ("изменить Каток: когда: воскресенье 13:00", "вс, 22 ноября, 13:00"),
        ("поправить Каток 28.11 в 12", "сб, 28 ноября, 12:00"),
        ("перенести Каток на 13:00", "сб, 21 ноября, 13:00"),
        ("изменить когда: 13:00", "сб, 21 ноября, 13:00"),
        ("изменить время 13:00-15:00", "сб, 21 ноября, 13:00–15:00"),
        ("изменить Каток время 13:00", "сб, 21 ноября, 13:00"),
        ("изменить дата 22 ноября 12:00", "вс, 22 ноября, 12:00"),
    ],
)
def test_event_is_moved_by_its_title(rink: Conversation, said: str, when: str):
    answer = rink.teacher.says(f"!событие {said}", room="staff")
    assert answer.split("\n")[-1] == f"Когда: было — сб, 21 ноября, 12:00, стало — {when}"
    assert lines(rink, "Когда:", "1. ", "Где:") == [f"Когда: {when}", "Где: парк Сокольники"]


def test_event_is_moved_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00", room="events")
    answer = english.teacher.says("!event move the rink to Sunday 1pm", room="staff")
    assert answer.split("\n")[-1] == "When: was Sat, 21 November, 12:00, is now Sun, 22 November, 13:00"
    answer = english.teacher.says("!event change time 2pm", room="staff")
    assert answer.split("\n")[-1] == "When: was Sun, 22 November, 13:00, is now Sun, 22 November, 14:00"


def test_fields_in_a_change_need_no_colon(rink: Conversation):
    rink.teacher.says("!событие изменить место школа; взять санки", room="staff")
    assert lines(rink, "Где:", "Взять:") == ["Где: школа", "Взять: санки"]


def test_day_alone_is_the_whole_day_and_a_place_may_follow(rink: Conversation):
    rink.teacher.says("!событие перенести Каток на четверг", room="staff")
    assert lines(rink, "Когда:") == ["Когда: чт, 19 ноября"]
    rink.teacher.says("!событие изменить Каток в воскресенье 13:00, стадион Труд; взять: санки", room="staff")
    assert lines(rink, "Когда:", "Где:", "Взять:") == ["Когда: вс, 22 ноября, 13:00", "Где: стадион Труд", "Взять: санки"]


def test_title_tells_which_of_several_events(rink: Conversation):
    rink.teacher.says("!событие Музей 5 декабря 10:00", room="events")
    rink.teacher.says("!событие перенести музей на 6 декабря 11:00", room="staff")
    assert lines(rink, "Когда:", title="Музей") == ["Когда: вс, 6 декабря, 11:00"]
    assert lines(rink, "Когда:") == ["Когда: сб, 21 ноября, 12:00"]


@pytest.mark.parametrize(
    "said",
    ["изменить Каток на что-нибудь потеплее", "изменить всё поменялось", "перенести Выпускной", "перенести не в субботу"],
)
def test_change_that_is_not_understood_changes_nothing(rink: Conversation, said: str):
    before = card(rink)
    answer = rink.teacher.says(f"!событие {said}", room="staff")
    assert answer.startswith("Не понимаю, что изменить:")
    assert "Например: !событие изменить «Каток» когда: воскресенье 13:00" in answer
    assert card(rink) == before


def test_lines_behind_fields_are_still_lines_of_the_plan(rink: Conversation):
    rink.teacher.says("!событие изменить №1\nгде: школа\nСбор в 11:45", room="staff")
    assert lines(rink, "Где:", "1. ") == ["Где: школа", "1. Сбор в 11:45"]
