"""Kill -9 before and after every single request of provisioning."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from classroom_matrix.domain.ids import RoomAlias, RoomId
from classroom_matrix.errors import PermanentError

from .scene import BOT, Killed, MortalGateway, Scene

ROLES = sorted(
    ["space", "announcements", "homework", "events", "albums", "meetings", "library", "publications", "talk", "staff"]
)
REQUESTS = 1 + 9 + 9 + 3  # space, rooms, their places in the space, invitations


async def killed(scene: Scene, at: int, *, after: bool, **options: Any) -> None:
    with pytest.raises(Killed):
        await scene.apply(gateway=MortalGateway(scene.homeserver.gateway(BOT), at=at, after=after), **options)


async def settled(scene: Scene) -> None:
    await scene.apply()
    assert scene.living_rooms() == ROLES
    assert scene.children() == 9
    assert await scene.actions() == ()
    assert len(scene.homeserver.rooms) == len(ROLES)


async def test_first_apply_makes_the_minimal_requests(scene: Scene) -> None:
    gateway = MortalGateway(scene.homeserver.gateway(BOT))
    await scene.apply(gateway=gateway)
    assert gateway.verbs == ["create_room"] * 10 + ["set_state"] * 9 + ["invite"] * 3


async def test_second_apply_changes_nothing(scene: Scene) -> None:
    await scene.apply()
    gateway = MortalGateway(scene.homeserver.gateway(BOT))
    report = await scene.apply(gateway=gateway)
    assert (report.done, gateway.verbs) == ([], ["state"] * 10)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, REQUESTS + 1))
async def test_kill_at_every_request_leaves_one_room_per_role(scene: Scene, at: int, after: bool) -> None:
    await killed(scene, at, after=after)
    await settled(scene)


@pytest.mark.parametrize("at", range(1, REQUESTS + 1, 3))
async def test_kill_with_four_requests_in_flight(scene: Scene, at: int) -> None:
    await killed(scene, at, after=True, in_flight=4)
    await settled(scene)


@pytest.mark.parametrize("at", [1, 2, 5])
async def test_homeserver_that_forgot_the_transaction_is_found_by_alias(scene: Scene, at: int) -> None:
    await killed(scene, at, after=True)
    scene.homeserver._transactions.clear()
    await settled(scene)


async def test_killed_again_and_again_at_the_same_step(scene: Scene) -> None:
    for at in (1, 1, 2, 2, 3):
        await killed(scene, at, after=at % 2 == 0)
        scene.homeserver._transactions.clear()
    await settled(scene)


async def test_lost_database_finds_every_room_again(scene: Scene) -> None:
    await scene.apply()
    scene.config.database.unlink()
    scene.homeserver._transactions.clear()
    await settled(scene)


async def test_alias_of_a_homeserver_that_died_within_create_room_is_released(scene: Scene) -> None:
    scene.homeserver.aliases[RoomAlias("#classroom.3b.talk:school.localhost")] = RoomId("!ghost")
    await settled(scene)


async def test_alias_of_others_is_an_error(scene: Scene) -> None:
    gateway = scene.homeserver.gateway("@other:school.localhost")
    await gateway.create_room({"room_alias_name": "classroom.3b.space"}, "t")

    async def refuse(_alias: RoomAlias) -> None:
        raise PermanentError("M_FORBIDDEN", 403, "not yours")

    bot = scene.homeserver.gateway(BOT)
    bot.delete_alias = refuse  # type: ignore[method-assign]
    with pytest.raises(PermanentError, match="belongs to a room that is not ours"):
        await scene.apply(gateway=bot)


async def test_restart_waits_for_a_create_room_that_is_still_at_work(scene: Scene) -> None:
    """A homeserver without transaction IDs for createRoom: the alias is there, the room's events are not yet."""
    await killed(scene, 1, after=True)
    scene.homeserver._transactions.clear()
    space = scene.room("space")
    complete = dict(space.state)
    space.state = {key: event for key, event in complete.items() if key[0] in ("m.room.create", "m.room.member")}
    gateway = scene.homeserver.gateway(BOT)
    looked = asyncio.Event()
    state = gateway.state

    async def look(room_id: RoomId) -> Any:
        looked.set()
        return await state(room_id)

    gateway.state = look  # type: ignore[method-assign]
    database = scene.open()
    provisioner = scene.provisioner(database, gateway)
    provisioner.maker.settle = 30.0
    applying = asyncio.create_task(provisioner.apply(scene.config.klass("3b")))
    await looked.wait()
    space.state = complete
    await applying
    database.close()
    await settled(scene)


async def test_second_room_from_a_late_create_room_is_left(scene: Scene) -> None:
    """A homeserver that reserves the alias late: the killed request's room appears without it."""
    await killed(scene, 2, after=True)
    orphan = scene.room("announcements")
    del scene.homeserver.aliases[RoomAlias("#classroom.3b.announcements:school.localhost")]
    scene.homeserver._transactions.clear()
    await scene.apply()
    assert (orphan.membership(BOT), scene.living_rooms()) == ("leave", ROLES)


async def test_room_switched_off_while_it_was_being_made_is_not_lost(scene: Scene) -> None:
    await killed(scene, 3, after=True)
    text = (scene.folder / "config.yaml").read_text("utf-8")
    scene.configure(text.replace("name: 3Б}", "name: 3Б, rooms: {announcements: false, homework: false}}"))
    scene.homeserver._transactions.clear()
    await scene.apply()
    assert scene.children() == 7
    scene.configure(text)
    await settled(scene)


@pytest.mark.parametrize("at", [None, 4, 5], ids=["once", "killed before leaving", "killed before releasing"])
async def test_room_that_a_dying_homeserver_left_half_made_is_given_up(scene: Scene, at: int | None) -> None:
    bot = scene.homeserver.gateway(BOT)
    half = await bot.create_room({"room_alias_name": "classroom.3b.space"}, "t")
    state = scene.homeserver.rooms[half].state
    for key in [key for key in state if key[0] not in ("m.room.create", "m.room.member")]:
        del state[key]
    if at is not None:
        await killed(scene, at, after=False)
    await scene.apply()
    assert (scene.homeserver.rooms[half].membership(BOT), scene.living_rooms(), scene.children()) == ("leave", ROLES, 9)
