"""A question in a desk on the real Synapse, through a kill -9: waiting, answered, closed; and "what's new" beside it."""

from __future__ import annotations

from pathlib import Path

import yaml

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import text_of
from tests.integration.school import SchoolOnStage, reply_to
from tests.integration.test_announcements import join_desk, says


async def test_question_waits_until_it_is_answered_whatever_is_killed(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=2, guardians=1)
        config = yaml.safe_load(school.config_file.read_text("utf-8"))
        config["plugins"] = {"consultations": {"urgent": "звоните в школу"}}
        school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")
        await school.let_in("3b", "announcements", "talk")
        await school.start()
        stage = school.classes["3b"]
        teacher, staff, mother = stage.teacher, stage.rooms["staff"], stage.first_guardians[0]
        surname = stage.families[0][0].pupils[0].surname

        async def listed(which: str = "") -> str:
            command = await teacher.say(staff, f"!обращения {which}")
            return text_of(await teacher.wait_for(lambda event: reply_to(event) == command, room=staff))

        await mother.say(stage.rooms["talk"], "!новое")  # answered in the desk, which is made for it
        desk = await join_desk(mother)
        await mother.wait_for(says("Ничего нового", school.bot), room=desk)
        await teacher.wait_for_invite(desk)
        await teacher.join(desk)

        await mother.say(desk, "Спасибо!")
        question = await mother.say(desk, "Можно завтра прийти попозже?")
        waiting = await listed()
        assert waiting.startswith("1 обращение ждёт ответа:")
        assert surname in waiting
        assert f"https://matrix.to/#/{desk}/{question}" in waiting
        await mother.say(desk, "Что нового?")
        await mother.wait_for(says("ждёт ответа учителя", school.bot), room=desk)

        await school.kill()
        await teacher.say(desk, "Да, конечно")
        await school.start()
        assert await listed() == "Обращений без ответа нет."
        await mother.say(desk, "Поняла, спасибо большое")
        await school.drained()
        assert "закрыто" in await listed("закрытые")
        assert len([e for e in await school.of_bot(mother, desk) if e["type"] == "m.room.message"]) == 2
