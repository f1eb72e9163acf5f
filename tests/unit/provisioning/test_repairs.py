"""What others did to the rooms is noticed, put right and told."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from classroom_matrix.domain.facts import MemberInvited, MemberJoined, MemberLeft, RoomStateChanged, RoomTombstoned
from classroom_matrix.domain.ids import ClassId, EventId, RoomId, UserId
from classroom_matrix.domain.people import Role
from classroom_matrix.provisioning.drift import note
from classroom_matrix.provisioning.reconcile import Reconciler
from classroom_matrix.storage import drift, register
from classroom_matrix.storage.database import Database

from .scene import BOT, MOTHER, TEACHER, Killed, MortalGateway, Scene

ADMIN = UserId("@it:school.localhost")
STRANGER = UserId("@stranger:school.localhost")


def happen(kind: Any, room_id: RoomId, sender: UserId, **more: Any) -> Any:
    return kind(event_id=EventId("$1"), room_id=room_id, sender=sender, at=0, **more)


async def noticed(scene: Scene, database: Database, fact: Any) -> bool:
    return await database.call(note, database, fact, BOT)


async def reconcile(scene: Scene, database: Database, gateway: Any = None) -> None:
    await Reconciler(scene.config, database, scene.provisioner(database, gateway)).once()


async def test_renamed_room_is_put_back_and_told(scene: Scene) -> None:
    await scene.apply()
    talk = scene.room("talk")
    scene.homeserver.append(talk, TEACHER, "m.room.name", {"name": "Флудилка"}, "")
    database = scene.open()
    assert await noticed(scene, database, happen(RoomStateChanged, talk.id, TEACHER, type="m.room.name"))
    await reconcile(scene, database)
    assert talk.state["m.room.name", ""]["content"] == {"name": "Общение"}
    assert scene.told == [("3b", "rooms-put-back", {"room": "Общение", "kind": "name", "who": "Смирнова Ольга"})]
    assert await database.call(drift.marked, database) == []
    database.close()


async def test_room_that_somebody_encrypted_is_left_so(scene: Scene) -> None:
    await scene.apply()
    talk = scene.room("talk")
    scene.homeserver.append(talk, ADMIN, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"}, "")
    database = scene.open()
    assert not await noticed(scene, database, happen(RoomStateChanged, talk.id, ADMIN, type="m.room.encryption"))
    database.close()
    assert await scene.actions() == ()


async def test_drift_asks_about_the_room_and_the_space_only(scene: Scene) -> None:
    await scene.apply()
    talk = scene.room("talk")
    scene.homeserver.append(talk, ADMIN, "m.room.topic", {"topic": "?"}, "")
    database = scene.open()
    await noticed(scene, database, happen(RoomStateChanged, talk.id, ADMIN, type="m.room.topic"))
    gateway = MortalGateway(scene.homeserver.gateway(BOT))
    await reconcile(scene, database, gateway)
    assert gateway.verbs == ["state", "state", "set_state"]
    database.close()


async def test_repair_that_was_killed_is_still_told(scene: Scene) -> None:
    await scene.apply()
    talk = scene.room("talk")
    scene.homeserver.append(talk, TEACHER, "m.room.name", {"name": "Флудилка"}, "")
    for after in (False, True):
        database = scene.open()
        await database.call(note, database, happen(RoomStateChanged, talk.id, TEACHER, type="m.room.name"), BOT)
        with suppress(Killed):
            await reconcile(scene, database, MortalGateway(scene.homeserver.gateway(BOT), at=3, after=after))
        database.close()
    assert talk.state["m.room.name", ""]["content"] == {"name": "Общение"}
    database = scene.open()
    await reconcile(scene, database)
    database.close()
    assert [text for _, text, _ in scene.told] == ["rooms-put-back"]


async def test_stranger_is_removed_and_told_with_who_let_them_in(scene: Scene) -> None:
    await scene.apply()
    space = scene.room("space")
    scene.homeserver.append(space, TEACHER, "m.room.member", {"membership": "invite"}, STRANGER)
    database = scene.open()
    assert await noticed(scene, database, happen(MemberInvited, space.id, TEACHER, user_id=STRANGER))
    await reconcile(scene, database)
    database.close()
    assert space.membership(STRANGER) == "leave"
    assert scene.told == [
        ("3b", "rooms-stranger-removed", {"room": "3Б", "person": STRANGER, "who": "Смирнова Ольга"}),
    ]


async def test_people_of_the_class_come_without_a_mark(scene: Scene) -> None:
    await scene.apply()
    database = scene.open()
    mother = register.add_person(database, "Калинина Наталья", user_id=MOTHER)
    register.set_member(database, ClassId("3b"), mother, Role.GUARDIAN)
    talk, staff = scene.room("talk").id, scene.room("staff").id
    assert [
        await noticed(scene, database, happen(MemberJoined, talk, MOTHER, user_id=MOTHER)),
        await noticed(scene, database, happen(MemberInvited, staff, TEACHER, user_id=MOTHER)),
        await noticed(scene, database, happen(MemberJoined, talk, STRANGER, user_id=STRANGER)),
        await noticed(scene, database, happen(MemberLeft, talk, MOTHER, user_id=MOTHER)),
        await noticed(scene, database, happen(MemberLeft, talk, TEACHER, user_id=MOTHER)),
        await noticed(scene, database, happen(RoomStateChanged, talk, TEACHER, type="m.room.pinned_events")),
        await noticed(scene, database, happen(RoomStateChanged, talk, BOT, type="m.room.name")),
        await noticed(scene, database, happen(RoomStateChanged, RoomId("!other"), TEACHER, type="m.room.name")),
        await noticed(scene, database, happen(RoomTombstoned, talk, BOT, replacement=RoomId("!new"))),
    ] == [False, True, True, False, True, False, False, False, True]
    database.close()


async def test_tombstone_is_followed(scene: Scene) -> None:
    await scene.apply()
    talk = scene.room("talk")
    bot = scene.homeserver.gateway(BOT)
    new = await bot.create_room({"name": "Общение"}, "upgrade")
    scene.homeserver.append(talk, BOT, "m.room.tombstone", {"replacement_room": new}, "")
    database = scene.open()
    await noticed(scene, database, happen(RoomTombstoned, talk.id, BOT, replacement=new))
    await reconcile(scene, database)
    database.close()
    space = scene.room("space")
    assert scene.room("talk").id == new
    assert space.state["m.space.child", talk.id]["content"] == {}
    assert space.state["m.space.child", new]["content"]["order"] == "008"
    assert scene.room("talk").state["m.room.join_rules", ""]["content"]["allow"][0]["room_id"] == space.id
    assert await scene.actions() == ()
    assert ("3b", "rooms-followed") in [(class_id, text) for class_id, text, _ in scene.told]


async def test_tombstoned_space_takes_its_rooms_along(scene: Scene) -> None:
    await scene.apply()
    old = scene.room("space")
    bot = scene.homeserver.gateway(BOT)
    new = await bot.create_room({"name": "3Б", "creation_content": {"type": "m.space"}}, "upgrade")
    scene.homeserver.append(old, BOT, "m.room.tombstone", {"replacement_room": new}, "")
    await scene.apply()
    assert scene.room("space").id == new
    assert scene.room("talk").state["m.room.join_rules", ""]["content"]["allow"][0]["room_id"] == new
    assert scene.homeserver.rooms[new].membership(MOTHER) == "invite"
    assert await scene.actions() == ()


async def test_lost_room_is_made_anew_and_told(scene: Scene) -> None:
    await scene.apply()
    talk = scene.room("talk")
    del scene.homeserver.rooms[talk.id]
    await scene.apply()
    assert scene.room("talk").id != talk.id
    assert await scene.actions() == ()
    assert [text for _, text, _ in scene.told] == ["rooms-made-anew"]


async def test_two_classes_have_rooms_of_their_own(scene: Scene) -> None:
    await scene.apply("3b")
    await scene.apply("4a")
    assert len(scene.homeserver.rooms) == 20
    assert scene.room("talk", "4a").state["m.room.name", ""]["content"] == {"name": "Talk"}
    assert (
        scene.room("talk", "4a").state["m.room.join_rules", ""]["content"]["allow"][0]["room_id"]
        == scene.room("space", "4a").id
    )
    assert scene.room("space", "4a").membership(MOTHER) is None


async def test_settled_class_is_not_asked_about_at_start(scene: Scene) -> None:
    await scene.apply("3b")
    database = scene.open()
    provisioner = scene.provisioner(database)
    assert [await provisioner.is_settled(klass) for klass in scene.config.classes] == [True, False]
    scene.configure((scene.folder / "config.yaml").read_text("utf-8").replace("name: 3Б}", "name: 3В}"))
    assert not await scene.provisioner(database).is_settled(scene.config.klass("3b"))
    database.close()


async def test_whole_look_takes_the_mark_off_but_not_one_that_came_meanwhile(scene: Scene) -> None:
    database = scene.open()
    await database.call(drift.mark, database, ClassId("3b"), None, 0.0)
    await scene.provisioner(database).apply(scene.config.klass("3b"))
    assert await database.call(drift.marked, database) == []
    await database.call(drift.mark, database, ClassId("3b"), None, 0.0)

    async def meanwhile() -> None:
        await database.call(drift.mark, database, ClassId("3b"), None, 1.0)

    scene.homeserver.append(scene.room("talk"), TEACHER, "m.room.name", {"name": "Флудилка"}, "")
    await scene.provisioner(database).apply(scene.config.klass("3b"), my_turn=meanwhile)
    assert [mark.count for mark in await database.call(drift.marked, database)] == [2]
    database.close()
