"""Swaps: two yeses, in time, with nothing changed in between; all of it or nothing."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.domain.people import Household
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties import store
from classroom_plugins.duties.config import DutiesConfig
from classroom_plugins.duties.plugin import plugin

from .stage import Stage
from .talking import desks, roles

TEA = "«чай» («Каток», сб, 5 декабря, 12:00)"
PHOTOS = "«фото» («Каток», сб, 5 декабря, 12:00)"


@pytest.fixture
def two(opened: Conversation) -> Conversation:
    """Калинина has tea, the father of Чернов has photos."""
    desks(opened)
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    opened.guardian(5).reacts("Дела", "3️⃣", room="events")
    return opened


def ask(talk: Conversation, said: str = "обмен с Черновыми на фото") -> str:
    return talk.guardian(0).says(said, room="family0-0")


@pytest.mark.parametrize(
    "said",
    [
        "обмен с Черновыми на фото",
        "Обмен с Черновым",
        "!обмен с Черновыми на фото",
        "хотим поменяться с Черновыми чай на фото",
        "обмен чая с Марком Черновым на фото",
        "обмен чая на фото с Черновыми",
    ],
)
def test_swap_is_asked_of_the_household_that_has_it_and_nothing_changes_yet(two: Conversation, said: str):
    answer = ask(two, said)
    assert answer == (
        f"Спросил. Вы отдаёте {TEA} и получаете {PHOTOS}. Ответ жду до вт, 17 ноября, 10:00, пока всё по-прежнему."
    )
    assert two.texts("family2-1") == [
        f"guardian0 предлагает обмен: вам — {TEA}, от вас — {PHOTOS}.\n✅ — согласны, ❌ — нет. Жду до вт, 17 ноября, 10:00."
    ]
    assert two.texts("family2-0") == []  # the mother's household
    assert ["guardian0" in roles(two)[0], "guardian5" in roles(two)[2]] == [True, True]


@pytest.mark.parametrize("how", ["✅", "да", "teacher"])
def test_second_yes_swaps_and_both_are_told(two: Conversation, how: str):
    ask(two)
    if how == "да":
        two.guardian(5).says("да", room="family2-1")
    elif how == "✅":
        two.guardian(5).reacts("предлагает обмен", "✅", room="family2-1")
    else:
        two.teacher.says("!обмен да Чернов", room="staff")
        assert "Записано, обеим семьям сказано: Марк Чернов." in two.texts("staff")
    assert two.texts("family0-0")[-1] == f"Обмен состоялся. За вами теперь {PHOTOS}, а не {TEA}."
    assert f"Обмен состоялся. За вами теперь {TEA}, а не {PHOTOS}." in two.texts("family2-1")
    name = "Марк Чернов" if how == "teacher" else "guardian5"
    assert roles(two)[0] == f"1️⃣ чай — 1 из 2: {name}."
    assert roles(two)[2] == "3️⃣ фото — 1 из 1: guardian0."


def test_old_reactions_mean_nothing_after_a_swap(two: Conversation):
    event = two.guardian(0).reacts("Дела", "1️⃣", room="events")
    ask(two)
    two.guardian(5).says("да", room="family2-1")
    two.guardian(0).takes_back(event, room="events")
    assert ["guardian5" in roles(two)[0], "guardian0" in roles(two)[2]] == [True, True]


@pytest.mark.parametrize("how", ["❌", "нет"])
def test_no_leaves_everything_and_the_asker_is_told(two: Conversation, how: str):
    ask(two)
    if how == "нет":
        assert two.guardian(5).says("нет", room="family2-1") == "Хорошо, всё остаётся как было."
    else:
        two.guardian(5).reacts("предлагает обмен", "❌", room="family2-1")
    assert two.texts("family0-0")[-1] == f"Обмен не получился, вам отказали: {PHOTOS}. За вами по-прежнему {TEA}."
    two.guardian(5).reacts("предлагает обмен", "✅", room="family2-1")
    assert ["guardian0" in roles(two)[0], "guardian5" in roles(two)[2]] == [True, True]


def test_swap_expires_and_a_late_yes_does_nothing(two: Conversation):
    ask(two)
    two.move_to(datetime(2026, 11, 17, 10, 30))
    assert two.texts("family0-0")[-1] == f"На обмен не ответили вовремя: {PHOTOS}. За вами по-прежнему {TEA}."
    two.guardian(5).reacts("предлагает обмен", "✅", room="family2-1")
    assert ["guardian0" in roles(two)[0], "guardian5" in roles(two)[2]] == [True, True]


def test_yes_behind_the_time_does_nothing_although_nobody_has_noticed_yet(two: Conversation):
    ask(two)
    with two.at_once():  # facts are decided before jobs
        two.clock.move_to(datetime(2026, 11, 17, 10, 0, 30, tzinfo=two.zone))
        two.guardian(5).reacts("предлагает обмен", "✅", room="family2-1")
    assert ["guardian0" in roles(two)[0], "guardian5" in roles(two)[2]] == [True, True]
    assert two.texts("family2-1")[-1] == "Спасибо, но уже поздно: срок этого обмена прошёл, всё остаётся как было."


def test_yes_in_time_that_arrives_late_counts(two: Conversation):
    ask(two)
    two.move_to(datetime(2026, 11, 17, 9, 59, 57))
    with two.at_once():
        two.guardian(5).reacts("предлагает обмен", "✅", room="family2-1")
        two.clock.move_to(datetime(2026, 11, 17, 10, 5, tzinfo=two.zone))
    assert ["guardian5" in roles(two)[0], "guardian0" in roles(two)[2]] == [True, True]


def test_letter_of_the_evening_is_held_and_its_day_counts_from_the_morning(stage: Stage):
    with Conversation({plugin: DutiesConfig(), stage.plugin: None}, start=datetime(2026, 11, 16, 22, 0)) as talk:
        talk.teacher.says("!дела чай 2; фото 1", room="staff")
        desks(talk)
        talk.guardian(0).says("чай", room="family0-0")
        talk.guardian(2).says("фото", room="family1-0")
        assert "Ответ жду до ср, 18 ноября, 07:00" in talk.guardian(0).says("обмен с Беляевыми", room="family0-0")
        assert not any("предлагает" in text for text in talk.texts("family1-0"))
        talk.move_to(datetime(2026, 11, 17, 7, 1))
        assert any("предлагает обмен" in text for text in talk.texts("family1-0"))


@pytest.mark.parametrize("who", ["asker", "other"])
def test_what_was_given_back_since_cannot_be_swapped(two: Conversation, who: str):
    ask(two)
    if who == "asker":
        two.guardian(0).says("не смогу чай", room="family0-0")
    else:
        two.guardian(5).says("не смогу фото", room="family2-1")
        assert two.texts("family0-0")[-1].startswith("Обмен больше невозможен, что-то изменилось")
    two.guardian(5).reacts("предлагает обмен", "✅", room="family2-1")
    assert two.texts("family2-1")[-1] == "Спасибо, но уже поздно: этот обмен больше невозможен, всё остаётся как было."
    left = {"asker": ["0 из 2", "1 из 1: guardian5"], "other": ["1 из 2: guardian0", "0 из 1"]}[who]
    assert [part in line for part, line in zip(left, [roles(two)[0], roles(two)[2]], strict=True)] == [True, True]


def test_cancelled_occasion_voids_its_swaps(two: Conversation, stage: Stage):
    ask(two)
    stage.cancels(two)
    two.guardian(5).reacts("предлагает обмен", "✅", room="family2-1")
    assert two._runner.run(two.database.call(lambda: store.held_by("3b", two.family("Калинина").id))) == []


def test_asker_may_take_it_back(two: Conversation):
    ask(two)
    assert two.guardian(1).says("отменить обмен", room="family0-0") == "Хорошо, обмена не будет."
    two.guardian(5).reacts("предлагает обмен", "✅", room="family2-1")
    assert "guardian0" in roles(two)[0]


def test_family_without_the_app_is_asked_by_the_teacher(two: Conversation):
    two.teacher.says("!дело снять Чернов фото", room="staff")
    two.teacher.says("!дело Исаев фото", room="staff")
    two.guardian(0).says("обмен с Исаевым на фото", room="family0-0")
    assert "Эта семья без приложения, передаст учитель." in two.texts("family0-0")[-1]
    assert two.texts("staff")[-1].startswith("Ксения Калинина просит семью без приложения об обмене: Максим Исаев получит")
    two.teacher.says("!обмен да Исаев", room="staff")
    assert [roles(two)[0], roles(two)[2]] == ["1️⃣ чай — 1 из 2: guardian6.", "3️⃣ фото — 1 из 1: guardian0."]


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("обмен с Пушкиными на фото", "Не нахожу в классе «пушкиными»."),
        ("обмен с Беляевыми на фото", "У той семьи нет такого дела: фото."),
        ("обмен с Черновыми на машину", "У той семьи нет такого дела: машину."),
        ("обмен с Черновыми машину на фото", "У вашей семьи нет такого дела: машину."),
        ("обмен с Калиниными", "Это ваша же семья."),
        ("обмен чай на фото", "С кем и на что поменяться? Например: обмен с Черновыми чай на фото"),
    ],
)
def test_wrong_request_gets_one_sentence(two: Conversation, said: str, answer: str):
    assert two.guardian(0).says(said, room="family0-0").startswith(answer)


def test_of_several_own_duties_it_is_asked_which(two: Conversation):
    two.guardian(0).says("машина", room="family0-0")
    assert two.guardian(0).says("обмен с Черновыми", room="family0-0").startswith(f"Что вы отдаёте? У вас {TEA}, «машина»")


def test_same_request_twice_is_one(two: Conversation):
    ask(two)
    assert ask(two) == "Об этом обмене вы уже просили, жду ответа."
    assert len(two.texts("family2-1")) == 1


def test_swap_in_english(english: Conversation):
    english.teacher.says("!duties no 12 tea 2; photos 1", room="staff")
    desks(english)
    english.guardian(0).reacts("Duties", "1️⃣", room="events")
    english.guardian(2).reacts("Duties", "2️⃣", room="events")
    asked = english.guardian(0).says("swap tea with Belyaev for photos", room="family0-0")
    assert asked.startswith("I have asked. You would give “tea” (“Каток”, Sat, 5 December, 12:00) and get “photos”")
    assert english.guardian(3).says("yes", room="family1-0").startswith("The swap is done. You now have “tea”")
    assert roles(english) == ["1️⃣ tea — 1 of 2: guardian3.", "2️⃣ photos — 1 of 1: guardian0."]


def test_household_of_a_swap_is_the_one_that_answered(two: Conversation):
    ask(two)
    two.guardian(5).says("да", room="family2-1")

    def homes() -> list[str | None]:
        duty = next(duty for duty in store.open_duties("3b") if duty.title == "чай")
        return [hold.household for hold in store.holds(duty)]

    household = two.guardian(5).person
    assert household is not None
    assert two._runner.run(two.database.call(homes)) == [household.household_id]
    assert isinstance(two.roster.household(household.household_id), Household)
