from __future__ import annotations

import pytest

from classroom_matrix.domain.ids import ClassId, HouseholdId
from classroom_matrix.provisioning.describe import encrypted_for_good
from classroom_matrix.provisioning.desk import Desks

from .scene import BOT, CONFIG, MOTHER, TEACHER, Killed, MortalGateway, Scene

HOUSEHOLD = HouseholdId("h1")


def desks(scene: Scene, database, gateway=None) -> Desks:
    provisioner = scene.provisioner(database, gateway)
    return Desks(
        scene.config,
        database,
        gateway or scene.homeserver.gateway(BOT),
        provisioner.maker,
        lambda class_id: scene.roster[class_id],
    )


async def test_desk_is_made_once_with_one_request(scene: Scene) -> None:
    database = scene.open()
    gateway = MortalGateway(scene.homeserver.gateway(BOT))
    first = await desks(scene, database, gateway).ensure_desk(ClassId("3b"), HOUSEHOLD)
    again = await desks(scene, database, gateway).ensure_desk(ClassId("3b"), HOUSEHOLD)
    database.close()
    room = scene.room("desk.h1")
    assert (first, again, gateway.verbs) == (room.id, room.id, ["create_room"])
    assert {user: room.membership(user) for user in (MOTHER, TEACHER)} == {MOTHER: "invite", TEACHER: "invite"}
    assert room.state["m.room.name", ""]["content"]["name"] == "Ксения Калинина · личная"
    assert ("m.space.parent", "") not in {(kind, "") for kind, _ in room.state}


async def test_household_without_accounts_has_no_desk(scene: Scene) -> None:
    database = scene.open()
    assert await desks(scene, database).ensure_desk(ClassId("4a"), HOUSEHOLD) is None
    database.close()


@pytest.mark.parametrize("after", [False, True])
async def test_killed_desk_is_made_once(scene: Scene, after: bool) -> None:
    database = scene.open()
    with pytest.raises(Killed):
        await desks(scene, database, MortalGateway(scene.homeserver.gateway(BOT), at=1, after=after)).ensure_desk(
            ClassId("3b"), HOUSEHOLD
        )
    database.close()
    scene.homeserver._transactions.clear()
    database = scene.open()
    room_id = await desks(scene, database).ensure_desk(ClassId("3b"), HOUSEHOLD)
    database.close()
    assert (list(scene.homeserver.rooms), scene.room("desk.h1").id) == ([room_id], room_id)


async def test_desk_is_kept_by_the_plan_of_its_class(scene: Scene) -> None:
    await scene.apply()
    database = scene.open()
    await desks(scene, database).ensure_desk(ClassId("3b"), HOUSEHOLD)
    database.close()
    assert await scene.actions() == ()


def encryption_of(scene: Scene, role: str) -> object:
    event = scene.room(role).state.get(("m.room.encryption", ""))
    return event["content"] if event else None


async def test_desk_is_made_encrypted(scene: Scene) -> None:
    database = scene.open()
    await desks(scene, database).ensure_desk(ClassId("3b"), HOUSEHOLD)
    database.close()
    assert encryption_of(scene, "desk.h1") == {"algorithm": "m.megolm.v1.aes-sha2"}


async def test_desk_and_rooms_that_are_there_are_encrypted_when_the_configuration_says_so(scene: Scene) -> None:
    scene.configure(f"{CONFIG}encrypted: false\n")
    await scene.apply()
    database = scene.open()
    await desks(scene, database).ensure_desk(ClassId("3b"), HOUSEHOLD)
    database.close()
    await scene.apply()
    assert [encryption_of(scene, role) for role in ("desk.h1", "staff", "talk")] == [None] * 3
    scene.configure(f"{CONFIG}encrypted: [desk, staff]\n")
    await scene.apply()
    algorithm = {"algorithm": "m.megolm.v1.aes-sha2"}
    assert [encryption_of(scene, role) for role in ("desk.h1", "staff", "talk")] == [algorithm, algorithm, None]
    assert (scene.told, await scene.actions()) == ([], ())


async def test_room_stays_encrypted_when_its_role_is_taken_off_the_list(scene: Scene) -> None:
    scene.configure(f"{CONFIG}encrypted: [staff]\n")
    await scene.apply()
    scene.configure(f"{CONFIG}encrypted: false\n")
    database = scene.open()
    planned = await scene.provisioner(database).plan(scene.config.klass("3b"))
    database.close()
    assert planned.actions == ()
    assert encrypted_for_good(scene.config.klass("3b"), planned.snapshot) == ("staff",)
