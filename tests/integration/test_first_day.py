"""1 September: everybody of the sample class comes in by their slips, through one address, with the limits of a real school.

Who has to be where is worked out here from the office's file itself, not by anything of ours.
"""

from __future__ import annotations

import asyncio
import csv
import io
import statistics
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from classroom_matrix.domain.ids import ClassId, PersonId, RoomId, UserId
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.matrix.registration import ensure_registration
from classroom_matrix.storage import arrivals
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.invitations import Stage
from classroom_matrix.testing.accounts_process import AccountsProcess
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person

from .newcomers import OWN_PASSWORD, JoinPage, Newcomer, a_browser, add_relative, stand_and_invite
from .school import ROSTER, SchoolOnStage

MODULES = Path(__file__).parents[2] / "docker" / "synapse" / "modules"
SHARED = {"space", "announcements", "homework", "albums", "talk"}
ROOMS = dict.fromkeys(("events", "meetings", "library", "publications"), False)
STAFF = [
    {"name": "Смирнова Ольга Петровна", "role": "teacher"},
    {"name": "Ильина Вера Андреевна", "role": "specialist"},
    {"name": "Сидорова Анна Павловна", "role": "substitute"},
    {"name": "Прежняя Замена Ивановна", "role": "substitute", "until": "2020-01-01"},
]
RELATIVES = {"Калинина Раиса Ивановна": "Калинина", "Орлов Пётр Ильич": "Орлов"}
AT_ONCE = 6  # people who hold their telephones at the same moment


def folded(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace("ё", "е").split())


@dataclass
class Expected:
    """From the office's file: households by the names of their adults, and who may be nowhere."""

    homes: list[set[frozenset[str]]] = field(default_factory=list)
    limited: set[frozenset[str]] = field(default_factory=set)


def expected_of_file() -> Expected:
    """Lives together unless it says "раздельно"; the court's limit of the sample is about the father."""
    expected = Expected()
    rows = csv.reader(io.StringIO(ROSTER.read_bytes().decode("cp1251")), delimiter=";")
    for row in rows:
        if not row[0].isdigit():
            continue
        mother, father, lives, note = folded(row[5]), folded(row[8]), row[11], row[13]
        if "ограничение суда" in note:
            expected.limited.add(father)
        apart = "раздельно" in lives
        for home in [{mother}, {father}] if apart else [{mother, father}]:
            adults = {adult for adult in home if adult and adult not in expected.limited}
            if adults and adults not in expected.homes:  # twins are listed twice
                expected.homes.append(adults)
    return expected


@dataclass
class Day:
    """The stage of the first day."""

    school: SchoolOnStage
    accounts: AccountsProcess
    page: JoinPage
    newcomers: list[Newcomer]

    async def arrivals(self) -> dict[PersonId, Stage]:
        """The teacher's list."""
        database = Database(self.school.database)
        try:
            found = await database.call(arrivals.of_class, database, ClassId("3b"), time.time())
        finally:
            database.close()
        return {standing.person.id: standing.stage for standing in found.standings}

    async def settled(self, admitted: int, *, seconds: float = 90) -> None:
        """So many are in their rooms, and nothing is left to do or to say."""
        query = (
            "SELECT (SELECT COUNT(*) FROM invitation WHERE admitted_at IS NOT NULL), (SELECT COUNT(*) FROM task),"
            " (SELECT COUNT(*) FROM outbox WHERE state = 0), (SELECT COUNT(*) FROM drift)"
        )
        async with asyncio.timeout(seconds):
            while self.school.rows(query) != [(admitted, 0, 0, 0)]:
                await asyncio.sleep(0.1)  # the condition is in another process's database


@pytest.fixture
async def day(tmp_path: Path) -> AsyncIterator[Day]:
    registration = tmp_path / "registration.yaml"
    bot = UserId("@classroom:school.localhost")
    ensure_registration(registration, user_id=bot, url=f"http://127.0.0.1:{free_port()}")
    async with (
        EmbeddedHomeserver(
            tmp_path / "homeserver",
            registrations=[registration],
            limits="generated",
            module_folder=MODULES,
            bcrypt_rounds=4,
        ) as homeserver,
        AccountsProcess(tmp_path / "accounts", homeserver, bot) as accounts,
        SchoolOnStage(homeserver, tmp_path, registration) as school,
    ):
        page = JoinPage.anywhere()
        klass = {"id": "3b", "name": "3Б", "roster": str(ROSTER), "staff": STAFF, "rooms": ROOMS}
        school.write_config([klass], accounts=dict(accounts.settings), join=dict(page.config))

        def relatives(database: Database) -> None:
            for name, surname in RELATIVES.items():
                add_relative(database, "3b", name, surname)

        newcomers = await stand_and_invite(school.config_file, ["3b"], before=relatives)
        await school.start()
        yield Day(school, accounts, page, newcomers)


async def test_class_comes_in_through_one_address_and_everybody_is_in_the_right_rooms(day: Day) -> None:
    expected = expected_of_file()
    # The last ones stop half-way: one only opens the page, one only proves who they are, one never comes.
    *coming, opens, proves, stays_away = sorted(day.newcomers, key=lambda newcomer: newcomer.person.role.is_staff, reverse=True)
    async with a_browser() as browser:
        await day.page.open(browser, opens.slip)
        await day.page.open(browser, proves.slip)
        await day.page.prove(browser, proves.slip)
    began = time.monotonic()
    await arrive(day, coming)
    await day.settled(len(coming))
    seconds = (time.monotonic() - began) / len(coming)

    stuck = {person_id: stage for person_id, stage in (await day.arrivals()).items() if stage is not Stage.ADMITTED}
    assert stuck == {
        opens.person.id: Stage.OPENED,
        proves.person.id: Stage.PROVEN,
        stays_away.person.id: Stage.PRINTED,
    }

    rooms = day.school.rows("SELECT role, household_id, room_id FROM room WHERE class_id = '3b'")
    async with aiohttp.ClientSession() as session:
        registration = day.school.registration
        bot = HttpGateway(session, day.school.homeserver.url, registration.as_token, registration.user_id, act_as=True)
        events = {room_id: await bot_reads(bot, RoomId(room_id)) for _, _, room_id in rooms}
    assert places(rooms, events, coming) == right_places(expected, coming)
    inside = {event["state_key"] for history in events.values() for event in history if is_join(event)}
    assert inside == {day.school.bot, *(newcomer.user_id for newcomer in coming)}
    assert repeated(events, besides=day.school.bot) == []
    assert welcomes(rooms, events) == {household: 1 for _, household, _ in rooms if household}
    joins = sum(1 for room in events.values() for event in room if is_join(event) and event["state_key"] != day.school.bot)
    print(f"\n{len(coming)} people, {seconds:.2f} s each, {joins / len(coming):.1f} joins each; {spans(day)}")

    mother = next(n for n in coming if folded(n.person.name) == folded("Калинина Наталья Александровна"))
    desk = next(room_id for _, household, room_id in rooms if household == mother.person.household_id)
    client = await Person.log_in(day.school.homeserver.url, mother.user_id, OWN_PASSWORD)
    async with client:
        assert await client.request("GET", f"user/{mother.user_id}/account_data/m.direct") == {day.school.bot: [desk]}


async def arrive(day: Day, coming: list[Newcomer]) -> None:
    """A few at a time; when a third are in, the service is killed and started again."""
    gate = asyncio.Semaphore(AT_ONCE)
    done = 0

    async def one(newcomer: Newcomer) -> None:
        nonlocal done
        async with gate:
            await day.page.arrive(newcomer)
        done += 1
        if done == len(coming) // 3:
            await day.school.kill()
            await day.school.start()

    async with asyncio.TaskGroup() as group:
        for newcomer in coming:
            group.create_task(one(newcomer))


async def bot_reads(bot: HttpGateway, room_id: RoomId) -> list[dict]:
    """The whole history of a room."""
    events: list[dict] = []
    start = ""
    while True:
        page = await bot.request("read", "GET", f"/rooms/{room_id}/messages?dir=b&limit=500{start}")
        events += page["chunk"]
        if "end" not in page:
            return events[::-1]
        start = f"&from={page['end']}"


def is_join(event: dict) -> bool:
    return event["type"] == "m.room.member" and event["content"]["membership"] == "join"


def places(rooms: list[tuple], events: dict, coming: list[Newcomer]) -> dict[str, set]:
    """Who has joined what: rooms by role, desks by the names of the household's adults."""
    names = {newcomer.user_id: folded(newcomer.person.name) for newcomer in coming}
    found: dict[str, set] = {newcomer.user_id: set() for newcomer in coming}
    homes: dict[str, set] = {}
    for newcomer in coming:
        if newcomer.person.household_id:
            homes.setdefault(newcomer.person.household_id, set()).add(names[newcomer.user_id])
    for role, household, room_id in rooms:
        last = {
            event["state_key"]: event["content"]["membership"] for event in events[room_id] if event["type"] == "m.room.member"
        }
        for user_id, membership in last.items():
            if membership == "join" and user_id in found:
                found[user_id].add(frozenset(homes[household]) if household else role)
    return found


def right_places(expected: Expected, coming: list[Newcomer]) -> dict[str, set]:
    present = {folded(newcomer.person.name) for newcomer in coming}
    homes = [frozenset(home & present) for home in expected.homes if home & present]
    right: dict[str, set] = {}
    staff = {folded(said["name"]): said["role"] for said in STAFF}
    for newcomer in coming:
        name = folded(newcomer.person.name)
        assert name not in expected.limited
        right[newcomer.user_id] = set(SHARED)
        if name in staff:
            right[newcomer.user_id] |= {"staff", *(homes if staff[name] == "teacher" else ())}
        else:
            right[newcomer.user_id] |= {home for home in homes if name in home}
    return right


def repeated(events: dict, *, besides: UserId) -> list[tuple]:
    """Memberships that came about twice; a bot that gets its name joins its rooms once more."""
    seen = Counter(
        (room_id, event["state_key"], event["content"]["membership"])
        for room_id, history in events.items()
        for event in history
        if event["type"] == "m.room.member" and event["state_key"] != besides
    )
    return [what for what, count in seen.items() if count > 1]


def welcomes(rooms: list[tuple], events: dict) -> dict[str, int]:
    return {
        household: sum("личная комната вашей семьи" in event["content"].get("body", "") for event in events[room_id])
        for _, household, room_id in rooms
        if household
    }


def spans(day: Day) -> str:
    """How long people waited between their password and their rooms."""
    waits = [
        span for (span,) in day.school.rows("SELECT admitted_at - arrived_at FROM invitation WHERE admitted_at IS NOT NULL")
    ]
    return f"from the password to the rooms {statistics.median(waits):.1f} s, at most {max(waits):.1f} s"
