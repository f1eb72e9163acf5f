"""The audit of a real class: asked for, of the morning, in the terminal; strangers and names noticed by the running service."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import yaml

from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person, text_of

from ..conftest import NewPerson
from .school import SchoolOnStage

DUE = "UPDATE job SET due = 1 WHERE name = 'core.audit_in_the_morning'"


async def in_the_terminal(school: SchoolOnStage, language: str = "ru_RU.UTF-8") -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "classroom_matrix", "audit", "--config", str(school.config_file),
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "160", "LC_ALL": language},
    )  # fmt: skip
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


def strangers(school: SchoolOnStage, what: str) -> None:
    config = yaml.safe_load(school.config_file.read_text("utf-8"))
    config["strangers"] = what
    school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")


async def staff_room(school: SchoolOnStage, teacher: Person) -> list[str]:
    return [text_of(event) for event in await school.of_bot(teacher, school.classes["3b"].rooms["staff"])]


async def put_right(school: SchoolOnStage, boris: Person, vera: Person, name: str) -> None:
    """While the service is down; a morning is due when it comes back."""
    await school.kill()
    strangers(school, "remove")
    await vera.join(school.classes["3b"].rooms["space"])
    await boris.set_name(name)
    school.change(DUE)


async def another_morning(school: SchoolOnStage) -> None:
    await school.kill()
    school.change(DUE)
    await school.start()
    async with asyncio.timeout(60):
        while school.rows("SELECT 1 FROM task") or school.rows("SELECT 1 FROM job WHERE due = 1"):
            await asyncio.sleep(0.05)
    await school.drained()


async def test_audit_of_a_class(
    homeserver: EmbeddedHomeserver, registration_file: Path, tmp_path: Path, new_person: NewPerson
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=3)
        stage = school.classes["3b"]
        teacher, (anna, boris, vera) = stage.teacher, stage.first_guardians
        talk, staff, space = (stage.rooms[role] for role in ("talk", "staff", "space"))
        strangers(school, "report")
        for person in (teacher, anna, boris):  # Vera has not come yet
            await person.join(space)
            await person.join(talk)
        await teacher.join(staff)
        names = [person.name for family, _ in stage.families for person in family.guardians]
        for person, name in ((anna, names[0]), (teacher, "Ольга Петровна")):
            await person.set_name(name)
        await school.start()

        # A stranger, let in by the teacher, and a guardian who calls himself like her: both are told at once, and once.
        stranger = await new_person()
        await stranger.set_name("Вася Пупкин")
        await teacher.invite(talk, stranger.user_id)
        await stranger.join(talk)
        await boris.set_name("Oльга Пeтpoвна")
        await teacher.wait_for_text("Oльга Пeтpoвна", room=staff)
        await teacher.wait_for_text("Доступ не закрыт", room=staff)
        await teacher.say(staff, "!сверка")
        answer = text_of(await teacher.wait_for_text("Сверка", room=staff))
        assert answer.startswith("Сверка: 4 человека в списке, 1 посторонний, все, кто уже вошёл, на месте, 1 ещё не вошёл.")
        assert f"Вася Пупкин ({stranger.user_id}) — Общение" in answer
        assert "показывает имя «Oльга Пeтpoвна», похоже на: " in answer
        assert "Ещё без аккаунта: 43" in answer
        told = await staff_room(school, teacher)
        assert len([text for text in told if "Доступ не закрыт: так настроено" in text]) == 1
        assert len([text for text in told if "Права от имени" in text]) == 1

        # A command that names a family, written where all families read, is taken away by the bot.
        command = await teacher.say(talk, "!передать Никто Ильина")
        await teacher.wait_for_text("Команда в той комнате убрана", room=staff)
        await anna.wait_for(lambda event: event["type"] == "m.room.redaction", room=talk)
        history = await anna.history(talk)
        assert [event["content"] for event in history if event["event_id"] == command] == [{}]
        assert [event for event in history if "Никто" in str(event["content"])] == []

        code, output = await in_the_terminal(school)
        assert (code, "4 человека в списке, 1 посторонний, все, кто уже вошёл, на месте" in output) == (1, True), output

        await put_right(school, boris, vera, names[1])
        await school.start()
        await teacher.wait_for_text("все на месте", room=staff)
        async with asyncio.timeout(60):
            while stranger.user_id in await teacher.joined_members(talk):
                await asyncio.sleep(0.1)  # the reconciler has marked the class
        await another_morning(school)
        code, output = await in_the_terminal(school, "C")
        assert (code, "4 expected, no strangers, nobody missing" in output) == (0, True), output
        told = await staff_room(school, teacher)
        assert len([text for text in told if text.startswith("Сверка")]) <= 3
