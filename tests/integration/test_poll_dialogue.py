"""The polls dialogue on the real Synapse: by application service and by narrow sync, native and by reaction.

In rooms that are encrypted it is the same, word for word; but people have to be allowed to write there, because a homeserver
that cannot tell a vote from a message refuses both.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import text_of
from tests.integration.engine_client import Engines
from tests.integration.looking import newest_look
from tests.integration.school import Event, SchoolOnStage, is_edit

ENCRYPTED = ("announcements", "staff", "talk", "desk", "private")


def is_card(event: Event) -> bool:
    return event["type"] == "m.room.message" and text_of(event).startswith("Опрос №1") and not is_edit(event)


def is_poll(event: Event) -> bool:
    return event["type"].endswith("poll.start")


async def first_sync_is_stored(school: SchoolOnStage) -> None:
    """What was said before the very first sync is history, so the teacher may speak only now."""
    async with asyncio.timeout(30):
        while not school.rows("SELECT 1 FROM source_mark WHERE kind = 'sync'"):
            await asyncio.sleep(0.05)  # the condition is in another process's database


@pytest.mark.parametrize("way", ["appservice", "sync"])
async def test_a_poll_from_question_to_result(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path, way: str
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await hold_a_poll(school, way, "announcements")


async def test_a_poll_from_question_to_result_where_all_is_encrypted(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path, engines: Engines
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file, encrypted=ENCRYPTED, engines=engines) as school:
        await hold_a_poll(school, "appservice", "talk")
        assert await all_is_encrypted(school)


async def hold_a_poll(school: SchoolOnStage, way: str, role: str) -> None:
    if way == "sync":
        await school.use_sync()
    await school.build(families=5, guardians=2)
    await school.let_in("3b", "announcements", "talk")
    await school.start()
    if way == "sync":
        await first_sync_is_stored(school)
    stage = school.classes["3b"]
    room, teacher = stage.rooms[role], stage.teacher

    await teacher.say(room, "!опрос Куда едем? Музей; Зоопарк до завтра 18:00 кворум 10%")
    poll = await teacher.wait_for(is_poll, room=room)
    card = await teacher.wait_for(is_card, room=room)
    answers = [answer["id"] for answer in poll["content"]["org.matrix.msc3381.poll.start"]["answers"]]

    (_, first), (_, second), (missing, _), (absent, _), (_, third) = stage.families[:5]
    await first[0].vote(room, poll["event_id"], answers[0])
    await second[0].react(room, card["event_id"], "2️⃣")
    await third[0].vote(room, poll["event_id"], answers[1])
    await third[1].vote(room, poll["event_id"], answers[0])  # the last vote of a family counts, and both are told
    await teacher.say(room, f"!опрос голос {absent.pupils[0].surname} 2")
    await school.drained()
    await teacher.wait_until(lambda events: any(is_edit(e) and "4 из 27" in str(e["content"]) for e in events))

    await teacher.say(room, "!опрос кто")
    told = await teacher.wait_for_text("не голосовали", room=stage.rooms["staff"])
    assert missing.pupils[0].surname in text_of(told)
    assert absent.pupils[0].surname not in text_of(told).split("Голоса")[0]
    assert not [e for e in await school.of_bot(teacher, room) if "не голосовали" in text_of(e)]

    await teacher.say(room, "!опрос закрыть")
    result = await teacher.wait_for(
        lambda e: e["content"].get("msgtype") == "m.text" and e["sender"] == school.bot and "завершён" in text_of(e),
        room=room,
    )
    await school.drained()
    said = text_of(result)
    assert ("Музей — 2" in said, "Зоопарк — 2" in said, "4 из 27" in said, "Поровну" in said) == (True, True, True, True)
    assert "завершён" in await newest_look(teacher, room, card["event_id"])
    assert len([e for e in await teacher.history(room) if e["type"].endswith("poll.end")]) == 1
    assert school.rows("SELECT cause, handler, error FROM set_aside") == []


async def all_is_encrypted(school: SchoolOnStage) -> bool:
    """Whether the homeserver could read nothing of what was said, but for reactions, which are never encrypted."""
    stage = school.classes["3b"]
    said = [e for role in ("talk", "staff") for e in await stage.teacher.history(stage.rooms[role])]
    spoken = [e for e in said if "state_key" not in e and e["type"] not in ("m.reaction", "m.room.redaction")]
    return bool(spoken) and all(event["encrypted"] and event["failure"] is None for event in spoken)


async def test_a_native_poll_of_the_teacher_is_adopted(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await adopt_a_poll(school, "appservice", "announcements")


async def test_a_native_poll_of_the_teacher_is_adopted_where_all_is_encrypted(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path, engines: Engines
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file, encrypted=ENCRYPTED, engines=engines) as school:
        await adopt_a_poll(school, "sync", "talk")
        assert await all_is_encrypted(school)


async def adopt_a_poll(school: SchoolOnStage, way: str, role: str) -> None:
    if way == "sync":
        await school.use_sync()
    await school.build(families=2)
    await school.let_in("3b", role)
    await school.start()
    if way == "sync":
        await first_sync_is_stored(school)
    stage = school.classes["3b"]
    room, teacher = stage.rooms[role], stage.teacher
    poll = await teacher.start_poll(room, "Куда едем?", "Музей", "Зоопарк")
    await teacher.wait_for(is_card, room=room)
    started = next(event for event in await teacher.history(room) if event["event_id"] == poll)
    answer = started["content"]["org.matrix.msc3381.poll.start"]["answers"][1]["id"]
    for guardian in stage.first_guardians:
        await guardian.vote(room, poll, answer)
    await school.drained()
    await teacher.end_poll(room, poll)
    result = await teacher.wait_for(lambda e: e["content"].get("msgtype") == "m.text" and e["sender"] == school.bot, room=room)
    assert "Зоопарк — 2" in text_of(result)
