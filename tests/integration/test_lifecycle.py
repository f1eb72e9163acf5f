"""Out again, on the real Synapse, by the program itself: leave, rollover, erase, export; killed with -9 on the way."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import pytest

from classroom_matrix.config import load
from classroom_matrix.domain.ids import PersonId, RoomId, UserId
from classroom_matrix.errors import PermanentError
from classroom_matrix.runtime.clock import SystemClock
from classroom_matrix.runtime.tasks import TaskRunner
from classroom_matrix.school import load_plugins, open_school, sign_in
from classroom_matrix.serving import school_tasks
from classroom_matrix.storage import invitations, tasks
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.accounts_process import AccountsProcess
from classroom_matrix.testing.faulty_proxy import Call, FaultyProxy, Rule
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from classroom_matrix.testing.person import Person

from .newcomers import JoinPage, Newcomer, stand_and_invite
from .school import SchoolOnStage

ROSTER = (
    "№;Фамилия;Имя;Дата рождения;Мать (ФИО);Отец (ФИО)\n"
    "1;Калинина;Ксения;01.02.2017;Калинина Наталья Ивановна;Калинин Пётр Ильич\n"
    "2;Беляев;Семён;03.04.2017;Беляева Анна Олеговна;\n"
    "3;Орлов;Лев;05.06.2017;Орлова Мария Львовна;\n"
)
NEXT_YEAR = (
    "№;Фамилия;Имя;Дата рождения;Мать (ФИО);Отец (ФИО)\n"
    "1;Калинина;Ксения;01.02.2017;Калинина Наталья Ивановна;Калинин Пётр Ильич\n"
    "2;Орлов;Лев;05.06.2017;Орлова Мария Львовна;\n"
)
FEW_ROOMS = dict.fromkeys(("homework", "events", "albums", "meetings", "library", "publications"), False)
PASSWORD = "кот играет на рояле 7"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8


class Place:
    """A class whose people are all in, and the program beside them."""

    def __init__(self, school: SchoolOnStage, accounts: AccountsProcess, teacher: Person, stack: AsyncExitStack) -> None:
        self.school = school
        self.accounts = accounts
        self.teacher = teacher
        self.page = JoinPage.anywhere()
        self.clients: dict[str, Person] = {}
        self._newcomers: list[Newcomer] = []
        self._stack = stack

    def configure(self, *more: dict[str, Any]) -> None:
        roster = self.school.folder / "3b.csv"
        roster.write_text(ROSTER, "utf-8")
        staff = [{"name": "Ольга Петровна", "role": "teacher", "user": self.teacher.user_id}]
        classes = [{"id": "3b", "name": "3Б", "roster": str(roster), "staff": staff, "rooms": FEW_ROOMS}]
        classes += [{"staff": staff, "rooms": FEW_ROOMS, **klass} for klass in more]
        self.school.write_config(classes, accounts=dict(self.accounts.settings), join=dict(self.page.config))

    async def stand(self) -> None:
        """Everybody is in their rooms, the teacher included."""
        self.configure()
        self._newcomers = await stand_and_invite(self.school.config_file, ["3b"])
        for newcomer in self._newcomers:
            await self.accounts.client.set_password(newcomer.user_id, PASSWORD, log_out=False)
        await self._admit()
        for newcomer in self._newcomers:
            client = await Person.log_in(self.school.homeserver.url, newcomer.user_id, PASSWORD)
            self.clients[newcomer.person.name.split()[-1]] = await self._stack.enter_async_context(client)
        for room in (self.room("space"), self.room("talk"), self.room("staff"), *self.desks("3b")):
            await self.teacher.join(room)

    async def _admit(self) -> None:
        config = load(self.school.config_file)
        registry = load_plugins(config)
        async with open_school(config) as school:
            await sign_in(school)
            await school.database.call(registry.prepare_tables, school.database)
            await school.database.call(_arrive, school.database, [newcomer.person.id for newcomer in self._newcomers])
            clock = SystemClock()
            await TaskRunner(school.database, clock, school_tasks(school, registry, clock)).once()

    def room(self, role: str, class_id: str = "3b") -> RoomId:
        query = "SELECT room_id FROM room WHERE role = ? AND class_id = ?"
        return RoomId(self.school.rows(query, role, class_id)[0][0])

    def desks(self, class_id: str) -> list[RoomId]:
        return [
            RoomId(row[0])
            for row in self.school.rows("SELECT room_id FROM room WHERE role = 'desk' AND class_id = ?", class_id)
        ]

    def desk_of(self, name: str) -> RoomId:
        person = next(one.person for one in self._newcomers if one.person.name.endswith(name))
        return RoomId(self.school.rows("SELECT room_id FROM room WHERE household_id = ?", person.household_id)[0][0])

    async def program(self, *arguments: str, code: int = 0) -> str:
        """Its output."""
        process = await self._start(*arguments)
        output, _ = await process.communicate()
        assert (process.returncode, b"Traceback" in output) == (code, False), output.decode()
        return output.decode()

    async def killed(self, *arguments: str, at: int, path: str = "") -> bool:
        """kill -9 behind the request with this number, as the homeserver has done it and before the program knows.

        Returns:
            Whether it came so far.
        """
        process = await self._start(*arguments)

        def kill(_passing: object) -> None:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)

        rule = Rule(Call(after=kill), path=path, skip=at, count=1)
        self.school.proxy.rules.append(rule)
        await process.communicate()
        self.school.proxy.rules.remove(rule)
        return process.returncode == -signal.SIGKILL

    async def _start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "classroom_matrix", *arguments, "--config", str(self.school.config_file),
            cwd=self.school.folder, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT, start_new_session=True,
            env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200", "LC_ALL": "ru_RU.UTF-8"},
        )  # fmt: skip


def _arrive(database: Database, people_ids: Sequence[PersonId]) -> None:
    with database.transaction():
        for person_id in people_ids:
            invitations.arrived(database, person_id, time.time())
            tasks.put(database, f"admit|{person_id}", "admit", None, person_id, due=time.time())


@pytest.fixture
async def place(homeserver: EmbeddedHomeserver, registration_file: Path, tmp_path: Path) -> AsyncIterator[Place]:
    async with AsyncExitStack() as stack:
        proxy = await stack.enter_async_context(FaultyProxy(homeserver.url))
        school = SchoolOnStage(homeserver, tmp_path, registration_file, homeserver_url=proxy.url)
        school.proxy = proxy
        await stack.enter_async_context(school)
        accounts = AccountsProcess(tmp_path / "accounts", homeserver, school.bot, child=False)
        await stack.enter_async_context(accounts)
        place = Place(school, accounts, await school.person(f"t-{school.registration.localpart}"), stack)
        await place.stand()
        yield place


async def refused(person: Person, room: RoomId) -> list[str]:
    """What the person is told when they try everything with their own token."""
    told = []
    for attempt in (person.sync(), person.history(room), person.join(room), person.state(room), person.say(room, "я ещё тут")):
        try:
            await attempt
        except PermanentError as error:
            told.append(error.errcode)
        else:
            told.append("nothing")
    return told


async def test_leaver_has_no_access_when_the_command_returns(place: Place) -> None:
    mother, desk, talk = place.clients["Орлова"], place.desk_of("Орлова"), place.room("talk")
    await mother.say(talk, "до свидания")
    await mother.say(desk, "спасибо за год")
    await place.school.start()
    output = await place.program("leave", "Лев Орлов", "--dry-run")
    assert ("Лев Орлов выбывает из класса «3Б»" in output, "доступ закрывается сразу" in output) == (True, True)
    assert talk in await mother.joined_rooms()
    assert "спросить некого" in await place.program("leave", "Лев Орлов", code=1)
    assert await place.killed("leave", "Лев Орлов", "--yes", at=1, path="/kick")
    await place.program("leave", "Лев Орлов", "--yes")
    for room in (talk, desk):
        assert await refused(mother, room) == ["M_USER_LOCKED"] * 5
    assert [room for room in await members(place) if mother.user_id in (await members(place))[room]] == []
    await place.school.drained()
    told = [event["content"].get("body", "") for event in await place.teacher.history(place.room("staff"))]
    assert [text for text in told if "которого нет в списке" in text] == []  # nobody is told of strangers
    page = (place.school.folder / "export-3" / "index.html").read_text("utf-8")
    assert ("до свидания" in page, "спасибо за год" in page) == (True, True)
    assert "уже не числится" in await place.program("leave", "Лев Орлов", "--yes")
    await place.program("roster", "import", str(place.school.folder / "3b.csv"), "--yes")
    slips = await place.program("slips", "--class", "3b", "--output", "again.pdf")
    assert "again.pdf" in slips
    await place.accounts.client.set_password(mother.user_id, PASSWORD, log_out=False)  # the account is unlocked again


async def members(place: Place) -> dict[RoomId, set[UserId]]:
    """Who is in which of the class's rooms, by the homeserver's word to the teacher."""
    return {
        room: await place.teacher.joined_members(room) for room in (place.room("talk"), place.room("space"), *place.desks("3b"))
    }


async def test_year_rolls_over_once_whatever_is_killed(place: Place) -> None:
    following = place.school.folder / "4b.csv"
    following.write_text(NEXT_YEAR, "utf-8")
    place.configure({"id": "4b", "name": "4Б", "roster": str(following), "continues": "3b"})
    desk, mother, leaver = place.desk_of("Калинина"), place.clients["Калинина"], place.clients["Беляева"]
    await mother.say(desk, "до осени")
    output = await place.program("rollover", "3b", "4b", "--dry-run")
    assert ("2 ученика переходят" in output, "Семён Беляев" in output) == (True, True)
    for at in (9, 20, 30):
        assert await place.killed("rollover", "3b", "4b", "--yes", at=at)
    await place.program("rollover", "3b", "4b", "--yes")
    await place.program("rollover", "3b", "4b", "--yes")
    assert await refused(leaver, place.room("talk")) == ["M_USER_LOCKED"] * 5
    joined = await mother.joined_rooms()
    for room in (place.room("space", "4b"), place.room("talk", "4b"), desk, place.room("talk")):
        assert room in joined
    assert place.desk_of("Калинина") == desk
    assert len(place.desks("4b")) == 2
    marker = await mother.state_content(desk, "org.classroom_matrix.room")
    assert marker["class"] == "4b"
    assert "до осени" in [event["content"].get("body") for event in await mother.history(desk)]
    with pytest.raises(PermanentError) as archived:
        await mother.say(place.room("talk"), "а тут?")
    assert archived.value.errcode == "M_FORBIDDEN"
    await mother.say(place.room("talk", "4b"), "с новым годом")
    invited = [
        event["state_key"]
        for event in await place.teacher.history(await place.teacher.join(place.room("space", "4b")))
        if event["type"] == "m.room.member" and event["content"]["membership"] == "invite"
    ]
    assert len(invited) == len(set(invited))


async def test_erased_family_is_nowhere_any_more(place: Place) -> None:
    mother, desk, talk, staff = place.clients["Калинина"], place.desk_of("Калинина"), place.room("talk"), place.room("staff")
    address = (await upload(place, mother))["content_uri"]
    for number in range(3):
        await mother.say(talk, f"мой секрет {number}")
    await mother.say(desk, "личное")
    await mother.send(talk, "m.room.message", {"msgtype": "m.image", "body": "Ксения.png", "url": address})
    await place.clients["Орлова"].say(talk, "чужое")
    await place.school.start()
    await place.teacher.say(staff, "!опрос Куда едем? Музей; Зоопарк")
    await place.school.drained()
    await place.teacher.say(staff, "!опрос голос Калинина 1")
    await place.teacher.wait_for_text("Ксения Калинина", room=staff)
    await place.school.drained()
    output = await place.program("erase", "Ксения", "--dry-run")
    assert ("Удалить всё о семье: Ксения Калинина" in output, "2 аккаунта удаляются" in output) == (True, True)
    arguments = ("erase", "Ксения", "--yes", "--proof", "proof.json")
    for path, at in (("/kick", 0), ("/redact/", 2), ("/messages", 6)):
        assert await place.killed(*arguments, at=at, path=path)
    await place.program(*arguments)
    proof = json.loads((place.school.folder / "proof.json").read_text("utf-8"))
    assert (proof["check"]["nothing_found"], proof["deleted_files"], len(proof["accounts"]["erased"])) == (True, 1, 2)
    assert len(proof["steps"]) == 6
    for room in (talk, staff, place.room("announcements"), place.room("space")):
        said = [json.dumps(event, ensure_ascii=False) for event in await place.teacher.history(await place.teacher.join(room))]
        names = ("секрет", "Ксения", "Калинин", "Наталья")
        assert [event for event in said if any(word in event for word in names)] == []
    assert "чужое" in [event["content"].get("body") for event in await place.teacher.history(talk)]
    with pytest.raises(PermanentError):
        await place.teacher.history(desk)
    await gone(place, address)
    with pytest.raises(PermanentError):
        await Person.log_in(place.school.homeserver.url, mother.user_id, PASSWORD)
    rows = place.school.rows("SELECT name FROM person UNION SELECT name FROM pupil")
    assert [row for row in rows if "Калинин" in row[0]] == []
    assert b"\xd0\x9a\xd1\x81\xd0\xb5\xd0\xbd\xd0\xb8\xd1\x8f" not in place.school.database.read_bytes()  # Ксения
    assert "Не нахожу" in await place.program("erase", "Ксения", "--yes", code=1)


async def upload(place: Place, person: Person) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {person.access_token}", "Content-Type": "image/png"}
    url = f"{place.school.homeserver.url}/_matrix/media/v3/upload?filename=photo.png"
    async with person._session.post(url, data=PNG, headers=headers) as response:
        answer: dict[str, Any] = await response.json()
        return answer


async def gone(place: Place, address: str) -> None:
    url = f"{place.school.homeserver.url}/_matrix/client/v1/media/download/{address.removeprefix('mxc://')}"
    async with place.teacher._session.get(url) as response:
        assert response.status == 404


async def test_export_holds_what_is_the_familys_and_goes_on_after_a_kill(place: Place) -> None:
    mother, desk, talk = place.clients["Калинина"], place.desk_of("Калинина"), place.room("talk")
    address = (await upload(place, mother))["content_uri"]
    await mother.send(talk, "m.room.message", {"msgtype": "m.image", "body": "Ксения.png", "url": address})
    await mother.say(desk, "личное")
    await place.teacher.say(desk, "ответ учителя")
    await place.clients["Орлова"].say(talk, "чужое")
    folder = place.school.folder / "out"
    assert await place.killed("export", "--family", "Калинина", "-o", "out", at=0, path="/media/download")
    assert not folder.exists()
    output = await place.program("export", "--family", "Калинина", "-o", "out")
    assert "1 файл" in output
    page = (folder / "index.html").read_text("utf-8")
    assert [word in page for word in ("личное", "ответ учителя", "чужое", "Орлов")] == [True, True, False, False]
    checked = await asyncio.create_subprocess_exec("sha256sum", "-c", "--quiet", "SHA256SUMS", cwd=folder)
    assert await checked.wait() == 0
    assert [path.read_bytes() for path in (folder / "media").iterdir()] == [PNG]
    await place.program("export", "--class", "3b", "-o", "class")
    whole = (place.school.folder / "class" / "index.html").read_text("utf-8")
    assert [word in whole for word in ("чужое", "личное", hashlib.sha256(PNG).hexdigest()[:32])] == [True, False, True]
