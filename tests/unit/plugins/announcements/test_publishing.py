"""How an announcement gets into the room: now, at a time, out of the quiet hours; and what the teacher is told."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.announcements.config import AnnouncementsConfig
from classroom_plugins.announcements.plugin import plugin

from .seeing import events_of, first_lines, said

LONG = "Завтра каток; форма тёплая:\n- коньки\n- варежки\n\n1. Сбор в пятницу 8:00\n2. Обед с собой"


def test_text_stands_there_word_for_word_and_line_for_line(talk: Conversation):
    talk.teacher.says(f"!объявление {LONG}", room="staff")
    card = talk.card("Завтра каток")
    assert card.body == f"{LONG}\nОбъявление №1 · Анна Сергеевна"
    assert card.loud


def test_announcement_is_one_message_and_one_answer(talk: Conversation):
    answer = talk.teacher.says("!объявление Завтра каток", room="staff")
    assert answer == "Объявление №1 «Завтра каток» опубликовано. Передать лично: Максим Исаев."
    assert (events_of(talk), events_of(talk, "staff")) == (["m.room.message"], ["m.room.message"])


def test_dates_in_the_text_are_text(talk: Conversation):
    talk.teacher.says("!объявление Собрание переносится на завтра, в пятницу 18:00", room="staff")
    assert first_lines(talk) == ["Собрание переносится на завтра, в пятницу 18:00"]


def test_announcement_from_another_room_is_answered_where_families_do_not_read(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="talk")
    assert first_lines(talk) == ["Завтра каток"]
    assert said(talk, "talk") == []
    assert "опубликовано" in said(talk, "staff")[-1]


def test_announcement_in_the_room_itself_is_not_repeated(talk: Conversation):
    assert talk.teacher.says("!объявление Завтра каток") == ""
    assert events_of(talk) == []
    assert "№1 «Завтра каток»" in talk.teacher.says("!объявление список", room="staff")


def test_mustread_in_the_room_itself_gets_one_small_card(talk: Conversation):
    talk.teacher.says("!важно Завтра уроки с 9:00. Подтвердить до среды 18:00")
    (card,) = said(talk)
    assert card.startswith("Подтвердите, пожалуйста, до ср, 18 ноября, 18:00")
    assert "уроки" not in card
    assert events_of(talk) == ["m.room.message", "m.reaction"]


def test_scheduled_announcement_comes_at_its_time(talk: Conversation):
    answer = talk.teacher.says("!объявление Завтра каток. Отправить в среду 18:00", room="staff")
    assert answer.startswith("Объявление №1 «Завтра каток» будет доставлено ср, 18 ноября, 18:00.")
    talk.move_to(datetime(2026, 11, 18, 17, 59))
    assert said(talk) == []
    talk.move_to(datetime(2026, 11, 18, 18, 0, 1))
    assert first_lines(talk) == ["Завтра каток."]
    assert talk.card("каток").loud


def test_scheduled_announcement_that_was_typed_in_the_room_is_taken_away_until_then(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток\nотправить в среду 18:00")
    assert [message.body for message in talk.room("announcements")] == []
    assert "будет доставлено ср, 18 ноября, 18:00" in said(talk, "staff")[-1]
    talk.move_to(datetime(2026, 11, 18, 18, 1))
    assert first_lines(talk) == ["Завтра каток"]


def test_announcement_in_quiet_hours_is_held_and_the_sender_is_told(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 22, 30))
    answer = talk.teacher.says("!объявление Завтра каток", room="staff")
    assert "Сейчас тихие часы: объявление №1 «Завтра каток» будет доставлено вт, 17 ноября, 07:00." in answer
    talk.move_to(datetime(2026, 11, 17, 6, 59))
    assert said(talk) == []
    talk.move_to(datetime(2026, 11, 17, 7, 1))
    assert first_lines(talk) == ["Завтра каток"]
    assert talk.card("каток").loud


def test_scheduled_into_quiet_hours_is_delivered_after_them(talk: Conversation):
    answer = talk.teacher.says("!объявление Завтра каток. Отправить в среду 23:00", room="staff")
    assert "будет доставлено чт, 19 ноября, 07:00" in answer


def test_urgent_announcement_wakes_everybody_and_is_counted(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 22, 30))
    answer = talk.teacher.says("!объявление срочно: завтра школа закрыта", room="staff")
    card = talk.card("школа закрыта")
    assert card.loud
    assert card.content["m.mentions"] == {"room": True}
    assert card.body.startswith("завтра школа закрыта")
    assert "В этом месяце срочных: 1." in answer
    assert "В этом месяце срочных: 2." in talk.teacher.says("!объявление Ещё одно. Срочно!", room="staff")
    talk.move_to(datetime(2026, 12, 1, 10, 0))
    assert "Срочных в этом месяце не было." in talk.teacher.says("!объявление список", room="staff")


def test_list_cancel_move_and_edit_before_it_is_sent(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток. Отправить в среду 18:00", room="staff")
    talk.teacher.says("!объявление Принести краски. Отправить в пятницу 8:00", room="staff")
    talk.teacher.says("!объявление перенести 2 на четверг 9:00", room="staff")
    talk.teacher.says("!исправить №2 Принести краски и кисти", room="staff")
    listed = talk.teacher.says("!объявление список", room="staff")
    assert "• №1 «Завтра каток» — ср, 18 ноября, 18:00" in listed
    assert "• №2 «Принести краски и кисти» — чт, 19 ноября, 09:00" in listed
    talk.teacher.says("!объявление отменить 1", room="staff")
    talk.move_to(datetime(2026, 11, 20, 12))
    assert first_lines(talk) == ["Принести краски и кисти"]


def test_what_was_scheduled_while_the_service_was_down_waits_for_the_morning(talk: Conversation):
    talk.teacher.says("!объявление Каток в субботу. Отправить в среду 20:00", room="staff")
    talk.clock.move_to(datetime(2026, 11, 18, 23, 0, tzinfo=talk.zone))
    talk.settle()
    assert said(talk) == []
    talk.move_to(datetime(2026, 11, 19, 7, 1))
    assert first_lines(talk) == ["Каток в субботу."]


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Завтра каток", datetime(2026, 11, 18, 23, 0)),  # in the morning it would be another day's "tomorrow"
        ("Каток в четверг", datetime(2026, 11, 19, 18, 0)),  # it may be over
    ],
)
def test_what_may_be_over_when_the_service_is_back_is_asked_about(talk: Conversation, text: str, back: datetime):
    talk.teacher.says(f"!объявление {text}. Отправить в среду 20:00", room="staff")
    talk.clock.move_to(back.replace(tzinfo=talk.zone))
    talk.settle()
    talk.advance(hours=20)
    assert first_lines(talk) == []
    asked = talk.texts("staff")[-1]
    assert "должно было выйти ср, 18 ноября, 20:00, но сервис тогда не работал. Оно ещё нужно?" in asked
    answer = talk.teacher.says("!объявление перенести 1 на субботу 15:00", room="staff")
    assert "сб, 21 ноября, 15:00" in answer
    talk.move_to(datetime(2026, 11, 21, 15, 1))
    assert first_lines(talk) == [f"{text}."]


@pytest.mark.parametrize("text", ["Завтра каток", "каток сегодня", "Skating tomorrow"])
def test_word_that_means_another_day_when_it_is_read_is_pointed_out(talk: Conversation, text: str):
    talk.move_to(datetime(2026, 11, 16, 22, 0))
    answer = talk.teacher.says(f"!объявление {text}", room="staff")
    assert "а прочтут его вт, 17 ноября. Если день получается не тот, исправьте до отправки: !исправить №1" in answer
    assert "прочтут" not in talk.teacher.says("!объявление Каток в пятницу", room="staff")
    assert "прочтут его ср" in talk.teacher.says(f"!объявление {text}. Отправить завтра 21:30", room="staff")


def test_mustread_without_a_deadline_gets_the_configured_one(talk: Conversation):
    answer = talk.teacher.says("!важно Завтра уроки с 9:00", room="staff")
    assert "Семьи подтверждают до чт, 19 ноября, 20:00." in answer


def test_mustread_may_have_no_deadline():
    with Conversation({plugin: AnnouncementsConfig(confirm_within=0)}) as talk:
        talk.teacher.says("!важно Завтра уроки с 9:00", room="staff")
        assert "Подтвердите, пожалуйста: нажмите ✅" in talk.card("уроки").body
        talk.advance(days=10)
        assert len(said(talk, "staff")) == 1


def test_deadline_before_delivery_is_refused(talk: Conversation):
    answer = talk.teacher.says("!важно Каток\nотправить в пятницу 8:00\nподтвердить до среды", room="staff")
    assert answer == "Срок подтверждения ср, 18 ноября, 20:00 раньше, чем объявление будет доставлено (пт, 20 ноября, 08:00)."
    assert "нет" in talk.teacher.says("!объявление список", room="staff")


def test_unclear_time_is_asked_back_and_nothing_is_sent(talk: Conversation):
    assert "Не понимаю, когда отправить" in talk.teacher.says("!объявление Каток. Отправить в пятнитсу 8:00", room="staff")
    assert "Не понимаю срок" in talk.teacher.says("!важно Каток. Подтвердить до пятнитсы 18:00", room="staff")
    assert "в прошлом" in talk.teacher.says("!объявление Каток. Отправить вчера", room="staff") or said(talk) == []
    assert said(talk) == []


def test_empty_announcement_is_asked_back(talk: Conversation):
    assert "Напишите текст объявления" in talk.teacher.says("!объявление", room="staff")
    assert "Напишите текст или ответьте" in talk.teacher.says("!важно", room="staff")


def test_text_that_does_not_fit_is_refused_and_one_that_does_stands_there_whole(talk: Conversation):
    assert "Сократите его примерно на" in talk.teacher.says("!объявление " + "очень длинно " * 600, room="staff")
    fits = ("слово " * 800).strip()
    talk.teacher.says(f"!важно {fits}", room="staff")
    talk.guardian(0).reacts("слово слово", "✅")
    body = talk.card("слово слово").body
    assert body.startswith(fits)
    assert "Подтвердила 1 из 4 семей." in body


def test_sub_commands_are_not_taken_for_texts_nor_texts_for_sub_commands(talk: Conversation):
    refused = talk.teacher.says("!объявление отменить поход решили все вместе", room="staff")
    assert "похоже на команду" in refused
    assert "!объявление отменить 3" in refused
    talk.teacher.says("!важно кто не сдал анкеты, принесите завтра", room="staff")
    assert first_lines(talk) == []
    talk.teacher.says("!объявление Отменить поход решили все вместе", room="staff")
    talk.teacher.says("!важно Кто не сдал анкеты, принесите завтра", room="staff")
    assert first_lines(talk) == ["Отменить поход решили все вместе", "Кто не сдал анкеты, принесите завтра"]


@pytest.mark.parametrize("text", ["!объявление Завтра каток", "!важно кто", "!исправить №1 Нет", "!подтвердил Исаев"])
def test_families_may_not(asked: Conversation, text: str):
    before = said(asked)
    asked.guardian(0).says(text, room="talk")
    assert said(asked) == before


def test_command_that_does_not_fit_the_announcement_says_why(talk: Conversation):
    talk.teacher.says("!объявление Завтра каток", room="staff")
    talk.teacher.says("!важно Краски. Отправить в пятницу 8:00", room="staff")
    talk.teacher.says("!объявление Анкеты. Отправить в пятницу 8:00", room="staff")
    talk.teacher.says("!объявление отменить 3", room="staff")
    for command, answer in (
        ("!объявление перенести 1 на пятницу", "Объявление №1 «Завтра каток» уже отправлено."),
        ("!важно кто 1", "Объявление №1 «Завтра каток» подтверждать не нужно."),
        ("!объявление доставка 2", "Объявление №2 «Краски» ещё не отправлено."),
        ("!подтвердил Исаев №2", "Объявление №2 «Краски» ещё не отправлено."),
        ("!исправить №3 Другое", "Объявление №3 «Анкеты» отменено."),
        ("!объявление отменить 3", "Объявление №3 «Анкеты» отменено."),
        ("!важно 3", "Объявление №3 «Анкеты» отменено."),
        ("!объявление отменить 9", "В этом классе нет объявления №9. Все объявления: !объявление список"),
    ):
        assert talk.teacher.says(command, room="staff") == answer


def test_hostile_text_is_text(talk: Conversation):
    talk.teacher.says("!объявление <b>Каток</b> & <script>alert(1)</script>", room="staff")
    assert "&lt;script&gt;" in talk.card("Каток").content["formatted_body"]


def test_same_dialogue_in_english(english: Conversation):
    answer = english.teacher.says("!mustread Lessons begin at 9:00. Confirm by Wednesday 18:00", room="staff")
    assert answer == (
        "Announcement no. 1 “Lessons begin at 9:00” is published. Families confirm by Wed, 18 November, 18:00."
        " To be told in person: Максим Исаев."
    )
    english.guardian(0).reacts("Lessons", "👍")
    assert "Confirmed by 1 of 4 families." in english.card("Lessons").body
    english.move_to(datetime(2026, 11, 16, 22, 0))
    held = english.teacher.says("!announce Skating tomorrow", room="staff")
    assert "These are quiet hours: announcement no. 2 “Skating tomorrow” will be delivered Tue, 17 November, 07:00." in held
