"""Devices come and go, the bot's own among them: with Element's engine, set to trust signed devices only.

One school for all tests; each of them opens chats of its own and leaves the service running.
"""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import vodozemac
import yaml

from classroom_matrix.config import load
from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.encryption.keyring import DEVICE, GENERATION, KeyRing
from classroom_matrix.school import open_school
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person
from tests.conftest import Registrations
from tests.integration.engine_client import EngineClient, Engines
from tests.integration.engine_process import require_engine
from tests.integration.school import PASSWORD, Event, SchoolOnStage, _give_account, reply_to

FEW_ROOMS = dict.fromkeys(("homework", "events", "albums", "meetings", "library", "publications"), False)
NO_SHIELD = {"colour": "none", "reason": None}
MEGOLM = "m.megolm.v1.aes-sha2"


class Stage:
    """A school on stage, parents and a teacher with Element's engine."""

    def __init__(self, school: SchoolOnStage, engines: Engines) -> None:
        self.school = school
        self.engines = engines
        people = [*school.classes["3b"].first_guardians, school.classes["3b"].teacher]
        clients = [person for person in people if isinstance(person, EngineClient)]
        self.mother, *_, self.teacher = clients
        self.father = clients[-2]  # of another family, where there are two

    async def chat(self, person: EngineClient, **settings: Any) -> RoomId:
        """A private chat with the bot, who has joined it."""
        if settings:
            state = [{"type": "m.room.encryption", "state_key": "", "content": {"algorithm": MEGOLM, **settings}}]
            chat = await person.create_room(
                preset="trusted_private_chat", is_direct=True, invite=[self.school.bot], initial_state=state
            )
        else:
            chat = await person.create_dm(self.school.bot)
        await person.wait_for(lambda event: event["type"] == "m.room.encryption", room=chat)
        await person.wait_for(self._bot_is_in, room=chat)
        return chat

    def _bot_is_in(self, event: Event) -> bool:
        is_ours = event["type"] == "m.room.member" and event.get("state_key") == self.school.bot
        return is_ours and event["content"]["membership"] == "join"

    async def ask(self, person: EngineClient, room: RoomId) -> Event:
        """Ask for help; the answer as the person's client shows it."""
        return await self.answer(person, room, await person.say(room, "!помощь"))

    async def answer(self, person: EngineClient, room: RoomId, question: EventId) -> Event:
        def answers(event: Event) -> bool:
            return event.get("sender") == self.school.bot and reply_to(event) == question and event["failure"] is None

        event = await person.wait_for(answers, room=room)
        assert event["encrypted"]
        assert event["shield"] == NO_SHIELD
        return event

    async def of_bot(self, person: EngineClient, room: RoomId) -> dict[str, str | None]:
        """Why the person's client cannot read the bot's messages, by event ID; None where it can."""
        sent = [e for e in await person.history(room) if e["sender"] == self.school.bot and e["encrypted"]]
        return {event["event_id"]: event["failure"] for event in sent}

    async def reads(self, person: EngineClient, room: RoomId, expected: dict[str, bool], *, seconds: float = 20) -> None:
        """Wait until the person's client can read just these messages of the bot's."""
        async with asyncio.timeout(seconds):
            while True:
                found = {event: failure is None for event, failure in (await self.of_bot(person, room)).items()}
                if found == expected:
                    return
                await asyncio.sleep(0.1)  # the condition is in another program

    async def place(self, person: EngineClient, event: Event) -> tuple[str, int]:
        """(session, index) that a message of the bot's was encrypted with."""
        path = f"rooms/{quote(event['room_id'], safe='')}/event/{quote(event['event_id'], safe='')}"
        content = (await person.request("GET", path))["content"]
        return content["session_id"], vodozemac.MegolmMessage.from_base64(content["ciphertext"]).message_index()

    # ── The bot's keys ──────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def device(self) -> str:
        """The bot's."""
        return str(self.school.rows("SELECT device_id FROM e2e_own_device")[0][0])

    async def identity(self) -> str:
        """The bot's public master key."""
        (key,) = (await self._published())["master_keys"][self.school.bot]["keys"].values()
        return str(key)

    async def devices(self) -> set[str]:
        """Those of the bot's that have keys."""
        return set((await self._published())["device_keys"][self.school.bot])

    async def _published(self) -> dict[str, Any]:
        return await self.mother.request("POST", "keys/query", {"device_keys": {self.school.bot: []}})

    async def claim(self, person: Person, count: int) -> Counter[str]:
        """Take one-time keys of the bot's. How often each came: a key of its last resort comes again and again."""
        wanted = {"one_time_keys": {self.school.bot: {self.device: "signed_curve25519"}}}
        answers = [await person.request("POST", "keys/claim", wanted) for _ in range(count)]
        devices = [answer["one_time_keys"][self.school.bot][self.device] for answer in answers]
        return Counter(key["key"] for device in devices for key in device.values())

    async def count_keys(self) -> int:
        """One-time keys of the bot's that the homeserver has."""
        who = {"user_id": self.school.bot, "device_id": self.device}
        async with Person(self.school.homeserver.url, self.school.bot, self.school.registration.as_token) as bot:
            answer = await bot.request("POST", "keys/upload", {}, query=who)
        return int(answer["one_time_key_counts"].get("signed_curve25519", 0))

    def given(self, session_id: str) -> set[tuple[str, str]]:
        """(user, device) of all that were given a session of the bot's."""
        rows = self.school.rows("SELECT user_id, device_id FROM e2e_share WHERE session_id = ? AND device_id <> ''", session_id)
        return {(user, device) for user, device in rows}

    async def is_up(self, *, instead_of: str = "", seconds: float = 20) -> str:
        """Wait until the service has a signed device, and not this one. Returns its ID."""
        query = "SELECT device_id FROM e2e_own_device WHERE signed_by IS NOT NULL AND device_id <> ?"
        async with asyncio.timeout(seconds):
            while not (found := self.school.rows(query, instead_of)):
                await asyncio.sleep(0.05)  # the condition is in another process's database
        return str(found[0][0])

    async def is_known(self, device: str, *, deleted: bool = False, seconds: float = 20) -> None:
        """Wait until the service has heard of a device, or that it is gone."""
        query = "SELECT COUNT(*) FROM e2e_device WHERE device_id = ? AND deleted = ?"
        async with asyncio.timeout(seconds):
            while not self.school.rows(query, device, deleted)[0][0]:
                await asyncio.sleep(0.05)  # the condition is in another process's database

    # ── Copies of the database ──────────────────────────────────────────────────────────────────────────────────────

    def copy(self, name: str) -> Path:
        """The database as it is now, while the service goes on."""
        target = self.school.folder / name
        with closing(sqlite3.connect(self.school.database)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
        return target

    async def put_back(self, copy: Path) -> None:
        """Start the service with a copy in place of its database."""
        await self.school.kill()
        for suffix in ("-wal", "-shm"):
            self.school.database.with_name(self.school.database.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(copy, self.school.folder / "fresh.db")
        (self.school.folder / "fresh.db").replace(self.school.database)
        await self.school.start()

    async def goes_on_with_another_device(self, person: EngineClient, chat: RoomId, old: str) -> None:
        """The person's client talks with the new device, which the old identity has signed, and has forgotten the old one."""
        assert self.device != old
        await person.wait_for_device(self.school.bot, self.device, signed=True)
        await person.wait_until_device_is_gone(self.school.bot, old)
        await self.ask(person, chat)

    async def was_heard_again(self, event: str | None, *, seconds: float = 20) -> None:
        """Wait until the service has looked behind and found what its database knows nothing of."""
        query = "SELECT (SELECT COUNT(*) FROM inbox WHERE event_id = ?1) + (SELECT COUNT(*) FROM e2e_kept WHERE event_id = ?1)"
        async with asyncio.timeout(seconds):
            while not self.school.rows(query, event)[0][0]:
                await asyncio.sleep(0.1)  # the condition is in another process's database
        await self.school.drained()

    async def program(self, *arguments: str, code: int = 0) -> str:
        """Its output."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "classroom_matrix", *arguments, "--config", str(self.school.config_file),
            stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT, cwd=self.school.folder,
        )  # fmt: skip
        output, _ = await process.communicate()
        assert process.returncode == code, output.decode()
        return output.decode()


@pytest.fixture(scope="module")
async def stage(
    homeserver: EmbeddedHomeserver,
    registrations: Registrations,
    running_engines: list[Engines],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Stage]:
    require_engine()
    async with AsyncExitStack() as stack:
        if not running_engines or not running_engines[-1].alive:
            running_engines.append(await Engines().__aenter__())
        stack.push_async_callback(running_engines[-1].close_clients)
        school = SchoolOnStage(
            homeserver,
            tmp_path_factory.mktemp("devices"),
            await registrations.take(homeserver),
            encrypted=("desk", "private"),
            engines=running_engines[-1],
        )
        await stack.enter_async_context(school)
        await school.build(families=2, rooms=FEW_ROOMS)
        await school.start()
        yield Stage(school, running_engines[-1])


@pytest.fixture(autouse=True)
async def running(stage: Stage) -> None:
    """Whatever a test that failed has left."""
    if stage.school.process is None:
        await stage.school.start()


async def test_outbound_session_outlives_a_kill_and_ends_by_the_rooms_settings(stage: Stage) -> None:
    mother, school = stage.mother, stage.school
    chat = await stage.chat(mother)
    places = [await stage.place(mother, await stage.ask(mother, chat)) for _ in range(2)]
    await school.kill()
    await school.start()
    places.append(await stage.place(mother, await stage.ask(mother, chat)))
    assert places == [(places[0][0], index) for index in range(3)]

    short = await stage.chat(mother, rotation_period_msgs=3)
    places = [await stage.place(mother, await stage.ask(mother, short)) for _ in range(4)]
    assert [index for _, index in places] == [0, 1, 2, 0]
    assert len({session for session, _ in places}) == 2


async def test_database_that_is_put_back_gets_a_new_device_of_the_same_identity(stage: Stage) -> None:
    mother, father, school = stage.mother, stage.father, stage.school
    chat, other = await stage.chat(mother), await stage.chat(father)
    for person, room in ((mother, chat), (father, other)):
        await stage.ask(person, room)
    identity, first, copy = await stage.identity(), stage.device, stage.copy("copy.db")
    last = await stage.ask(mother, chat)

    await stage.put_back(copy)
    await stage.goes_on_with_another_device(mother, chat, first)
    second = stage.device

    await school.kill()  # another machine: what belongs to the device only is not there
    for name in (DEVICE, GENERATION):
        (KeyRing.folder_of(school.database) / name).unlink()
    await stage.put_back(copy)
    await stage.goes_on_with_another_device(father, other, second)
    await stage.was_heard_again(reply_to(last))

    assert await stage.identity() == identity
    assert await stage.devices() == {stage.device}
    for person, room, answered in ((mother, chat, 3), (father, other, 2)):
        answers = await school.of_bot(person, room)
        assert set(Counter(map(reply_to, answers)).values()) == {1}
        assert (len(answers), {answer["failure"] for answer in answers}) == (answered, {None})
        places = [await stage.place(person, answer) for answer in answers]
        assert len(set(places)) == len(places), "a place of a session was used twice"


async def test_backup_is_restored_by_the_program(stage: Stage) -> None:
    father, school = stage.father, stage.school
    chat = await stage.chat(father)
    await stage.ask(father, chat)
    identity, old = await stage.identity(), stage.device
    await stage.program("backup", "backup.tar")
    await stage.ask(father, chat)
    await school.kill()
    await stage.program("restore", "backup.tar", "--force")
    await school.start()
    await stage.goes_on_with_another_device(father, chat, old)
    assert await stage.identity() == identity
    assert await stage.devices() == {stage.device}
    assert set((await stage.of_bot(father, chat)).values()) == {None}


async def test_people_talk_on_when_the_identity_is_another_one(stage: Stage) -> None:
    """Whom nobody has verified may change: apps say so, and go on. Nobody can verify the bot (docs/adr/0009)."""
    mother, school = stage.mother, stage.school
    chat = await stage.chat(mother)
    await stage.ask(mother, chat)
    await mother.pin_identity(school.bot)
    first = await stage.identity()
    await stage.program("keys", "rotate", "--yes")  # beside the running service
    second = await stage.identity()
    await stage.ask(mother, chat)
    trust = await mother.trust(school.bot)
    assert (trust["needs_approval"], trust["devices"][stage.device]["signed_by_owner"]) == (True, True)

    await school.kill()
    await stage.program("keys", "rotate", "--yes")
    assert len({first, second, await stage.identity()}) == 3
    await school.start()
    await stage.ask(mother, chat)
    assert set((await stage.of_bot(mother, chat)).values()) == {None}
    await mother.pin_identity(school.bot)  # "OK" under the app's sentence
    assert not (await mother.trust(school.bot))["needs_approval"]


async def test_second_device_reads_what_was_said_before_if_its_owner_has_signed_it(stage: Stage) -> None:
    mother = stage.mother
    chat = await stage.chat(mother, rotation_period_msgs=3)
    said = [(await stage.ask(mother, chat))["event_id"] for _ in range(4)]  # in two sessions
    localpart = mother.user_id[1:].partition(":")[0]
    async with AsyncExitStack() as stack:
        phone = await stage.engines.log_in(mother.homeserver, localpart, PASSWORD, isolation="signed")
        stack.push_async_callback(phone.close)
        await stage.reads(phone, chat, dict.fromkeys(said, True))

        tablet = await stage.engines.log_in(mother.homeserver, localpart, PASSWORD, isolation="signed", cross_sign=False)
        stack.push_async_callback(tablet.close)
        await stage.is_known(tablet.device_id)
        fifth = await stage.ask(mother, chat)
        unsigned = dict.fromkeys(said, False) | {fifth["event_id"]: True}
        await stage.reads(tablet, chat, unsigned)
        await stage.reads(phone, chat, dict.fromkeys(unsigned, True))
        await tablet.take_identity(mother)
        await stage.reads(tablet, chat, dict.fromkeys(unsigned, True))

        await tablet.close(log_out=True)
        await stage.is_known(tablet.device_id, deleted=True)
        sixth = await stage.ask(mother, chat)
        before, after = await stage.place(mother, fifth), await stage.place(mother, sixth)
        assert before[1] == 1
        assert (after[0] != before[0], after[1]) == (True, 0)
        assert stage.given(after[0]) == {(mother.user_id, mother.device_id), (mother.user_id, phone.device_id)}
        await stage.reads(phone, chat, dict.fromkeys([*unsigned, sixth["event_id"]], True))


async def test_desk_is_read_from_the_invitation_on_and_until_somebody_leaves(stage: Stage) -> None:
    mother, school = stage.mother, stage.school
    household = school.classes["3b"].families[0][0].households[0]
    here = mother.user_id[1:].partition(":")[0]
    late = next(guardian for guardian in household.guardians if f"{guardian.id}".lower() != here)
    login = await school.homeserver.register(f"{late.id}".lower(), PASSWORD)
    async with open_school(load(school.config_file)) as parts:
        desk = await parts.desks.ensure_desk(school.classes["3b"].id, household.id)
        assert desk is not None
        await mother.join(desk)
        before = await stage.place(mother, await stage.ask(mother, desk))
        await parts.database.call(_give_account, parts.database, late.id, login.user_id)
        await parts.gateway.invite(desk, login.user_id, direct=True)
    letter = await stage.ask(mother, desk)

    father = await stage.engines.log_in(mother.homeserver, f"{late.id}".lower(), PASSWORD, isolation="signed")
    await father.join(desk)
    await stage.reads(father, desk, {letter["event_id"]: True})
    own = await stage.ask(father, desk)
    await stage.reads(mother, desk, dict.fromkeys(await stage.of_bot(mother, desk), True))
    assert not any(user == father.user_id for user, _ in stage.given(before[0]))

    await father.leave(desk)
    after = await stage.place(mother, await stage.ask(mother, desk))
    assert after[0] != (await stage.place(mother, own))[0]
    assert {user for user, _ in stage.given(after[0])} == {mother.user_id, stage.teacher.user_id}


async def test_bot_is_reached_when_its_one_time_keys_have_run_out(stage: Stage) -> None:
    mother, teacher, school = stage.mother, stage.teacher, stage.school
    chat = await stage.chat(teacher)
    async with asyncio.timeout(20):
        while await stage.count_keys() != 50:
            await asyncio.sleep(0.1)  # the condition is in another program
    await school.kill()
    school.change("UPDATE e2e_own_device SET fallback_at = 1")  # not a moment ago
    claimed = await stage.claim(mother, 60)
    assert (len(claimed), sorted(claimed.values())[-2:]) == (51, [1, 10])
    question = await teacher.say(chat, "!помощь")
    await school.start()
    await stage.answer(teacher, chat, question)

    async with asyncio.timeout(20):
        while await stage.count_keys() != 50:
            await asyncio.sleep(0.1)  # the condition is in another program
    assert school.rows("SELECT fallback_at > 1 FROM e2e_own_device")[0][0]
    again = await stage.claim(mother, 52)
    assert (len(again), again.keys() & claimed.keys()) == (51, set())


async def test_account_that_syncs(
    stage: Stage, homeserver: EmbeddedHomeserver, registration_file: Path, tmp_path: Path
) -> None:
    async with SchoolOnStage(
        homeserver, tmp_path, registration_file, encrypted=("desk", "private"), engines=stage.engines
    ) as school:
        await school.use_sync()
        await school.build(families=1, rooms=FEW_ROOMS)
        (klass,) = yaml.safe_load(school.config_file.read_text("utf-8"))["classes"]
        (mother,) = school.classes["3b"].first_guardians
        assert isinstance(mother, EngineClient)
        await school.start()
        syncing = Stage(school, stage.engines)
        await syncing.is_up()
        chat = await syncing.chat(mother)
        places = [await syncing.place(mother, await syncing.ask(mother, chat))]
        await school.kill()
        question = await mother.say(chat, "!помощь")
        await school.start()
        places.append(await syncing.place(mother, await syncing.answer(mother, chat, question)))
        assert places == [(places[0][0], 0), (places[0][0], 1)]

        school.write_config([klass], database=str(tmp_path / "second.db"))
        output = await syncing.program("run", code=2)
        assert "connection.access_token_file: this token's device has encryption keys" in output

        school.write_config([klass])  # and now what the sentence advises
        async with await Person.log_in(homeserver.url, school.bot, PASSWORD) as anew:
            school.token_file.write_text(anew.access_token, "utf-8")
        old = syncing.device
        await school.kill()
        await school.start()
        await mother.wait_for_device(school.bot, await syncing.is_up(instead_of=old), signed=True)
        places.append(await syncing.place(mother, await syncing.ask(mother, chat)))
        assert (places[2][0] != places[0][0], places[2][1]) == (True, 0)
