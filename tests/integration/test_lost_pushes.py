"""A push that the homeserver believes delivered and that never came: the second look finds it."""

from __future__ import annotations

from pathlib import Path

from yarl import URL

from classroom_matrix.testing.faulty_proxy import Answer, FaultyProxy
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from tests.integration.school import SchoolOnStage


async def test_a_command_whose_push_is_lost_is_answered_once(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        pushed_to = school.listen
        school.listen = URL(f"http://127.0.0.1:{free_port()}")
        async with FaultyProxy(str(school.listen), port=pushed_to.port or 0) as proxy:
            await school.build(families=1)
            await school.let_in("3b", "talk")
            await school.start()
            stage = school.classes["3b"]
            room, teacher = stage.rooms["talk"], stage.teacher
            first = await teacher.say(room, "!язык русский")
            await teacher.wait_for_text("отвечаю вам по-русски", room=room)

            swallow = proxy.add(Answer(200), path="/transactions/")
            lost = await teacher.say(room, "!язык русский")
            await teacher.wait_until(lambda events: sum("отвечаю вам по-русски" in str(e.get("content")) for e in events) == 2)
            assert swallow.hits > 0
            proxy.rules.clear()
            again = await teacher.say(room, "!язык русский")
            await teacher.wait_until(lambda events: sum("отвечаю вам по-русски" in str(e.get("content")) for e in events) == 3)
            await school.drained()
            for command in (first, lost, again):
                assert len(await school.answers_to(teacher, room, command)) == 1
