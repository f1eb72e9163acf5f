"""3Б → 4Б: one space, one desk per household, nobody invited twice, whatever is killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom_matrix.domain.ids import ClassId
from classroom_matrix.errors import InvalidArgument
from classroom_matrix.lifecycle import rollover
from classroom_matrix.lifecycle.house import House
from classroom_matrix.lifecycle.rollover import Turn
from classroom_matrix.lifecycle.whom import find
from classroom_matrix.storage import archive, people, tasks
from classroom_matrix.storage.invitations import WITHDRAW

from .conftest import NewStage
from .scene import CONFIG, TEACHER, Stage, killed_everywhere

MOTHER = "Калинина Наталья Ивановна"
OLD, NEW = ClassId("3b"), ClassId("4b")


async def roll_over(stage: Stage, house: House | None = None) -> Turn:
    house = house or stage.house()
    old, new = rollover.classes_of(stage.config, OLD, NEW)
    turned = await house.database.call(rollover.turn, house.database, stage.config, old, new, stage.now)
    await rollover.carry_out(house, old, new, turned)
    return turned


def pupils(stage: Stage, class_id: str) -> list[str]:
    return [pupil.name for family in people.load_roster(stage.database, ClassId(class_id)).families for pupil in family.pupils]


async def test_families_go_on_with_ids_consents_and_desks(new_stage: NewStage) -> None:
    stage = await new_stage()
    before = {row[0]: row[1] for row in stage.database.execute("SELECT name, id FROM pupil WHERE class_id = '3b'")}
    desk = stage.desk(MOTHER)
    turned = await roll_over(stage)
    assert (turned.again, turned.going, turned.desks, turned.leaving) == (False, 5, 5, ())
    assert pupils(stage, "4b") == pupils(stage, "3b") == list(before)
    after = {row[0]: row[1] for row in stage.database.execute("SELECT name, id FROM pupil WHERE class_id = '4b'")}
    assert after == before
    assert stage.desk(MOTHER, "4b") == desk
    assert [room for room in stage.rooms("3b") if "desk" in room] == []
    assert stage.database.execute("SELECT COUNT(*) FROM consent WHERE pupil_id = ?", (before["Лев Орлов"],)).fetchone() == (1,)


async def test_old_rooms_can_be_read_and_not_written_in(new_stage: NewStage) -> None:
    stage = await new_stage()
    talk, person = stage.room("talk"), stage.adults[MOTHER]
    assert await person.can_say(talk)
    await roll_over(stage)
    assert archive.successor(stage.database, OLD) == NEW
    assert stage.is_in(MOTHER, talk)
    assert not await person.can_say(talk)
    assert await person.can_say(stage.desk(MOTHER, "4b"))


async def test_people_who_have_arrived_are_let_in(new_stage: NewStage) -> None:
    stage = await new_stage()
    await roll_over(stage)
    wanted = {person.id for person in people.load_roster(stage.database, NEW).entitled() if person.user_id != TEACHER}
    assert set(stage.admitted) == wanted


async def test_who_is_not_in_the_new_list_leaves(new_stage: NewStage) -> None:
    stage = await new_stage()
    stage.configure(CONFIG.replace("continues: 3b,", f"continues: 3b, roster: {with_list(stage)},"))
    turned = await roll_over(stage)
    assert ([departure.name for departure in turned.leaving], turned.new) == (["Лев Орлов"], ("Юна Новая",))
    assert pupils(stage, "4b") == ["Вера Зайцева", "Ксения Калинина", "Семён Беляев", "Таисия Беляева", "Юна Новая"]
    for name in ("Орлова Мария Львовна", "Орлов Глеб Юрьевич"):
        assert [room for room in stage.homeserver.rooms if stage.is_in(name, room)] == []
        assert stage.accounts.accounts[stage.adults[name].user_id].locked
    (found,) = find(stage.database, "Лев Орлов")
    assert (found.class_id, found.left) == (OLD, True)
    again = await roll_over(stage)
    assert (again.again, [departure.name for departure in again.leaving]) == (True, ["Лев Орлов"])


def with_list(stage: Stage) -> Path:
    """The office's new list: others' order, one pupil gone, one new."""
    rows = [
        ("Зайцева", "Вера", "Зайцева Ольга Андреевна", ""),
        ("Калинина", "Ксения", "Калинина Наталья Ивановна", "Калинин Пётр Ильич"),
        ("Беляев", "Семён", "Беляева Анна Олеговна", ""),
        ("Беляева", "Таисия", "Беляева Анна Олеговна", ""),
        ("Новая", "Юна", "Новая Ада Павловна", ""),
    ]
    for surname, given, *_ in rows[:-1]:
        _recognisable(stage, surname, given)
    path = stage.folder / "4b.csv"
    lines = ["№;Фамилия;Имя;Мать;Отец", *(";".join([str(number), *row]) for number, row in enumerate(rows, 1))]
    path.write_text("\n".join(lines), "utf-8")
    return path


def _recognisable(stage: Stage, surname: str, given: str) -> None:
    """As if an office's list had named the pupil before."""
    from classroom_matrix.roster.names import alike, folded
    from classroom_matrix.storage import register

    key = register.roster_key(stage.database, "pupil", alike(surname), alike(given), alike(""), folded(""))
    (pupil_id,) = stage.database.execute(
        "SELECT id FROM pupil WHERE name = ? AND class_id = '3b'", (f"{given} {surname}",)
    ).fetchone()
    register.recognise(stage.database, OLD, key, pupil_id)


async def test_rehearsal_changes_nothing(new_stage: NewStage) -> None:
    stage = await new_stage()
    old, new = rollover.classes_of(stage.config, OLD, NEW)
    turned = rollover.rehearse(stage.database, stage.config, old, new, stage.now)
    assert (turned.going, turned.desks) == (5, 5)
    assert pupils(stage, "4b") == []
    assert archive.successor(stage.database, OLD) is None


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [("x", "4b", "rollover-unknown"), ("3b", "x", "rollover-no-successor"), ("3b", "1a", "rollover-continues")],
)
async def test_classes_that_do_not_follow_each_other_are_named(new_stage: NewStage, old: str, new: str, key: str) -> None:
    stage = await new_stage()
    with pytest.raises(InvalidArgument) as refused:
        rollover.classes_of(stage.config, old, new)
    assert refused.value.key == key


async def test_rollover_survives_a_kill_at_every_request(new_stage: NewStage) -> None:
    async def work(stage: Stage, house: House) -> None:
        await roll_over(stage, house)

    async def check(stage: Stage) -> None:
        marked = [
            event["content"]
            for room in stage.homeserver.rooms.values()
            for (kind, _), event in room.state.items()
            if kind == "org.classroom_matrix.room"
        ]
        assert len([one for one in marked if one["role"] == "space"]) == 3
        assert sorted(one["class"] for one in marked if one["role"] == "desk") == ["1a", "1a", *["4b"] * 5]
        assert len(stage.rooms("4b")) == len(set(stage.rooms("4b"))) == 9
        space = stage.homeserver.rooms[stage.room("space", "4b")]
        invited = [
            event["state_key"]
            for event in space.events
            if event["type"] == "m.room.member" and event["content"].get("membership") == "invite"
        ]
        assert len(invited) == len(set(invited)) == 7

    assert await killed_everywhere(new_stage, work, check, points=16) > 10


async def test_words_are_taken_back_whatever_the_year(new_stage: NewStage) -> None:
    stage = await new_stage()
    tasks.put(stage.database, "slip|withdraw", WITHDRAW, OLD, "slip", "handle12", due=stage.now + 86_400)
    tasks.put(stage.database, "other", "audit", OLD, due=stage.now + 86_400)
    await roll_over(stage)
    assert [row[0] for row in stage.database.execute("SELECT name FROM task WHERE class_id = ?", (OLD,))] == [WITHDRAW]
