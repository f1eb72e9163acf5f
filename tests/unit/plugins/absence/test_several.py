"""Several pupils, several days, a part of a day, and short names."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.absence.plugin import plugin
from classroom_plugins.events.plugin import plugin as events

from .test_dialogue import away, desk, says

ASKED = "Верно? Ответьте «да» или «нет»."


def enters(talk: Conversation, text: str) -> list[str]:
    before = len(talk.texts("staff"))
    talk.teacher.says(text, room="staff")
    return talk.texts("staff")[before:]


def days_of(talk: Conversation, pupil: str) -> list[int]:
    """Days of November 2026 on which a pupil is away."""
    return [day for day in range(1, 31) if pupil in away(talk, date(2026, 11, day))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("!отсутствует Калинина, Чернов завтра", ["Ксения Калинина", "Марк Чернов"]),
        ("!отсутствует Калинина и Чернов завтра", ["Ксения Калинина", "Марк Чернов"]),
        ("!отсутствуют Калинина, Беляева Таисия и Исаев завтра", ["Ксения Калинина", "Таисия Беляева", "Максим Исаев"]),
        ("!отсутствует Калинина Чернов завтра", ["Ксения Калинина", "Марк Чернов"]),
        ("!отсутствуют Беляевы завтра", ["Таисия Беляева", "Семён Беляев"]),
        ("!болеют Беляевы завтра", []),
        ("!отсутствуют Беляевы Таисия и Семён завтра", ["Таисия Беляева", "Семён Беляев"]),
        ("!away Kalinina and Chernov tomorrow", ["Ксения Калинина", "Марк Чернов"]),
        ("!отсутствует Ксюша завтра", ["Ксения Калинина"]),
        ("!отсутствует Калинина Ксюша и Макс завтра", ["Ксения Калинина", "Максим Исаев"]),
        ("!отсутствует Калинина, Семейные обстоятельства, завтра", ["Ксения Калинина"]),
    ],
)
def test_everybody_who_is_named_is_entered(talk: Conversation, text: str, names: list[str]):
    answers = enters(talk, text)
    assert [answer.removeprefix("Записано: ").split(" —")[0] for answer in answers if answer.startswith("Записано")] == names
    assert len(away(talk, date(2026, 11, 17))) == len(names)


@pytest.mark.parametrize(
    "text",
    [
        "!отсутствует Калинина в среду, Чернов в четверг",
        "!отсутствует Калинина, Мишина завтра",
        "!отсутствует Калинина и Пушкин завтра",
        "!отсутствует Калинина, Чернв завтра",
        "!отсутствует Калинина по средам",
        "!отсутствует Калинина в среду. В пятницу тоже",
    ],
)
def test_entry_that_is_not_quite_understood_enters_nothing(talk: Conversation, text: str):
    (answer,) = enters(talk, text)
    assert not answer.startswith("Записано")
    assert all(away(talk, date(2026, 11, day)) == {} for day in range(16, 30))


def test_who_is_away_may_be_asked_with_the_same_word(talk: Conversation):
    enters(talk, "!отсутствуют Беляевы завтра")
    assert enters(talk, "!отсутствуют завтра")[0].startswith("вт, 17 ноября: нет 2 учеников")
    assert enters(talk, "!отсутствуют")[0].startswith("пн, 16 ноября: об отсутствии никто не сообщал.")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("!отсутствует Калинина в среду и пятницу", [18, 20]),
        ("!отсутствует Калинина в среду и в пятницу по семейным", [18, 20]),
        ("!away Kalinina on Wednesday and Friday", [18, 20]),
        ("!отсутствует Калинина 23, 25 и 27 ноября", [23, 25, 27]),
        ("!отсутствует Калинина 18 и 20 ноября", [18, 20]),
        ("!отсутствует Калинина с 23 по 25 и 30 ноября", [23, 24, 25, 30]),
        ("!отсутствует Калинина завтра и в четверг, мама звонила", [17, 19]),
        ("!отсутствует Калинина в пятницу и понедельник", [20, 23]),
        ("!болеет Калинина завтра, а также в пятницу", [17, 20]),
        ("!отсутствует Калинина сегодня и завтра", [16, 17]),
    ],
)
def test_every_day_of_a_list_is_entered(talk: Conversation, text: str, days: list[int]):
    enters(talk, text)
    noted = [day for day in days_of(talk, "pupil1") if day not in (21, 22)]
    assert noted == days


def test_two_days_are_told_in_one_line(talk: Conversation):
    desk(talk)
    assert enters(talk, "!отсутствует Калинина в среду и пятницу") == [
        "Записано: Ксения Калинина — причина не указана: ср, 18 ноября, пт, 20 ноября."
    ]
    assert talk.texts("family0-0")[-1:] == ["Ксения: записано отсутствие: ср, 18 ноября, пт, 20 ноября."]
    talk.move_to(datetime(2026, 11, 24, 12, 0))
    assert [text.split(":")[0] for text in talk.texts("staff")[1:]] == ["ср, 18 ноября", "пт, 20 ноября"]


@pytest.mark.parametrize(
    "text",
    ["после обеда", "in the afternoon", ", опоздает к 10", "до 12:00", "с третьего урока", "в первой половине дня", "к 10",
     "на первом уроке", "до обеда", "придёт ко второму уроку, опоздает", "с 10 часов", "half a day", "забрали пораньше"],
)  # fmt: skip
def test_part_of_a_day_is_no_whole_day(talk: Conversation, text: str):
    desk(talk)
    (answer,) = enters(talk, f"!отсутствует Калинина {text}")
    assert "часть дня" in answer
    assert talk.texts("family0-0") == []
    assert away(talk, date(2026, 11, 16)) == {}


def test_part_of_a_day_of_a_family_s_command(talk: Conversation):
    assert says(talk, "!болеет после обеда").startswith("Здесь записывают только целые дни, поэтому ничего не записано.")
    assert away(talk, date(2026, 11, 16)) == {}


def test_two_days_in_plain_words(talk: Conversation):
    assert says(talk, "Ксении не будет в среду и пятницу") == (
        "Записано: Ксения — причина не указана: ср, 18 ноября, пт, 20 ноября. Если что-то изменится, просто напишите сюда."
    )
    assert days_of(talk, "pupil1") == [18, 20]
    assert says(talk, "Ксении не будет в среду и пятницу").startswith("Это уже записано: Ксения — причина не указана: ср, 18")


def test_two_days_that_are_asked_back(talk: Conversation):
    asked = says(talk, "может, завтра и в четверг не придём")
    assert asked == f"Понял так: Ксения: не будет в школе вт, 17 ноября, чт, 19 ноября. {ASKED}"
    says(talk, "да")
    assert days_of(talk, "pupil1") == [17, 19]


def test_two_days_of_an_edited_and_a_deleted_message(talk: Conversation):
    room = desk(talk)
    event = talk.guardian(0).sends("m.room.message", {"msgtype": "m.text", "body": "не придём в среду и пятницу"}, room=room)
    assert days_of(talk, "pupil1") == [18, 20]
    new = {"msgtype": "m.text", "body": "не придём в четверг"}
    relation = {"rel_type": "m.replace", "event_id": event}
    content = {**new, "body": "* не придём в четверг", "m.new_content": new, "m.relates_to": relation}
    talk.guardian(0).sends("m.room.message", content, room=room)
    assert days_of(talk, "pupil1") == [19]
    other = talk.guardian(0).sends("m.room.message", {"msgtype": "m.text", "body": "не придём 24 и 26 ноября"}, room=room)
    assert days_of(talk, "pupil1") == [19, 24, 26]
    talk.guardian(0).takes_back(other, room=room)
    assert days_of(talk, "pupil1") == [19]
    assert talk.texts(room)[-1] == "Ксения: сообщение удалено, и запись об отсутствии снята."


def test_twin_joins_for_all_days(talk: Conversation):
    says(talk, "Таисия не придёт в среду и пятницу", 2, "family1-0")
    says(talk, "Семён тоже", 2, "family1-0")
    assert days_of(talk, "pupil2") == days_of(talk, "pupil3") == [18, 20]


@pytest.mark.parametrize(
    "text",
    ["Доброе утро! Ксюша сегодня заболела", "Ксюши сегодня не будет, болеем", "у Ксюши температура, сегодня не придём",
     "Ksyusha is ill today"],
)  # fmt: skip
def test_short_name_is_the_pupil_s(talk: Conversation, text: str):
    assert says(talk, text).startswith("Записано: Ксения")


def test_several_days_in_english(english: Conversation):
    assert says(english, "Kseniya won't come on Wednesday and Friday") == (
        "Noted: Ксения — no reason given: Wed, 18 November, Fri, 20 November. If anything changes, just write here."
    )
    assert "only whole days" in english.teacher.says("!away Kalinina in the afternoon", room="staff")
    assert "each, it seems, with days of their own" in english.teacher.says(
        "!away Kalinina on Wednesday, Chernov on Thursday", room="staff"
    )


def test_each_twin_has_days_of_their_own(talk: Conversation):
    says(talk, "Тая в среду, Сёма в четверг не придут", 2, "family1-0")
    says(talk, "1", 2, "family1-0")
    says(talk, "2", 2, "family1-0")
    assert (days_of(talk, "pupil2"), days_of(talk, "pupil3")) == ([18], [19])


def test_short_name_tells_twins_apart(talk: Conversation):
    assert says(talk, "Сёма заболел", 2, "family1-0").startswith("Записано: Семён")


@pytest.mark.parametrize(
    "text",
    [
        "нас завтра не будет, и на каток не придём",
        "завтра мы уезжаем и на каток не придём",
        "На каток не придём. Завтра нас не будет",
        "we won't be in tomorrow, and we are not coming to the rink",
    ],
)
def test_absence_beside_an_outing_is_asked(text: str):
    with Conversation({plugin: plugin.config(), events: events.config()}, start=datetime(2026, 11, 16, 7, 30)) as talk:  # type: ignore[misc]
        talk.teacher.says("!событие Каток 28 ноября 12:00", room="staff")
        assert "не будет в школе вт, 17 ноября" in says(talk, text)
        assert away(talk, date(2026, 11, 17)) == {}


@pytest.mark.parametrize(
    "text",
    ["завтра на каток не придём", "на каток и на концерт не придём завтра", "завтра у нас не будет формы, на каток не придём"],
)
def test_outing_alone_is_no_absence(talk: Conversation, text: str):
    assert says(talk, text) == ""
