"""Roles opened, changed and removed; and what other plugins ask for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from classroom_matrix.api.contracts import DutiesOf, DutyHolders, DutyRole, OpenDuties, WantedRole
from classroom_matrix.storage.tables import MemberRow
from classroom_matrix.testing.conversation import Conversation

from .stage import RINK, ZONE, Stage
from .talking import desks, roles


def test_one_command_opens_roles_on_one_card(opened: Conversation):
    shown = opened.card("Каток", room="events")
    assert shown.body.split("\n") == [
        "Дела: «Каток», сб, 5 декабря, 12:00 (№12)",
        "1️⃣ чай — 0 из 2.",
        "2️⃣ машина — 0 из 3. Нужно: машина.",
        "3️⃣ фото — 0 из 1.",
        (
            "Берите кнопкой с номером или напишите мне: «чай». Передумали — снимите свою реакцию или напишите «не смогу»."
            " В каждой роли — одно место на семью."
        ),
    ]
    assert sorted(shown.reactions) == ["1️⃣", "2️⃣", "3️⃣"]
    assert opened.texts("staff") == ["Открыто: «Каток» (№12), ролей 3. Карточка — в комнате событий."]
    assert not shown.loud


def test_more_roles_come_onto_the_same_card_with_a_button(opened: Conversation):
    opened.teacher.says("!дела №12 термосы 2 в 11:30", room="events")
    shown = opened.card("Каток", room="events")
    assert roles(opened)[3] == "4️⃣ термосы в 11:30 — 0 из 2."
    assert "4️⃣" in shown.reactions
    assert len(opened.texts("events")) == 1  # no confirmation where the card stands


def test_same_title_changes_its_places(opened: Conversation):
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    opened.guardian(2).reacts("Дела", "1️⃣", room="events")
    opened.teacher.says("!дела №12 Чай 4", room="staff")
    assert roles(opened)[0].startswith("1️⃣ чай — 2 из 4: ")
    assert opened.teacher.says("!дела №12 чай 1", room="staff").startswith("«чай»: уже взяли 2, меньше мест сделать нельзя.")


def test_removed_role_is_told_to_who_took_it(opened: Conversation):
    opened.guardian(0).reacts("Дела", "3️⃣", room="events")
    opened.teacher.says("!дела убрать №12 фото", room="staff")
    assert [m.body for m in opened.desk(opened.guardian(0))] == [
        "Это больше не нужно, вы свободны: «фото» («Каток», сб, 5 декабря, 12:00). Спасибо, что брались!"
    ]
    assert len(roles(opened)) == 2


def test_occasion_needs_no_number_where_there_is_one(talk: Conversation):
    talk.teacher.says("!дела чай 2, фото 1", room="staff")
    assert [line.split(" — ")[0] for line in roles(talk)] == ["1️⃣ чай", "2️⃣ фото"]


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        (
            "!дела чай 2",
            (
                "К какому событию? Есть: «Каток» (№12), «Театр» (№13). "
                "Добавьте номер или название, например: !дела №12 чай 2; фото 1"
            ),
        ),
        ("!дела №7 чай 2", "Нет события №7, или оно прошло."),
        ("!дела №12 чай 0", "«чай 0»: мест может быть от 1 до 100."),
        ("!дела №12 чай 1; 2", "Не понимаю роль «2». Например: чай 2"),
        ("!дела №12 чай в 25:61", "Нет такого времени: «в 25:61»."),
        ("!дела убрать №12 чай", "Для события №12 дел нет."),
    ],
)
def test_wrong_command_gets_one_sentence_and_opens_nothing(talk: Conversation, stage: Stage, command: str, answer: str):
    stage.plans(13, "Театр", datetime(2026, 12, 12, 13, 0))
    assert talk.teacher.says(command, room="staff") == answer
    assert talk.texts("events") == []


def test_too_many_roles_are_refused(talk: Conversation):
    many = "; ".join(f"роль {chr(1072 + n)} 1" for n in range(21))
    assert talk.teacher.says(f"!дела №12 {many}", room="staff").startswith("Ролей может быть не больше 20.")
    assert talk.texts("events") == []


def test_everybody_may_look(opened: Conversation):
    opened.guardian(0).reacts("Дела", "1️⃣", room="events")
    assert opened.guardian(2).says("!дела", room="talk").split("\n")[:2] == ["«Каток» (№12)", "1️⃣ чай — 1 из 2: guardian0."]
    assert opened.guardian(2).says("!дела №12", room="talk").startswith("«Каток» (№12)")


def test_committee_may_open_roles_and_other_guardians_not(talk: Conversation):
    assert talk.guardian(0).says("!дела №12 чай 2", room="talk").startswith("Эта команда — для учителя.")
    person = talk.guardian(0).person
    assert person is not None
    talk._runner.run(
        talk.database.call(lambda: MemberRow.update(rights="events").where(MemberRow.person_id == person.id).execute())
    )
    talk.guardian(0).says("!дела №12 чай 2", room="events")
    assert roles(talk) == ["1️⃣ чай — 0 из 2."]


# ── For other plugins ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_another_plugin_opens_roles_and_learns_who_does_what(talk: Conversation, stage: Stage):
    wanted = (
        WantedRole("чай", 2),
        WantedRole("фото", 1, datetime(2026, 12, 5, 11, 30, tzinfo=ZONE), "камера"),
    )
    answer = stage.does(talk, OpenDuties(RINK, wanted))
    assert answer == (
        DutyRole(1, "чай", 2, 0),
        DutyRole(2, "фото", 1, 0, (), datetime(2026, 12, 5, 11, 30, tzinfo=ZONE), "камера"),
    )
    assert roles(talk) == ["1️⃣ чай — 0 из 2.", "2️⃣ фото в 11:30 — 0 из 1. Нужно: камера."]
    talk.guardian(0).reacts("Дела", "1️⃣", room="events")
    talk.guardian(4).reacts("Дела", "2️⃣", room="events")
    assert stage.changed[-2:] == ["events/12", "events/12"]
    told = stage.does(talk, DutiesOf("events/12"))
    assert isinstance(told, Sequence)
    assert [(role.taken, role.names) for role in told] == [(1, ("guardian0",)), (1, ("guardian4",))]
    assert stage.does(talk, DutyHolders("events/12")) == (talk.family("Калинина").id, talk.family("Чернов").id)


def test_roles_asked_for_again_are_more_places(opened: Conversation, stage: Stage):
    stage.does(opened, OpenDuties(RINK, (WantedRole("Чай", 1), WantedRole("флаг", 1))))
    assert [line.split(" — ")[1].split(".")[0] for line in roles(opened)] == ["0 из 3", "0 из 3", "0 из 1", "0 из 1"]
    assert "4️⃣" in opened.card("Каток", room="events").reactions


def test_occasion_without_duties_has_none(talk: Conversation, stage: Stage):
    assert stage.does(talk, DutiesOf("events/99")) == ()
    assert stage.does(talk, DutyHolders("events/99")) == ()


def test_needs_of_another_plugin_s_roles_are_named_bare(talk: Conversation, stage: Stage):
    stage.does(talk, OpenDuties(RINK, (WantedRole("дорога", 1, needs="нужна машина"),)))
    assert roles(talk) == ["1️⃣ дорога — 0 из 1. Нужно: машина."]


def test_removed_role_voids_requests_to_swap_it(opened: Conversation):
    desks(opened)
    opened.guardian(0).says("чай", room="family0-0")
    opened.guardian(2).says("фото", room="family1-0")
    opened.guardian(0).says("обмен с Беляевыми", room="family0-0")
    opened.teacher.says("!дела убрать №12 фото", room="staff")
    opened.guardian(2).reacts("предлагает обмен", "✅", room="family1-0")
    assert roles(opened)[0] == "1️⃣ чай — 1 из 2: guardian0."


@pytest.mark.parametrize(
    ("before", "answer"),
    [
        ((), "Убрано: «фото» («Каток», сб, 5 декабря, 12:00)."),
        (("!дело Калинина фото",), "Убрано: «фото» («Каток», сб, 5 декабря, 12:00). Семье, которая это взяла, сказано."),
        (
            ("!дело Исаев фото",),
            "Убрано: «фото» («Каток», сб, 5 декабря, 12:00). Скажите лично тем, кто без приложения: Максим Исаев.",
        ),
    ],
)
def test_removed_role_tells_whom_it_was_told(opened: Conversation, before: tuple[str, ...], answer: str):
    desks(opened)
    for said in before:
        opened.teacher.says(said, room="staff")
    assert opened.teacher.says("!дела убрать №12 фото", room="staff") == answer
