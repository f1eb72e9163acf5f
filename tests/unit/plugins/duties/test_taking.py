"""Places taken and given back, by every way there is."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.plugin import plugin

from .stage import Stage
from .talking import desks, roles

WHAT = "«чай» («Каток», сб, 5 декабря, 12:00)"


def test_reaction_on_a_number_takes_a_place_and_nothing_is_said(opened: Conversation):
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    assert roles(opened) == ["1️⃣ чай — 1 из 2: guardian0.", "2️⃣ машина — 0 из 3. Нужно: машина.", "3️⃣ фото — 0 из 1."]
    assert opened.desk(opened.guardian(0)) == []


def test_taking_the_reaction_back_gives_the_place_back(opened: Conversation):
    event = opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    opened.guardian(0).takes_back(event, room="events")
    assert roles(opened)[0] == "1️⃣ чай — 0 из 2."


def test_family_counts_once_and_keeps_the_place_while_one_guardian_s_reaction_stands(opened: Conversation):
    first = opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    second = opened.guardian(1).reacts("Дела", "1️⃣", room="events")
    assert "1 из 2" in roles(opened)[0]
    opened.guardian(0).takes_back(first, room="events")
    assert "1 из 2" in roles(opened)[0]
    opened.guardian(1).takes_back(second, room="events")
    assert "0 из 2" in roles(opened)[0]


def test_word_gives_back_what_any_reaction_took_and_the_other_guardian_is_told(opened: Conversation):
    desks(opened)
    first = opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    assert opened.guardian(1).says("не смогу чай", room="family0-0") == f"Хорошо, место свободно: {WHAT}."
    assert opened.texts("family0-0") == [f"Хорошо, место свободно: {WHAT}."]  # both read it
    assert "0 из 2" in roles(opened)[0]
    opened.guardian(0).takes_back(first, room="events")  # of no meaning any more
    assert "0 из 2" in roles(opened)[0]


def test_both_households_are_told_once_an_hour_only(opened: Conversation):
    desks(opened)
    for _ in range(3):
        opened.teacher.says("!дело Чернов чай", room="staff")  # nobody knows whose of the two homes it is
        opened.guardian(5).says("не смогу чай", room="family2-1")
    assert [text for text in opened.texts("family2-0") if "отказались" in text] == [
        f"От вашей семьи отказались от дела: {WHAT}. Место снова свободно."
    ]


@pytest.mark.parametrize("said", ["чай", "Чай!", "беру чай", "мы возьмём чай", "запишите нас на чай", "беру 1"])
def test_word_in_the_desk_takes_a_place(opened: Conversation, said: str):
    desks(opened)
    answer = opened.guardian(0).says(said, room="family0-0")
    assert answer == f"Записал за вами: {WHAT}. Спасибо! Если не получится, напишите «не смогу»."
    assert "1 из 2: guardian0" in roles(opened)[0]


@pytest.mark.parametrize(
    "said", ["Добрый день", "7", "чай будет?", "у нас есть кот", "беру отгул", "не смогу прийти на собрание"]
)
def test_other_talk_in_the_desk_is_left_alone(opened: Conversation, said: str):
    desks(opened)
    assert opened.guardian(0).says(said, room="family0-0") == ""


def test_deleted_message_in_the_desk_gives_the_place_back(opened: Conversation):
    desks(opened)
    opened.guardian(0).says("чай", room="family0-0")
    message = next(m.event_id for m in opened.room("family0-0") if m.body == "чай")
    opened.guardian(0).takes_back(message, room="family0-0")
    assert "0 из 2" in roles(opened)[0]


@pytest.mark.parametrize(
    "said", ["не смогу", "не смогу чай", "не сможем принести чай", "отказываюсь от чая", "к сожалению, не получится"]
)
def test_only_duty_is_given_back_by_plain_words(opened: Conversation, said: str):
    desks(opened)
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    assert opened.guardian(0).says(said, room="family0-0") == f"Хорошо, место свободно: {WHAT}."


def test_of_several_duties_it_is_asked_which(opened: Conversation):
    desks(opened)
    opened.guardian(0).says("чай", room="family0-0")
    opened.guardian(0).says("машина", room="family0-0")
    assert (
        opened.guardian(0).says("не смогу", room="family0-0").startswith("К чему это? Ответьте номером:\n1. отказаться: «чай»")
    )
    assert opened.guardian(0).says("2", room="family0-0").startswith("Хорошо, место свободно: «машина»")
    assert ["1 из 2" in roles(opened)[0], "0 из 3" in roles(opened)[1]] == [True, True]


def test_last_place_is_taken_by_the_first_of_several_at_once(opened: Conversation):
    with opened.at_once():
        for number in (0, 2, 4):
            opened.guardian(number).reacts("Дела", "3️⃣", room="events")
    assert roles(opened)[2] == "3️⃣ фото — 1 из 1: guardian0."
    told = ["Мест больше нет: «фото» («Каток», сб, 5 декабря, 12:00). Спасибо, что откликнулись!"]
    assert [[m.body for m in opened.desk(opened.guardian(n))] for n in (0, 2, 4)] == [[], told, told]


def test_reaction_of_somebody_with_no_say_is_ignored(opened: Conversation):
    opened.teacher.reacts("Дела", "1️⃣", room="events")
    opened.stranger().reacts("Дела", "1️⃣", room="events")
    for key in ("👍", "4️⃣", "0"):
        opened.guardian(0).reacts("Дела", key, room="events")
    assert [line.split(" из ")[0][-1] for line in roles(opened)] == ["0", "0", "0"]


def test_redaction_overtakes_its_reaction(opened: Conversation):
    with opened.at_once():
        event = opened.guardian(0).reacts("Дела", "1️⃣", room="events")
        opened.guardian(0).takes_back(event, room="events")
        opened._feed.reverse()
    assert "0 из 2" in roles(opened)[0]


# ── By the teacher ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_teacher_enters_a_family_without_the_app(opened: Conversation):
    assert opened.teacher.says("!дело Исаев чай", room="staff") == f"Записано: Максим Исаев — {WHAT}."
    assert roles(opened)[0] == "1️⃣ чай — 1 из 2: guardian6."
    assert opened.teacher.says("!дело Исаев чай", room="staff") == f"Уже было записано: Максим Исаев — {WHAT}."


def test_entry_where_families_read_is_answered_in_the_staff_room_and_taken_away(opened: Conversation):
    opened.teacher.says("!дело Калинина чай", room="events")
    assert "Записано: Ксения Калинина" in opened.texts("staff")[-1]
    assert "Калинина" not in "".join(text for text in opened.texts("events"))
    assert [m.body for m in opened.desk(opened.guardian(0))] == [
        f"Учитель записал за вашей семьёй: {WHAT}. Если не получится, напишите «не смогу»."
    ]
    assert "1 из 2" in roles(opened)[0]


def test_teacher_takes_a_family_off(opened: Conversation):
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    opened.teacher.says("!дело снять Калинина чай", room="staff")
    assert opened.texts("staff")[-1] == f"Снято: Ксения Калинина — {WHAT}."
    assert "0 из 2" in roles(opened)[0]
    assert [m.body for m in opened.desk(opened.guardian(0))] == [f"Учитель снял с вашей семьи дело: {WHAT}."]


def test_name_of_a_separated_family_entered_by_the_teacher_is_the_pupil_s(opened: Conversation):
    opened.teacher.says("!дело Чернов фото", room="staff")
    assert roles(opened)[2] == "3️⃣ фото — 1 из 1: Марк Чернов."


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("!дело Калинина", "Не хватает: роль. Например: !дело Калинина чай"),
        ("!дело Калинина пирог", "Не нахожу дела «пирог». Есть: «чай» («Каток», сб, 5 декабря, 12:00)"),
        ("!дело Пушкин чай", "Не нахожу в классе «Пушкин»."),
        ("!дело Калинина чай №7", "Для события №7 дел нет."),
        ("!дело снять Калинина чай", "За этой семьёй этого нет: Ксения Калинина — «чай»"),
        ("!дело не пришли Калинина чай", "За этой семьёй этого нет: Ксения Калинина — «чай»"),
    ],
)
def test_wrong_entry_gets_one_sentence(opened: Conversation, command: str, answer: str):
    assert opened.teacher.says(command, room="staff").startswith(answer)


def test_full_role_is_refused_to_the_teacher_too(opened: Conversation):
    opened.teacher.says("!дело Калинина фото", room="staff")
    assert opened.teacher.says("!дело Исаев фото", room="staff").startswith("Мест больше нет: «фото»")


# ── Late ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_teacher_is_told_when_a_place_is_given_back_late(opened: Conversation):
    desks(opened)
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    opened.guardian(2).reacts("Дела", "3️⃣", room="events")
    opened.guardian(2).says("не смогу фото", room="family1-0")
    before = len(opened.texts("staff"))
    opened.move_to(opened.clock.now().replace(month=12, day=4, hour=9))
    opened.guardian(0).says("не смогу чай", room="family0-0")
    told = opened.texts("staff")[before:]
    assert told == [
        (
            f"Осталось мало времени, а место освободилось: {WHAT}. Отказалась семья: Ксения Калинина. "
            "Предложить другим: !дела предложить"
        )
    ]


def test_what_is_over_cannot_be_taken_or_given_back_by_families(opened: Conversation, stage: Stage):
    desks(opened)
    event = opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    opened.move_to(opened.clock.now().replace(month=12, day=5, hour=20))
    opened.guardian(2).reacts("Дела", "1️⃣", room="events")
    opened.guardian(0).takes_back(event, room="events")
    assert opened.desk(opened.guardian(2))[-1].body.startswith("Сюда уже не записаться")
    assert roles(opened)[0] == "1️⃣ чай — 1 из 2: guardian0."


def test_reaction_that_was_in_time_but_arrives_late_counts(opened: Conversation):
    with opened.at_once():
        opened.guardian(0).reacts("Дела", "1️⃣", room="events")
        opened.clock.move_to(opened.clock.now().replace(month=12, day=5, hour=20))
    assert "guardian0" in roles(opened)[0]


# ── In English ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_in_english(english: Conversation):
    english.teacher.says("!duties no 12 tea 2; car 3 (needs a car); photos 1", room="staff")
    desks(english)
    english.guardian(0).reacts("Duties", "1️⃣", room="events")
    answer = english.guardian(2).says("we'll take photos", room="family1-0")
    assert (
        answer == "It is yours: “photos” (“Каток”, Sat, 5 December, 12:00). Thank you! If it does not work out, write “can't”."
    )
    assert roles(english) == ["1️⃣ tea — 1 of 2: guardian0.", "2️⃣ car — 0 of 3. Needed: a car.", "3️⃣ photos — 1 of 1: guardian2."]
    assert english.guardian(2).says("can't", room="family1-0").startswith("All right, the place is free: “photos”")
    assert english.teacher.says("!duty Isaev tea", room="staff").startswith("Entered: Максим Исаев — “tea”")
    assert english.guardian(4).says("tea", room="family2-0").startswith("There are no places left: “tea”")


def test_buttons_can_be_switched_off(stage: Stage):
    with Conversation({plugin: DutiesConfig(seed_reactions=False), stage.plugin: None}) as talk:
        talk.teacher.says("!дела чай 2", room="staff")
        card = talk.card("Дела", room="events")
        assert (card.reactions, "Напишите мне, что берёте: «чай»." in card.body) == ({}, True)


def test_cross_on_the_reminder_gives_the_place_back(opened: Conversation):
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    opened.move_to(opened.clock.now().replace(month=12, day=4, hour=18))
    opened.guardian(1).reacts("Напоминаю", "❌", room="family0-0")
    assert roles(opened)[0] == "1️⃣ чай — 0 из 2."
    assert opened.desk(opened.guardian(0))[-1].body == f"Хорошо, место свободно: {WHAT}."
    assert opened.texts("staff")[-1].startswith("Осталось мало времени")


def test_hostile_title_is_shown_as_it_is(opened: Conversation):
    opened.teacher.says("!дела №12 <b>плов</b> @room https://e.vil 1", room="staff")
    shown = opened.card("Каток", room="events")
    assert "4️⃣ <b>плов</b> @room https://e.vil — 0 из 1." in shown.body
    assert "<b>плов" not in str(shown.content.get("formatted_body"))
    assert not shown.loud
