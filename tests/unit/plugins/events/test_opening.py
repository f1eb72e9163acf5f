"""How an event begins: one message says everything."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .stage import card, lines, on, room_noise
from .toy_duties.plugin import RoleRow


def test_event_with_six_duties_is_one_message(whole: Conversation):
    whole.teacher.says(
        "!событие Каток в субботу с 12:00 до 14:00 в парке Сокольники\n"
        "взять: коньки, термос\n"
        "стоимость: 300 ₽\n"
        "мест: 40\n"
        "ответить до четверга 20:00\n"
        "дела: чай 2, машина 3 к 11:30, фото 1, музыка, аптечка 1 (с бинтом), касса\n"
        "Сбор у входа в 11:45",
        room="events",
    )
    assert card(whole).split("\n")[:8] == [
        "Каток · событие №1",
        "Когда: сб, 21 ноября, 12:00–14:00",
        "Где: в парке Сокольники",
        "Взять: коньки, термос",
        "Стоимость: 300 ₽",
        "План:",
        "1. Сбор у входа в 11:45",
        "Дела: занято 0 из 9 · карточка ниже",
    ]
    assert "Ответьте до чт, 19 ноября, 20:00." in card(whole)
    assert [(row.title, row.places, row.starts) for row in RoleRow.select()][1] == ("машина", 3, "11:30")
    assert room_noise(whole) == 1
    assert whole.card("Каток", room="events").reactions == {key: [whole.dispatcher._bot] for key in ("✅", "❔", "❌")}


@pytest.mark.parametrize(
    ("said", "title", "when", "where"),
    [
        ("Каток в субботу 12:00", "Каток", "Когда: сб, 21 ноября, 12:00", ""),
        ("Каток в субботу", "Каток", "Когда: сб, 21 ноября", ""),
        ("Поход на 3 дня", "Поход на 3 дня", "", ""),
        ("Музей 5 декабря с 12 до 14, Волхонка 12", "Музей", "Когда: сб, 5 декабря, 12:00–14:00", "Где: Волхонка 12"),
        ("Чай в 3Б", "Чай в 3Б", "", ""),
        ("Ёлка 25.12 в 20:00", "Ёлка", "Когда: пт, 25 декабря, 20:00", ""),
        ("Ice rink on Saturday 12:00 at the park", "Ice rink", "Когда: сб, 21 ноября, 12:00", "Где: at the park"),
    ],
)
def test_title_date_and_place_are_found_in_one_line(talk: Conversation, said: str, title: str, when: str, where: str):
    talk.teacher.says(f"!событие {said}", room="events")
    body = talk.texts("events")[-1].split("\n")
    assert body[0] == f"{title} · событие №1"
    assert [line for line in body if line.startswith("Когда")] == ([when] if when else [])
    assert [line for line in body if line.startswith("Где")] == ([where] if where else [])


def test_roles_on_lines_of_their_own(whole: Conversation):
    whole.teacher.says("!событие Каток в субботу 12:00\nдела:\n- чай 2\n- машина 3\n- 2 фотографа\nСбор у входа", room="events")
    assert [(row.title, row.places) for row in RoleRow.select()] == [("чай", 2), ("машина", 3)]
    assert lines(whole, "1. ", "2. ") == ["1. 2 фотографа", "2. Сбор у входа"]


def test_idea_without_a_date_has_no_buttons_and_no_counts(talk: Conversation):
    talk.teacher.says("!событие Поход в музей", room="events")
    shown = talk.card("Поход в музей", room="events")
    assert shown.reactions == {}
    assert shown.body.split("\n") == [
        "Поход в музей · событие №1",
        "Есть идея? Напишите в ветке или в личной комнате: «идея: …»",
        "идея · план · участие · прошло · спасибо",
    ]


def test_date_that_comes_later_brings_the_buttons(talk: Conversation):
    talk.teacher.says("!событие Каток", room="events")
    talk.teacher.says("!событие изменить когда: суббота 12:00", room="events")
    assert set(talk.card("Каток", room="events").reactions) == {"✅", "❔", "❌"}
    assert "Когда: сб, 21 ноября, 12:00" in card(talk)


def test_stage_is_shown_in_bold(whole: Conversation):
    def stage() -> str:
        formatted = whole.card("событие №1", room="events").content["formatted_body"]
        return str(formatted).rpartition("<strong>")[2].partition("</strong>")[0]

    whole.teacher.says("!событие Каток", room="events")
    assert stage() == "идея"
    whole.teacher.says("!план Сбор у входа", room="events")
    assert stage() == "план"
    whole.teacher.says("!обсуждение до четверга", room="events")
    assert stage() == "обсуждение"
    whole.teacher.says("!событие изменить дела: чай 2", room="events")
    assert stage() == "дела"
    whole.teacher.says("!событие изменить когда: суббота 12:00", room="events")
    assert stage() == "участие"
    whole.move_to(on(21, 13))
    whole.guardian(0).reacts("Каток", "✅", room="events")
    whole.teacher.says("!событие готово", room="events")
    assert stage() == "прошло"
    whole.teacher.says("!событие спасибо", room="events")
    assert stage() == "спасибо"


def test_opening_elsewhere_is_confirmed_and_stands_in_the_events_room(talk: Conversation):
    answer = talk.teacher.says("!событие Каток в субботу 12:00", room="staff")
    assert answer == "Событие №1 «Каток» открыто, карточка в комнате событий."
    assert "Каток" in card(talk)


def test_card_raises_a_badge_once_and_none_in_quiet_hours(talk: Conversation):
    talk.teacher.says("!событие Каток в субботу 12:00", room="events")
    assert talk.card("Каток", room="events").loud
    talk.advance(hours=12)
    talk.teacher.says("!событие Музей в воскресенье 12:00", room="events")
    assert not talk.card("Музей", room="events").loud


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("!событие", "Не хватает: название и дата."),
        ("!событие Каток; когда: в среду вечерком", "Не понимаю, когда это: «в среду вечерком»."),
        ("!событие Каток; мест: много", "Не понимаю, сколько мест: «много»."),
        ("!событие Каток; дела: чай 2, 500", "Не понимаю дело «500»."),
        ("!событие Каток в субботу 12:00; ответить до воскресенья", "Ответить просим раньше, чем «Каток» начнётся."),
        ("!событие Каток 1 ноября 2020 в 12:00", "1 ноября 2020 в 12:00"),
        (f"!событие {'Очень ' * 40}", "Слишком длинно"),
    ],
)
def test_slips_get_one_kind_sentence(talk: Conversation, said: str, answer: str):
    assert answer in talk.teacher.says(said, room="staff")
    assert talk.texts("events") == []


def test_without_duties_the_teacher_is_told(talk: Conversation):
    talk.teacher.says("!событие Каток в субботу 12:00; дела: чай 2", room="events")
    assert talk.texts("staff") == [
        "Дела в этом классе не включены, поэтому их никто не запишет: чай. Можно добавить их в план: !план добавить"
    ]


def test_parents_cannot_open_events(talk: Conversation):
    talk.guardian(0).says("!событие Каток в субботу 12:00", room="events")
    assert talk.texts("events") == []


def test_committee_can(talk: Conversation):
    talk.teacher.says("!комитет guardian0 события", room="staff")
    talk.guardian(0).says("!событие Каток в субботу 12:00", room="events")
    assert "Каток" in card(talk)
    talk.guardian(0).says("!событие отменить", room="events")
    assert "отменено" in card(talk)


def test_hostile_text_is_only_text(talk: Conversation):
    talk.teacher.says("!событие <b>Каток</b> @room в субботу 12:00; где: <img src=x>", room="events")
    shown = talk.card("Каток", room="events")
    assert "<img" not in str(shown.content["formatted_body"])
    assert not shown.content.get("m.mentions", {}).get("room")


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("Чай в среду после уроков", ["Чай после уроков · событие №1", "Когда: ср, 18 ноября"]),
        ("Чай в среду после уроков, столовая", ["Чай после уроков · событие №1", "Когда: ср, 18 ноября", "Где: столовая"]),
        ("Уборка 28 ноября весь день", ["Уборка весь день · событие №1", "Когда: сб, 28 ноября"]),
        ("Чай в среду 15:00 столовая", ["Чай · событие №1", "Когда: ср, 18 ноября, 15:00", "Где: столовая"]),
        ("Tea on Wednesday after school", ["Tea after school · событие №1", "Когда: ср, 18 ноября"]),
    ],
)
def test_part_of_the_day_is_no_place(talk: Conversation, said: str, shown: list[str]):
    talk.teacher.says(f"!событие {said}", room="staff")
    assert talk.texts("events")[-1].split("\n")[: len(shown)] == shown
    assert ("Где:" in talk.texts("events")[-1]) is any(line.startswith("Где:") for line in shown)
