"""Rooms that are not as expected: encrypted ones, private chats, and events that a handler cannot handle."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import text_of
from tests.integration.school import SchoolOnStage


async def program(school: SchoolOnStage, *command: str) -> tuple[int, str]:
    """Exit code and output of our program."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "classroom_matrix", *command, "--config", str(school.config_file),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


async def test_an_encrypted_room_crashes_nothing(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=1)
        await school.let_in("3b", "talk")
        await school.start()
        stage = school.classes["3b"]
        guardian, room = stage.first_guardians[0], stage.rooms["talk"]
        chat = await guardian.create_dm(school.bot)
        await guardian.set_state(chat, "m.room.encryption", {"algorithm": "m.megolm.v1.aes-sha2"})
        content = {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": "AwgA",
            "session_id": "x",
            "sender_key": "y",
            "device_id": "z",
        }
        for _ in range(3):
            await guardian.send(chat, "m.room.encrypted", content)
            await guardian.send(room, "m.room.encrypted", content)
        await guardian.say(room, "!помощь")
        await guardian.wait_for(lambda event: event["sender"] == school.bot and event["type"] == "m.room.message", room=room)
        await school.drained()
        assert school.process is not None
        assert school.process.returncode is None
        assert school.rows("SELECT cause, handler, error FROM set_aside") == []


async def test_a_private_chat_with_the_bot_works_for_the_class_and_for_nobody_else(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=1)
        await school.start()
        teacher = school.classes["3b"].teacher
        chat = await teacher.create_dm(school.bot)
        await teacher.wait_for(
            lambda e: e["type"] == "m.room.member" and e["state_key"] == school.bot and e["content"]["membership"] == "join",
            room=chat,
        )
        await teacher.say(chat, "!help")
        assert "!опрос" in text_of(await teacher.wait_for_text("!опрос", room=chat))
        stranger = await school.person(f"stranger-{school.registration.localpart}")
        other = await stranger.create_dm(school.bot)
        await stranger.wait_for(
            lambda e: e["type"] == "m.room.member" and e["state_key"] == school.bot and e["content"]["membership"] == "leave",
            room=other,
        )


async def test_a_poison_event_is_set_aside_and_shown_by_doctor(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    """The bug is a table that has gone missing: votes cannot be stored, everything else goes on."""
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=1)
        await school.let_in("3b", "announcements")
        await school.start()
        stage = school.classes["3b"]
        room, guardian = stage.rooms["announcements"], stage.first_guardians[0]
        await stage.teacher.say(room, "!опрос Куда едем? Музей; Зоопарк")
        poll = await guardian.wait_for(lambda event: event["type"].endswith("poll.start"), room=room)
        answer = poll["content"]["org.matrix.msc3381.poll.start"]["answers"][0]["id"]
        await school.drained()
        assert (await program(school, "doctor"))[0] == 0

        school.change("ALTER TABLE polls_ballot RENAME TO gone")
        vote = await guardian.vote(room, poll["event_id"], answer)
        await stage.teacher.say(room, "!язык русский")
        await stage.teacher.wait_for_text("по-русски", room=room)
        async with asyncio.timeout(30):
            while not school.rows("SELECT 1 FROM set_aside"):
                await asyncio.sleep(0.05)  # the condition is in another process's database
        code, output = await program(school, "doctor")
        assert code == 1
        assert vote in output
        assert "polls." in output
        assert vote in school.log.read_text("utf-8")

        school.change("ALTER TABLE gone RENAME TO polls_ballot")
        number = school.rows("SELECT id FROM set_aside")[0][0]
        await program(school, "doctor", "--retry", str(number))
        async with asyncio.timeout(90):
            while school.rows("SELECT 1 FROM set_aside"):
                await asyncio.sleep(0.05)
        await stage.teacher.say(room, "!опрос закрыть")
        await stage.teacher.wait_for_text("Музей — 1", room=room)
