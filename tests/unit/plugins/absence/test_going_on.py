"""What families add to an absence, take back of it, or say of one twin only."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.absence.plugin import plugin
from classroom_plugins.events.plugin import plugin as events
from tests.unit.plugins.absence.test_dialogue import away, edit, says

MON = date(2026, 11, 16)
WED = date(2026, 11, 18)
FRI = date(2026, 11, 20)
TWINS = "family1-0"


@pytest.mark.parametrize(
    ("text", "until", "last"),
    [
        ("болеет сегодня", "до пятницы", FRI),
        ("болеет сегодня", "ой, до среды", WED),
        ("болеет до пятницы", "ой, до среды", WED),
        ("сегодня не идём", "до пятницы", FRI),
        ("sick today", "until Friday", FRI),
    ],
)
def test_next_line_says_until_when(talk: Conversation, text: str, until: str, last: date):
    says(talk, text)
    assert says(talk, until).startswith("Записано: Ксения")
    assert away(talk, MON) == {"pupil1": last}


def test_next_line_of_twins_is_of_those_who_were_told(talk: Conversation):
    says(talk, "Таисия болеет сегодня", 2, TWINS)
    says(talk, "до среды", 2, TWINS)
    assert away(talk, MON) == {"pupil2": WED}
    says(talk, "Семён тоже", 2, TWINS)
    says(talk, "до пятницы", 2, TWINS)
    assert away(talk, MON) == {"pupil2": FRI, "pupil3": FRI}


def test_later_it_is_asked_and_of_nobody_away_it_is_talk(talk: Conversation):
    assert says(talk, "до пятницы") == ""
    says(talk, "болеет до среды")
    talk.advance(hours=2)
    assert says(talk, "до пятницы").startswith("Понял так: Ксения: не будет в школе с пн, 16 ноября по пт, 20 ноября.")
    assert away(talk, MON) == {"pupil1": WED}


def test_english_line_says_until_when(english: Conversation):
    says(english, "sick today")
    assert says(english, "oops, until Thursday").startswith("Noted: Ксения — ill, from Mon, 16 November to Thu, 19 November.")


@pytest.mark.parametrize(
    "text", ["Таисия болеет, Семён придёт", "Таисия болеет, Семён в школе", "Семён здоров, болеет только Таисия"]
)
def test_only_the_ill_twin_is_recorded(talk: Conversation, text: str):
    assert says(talk, text, 2, TWINS).startswith("Записано: Таисия — болезнь, пн, 16 ноября.")
    assert list(away(talk, MON)) == ["pupil2"]


def test_twins_who_part_are_asked_of_each(talk: Conversation):
    says(talk, "оба болеют до среды", 2, TWINS)
    asked = says(talk, "Таисия выздоровела, Семён ещё болеет до пятницы", 2, TWINS)
    assert "1. Таисия: снова в школе" in asked
    assert "2. Семён: не будет в школе с пн, 16 ноября по пт, 20 ноября" in asked
    says(talk, "1", 2, TWINS)
    says(talk, "2", 2, TWINS)
    assert away(talk, WED) == {"pupil3": FRI}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("врач выписал с завтрашнего дня", {}),
        ("завтра в школу", {}),
        ("сегодня уже в школе", {}),
        ("мы в школе", {}),
        ("будет в четверг", {"pupil1": WED}),
    ],
)
def test_return_in_other_words(talk: Conversation, text: str, left: dict[str, date]):
    says(talk, "болеет до среды")
    talk.move_to(datetime(2026, 11, 17, 10, 0))
    assert says(talk, text).startswith("Хорошо! Ждём: Ксения")
    assert away(talk, WED) == left


def test_who_feels_better_is_asked(talk: Conversation):
    assert says(talk, "нам лучше") == ""
    says(talk, "болеет до среды")
    talk.move_to(datetime(2026, 11, 17, 10, 0))
    assert says(talk, "нам лучше").startswith("Понял так: Ксения: снова в школе ср, 18 ноября.")


def test_illness_with_a_doctor_tomorrow_begins_today(talk: Conversation):
    assert says(talk, "заболели, врач будет завтра").startswith("Записано: Ксения — болезнь, пн, 16 ноября.")
    says(talk, "Марк у меня на этой неделе, болеет до среды", 5, "family2-1")
    assert away(talk, MON) == {"pupil1": MON, "pupil4": WED}


def test_edit_of_words_that_others_took_is_left_to_them():
    with Conversation({plugin: plugin.config(), events: events.config()}, start=datetime(2026, 11, 16, 7, 30)) as talk:  # type: ignore[misc]
        talk.teacher.says("!событие Каток 28 ноября 12:00", room="staff")
        assert says(talk, "придём").startswith("Записали: «Каток»")
        answer = edit(talk, talk.guardian(0), "придём", "не придём")
        assert answer.startswith("Записали: «Каток»")
        assert "Правку сообщения я не вижу" not in "\n".join(talk.texts("family0-0"))
