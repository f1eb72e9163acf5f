"""Duties beside the plugin that keeps events: opened with the event, drawn on its card, moved and freed with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties.plugin import plugin
from classroom_plugins.events.config import EventsConfig
from classroom_plugins.events.plugin import plugin as events

from .talking import desks, roles


@pytest.fixture
def both() -> Iterator[Conversation]:
    with Conversation({events: EventsConfig(), plugin: plugin.config()}) as talk:  # type: ignore[misc]
        desks(talk)
        talk.teacher.says("!событие Каток 5 декабря 12:00; дела: чай 2, фото 1", room="events")
        yield talk


def test_event_and_its_duties_are_two_cards_and_stay_two(both: Conversation):
    both.guardian(0).reacts("1️⃣ чай", "1️⃣", room="events")
    both.guardian(2).says("возьму фото", room="family1-0")
    assert roles(both, "Дела") == ["1️⃣ чай — 1 из 2: guardian0.", "2️⃣ фото — 1 из 1: guardian2."]
    event, duties = both.texts("events")
    assert "2 из 3" in event
    assert duties.startswith("Дела: «Каток»")


def test_word_that_fits_both_is_asked_back(both: Conversation):
    both.guardian(0).says("чай", room="family0-0")
    assert both.guardian(0).says("не смогу", room="family0-0").startswith("К чему это?")
    assert both.guardian(0).says("2", room="family0-0").startswith("Хорошо, место свободно: «чай»")


def test_family_that_does_not_come_is_told_of_its_duty(both: Conversation):
    both.guardian(0).says("чай", room="family0-0")
    said = both.guardian(0).says("не придём на каток", room="family0-0")
    assert "За вами осталось дело. Если не получится и оно, напишите «не смогу» и что именно" in said
    assert both.guardian(0).says("не смогу чай", room="family0-0").startswith("Хорошо, место свободно: «чай»")
    assert both.guardian(2).says("не придём на каток", room="family1-0").endswith("Спасибо, что сказали!")


def test_duties_move_with_their_event_and_are_free_when_it_is_cancelled(both: Conversation):
    both.guardian(0).says("чай", room="family0-0")
    both.teacher.says("!событие изменить 1 когда: 6 декабря 14:00", room="staff")
    assert "Дела: «Каток», вс, 6 декабря, 14:00 (№1)" in both.card("Дела", room="events").body
    both.teacher.says("!событие отменить 1 нет льда", room="staff")
    assert both.card("Дела", room="events").body == "Дела: «Каток» (№1) — отменено, все свободны"
    assert both.guardian(0).says("сколько у нас дел", room="family0-0") == "В этом учебном году у вашей семьи 0 дел."
