"""Duties on the real Synapse: taken by tap, word and proxy, swapped by two yeses, proposed and sent; with one kill -9."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import yaml

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person, text_of
from tests.integration.looking import says, shows
from tests.integration.school import SchoolOnStage, is_edit


def configure(school: SchoolOnStage) -> None:
    config = yaml.safe_load(school.config_file.read_text("utf-8"))
    config["plugins"] = {"events": {}, "duties": {}}
    school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")


async def join_desk(guardian: Person) -> RoomId:
    """Follow the invitation into the household's desk."""
    invitation = await guardian.wait_for(lambda event: event["type"] == "invite", seconds=60)
    await guardian.join(RoomId(invitation["room_id"]))
    return RoomId(invitation["room_id"])


async def held(school: SchoolOnStage, **places: int) -> None:
    """Wait until so many places of roles are held. Cards follow at leisure: every look at one costs up to ten seconds."""
    async with asyncio.timeout(60):
        while dict(school.rows(PLACES)) != places:
            await asyncio.sleep(0.05)  # the condition is in another process's database


async def sent(school: SchoolOnStage) -> None:
    """Wait until nothing waits but cards on which only counts have changed, which may for an hour."""
    async with asyncio.timeout(60):
        while (counts := school.counts())["inbox"] or counts["outbox"]:
            await asyncio.sleep(0.05)  # the condition is in another process's database


async def test_duties_from_the_first_tap_to_a_proposal(
    homeserver: EmbeddedHomeserver, tmp_path: Path, registration_file: Path
) -> None:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        await school.build(families=4, guardians=1)
        configure(school)
        await school.let_in("3b", "events")
        await school.start()
        await play(school)
        await sent(school)
        assert dict(school.rows(PLACES)) == {"чай": 2, "фото": 1}
        assert not school.rows("SELECT cause, handler, error FROM set_aside")


PLACES = """
    SELECT d.title, COUNT(*) FROM duties_hold h JOIN duties_duty d ON d.id = h.duty_id WHERE h.ended IS NULL GROUP BY 1
"""


async def play(school: SchoolOnStage) -> None:
    stage = school.classes["3b"]
    room, staff, teacher, bot = stage.rooms["events"], stage.rooms["staff"], stage.teacher, school.bot
    one, two, three, _ = stage.first_guardians
    pupils = [family.pupils[0] for family, _ in stage.families]

    await teacher.say(room, "!событие Каток послезавтра 12:00")
    await teacher.wait_for(says("Каток", bot), room=room)
    await teacher.say(staff, "!дела чай 2; фото 1")
    card = await teacher.wait_for(says("1️⃣ чай — 0 из 2.", bot), room=room)

    # A tap, with the service killed at that moment; an entry of the teacher's; words in the desk.
    tapped = asyncio.create_task(one.react(room, card["event_id"], "1️⃣"))
    await asyncio.wait([tapped], timeout=0.03)  # the moment of the kill is what varies
    await school.kill()
    await tapped
    await school.start()
    await held(school, чай=1)
    await teacher.say(staff, f"!дело {pupils[1].number} чай")
    desk_two = await join_desk(two)
    await two.wait_for(says("Учитель записал за вашей семьёй: «чай»", bot), room=desk_two)
    await held(school, чай=2)
    await two.say(desk_two, "не смогу чай")
    await two.wait_for(says("Хорошо, место свободно: «чай»", bot), room=desk_two)
    await two.say(desk_two, "возьму фото")
    await held(school, чай=1, фото=1)

    # Two yeses, and both duties change hands.
    await two.say(desk_two, f"обмен с {pupils[0].name} на чай")
    desk_one = await join_desk(one)
    letter = await one.wait_for(says("предлагает обмен: вам — «фото»", bot), room=desk_one)
    await one.react(desk_one, letter["event_id"], "✅")
    await two.wait_for(says("Обмен состоялся. За вами теперь «чай»", bot), room=desk_two)
    await one.wait_for(says("Обмен состоялся. За вами теперь «фото»", bot), room=desk_one)

    # The empty place is proposed, changed by the teacher, sent and taken.
    await teacher.say(staff, "!дела предложить")
    proposal = await teacher.wait_for(says("Предложение: «Каток»", bot), room=staff)
    proposed = re.search(r"чай — (.+?) \(дел 0 → 1\)", text_of(proposal))
    assert proposed is not None
    assert pupils[0].name not in proposed[1]
    if pupils[2].name not in proposed[1]:
        await teacher.say(staff, f"!дела заменить {proposed[1].split(',')[0]} на {pupils[2].number}")
    await teacher.react(staff, proposal["event_id"], "✅")
    desk_three = await join_desk(three)
    letter = await three.wait_for(says("Сможете помочь? «чай»", bot), room=desk_three)
    await three.react(desk_three, letter["event_id"], "✅")
    await asyncio.gather(
        shows(teacher, room, card, "1️⃣ чай — 2 из 2: ", "2️⃣ фото — 1 из 1: "),
        shows(teacher, staff, proposal, pupils[2].name, "согласие"),
    )

    # Nothing twice: one card in the room.
    cards = [e for e in await school.of_bot(teacher, room) if "1️⃣ чай" in text_of(e) and not is_edit(e)]
    assert len(cards) == 1
