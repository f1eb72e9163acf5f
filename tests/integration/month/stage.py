"""The sample class on a real Synapse whose time, like the service's, is the test's."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from classroom_matrix.config import load
from classroom_matrix.domain.ids import ClassId, EventId, HouseholdId, RoomId
from classroom_matrix.domain.people import Family, Role
from classroom_matrix.domain.people import Person as Listed
from classroom_matrix.matrix.registration import ensure_registration
from classroom_matrix.roster.whole_class import import_class
from classroom_matrix.school import open_school, sign_in
from classroom_matrix.storage import people
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, free_port
from classroom_matrix.testing.person import Person
from classroom_matrix.testing.shifted_time import ShiftedTime
from classroom_matrix.testing.timelapse import Timelapse
from tests.integration.school import ClassOnStage, SchoolOnStage, _give_account

CLASS = ClassId("3b")
MOSCOW = ZoneInfo("Europe/Moscow")
ROOMS = ("space", "announcements", "homework", "events", "talk")
"""Where the families are; the other rooms of the class stay empty this month."""
PLUGINS = ("polls", "announcements", "homework", "consultations", "events", "duties", "absence")
_IN_FLIGHT = 4  # more only makes Synapse wait


@dataclass
class Home:
    """A household with an account: who acts for it, and where."""

    family: Family
    household: HouseholdId
    acting: list[Person]
    desk: RoomId | None = None

    @property
    def person(self) -> Person:
        return self.acting[0]

    @property
    def surname(self) -> str:
        return self.family.pupils[0].surname

    @property
    def number(self) -> int:
        return self.family.pupils[0].number


@dataclass
class MonthOnStage:
    """Everybody, and the time."""

    school: SchoolOnStage
    lapse: Timelapse
    teacher: Person
    rooms: Mapping[str, RoomId]
    homes: list[Home]
    families: Sequence[Family]
    dice: random.Random = field(default_factory=lambda: random.Random(4))
    sent_by_people: int = 0

    @property
    def now(self) -> datetime:
        return self.lapse.time.now().astimezone(MOSCOW)

    @property
    def in_app(self) -> list[Home]:
        """One home for each family that has one."""
        first = {home.family.id: home for home in reversed(self.homes)}
        return [first[family.id] for family in self.families if family.id in first]

    def home(self, surname: str) -> Home:
        return next(home for home in self.in_app if home.surname.startswith(surname))

    async def do(self, act: Awaitable[EventId | None]) -> EventId | None:
        """Let somebody send something, or nothing; `settle` waits until the service has decided it."""
        event = await act
        if event is not None:
            self.sent_by_people += 1
            self.lapse.note(event)
        return event

    async def at_once(self, acts: Iterable[Awaitable[EventId | None]]) -> None:
        """Several people act, as many at a time as a homeserver takes."""
        turn = asyncio.Semaphore(_IN_FLIGHT)

        async def one(act: Awaitable[EventId | None]) -> None:
            async with turn:
                await self.do(act)

        await asyncio.gather(*map(one, acts))

    async def command(self, text: str, room: str = "staff") -> None:
        """The teacher says something, and the service has done what follows."""
        await self.do(self.teacher.say(self.rooms[room], text))
        await self.lapse.settle()


@asynccontextmanager
async def month_on_stage(folder: Path, start: datetime, *, plugins: Sequence[str] = PLUGINS) -> AsyncIterator[MonthOnStage]:
    """Build the class at `start` (aware), let everybody in and start the service."""
    folder = folder.resolve()
    time = ShiftedTime(folder / "clock")
    time.start_at(start)
    registration = folder / "registration.yaml"
    bot = "@classroom:school.localhost"
    ensure_registration(registration, user_id=bot, url=f"http://127.0.0.1:{free_port()}")  # type: ignore[arg-type]
    async with (
        EmbeddedHomeserver(
            folder / "homeserver", registrations=[registration], bcrypt_rounds=4, clock_file=time.path
        ) as homeserver,
        SchoolOnStage(homeserver, folder, registration, clock_file=time.path) as school,
    ):
        teacher, homes, families = await _build(school, plugins)
        await school.start()
        lapse = Timelapse(time, school.database, alive=lambda: _alive(school))
        try:
            stage = MonthOnStage(school, lapse, teacher, school.classes[CLASS].rooms, homes, families)
            await lapse.settle()
            yield stage
        finally:
            lapse.close()
            time.close()


def _alive(school: SchoolOnStage) -> None:
    assert school.process is not None
    if school.process.returncode is not None:
        raise AssertionError(f"the service ended: {school.log.read_text('utf-8')[-3_000:]}")


async def _build(school: SchoolOnStage, plugins: Sequence[str]) -> tuple[Person, list[Home], Sequence[Family]]:
    teacher = await school.person("teacher")
    staff = [{"name": "Ольга Петровна", "role": "teacher", "user": teacher.user_id}]
    roster_file = Path(__file__).parents[3] / "classroom_matrix" / "demo" / "roster.csv"
    school.write_config(
        [{"id": CLASS, "name": "3Б", "roster": str(roster_file), "staff": staff}],
        plugins={name: {} for name in plugins},
        quiet_hours="21:00-07:00",
    )
    config = load(school.config_file)
    klass = config.classes[0]
    database = Database(school.database)
    await database.call(import_class, database, klass)
    roster = await database.call(people.load_roster, database, CLASS)
    homes = [Home(family, home.id, []) for family in roster.families for home in family.households if family.reach == "app"]

    async def give_accounts(home: Home) -> None:
        household = next(each for each in home.family.households if each.id == home.household)
        for guardian in _actors(home.family, household.guardians):
            person = await school.person(f"{guardian.id}".lower())
            await database.call(_give_account, database, guardian.id, person.user_id)
            home.acting.append(person)

    await _in_flight(give_accounts, homes)
    homes = [home for home in homes if home.acting]
    database.close()
    async with open_school(config) as opened:
        await sign_in(opened)
        await opened.provisioner.apply(klass, in_flight=_IN_FLIGHT)

        async def make_desk(home: Home) -> None:
            room = await opened.desks.ensure_desk(CLASS, home.household)
            assert room is not None
            home.desk = room

        await _in_flight(make_desk, homes)
    school.classes[CLASS] = ClassOnStage(CLASS, teacher, [(home.family, home.acting) for home in homes])
    school.read_rooms()
    rooms = school.classes[CLASS].rooms

    async def come_in(home: Home) -> None:
        assert home.desk is not None
        for person in home.acting:
            for role in ROOMS:
                await person.join(rooms[role])
            await person.join(home.desk)
        await teacher.join(home.desk)

    for role in (*ROOMS, "staff"):
        await teacher.join(rooms[role])
    await _in_flight(come_in, homes)
    return teacher, homes, roster.families


def _actors(family: Family, guardians: Sequence[Listed]) -> list[Listed]:
    """Who of a household has an account: one guardian, and in a few families two. In separated families, one in each home."""
    free = [guardian for guardian in guardians if not guardian.limited and guardian.role is Role.GUARDIAN]
    return free[: 2 if family.pupils[0].number % 9 == 0 else 1]


async def _in_flight(work: Callable[[Any], Awaitable[None]], over: Iterable[Any]) -> None:
    turn = asyncio.Semaphore(_IN_FLIGHT)

    async def one(each: Any) -> None:
        async with turn:
            await work(each)

    await asyncio.gather(*map(one, over))
