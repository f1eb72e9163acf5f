"""Nothing is left of who was erased, whatever is killed and when; and of everybody else everything is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from classroom_matrix.domain.content import Content
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.ids import ClassId, EventId, RoomId
from classroom_matrix.domain.people import Role
from classroom_matrix.lifecycle import erasure
from classroom_matrix.lifecycle import record as records
from classroom_matrix.lifecycle.erasure import Leftovers
from classroom_matrix.lifecycle.house import House
from classroom_matrix.lifecycle.proof import checksum, proof_of, write_proof
from classroom_matrix.lifecycle.record import Record
from classroom_matrix.lifecycle.whom import find
from classroom_matrix.matrix.render import render
from classroom_matrix.storage import erasure as traces
from classroom_matrix.storage import inbox, outbox, people

from .conftest import NewStage
from .scene import BOT, TEACHER, Stage, killed_everywhere

MOTHER, FATHER, OTHER = "Калинина Наталья Ивановна", "Калинин Пётр Ильич", "Зайцева Ольга Андреевна"


async def with_words(new_stage: NewStage) -> Stage:
    """Everybody has said something, and the bot has named some."""
    stage = await new_stage()
    bot, mother, other = stage.homeserver.gateway(BOT), stage.adults[MOTHER], stage.adults[OTHER]
    talk, staff = stage.room("talk"), stage.room("staff")
    for number in range(3):
        await mother.say(talk, f"мой секрет {number}")
        await mother.say(stage.desk(MOTHER), f"личное {number}")
        await mother.say(stage.room("talk", "1a"), f"и в другом классе {number}")
        await other.say(talk, f"чужое {number}")
    address = await mother.gateway.upload(b"photo", "image/png", "Ксения.png")
    await mother.say(talk, "Ксения.png", msgtype="m.image", url=address)
    message = await other.say(talk, "кто едет?")
    await react(stage, MOTHER, talk, message)
    await said_by_bot(bot, staff, "Ксения Калинина: голос записан")
    await said_by_bot(bot, staff, "Нет ответа от: Калинина")
    await said_by_bot(bot, staff, "Вера Зайцева: голос записан")
    teacher = stage.homeserver.gateway(TEACHER)
    await teacher.join(staff)
    for text in ("!опрос голос Калинина 1", "Калинина звонила"):
        await teacher.send(staff, "m.room.message", json.dumps({"msgtype": "m.text", "body": text}).encode(), text)
    await said_by_bot(bot, talk, "Спасибо! Наталья Калинина принесёт торт")
    await said_by_bot(bot, talk, "Калинина — это и растение")
    stage.database.execute("DELETE FROM outbox")
    effect = outbox.Effect("k1", "send", staff, *render(Content.line("Ксения Калинина: голос записан")))
    outbox.add(stage.database, [effect], stage.now)
    home = people.load_roster(stage.database, ClassId("3b")).families[0].households[0].id
    outbox.add(stage.database, [outbox.Effect(f"welcome|{home}", "send", staff, "m.room.message", b"{}")], stage.now)
    stage.database.execute("UPDATE outbox SET state = 1")
    facts = [
        MessageSent(event_id=EventId("$1"), room_id=talk, sender=mother.user_id, at=1, body="мой секрет 0"),
        MessageSent(event_id=EventId("$2"), room_id=talk, sender=TEACHER, at=1, body="!голос Ксения Калинина 1"),
        MessageSent(event_id=EventId("$3"), room_id=talk, sender=TEACHER, at=1, body="всем привет"),
    ]
    inbox.store(stage.database, inbox.Mark("txn", "1"), facts, (), stage.now, state=inbox.DONE)
    return stage


async def said_by_bot(bot: Any, room: RoomId, text: str) -> None:
    kind, content = render(Content.line(text))
    await bot.send(room, kind, content, text)


async def react(stage: Stage, name: str, room: RoomId, event: EventId) -> None:
    relation = {"rel_type": "m.annotation", "event_id": event, "key": "✅"}
    await stage.adults[name].gateway.send(room, "m.reaction", json.dumps({"m.relates_to": relation}).encode(), "r1")


async def erase(stage: Stage, who: str = "Ксения Калинина", house: House | None = None) -> tuple[Record, Leftovers]:
    """As the command does it."""
    house = house or stage.house()
    unfinished = records.unfinished(stage.database)
    if unfinished:
        record = unfinished[0]
    else:
        found = find(stage.database, who)
        if not found:  # through, but for what comes after the last request
            return records.record_for(stage.database, found[0], Path(), 0), Leftovers()
        record = records.record_for(stage.database, found[0], stage.folder / "proof.json", stage.now)
    if not record.steps:
        records.begin(stage.database, record, stage.now)
    left = await erasure.carry_out(house, record)
    write_proof(proof_of(record, left, stage.now), Path(record.proof))
    await erasure.finish(house, record, left)
    return record, left


async def test_nothing_is_left_of_the_family(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    desks = [stage.desk(MOTHER), stage.desk(MOTHER, "1a")]
    record, left = await erase(stage)
    assert (left.count, left.unseen, record.refused, record.foreign) == (0, [], [], [])
    said = stage.everything()
    for word in ("секрет", "личное", "другом классе", "Ксения Калинина", "Наталья Калинина", "Нет ответа"):
        assert word not in said
    assert stage.accounts.purged == set(desks)
    for name in (MOTHER, FATHER):
        assert stage.accounts.accounts[stage.adults[name].user_id].erased
    assert traces.search(stage.database, record.names.found_in, record.traces.ids) == {}
    assert record.files == 2


async def test_everybody_else_keeps_everything(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    await erase(stage)
    assert stage.texts(stage.room("talk")) == [*(f"чужое {n}" for n in range(3)), "кто едет?", "Калинина — это и растение"]
    assert stage.texts(stage.room("staff")) == ["Вера Зайцева: голос записан", "Калинина звонила"]
    assert stage.is_in(OTHER, stage.desk(OTHER))
    facts = [str(bytes(row[0]), "utf-8") for row in stage.database.execute("SELECT fact FROM inbox ORDER BY seq")]
    assert ["привет" in facts[2], "Калинина" in facts[1], "секрет" in facts[0]] == [True, False, False]
    labels = [family.label for family in people.load_roster(stage.database, ClassId("3b")).families]
    assert labels == ["Семён Беляев, Таисия Беляева", "Лев Орлов", "Вера Зайцева"]
    assert people.load_roster(stage.database, ClassId("1a")).families[0].label == "Яна Мороз"


async def test_proof_says_what_was_done_and_names_nobody(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    record, _ = await erase(stage)
    proof = json.loads((stage.folder / "proof.json").read_text("utf-8"))
    counts = {room["role"]: room["redacted"] for room in proof["rooms"] if room["class"] == "3b"}
    # Messages and reactions, and both adults' invitations, arrivals and departures with their names.
    assert (counts["talk"] > 5, counts["staff"], counts["announcements"] > 0) == (True, 3, True)
    assert proof["check"]["nothing_found"] is True
    assert list(proof["steps"]) == ["doors", "messages", "desks", "accounts", "traces", "rows"]
    text = json.dumps(proof, ensure_ascii=False)
    assert [name for name in ("Калинин", "Наталья", "Ксения") if name in text] == []
    given = proof.pop("sha256")
    proof.pop("format")
    assert checksum(proof) == given
    assert records.unfinished(stage.database) == []
    assert record.id == proof["erasure"]


async def test_database_file_holds_no_name_afterwards(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    name = "Наталья Ивановна".encode()
    stage.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert name in stage.config.database.read_bytes()
    _, left = await erase(stage)
    assert left.file is True
    files = [stage.config.database, Path(f"{stage.config.database}-wal")]
    assert [file for file in files if file.exists() and name in file.read_bytes()] == []


async def test_staff_who_are_parents_keep_their_account(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    father = stage.adults[FATHER]
    await father.say(stage.room("talk"), "я и учитель")
    stage.adult("1a", "Мороз Инна Павловна", None, None)
    from classroom_matrix.storage import register

    stage.database.execute("DELETE FROM member WHERE person_id = ? AND class_id = '1a'", (father.id,))
    register.set_member(stage.database, ClassId("1a"), father.id, Role.TEACHER)
    record, left = await erase(stage)
    assert (record.kept, left.count) == ((father.user_id,), 0)
    account = stage.accounts.accounts[father.user_id]
    assert (account.erased, account.locked) == (False, False)
    assert not stage.is_in(FATHER, stage.room("talk"))
    assert stage.is_in(FATHER, stage.room("talk", "1a"))
    assert "я и учитель" in stage.texts(stage.room("talk"))


async def test_one_adult_is_erased_alone(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    await stage.adults[FATHER].say(stage.desk(MOTHER), "это папа")
    _, left = await erase(stage, "Калинин Пётр")
    assert left.count == 0
    assert stage.accounts.accounts[stage.adults[FATHER].user_id].erased
    assert not stage.accounts.accounts[stage.adults[MOTHER].user_id].erased
    assert stage.texts(stage.desk(MOTHER)) == ["личное 0", "личное 1", "личное 2"]
    assert "Ксения Калинина" in [family.label for family in people.load_roster(stage.database, ClassId("3b")).families]


async def test_family_that_has_left_can_be_erased(new_stage: NewStage) -> None:
    from .test_leaving import leave

    stage = await with_words(new_stage)
    await leave(stage, "Ксения Калинина", "3b")
    _, left = await erase(stage)
    assert left.count == 0
    assert "секрет" not in stage.everything()


async def test_accounts_that_others_made_stand_in_the_proof(new_stage: NewStage) -> None:
    stage = await with_words(new_stage)
    del stage.accounts.accounts[stage.adults[FATHER].user_id]
    record, left = await erase(stage)
    assert (record.foreign, left.count) == ([stage.adults[FATHER].user_id], 0)


async def test_erasure_survives_a_kill_at_every_request(new_stage: NewStage) -> None:
    async def work(stage: Stage, house: House) -> None:
        if records.unfinished(stage.database) or find(stage.database, "Ксения Калинина"):
            await erase(stage, house=house)

    async def check(stage: Stage) -> None:
        proof = json.loads((stage.folder / "proof.json").read_text("utf-8"))
        assert proof["check"]["nothing_found"] is True
        assert len(proof["steps"]) == 6
        said = stage.everything()
        assert [word for word in ("секрет", "личное", "Ксения Калинина") if word in said] == []
        redactions = [
            event["content"]["redacts"]
            for room in stage.homeserver.rooms.values()
            for event in room.events
            if event["type"] == "m.room.redaction"
        ]
        assert len(redactions) == len(set(redactions))
        assert find(stage.database, "Калинина") == []
        assert len(stage.texts(stage.room("talk"))) == 5

    async def make() -> Stage:
        return await with_words(new_stage)

    assert await killed_everywhere(make, work, check, points=24) > 40
