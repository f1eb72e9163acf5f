"""Booking opens and 27 families × 3 tries arrive at once, with the service killed in the middle.

Afterwards no slot is two families', nobody has more than one for each child, every message has exactly one answer, and the
teacher's sheet says the same. The tally is made from the rooms' history on the homeserver: from what people were told, and what
they sent, not from the service's own tables.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from pathlib import Path

import yaml

from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.integration.school import ClassOnStage, Event, SchoolOnStage, reply_to

SLOTS = 20  # fewer than families: some get nothing
TRIES = 3
_GIVEN = re.compile(r"(?:Записали|Booked): [^,]+, [^,]+, (\d\d:\d\d)–")
_HAVE = re.compile(
    r"(?:Это время и так ваше|Вы уже записаны|This time is yours already|You have booked already): [^,]+, [^,]+, (\d\d:\d\d)"
)
_ROW = re.compile(r"\d\d:\d\d–")
_NONE = re.compile(r"это время уже занято|is taken already")


async def test_no_slot_is_given_twice_and_everybody_is_answered_once(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    dice = random.Random(7)
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build()
        _use_consultations(school)
        stage = school.classes["3b"]
        for role in ("space", "announcements", "staff"):  # families act in their desks
            await stage.teacher.join(stage.rooms[role])
        await school.start()
        await stage.teacher.say(stage.rooms["staff"], "!запись послезавтра 10:00–13:20 по 10 мин")
        await stage.teacher.wait_for(lambda event: "Запись на консультации" in _body(event), room=stage.rooms["announcements"])
        desks = await asyncio.gather(*(_desk(guardian, stage.rooms["space"]) for guardian in stage.first_guardians))
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
            while _waiting(school, [event for _, sent in tries for event in sent]):
                await asyncio.sleep(0.1)  # the condition is in another process's database
            while school.counts()["outbox"]:  # the card is not waited for: it follows at its own pace
                await asyncio.sleep(0.1)
        assert school.rows("SELECT cause, handler, error FROM set_aside") == []
        holders: Counter[str] = Counter()
        refused: set[str] = set()
        for (family, (guardian, *_)), desk, (numbers, sent) in zip(stage.families, desks, tries, strict=True):
            answers = await _answers(school, guardian, desk)
            assert dict.fromkeys(sent, 1) == dict(Counter(reply_to(event) for event in answers))
            held = _held(answers, most=len(family.pupils))
            holders.update(held)
            refused |= set() if held else {_time(number) for number in numbers}
        assert set(holders.values()) == {1}  # nobody was told to have what somebody else was told to have
        assert refused <= holders.keys()  # and nobody was refused what nobody has
        assert holders.keys() == await _taken(stage)


async def _taken(stage: ClassOnStage) -> set[str]:
    """When somebody comes, as the teacher is told."""
    command = await stage.teacher.say(stage.rooms["staff"], "!запись")
    sheet = await stage.teacher.wait_for(lambda event: reply_to(event) == command, room=stage.rooms["staff"])
    rows = [line for line in _body(sheet).split("\n") if _ROW.match(line)]
    assert len(rows) == SLOTS
    return {line[:5] for line in rows if "свободно" not in line}


async def _try(guardian: Person, desk: RoomId, numbers: list[int]) -> tuple[list[int], list[EventId]]:
    """Three messages at once. Which of them comes first is the homeserver's business."""
    return numbers, list(await asyncio.gather(*(guardian.say(desk, str(number)) for number in numbers)))


def _time(number: int) -> str:
    """When the slot of that number begins."""
    return f"{10 + (number - 1) // 6}:{(number - 1) % 6}0"


def _held(answers: list[Event], *, most: int) -> set[str]:
    """What a family was told to have: at most one time for each child, however often."""
    said = [_body(event) for event in answers]
    assert all(_GIVEN.search(text) or _HAVE.search(text) or _NONE.search(text) for text in said), said
    times = {found[1] for text in said if (found := _GIVEN.search(text) or _HAVE.search(text))}
    assert len(times) <= most, said
    assert sum(bool(_GIVEN.search(text)) for text in said) == len(times), said
    return times


async def _answers(school: SchoolOnStage, guardian: Person, desk: RoomId) -> list[Event]:
    return [event for event in await school.of_bot(guardian, desk) if reply_to(event) is not None]


async def _desk(guardian: Person, space: RoomId) -> RoomId:
    """Follow the invitation into the household's desk, which is made for the letter with the list."""
    invited = await guardian.wait_for(lambda event: event["type"] == "invite" and event["room_id"] != space, seconds=60)
    return await guardian.join(RoomId(invited["room_id"]))


def _waiting(school: SchoolOnStage, events: list[EventId]) -> int:
    """How many of these messages the service has not decided."""
    marks = ", ".join("?" * len(events))
    return len(events) - school.rows(f"SELECT COUNT(*) FROM inbox WHERE state = 1 AND event_id IN ({marks})", *events)[0][0]


def _use_consultations(school: SchoolOnStage) -> None:
    config = yaml.safe_load(school.config_file.read_text("utf-8"))
    config["plugins"] = {"consultations": {"letters": True, "buttons": 0}}
    school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")


def _body(event: Event) -> str:
    return str(event.get("content", {}).get("body", ""))
