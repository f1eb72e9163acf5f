"""Setting, correcting and withdrawing homework: one card a day."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from classroom_matrix.domain.school_days import MON_TO_FRI, Weekday
from classroom_matrix.errors import ConfigError
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.homework.config import HomeworkConfig
from classroom_plugins.homework.plugin import plugin
from tests.unit.plugins.homework.scene import HOW, ROOM, cards, desk, private_chat


def test_task_is_one_quiet_card_for_its_day(talk: Conversation):
    assert talk.teacher.says("!дз математика с. 12 № 4 к пятнице", room=ROOM).split("\n") == [
        "Домашнее задание на пт, 20 ноября",
        "Математика: с. 12 № 4",
        HOW,
    ]
    card = talk.card("Домашнее задание", ROOM)
    assert (card.loud, talk.texts("staff")) == (False, [])


def test_same_dialogue_in_english(english: Conversation):
    english.teacher.says("!hw maths p. 12 no. 4 by Friday", room=ROOM)
    english.teacher.says("!hw English group A: ex. 3\nRussian ex. 5 by Friday", room=ROOM)
    english.teacher.says("!hw correct maths p. 13 by Friday", room=ROOM)
    english.teacher.says("!hw cancel Russian by Friday", room=ROOM)
    assert cards(english) == [
        ["Homework for Fri, 20 November", "Maths: p. 13 (corrected 10:00)", "Russian — withdrawn 10:00"],
        ["Homework for Tue, 17 November", "English, group A: ex. 3"],
    ]


def test_several_subjects_stand_in_the_class_order_on_the_cards_of_their_days(talk: Conversation):
    talk.teacher.says("!дз окр. мир с. 7\nчтение с. 40 к пятнице\nматематика № 4", room=ROOM)
    talk.teacher.says("!дз русский упр. 5 к пятнице", room=ROOM)
    assert cards(talk) == [
        ["Домашнее задание на вт, 17 ноября", "Окружающий мир: с. 7"],
        [
            "Домашнее задание на пт, 20 ноября",
            "Математика: № 4",
            "Русский язык: упр. 5",
            "Литературное чтение: с. 40",
        ],
    ]
    assert talk.card("на пт, 20 ноября", ROOM).edits == 1


def test_task_without_a_day_is_for_the_next_school_day():
    with Conversation(plugin, start=datetime(2026, 11, 20, 12)) as talk:  # Friday
        talk.teacher.says("!дз математика № 4", room=ROOM)
        assert cards(talk)[0][0] == "Домашнее задание на пн, 23 ноября"
    options = HomeworkConfig(school_days=(*MON_TO_FRI, Weekday.SAT), subjects=("русский язык", "математика"))
    with Conversation({plugin: options}, start=datetime(2026, 11, 20, 12)) as talk:  # type: ignore[misc]
        talk.teacher.says("!дз математика № 4\nрусский упр. 5", room=ROOM)
        assert cards(talk) == [["Домашнее задание на сб, 21 ноября", "Русский язык: упр. 5", "Математика: № 4"]]


def test_unknown_subject_is_accepted_and_echoed_privately(talk: Conversation):
    talk.teacher.says("!дз риторика речь на 3 минуты", room=ROOM)
    assert cards(talk)[0][1:] == ["Риторика: речь на 3 минуты"]
    assert talk.texts("staff") == ["Такого предмета нет в списке, записываю как есть: Риторика."]


def test_task_typed_elsewhere_is_echoed_there_and_shown_in_the_room(talk: Conversation):
    answer = "Записано:\nНа пт, 20 ноября\n• Математика: № 4"
    assert talk.teacher.says("!дз математика № 4 к пятнице", room="staff") == answer
    assert talk.teacher.says("!дз математика № 4 к пятнице", room=private_chat(talk, talk.teacher)) == answer
    talk.teacher.says("!дз русский упр. 5 к пятнице", room="announcements")
    assert talk.texts("announcements") == []
    assert cards(talk) == [["Домашнее задание на пт, 20 ноября", "Математика: № 4", "Русский язык: упр. 5"]]


def test_same_task_twice_is_one_and_another_one_is_added(talk: Conversation):
    for text in ("№ 4", "№  4", "№ 5"):
        talk.teacher.says(f"!дз математика {text} к пятнице", room=ROOM)
    assert cards(talk)[0][1:] == ["Математика: № 4", "Математика: № 5"]


def test_correction_takes_the_place_of_what_was_said_and_is_marked(talk: Conversation):
    talk.teacher.says("!дз математика № 4 к пятнице", room=ROOM)
    talk.teacher.says("!дз математика № 5 к пятнице", room=ROOM)
    talk.advance(hours=8)
    talk.teacher.says("!дз исправить математику с. 13", room=ROOM)
    assert cards(talk)[0][1:] == ["Математика: с. 13 (исправлено 18:00)"]
    talk.advance(days=1)
    talk.teacher.says("!дз исправить математика с. 14 к пятнице", room=ROOM)
    assert cards(talk)[0][1:] == ["Математика: с. 14 (исправлено вт, 17 ноября, 18:00)"]


def test_withdrawn_task_is_marked_until_another_takes_its_place(talk: Conversation):
    talk.teacher.says("!дз математика № 4 к пятнице\nрусский упр. 5 к пятнице", room=ROOM)
    talk.teacher.says("!дз отменить математика к пятнице", room=ROOM)
    assert cards(talk)[0][1:] == ["Математика — снято 10:00", "Русский язык: упр. 5"]
    talk.teacher.says("!дз математика № 6 к пятнице", room=ROOM)
    assert cards(talk)[0][1:] == ["Математика: № 6", "Русский язык: упр. 5"]
    talk.teacher.says("!дз отменить всё к пятнице", room=ROOM)
    assert cards(talk)[0][1:] == ["Математика — снято 10:00", "Русский язык — снято 10:00"]


def test_cards_of_past_days_are_left_alone(talk: Conversation):
    talk.teacher.says("!дз математика № 4 на завтра", room=ROOM)
    before = talk.card("вт, 17 ноября", ROOM)
    talk.advance(days=3)
    talk.teacher.says("!дз математика № 7", room=ROOM)
    after = talk.card("вт, 17 ноября", ROOM)
    assert (after.body, after.edits) == (before.body, 0)


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("", "Что задано? Например: !дз математика с. 12 № 4 к пятнице"),
        (
            " математика к пятнице",
            "Математика: что задано? Напишите текст, или сначала пришлите фото, а потом эту команду, можно ответом на фото.",
        ),
        (
            " математика № 4 к 10.11",
            "«10.11» — это ср, 10 ноября 2027, слишком далеко для задания. Если это не день, возьмите слова в кавычки.",
        ),
        (
            " исправить русский упр. 6",
            "Русский язык: на ближайшие дни ничего не задано. Что задано: !дз что",
        ),
        (" отменить математика к среде", "Математика: на ср, 18 ноября ничего не задано. Задано на: пт, 20 ноября."),
        (
            " математика " + "а" * 1001,
            (
                "Слишком длинно (знаков: 1\u00a0001), а можно не больше 1\u00a0000."
                " Длинное задание лучше прислать фото или файлом."
            ),
        ),
    ],
)
def test_wrong_commands_get_one_kind_sentence_in_the_staff_room(talk: Conversation, command: str, answer: str):
    talk.teacher.says("!дз математика № 1 к пятнице", room=ROOM)
    before = cards(talk)
    assert talk.teacher.says(f"!дз{command}", room=ROOM) == answer
    assert (talk.texts("staff"), cards(talk)) == ([answer], before)


@pytest.mark.parametrize(
    "command",
    ["!дз Калинина заболела", "!дз Беляевы оба", "!дз у Калининой нет тетради", "!дз математика для Калининой с. 12",
     "!дз Калинина", "!дз Роман Беляев болеет", "!дз математика № 4\nКалинина сдаёт тетрадь", "!дз закрыть запись",
     "!дз исправит математика с. 5", "!дз кто болеет", "!дз на завтра", "!hw Kalinina is ill", "!дз Исаеву передать книгу",
     "!дз вопрос 3", "!дз отменить"],
)  # fmt: skip
def test_what_is_no_task_is_not_for_families_to_read(talk: Conversation, command: str):
    assert talk.teacher.says(command, room="staff") != ""
    assert cards(talk) == []
    talk.teacher.says(command, room=ROOM)
    assert cards(talk) == []


def test_author_is_no_family_in_quotes(talk: Conversation):
    talk.teacher.says("!дз чтение «Беляев» с. 5 к пятнице", room=ROOM)
    assert cards(talk)[0][1:] == ["Литературное чтение: «Беляев» с. 5"]


def test_family_that_is_named_goes_from_a_room_where_families_read(talk: Conversation):
    talk.teacher.says("!дз математика для Калининой с. 12", room=ROOM)
    assert [m.body for m in talk.room(ROOM)] == []
    assert talk.texts("staff")[0].startswith("«для Калининой с. 12» — здесь стоит фамилия ученика")
    talk.teacher.says("!ответить 1 Ксения права", room="talk")
    assert [m.body for m in talk.room("talk")] == []


def test_command_is_spelled_with_a_stroke(talk: Conversation):
    talk.teacher.says("!д/з русский упр. 7 на среду", room=ROOM)
    assert cards(talk)[0] == ["Домашнее задание на ср, 18 ноября", "Русский язык: упр. 7"]


def test_day_does_not_grow_beyond_a_card(talk: Conversation):
    for number in range(4):
        talk.teacher.says(f"!дз математика {number} {'а' * 990} к пятнице", room=ROOM)
    talk.teacher.says("!дз чтение с. 1 к пятнице", room=ROOM)
    assert talk.teacher.says(f"!дз исправить чтение {'а' * 900}", room=ROOM).startswith(
        "На пт, 20 ноября задано уже очень много"
    )
    assert cards(talk)[0][-1] == "Литературное чтение: с. 1"
    assert talk.teacher.says(f"!дз русский {'а' * 900} к пятнице", room=ROOM).startswith(
        "На пт, 20 ноября задано уже очень много"
    )


def test_families_cannot_set_homework(talk: Conversation):
    talk.guardian(0).says("!дз математика № 4", room=ROOM)
    assert cards(talk) == []


def test_hostile_text_is_shown_as_text(talk: Conversation):
    talk.teacher.says("!дз математика <img src=x> **№ 4** к пятнице", room=ROOM)
    html = talk.card("Домашнее", ROOM).content["formatted_body"]
    assert "&lt;img src=x&gt;" in html
    assert desk(talk) == "family0-0"


@pytest.mark.parametrize("options", [{"school_days": ()}, {"photo_wait": 0}, {"subjects": (" : мат",)}])
def test_impossible_options_are_refused(options: dict[str, object]):
    with pytest.raises(ConfigError):
        HomeworkConfig(**options)  # type: ignore[arg-type]


def test_command_below_a_card_is_for_its_day(talk: Conversation):
    talk.teacher.says("!дз математика № 4 к пятнице\nматематика № 1 на среду", room=ROOM)
    card = talk.card("на пт, 20 ноября", ROOM).event_id
    talk.teacher.says("!дз чтение с. 40", room=ROOM, thread=card)
    talk.teacher.says("!дз исправить математика № 5", room=ROOM, reply_to=card)
    assert cards(talk)[-1][1:] == ["Математика: № 5 (исправлено 10:00)", "Литературное чтение: с. 40"]


def test_largest_card_fits_into_an_event(talk: Conversation):
    for number in range(110):
        talk.teacher.says(f"!дз {'ы' * 20}{number} {number} к пятнице", room=ROOM)
    events = talk.homeserver.rooms[talk.room_id(ROOM)].events
    assert max(len(json.dumps(event["content"], ensure_ascii=False).encode()) for event in events) < 60_000


@pytest.mark.parametrize(
    "typed",
    [
        "!дз математика к 16.11 стр 5",
        "!дз математика к 16.11: стр 5",
        "!дз математика на 16 ноября стр 5",
        "!дз математика стр 5 к 16.11 принести циркуль",
        "!дз математика стр 5 на 16.11, циркуль",
        "!дз математика стр 5\nна 16.11 циркуль",
        "!дз к 16.11 математика стр 5",
        "!дз математика до 16.11 стр 5",
        "!дз математика к понедельнику 16.11 стр 5",
        "!дз математика к 31.02 стр 5",
        "!дз математика к 5.9 стр 5",
        "!homework maths by 16.11 p. 5",
    ],
)
def test_day_that_is_over_or_none_is_asked_back_wherever_it_stands(talk: Conversation, typed: str):
    talk.move_to(datetime(2026, 11, 17, 10, 0))
    said = talk.teacher.says(typed, room="staff")
    assert "16" in said or "31.02" in said or "5.9" in said
    assert not said.startswith("Записано")
    assert cards(talk) == []


@pytest.mark.parametrize(
    ("typed", "task"),
    [
        ("!дз математика стр 5 к 20.11 принести циркуль", "Математика: стр 5, принести циркуль"),
        ("!дз математика стр 5 к 20 ноября принести циркуль", "Математика: стр 5, принести циркуль"),
        ("!дз математика № 5 на 2 варианта к пятнице", "Математика: № 5 на 2 варианта"),
        ("!дз математика с 3.1 до 3.4 устно к пятнице", "Математика: с 3.1 до 3.4 устно"),
    ],
)
def test_day_in_the_middle_is_the_task_s_and_exercises_are_no_days(talk: Conversation, typed: str, task: str):
    talk.teacher.says(typed, room=ROOM)
    assert cards(talk) == [["Домашнее задание на пт, 20 ноября", task]]
