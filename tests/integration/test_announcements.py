"""Announcements on the real Synapse: confirmed by taps, words and proxy, through a kill -9; receipts; quiet hours."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person, text_of
from tests.integration.school import SchoolOnStage, is_edit, reply_to
from tests.integration.test_poll_dialogue import first_sync_is_stored


def configure(school: SchoolOnStage, **more: Any) -> None:
    """Use announcements only, and what else is given."""
    config = yaml.safe_load(school.config_file.read_text("utf-8"))
    school.config_file.write_text(
        yaml.safe_dump({**config, "plugins": {"announcements": {}}, **more}, allow_unicode=True, sort_keys=False), "utf-8"
    )


def says(part: str, sender: str) -> Any:
    return lambda event: event.get("sender") == sender and part in text_of(event) and not is_edit(event)


async def asked(school: SchoolOnStage, command: str, *parts: str) -> str:
    """Say a command in the staff room; the answer, which has all of `parts`."""
    teacher, staff = school.classes["3b"].teacher, school.classes["3b"].rooms["staff"]
    command_id = await teacher.say(staff, command)
    answer = await teacher.wait_for(lambda event: reply_to(event) == command_id, room=staff)
    assert all(part in text_of(answer) for part in parts), (text_of(answer), parts)
    return text_of(answer)


async def join_desk(guardian: Person) -> RoomId:
    """Follow the invitation into the household's desk."""
    invitation = await guardian.wait_for(lambda event: event["type"] == "invite")
    await guardian.join(RoomId(invitation["room_id"]))
    return RoomId(invitation["room_id"])


async def test_a_mustread_is_confirmed_once_per_family_whatever_is_killed(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=5, guardians=2)
        configure(school)
        await school.let_in("3b", "announcements")
        await school.start()
        stage = school.classes["3b"]
        room, staff, teacher = stage.rooms["announcements"], stage.rooms["staff"], stage.teacher

        await teacher.say(staff, "!важно Завтра уроки с 9:00. Подтвердить до завтра 18:00")
        card = await teacher.wait_for(says("Завтра уроки", school.bot), room=room)
        assert card["content"]["msgtype"] == "m.text"

        tapping = [
            guardian.react(room, card["event_id"], "✅") for _, guardians in stage.families[:3] for guardian in guardians
        ]
        going = asyncio.gather(*tapping)
        await asyncio.wait([going], timeout=0.15)  # the moment of the kill is what varies
        await school.kill()
        await going
        await school.start()
        await teacher.wait_until(lambda events: any(is_edit(e) and "3 из 27" in str(e["content"]) for e in events), seconds=90)

        proxy = stage.families[3][0].pupils[0].surname
        await asked(school, f"!подтвердил {proxy} по телефону", "подтверждено")

        # A correction asks those again who have confirmed, in their desks, where a word is enough.
        await teacher.say(staff, "!исправить №1 Завтра уроки с 10:00")
        line = await teacher.wait_for(says("Было «9:00», стало «10:00»", school.bot), room=room)
        assert line["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == card["event_id"]
        mother = stage.families[0][1][0]
        desk = await join_desk(mother)
        await mother.wait_for(says("Вы подтвердили прежний текст", school.bot), room=desk)
        await mother.say(desk, "прочитали")
        await mother.wait_for(says("Записано: семья прочитала", school.bot), room=desk)

        listed = await asked(school, "!важно кто", "4 из 27", "по телефону", "словами в личной комнате")
        assert listed.count("старый текст") == 3
        ways = Counter(row[0] for row in school.rows("SELECT via FROM announcements_confirmation"))
        taps = sum(len(guardians) for _, guardians in stage.families[:3])
        assert ways == {"reaction": taps, "proxy": 1, "desk": 1}
        ours = [event for event in await school.of_bot(teacher, room) if not is_edit(event)]
        assert len(ours) == 2  # the card and the correction's line
        assert school.rows("SELECT cause, handler, error FROM set_aside") == []


@pytest.mark.parametrize("way", ["appservice", "sync"])
async def test_receipts_say_who_has_opened_the_room(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path, way: str
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        if way == "sync":
            await school.use_sync()
        await school.build(families=4)
        configure(school)
        await school.let_in("3b", "announcements", "talk")
        await school.start()
        if way == "sync":
            await first_sync_is_stored(school)
        stage = school.classes["3b"]
        room, talk, teacher = stage.rooms["announcements"], stage.rooms["talk"], stage.teacher
        await teacher.say(stage.rooms["staff"], "!объявление Завтра каток")
        card = await teacher.wait_for(says("Завтра каток", school.bot), room=room)
        chat = await teacher.say(talk, "Доброе утро")
        for guardian in stage.first_guardians[:3]:
            await guardian.read(talk, chat)
            await guardian.read(room, card["event_id"])
        async with asyncio.timeout(30):
            while len(school.rows("SELECT 1 FROM receipt")) < 3:
                await asyncio.sleep(0.05)  # the condition is in another process's database
        kept = {(row[0], row[1]) for row in school.rows("SELECT room_id, user_id FROM receipt")}
        assert kept == {(room, guardian.user_id) for guardian in stage.first_guardians[:3]}
        await asked(school, "!объявление доставка", "Комнату с тех пор открывали 3 семьи")


async def test_quiet_hours_hold_what_is_not_urgent(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=2)
        now = datetime.now(ZoneInfo("Europe/Moscow"))
        hours = [(now + timedelta(hours=shift)).strftime("%H:%M") for shift in (-2, 2)]
        configure(school, quiet_hours="-".join(hours))
        await school.let_in("3b", "announcements")
        await school.start()
        stage = school.classes["3b"]
        room, teacher = stage.rooms["announcements"], stage.teacher
        await asked(school, "!объявление Завтра каток", "Сейчас тихие часы", hours[1])
        await asked(school, "!объявление срочно: школа закрыта", "опубликовано", "срочных: 1")
        (only,) = await school.of_bot(teacher, room)
        assert (text_of(only).split("\n")[0], only["content"]["msgtype"]) == ("школа закрыта", "m.text")
