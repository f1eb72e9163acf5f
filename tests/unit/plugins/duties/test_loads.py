"""What counts, who is not asked, and what others can tell of it."""

from __future__ import annotations

from datetime import datetime

import pytest

from classroom_matrix.storage.tables import FamilyRow, HouseholdRow, MemberRow, PersonRow, PupilRow
from classroom_matrix.testing.conversation import CLASS, SERVER, Conversation
from classroom_plugins.duties.plugin import plugin

from .stage import Stage
from .talking import desks, roles


def rows(talk: Conversation) -> dict[str, str]:
    """The table in the staff room: family → the rest of its row."""
    talk.teacher.says("!дела нагрузка", room="staff")
    lines = talk.texts("staff")[-1].split("\n")[2:-1]
    return {family: rest for family, _, rest in (line.partition(" · ") for line in lines)}


def newcomer(talk: Conversation, name: str) -> None:
    def write() -> None:
        FamilyRow.create(id="new", reach="app")
        PupilRow.create(
            id="newpupil", class_id=CLASS, family_id="new", name=name, surname=name.rsplit(maxsplit=1)[-1], number=90
        )
        HouseholdRow.create(id="new-0", family_id="new")
        PersonRow.create(id="newguardian", name="newguardian", user_id=f"@newguardian:{SERVER}")
        MemberRow.create(class_id=CLASS, person_id="newguardian", role="guardian", family_id="new", household_id="new-0")

    talk._runner.run(talk.database.call(write))


def test_load_counts_what_is_held_and_done_and_nothing_else(opened: Conversation, stage: Stage):
    desks(opened)
    for name in ("Калинина", "Беляев", "Чернов"):
        opened.teacher.says(f"!дело {name} машина", room="staff")
    opened.teacher.says("!дело Исаев чай", room="staff")
    opened.guardian(2).says("не смогу машину", room="family1-0")
    opened.move_to(datetime(2026, 12, 5, 15, 0))
    stage.ends(opened)
    opened.teacher.says("!дело не пришли Чернов машина", room="staff")
    assert rows(opened) == {
        "Таисия Беляева, Семён Беляев": "0 · ",
        "Марк Чернов": "0 · не пришли: 1",
        "Ксения Калинина": "1 · ",
        "Максим Исаев": "1 · ",
    }


def test_what_was_done_can_be_entered_afterwards(opened: Conversation, stage: Stage):
    opened.move_to(datetime(2026, 12, 5, 15, 0))
    stage.ends(opened)
    assert opened.teacher.says("!дело Исаев чай №12", room="staff").startswith("Записано: Максим Исаев")
    assert rows(opened)["Максим Исаев"] == "1 · "


def test_no_show_before_the_time_is_refused(opened: Conversation):
    opened.teacher.says("!дело Исаев чай", room="staff")
    assert opened.teacher.says("!дело не пришли Исаев чай", room="staff").startswith("Это ещё впереди")


def test_role_may_weigh_more(opened: Conversation):
    opened.teacher.says("!дела №12 сцена 1 вес 3", room="staff")
    opened.teacher.says("!дело Исаев сцена", room="staff")
    assert rows(opened)["Максим Исаев"] == "3 · "


def test_school_year_begins_in_september(opened: Conversation, stage: Stage):
    stage.plans(20, "День знаний", datetime(2027, 9, 1, 9, 0))
    opened.teacher.says("!дела №20 цветы 1", room="staff")
    opened.teacher.says("!дело Исаев цветы", room="staff")
    assert rows(opened)["Максим Исаев"] == "0 · "


def test_loads_are_for_staff_only_and_never_shown_to_families(opened: Conversation):
    opened.teacher.says("!дела нагрузка", room="events")
    assert opened.texts("staff")[-1].startswith("Дела семей, 2026/27 учебный год:")
    assert "Дела семей" not in "".join(opened.texts("events"))
    assert (
        opened.guardian(0).says("!дела нагрузка", room="talk")
        == "Эта команда — для учителя. Если вам нужно то, что она делает, напишите учителю."
    )


def test_family_hears_its_own_load(opened: Conversation):
    desks(opened)
    ask = "Сколько у нас дел?"
    assert opened.guardian(0).says(ask, room="family0-0") == "В этом учебном году у вашей семьи 0 дел."
    opened.teacher.says("!дело Калинина чай", room="staff")
    assert opened.guardian(1).says(ask, room="family0-0") == (
        "В этом учебном году у вашей семьи 1 дело. Впереди: «чай» («Каток», сб, 5 декабря, 12:00)."
    )


def test_newcomer_begins_with_the_least_load_of_the_class(opened: Conversation):
    for name in ("Калинина", "Беляев", "Чернов"):
        opened.teacher.says(f"!дело {name} машина", room="staff")
    opened.teacher.says("!дело Исаев чай", room="staff")
    newcomer(opened, "Лев Новиков")
    assert rows(opened)["Лев Новиков"] == "0 · в счёт добавлено 1"
    opened.teacher.says("!дела №12 флаг 4", room="staff")
    opened.teacher.says("!дела предложить", room="staff")
    assert all("(дел 1 → 2)" in line for line in opened.card("Предложение", room="staff").body.split("\n") if "флаг —" in line)


# ── Exemptions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def proposed(talk: Conversation) -> str:
    talk.teacher.says("!дела предложить №12", room="staff")
    return talk.card("Предложение", room="staff").body


def test_exempt_family_is_not_proposed_and_only_staff_know(opened: Conversation):
    opened.teacher.says("!освободить Калинина до 1 марта", room="events")
    assert opened.texts("staff")[-1].startswith("По 1 марта включительно не предлагаю дел: Ксения Калинина.")
    assert "Калинин" not in proposed(opened)
    assert rows(opened)["Ксения Калинина"] == "0 · освобождена"
    shared = [text for room in ("events", "announcements", "talk") for text in opened.texts(room)]
    assert not any("Калинин" in text or "освоб" in text for text in shared)


def test_exempt_family_may_volunteer(opened: Conversation):
    opened.teacher.says("!освободить Калинина", room="staff")
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    assert "guardian0" in roles(opened)[0]


def test_exemption_ends_by_its_date_or_by_command(opened: Conversation):
    opened.teacher.says("!освободить Калинина до 20 ноября", room="staff")
    opened.teacher.says("!освободить Исаев", room="staff")
    assert opened.teacher.says("!освободить список", room="staff") == (
        "Сейчас не предлагаю дел:\n• Ксения Калинина — по 20 ноября\n• Максим Исаев — по 31 августа"
    )
    opened.move_to(datetime(2026, 11, 21, 9, 0))
    assert opened.teacher.says("!освободить снять Исаев", room="staff") == "Снова предлагаю дела: Максим Исаев."
    assert opened.teacher.says("!освободить снять Исаев", room="staff") == "Эта семья и так не освобождена."
    assert opened.teacher.says("!освободить список", room="staff") == "Сейчас никто не освобождён."
    body = proposed(opened)
    assert "Калинина" in body
    assert "Исаев" in body


def test_family_that_is_asked_again_begins_with_the_least_load(opened: Conversation):
    opened.teacher.says("!освободить Исаев до 20 ноября", room="staff")
    for name in ("Калинина", "Беляев", "Чернов"):
        opened.teacher.says(f"!дело {name} машина", room="staff")
    opened.move_to(datetime(2026, 11, 21, 9, 0))
    assert rows(opened)["Максим Исаев"] == "0 · в счёт добавлено 1"


def test_explanations_never_name_who_is_exempt(opened: Conversation):
    desks(opened)
    opened.teacher.says("!освободить Калинина", room="staff")
    opened.teacher.says("!дела предложить", room="staff")
    opened.teacher.says("!дела отправить", room="staff")
    told = [text for home in ("family1-0", "family2-0", "family2-1") for text in opened.texts(home)]
    assert told
    assert not any("Калинин" in text or "освобо" in text for text in told)


def test_exemption_in_english(english: Conversation):
    english.teacher.says("!duties no 12 tea 4", room="staff")
    answer = english.teacher.says("!excuse Kalinina until 1 March", room="staff")
    assert answer == (
        "Until 1 March, that day included, I do not ask this family: Ксения Калинина. "
        "What it takes by itself stays its own. Nobody else knows of this."
    )
    english.teacher.says("!duties propose", room="staff")
    assert "Калинин" not in english.card("Proposal", room="staff").body
    assert english.teacher.says("!duties load", room="staff").startswith("Duties of families, school year 2026/27:")


@pytest.mark.parametrize("command", ["!освободить Калинина", "!дело Калинина чай", "!дела предложить", "!дежурство по классу"])
def test_commands_of_the_teacher_are_not_for_guardians(opened: Conversation, command: str):
    assert opened.guardian(0).says(command, room="talk").startswith("Эта команда — для учителя.")


def test_plugin_works_without_a_plugin_that_keeps_occasions():
    with Conversation(plugin) as talk:
        assert talk.teacher.says("!дела чай 2", room="staff").startswith("Для чего эти дела? Например: !дела Субботник: ")
