"""Reminders go to the missing only, never in their quiet hours; staff get one line at the end."""

from __future__ import annotations

from datetime import datetime

from classroom_matrix.storage.tables import PersonRow
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.announcements.config import AnnouncementsConfig
from classroom_plugins.announcements.plugin import plugin

from .seeing import desk_texts, letters, said

REMINDER = (
    "Объявление №1 «Завтра уроки с 9:00» ждёт подтверждения до ср, 18 ноября, 18:00."
    " Когда прочитаете его в комнате объявлений, поставьте здесь ✅ или ответьте «прочитали»."
)


def test_only_the_missing_are_reminded_each_household_by_itself(asked: Conversation):
    asked.guardian(0).reacts("уроки", "✅")
    asked.move_to(datetime(2026, 11, 17, 17, 59))
    assert asked.desk(asked.guardian(2)) == []
    asked.move_to(datetime(2026, 11, 17, 18, 1))
    assert [desk_texts(asked, asked.guardian(number)) for number in (0, 2, 4, 5)] == [[], [REMINDER], [REMINDER], [REMINDER]]
    assert said(asked, "announcements")[1:] == []


def test_reminders_of_one_moment_ring_once_and_are_one_message_to_staff(asked: Conversation):
    for text in ("Второе", "Третье"):
        asked.teacher.says(f"!важно {text} объявление. Подтвердить до среды 18:00", room="staff")
    before = len(said(asked, "staff"))
    asked.move_to(datetime(2026, 11, 17, 18, 1))
    assert [[letter.loud for letter in letters(asked, asked.guardian(number))] for number in (0, 4)] == [
        [True, False, False]
    ] * 2
    (told,) = said(asked, "staff")[before:]
    assert [line[: len("Объявление №1")] for line in told.split("\n\n")] == [f"Объявление №{number}" for number in (1, 2, 3)]
    asked.move_to(datetime(2026, 11, 18, 18, 1))
    assert said(asked, "staff")[-1].count("Срок вышел") == 3


def test_second_reminder_goes_to_those_who_are_still_missing(asked: Conversation):
    asked.move_to(datetime(2026, 11, 17, 19))
    asked.guardian(2).reacts("уроки", "✅")
    asked.move_to(datetime(2026, 11, 18, 15, 1))
    assert [len(letters(asked, asked.guardian(number))) for number in (0, 2, 4)] == [2, 1, 2]


def test_families_without_the_app_are_told_to_staff_once(asked: Conversation):
    asked.move_to(datetime(2026, 11, 18, 17, 59))
    told = [text for text in said(asked, "staff") if "без приложения" in text]
    assert told == [
        (
            "Объявление №1 «Завтра уроки с 9:00» (до ср, 18 ноября, 18:00) не подтвердили семьи без приложения: Максим Исаев."
            " Записать: !подтвердил Исаев №1 по телефону"
        )
    ]


def test_reminder_waits_for_the_end_of_a_persons_own_quiet_hours(talk: Conversation):
    PersonRow.update(quiet="17:00-19:00").where(PersonRow.id == "guardian0").execute()
    talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до среды 18:00", room="staff")
    talk.move_to(datetime(2026, 11, 17, 18, 30))
    assert (letters(talk, talk.guardian(0)), len(letters(talk, talk.guardian(2)))) == ([], 1)
    talk.move_to(datetime(2026, 11, 17, 19, 1))
    assert [letter.loud for letter in letters(talk, talk.guardian(0))] == [True]


def test_reminder_that_would_come_after_the_deadline_is_not_sent(talk: Conversation):
    PersonRow.update(quiet="14:00-19:00").where(PersonRow.id == "guardian0").execute()
    talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до сегодня 18:00", room="staff")
    talk.move_to(datetime(2026, 11, 17, 9))
    assert (letters(talk, talk.guardian(0)), len(letters(talk, talk.guardian(2)))) == ([], 1)


def test_reminder_does_not_fall_into_the_class_quiet_hours(talk: Conversation):
    talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до четверга 5:00", room="staff")  # a day before: 5:00
    talk.move_to(datetime(2026, 11, 18, 6, 59))
    assert letters(talk, talk.guardian(0)) == []
    talk.move_to(datetime(2026, 11, 18, 7, 1))
    assert len(letters(talk, talk.guardian(0))) == 1


def test_short_mustread_has_no_reminder_right_behind_it(talk: Conversation):
    talk.teacher.says("!важно Уроки сегодня до 12:00. Подтвердить до сегодня 12:30", room="staff")
    talk.move_to(datetime(2026, 11, 16, 12, 29))
    assert letters(talk, talk.guardian(0)) == []


def test_reminders_can_be_switched_off():
    with Conversation({plugin: AnnouncementsConfig(remind_before=0, remind_again=0)}) as talk:
        talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до среды 18:00", room="staff")
        talk.move_to(datetime(2026, 11, 18, 17, 59))
        assert letters(talk, talk.guardian(0)) == []


def test_end_is_one_line_to_staff_and_nothing_in_the_room(asked: Conversation):
    asked.guardian(0).reacts("уроки", "✅")
    asked.guardian(2).reacts("уроки", "✅")
    asked.move_to(datetime(2026, 11, 18, 18, 1))
    assert said(asked, "staff")[-1] == (
        "Срок вышел: объявление №1 «Завтра уроки с 9:00» подтвердили 2 из 4 семей. Не подтвердили: Марк Чернов; Максим Исаев."
    )
    assert len(said(asked)) == 1


def test_moved_deadline_moves_reminders_and_end(asked: Conversation):
    asked.teacher.says("!исправить №1 подтвердить до пятницы 18:00", room="staff")
    asked.move_to(datetime(2026, 11, 18, 18, 1))
    assert letters(asked, asked.guardian(0)) == []
    assert "до пт, 20 ноября, 18:00" in asked.card("уроки").body
    asked.move_to(datetime(2026, 11, 20, 18, 1))
    assert len(letters(asked, asked.guardian(0))) == 2
    assert len([text for text in said(asked, "staff") if "Срок вышел" in text]) == 1


def test_withdrawn_mustread_reminds_nobody(asked: Conversation):
    asked.teacher.says("!объявление отменить 1", room="staff")
    asked.move_to(datetime(2026, 11, 18, 18, 1))
    assert letters(asked, asked.guardian(0)) == []
    assert not any("Срок вышел" in text for text in said(asked, "staff"))


def test_reminder_speaks_the_households_language():
    from classroom_matrix.testing.invented_class import FamilySpec

    with Conversation(plugin, families=[FamilySpec(("Ульяна Шестакова",), language="en")]) as talk:
        talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до среды 18:00", room="staff")
        talk.move_to(datetime(2026, 11, 17, 18, 1))
        assert desk_texts(talk, talk.guardian(0)) == [
            (
                "Announcement no. 1 “Завтра уроки с 9:00” waits to be confirmed by Wed, 18 November, 18:00."
                " When you have read it in the announcements room, put a ✅ here or answer “read”."
            )
        ]
