"""What replies to a card, of duties or of the event itself, means that occasion and no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties.plugin import plugin
from classroom_plugins.events.config import EventsConfig
from classroom_plugins.events.plugin import plugin as events

from .talking import desks, roles


@pytest.fixture
def two() -> Iterator[Conversation]:
    """Tea at the rink (№1) and at the ball (№2); the museum (№3) has no duties."""
    with Conversation({events: EventsConfig(), plugin: plugin.config()}) as talk:  # type: ignore[misc]
        desks(talk)
        talk.teacher.says("!событие Каток 5 декабря 12:00; дела: чай 2, фото 1", room="events")
        talk.teacher.says("!событие Бал 12 декабря 16:00; дела: чай 1", room="events")
        talk.teacher.says("!событие Музей 19 декабря 10:00", room="events")
        yield talk


def replies(talk: Conversation, said: str, to: str) -> str:
    """In the events room, to a message of the service there that begins so."""
    found = next(message for message in talk.room("events") if message.body.startswith(to))
    before = len(talk.texts("staff"))
    talk.teacher.says(said, room="events", reply_to=found.event_id)
    return "".join(talk.texts("staff")[before:])


@pytest.mark.parametrize("card", ["Дела: «Каток»", "Каток"])
def test_family_is_entered_for_the_occasion_that_is_replied_to(two: Conversation, card: str):
    assert replies(two, "!дело Исаев чай", card).startswith("Записано: Максим Исаев — «чай» («Каток»")
    assert replies(two, "!дело снять Исаев чай", card).startswith("Снято: Максим Исаев — «чай» («Каток»")


@pytest.mark.parametrize("card", ["Дела: «Бал»", "Бал"])
def test_the_other_card_means_the_other_occasion(two: Conversation, card: str):
    assert "«чай» («Бал»" in replies(two, "!дело Исаев чай", card)


def test_without_a_reply_it_is_asked_and_the_name_will_do(two: Conversation):
    assert "что именно?" in two.teacher.says("!дело Исаев чай", room="staff")
    assert two.teacher.says("!дело Исаев чай на бал", room="staff").startswith("Записано: Максим Исаев — «чай» («Бал»")


def test_number_counts_more_than_the_reply(two: Conversation):
    assert "«чай» («Бал»" in replies(two, "!дело Исаев чай №2", "Дела: «Каток»")


@pytest.mark.parametrize("card", ["Дела: «Каток»", "Каток"])
def test_roles_are_opened_removed_and_proposed_by_a_reply(two: Conversation, card: str):
    replies(two, "!дела торт 1", card)
    assert any("торт" in role for role in roles(two, "Дела: «Каток»"))
    assert "«Каток»" in replies(two, "!дела убрать чай", card)
    replies(two, "!дела предложить", card)
    assert "Предложение: «Каток»" in two.card("Предложение", room="staff").body


def test_first_roles_are_opened_by_a_reply_to_the_event(two: Conversation):
    replies(two, "!дела автобус 1", "Музей")
    assert any("автобус" in role for role in roles(two, "Дела: «Музей»"))


@pytest.mark.parametrize("said", ["!дело Исаев чай", "!дела убрать чай", "!дела предложить", "!дела"])
def test_event_without_duties_is_not_taken_for_another(two: Conversation, said: str):
    assert replies(two, said, "Музей").startswith("Для события №3 дел нет.")


def test_list_is_of_what_is_replied_to(two: Conversation):
    said = replies(two, "!дела", "Бал")
    assert "Бал" in said
    assert "Каток" not in said


def test_reply_to_own_duties_changes_them(two: Conversation):
    two.teacher.says("!дела Субботник: окна 3", room="staff")
    replies(two, "!дела шторы 2", "Дела: «Субботник»")
    assert any("шторы" in role for role in roles(two, "Субботник"))


def test_reply_to_a_proposal_means_its_occasion(two: Conversation):
    two.teacher.says("!дела предложить №2", room="staff")
    said = two.teacher.says("!дело Исаев чай", room="staff", reply_to=two.card("Предложение", room="staff").event_id)
    assert "«чай» («Бал»" in said


def test_event_is_changed_by_a_reply_to_its_duties(two: Conversation):
    replies(two, "!событие изменить время 13:00", "Дела: «Каток»")
    assert "13:00" in two.card("Дела: «Каток»", room="events").body
