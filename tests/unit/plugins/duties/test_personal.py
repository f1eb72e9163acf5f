"""What is open for a household and what awaits it; what it gets of its data, and what stays when it is forgotten."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from classroom_matrix.domain.content import Line
from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.duties import store
from classroom_plugins.duties.asking import store as asking_store
from classroom_plugins.duties.plugin import plugin

from .stage import Stage
from .talking import desks, roles
from .views import view_of


def said(lines: list[Line]) -> list[str]:
    return ["".join(str(span) for span in line.spans) for line in lines]


def agenda(talk: Conversation, household: str, language: str | None = None) -> list[str]:
    home = talk.roster.household(household)  # type: ignore[arg-type]
    return said(talk._runner.run(talk.database.call(lambda: list(plugin.agenda(view_of(talk, language), home)))))  # type: ignore[misc]


def coming(talk: Conversation, household: str, day: date) -> list[str]:
    home = talk.roster.household(household)  # type: ignore[arg-type]
    return said(talk._runner.run(talk.database.call(lambda: list(plugin.coming(view_of(talk), home, day)))))  # type: ignore[misc]


def export(talk: Conversation, pupil: str) -> dict[str, Any]:
    family = talk.family(pupil)
    return talk._runner.run(talk.database.call(lambda: dict(plugin.export(view_of(talk), family))))  # type: ignore[misc]


def erase(talk: Conversation, pupil: str) -> None:
    family = talk.family(pupil)
    talk._runner.run(talk.database.call(lambda: plugin.erase(view_of(talk), family)))  # type: ignore[misc]


def test_agenda_names_empty_places_while_the_family_does_nothing(opened: Conversation):
    assert agenda(opened, "family0-0") == [
        "«Каток» (№12): нужны помощники: 1️⃣ чай, 2️⃣ машина, 3️⃣ фото. Возьмите кнопкой или напишите сюда."
    ]
    opened.guardian(2).reacts("Дела", "3️⃣", room="events")
    assert "фото" not in agenda(opened, "family0-0")[0]
    assert agenda(opened, "family1-0") == []
    assert agenda(opened, "family2-0", "en") == [
        "“Каток” (no. 12): helpers are needed: 1️⃣ чай, 2️⃣ машина. Take one with its button, or write here."
    ]


def test_agenda_names_letters_that_wait_for_an_answer(opened: Conversation):
    desks(opened)
    opened.teacher.says("!дела убрать №12 чай", room="staff")
    opened.teacher.says("!дела убрать №12 машина", room="staff")
    opened.guardian(0).says("фото", room="family0-0")
    opened.teacher.says("!дела №12 флаг 1", room="staff")
    opened.guardian(2).says("флаг", room="family1-0")
    opened.guardian(0).says("обмен с Беляевыми", room="family0-0")
    (line,) = agenda(opened, "family1-0")
    assert line.startswith("Вам предлагают обмен: вам — «фото»")
    opened.teacher.says("!дела №12 шары 4", room="staff")
    opened.teacher.says("!дела предложить", room="staff")
    opened.teacher.says("!дела отправить", room="staff")
    assert agenda(opened, "family2-0")[0].startswith("Предложение вашей семье: «шары»")


def test_what_awaits_a_household_tomorrow(opened: Conversation):
    opened.guardian(4).reacts("Дела", "2️⃣", room="events")
    assert coming(opened, "family2-0", date(2026, 12, 5)) == [
        "За вами: «машина» («Каток», сб, 5 декабря, 12:00). Нужно: машина."
    ]
    assert coming(opened, "family2-0", date(2026, 12, 6)) == []
    assert coming(opened, "family2-1", date(2026, 12, 5)) == []  # the father's household


def test_export_holds_everything_about_the_family_and_nothing_of_others(opened: Conversation):
    desks(opened)
    opened.guardian(0).says("чай", room="family0-0")
    opened.guardian(2).says("фото", room="family1-0")
    opened.guardian(0).says("не смогу чай", room="family0-0")
    opened.teacher.says("!дело Калинина машина", room="staff")
    opened.teacher.says("!освободить Калинина до 1 марта", room="staff")
    opened.guardian(0).says("у нас есть машина", room="family0-0")
    found = export(opened, "Калинина")
    assert [(row["Дело"][:8], row["Как"], row["Кто"], row["Состояние"]) for row in found["Что семья брала"]] == [
        ("«чай» («", "сообщением в личной комнате", "guardian0", "возвращено"),
        ("«машина»", "внёс учитель", "—", "за семьёй"),
    ]
    assert found["Освобождения от дел"][0]["До"] == "02.03.2027 00:00"
    assert found["Что есть у семьи"] == {"машина": "да"}
    assert "фото" not in str(found)
    assert export(opened, "Исаев") == {}


def test_erased_family_frees_its_places_and_its_done_ones_stay_counted(opened: Conversation, stage: Stage):
    opened.guardian(0).reacts("Дела", "3️⃣", room="events")
    opened.move_to(datetime(2026, 12, 5, 15, 0))
    stage.ends(opened)
    stage.plans(13, "Театр", datetime(2026, 12, 19, 13, 0))
    opened.teacher.says("!дела №13 билеты 1", room="staff")
    opened.guardian(0).reacts("Театр", "1️⃣", room="events")
    opened.teacher.says("!освободить Калинина", room="staff")
    family = opened.family("Калинина").id
    erase(opened, "Калинина")
    erase(opened, "Калинина")

    def left() -> tuple[dict[Any, int], list[Any], list[Any]]:
        return store.counted("3b", 2026), store.history_of("3b", family), asking_store.exemptions("3b")

    counted, history, exemptions = opened._runner.run(opened.database.call(left))
    assert (sum(counted.values()), family in counted, history, exemptions) == (1, False, [], [])
    opened.guardian(2).reacts("Театр", "1️⃣", room="events")
    assert roles(opened, "Театр") == ["1️⃣ билеты — 1 из 1: guardian2."]


def test_erased_family_is_in_no_table(opened: Conversation):
    desks(opened)
    opened.guardian(0).reacts("Дела", "3️⃣", room="events")
    opened.guardian(2).reacts("Дела", "1️⃣", room="events")
    opened.guardian(0).says("обмен с Беляевыми", room="family0-0")
    opened.guardian(0).says("у нас нет машины", room="family0-0")
    opened.teacher.says("!дело Калинина машина", room="staff")
    opened.guardian(1).says("не смогу машину", room="family0-0")
    opened.teacher.says("!дела предложить", room="staff")
    opened.teacher.says("!освободить Калинина", room="staff")
    family = opened.family("Калинина")
    known = {family.id, *(home.id for home in family.households), *(person.id for person in family.guardians)}
    erase(opened, "Калинина")

    def everything() -> list[Any]:
        tables = [row[0] for row in opened.database.execute("SELECT name FROM sqlite_master WHERE name LIKE 'duties_%'")]
        tables = [name for name in tables if not name.startswith("duties_hold_once") and "_" in name]
        rows: list[Any] = []
        for name in tables:
            kind = opened.database.execute("SELECT type FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]
            if kind == "table":
                rows += opened.database.execute(f"SELECT * FROM {name}").fetchall()
        return rows

    rows = opened._runner.run(opened.database.call(everything))
    assert rows
    assert [row for row in rows if known & {str(value) for value in row}] == []


@pytest.mark.parametrize("pupil", ["Чернов"])
def test_family_without_duties_has_nothing_to_export(talk: Conversation, pupil: str):
    assert export(talk, pupil) == {}
