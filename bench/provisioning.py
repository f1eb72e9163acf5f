"""A class from nothing to rooms and invitations, and on to everybody in every room, beside the same requests sent raw."""

from __future__ import annotations

import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import yaml

from classroom_matrix.config import ClassConfig, load
from classroom_matrix.domain.blueprint import Blueprint
from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.domain.people import Reach, Role
from classroom_matrix.domain.rooms import SPACE
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.provisioning.ahead import AdminLogins, CanJoin, join_ahead, joiners
from classroom_matrix.provisioning.design import design_of
from classroom_matrix.provisioning.provision import Report
from classroom_matrix.school import School, import_rosters, open_school
from classroom_matrix.storage import people, register

from .figure import Aim, Check, Figure, Line
from .raw_provisioning import IN_FLIGHT, RawProvisioning
from .synapse import SERVER, Synapse, synapse

_AIM = (Aim("at most", 1.10, "ratio"),)
_STAFF = 2


@dataclass(frozen=True, slots=True)
class Cost:
    seconds: float
    requests: int


@dataclass(slots=True)
class Tally:
    """Of one way: what each class's rooms and invitations cost, and what it cost to let everybody join."""

    rooms: list[Cost] = field(default_factory=list)
    joins: list[Cost] = field(default_factory=list)
    right: bool = True


async def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Ways in turns, first all rooms, then the joins of some; the first class only warms the homeserver up."""
    size = 8 if quick else 60
    turns = ["service", "raw"] if quick else [*("service", "raw", "raw", "service") * 2, "service", "raw"]
    ways = ["raw", *turns]
    tallies = {"service": Tally(), "raw": Tally()}
    async with synapse(folder, "bench") as server:
        admin = await server.homeserver.register("admin", "correct horse", admin=True)
        users = [(await server.person(f"person{number}")).user_id for number in range(size)]
        config_file = _write_config(server, folder, users[:_STAFF], len(ways))
        async with open_school(load(config_file)) as school, _counted(school.session) as count:
            await import_rosters(school)
            await school.gateway.set_profile("Bot")
            classes: list[tuple[str, Made]] = []
            for klass, way in zip(school.config.classes, ways, strict=True):
                await school.database.call(_fill, school, klass, users[_STAFF:])
                made = (Ours if way == "service" else Raw)(Stage(server, school, klass, admin.access_token, count))
                cost = await made.stage.cost(made.make())
                if classes:
                    tallies[way].rooms.append(cost)
                classes.append((way, made))
            for way, made in classes[1 : 1 + (2 if quick else 4)]:
                tallies[way].joins.append(await made.stage.cost(made.join_all()))
                tallies[way].right &= made.right and await made.stage.is_complete(size)
    return _lines(tallies, size)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where one class is made. `count`: see `_counted`."""

    server: Synapse
    school: School
    klass: ClassConfig
    admin_token: str
    count: list[int]

    async def cost(self, work: Awaitable[None]) -> Cost:
        begun, counted = time.monotonic(), self.count[0]
        await work
        return Cost(time.monotonic() - begun, self.count[0] - counted)

    async def is_complete(self, size: int) -> bool:
        """Whether everybody is in the space and in the talk room."""
        bot = self.server.accounts["bench"].registration
        joined = []
        for key in (SPACE, "talk"):
            alias = f"%23{bot.localpart}.{self.klass.id}.{key}%3A{SERVER}"
            room = await self._ask(f"/_matrix/client/v3/directory/room/{alias}")
            joined.append((await self._ask(f"/_synapse/admin/v1/rooms/{room['room_id']}"))["joined_members"])
        return joined == [size + 1, size + 1]

    async def _ask(self, path: str) -> dict[str, Any]:
        return await self.server.homeserver.request("GET", self.server.url + path, token=self.admin_token)


class Ours:
    """As ``classroom-matrix apply --join-all`` does it."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.right = True
        self._report = Report()

    async def make(self) -> None:
        self._report = await self.stage.school.provisioner.apply(self.stage.klass, in_flight=IN_FLIGHT)
        self.right &= not self._report.refused

    async def join_all(self) -> None:
        stage, school = self.stage, self.stage.school
        planned = await school.provisioner.plan(stage.klass, only=frozenset[RoomId](), in_flight=IN_FLIGHT)
        logins = AdminLogins(school.session, stage.server.url, stage.admin_token)

        async def gateway_for(user_id: UserId) -> CanJoin:
            return HttpGateway(school.session, stage.server.url, await logins.token_for(user_id), user_id)

        everybody = joiners(planned.blueprint, planned.snapshot, self._report.made)
        self.right &= not (await join_ahead(everybody, gateway_for, in_flight=IN_FLIGHT)).refused


class Raw:
    """The same requests and nothing else."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.right = True
        assert stage.school.registration is not None
        self._raw = RawProvisioning(stage.school.session, stage.server.url, stage.school.registration, stage.admin_token)

    async def make(self) -> None:
        self._blueprint = await self.stage.school.database.call(_blueprint, self.stage.school, self.stage.klass)
        await self._raw.make(self._blueprint)

    async def join_all(self) -> None:
        await self._raw.join_all(self._blueprint)


Made = Ours | Raw


def _blueprint(school: School, klass: ClassConfig) -> Blueprint:
    return design_of(school.config, klass, school.roster_of(klass.id)).blueprint()


def _fill(school: School, klass: ClassConfig, users: list[UserId]) -> None:
    """Families of two guardians each, with accounts."""
    database = school.database
    with database.transaction():
        for number in range(0, len(users), 2):
            family = register.add_family(database, Reach.APP)
            household = register.add_household(database, family)
            register.add_pupil(database, klass.id, family, name=f"Pupil {number}", surname=f"S{number}", number=number + 1)
            for user_id in users[number : number + 2]:
                person = people.person_of(database, user_id) or register.add_person(database, "Guardian", user_id=user_id)
                register.set_member(database, klass.id, person, Role.GUARDIAN, family_id=family, household_id=household)


def _write_config(server: Synapse, folder: Path, staff: list[UserId], classes: int) -> Path:
    account = server.accounts["bench"]
    config: dict[str, Any] = {
        "homeserver": {"url": server.url, "server_name": SERVER},
        "bot": {"user": account.registration.user_id, "name": "Bot"},
        "connection": {
            "kind": "appservice",
            "listen": f"127.0.0.1:{account.port}",
            "registration": str(account.path.resolve()),
        },
        "database": str((folder / "classroom.db").resolve()),
        "language": "en",
        "timezone": "UTC",
        "classes": [
            {
                "id": f"c{number}",
                "name": f"Class {number}",
                "staff": [{"name": f"Teacher {user}", "role": "teacher", "user": user} for user in staff],
            }
            for number in range(classes)
        ],
    }
    path = folder / "config.yaml"
    path.write_text(yaml.safe_dump(config), "utf-8")
    return path


@asynccontextmanager
async def _counted(session: aiohttp.ClientSession) -> AsyncIterator[list[int]]:
    """How many requests go through the session, as the only member of a list."""
    count = [0]

    async def begun(*_: object) -> None:
        count[0] += 1

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begun)
    trace.freeze()
    session.trace_configs.append(trace)
    yield count


def _lines(tallies: dict[str, Tally], size: int) -> list[Line]:
    ours, theirs = tallies["service"], tallies["raw"]
    rooms, all_joined = f"class of {size}, rooms and invitations", f"class of {size}, all joined"
    return [
        Figure(f"{rooms}: time", _seconds(ours.rooms), "s", _seconds(theirs.rooms), _AIM),
        Figure(f"{rooms}: requests", _requests(ours.rooms), "", _requests(theirs.rooms), _AIM),
        Figure(
            f"{all_joined}: time",
            _seconds(ours.rooms) + _seconds(ours.joins),
            "s",
            _seconds(theirs.rooms) + _seconds(theirs.joins),
            _AIM,
        ),
        Figure(
            f"{all_joined}: requests",
            _requests(ours.rooms) + _requests(ours.joins),
            "",
            _requests(theirs.rooms) + _requests(theirs.joins),
            _AIM,
        ),
        Check(f"{all_joined}: everybody is in", ours.right and theirs.right, "space and talk"),
    ]


def _seconds(costs: Sequence[Cost]) -> float:
    return statistics.median(cost.seconds for cost in costs)


def _requests(costs: Sequence[Cost]) -> float:
    return statistics.fmean(cost.requests for cost in costs)
