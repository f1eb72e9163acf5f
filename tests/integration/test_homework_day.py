"""A day of homework on the real Synapse: a photo, a question, a solution that goes, a restart, and a pupil who is away."""

from __future__ import annotations

from pathlib import Path

import yaml

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from tests.integration.school import SchoolOnStage, is_edit, reply_to
from tests.integration.test_events import join_desk, says, shows

EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def configure(school: SchoolOnStage) -> None:
    """Each day is a school day, and evening and cut-off are over: the test may run at any time."""
    config = yaml.safe_load(school.config_file.read_text("utf-8"))
    config["plugins"] = {
        "homework": {"school_days": EVERY_DAY, "evening": "0:00"},
        "absence": {"school_days": EVERY_DAY, "cut_off": "0:00", "list_at": "0:00"},
    }
    school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")


async def test_a_day_of_homework_with_a_photo_and_an_absence(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=2, guardians=1)
        configure(school)
        await school.let_in("3b", "homework")
        await school.start()
        stage = school.classes["3b"]
        room, staff, teacher, bot = stage.rooms["homework"], stage.rooms["staff"], stage.teacher, school.bot
        mother, father = stage.first_guardians

        # The task, then a photo from the staff room as a reply to which its command is written.
        await teacher.say(room, "!дз математика с. 12 № 4 на завтра\nрусский упр. 5 на завтра")
        card = await mother.wait_for(says("Математика: с. 12 № 4", bot), room=room)
        address = "mxc://school.localhost/page"
        picture = {"msgtype": "m.image", "body": "page.jpg", "filename": "page.jpg", "url": address, "info": {"size": 10}}
        photo = await teacher.send(staff, "m.room.message", picture)
        await teacher.say(staff, "!дз окр. мир с. 7 на завтра", reply_to=photo)
        copy = await mother.wait_for(lambda event: event.get("content", {}).get("url") == address, room=room)
        assert copy["content"]["m.relates_to"]["event_id"] == card["event_id"]
        await shows(mother, room, card, "Русский язык: упр. 5\nОкружающий мир: с. 7 📷")

        # The service is killed; the teacher edits the message, a parent posts a solution.
        await school.kill()
        message = next(e for e in await teacher.history(room) if e["content"].get("body", "").startswith("!дз математика"))
        await teacher.edit(room, message["event_id"], "!дз математика с. 13 № 5 на завтра\nрусский упр. 5 на завтра")
        solution = await father.say(room, "№ 5: ответ 42", thread=card["event_id"])
        await school.start()
        await teacher.react(room, solution, "🙈")
        await shows(mother, room, card, "Математика: с. 13 № 5 (исправлено")
        desk = await join_desk(father)
        await father.wait_for(says("готовое решение", bot), room=desk)
        assert "body" not in next(e for e in await mother.history(room) if e["event_id"] == solution)["content"]

        # A question from the desk, answered to everybody; and the pupil is ill: the teacher knows, the list comes.
        await father.say(desk, "вопрос по математике: как решать № 5?")
        question = await teacher.wait_for(says("как решать № 5?", bot), room=staff)
        await teacher.say(staff, "всем: по действиям", reply_to=question["event_id"])
        answer = await mother.wait_for(says("Ответ на вопрос (Математика): по действиям", bot), room=room)
        assert answer["content"]["m.relates_to"]["event_id"] == card["event_id"]
        await father.say(desk, "Ребёнок заболел, болеет сегодня")
        await father.wait_for(says("Записано: ", bot), room=desk)
        letter = await father.wait_for(says("что задали, пока вас нет в школе", bot), room=desk)
        assert "Математика: с. 13 № 5" in letter["content"]["body"]
        await father.wait_for(lambda event: event.get("content", {}).get("url") == address, room=desk)
        pupil = stage.families[1][0].pupils[0]
        await teacher.wait_for(says(f"Сообщили сейчас: {pupil.name}", bot), room=staff)
        asked = await father.say(desk, "что задали на завтра?")
        listed = await father.wait_for(lambda event: "content" in event and reply_to(event) == asked, room=desk)
        assert "Окружающий мир: с. 7" in listed["content"]["body"]

        # The room is quiet: one card and its edits, the photo, the answer.
        await school.drained()
        spoken = [e for e in await school.of_bot(mother, room) if not is_edit(e)]
        assert len(spoken) == 3
        assert [e["content"].get("msgtype") for e in spoken] == ["m.notice", "m.image", "m.notice"]
