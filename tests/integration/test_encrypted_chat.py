"""Talking with the bot in encrypted rooms, with the engine that Element has, set to trust signed devices only."""

from __future__ import annotations

from pathlib import Path

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from tests.integration.engine_client import Engines
from tests.integration.school import SchoolOnStage


async def test_first_contact_in_a_private_chat(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path, engines: Engines
) -> None:
    async with SchoolOnStage(
        homeserver, tmp_path, registration_file, encrypted=("desk", "private"), engines=engines
    ) as school:
        await school.build(families=1)
        await school.start()
        parent = school.classes["3b"].first_guardians[0]
        chat = await parent.create_dm(school.bot)
        assert await parent.is_encrypted(chat)
        await parent.wait_for(lambda e: e["type"] == "m.room.member" and e["state_key"] == school.bot, room=chat)
        await parent.say(chat, "!помощь")
        answer = await parent.wait_for_text("опрос", room=chat, seconds=20)
        print(answer)
        assert answer["encrypted"]
