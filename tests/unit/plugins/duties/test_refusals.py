"""No to what the household was asked for by letter, in many words; beside the plugin that asks whether they come."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties.plugin import plugin
from classroom_plugins.events.config import EventsConfig
from classroom_plugins.events.plugin import plugin as events

from .talking import desks

Asks = Callable[[str], None]


@pytest.fixture(params=["ru"])
def both(request: pytest.FixtureRequest) -> Iterator[Conversation]:
    with Conversation({events: EventsConfig(), plugin: plugin.config()}, language=request.param) as talk:  # type: ignore[misc]
        desks(talk)
        yield talk


def propose(talk: Conversation, *, event: str, propose: str, send: str) -> None:
    """Everybody is asked for the one role of the event."""
    for said in (event, propose, send):
        talk.teacher.says(said, room="staff")


@pytest.fixture
def asked(both: Conversation) -> Conversation:
    """Five families, five places: Калинина is asked for tea, too."""
    propose(both, event="!событие Каток 5 декабря 12:00; дела: чай 4", propose="!дела предложить", send="!дела отправить")
    assert any("Сможете помочь? «чай»" in text for text in both.texts("family0-0"))
    return both


def says(talk: Conversation, said: str) -> str:
    return talk.guardian(0).says(said, room="family0-0")


@pytest.mark.parametrize(
    "said",
    [
        "нет, не сможем", "Нет, к сожалению, не сможем", "не сможем, нет", "no, we can't", "No, sorry, we can't make it",
        "чай не смогу", "нет, чай не сможем", "чай на каток не сможем", "не сможем принести чай на каток", "от чая откажемся",
        "к сожалению, нет", "увы, нет", "нет, извините", "Нет, спасибо большое", "sorry, no", "нет, не получится",
        "в этот раз не сможем", "не в этот раз", "not this time", "нет, мы не сможем помочь", "да нет, не сможем", "неа",
        "не сможем",
    ],
)  # fmt: skip
def test_no_to_the_letter_declines_the_proposal(asked: Conversation, said: str):
    assert says(asked, said) == "Хорошо, попрошу других: «чай» («Каток», сб, 5 декабря, 12:00)."
    assert "не получится" in asked.card("Предложение", room="staff").body


@pytest.mark.parametrize("said", ["в субботу не сможем", "5 декабря не получится", "чай не сможем, заболели"])
def test_no_beside_days_or_other_words_is_asked_back(asked: Conversation, said: str):
    answer = says(asked, said)
    assert "отказаться: «чай» («Каток», сб, 5 декабря, 12:00)" in answer
    assert "не получится" not in asked.card("Предложение", room="staff").body


@pytest.mark.parametrize(
    "said", ["не смогу на консультацию", "фото не смогу", "нет машины", "не сможем вернуть книгу", "нет, а что?"]
)
def test_no_to_something_else_declines_nothing(asked: Conversation, said: str):
    says(asked, said)
    assert "не получится" not in asked.card("Предложение", room="staff").body


def test_no_that_names_the_event_is_about_coming(asked: Conversation):
    assert "не придёте" in says(asked, "на каток не придём") or "не прид" in says(asked, "на каток не придём")
    assert "не получится" not in asked.card("Предложение", room="staff").body


@pytest.mark.parametrize(
    "said",
    [
        "да, сможем, спасибо", "да, с удовольствием", "Да, конечно, поможем", "ага", "да, спасибо", "можем", "yes, gladly",
        "чай сможем",
    ],
)  # fmt: skip
def test_yes_to_the_letter_in_more_words(asked: Conversation, said: str):
    assert says(asked, said).startswith("Записал за вами: «чай»")


@pytest.mark.parametrize("said", ["спасибо", "хорошо, спасибо за информацию", "добрый день", "да, завтра принесём деньги"])
def test_courtesies_are_no_answer(asked: Conversation, said: str):
    assert "Записал" not in says(asked, said)


@pytest.mark.parametrize("both", ["en"], indirect=True)
@pytest.mark.parametrize(
    "said", ["no, we can't", "can't do tea", "No, thanks, not this time", "we can't bring tea to the skating", "sorry, no"]
)
def test_no_in_english(both: Conversation, said: str):
    propose(both, event="!event Skating 5 December 12:00; duties: tea 4", propose="!duties propose", send="!duties send")
    assert says(both, said).startswith("All right, I shall ask others: “tea”")
