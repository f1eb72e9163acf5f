"""The weekly duty in the classroom: one card for this week and the next."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation

from .talking import HOW, card, desks

OPEN = "!дежурство по классу пн–пт с 23 ноября до 31 мая"


@pytest.fixture
def rota(talk: Conversation) -> Conversation:
    desks(talk)
    talk.teacher.says(OPEN, room="staff")
    return talk


def lines(talk: Conversation) -> list[str]:
    return card(talk, "Дежурство по классу").split("\n")


def test_series_has_one_card_with_this_week_and_the_next(rota: Conversation):
    assert lines(rota) == [
        "Дежурство по классу",
        "23–27 ноября — свободно",
        "30 ноября – 4 декабря — свободно",
        "Свободно ещё: 28. 🙋 — взять ближайшее (23–27 ноября); или напишите мне дни. Передумали — «не смогу».",
    ]
    assert rota.card("по классу", room="events").reactions == {"🙋": ["@classroom:school.localhost"]}
    assert rota.texts("staff")[-1].startswith("«Дежурство по классу» открыто: 23 ноября – 31 мая, всего 28.")


def test_button_takes_the_nearest_free_week_and_gives_it_back(rota: Conversation):
    first = rota.guardian(0).reacts("по классу", "🙋", room="events")
    rota.guardian(2).reacts("по классу", "🙋", room="events")
    assert lines(rota)[1:3] == ["23–27 ноября — guardian0", "30 ноября – 4 декабря — guardian2"]
    rota.guardian(0).takes_back(first, room="events")
    assert lines(rota)[1] == "23–27 ноября — свободно"


@pytest.mark.parametrize("said", ["дежурство 30 ноября", "возьму дежурство 30 ноября – 4 декабря", "дежурим 1 декабря"])
def test_words_in_the_desk_take_a_week_by_its_days(rota: Conversation, said: str):
    answer = rota.guardian(0).says(said, room="family0-0")
    assert answer.startswith("Записал за вами: «Дежурство по классу», 30 ноября – 4 декабря.")


def test_days_alone_may_be_about_anything(rota: Conversation):
    assert rota.guardian(0).says("завтра", room="family0-0") == ""
    asked = rota.guardian(0).says("можем 2 декабря", room="family0-0")
    assert asked.startswith("Понял так: взять: «Дежурство по классу», 30 ноября – 4 декабря. Верно?")
    assert rota.guardian(0).says("да", room="family0-0").startswith("Записал за вами")


def test_series_alone_means_the_nearest_free_week(rota: Conversation):
    rota.guardian(2).reacts("по классу", "🙋", room="events")
    assert "30 ноября – 4 декабря" in rota.guardian(0).says("беру дежурство", room="family0-0")
    assert "30 ноября – 4 декабря" in rota.guardian(0).says("не смогу дежурить", room="family0-0")


def test_teacher_enters_a_week(rota: Conversation):
    answer = rota.teacher.says("!дело Исаев дежурство 7 декабря", room="staff")
    assert answer == "Записано: Максим Исаев — «Дежурство по классу», 7–11 декабря."


def test_card_turns_its_page_on_monday_by_an_edit(rota: Conversation):
    rota.guardian(0).reacts("по классу", "🙋", room="events")
    rota.move_to(datetime(2026, 11, 30, 8, 0))
    assert lines(rota)[1:3] == ["30 ноября – 4 декабря — свободно", "7–11 декабря — свободно"]
    assert len(rota.texts("events")) == 1


def test_holder_is_reminded_on_the_day_before(rota: Conversation):
    rota.guardian(0).reacts("по классу", "🙋", room="events")
    rota.teacher.says("!дело Исаев дежурство 30 ноября", room="staff")
    rota.move_to(datetime(2026, 11, 22, 17, 1))
    assert rota.texts("family0-0") == ["Напоминаю, за вами: «Дежурство по классу», 23–27 ноября." + HOW]
    rota.move_to(datetime(2026, 11, 29, 17, 1))
    assert rota.texts("staff")[-1] == (
        "Завтра дела у семей без приложения, напомните лично: «Дежурство по классу», 30 ноября – 4 декабря — Максим Исаев."
    )


def test_proposal_fills_the_next_weeks_with_different_families(rota: Conversation):
    rota.teacher.says("!дежурство предложить", room="staff")
    rows = [line for line in rota.card("Предложение", room="staff").body.split("\n") if line.startswith("• ")]
    weeks = ["23–27 ноября", "30 ноября – 4 декабря", "7–11 декабря", "14–18 декабря"]
    assert [row.removeprefix("• ").rpartition(" — ")[0] for row in rows] == weeks
    assert len({row.rsplit(" (", 1)[0].rsplit(" — ", 1)[1] for row in rows}) == 4


def test_weeks_are_swapped_by_their_days(rota: Conversation):
    rota.guardian(0).reacts("по классу", "🙋", room="events")
    rota.guardian(2).reacts("по классу", "🙋", room="events")
    rota.guardian(2).reacts("по классу", "🙋", room="events")
    asked = rota.guardian(0).says("обмен с Беляевыми на 30 ноября", room="family0-0")
    assert "получаете «Дежурство по классу», 30 ноября – 4 декабря" in asked
    rota.guardian(3).says("согласны", room="family1-0")
    assert lines(rota)[1:3] == ["23–27 ноября — guardian3", "30 ноября – 4 декабря — guardian0"]


def test_holidays_are_taken_out_and_told(rota: Conversation):
    rota.teacher.says("!дело Калинина дежурство 28 декабря", room="staff")
    rota.teacher.says("!дежурство пропустить 28 декабря – 10 января", room="staff")
    assert rota.texts("staff")[-1] == "«Дежурство по классу»: 28 декабря – 10 января — без дежурства, снято 2."
    assert rota.texts("family0-0")[-1].startswith(
        "Это больше не нужно, вы свободны: «Дежурство по классу», 28 декабря – 1 января."
    )
    assert "Свободно ещё: 26." in lines(rota)[-1]


def test_daily_series_has_a_part_for_each_school_day(talk: Conversation):
    talk.teacher.says("!дежурство Столовая вт, чт с 23 ноября до 4 декабря по дням", room="staff")
    lines = card(talk, "Столовая").split("\n")
    assert lines[1:3] == ["24 ноября — свободно", "26 ноября — свободно"]
    assert lines[3].startswith("Свободно ещё: 4.")


def test_series_ends_by_command_and_who_had_weeks_to_come_is_told(rota: Conversation):
    rota.guardian(0).reacts("по классу", "🙋", room="events")
    assert rota.teacher.says("!дежурство закончить", room="staff") == "«Дежурство по классу» закончено."
    assert rota.texts("family0-0")[-1].startswith("Это больше не нужно")
    assert lines(rota)[-1] == "Дежурство закончилось."
    assert rota.teacher.says("!дежурство предложить", room="staff").startswith("Дежурства в этом классе нет.")


def test_series_ends_by_itself(talk: Conversation):
    talk.teacher.says("!дежурство по классу с 23 ноября до 27 ноября", room="staff")
    talk.move_to(datetime(2026, 11, 30, 8, 0))
    assert card(talk, "по классу").split("\n")[-1] == "Дежурство закончилось."


def test_weeks_count_in_the_load(rota: Conversation):
    rota.teacher.says("!дело Исаев дежурство 7 декабря", room="staff")
    assert "Максим Исаев · 1" in rota.teacher.says("!дела нагрузка", room="staff")


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("!дежурство по классу сб–вс с 23 ноября до 25 ноября", "В этих днях нет ни одного дня для дежурства."),
        ("!дежурство пропустить 24 ноября – 25 ноября", "В эти дни (24–25 ноября) целиком не попадает ни одно дежурство."),
        ("!дежурство предложить уборка", "Нет дежурства «уборка»."),
    ],
)
def test_wrong_command_gets_one_sentence(rota: Conversation, command: str, answer: str):
    assert rota.teacher.says(command, room="staff").startswith(answer)


def test_series_in_english(english: Conversation):
    desks(english)
    english.teacher.says("!rota Classroom Mon–Fri from 23 November until 18 December", room="staff")
    assert card(english, "Classroom").split("\n")[:3] == [
        "Classroom",
        "23–27 November — free",
        "30 November – 4 December — free",
    ]
    assert (
        english.guardian(0)
        .says("we'll take Classroom 30 November", room="family0-0")
        .startswith("It is yours: “Classroom”, 30 November – 4")
    )
