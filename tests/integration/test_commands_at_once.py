"""400 commands that arrive at once are 400 answers, each exactly one."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from tests.integration.school import SchoolOnStage, reply_to

COMMANDS = 400


async def test_four_hundred_commands_at_once_are_four_hundred_answers(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=4)
        await school.let_in("3b", "talk")
        stage = school.classes["3b"]
        room = stage.rooms["talk"]
        people = stage.first_guardians
        # Sent while the service is down, so that they all come in one rush.
        commands = await asyncio.gather(*(people[n % 4].say(room, "!язык русский") for n in range(COMMANDS)))
        await school.start()
        async with asyncio.timeout(180):
            while not (school.rows("SELECT COUNT(*) FROM inbox WHERE state = 1")[0][0] >= COMMANDS):
                await asyncio.sleep(0.1)  # the condition is in another process's database
        await school.drained(seconds=180)
        answered = Counter(reply_to(event) for event in await school.of_bot(stage.teacher, room))
        assert dict.fromkeys(commands, 1) == dict(answered)
