"""Asking who is on duty, in many words: it is answered, and nothing is opened."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation

from .talking import card, desks

OPEN = "!дежурство по классу пн–пт с 23 ноября до 31 мая"
FIRST, SECOND = "23–27 ноября — guardian0", "30 ноября – 4 декабря — свободно"


@pytest.fixture
def rota(talk: Conversation) -> Conversation:
    desks(talk)
    talk.teacher.says(OPEN, room="staff")
    talk.guardian(0).reacts("по классу", "🙋", room="events")
    talk.move_to(datetime(2026, 11, 24, 10, 0))
    return talk


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("!дежурство", [FIRST, SECOND]),
        ("!дежурство завтра", [FIRST]),
        ("!дежурство на завтра", [FIRST]),
        ("!дежурство сегодня", [FIRST]),
        ("!дежурство на этой неделе", [FIRST]),
        ("!дежурство на следующей неделе", [SECOND]),
        ("!дежурство 1 декабря", [SECOND]),
        ("!дежурство 7 декабря", ["7–11 декабря — свободно"]),
        ("!дежурство с 1 по 7 декабря", [SECOND, "7–11 декабря — свободно"]),
        ("!дежурство пятница", [FIRST]),
        ("!дежурство пн", [SECOND]),
        ("!дежурство график", [FIRST, SECOND]),
        ("!дежурство Список", [FIRST, SECOND]),
        ("!дежурство расписание", [FIRST, SECOND]),
        ("!дежурство кто", [FIRST, SECOND]),
        ("!дежурство Кто дежурит завтра?", [FIRST]),
        ("!дежурство кто следующий", [FIRST, SECOND]),
        ("!дежурство чья очередь?", [FIRST, SECOND]),
        ("!дежурство завтра по классу", [FIRST]),
        ("!дежурство по классу 1 декабря", [SECOND]),
        ("!дежурство кто по классу завтра", [FIRST]),
        ("!дежурство показать", [FIRST, SECOND]),
        ("!rota tomorrow", [FIRST]),
        ("!rota this week", [FIRST]),
        ("!rota", [FIRST, SECOND]),
        ("!rota who is on tomorrow?", [FIRST]),
        ("!rota list", [FIRST, SECOND]),
        ("!rota schedule", [FIRST, SECOND]),
    ],
)
def test_question_is_answered_and_opens_nothing(rota: Conversation, said: str, shown: list[str]):
    before = rota.texts("events")
    answer = rota.teacher.says(said, room="staff").split("\n")
    assert answer[0] == "Дежурство по классу"
    assert answer[1 : len(shown) + 1] == shown
    assert rota.texts("events") == before


def test_month_shows_all_its_weeks(rota: Conversation):
    answer = rota.teacher.says("!дежурство на декабрь", room="staff").split("\n")
    assert len(answer) == 6
    assert answer[-1] == "28 декабря – 1 января — свободно"


def test_days_without_duty_are_said(rota: Conversation):
    assert rota.teacher.says("!дежурство в субботу", room="staff") == "Дежурство по классу\n28 ноября — дежурства нет."


@pytest.mark.parametrize(
    "said", ["!дежурство завтра", "!дежурство", "!дежурство список", "!дежурство 7 декабря", "!rota this week"]
)
def test_question_before_there_is_any_is_told_how_to_open_one(talk: Conversation, said: str):
    assert talk.teacher.says(said, room="staff").startswith("Дежурства в этом классе нет. Например: !дежурство по классу")
    assert talk.texts("events") == []


@pytest.mark.parametrize("said", ["!дежурство по классу", "!дежурство класс", "!дежурство Дежурство по классу"])
def test_name_alone_of_an_open_rota_shows_it(rota: Conversation, said: str):
    before = rota.texts("events")
    answer = rota.teacher.says(said, room="staff").split("\n")
    assert answer[:3] == ["Дежурство по классу", FIRST, SECOND]
    assert answer[-1] == "Такое дежурство уже открыто. Другое назовите иначе."
    assert rota.texts("events") == before


@pytest.mark.parametrize(
    "said",
    [
        "!дежурство по классу с 30 ноября до 31 мая",
        "!дежурство по классу пн–пт",
        "!дежурство в классе до 30 июня",
        "!дежурство по классу 2",
    ],
)
def test_second_rota_of_the_same_name_is_not_opened(rota: Conversation, said: str):
    before = rota.texts("events")
    answer = rota.teacher.says(said, room="staff")
    assert answer.startswith("«Дежурство по классу» уже открыто: 23 ноября – 31 мая.")
    assert rota.texts("events") == before


def test_rota_of_the_same_name_behind_the_other_one_is_opened(talk: Conversation):
    talk.teacher.says("!дежурство по классу пн–пт с 23 ноября до 25 декабря", room="staff")
    talk.teacher.says("!дежурство по классу пн–пт с 11 января до 31 мая", room="staff")
    assert len(talk.texts("events")) == 2


@pytest.mark.parametrize("said", ["!дежурство Столовая с 1 по 11 декабря", "!rota Столовая from 1st to 11 December"])
def test_month_is_said_once_for_both_days(talk: Conversation, said: str):
    assert talk.teacher.says(said, room="staff").startswith("«Столовая» открыто: 1–11 декабря, всего 2.")


def test_other_rota_is_opened_beside_it(rota: Conversation):
    rota.teacher.says("!дежурство Столовая вт, чт до 25 декабря", room="staff")
    assert card(rota, "Столовая")
    assert rota.teacher.says("!дежурство столовая завтра", room="staff").startswith("Столовая\n")
    both = rota.teacher.says("!дежурство завтра", room="staff")
    assert "Дежурство по классу" in both
    assert "Столовая" in both


@pytest.mark.parametrize("said", ["!дежурство 7 декабря уборка", "!дежурство уборка завтра", "!дежурство уборка 7.12"])
def test_day_in_the_title_is_asked_back(rota: Conversation, said: str):
    before = rota.texts("events")
    assert "в названии стоит день" in rota.teacher.says(said, room="staff")
    assert rota.texts("events") == before


@pytest.mark.parametrize(
    "said", ["завтар", "снова", "меня нет", "до конца года", "на каникулах", "график уборки?", "кто у двери"]
)
def test_words_that_are_no_name_open_nothing(talk: Conversation, said: str):
    assert "!дежурство" in talk.teacher.says(f"!дежурство {said}", room="staff")
    assert talk.texts("events") == []


@pytest.mark.parametrize("said", ["завтрак пн–пт", "Завтрак", "завтрак с 1 декабря", "завтрак 2", "завтрак вт", "в столовой"])
def test_name_or_days_open_one(talk: Conversation, said: str):
    assert "открыто" in talk.teacher.says(f"!дежурство {said}", room="staff")


def test_family_may_ask_and_not_open(rota: Conversation):
    assert FIRST in rota.guardian(2).says("!дежурство завтра", room="family1-0")
    before = rota.texts("events")
    assert rota.guardian(2).says("!дежурство столовая", room="family1-0").startswith("Эта команда — для учителя.")
    assert rota.texts("events") == before


def test_reply_to_a_card_asks_about_that_rota(rota: Conversation):
    rota.teacher.says("!дежурство Столовая вт, чт до 25 декабря", room="staff")
    reply = rota.event_of("Столовая", "events")
    answer = rota.teacher.says("!дежурство завтра", room="events", reply_to=reply)
    assert answer.startswith("Столовая")
    assert "по классу" not in answer
