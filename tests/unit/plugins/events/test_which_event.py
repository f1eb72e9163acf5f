"""Which event a command means: by its title, a number behind, or a reply to what its duties stand on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties.plugin import plugin as duties
from classroom_plugins.events.plugin import plugin

from .stage import card, desk_of, letters, lines, options, writes


@pytest.fixture
def both() -> Iterator[Conversation]:
    """Events "Каток" and "Бал" beside real duties."""
    with Conversation({plugin: options(), duties: duties.config()}) as talk:  # type: ignore[misc]
        for number in range(6):
            desk_of(talk, number)
        talk.teacher.says("!событие Каток в субботу 12:00; дела: чай 2", room="events")
        yield talk


@pytest.mark.parametrize("said", ["Каток", "каток", "на каток", "«Каток»?", "№1", "1", "1 Каток", "на катке"])
def test_who_comes_is_asked_by_title(rink: Conversation, said: str):
    rink.teacher.says("!событие Бал 28 ноября 18:00", room="events")
    assert rink.teacher.says(f"!событие кто {said}", room="staff").startswith("№1 «Каток»:")


def test_who_comes_to_what_is_over(rink: Conversation):
    rink.teacher.says("!событие отменить 1", room="staff")
    rink.teacher.says("!событие Бал 28 ноября 18:00", room="events")
    assert rink.teacher.says("!событие кто придёт на каток", room="staff").startswith("№1 «Каток»:")
    assert rink.teacher.says("!событие кто", room="staff").startswith("№2 «Бал»:")


def test_title_that_nobody_knows_publishes_nothing(rink: Conversation):
    for said in ("Музей", "Калинина", "во что горазд: концерт в среду 12:00"):
        answer = rink.teacher.says(f"!событие кто {said}", room="staff")
        assert answer.startswith(f"Не вижу такого события: «{said}». Все события: !событие список.")
    assert len(rink.texts("events")) == 1


def test_titles_that_several_have_are_asked_back(rink: Conversation):
    rink.teacher.says("!событие Каток 28 ноября 12:00", room="events")
    assert rink.teacher.says("!событие кто Каток", room="staff").startswith("Событий несколько:")


def test_who_comes_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00", room="events")
    english.teacher.says("!event Ball 28 November 18:00", room="events")
    assert "Ice rink" in english.teacher.says("!event who ice rink", room="staff").split("\n")[0]
    assert english.teacher.says("!event who museum", room="staff").startswith("I see no such event: “museum”.")


@pytest.mark.parametrize(
    "said",
    ["до четверга №1", "№1 до четверга", "1 до четверга", "Каток до четверга", "четверг №1", "до четверга, #1"],
)
def test_discussion_knows_its_event_before_and_behind_the_day(rink: Conversation, said: str):
    rink.teacher.says("!событие Бал 28 ноября 18:00", room="events")
    assert rink.teacher.says(f"!обсуждение {said}", room="staff") == "№1 «Каток»: обсуждение до чт, 19 ноября, 20:00."


def test_discussion_without_a_number_where_only_one_event_is_open(rink: Conversation):
    assert rink.teacher.says("!обсуждение до четверга", room="staff") == "№1 «Каток»: обсуждение до чт, 19 ноября, 20:00."
    answer = rink.teacher.says("!обсуждение когда-нибудь", room="staff")
    assert answer == "Не понимаю, до какого дня обсуждаем: «когда-нибудь». Например: !обсуждение до четверга №1"
    assert rink.teacher.says("!обсуждение до 19 ноября №7", room="staff").startswith("В этом классе нет события №7")


def test_reply_to_the_duties_means_their_event(both: Conversation):
    both.teacher.says("!событие Бал 28 ноября 18:00", room="events")
    target = both.card("Дела", room="events").event_id
    both.teacher.says("!событие изменить время 13:00", room="events", reply_to=target)
    assert lines(both, "Когда:") == ["Когда: сб, 21 ноября, 13:00"]
    both.teacher.says("!событие отменить нет льда", room="events", reply_to=target)
    assert "отменено" in card(both)
    assert "отменено" not in card(both, "Бал")


def test_refusal_that_may_be_one_of_a_duty_is_no_refusal_to_come(both: Conversation):
    both.teacher.says("!дела предложить", room="staff")
    both.teacher.says("!дела отправить", room="staff")
    asked = next(number for number in range(6) if any("Сможете" in each for each in letters(both, number)))
    for said in ("нет, не сможем", "не сможем прийти"):
        assert "Записали" not in writes(both, asked, said)
    assert lines(both, "Ответили")[0].startswith("Может быть: 0. Ответили 0 из 4.")
