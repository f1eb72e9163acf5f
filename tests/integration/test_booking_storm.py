"""Booking opens and 27 families × 3 tries arrive at once, with the service killed in the middle.

Afterwards no slot is two families', nobody has two, and every message has exactly one answer. The tally is made from the rooms'
history on the homeserver: from what the families were told, and what they sent, not from the service's own tables.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.integration.school import Event, SchoolOnStage, reply_to

SLOTS = 20  # fewer than families: some get nothing
TRIES = 3
_TIME = r"(\d\d:\d\d)"
_GIVEN = re.compile(rf"(?:Записали|Перенесли): [^,]+, [^,]+, {_TIME}–")
_HAVE = re.compile(rf"(?:Это время и так ваше|Вы уже записаны): [^,]+, [^,]+, {_TIME}")
_NONE = re.compile(r"это время уже занято|Свободного времени не осталось")


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_slot_is_given_twice_and_everybody_is_answered_once(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path, seed: int
) -> None:
    dice = random.Random(seed)
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build()
        _use_consultations(school)
        await school.let_in("3b", "announcements")
        stage = school.classes["3b"]
        desks = [await _desk(school, guardian) for guardian in stage.first_guardians]
        await school.start()
        await stage.teacher.say(stage.rooms["staff"], "!запись послезавтра 10:00–13:20 по 10 мин")
        await stage.teacher.wait_for(lambda event: "Запись на консультации" in _body(event), room=stage.rooms["announcements"])
        storm = asyncio.gather(
            *(
                _try(guardian, desk, dice.sample(range(1, SLOTS + 1), TRIES))
                for guardian, desk in zip(stage.first_guardians, desks, strict=True)
            )
        )
        storm_done = asyncio.ensure_future(storm)
        for _ in range(2):
            # the moment of the kill is the thing varied; nothing is waited for by it
            await asyncio.wait([storm_done], timeout=dice.uniform(0.3, 1.5))
            await school.kill()
            await school.start(listening=False)
        tries = await storm_done
        async with asyncio.timeout(60):
            while school.rows("SELECT COUNT(*) FROM inbox WHERE state = 1")[0][0] < len(desks) * TRIES + 1:
                await asyncio.sleep(0.1)  # the condition is in another process's database
        await school.drained()
        assert school.rows("SELECT cause, handler, error FROM set_aside") == []
        holders: Counter[str] = Counter()
        for guardian, desk, sent in zip(stage.first_guardians, desks, tries, strict=True):
            answers = await _answers(school, guardian, desk)
            assert dict.fromkeys(sent, 1) == dict(Counter(reply_to(event) for event in answers))
            holders.update(_held(answers))
        assert set(holders.values()) == {1}  # nobody was told to have what somebody else was told to have
        assert len(holders) == SLOTS  # 27 families, each with three tries among 20: whatever was left over would be a mistake
        card = [event for event in await stage.teacher.history(stage.rooms["announcements"]) if event["sender"] == school.bot]
        assert any("Всё занято" in _body(event) for event in card)


async def _try(guardian: Person, desk: RoomId, numbers: list[int]) -> list[EventId]:
    """Three messages at once. Which of them comes first is the homeserver's business."""
    return list(await asyncio.gather(*(guardian.say(desk, str(number)) for number in numbers)))


def _held(answers: list[Event]) -> set[str]:
    """What a family was told to have: at most one time, however often."""
    said = [_body(event) for event in answers]
    assert all(_GIVEN.search(text) or _HAVE.search(text) or _NONE.search(text) for text in said), said
    times = {found[1] for text in said if (found := _GIVEN.search(text) or _HAVE.search(text))}
    assert len(times) <= 1, said
    assert sum(bool(_GIVEN.search(text)) for text in said) == len(times), said
    return times


async def _answers(school: SchoolOnStage, guardian: Person, desk: RoomId) -> list[Event]:
    return [event for event in await school.of_bot(guardian, desk) if reply_to(event) is not None]


async def _desk(school: SchoolOnStage, guardian: Person) -> RoomId:
    rooms = school.rows(
        "SELECT r.room_id FROM room r JOIN member m ON m.household_id = r.household_id JOIN person p ON p.id = m.person_id"
        " WHERE p.user_id = ? AND r.role = 'desk'",
        guardian.user_id,
    )
    return await guardian.join(RoomId(rooms[0][0]))


def _use_consultations(school: SchoolOnStage) -> None:
    config = yaml.safe_load(school.config_file.read_text("utf-8"))
    config["plugins"] = {"consultations": {"buttons": 0}}
    school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")


def _body(event: Event) -> str:
    return str(event.get("content", {}).get("body", ""))
