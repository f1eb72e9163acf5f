"""Who leaves, what stays, and that nothing of it depends on not being killed."""

from __future__ import annotations

from classroom_matrix.domain.ids import ClassId
from classroom_matrix.errors import TemporaryError
from classroom_matrix.lifecycle import leaving
from classroom_matrix.lifecycle.house import House
from classroom_matrix.lifecycle.whom import find
from classroom_matrix.storage import invitations, people, tasks

from .conftest import NewStage
from .scene import Stage, killed_everywhere

MOTHER, FATHER = "Калинина Наталья Ивановна", "Калинин Пётр Ильич"
TWINS_MOTHER = "Беляева Анна Олеговна"


async def leave(stage: Stage, who: str, class_id: str | None = None, house: House | None = None) -> leaving.Left:
    house = house or stage.house()
    (match,) = find(stage.database, who, ClassId(class_id) if class_id else None)
    departure = leaving.departure_of(stage.database, stage.config, match)
    await house.database.call(leaving.write_down, house.database, departure, stage.now)
    return await leaving.close_doors(house, departure)


async def test_leaver_is_out_of_every_room_of_the_class_and_stays_in_the_other(new_stage: NewStage) -> None:
    stage = await new_stage()
    desk = stage.desk(MOTHER)
    await leave(stage, "Ксения Калинина")
    assert [room for room in stage.rooms("3b") if stage.is_in(MOTHER, room) or stage.is_in(FATHER, room)] == []
    assert stage.is_in(MOTHER, stage.room("talk", "1a"))
    assert stage.is_in(MOTHER, stage.desk(MOTHER, "1a"))
    assert not stage.accounts.accounts[stage.adults[MOTHER].user_id].locked
    assert stage.homeserver.rooms[desk].membership("@teacher:school.localhost") in ("join", "invite")


async def test_leaver_of_the_only_class_is_locked_and_the_slip_is_void(new_stage: NewStage) -> None:
    stage = await new_stage()
    left = await leave(stage, "Вера Зайцева")
    person = stage.adults["Зайцева Ольга Андреевна"]
    assert (left.locked, stage.accounts.accounts[person.user_id].locked) == (1, True)
    invitation = invitations.of_person(stage.database, person.id)
    assert invitation is not None
    assert (invitation.handle, invitation.secret, invitation.created_at, invitation.arrived_at) == (None,) * 4


async def test_twin_who_stays_keeps_the_family(new_stage: NewStage) -> None:
    stage = await new_stage()
    await leave(stage, "Таисия")
    assert stage.is_in(TWINS_MOTHER, stage.room("talk"))
    assert stage.is_in(TWINS_MOTHER, stage.desk(TWINS_MOTHER))
    roster = people.load_roster(stage.database, ClassId("3b"))
    assert "Семён Беляев" in [family.label for family in roster.families]
    await leave(stage, "Семён")
    assert not stage.is_in(TWINS_MOTHER, stage.room("talk"))
    assert stage.accounts.accounts[stage.adults[TWINS_MOTHER].user_id].locked


async def test_one_adult_leaves_alone(new_stage: NewStage) -> None:
    stage = await new_stage()
    desk = stage.desk("Орлов Глеб Юрьевич")
    await leave(stage, "Орлов Глеб")
    assert not stage.is_in("Орлов Глеб Юрьевич", desk)
    assert not stage.is_in("Орлов Глеб Юрьевич", stage.room("talk"))
    assert stage.is_in("Орлова Мария Львовна", stage.room("talk"))
    assert "Лев Орлов" in [family.label for family in people.load_roster(stage.database, ClassId("3b")).families]


async def test_accounts_that_others_made_are_named(new_stage: NewStage) -> None:
    stage = await new_stage()
    person = stage.adults["Зайцева Ольга Андреевна"]
    del stage.accounts.accounts[person.user_id]
    left = await leave(stage, "Вера Зайцева")
    assert left.foreign == [person.user_id]
    assert not stage.is_in("Зайцева Ольга Андреевна", stage.room("talk"))


async def test_rooms_are_closed_also_if_the_accounts_process_does_not_answer(new_stage: NewStage) -> None:
    stage = await new_stage()
    person = stage.adults["Зайцева Ольга Андреевна"]
    stage.accounts.failures["lock"] = [TemporaryError("quota", retry_after=3600.0)]
    left = await leave(stage, "Вера Зайцева")
    assert (left.unlocked, stage.is_in("Зайцева Ольга Андреевна", stage.room("talk"))) == ([person.user_id], False)
    assert (await leave(stage, "Вера Зайцева")).locked == 1


async def test_leaver_is_nobody_to_the_class_and_no_plan_brings_them_back(new_stage: NewStage) -> None:
    stage = await new_stage()
    await leave(stage, "Вера Зайцева")
    report = await stage.house().provisioner.apply(stage.config.klass("3b"))
    assert report.refused == []
    assert not stage.is_in("Зайцева Ольга Андреевна", stage.room("space"))
    started = [task.arguments[0] for task in tasks.due(stage.database, stage.now * 2, 100)]
    assert stage.adults["Зайцева Ольга Андреевна"].id not in started


async def test_leaving_survives_a_kill_at_every_request(new_stage: NewStage) -> None:
    async def work(stage: Stage, house: House) -> None:
        await leave(stage, "Вера Зайцева", house=house)

    async def check(stage: Stage) -> None:
        name = "Зайцева Ольга Андреевна"
        assert [room for room in stage.rooms("3b") if stage.is_in(name, room)] == []
        assert stage.accounts.accounts[stage.adults[name].user_id].locked
        assert "Вера Зайцева" not in [f.label for f in people.load_roster(stage.database, ClassId("3b")).families]

    assert await killed_everywhere(new_stage, work, check, points=12) > 5
