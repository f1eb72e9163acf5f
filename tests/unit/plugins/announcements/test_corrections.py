"""Corrections are linked to the original, and who had seen the old text is told to the teacher."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import BOT, Conversation

from .seeing import desk_of, desk_texts, edit, events_of, first_lines, letters, opens, progress, said

TEXT = "Собрание в пятницу 18:00, кабинет 12"
NEW = "Собрание в субботу 18:00, кабинет 12"
LINE = "Исправлено объявление №1. Было «пятницу», стало «субботу»."


@pytest.fixture
def told(talk: Conversation) -> Conversation:
    talk.teacher.says(f"!объявление {TEXT}", room="staff")
    return talk


def test_card_says_what_holds_and_one_loud_line_says_what_changed(told: Conversation):
    card = told.event_of("Собрание", "announcements")
    told.teacher.says(f"!исправить {NEW}", room="staff")
    assert said(told) == [f"{NEW}\nОбъявление №1 · Анна Сергеевна · исправлено пн, 16 ноября, 10:00", LINE]
    line = told.card("Исправлено объявление")
    assert line.loud
    assert line.content["m.relates_to"]["m.in_reply_to"]["event_id"] == card


def test_correction_by_reply_in_the_room_leaves_only_its_line(told: Conversation):
    told.teacher.says(f"!исправить {NEW}", reply_to=told.event_of("Собрание", "announcements"))
    assert [message.sender for message in told.room("announcements")] == [BOT, BOT]
    assert said(told)[-1] == LINE


def test_correction_by_number(told: Conversation):
    told.teacher.says("!объявление Принести краски", room="staff")
    told.teacher.says(f"!исправить №1 {NEW}", room="staff")
    assert first_lines(told) == [NEW, "Принести краски", LINE]


def test_few_words_may_be_replaced_without_the_whole_text(told: Conversation):
    told.teacher.says("!исправить №1 пятницу → субботу", room="staff")
    assert first_lines(told) == [NEW, LINE]
    assert "нет слов «воскресенье»" in told.teacher.says("!исправить №1 воскресенье -> понедельник", room="staff")
    assert "не один раз" in told.teacher.says("!исправить №1 о → а", room="staff")


def test_correction_of_one_of_several_asks_which(told: Conversation):
    told.teacher.says("!объявление Принести краски", room="staff")
    answer = told.teacher.says(f"!исправить {NEW}", room="staff")
    assert "Подходит несколько объявлений: №2 «Принести краски», №1 «Собрание" in answer
    assert "!исправить №2 новый текст" in answer
    assert first_lines(told) == [TEXT, "Принести краски"]


def test_text_that_begins_with_a_number_is_no_number(told: Conversation):
    told.teacher.says("!исправить 25 ноября собрание", room="staff")
    assert first_lines(told)[0] == "25 ноября собрание"


def test_whole_new_text_is_not_quoted_in_parts(told: Conversation):
    told.teacher.says("!исправить Собрания не будет, приходите на концерт", room="staff")
    assert said(told)[-1] == "Исправлено объявление №1. Изменился весь текст, прочитайте его, пожалуйста, ещё раз."


def test_who_had_seen_the_old_text_is_told_to_the_teacher_alone(told: Conversation):
    told.advance(minutes=5)
    opens(told, told.guardian(0), told.guardian(4))
    told.teacher.says(f"!исправить {NEW}", room="staff")
    assert said(told, "staff")[-1].split("\n") == [
        f"Исправлено: объявление №1 «{NEW}». В комнате об этом сказано.",
        "Прежний текст могли видеть 2 семьи: Ксения Калинина; Марк Чернов.",
    ]
    assert not any("Калинина" in text for text in said(told))


def test_correction_in_quiet_hours_is_shown_at_once_and_said_in_the_morning_once(told: Conversation):
    told.move_to(datetime(2026, 11, 16, 22, 0))
    answer = told.teacher.says(f"!исправить {NEW}", room="staff")
    assert "в комнате об этом будет сказано вт, 17 ноября, 07:00" in answer
    told.teacher.says(f"!исправить {NEW}, второй этаж", room="staff")
    assert first_lines(told) == [f"{NEW}, второй этаж"]
    told.move_to(datetime(2026, 11, 17, 7, 1))
    assert len(said(told)) == 2
    assert told.card("Исправлено объявление").loud
    told.move_to(datetime(2026, 11, 18, 12))
    assert len(said(told)) == 2


def test_urgent_correction_does_not_wait(told: Conversation):
    told.move_to(datetime(2026, 11, 16, 22, 0))
    told.teacher.says(f"!исправить {NEW}\nсрочно", room="staff")
    assert said(told)[-1] == LINE
    assert told.card("Исправлено объявление").loud


def test_same_text_is_no_correction(told: Conversation):
    assert "и так с этим текстом" in told.teacher.says(f"!исправить {TEXT}", room="staff")
    assert len(said(told)) == 1


def test_teachers_own_message_is_corrected_by_a_line_with_the_new_text(talk: Conversation):
    talk.teacher.says(TEXT)
    original = talk.event_of(TEXT, "announcements")
    talk.teacher.says(f"!исправить {NEW}", reply_to=original)
    assert said(talk) == [f"Исправление: {NEW}"]
    assert talk.card("Исправление").content["m.relates_to"]["m.in_reply_to"]["event_id"] == original


def test_withdrawn_announcement_is_emptied_and_said_once(told: Conversation):
    told.advance(minutes=5)
    opens(told, told.guardian(0))
    told.teacher.says("!объявление отозвать 1", room="staff")
    assert "Его могла видеть 1 семья: Ксения Калинина." in said(told, "staff")[-1]
    assert said(told) == ["Объявление №1 отозвано.", f"Объявление №1 отозвано, оно больше не действует: «{TEXT}»"]
    assert "отозвано" in told.teacher.says("!исправить №1 Ещё раз", room="staff")


def test_slip_of_the_pen_is_put_right_without_a_word_in_the_room(talk: Conversation):
    talk.teacher.says("!важно Завтра коток, сбор в 8:00", room="staff")
    talk.guardian(0).reacts("коток", "✅")
    talk.teacher.says("!исправить Завтра каток, сбор в 8:00", room="staff")
    assert said(talk, "staff")[-1].endswith("Отдельной строки об этом в комнате нет.")
    assert first_lines(talk) == ["Завтра каток, сбор в 8:00"]
    assert "старый текст" not in talk.teacher.says("!важно кто", room="staff")


def test_withdrawal_asks_nobody_to_confirm_a_new_text(talk: Conversation):
    talk.teacher.says("!важно Завтра каток", room="staff")
    talk.guardian(0).reacts("каток", "✅")
    talk.teacher.says("!объявление отозвать 1", room="staff")
    assert said(talk, "staff")[-1].split("\n")[1:] == ["Его уже подтвердила 1 семья: Ксения Калинина."]


# ── Must-reads ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def confirmed(asked: Conversation) -> Conversation:
    """The families of guardians 0 and 2 have confirmed the first text."""
    asked.guardian(0).reacts("уроки", "✅")
    asked.guardian(2).reacts("уроки", "✅")
    asked.advance(minutes=10)
    return asked


def test_confirmations_of_the_old_text_stay_marked_and_their_families_are_asked_again(confirmed: Conversation):
    confirmed.teacher.says("!исправить №1 Завтра уроки с 10:00", room="staff")
    assert "Прежний текст подтвердили 2 семьи: Ксения Калинина; Таисия Беляева, Семён Беляев." in said(confirmed, "staff")[-1]
    assert progress(confirmed) == "Подтвердили 2 из 4 семей."
    assert desk_texts(confirmed, confirmed.guardian(0)) == [
        (
            "Объявление №1 исправлено. Было «9:00», стало «10:00». Вы подтвердили прежний текст. Теперь он такой:"
            " «Завтра уроки с 10:00» Подтвердите, пожалуйста, и его: поставьте здесь ✅ или ответьте «прочитали»."
        )
    ]
    assert desk_texts(confirmed, confirmed.guardian(4)) == []
    assert confirmed.teacher.says("!важно кто", room="staff").count("старый текст") == 2


def test_confirming_the_new_text_takes_the_mark_away(confirmed: Conversation):
    confirmed.teacher.says("!исправить №1 Завтра уроки с 10:00", room="staff")
    mother = confirmed.guardian(0)
    mother.reacts(letters(confirmed, mother)[0].event_id, "✅", room=desk_of(mother))
    confirmed.guardian(2).says("прочитали", room=desk_of(confirmed.guardian(2)))
    assert "старый текст" not in confirmed.teacher.says("!важно кто", room="staff")
    assert progress(confirmed) == "Подтвердили 2 из 4 семей."


def test_teacher_may_have_it_confirmed_anew(confirmed: Conversation):
    confirmed.teacher.says("!исправить №1 Завтра уроки с 10:00\nподтвердить заново", room="staff")
    assert "Их подтверждения больше не считаются" in said(confirmed, "staff")[-1]
    assert progress(confirmed) == "Пока никто не подтвердил (всего 4 семьи)."
    assert len(letters(confirmed, confirmed.guardian(0))) == 1
    confirmed.guardian(0).reacts("Исправлено объявление", "✅")  # on the correction's line
    assert progress(confirmed) == "Подтвердила 1 из 4 семей."


def test_tap_on_the_correction_confirms_the_new_text(asked: Conversation):
    asked.teacher.says("!исправить №1 Завтра уроки с 10:00", room="staff")
    asked.guardian(0).reacts("Исправлено объявление", "👍")
    assert progress(asked) == "Подтвердила 1 из 4 семей."


def test_family_without_the_app_that_confirmed_the_old_text_is_left_to_the_teacher(asked: Conversation):
    asked.teacher.says("!подтвердил Исаев по телефону", room="staff")
    asked.teacher.says("!исправить №1 Завтра уроки с 10:00", room="staff")
    assert said(asked, "staff")[-1].endswith("Передать лично: Максим Исаев.")


def test_letters_about_a_correction_wait_for_the_end_of_quiet_hours(confirmed: Conversation):
    confirmed.move_to(datetime(2026, 11, 16, 22, 0))
    confirmed.teacher.says("!исправить №1 Завтра уроки с 10:00", room="staff")
    assert letters(confirmed, confirmed.guardian(0)) == []
    confirmed.move_to(datetime(2026, 11, 17, 7, 1))
    assert [letter.loud for letter in letters(confirmed, confirmed.guardian(0))] == [True]


def test_late_or_doubled_facts_about_a_withdrawn_mustread_are_harmless(confirmed: Conversation):
    confirmed.teacher.says("!объявление отменить 1", room="staff")
    before = [(said(confirmed, room), events_of(confirmed, room)) for room in ("announcements", "staff")]
    confirmed.guardian(4).reacts("отозвано", "✅")
    assert [(said(confirmed, room), events_of(confirmed, room)) for room in ("announcements", "staff")] == before


# ── What is meant by "8:00 → 9:00" ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("typed", ["!исправить 8:00 → 9:00", "!исправить 8:00→9:00", "!correct 8:00 -> 9:00"])
def test_hours_in_front_are_no_number(talk: Conversation, typed: str):
    talk.teacher.says("!объявление Завтра каток, сбор в 8:00", room="staff")
    for number in range(2, 9):
        talk.teacher.says(f"!объявление Прочее номер {number}, в 18:00", room="staff")
    talk.teacher.says(typed, room="staff")
    assert first_lines(talk)[0] == "Завтра каток, сбор в 9:00"
    assert first_lines(talk)[-1] == "Исправлено объявление №1. Было «8:00», стало «9:00»."


@pytest.mark.parametrize(
    ("said_before", "typed", "text"),
    [
        ("Сбор в 18.00", "18.00 → 19.00", "Сбор в 19.00"),
        ("Урок 13 ноября, взять 3 тетради", "3 → 4", "Урок 13 ноября, взять 4 тетради"),
        ("Кабинет 12", "12 → 13", "Кабинет 13"),
        ("Сдать 1.12", "1.12 → 2.12", "Сдать 2.12"),
        ("Сбор в 8:00 и в 18:00", "№1 8:00 → 9:00", "Сбор в 9:00 и в 18:00"),
        ("Сбор в 8:00", "1: 8:00 → 9:00", "Сбор в 9:00"),
        ("Каток в пятницу", "пятниц → суббот", "Каток в субботу"),
        ("Сдать справку до среды", "справку → копию справки. Подтвердить до вторника", "Сдать копию справки до среды"),
    ],
)
def test_numbers_are_replaced_as_wholes(talk: Conversation, said_before: str, typed: str, text: str):
    talk.teacher.says(f"!объявление {said_before}", room="staff")
    talk.teacher.says(f"!исправить {typed}", room="staff")
    assert first_lines(talk)[0] == text


@pytest.mark.parametrize("typed", ["→ 9:00", "№1 → 9:00", "8:00 → 9:00"])
def test_replacement_of_nothing_changes_nothing(talk: Conversation, typed: str):
    talk.teacher.says("!объявление Сбор в 18:00", room="staff")
    assert talk.teacher.says(f"!исправить {typed}", room="staff")
    assert first_lines(talk) == ["Сбор в 18:00"]


# ── The deadline that the text names ────────────────────────────────────────────────────────────────────────────────────


def request(talk: Conversation) -> str:
    (line,) = [line for text in said(talk) for line in text.split("\n") if line.startswith("Подтвердите, пожалуйста")]
    return line


@pytest.mark.parametrize(
    ("typed", "corrected", "until"),
    [
        ("Сдать справки до пятницы", "Сдать справки до четверга", "чт, 19 ноября, 20:00"),
        ("Сдать справки до пятницы", "Сдать справки до понедельника", "пн, 23 ноября, 20:00"),
        ("Сдать справки до пятницы", "пятницы → четверга", "чт, 19 ноября, 20:00"),
        ("Сдать справки", "Сдать справки до среды", "ср, 18 ноября, 20:00"),
        ("Сдать справки до завтра", "Сдать справки и фото до завтра", "вт, 17 ноября, 20:00"),
        ("Сдать справки до пятницы. Подтвердить до среды 18:00", "Сдать справки до четверга", "ср, 18 ноября, 18:00"),
        ("Сдать справки до пятницы", "Сдать фото. Подтвердить до среды", "ср, 18 ноября, 20:00"),
        ("Bring the form by Friday", "Bring the form by Thursday", "чт, 19 ноября, 20:00"),
    ],
)
@pytest.mark.parametrize("edited", [True, False])
def test_deadline_follows_the_text(talk: Conversation, typed: str, corrected: str, until: str, edited: bool):
    talk.teacher.says(f"!важно {typed}", room="staff")
    if edited and "→" not in corrected:
        edit(talk, talk.event_of("!важно", "staff"), f"!важно {corrected}", room="staff")
    else:
        talk.teacher.says(f"!исправить №1 {corrected}", room="staff")
    assert f"до {until}:" in request(talk)


def test_new_deadline_is_told_to_the_teacher_and_kept(talk: Conversation):
    talk.teacher.says("!важно Сдать справки до пятницы", room="staff")
    talk.teacher.says("!исправить №1 Сдать справки до четверга", room="staff")
    assert "Семьи подтверждают до чт, 19 ноября, 20:00." in said(talk, "staff")[-1].split("\n")
    talk.move_to(datetime(2026, 11, 19, 20, 1))
    assert any("Срок вышел" in text for text in said(talk, "staff"))


def test_deadline_of_what_is_held_follows_the_text(talk: Conversation):
    talk.teacher.says("!важно Сдать справки до пятницы. Отправить завтра в 9:00", room="staff")
    answer = talk.teacher.says("!исправить №1 Сдать справки до четверга", room="staff")
    assert "Семьи подтверждают до чт, 19 ноября, 20:00." in answer
    talk.advance(days=1)
    assert "до чт, 19 ноября, 20:00:" in request(talk)


def test_deadline_of_the_teachers_own_message_follows_the_text(talk: Conversation):
    talk.teacher.says("!важно Сдать справки до пятницы")
    edit(talk, talk.event_of("Сдать справки", "announcements"), "!важно Сдать справки до четверга")
    assert "до чт, 19 ноября, 20:00:" in request(talk)


def test_what_is_held_and_says_tomorrow_is_told_line_by_line(talk: Conversation):
    talk.move_to(datetime(2026, 11, 16, 22, 0))
    talk.teacher.says("!объявление Завтра каток", room="staff")
    lines = said(talk, "staff")[-1].split("\n")
    assert lines[0].endswith("Передать лично: Максим Исаев.")
    assert lines[1].endswith("исправьте до отправки: !исправить №1 новый текст")
