"""How polls begin."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import BOT, Conversation
from classroom_plugins.polls.config import PollsConfig
from classroom_plugins.polls.plugin import plugin


def test_teacher_opens_a_poll_where_families_read(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? Пятница; Суббота до пятницы 18:00 кворум 50%", room="events")
    poll, card = talk.poll("Когда", room="events"), talk.card("Опрос №1", room="events")
    start = poll.content["org.matrix.msc3381.poll.start"]
    assert [answer["org.matrix.msc1767.text"] for answer in start["answers"]] == ["Пятница", "Суббота"]
    assert start["kind"] == "org.matrix.msc3381.poll.undisclosed"
    assert (poll.loud, card.loud) == (True, False)
    assert card.body.split("\n")[:4] == [
        "Опрос №1. Когда едем?",
        "1️⃣ Пятница — 0",
        "2️⃣ Суббота — 0",
        "Пока никто не проголосовал. До пт, 20 ноября, 18:00. Кворум 50\xa0%: нужны 2 семьи.",
    ]
    assert card.reactions == {"1️⃣": [BOT], "2️⃣": [BOT]}
    assert talk.texts("staff") == []


def test_the_same_in_english(english: Conversation):
    english.teacher.says("!poll When do we go?\nFriday\nSaturday\nby Friday 18:00\nquorum two thirds")
    assert english.card("Poll no. 1").body.split("\n")[:4] == [
        "Poll no. 1. When do we go?",
        "1️⃣ Friday — 0",
        "2️⃣ Saturday — 0",
        "Nobody has voted yet. Until Fri, 20 November, 18:00. Quorum 67%: 3 families are needed.",
    ]


def test_poll_typed_in_the_staff_room_goes_to_the_announcements(talk: Conversation):
    talk.teacher.says("!опрос Когда едем? А; Б", room="staff")
    assert talk.texts("staff") == ["Опрос №1 «Когда едем?» открыт, семьи его видят."]
    assert talk.card("Опрос №1").reactions
    assert talk.poll("Когда").event_id


def test_polls_of_a_class_are_numbered(talk: Conversation):
    for _ in range(2):
        talk.teacher.says("!опрос Ещё? Да; Нет")
    assert talk.card("Опрос №2").body.startswith("Опрос №2. Ещё?")


def test_cards_of_long_polls_have_no_buttons(talk: Conversation):
    talk.teacher.says("!опрос Число? " + "; ".join(f"вариант {n}" for n in range(1, 12)))
    card = talk.card("Опрос №1")
    assert (card.reactions, card.body.split("\n")[11]) == ({}, "11. вариант 11 — 0")


def test_buttons_can_be_switched_off():
    with Conversation({plugin: PollsConfig(seed_reactions=False)}) as talk:
        talk.teacher.says("!опрос Ещё? Да; Нет")
        assert talk.card("Опрос №1").reactions == {}
        assert "кнопки" not in talk.card("Опрос №1").body


def test_open_card_says_what_its_numbers_and_digits_are(talk: Conversation):
    talk.teacher.says("!опрос Ещё? Да; Нет")
    assert talk.card("Опрос №1").body.split("\n")[-1] == (
        "Числа выше — сколько семей сейчас за каждый вариант. Одна семья — один голос, считается последний. "
        "Голосуйте в опросе или кнопкой: цифры внизу — кнопки, по одной на каждой — моя."
    )


@pytest.mark.parametrize(
    ("wrong", "answer"),
    [
        ("!опрос", "Не хватает: вопрос. Например: !опрос Когда едем?"),
        ("!опрос Едем?", "Нужно хотя бы два варианта"),
        ("!опрос Едем? Да", "Нужно хотя бы два варианта"),
        ("!опрос Едем? Да; да", "Вариант «да» повторяется"),
        ("!опрос Едем? Ещё; еще.", "Вариант «еще.» повторяется"),
        ("!опрос Едем? " + "; ".join(map(str, range(21))), "Вариантов 21, а можно не больше 20"),
        (f"!опрос {'а' * 301}? Да; Нет", "Вопрос слишком длинный: 302 знаков, а можно не больше 300"),
        (f"!опрос Едем? {'а' * 101}; Нет", "слишком длинный: 101 знаков, а можно не больше 100"),
        ("!опрос Едем? Да; Нет до вчера", "«вчера» (вс, 15 ноября, 20:00) уже прошло"),
        ("!опрос Едем? Да; Нет кворум 120%", "Здесь нужна доля от 1% до 100%"),
        ("!опрос Едем? Да; Нет кворум 14", "а не «14». Например: 50% или 2/3"),
        ("!опрос Едем? Да; Нет до пятныцы 18:00", "Не понимаю, когда это: «пятныцы 18:00»"),
        ("!опрос закрыть", "Сейчас нет открытых опросов"),
        ("!опрос закрыть 7", "В этом классе нет опроса №7"),
        ("!опрос итоги", "В этом классе ещё не было опросов"),
        ("!опрос список", "В этом классе ещё не было опросов"),
    ],
)
def test_wrong_use_gets_one_helpful_sentence_and_no_poll(talk: Conversation, wrong: str, answer: str):
    said = talk.teacher.says(wrong)
    assert answer in said
    assert "\n" not in said
    assert (talk.texts("announcements"), talk.texts("staff")) == ([], [said])


def test_guardians_open_no_polls(talk: Conversation):
    assert talk.guardian(0).says("!опрос Едем? Да; Нет", room="talk").startswith("Эта команда — для учителя")


# ── With the client's own menu ──────────────────────────────────────────────────────────────────────────────────────────


def test_poll_that_the_teacher_starts_with_the_menu_becomes_a_class_poll(talk: Conversation):
    talk.teacher.starts_poll("Идём в музей?", "Да", "Нет", room="events")
    talk.guardian(0).votes("музей", "Да", room="events")
    card = talk.card("Опрос №1", room="events")
    assert card.body.startswith("Опрос №1. Идём в музей?\n1️⃣ Да — 1\n2️⃣ Нет — 0")
    assert card.reactions == {"1️⃣": [BOT], "2️⃣": [BOT]}


def test_adopted_poll_can_be_voted_in_by_button_and_closed_by_command(talk: Conversation):
    talk.teacher.starts_poll("Идём в музей?", "Да", "Нет", room="talk")
    talk.guardian(0).reacts("Опрос №1", "2️⃣", room="talk")
    talk.teacher.says("!опрос закрыть", room="talk")
    assert "Больше всего голосов: Нет" in talk.card("завершён", room="talk").body
    ends = [event for event in talk.homeserver.rooms[talk.room_id("talk")].events if event["type"].endswith("poll.end")]
    assert [end["content"]["m.relates_to"]["event_id"] for end in ends] == [talk.poll("музей", "talk").event_id]


@pytest.mark.parametrize("room", ["staff", "events"])
def test_other_native_polls_are_left_alone(talk: Conversation, room: str):
    if room == "staff":
        talk.teacher.starts_poll("Кто дежурит?", "Я", "Ты", room=room)
    else:
        talk.guardian(0).starts_poll("Кто с нами на дачу?", "Я", "Не я", room=room)
    assert talk.texts(room) == []


def test_native_poll_with_one_answer_is_left_alone(talk: Conversation):
    talk.teacher.starts_poll("Согласны?", "Да")
    assert talk.texts("announcements") == []
