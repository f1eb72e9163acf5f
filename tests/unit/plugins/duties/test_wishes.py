"""Wishes until a deadline, decided by load and lots, and explained."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_matrix.testing.invented_class import FamilySpec
from classroom_plugins.duties.assignment import lot
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.plugin import plugin

from .stage import Stage
from .talking import card, desks, roles

NAMES = ("Анна Ким", "Борис Орлов", "Вера Панова", "Глеб Ершов", "Дина Юдина")
FIVE = [FamilySpec((name,), households=(1,)) for name in NAMES]
TEA = "«чай» («Каток», сб, 5 декабря, 12:00)"


@pytest.fixture
def wishing(stage: Stage):
    """Tea has two places; wishes until Friday. Families of one guardian each."""
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, families=FIVE) as talk:
        desks(talk)
        talk.teacher.says("!дела №12 чай 2; фото 1 по желанию до пятницы 18:00", room="staff")
        yield talk


def draw(talk: Conversation) -> None:
    talk.move_to(datetime(2026, 11, 20, 18, 2))


def test_taking_is_wishing_while_wishes_are_collected(wishing: Conversation):
    for number in (0, 1, 2):
        wishing.guardian(number).reacts("Дела", "1️⃣", room="events")
    answer = wishing.guardian(3).says("беру чай", room="family3-0")
    assert answer == f"Желание записано: {TEA}. Когда сбор закончится, напишу, что вышло."
    assert roles(wishing) == ["1️⃣ чай — мест 2, желающих 4.", "2️⃣ фото — мест 1, желающих 0."]
    assert "Собираем желания до пт, 20 ноября, 18:00." in card(wishing)
    assert "guardian" not in card(wishing)  # who wished is nobody's business


def test_wish_is_taken_back_like_a_place(wishing: Conversation):
    event = wishing.guardian(0).reacts("Дела", "1️⃣", room="events")
    wishing.guardian(0).takes_back(event, room="events")
    wishing.guardian(1).says("чай", room="family1-0")
    assert wishing.guardian(1).says("не смогу чай", room="family1-0") == f"Хорошо, желание снято: {TEA}."
    assert roles(wishing)[0] == "1️⃣ чай — мест 2, желающих 0."


def test_enough_places_are_given_to_all_who_wish(wishing: Conversation):
    wishing.guardian(0).reacts("Дела", "1️⃣", room="events")
    wishing.teacher.says("!дело Юдина чай", room="staff")
    draw(wishing)
    assert roles(wishing)[0].startswith("1️⃣ чай — 2 из 2: ")
    assert wishing.desk(wishing.guardian(0))[-1].body == (
        f"Место за вами: {TEA}. Спасибо! Если не получится, напишите «не смогу»."
    )


def test_too_many_wishes_go_to_the_lowest_load_and_everybody_is_told_why(wishing: Conversation):
    wishing.teacher.says("!дела №12 флаг 3", room="staff")
    for name in ("Ким", "Орлов", "Панова"):
        wishing.teacher.says(f"!дело {name} флаг", room="staff")
    for number in range(5):
        wishing.guardian(number).reacts("Дела", "1️⃣", room="events")
    draw(wishing)
    seed = re.search(r"жребий №(\d+)", wishing.texts("staff")[-1])
    assert seed is not None
    assert set(re.findall(r"guardian\d", roles(wishing)[0])) == {"guardian3", "guardian4"}
    assert f"Жребий №{seed[1]}." in card(wishing)
    lost = wishing.desk(wishing.guardian(0))[-1].body.split("\n")
    assert lost == [
        f"На этот раз без вас: {TEA}. Спасибо, что откликнулись!",
        "Мест 2, желающих 5. Сначала — у кого в этом году меньше дел: у вас 1, у выбранных 0. До жребия не дошло.",
    ]
    won = wishing.desk(wishing.guardian(4))[-1].body.split("\n")
    assert won[0].startswith("Место за вами")
    assert not any(name.split()[1] in text for text in (*lost, *won) for name in NAMES)


def test_equal_loads_are_decided_by_lots_that_anybody_can_check(wishing: Conversation):
    for number in range(5):
        wishing.guardian(number).reacts("Дела", "1️⃣", room="events")
    draw(wishing)
    told = wishing.desk(wishing.guardian(0))[-1].body
    seed = re.search(r"При равном счёте решил жребий №(\d+)\.", told)
    assert seed is not None
    expected = sorted(range(5), key=lambda number: lot(int(seed[1]), 1, wishing.roster.families[number].id))[:2]
    assert {int(name) for name in re.findall(r"guardian(\d)", roles(wishing)[0])} == set(expected)
    assert wishing.texts("staff")[-1].startswith(
        f"Желания разобраны: «Каток» (№12). Сначала меньшая нагрузка, потом жребий №{seed[1]}."
    )


def test_nobody_wins_two_roles_at_once_while_others_wish(wishing: Conversation):
    for number in (0, 1, 2):
        wishing.guardian(number).reacts("Дела", "1️⃣", room="events")
        wishing.guardian(number).reacts("Дела", "2️⃣", room="events")
    draw(wishing)
    winners = re.findall(r"guardian\d", card(wishing))
    assert sorted(winners) == ["guardian0", "guardian1", "guardian2"]


def test_what_stays_empty_goes_to_the_first_who_comes(wishing: Conversation):
    draw(wishing)
    wishing.guardian(0).reacts("Дела", "1️⃣", room="events")
    assert roles(wishing)[0] == "1️⃣ чай — 1 из 2: guardian0."


def test_wish_behind_the_deadline_is_refused_until_it_is_decided(wishing: Conversation):
    wishing.move_to(datetime(2026, 11, 20, 18, 0, 30))
    assert wishing.guardian(0).says("чай", room="family0-0").startswith("Сюда уже не записаться")


def test_wish_in_time_that_arrives_late_is_taken_into_the_draw(wishing: Conversation):
    wishing.move_to(datetime(2026, 11, 20, 17, 59, 58))
    with wishing.at_once():
        wishing.guardian(0).reacts("Дела", "1️⃣", room="events")
        wishing.clock.move_to(wishing.clock.now().replace(hour=18, minute=0, second=20))
    draw(wishing)
    assert "guardian0" in roles(wishing)[0]


def test_reaction_of_a_winner_taken_back_frees_the_place(wishing: Conversation):
    event = wishing.guardian(0).reacts("Дела", "1️⃣", room="events")
    draw(wishing)
    assert "guardian0" in roles(wishing)[0]
    wishing.guardian(0).takes_back(event, room="events")
    assert roles(wishing)[0] == "1️⃣ чай — 0 из 2."


def test_newcomer_is_told_why_something_was_added_to_the_count(wishing: Conversation):
    from classroom_plugins.duties.asking import store as asking_store

    wishing.teacher.says("!дела нагрузка", room="staff")
    family = wishing.roster.families[0].id
    wishing._runner.run(wishing.database.call(lambda: asking_store.set_credits("3b", 2026, [(family, 2)])))
    for number in range(3):
        wishing.guardian(number).reacts("Дела", "1️⃣", room="events")
    draw(wishing)
    assert wishing.desk(wishing.guardian(0))[-1].body.split("\n")[1:] == [
        "Мест 2, желающих 3. Сначала — у кого в этом году меньше дел: у вас 2, у выбранных 0. До жребия не дошло.",
        "В счёт добавлено 2, чтобы не навёрстывать то, что было без вас.",
    ]


def test_wishes_in_english(stage: Stage):
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, families=FIVE, language="en") as talk:
        desks(talk)
        talk.teacher.says("!duties no 12 tea 1 wishes until Friday 18:00", room="staff")
        for number in range(3):
            talk.guardian(number).reacts("Duties", "1️⃣", room="events")
        assert roles(talk) == ["1️⃣ tea — places: 1, wishes: 3."]
        draw(talk)
        lost = [
            talk.desk(talk.guardian(n))[-1].body for n in range(3) if "Not this time" in talk.desk(talk.guardian(n))[-1].body
        ]
        assert len(lost) == 2
        assert "Places: 1, wishes: 3. Those with fewer duties this year come first: you have 0, the chosen have 0." in lost[0]


def test_cancelled_occasion_draws_no_lots(wishing: Conversation, stage: Stage):
    wishing.guardian(0).reacts("Дела", "1️⃣", room="events")
    before = len(wishing.texts("staff"))
    stage.cancels(wishing)
    draw(wishing)
    assert wishing.texts("staff")[before:] == []
    assert wishing.desk(wishing.guardian(0)) == []


def test_wishes_do_not_redraw_the_event_s_card(wishing: Conversation, stage: Stage):
    before = len(stage.changed)
    wishing.guardian(0).reacts("Дела", "1️⃣", room="events")
    assert len(stage.changed) == before
    draw(wishing)
    assert len(stage.changed) > before
