"""Parents who live apart: neither acts on what the other has taken, nor reads of it."""

from __future__ import annotations

from typing import Any

import pytest

from classroom_matrix.domain.people import Family
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties.plugin import plugin

from .talking import desks, roles
from .views import view_of

TEA = "«чай» («Каток», сб, 5 декабря, 12:00)"
PHOTOS = "«фото» («Каток», сб, 5 декабря, 12:00)"


@pytest.fixture
def apart(opened: Conversation) -> Conversation:
    """Марк's mother (4) has tea, Калинина (0) photos."""
    desks(opened)
    opened.guardian(4).says("чай", room="family2-0")
    opened.guardian(0).says("фото", room="family0-0")
    return opened


@pytest.mark.parametrize("said", ["не смогу", "не сможем", "не получится", "отмена", "can't make it", "cancel"])
def test_words_that_name_nothing_are_about_the_own_home_s_things(apart: Conversation, said: str):
    assert apart.guardian(5).says(said, room="family2-1") == ""
    assert "guardian4" in roles(apart)[0]
    assert apart.guardian(4).says(said, room="family2-0") == f"Хорошо, место свободно: {TEA}."


def test_naming_what_the_other_home_has_taken_changes_nothing(apart: Conversation):
    answer = apart.guardian(5).says("не смогу чай", room="family2-1")
    assert answer == f"Это взял другой дом вашей семьи, отказаться может только он: {TEA}."
    assert "guardian4" in roles(apart)[0]


def test_own_duties_are_listed_only(apart: Conversation):
    assert apart.guardian(5).says("наши дела", room="family2-1") == "В этом учебном году у вашей семьи 1 дело."
    assert TEA in apart.guardian(4).says("наши дела", room="family2-0")


def test_request_to_swap_is_the_home_s_that_asked(apart: Conversation):
    apart.guardian(4).says("обмен с Калиниными", room="family2-0")
    assert apart.guardian(5).says("отменить обмен", room="family2-1") == ""
    assert apart.guardian(4).says("отменить обмен", room="family2-0") == "Хорошо, обмена не будет."
    assert apart.texts("family0-0")[-1] == (
        f"Просьбу об обмене отозвали, отвечать не нужно: вам — {TEA}, от вас — {PHOTOS}. Всё остаётся как было."
    )
    assert apart.guardian(1).says("да", room="family0-0").startswith("Спасибо, но уже поздно: этот обмен больше невозможен")


def test_what_the_other_home_was_asked_cannot_be_answered_or_seen(apart: Conversation):
    apart.guardian(0).says("обмен с Черновыми", room="family0-0")
    home = apart.roster.household("family2-1")  # type: ignore[arg-type]
    lines = apart._runner.run(apart.database.call(lambda: list(plugin.agenda(view_of(apart), home))))  # type: ignore[misc]
    assert not any("обмен" in str(line) for line in lines)
    assert apart.guardian(5).says("да", room="family2-1") == ""
    assert apart.guardian(5).says("нет", room="family2-1") == ""
    apart.guardian(4).says("да", room="family2-0")
    assert ["guardian0" in roles(apart)[0], "guardian4" in roles(apart)[2]] == [True, True]


def test_other_home_cannot_swap_it_away(apart: Conversation):
    assert apart.guardian(5).says("обмен с Калиниными чай на фото", room="family2-1") == ""
    assert apart.texts("family0-0")[-1].startswith("Записал за вами")


def test_export_of_one_home_holds_nothing_of_the_other(apart: Conversation):
    apart.teacher.says("!дело Чернов машина", room="staff")
    apart.guardian(4).says("обмен с Калиниными чай на фото", room="family2-0")
    whole = apart.family("Чернов")

    def exported(home: int) -> dict[str, Any]:
        part = Family(whole.id, whole.pupils, (whole.households[home],), whole.reach)
        return apart._runner.run(apart.database.call(lambda: dict(plugin.export(view_of(apart), part))))  # type: ignore[misc]

    assert "чай" in str(exported(0))
    assert "чай" not in str(exported(1))
    assert "машина" in str(exported(1))  # whose it is nobody knows
    assert "Обмены" not in exported(1)


def test_swap_is_off_for_good_once_one_side_gave_back_and_took_again(apart: Conversation):
    apart.guardian(4).says("обмен с Калиниными", room="family2-0")
    apart.guardian(4).says("не смогу чай", room="family2-0")
    assert any("Просьбу об обмене отозвали" in text for text in apart.texts("family0-0"))
    apart.guardian(4).says("чай", room="family2-0")
    apart.guardian(0).says("да", room="family0-0")
    apart.guardian(0).reacts("предлагает обмен", "✅", room="family0-0")
    assert ["guardian4" in roles(apart)[0], "guardian0" in roles(apart)[2]] == [True, True]


def test_asker_hears_when_the_other_gave_back(apart: Conversation):
    apart.guardian(4).says("обмен с Калиниными", room="family2-0")
    apart.teacher.says("!дело снять Калинина фото", room="staff")
    assert apart.texts("family2-0")[-1].startswith(f"Обмен больше невозможен, что-то изменилось: {PHOTOS}.")
