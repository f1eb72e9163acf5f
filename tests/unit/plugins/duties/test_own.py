"""Duties without an event: opened with a title in front, and ended by their time or by a command."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.plugin import plugin

from .stage import Stage
from .talking import HOW, card, desks, roles


@pytest.fixture
def clean(talk: Conversation) -> Conversation:
    desks(talk)
    assert talk.teacher.says("!дела Субботник: окна 3, шторы 2", room="staff") == (
        "Открыто: «Субботник», ролей 2. Карточка — в комнате событий."
    )
    return talk


def test_title_in_front_opens_a_card_of_its_own(clean: Conversation, stage: Stage):
    assert card(clean, "Субботник").startswith("Дела: «Субботник»\n1️⃣ окна — 0 из 3.\n2️⃣ шторы — 0 из 2.")
    clean.guardian(0).reacts("Субботник", "1️⃣", room="events")
    clean.guardian(2).says("шторы", room="family1-0")
    assert roles(clean, "Субботник") == ["1️⃣ окна — 1 из 3: guardian0.", "2️⃣ шторы — 1 из 2: guardian2."]
    assert clean.guardian(2).says("не смогу", room="family1-0") == "Хорошо, место свободно: «шторы» («Субботник»)."
    assert stage.changed == []  # it is nobody else's


def test_same_title_again_goes_onto_the_same_card(clean: Conversation):
    clean.teacher.says("!дела субботник: мусор 1; окна 4", room="staff")
    assert [line.rstrip(".") for line in roles(clean, "Субботник")] == [
        "1️⃣ окна — 0 из 4", "2️⃣ шторы — 0 из 2", "3️⃣ мусор — 0 из 1",
    ]  # fmt: skip
    assert len(clean.texts("events")) == 1


def test_title_of_an_event_means_the_event(talk: Conversation):
    talk.teacher.says("!дела Каток: чай 2; фото 1", room="staff")
    assert card(talk).startswith("Дела: «Каток», сб, 5 декабря, 12:00 (№12)\n1️⃣ чай — 0 из 2.")


def test_with_a_time_holders_are_reminded_and_it_is_over_by_itself(talk: Conversation):
    desks(talk)
    talk.teacher.says("!дела Субботник 21 ноября 10:00: окна 3; шторы в 9:30", room="staff")
    assert card(talk, "Субботник").startswith("Дела: «Субботник», сб, 21 ноября, 10:00\n")
    talk.guardian(0).says("шторы", room="family0-0")
    talk.move_to(datetime(2026, 11, 20, 17, 1))
    assert talk.texts("family0-0")[-1] == "Напоминаю, за вами: «шторы» («Субботник», сб, 21 ноября, 09:30)." + HOW
    talk.move_to(datetime(2026, 11, 21, 12, 1))
    assert card(talk, "Субботник").endswith("Закончено. Спасибо всем, кто помог!")
    assert "Ксения Калинина · 1" in talk.teacher.says("!дела нагрузка", room="staff")


def test_day_without_a_time_is_asked_for_one(talk: Conversation):
    assert talk.teacher.says("!дела Субботник в субботу: окна 3", room="staff") == (
        "Во сколько «Субботник в субботу»? Например: !дела Субботник 21 ноября 10:00: окна 3; шторы 2"
    )
    assert talk.texts("events") == []


def test_teacher_ends_what_has_no_time(clean: Conversation):
    clean.guardian(0).says("окна", room="family0-0")
    assert clean.teacher.says("!дела закончить Каток", room="staff").startswith("Таких дел без события нет: «Каток».")
    assert clean.teacher.says("!дела закончить субботник", room="staff") == "Закончено: «Субботник»."
    assert card(clean, "Субботник").endswith("Закончено. Спасибо всем, кто помог!")
    assert clean.teacher.says("!дела закончить", room="staff").startswith("Таких дел без события нет")


def test_beside_an_event_s_they_are_found_by_title_and_by_role(clean: Conversation):
    clean.teacher.says("!дела №12 чай 2", room="staff")
    clean.teacher.says("!дела предложить Субботник", room="staff")
    assert clean.card("Предложение", room="staff").body.startswith("Предложение: «Субботник».")
    assert clean.teacher.says("!дела предложить Театр", room="staff").startswith("Нет дел «Театр».")
    clean.teacher.says("!дело Калинина окна", room="staff")
    clean.teacher.says("!дела убрать окна", room="staff")
    assert clean.texts("family0-0")[-1].startswith("Это больше не нужно, вы свободны: «окна» («Субботник»).")
    answer = clean.teacher.says("!дела предложить", room="staff")
    assert answer.startswith("К какому событию? Есть: «Субботник», «Каток» (№12). Добавьте номер")


def test_class_without_events_has_duties_too():
    with Conversation({plugin: DutiesConfig()}, language="en") as talk:
        assert talk.teacher.says("!duties tea 2", room="staff").startswith(
            "What are these duties for? For example: !duties Spring"
        )
        talk.teacher.says("!duties Spring clean: windows 3; curtains 2", room="staff")
        assert card(talk, "Spring").startswith("Duties: “Spring clean”\n1️⃣ windows — 0 of 3.")
        assert talk.teacher.says("!duties end", room="staff") == "Ended: “Spring clean”."
        assert card(talk, "Spring").endswith("The event is over.")
