"""A backup of a running service, put back over it: another device of the same identity, and nothing is said twice."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path

import pytest

from classroom_matrix.config import load
from classroom_matrix.terminal import keys
from classroom_matrix.terminal.backups import backup, restore
from classroom_matrix.terminal.rotating import rotate
from classroom_matrix.testing.homeserver import EmbeddedHomeserver

from .bot_keys import BotKeys
from .school import SchoolOnStage


async def test_restored_service_goes_on_as_another_device_of_the_same_identity(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "school.tar"
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school, BotKeys(homeserver) as looking:
        await school.build(families=1)
        await school.let_in("3b", "announcements")
        await school.start()
        stage = school.classes["3b"]
        room, teacher = stage.rooms["announcements"], stage.teacher
        await looking.begin_as(school.registration)  # a device to look with
        await teacher.say(room, "!опрос Куда? Музей; Зоопарк")
        await teacher.wait_for_text("Опрос №1", room=room)
        await school.drained()
        config = load(school.config_file)
        assert backup(config, file) == 0
        before = await looking.seen_by(teacher)
        ((device, signed_by),) = school.rows("SELECT device_id, signed_by FROM e2e_own_device")
        assert signed_by == before.public_self_signing

        since = await teacher.say(room, "!опрос Когда? Утром; Вечером")
        await teacher.wait_for_text("Опрос №2", room=room)
        await school.drained()
        said = len(await school.of_bot(teacher, room))
        assert restore(school.config_file, file, force=True) == 1, "it runs"
        await school.kill()
        gc.collect()  # connections of `school.rows`: Python closes them when it comes to it
        assert restore(school.config_file, file, force=True) == 0
        assert school.rows("SELECT COUNT(*) FROM inbox WHERE event_id = ?", since) == [(0,)]

        await school.start()
        async with asyncio.timeout(60):
            while not school.rows("SELECT 1 FROM inbox WHERE event_id = ?", since):
                await asyncio.sleep(0.1)  # the condition is in another process's database
        await school.drained()
        ((successor, signed_by),) = school.rows("SELECT device_id, signed_by FROM e2e_own_device")
        after = await looking.seen_by(teacher)
        assert successor != device
        assert after.public_master == before.public_master
        assert signed_by == after.public_self_signing
        assert {successor} <= set(after.devices)
        assert device not in after.devices, "the old device is deleted"
        assert len(await school.of_bot(teacher, room)) == said, "nothing is said twice"
        capsys.readouterr()
        assert await keys.status(config) == 0, capsys.readouterr().out
        assert await rotate(config, password_file=None, yes=True) == 0, capsys.readouterr().out
        assert await keys.verify(config) == 0, capsys.readouterr().out
        assert (await looking.seen_by(teacher)).public_master != after.public_master
