"""One event from the first idea to thanks on the real Synapse, with polls and duties; and one that is cancelled."""

from __future__ import annotations

import asyncio
from pathlib import Path

import yaml

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person, text_of
from tests.integration.looking import says, shows
from tests.integration.school import SchoolOnStage, is_edit, reply_to


def configure(school: SchoolOnStage) -> None:
    """Events, polls and duties; families are asked again at once."""
    config = yaml.safe_load(school.config_file.read_text("utf-8"))
    config["plugins"] = {"events": {"settle": 0}, "polls": {"seed_reactions": False}, "duties": {}}
    school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")


async def asked(school: SchoolOnStage, command: str, *parts: str) -> None:
    """Say a command in the staff room until its answer has all of `parts`: cards are edited too rarely for each count."""
    teacher, staff = school.classes["3b"].teacher, school.classes["3b"].rooms["staff"]
    said = ""
    try:
        async with asyncio.timeout(60):
            while not said or any(part not in said for part in parts):
                command_id = await teacher.say(staff, command)
                said = text_of(await teacher.wait_for(lambda event, asked=command_id: reply_to(event) == asked, room=staff))
    except TimeoutError:
        raise AssertionError(f"{parts} not in {said}") from None


async def join_desk(guardian: Person) -> RoomId:
    """Follow the invitation into the household's desk."""
    invitation = await guardian.wait_for(lambda event: event["type"] == "invite")
    await guardian.join(RoomId(invitation["room_id"]))
    return RoomId(invitation["room_id"])


async def test_an_event_from_the_first_idea_to_thanks(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=4, guardians=1)
        configure(school)
        await school.let_in("3b", "events")
        await school.start()
        stage = school.classes["3b"]
        room, staff, teacher, bot = stage.rooms["events"], stage.rooms["staff"], stage.teacher, school.bot
        one, two, three, four = stage.first_guardians

        # Ideas in the thread, and the families choose.
        await teacher.say(room, "!событие Праздник осени")
        card = await teacher.wait_for(says("Праздник осени · событие №1", bot), room=room)
        await one.say(room, "Предлагаю: Каток", thread=card["event_id"])
        await two.say(room, "Предлагаю: Музей", thread=card["event_id"])
        outvoted = await teacher.wait_for(says("Музей — ", bot), room=staff)
        await teacher.say(staff, "!идеи опрос 1 2")
        poll = await one.wait_for(lambda event: event["type"].endswith("poll.start"), room=room)
        answers = [answer["id"] for answer in poll["content"]["org.matrix.msc3381.poll.start"]["answers"]]
        for person, choice in ((one, 0), (two, 1), (three, 0)):
            await person.vote(room, poll["event_id"], answers[choice])
        await teacher.wait_until(lambda events: any(is_edit(e) and "3 из 27" in str(e["content"]) for e in events), seconds=60)
        await teacher.say(staff, "!опрос закрыть")
        await asked(school, "!план", "1. Каток")

        # A date and duties in one message; answers by tap (through a kill -9), by word and by proxy.
        await teacher.say(room, "!событие изменить когда: через 5 часов; где: парк; дела: чай 2, фото 1")
        roles = await one.wait_for(says("1️⃣ чай", bot), room=room)
        going = asyncio.gather(*(person.react(room, card["event_id"], "✅") for person in (one, two)))
        await asyncio.wait([going], timeout=0.05)  # the moment of the kill is what varies
        await school.kill()
        await going
        await school.start()
        await three.react(room, roles["event_id"], "2️⃣")
        await teacher.say(staff, f"!придут {stage.families[3][0].pupils[0].name} 2 взрослых")
        await asked(school, "!событие кто", "Придут: 3", "2 взрослых", "Не ответили: 24")

        # The place changes: those who promised something are asked again, and a word confirms it.
        await teacher.say(room, "!событие изменить где: школа")
        await teacher.wait_for(says("версия 4 на карточке", bot), room=staff)
        desks = {person: await join_desk(person) for person in (one, two, three, four)}
        for person, desk in desks.items():
            await person.wait_for(says("Изменилось: «Праздник осени»", bot), room=desk)
        await one.say(desks[one], "да")
        await one.wait_for(says("Записали: «Праздник осени»", bot), room=desks[one])
        await two.say(desks[two], "нет, не сможем")
        await two.wait_for(says("Записали: «Праздник осени»", bot), room=desks[two])
        await asked(school, "!событие кто", "Придут: 2", "Не придут: 1", "(до изменения;")

        # Done and thanked for.
        await teacher.say(room, "!событие готово")
        await teacher.say(room, "!событие спасибо")
        thanks = await one.wait_for(says("Спасибо всем, кто пришёл («Праздник осени»), и особенно:", bot), room=room)
        assert thanks["content"]["msgtype"] == "m.notice"
        await shows(teacher, room, card, "событие №1 прошло", "Где: школа", "1. Каток", "Версия 4", "Опрос №1 решил: Каток",
                    "Дела: занято было 1 из 3", "Были 2 семьи — 3 взрослых")  # fmt: skip
        await shows(teacher, staff, outvoted, "В опросе №1 выбрали другое")

        # The room heard no more than a card for the event, its duties and its poll, the poll's result, and the thanks.
        await school.drained()
        said = [text_of(e).split("\n")[0] for e in await school.of_bot(teacher, room) if not is_edit(e)]
        assert len(said) == 5, said
        assert not school.rows("SELECT cause, handler, error FROM set_aside")


async def test_a_cancelled_event_tells_everybody_and_frees_everything(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=3, guardians=1)
        configure(school)
        await school.let_in("3b", "events")
        await school.start()
        stage = school.classes["3b"]
        room, teacher, bot = stage.rooms["events"], stage.teacher, school.bot
        one, two, three = stage.first_guardians
        await teacher.say(room, "!событие Каток послезавтра 12:00; где: парк; дела: чай 1")
        card = await teacher.wait_for(says("Каток · событие №1", bot), room=room)
        roles = await one.wait_for(says("1️⃣ чай", bot), room=room)
        await one.react(room, card["event_id"], "✅")
        await two.react(room, card["event_id"], "❌")
        await three.react(room, roles["event_id"], "1️⃣")
        await asked(school, "!событие кто", "Придут: 1", "Не придут: 1")
        await teacher.say(room, "!событие отменить нет льда")
        await shows(teacher, room, card, "событие №1 отменено", "нет льда")
        await one.wait_for(says("Отменено: «Каток»", bot), room=room)
        for person in (one, three):
            desk = await join_desk(person)
            await person.wait_for(says("отменено: нет льда", bot), room=desk)
        await school.drained()
        household = stage.families[1][0].households[0].id
        assert school.rows("SELECT COUNT(*) FROM outbox WHERE household_id = ? AND about IS NOT NULL", household) == [(0,)]
        assert not school.rows("SELECT cause, handler, error FROM set_aside")
