"""What a teacher types behind a command and hardly means for all families is asked back, not published."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation

from .seeing import first_lines


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("!важно Калинина подтвердила", "!подтвердил Калинина №3 по телефону"),
        ("!важно калинина", "!подтвердил калинина"),
        ("!объявление Беляевы забрали костюмы", "фамилия из класса"),
        ("!объявление Чернова гора — экскурсия в субботу", "Опубликовать так? Тогда поставьте в конце точку: «…в субботу.»"),
        ("!важно Калинина, Чернов и Исаев дежурят завтра", "Опубликовать так?"),
        ("!важно Калинина Ксения подтвердила вчера по телефону.", "!подтвердил Калинина №3 по телефону"),
        ("!важно Калинина молодец!", "фамилия из класса"),
        ("!важно напомнить", "напишите его предложением"),
        ("!объявление отзыв 2", "напишите его предложением"),
        ("!важно кто не подтвердил Калинина", "!важно кто 3"),
        ("!объявление список Калинина", "!объявление список"),
        ("!объявление спсок", "!объявление список"),
        ("!объявление снять 3 и 4", "!объявление отменить 3"),
        ("!объявление доставка Калинина", "!объявление доставка 3"),
        ("!важно подтвердила Калинина", "!подтвердил"),
        ("!объявление исправить 1 каток", "!исправить"),
        ("!announce list Kalinina", "!объявление список"),
        ("!mustread Kalinina confirmed", "!подтвердил Kalinina"),
        ("!mustread who Kalinina", "!важно кто 3"),
    ],
)
def test_command_gone_wrong_is_no_text(talk: Conversation, typed: str, hint: str):
    answer = talk.teacher.says(typed, room="staff")
    assert (hint in answer, first_lines(talk)) == (True, [])


@pytest.mark.parametrize(
    "text",
    [
        "Дорогие родители, каток завтра",
        "завтра каток",
        "принесите краски",
        "Список класса висит у кабинета",
        "забрать поделки до пятницы",
        "Исправить расписание просили многие семьи",
        "Важно: завтра каток",
        "Черновики сдать завтра",
        "запись на кружок открыта",
        "опрос закончен",
        "Cancel the trip, we all decided that",
        "Калинина Ксения заняла первое место!",
        "Калинина Ксения заняла первое место на олимпиаде!",
        "Kalinina Kseniya has won the first prize!",
        "Чернова гора — экскурсия в субботу, сбор в 8:00.",
        "Каникулы!",
        "Каникулы",
        "Ура, каникулы!",
        "Чернильные ручки купите, пожалуйста",
    ],
)
def test_sentences_are_texts(talk: Conversation, text: str):
    talk.teacher.says(f"!объявление {text}", room="staff")
    assert first_lines(talk) == [text]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("!объявление завтра в 19:00: Не забудьте форму", "!объявление Не забудьте форму. Отправить завтра в 19:00."),
        ("!объявление завтра в 19:00\nНе забудьте форму", "!объявление Не забудьте форму. Отправить завтра в 19:00."),
        ("!объявление сегодня 18:00 Не забудьте форму", "!объявление Не забудьте форму. Отправить сегодня 18:00."),
        ("!важно в понедельник 9:00: Каток отменён", "!важно Каток отменён. Отправить в понедельник 9:00."),
        ("!announce tomorrow at 19:00: Don't forget", "Отправить tomorrow at 19:00."),
    ],
)
def test_moment_in_front_is_asked_about(talk: Conversation, typed: str, said: str):
    answer = talk.teacher.says(typed, room="staff")
    assert said in answer
    assert first_lines(talk) == []


@pytest.mark.parametrize(
    "text",
    [
        "Завтра в 9:00 собрание",
        "20.11: Каток",
        "завтра в 9:00 собрание",
        "Завтра: каток и форма",
        "завтра Елена Ивановна болеет",
    ],
)
def test_moment_in_a_sentence_is_text(talk: Conversation, text: str):
    talk.teacher.says(f"!объявление {text}", room="staff")
    assert first_lines(talk) == [text]


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("Принести справку до пятницы", "пт, 20 ноября, 20:00"),
        ("до 1 декабря принести справку", "вт, 1 декабря, 20:00"),
        ("До пятницы сдать анкеты", "пт, 20 ноября, 20:00"),
        ("Ответьте до 18:00", "пн, 16 ноября, 18:00"),
        ("Сдать анкеты к понедельнику, спасибо", "пн, 23 ноября, 20:00"),  # it is Monday
        ("Принести до завтра 100 рублей", "вт, 17 ноября, 20:00"),
        ("Bring the form by Friday", "пт, 20 ноября, 20:00"),
        ("Собрание в пятницу, до встречи", "чт, 19 ноября, 20:00"),  # as configured
        ("Сдать до пятницы. Подтвердить до среды 18:00", "ср, 18 ноября, 18:00"),
    ],
)
def test_deadline_in_the_text_is_the_deadline(talk: Conversation, text: str, until: str):
    assert f"Семьи подтверждают до {until}." in talk.teacher.says(f"!важно {text}", room="staff")


def test_deadline_in_front_that_is_over_is_asked_about(talk: Conversation):
    assert "день уже прошёл" in talk.teacher.says("!важно до 1 ноября принести справку", room="staff")
    assert first_lines(talk) == []


@pytest.mark.parametrize(
    ("typed", "number"),
    [("2 по телефону", 2), ("по телефону 2", 2), ("2", 2), ("№1 звонок", 1), (", 3 - лично", 3), ("#1 by phone", 1)],
)
def test_number_without_a_mark_is_the_announcement_s(talk: Conversation, typed: str, number: int):
    for text in ("Первое из трёх", "Второе из трёх", "Третье из трёх"):
        talk.teacher.says(f"!важно {text}", room="staff")
    answer = talk.teacher.says(f"!подтвердила Беляева {typed}", room="staff")
    assert f"подтверждено, объявление №{number} «" in answer


def test_number_before_the_surname_is_no_pupil_s(talk: Conversation):
    talk.teacher.says("!важно Первое из трёх", room="staff")
    assert "Сначала фамилия" in talk.teacher.says("!подтвердила 1 Беляева", room="staff")
    assert "Пока никто не подтвердил" in talk.teacher.says("!важно кто", room="staff")
