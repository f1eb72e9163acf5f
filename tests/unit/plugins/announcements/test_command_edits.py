"""The teacher edits a command: what was announced follows, through the same guards; what was refused is put right."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import BOT, Conversation

from .seeing import edit, first_lines, said
from .test_own_messages import photo, urls


def type_and_edit(talk: Conversation, typed: str, edited: str, room: str = "staff") -> str:
    """Returns what is answered to the edit."""
    talk.teacher.says(typed, room=room)
    before = talk.count_of_bot()
    edit(talk, talk.event_of(typed, room), edited, room=room)
    answers = talk.bot_messages_since(before)
    return answers[-1] if answers else ""


@pytest.mark.parametrize(
    ("edited", "hint"),
    [
        ("!объявление список", "осталось как было"),
        ("!объявление отменить 1", "осталось как было"),
        ("!объявление Калинина заболела", "имя рядом с личным"),
        ("!объявление калинина, завтра костюм", "фамилия из класса"),
        ("!объявление спсок", "!объявление список"),
        ("!объявление отмена", "осталось как было"),
        ("!объявление напомнить", "напишите его предложением"),
        ("!важно кто", "осталось как было"),
        ("!объявление", "осталось как было"),
        ("забыла справки", "осталось как было"),
        ("!announce list", "осталось как было"),
    ],
)
def test_edit_to_what_is_no_text_publishes_nothing(talk: Conversation, edited: str, hint: str):
    answer = type_and_edit(talk, "!объявление Завтра каток", edited)
    assert (hint in answer, first_lines(talk)) == (True, ["Завтра каток"])


def test_edit_of_own_message_to_what_is_no_text_counts_for_nothing(talk: Conversation):
    answer = type_and_edit(talk, "!объявление Завтра каток", "!объявление список", room="announcements")
    assert "это объявление для всех семей?" in answer
    assert not any("для всех семей" in text for text in said(talk))
    assert "Завтра каток" in talk.teacher.says("!объявление список", room="staff")


@pytest.mark.parametrize("text", ["Калинина, Чернов не сдали справки", "список", "отменить 1", "Калинина заболела", "отзыв 2"])
def test_correction_goes_through_the_same_guards(talk: Conversation, text: str):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    assert talk.teacher.says(f"!исправить №1 {text}", room="staff")
    assert first_lines(talk) == ["Завтра каток"]


def test_replaced_words_go_through_the_same_guards(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    assert "фамилия из класса" in talk.teacher.says("!исправить Завтра → Калинину забрать с", room="staff")
    assert first_lines(talk) == ["Завтра каток"]


def test_name_that_stood_there_before_is_no_hindrance(talk: Conversation):
    talk.teacher.says("Чернова гора ждёт нас в среду")
    original = talk.event_of("Чернова гора", "announcements")
    talk.teacher.says("!исправить среду → четверг", reply_to=original)
    assert said(talk) == ["Исправление: Чернова гора ждёт нас в четверг"]


@pytest.mark.parametrize(
    ("typed", "edited", "published"),
    [
        ("!объявление отмена уроков в среду", "!объявление Отмена уроков в среду", "Отмена уроков в среду"),
        ("!объявлние Завтра каток", "!объявление Завтра каток", "Завтра каток"),
        ("!объявление напомнить", "!объявление Напомню про форму на завтра", "Напомню про форму на завтра"),
        (
            "!объявление Чернова гора — экскурсия в субботу",
            "!объявление Чернова гора — экскурсия в субботу.",
            "Чернова гора — экскурсия в субботу.",
        ),
        ("!announcment Skating tomorrow", "!announce Skating tomorrow", "Skating tomorrow"),
        ("Завтра каток", "!объявление Завтра каток", "Завтра каток"),
    ],
)
def test_refused_command_that_is_put_right_is_published_once(talk: Conversation, typed: str, edited: str, published: str):
    talk.teacher.says(typed, room="staff")
    command = talk.event_of(typed, "staff")
    edit(talk, command, edited, room="staff")
    assert "опубликовано" in said(talk, "staff")[-1]
    assert first_lines(talk) == [published]
    edit(talk, command, f"{edited} И ещё.", room="staff")
    assert first_lines(talk)[0] == f"{published} И ещё."  # it is corrected from now on
    assert len(first_lines(talk)) == 2


def test_refused_mustread_that_is_put_right_is_one(talk: Conversation):
    answer = type_and_edit(talk, "!важно напомнить", "!важно Завтра уроки с 9:00. Подтвердить до среды 18:00")
    assert "Семьи подтверждают до ср, 18 ноября, 18:00." in answer
    assert "Подтвердите, пожалуйста, до ср, 18 ноября, 18:00" in said(talk)[0]


def test_refused_command_that_is_wrong_again_is_answered(talk: Conversation):
    assert "!объявление список" in type_and_edit(talk, "!объявление спсок", "!объявление список Калинина")
    assert first_lines(talk) == []


def test_refused_command_that_is_edited_to_another_is_to_be_written_anew(talk: Conversation):
    assert "отдельным сообщением" in type_and_edit(talk, "!объявление спсок", "!объявление список")
    assert "отдельным сообщением" in type_and_edit(talk, "!подтвердил Исаев", "!подтвердил Исаев №3")


def test_refused_command_that_is_edited_much_later_is_to_be_written_anew(talk: Conversation):
    talk.teacher.says("!объявление отмена уроков в среду", room="staff")
    original = talk.event_of("отмена уроков", "staff")
    talk.advance(hours=1)
    edit(talk, original, "!объявление Отмена уроков в среду", room="staff")
    assert (first_lines(talk), "отдельным сообщением" in said(talk, "staff")[-1]) == ([], True)


def test_refused_command_that_is_put_right_takes_its_photo_along(talk: Conversation):
    talk.teacher.sends("m.room.message", photo("mxc://school.localhost/one"), room="staff")
    talk.teacher.says("!объявление напомнить", room="staff", reply_to=talk.event_of("photo.jpg", "staff"))
    edit(talk, talk.event_of("!объявление напомнить", "staff"), "!объявление Маршрут похода", room="staff")
    assert (first_lines(talk)[0], urls(talk)) == ("Маршрут похода", ["mxc://school.localhost/one"])


def test_refused_command_that_is_put_right_in_the_room_is_the_announcement(talk: Conversation):
    type_and_edit(talk, "!объявление напомнить", "!объявление Напомню про форму на завтра", room="announcements")
    assert [message.body for message in talk.room("announcements") if message.sender == BOT] == []
    assert "Напомню про форму" in talk.teacher.says("!объявление список", room="staff")


def test_others_edits_of_talk_are_left_alone(talk: Conversation):
    assert type_and_edit(talk, "Коллеги, кто завтра?", "Коллеги, кто завтра дежурит?") == ""
    assert type_and_edit(talk, "!дз чтение", "!дз чтение с. 5") == ""


def test_edit_makes_an_announcement_a_mustread(talk: Conversation):
    type_and_edit(talk, "!объявление Принести справку до пятницы", "!важно Принести справку до пятницы")
    assert first_lines(talk)[1].startswith("Подтвердите, пожалуйста, до пт, 20 ноября, 20:00")


def test_edit_moves_what_is_scheduled(talk: Conversation):
    answer = type_and_edit(talk, "!объявление Каток. Отправить завтра в 18:00", "!объявление Каток. Отправить завтра в 19:00")
    assert "будет доставлено вт, 17 ноября, 19:00" in answer
    talk.move_to(datetime(2026, 11, 17, 18, 30))
    assert first_lines(talk) == []
    talk.move_to(datetime(2026, 11, 17, 19, 1))
    assert first_lines(talk) == ["Каток."]


def test_edit_in_english(english: Conversation):
    answer = type_and_edit(english, "!announce Skating tomorrow", "!announce list")
    assert "stays as it was" in answer
    assert first_lines(english) == ["Skating tomorrow"]


# ── Deleting the command ────────────────────────────────────────────────────────────────────────────────────────────────


def test_scheduled_announcement_whose_command_is_deleted_is_not_sent(talk: Conversation):
    talk.teacher.says("!объявление Каток. Отправить завтра в 18:00", room="staff")
    talk.teacher.takes_back(talk.event_of("!объявление Каток", "staff"), room="staff")
    assert said(talk, "staff")[-1] == "Объявление №1 «Каток» отправлено не будет."
    talk.advance(days=2)
    assert said(talk) == []


def test_held_announcement_whose_command_is_deleted_is_not_sent(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 22, 0))
    talk.teacher.says("!важно Принесите форму", room="staff")
    talk.teacher.takes_back(talk.event_of("!важно Принесите", "staff"), room="staff")
    assert said(talk, "staff")[-1] == "Объявление №1 «Принесите форму» отправлено не будет."
    talk.move_to(datetime(2026, 11, 17, 12, 0))
    assert said(talk) == []


def test_published_announcement_whose_command_is_deleted_stays_and_it_is_said_how_to_withdraw(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    talk.teacher.takes_back(talk.event_of("!объявление Завтра", "staff"), room="staff")
    assert said(talk, "staff")[-1].endswith("опубликовано и остаётся. Отозвать его: !объявление отменить 1")
    assert first_lines(talk) == ["Завтра каток"]


def test_message_in_the_room_that_we_take_away_until_later_is_sent_later(talk: Conversation):
    talk.teacher.says("!объявление Каток. Отправить завтра в 18:00")
    talk.advance(days=2)
    assert first_lines(talk) == ["Каток."]


def test_entry_whose_command_is_deleted_is_taken_back(asked: Conversation):
    asked.teacher.says("!подтвердили Калинина и Исаев", room="staff")
    asked.teacher.takes_back(asked.event_of("!подтвердили", "staff"), room="staff")
    assert "Запись снята: " in said(asked, "staff")[-1]
    assert "Пока никто не подтвердил" in said(asked)[0]
