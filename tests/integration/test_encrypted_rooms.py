"""What people see of encrypted rooms, with the engine that Element has, set to trust signed devices only.

One school keeps to the program's defaults: desks and private chats are encrypted, what the class reads is not. In the other
one the class's rooms are.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
import yaml

from classroom_matrix.domain.facts import MessageSent, decode
from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.matrix.encrypted_files import decrypt
from classroom_matrix.testing.faulty_proxy import Answer, FaultyProxy
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person, text_of
from classroom_matrix.testing.shifted_time import ShiftedTime
from tests.conftest import Registrations
from tests.integration.engine_client import EngineClient, Engines
from tests.integration.looking import says, shows
from tests.integration.school import PASSWORD, Event, SchoolOnStage, is_edit, reply_to

PHOTO = bytes(range(256)) * 40
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
NO_KEY = "Не могу прочитать это сообщение"
PATIENCE = 61.0
"""Seconds, a little longer than `opening.TELL_AFTER`."""
DAY = 86_401.0


@pytest.fixture(scope="module")
async def engines() -> AsyncIterator[Engines]:
    """For all tests of this module; the run's own ones end their clients after each test."""
    async with Engines() as engines:
        yield engines


@pytest.fixture(scope="module")
async def school(
    homeserver: EmbeddedHomeserver, tmp_path_factory: pytest.TempPathFactory, registrations: Registrations, engines: Engines
) -> AsyncIterator[SchoolOnStage]:
    """Whose configuration says nothing about encryption. The fourth family comes late."""
    folder = tmp_path_factory.mktemp("default")
    async with SchoolOnStage(
        homeserver, folder, registrations.keep(), encrypted=None, engines=engines, clock_file=folder / "clock"
    ) as school:
        ShiftedTime(folder / "clock").close()
        await school.build(families=3)
        configure(school, consultations={"letters": True, "buttons": 0})
        stage = school.classes["3b"]
        for person in (stage.teacher, *stage.first_guardians[:2]):
            for role in ("space", "announcements", "talk"):
                await person.join(stage.rooms[role])
        await stage.teacher.join(stage.rooms["staff"])
        await school.start()
        yield school


@pytest.fixture(scope="module")
async def closed_school(
    homeserver: EmbeddedHomeserver, tmp_path_factory: pytest.TempPathFactory, registrations: Registrations, engines: Engines
) -> AsyncIterator[SchoolOnStage]:
    """Where everything is encrypted but private chats. Each day is a school day, and evening and cut-off are over."""
    roles = ("announcements", "homework", "staff", "desk")
    async with SchoolOnStage(
        homeserver, tmp_path_factory.mktemp("closed"), registrations.keep(), encrypted=roles, engines=engines
    ) as school:
        await school.build(families=2)
        configure(
            school,
            announcements={},
            polls={},
            homework={"school_days": EVERY_DAY, "evening": "0:00"},
            absence={"school_days": EVERY_DAY, "cut_off": "0:00", "list_at": "0:00"},
        )
        await school.let_in("3b", "announcements", "homework")
        await school.start()
        yield school


def configure(school: SchoolOnStage, **plugins: Any) -> None:
    config = yaml.safe_load(school.config_file.read_text("utf-8"))
    config["plugins"] = plugins
    school.config_file.write_text(yaml.safe_dump(config, allow_unicode=True, sort_keys=False), "utf-8")


def is_safe(event: Event) -> bool:
    """Encrypted, readable, and without a mark of doubt beside it."""
    return event["encrypted"] and event["failure"] is None and event["shield"]["colour"] == "none"


async def private_chat(school: SchoolOnStage, person: EngineClient, *, encrypted: bool | None = None) -> RoomId:
    chat = await person.create_dm(school.bot, encrypted=encrypted)
    await person.wait_for(lambda e: e.get("state_key") == school.bot and e["content"]["membership"] == "join", room=chat)
    return chat


async def follow_into_desk(school: SchoolOnStage, person: Person) -> RoomId:
    known = set(school.classes["3b"].rooms.values())
    invitation = await person.wait_for(lambda event: event["type"] == "invite" and event["room_id"] not in known, seconds=60)
    return await person.join(RoomId(invitation["room_id"]))


async def answer_to(person: Person, room: RoomId, command: EventId) -> Event:
    return await person.wait_for(lambda event: "content" in event and reply_to(event) == command, room=room)


async def stored(person: Person, address: str) -> bytes:
    """A file as the homeserver has it."""
    server, _, name = address.removeprefix("mxc://").partition("/")
    url = f"{person.homeserver}/_matrix/client/v1/media/download/{quote(server)}/{quote(name)}"
    headers = {"Authorization": f"Bearer {person.access_token}"}
    async with aiohttp.ClientSession(headers=headers) as session, session.get(url) as response:
        assert response.status == 200
        return await response.read()


async def until(condition: Callable[[], object], *, seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.05)  # the condition is in another process's database


# ── What is encrypted, if nobody says anything ──────────────────────────────────────────────────────────────────────────


async def test_a_desk_is_encrypted_and_so_are_its_letters_and_files(school: SchoolOnStage) -> None:
    stage = school.classes["3b"]
    mother = stage.first_guardians[0]
    await stage.teacher.say(stage.rooms["staff"], "!запись послезавтра 10:00–11:00 по 10 мин")
    desk = await follow_into_desk(school, mother)
    letter = await mother.wait_for(says("10:00", school.bot), room=desk)
    assert is_safe(letter)

    booking = await mother.say(desk, "1")
    assert is_safe(await answer_to(mother, desk, booking))
    calendar = await mother.wait_for(lambda e: e.get("content", {}).get("msgtype") == "m.file", room=desk)
    assert is_safe(calendar)
    assert (await mother.fetch_file(calendar)).startswith(b"BEGIN:VCALENDAR")
    kept = await stored(mother, calendar["content"]["file"]["url"])
    assert len(kept) == calendar["content"]["info"]["size"]
    assert b"CALENDAR" not in kept

    photo = await mother.send_file(desk, "справка.jpg", PHOTO, "image/jpeg", msgtype="m.image")
    await until(lambda: school.rows("SELECT 1 FROM inbox WHERE event_id = ?", photo))
    fact = decode(school.rows("SELECT fact FROM inbox WHERE event_id = ?", photo)[0][0])
    assert isinstance(fact, MessageSent)
    assert fact.media is not None
    assert fact.media.key is not None
    sealed = await stored(mother, fact.media.url)
    assert (sealed != PHOTO, decrypt(sealed, fact.media.key)) == (True, PHOTO)


async def test_who_comes_late_reads_what_the_class_was_told(school: SchoolOnStage) -> None:
    stage = school.classes["3b"]
    late, room = stage.first_guardians[2], stage.rooms["announcements"]
    await stage.teacher.say(room, "!запись через неделю 10:00–11:00 по 10 мин, каб. 12")
    card = await stage.teacher.wait_for(says("Запись на консультации", school.bot), room=room)
    for role in ("space", "announcements"):
        await late.join(stage.rooms[role])
    read = {event["event_id"]: event for event in await late.history(room)}
    assert (read[card["event_id"]]["encrypted"], text_of(read[card["event_id"]])) == (False, text_of(card))
    for role in ("announcements", "talk", "staff"):
        assert not await stage.teacher.is_encrypted(stage.rooms[role])


async def test_the_bot_encrypts_a_private_chat_that_was_begun_in_clear(school: SchoolOnStage) -> None:
    father = school.classes["3b"].first_guardians[1]
    chat = await private_chat(school, father, encrypted=False)
    await father.wait_for(lambda event: event["type"] == "m.room.encryption", room=chat)
    answer = await answer_to(father, chat, await father.say(chat, "!помощь"))
    assert is_safe(answer)


# ── Asked to compare emojis ─────────────────────────────────────────────────────────────────────────────────────────────


async def test_a_verification_is_declined_with_one_word_a_day(school: SchoolOnStage) -> None:
    mother = school.classes["3b"].first_guardians[0]
    chat = await private_chat(school, mother)
    for _ in range(2):
        transaction = await mother.request_verification(school.bot, room=chat)
        ended = await mother.wait_for_verification("cancelled", transaction=transaction)
        assert (ended.mine, ended.cancelled) == (True, "m.user")
    await school.drained()
    told = [e for e in await school.of_bot(mother, chat) if "Сравнить смайлики" in text_of(e)]
    assert [is_safe(event) for event in told] == [True]


# ── What cannot be read ─────────────────────────────────────────────────────────────────────────────────────────────────


async def let_time_pass(school: SchoolOnStage, seconds: float = PATIENCE) -> None:
    assert school.clock_file is not None
    clock = ShiftedTime(school.clock_file)
    clock.move_to(clock.seconds() + seconds)
    clock.close()


def kept(school: SchoolOnStage, *, told: bool) -> list[str]:
    """Messages that wait for their keys, in their order."""
    rows = school.rows(f"SELECT event_id FROM e2e_kept WHERE told_at IS {'NOT ' if told else ''}NULL ORDER BY seq")
    return [row[0] for row in rows]


async def test_who_withholds_keys_is_told_once_a_day_which_setting_it_is(school: SchoolOnStage) -> None:
    father = school.classes["3b"].first_guardians[1]
    chat = await private_chat(school, father)
    await father.set_isolation("all")
    times_told = 0
    for later, is_told in ((0.0, True), (0.0, False), (DAY, True)):
        await let_time_pass(school, later)
        await father.give_keys_to_verified_people_only()
        await father.discard_session(chat)
        for first in (is_told, False):
            message = await father.say(chat, "!помощь")
            await until(lambda message=message: message in kept(school, told=False) + kept(school, told=True))
            await let_time_pass(school)  # unless the refusal to give the key came first
            await until(lambda message=message: message in kept(school, told=True))
            if first:
                told = await answer_to(father, chat, message)
                assert is_safe(told)
                assert text_of(told).startswith(f"{NO_KEY}, ваше приложение не даёт мне ключ")

        await father.give_keys_to_verified_people_only(False)
        await father.discard_session(chat)
        assert is_safe(await answer_to(father, chat, await father.say(chat, "!помощь")))
        await school.drained()
        times_told += is_told
        assert len([e for e in await school.of_bot(father, chat) if NO_KEY in text_of(e)]) == times_told


async def test_kept_messages_are_answered_in_their_order_when_their_keys_come(school: SchoolOnStage, engines: Engines) -> None:
    """The keys are held up on their way: the first three messages outlast the person's being told and a kill -9."""
    mother = school.classes["3b"].first_guardians[0]
    async with FaultyProxy(school.homeserver.url) as proxy:
        phone = await engines.log_in(proxy.url, mother.user_id[1:].partition(":")[0], PASSWORD, isolation="signed")
        try:
            await keep_and_release(school, proxy, phone)
        finally:
            await phone.close()


async def keep_and_release(school: SchoolOnStage, proxy: FaultyProxy, phone: EngineClient) -> None:
    chat = await private_chat(school, phone)
    held_up = proxy.add(Answer(200), method="PUT", path="/sendToDevice/m.room.encrypted/")
    said = [await phone.say(chat, f"!{command}") for command in ("помощь", "помощь опрос", "язык русский")]
    await until(lambda: kept(school, told=False) == said)
    await let_time_pass(school)
    told = await answer_to(phone, chat, said[0])
    assert text_of(told).startswith(f"{NO_KEY}, ключ к нему не дошёл")

    await school.kill()
    await school.start()
    said += [await phone.say(chat, f"!{command}") for command in ("помощь", "язык русский")]
    await until(lambda: kept(school, told=False) == said[3:])
    await let_time_pass(school)
    await until(lambda: kept(school, told=True)[-5:] == said)
    await phone.redact(chat, said[1])
    await until(lambda: said[1] not in kept(school, told=True))

    proxy.rules.remove(held_up)
    for record in proxy.requests:
        if record.status == 200 and not record.committed:
            path = record.passing.path.removeprefix("/_matrix/client/v3/")
            await phone.request("PUT", path, yaml.safe_load(record.passing.body))
    await until(lambda: not set(said) & set(kept(school, told=True)))
    await school.drained()
    ours = [reply_to(event) for event in await school.of_bot(phone, chat) if not is_edit(event)]
    assert [message for message in ours if message is not None] == [said[0], said[0], *said[2:]]
    assert school.rows("SELECT COUNT(*) FROM e2e_told WHERE room_id = ? AND heard_at IS NULL", chat) == [(0,)]


# ── A class whose rooms are encrypted ───────────────────────────────────────────────────────────────────────────────────


async def test_an_announcement_with_a_photo_is_confirmed_and_voted_on_by_taps(closed_school: SchoolOnStage) -> None:
    school, stage = closed_school, closed_school.classes["3b"]
    room, staff, teacher, bot = stage.rooms["announcements"], stage.rooms["staff"], stage.teacher, closed_school.bot
    photo = await teacher.send_file(staff, "расписание.jpg", PHOTO, "image/jpeg", msgtype="m.image")
    await teacher.say(staff, "!важно Завтра новое расписание", reply_to=photo)
    mother, father = stage.first_guardians
    card = await mother.wait_for(says("Завтра новое расписание", bot), room=room)
    copy = await mother.wait_for(lambda e: e.get("content", {}).get("msgtype") == "m.image", room=room)
    assert (is_safe(card), is_safe(copy), await mother.fetch_file(copy) == PHOTO) == (True, True, True)
    await teacher.say(staff, "!опрос Куда едем? Музей; Зоопарк")
    poll = await father.wait_for(says("Опрос №1", bot), room=room)
    for person, target, key in ((mother, card, "✅"), (father, card, "✅"), (mother, poll, "1️⃣"), (father, poll, "2️⃣")):
        await person.react(room, target["event_id"], key)
    await shows(mother, room, card, "2 из 27")
    await shows(mother, room, poll, "2 из 27")
    edits = [event for event in await school.of_bot(mother, room) if is_edit(event)]
    assert edits
    assert all(is_safe(event) for event in edits)


async def test_homework_with_a_thread_a_reply_an_edit_and_an_absence(closed_school: SchoolOnStage) -> None:
    school, stage = closed_school, closed_school.classes["3b"]
    room, staff, teacher, bot = stage.rooms["homework"], stage.rooms["staff"], stage.teacher, closed_school.bot
    mother, father = stage.first_guardians
    task = await teacher.say(room, "!дз математика с. 12 № 4 на завтра")
    card = await mother.wait_for(says("Математика: с. 12 № 4", bot), room=room)
    photo = await teacher.send_file(staff, "page.jpg", PHOTO, "image/jpeg", msgtype="m.image")
    await teacher.say(staff, "!дз окр. мир с. 7 на завтра", reply_to=photo)
    copy = await mother.wait_for(lambda e: e.get("content", {}).get("msgtype") == "m.image", room=room)
    assert copy["content"]["m.relates_to"] == {"rel_type": "m.thread", "event_id": card["event_id"]} | {
        key: value for key, value in copy["content"]["m.relates_to"].items() if key not in ("rel_type", "event_id")
    }
    assert await mother.fetch_file(copy) == PHOTO
    await teacher.edit(room, task, "!дз математика с. 13 № 5 на завтра")
    await shows(mother, room, card, "Математика: с. 13 № 5 (исправлено", "Окружающий мир: с. 7 📷")

    solution = await father.say(room, "№ 5: ответ 42", thread=card["event_id"])
    await teacher.react(room, solution, "🙈")
    desk = await follow_into_desk(school, father)
    assert is_safe(await father.wait_for(says("готовое решение", bot), room=desk))
    assert "ciphertext" not in next(e for e in await mother.history(room) if e["event_id"] == solution)["content"]
    await father.say(desk, "вопрос по математике: как решать № 5?")
    question = await teacher.wait_for(says("как решать № 5?", bot), room=staff)
    await teacher.say(staff, "всем: по действиям", reply_to=question["event_id"])
    answer = await mother.wait_for(says("Ответ на вопрос (Математика): по действиям", bot), room=room)
    assert (is_safe(answer), answer["content"]["m.relates_to"]["event_id"]) == (True, card["event_id"])

    await father.say(desk, "Ребёнок заболел, болеет сегодня")
    await father.wait_for(says("Записано: ", bot), room=desk)
    forwarded = await father.wait_for(lambda e: e.get("content", {}).get("msgtype") == "m.image", room=desk)
    assert await father.fetch_file(forwarded) == PHOTO
    await school.drained()
    assert all(event["encrypted"] for event in await school.of_bot(mother, room))
    assert school.rows("SELECT cause, handler, error FROM set_aside") == []


async def test_a_parent_who_switches_encryption_on_is_followed(closed_school: SchoolOnStage) -> None:
    mother = closed_school.classes["3b"].first_guardians[0]
    chat = await private_chat(closed_school, mother, encrypted=False)
    plain = await answer_to(mother, chat, await mother.say(chat, "!помощь"))
    assert not plain["encrypted"]
    await mother.encrypt_room(chat)
    assert is_safe(await answer_to(mother, chat, await mother.say(chat, "!помощь")))
