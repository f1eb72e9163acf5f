"""What everybody reads names nobody next to something private."""

from __future__ import annotations

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.events.plugin import plugin

from .stage import card, options

REFUSED = "Здесь имя рядом с личным (болезнь, долг, отказ), а прочтут это все семьи, поэтому ничего не опубликовано."


@pytest.mark.parametrize(
    "said",
    [
        "!план №1 Сбор в 11:45; Чернов болеет, вместо него чай несёт Калинина",
        "!план №1 Чернов болеет",
        "!план №1 чернов болеет, калинину не спрашиваем",
        "!план добавить Ксюша забыла форму",
        "!план добавить У Марка аллергия на орехи, торт без орехов",
        "!план добавить Беляевы не сдали деньги",
        "!план добавить Семья Исаевых не оплатила билеты",
        "!план добавить Таисия Беляева не придёт",
        "!событие отменить 1 Калинина заболела",
        "!событие отменить 1 заболела Ксюша Калинина",
        "!событие отменить: у Марка температура",
        "!событие изменить 1 взять: коньки; Сёма Беляев опоздает",
        "!событие Музей в среду 12:00; Чернов не едет, развод родителей у Чернова",
        "!событие Музей в среду 12:00; важно: Калинины задолжали за билеты",
        "!event Museum on Wednesday 12:00; Ksenia has not paid",
    ],
)
def test_name_next_to_a_private_word_is_refused(rink: Conversation, said: str):
    before = card(rink)
    assert rink.teacher.says(said, room="staff").startswith(REFUSED)
    assert len(rink.texts("events")) == 1
    assert card(rink) == before


@pytest.mark.parametrize(
    "line",
    [
        "Чай приносит Калинина",
        "Стихи читают Ксения и Марк",
        "Не забудьте термос",
        "Кто заболел, напишите нам",
        "Спектакль «Вера больна», играет Ксения",
        "Ведёт Марк. Кто опоздает, ждёт у входа",
        "Марка и альбом для коллекционеров не помешают",
        "Машину ведёт папа Черновых, долгая дорога",
        "Если дети болеют, вместо них никто не едет. Чернов везёт камеру",
    ],
)
def test_other_lines_with_names_are_published(rink: Conversation, line: str):
    rink.teacher.says(f"!план №1 {line}", room="staff")
    assert line in card(rink)


def test_surname_that_is_an_ordinary_word_is_one_with_a_capital():
    with Conversation({plugin: options()}, families=(FamilySpec(("Глеб Мороз",)),)) as talk:
        talk.teacher.says("!событие Каток в субботу 12:00", room="events")
        assert talk.teacher.says("!план №1 Глебу нет мороза; Мороз болеет", room="staff").startswith(REFUSED)
        talk.teacher.says("!событие отменить 1 сильный мороз, дети болеют", room="staff")
        assert card(talk) == "Каток · событие №1 отменено\nсильный мороз, дети болеют"


def test_line_that_is_rewritten_and_thanks_name_nobody_either(rink: Conversation):
    rink.teacher.says("!план №1 Сбор в 11:45", room="staff")
    assert rink.teacher.says("!план строка 1 Чернов болеет", room="staff").startswith(REFUSED)
    assert rink.teacher.says("!событие спасибо 1 Спасибо всем, жаль, что Ксюша заболела", room="staff") != ""
    assert "Ксюша" not in "".join(rink.texts("events"))


def test_refusal_is_said_in_english(english: Conversation):
    english.teacher.says("!event Ice rink on Saturday 12:00", room="events")
    answer = english.teacher.says("!plan add Калинина is ill", room="staff")
    assert answer.startswith("There is a name next to something private (an illness, a debt, a refusal)")


def test_refused_text_does_not_stay_where_families_read(rink: Conversation):
    rink.teacher.says("!план добавить Чернов болеет", room="events")
    assert all("Чернов" not in message.body for message in rink.room("events"))
