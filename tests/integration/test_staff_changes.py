"""People who come and go during the year, on the real Synapse: substitutes, second teachers, joiners, leavers."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from classroom_matrix.config import load
from classroom_matrix.domain.ids import ClassId, RoomId, UserId
from classroom_matrix.matrix.registration import ensure_registration
from classroom_matrix.school import import_rosters, open_school, sign_in
from classroom_matrix.storage import drift, invitations, people, register
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.accounts_process import AccountsProcess
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person

from .newcomers import OWN_PASSWORD, JoinPage, Newcomer, arrive_at_once, invite_people, stand_and_invite
from .school import SchoolOnStage

ROSTER = (
    "№;Фамилия;Имя;Мать (ФИО);Отец (ФИО)\n"
    "1;Беляев;Пётр;Беляева Ирина Андреевна;Беляев Алексей Андреевич\n"
    "2;Орлов;Иван;Орлова Светлана Рустамовна;\n"
)
SHARED = ("announcements", "homework", "talk")
FEW_ROOMS = dict.fromkeys(("events", "albums", "meetings", "library", "publications"), False)


class Place:
    """A class with a teacher who has an account of IT's, and everybody else with slips."""

    def __init__(self, school: SchoolOnStage, accounts: AccountsProcess, teacher: Person) -> None:
        self.school = school
        self.accounts = accounts
        self.teacher = teacher
        self.page = JoinPage.anywhere()
        self.newcomers: list[Newcomer] = []
        self.clients: list[Person] = []

    def configure(self, *staff: dict[str, Any]) -> None:
        roster = self.school.folder / "roster.csv"
        roster.write_text(ROSTER, "utf-8")
        teacher = {"name": "Ольга Петровна", "role": "teacher", "user": self.teacher.user_id}
        klass = {"id": "3b", "name": "3Б", "roster": str(roster), "staff": [teacher, *staff], "rooms": FEW_ROOMS}
        klass["pupil_accounts"] = True
        self.school.write_config([klass], accounts=dict(self.accounts.settings), join=dict(self.page.config))

    async def stand(self, *staff: dict[str, Any]) -> None:
        self.configure(*staff)
        self.newcomers = await stand_and_invite(self.school.config_file, ["3b"])
        await self.school.start()
        for role in ("space", "staff"):
            await self.teacher.join(self.room(role))

    def room(self, role: str) -> RoomId:
        return RoomId(self.school.rows("SELECT room_id FROM room WHERE role = ?", role)[0][0])

    def desk(self, name: str) -> RoomId:
        query = "SELECT room_id FROM room WHERE household_id = ?"
        return RoomId(self.school.rows(query, self.called(name).person.household_id)[0][0])

    def called(self, name: str) -> Newcomer:
        return next(newcomer for newcomer in self.newcomers if newcomer.person.name.endswith(f" {name}"))

    async def come(self, name: str) -> Person:
        """They arrive, and are let in."""
        newcomer = self.called(name)
        await self.page.arrive(newcomer)
        query = "SELECT COUNT(*) FROM invitation WHERE person_id = ? AND admitted_at IS NOT NULL"
        await until(lambda: self.school.rows(query, newcomer.person.id)[0][0])
        client = await Person.log_in(self.school.homeserver.url, newcomer.user_id, OWN_PASSWORD)
        self.clients.append(client)
        return client

    async def drained(self) -> None:
        query = (
            "SELECT (SELECT COUNT(*) FROM task), (SELECT COUNT(*) FROM outbox WHERE state = 0), (SELECT COUNT(*) FROM drift)"
        )
        await until(lambda: self.school.rows(query) == [(0, 0, 0)])


async def until(condition: Callable[[], object], *, seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.05)  # the condition is in another process's database


async def in_room(person: Person, room: RoomId, *, inside: bool = True, seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while (room in await person.joined_rooms()) is not inside:
            await asyncio.sleep(0.1)  # the condition is on the homeserver


def bodies(events: list[Any]) -> list[str]:
    return [event["content"]["body"] for event in events if event["type"] == "m.room.message" and "body" in event["content"]]


@pytest.fixture
async def place(homeserver: EmbeddedHomeserver, registration_file: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with SchoolOnStage(homeserver, tmp_path, registration_file) as school:
        teacher = await school.person(f"t-{school.registration.localpart}")
        async with AccountsProcess(tmp_path / "accounts", homeserver, school.bot, child=False) as accounts:
            place = Place(school, accounts, teacher)
            yield place
            for client in place.clients:
                await client.close()


async def test_substitute_sees_what_was_handed_over_and_nothing_else(place: Place) -> None:
    today = datetime.now(ZoneInfo("Europe/Moscow")).date()
    substitute = {"name": "Сидорова Анна", "role": "substitute", "since": today, "until": today + timedelta(days=7)}
    await place.stand(substitute)
    mother, other = await place.come("Беляева"), await place.come("Орлова")
    desk, others_desk = place.desk("Беляева"), place.desk("Орлова")
    await place.teacher.join(desk)
    await mother.say(desk, "старая тайна")
    sidorova = await place.come("Сидорова")
    rooms = set(await sidorova.joined_rooms())
    assert rooms == {place.room(role) for role in ("space", *SHARED, "staff")}

    await place.teacher.say(place.room("staff"), "!передать Беляев Сидоровой")
    await in_room(sidorova, desk)
    await mother.say(desk, "новый вопрос")
    seen = bodies(await sidorova.history(desk))
    assert ("новый вопрос" in seen, "старая тайна" in seen) == (True, False)
    assert others_desk not in await sidorova.joined_rooms()
    await sidorova.say(place.room("staff"), "!передать Орлов Сидорова")  # not hers to decide
    await sidorova.wait_for(lambda e: "только сам учитель" in e["content"].get("body", ""), room=place.room("staff"))

    await place.teacher.say(place.room("staff"), "!забрать Беляев Сидорова")
    await in_room(sidorova, desk, inside=False)
    await mother.say(desk, "после")
    assert "после" not in bodies(await sidorova.history(desk))
    assert others_desk not in await sidorova.joined_rooms()
    await other.say(others_desk, "и моё")

    await place.school.kill()
    yesterday = today - timedelta(days=1)
    place.configure({**substitute, "since": yesterday, "until": yesterday})
    await place.school.start()
    await in_room(sidorova, place.room("space"), inside=False)
    await place.drained()
    assert await sidorova.joined_rooms() == []
    assert [text for text in bodies(await place.teacher.history(place.room("staff"))) if "нет в списке" in text] == []


async def test_second_teacher_and_joiner_get_in_and_leaver_is_out_within_seconds(place: Place) -> None:
    await place.stand()
    mother = await place.come("Беляева")
    await place.teacher.join(place.room("announcements"))
    await place.teacher.say(place.room("announcements"), "!опрос Когда едем? Пятница; Суббота")
    await place.school.drained()

    await place.school.kill()
    place.configure({"name": "Новикова Мария", "role": "teacher"})
    async with open_school(load(place.school.config_file)) as school:
        await import_rosters(school)
        place.newcomers += await invite_people(school, ["3b"])
    await place.school.start()
    second = await place.come("Новикова")
    assert place.desk("Беляева") in await second.joined_rooms()

    joiner = await place.come("Орлова")
    desk = place.desk("Орлова")
    await in_room(second, desk)
    await joiner.wait_for(lambda e: "Когда едем?" in e["content"].get("body", ""), room=desk)
    (welcome,) = bodies(await joiner.history(desk))
    assert welcome.startswith("Здравствуйте! Это личная комната вашей семьи с учителем (3Б).")
    assert "Опрос №1 «Когда едем?»: 1. Пятница; 2. Суббота." in welcome
    await joiner.say(desk, "2")  # for the poll, or for the teacher?
    await joiner.wait_for(lambda e: "Верно?" in e["content"].get("body", ""), room=desk)
    await joiner.say(desk, "да")
    await joiner.wait_for(lambda e: "Голос вашей семьи" in e["content"].get("body", ""), room=desk)

    pupil = await place.come("Орлов")
    assert await pupil.joined_rooms() == [place.room("homework")]

    began = time.monotonic()
    await leave(place, "Беляева")
    for role in ("space", *SHARED):
        await in_room(mother, place.room(role), inside=False, seconds=15)
    await in_room(mother, place.desk("Беляева"), inside=False, seconds=15)
    assert time.monotonic() - began < 15
    await place.drained()
    assert [text for text in bodies(await place.teacher.history(place.room("staff"))) if "нет в списке" in text] == []


async def leave(place: Place, name: str) -> None:
    """What another process writes down when somebody leaves."""
    database = Database(place.school.database)

    def write() -> None:
        with database.transaction():
            register.remove_member(database, ClassId("3b"), place.called(name).person.id)
            drift.mark(database, ClassId("3b"), None, time.time())

    await database.call(write)
    database.close()


async def test_homeserver_accepts_for_people_where_there_is_no_accounts_process(tmp_path: Path) -> None:
    registration = tmp_path / "registration.yaml"
    ensure_registration(registration, user_id=UserId("@classroom:school.localhost"), url=f"http://127.0.0.1:{free_port()}")
    async with (
        EmbeddedHomeserver(
            tmp_path / "homeserver", registrations=[registration], auto_accept=True, bcrypt_rounds=4
        ) as homeserver,
        SchoolOnStage(homeserver, tmp_path, registration) as school,
    ):
        (tmp_path / "roster.csv").write_text(ROSTER, "utf-8")
        school.write_config([{"id": "3b", "name": "3Б", "roster": str(tmp_path / "roster.csv"), "rooms": FEW_ROOMS}])
        mother = await school.person("mother")
        async with open_school(load(school.config_file)) as parts:
            await sign_in(parts)
            await import_rosters(parts)
            roster = await parts.database.call(people.load_roster, parts.database, ClassId("3b"))
            person = roster.families[0].guardians[0]

            def write() -> None:
                people.set_account(parts.database, person.id, mother.user_id)
                invitations.reserve(parts.database, person.id, mother.user_id)

            await parts.database.call(write)
            await parts.provisioner.apply(parts.config.klass("3b"))
        await arrive_at_once(school.config_file, person.id)
        await school.start()
        async with asyncio.timeout(30):
            while len(await mother.joined_rooms()) < 5:
                await asyncio.sleep(0.1)  # the condition is on the homeserver
        rooms = {role: RoomId(room) for role, room in school.rows("SELECT role, room_id FROM room")}
        assert set(await mother.joined_rooms()) == {rooms[role] for role in ("space", *SHARED, "desk")}
        direct = await mother.request("GET", f"user/{mother.user_id}/account_data/m.direct")
        assert direct == {school.bot: [rooms["desk"]]}
