"""A class from nothing to rooms and invitations, and on to everybody in every room, beside the same requests sent raw."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
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
from classroom_matrix.school import School, import_rosters, open_school
from classroom_matrix.storage import people, register

from .figure import Aim, Check, Figure, Line
from .raw_provisioning import IN_FLIGHT, RawProvisioning
from .synapse import SERVER, Synapse, synapse

_AIM = (Aim("at most", 1.10, "ratio"),)
_STAFF = 2


@dataclass(slots=True)
class Tally:
    """Over all classes of one way: seconds and requests, for rooms and invitations, and for joining."""

    seconds: list[float] = field(default_factory=lambda: [0.0, 0.0])
    requests: list[int] = field(default_factory=lambda: [0, 0])
    right: bool = True


async def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Ways in turns: ours, raw, raw, ours."""
    size, order = (8, ["service", "raw"]) if quick else (60, ["service", "raw", "raw", "service"])
    tallies = {"service": Tally(), "raw": Tally()}
    async with synapse(folder, "bench") as server:
        admin = await server.homeserver.register("admin", "correct horse", admin=True)
        users = [(await server.person(f"person{number}")).user_id for number in range(size)]
        config_file = _write_config(server, folder, users[:_STAFF], len(order))
        async with open_school(load(config_file)) as school, _counted(school.session) as count:
            await import_rosters(school)
            await school.gateway.set_profile("Bot")
            for place, way in enumerate(order):
                klass = school.config.classes[place]
                await school.database.call(_fill, school, klass, users[_STAFF:])
                stage = Stage(server, school, klass, admin.access_token, count)
                await (_ours if way == "service" else _raw)(stage, tallies[way])
                tallies[way].right &= await _is_complete(server, klass, admin.access_token, size)
    return _lines(tallies, size, len(order) // 2)


@dataclass(frozen=True, slots=True)
class Stage:
    """Where one class is made."""

    server: Synapse
    school: School
    klass: ClassConfig
    admin_token: str
    count: list[int]

    def laps(self, tally: Tally) -> Laps:
        return Laps(tally, self.count)


class Laps:
    """Adds what happened since the last call to a tally."""

    def __init__(self, tally: Tally, count: list[int]) -> None:
        self._tally, self._count = tally, count
        self._begun, self._counted = time.monotonic(), count[0]

    def lap(self, place: int) -> None:
        now, counted = time.monotonic(), self._count[0]
        self._tally.seconds[place] += now - self._begun
        self._tally.requests[place] += counted - self._counted
        self._begun, self._counted = now, counted


async def _ours(stage: Stage, tally: Tally) -> None:
    """As ``classroom-matrix apply --join-all`` does it."""
    school, provisioner = stage.school, stage.school.provisioner
    laps = stage.laps(tally)
    report = await provisioner.apply(stage.klass, in_flight=IN_FLIGHT)
    laps.lap(0)
    planned = await provisioner.plan(stage.klass, only=frozenset[RoomId](), in_flight=IN_FLIGHT)
    logins = AdminLogins(school.session, stage.server.url, stage.admin_token)

    async def gateway_for(user_id: UserId) -> CanJoin:
        return HttpGateway(school.session, stage.server.url, await logins.token_for(user_id), user_id)

    everybody = joiners(planned.blueprint, planned.snapshot, report.made)
    outcome = await join_ahead(everybody, gateway_for, in_flight=IN_FLIGHT)
    laps.lap(1)
    tally.right &= not report.refused and not outcome.refused


async def _raw(stage: Stage, tally: Tally) -> None:
    registration = stage.school.registration
    assert registration is not None
    blueprint = await stage.school.database.call(_blueprint, stage.school, stage.klass)
    raw = RawProvisioning(stage.school.session, stage.server.url, registration, stage.admin_token)
    laps = stage.laps(tally)
    await raw.make(blueprint)
    laps.lap(0)
    await raw.join_all(blueprint)
    laps.lap(1)


def _blueprint(school: School, klass: ClassConfig) -> Blueprint:
    return design_of(school.config, klass, school.roster_of(klass.id)).blueprint()


def _fill(school: School, klass: ClassConfig, users: list[UserId]) -> None:
    """Families of two guardians each, with accounts."""
    database = school.database
    with database.transaction():
        for number in range(0, len(users), 2):
            family = register.add_family(database, Reach.APP)
            household = register.add_household(database, family)
            register.add_pupil(database, klass.id, family, f"Pupil {number}", f"Surname {number}", number + 1)
            for user_id in users[number : number + 2]:
                person = people.person_of(database, user_id) or register.add_person(database, "Guardian", user_id=user_id)
                register.set_member(
                    database, klass.id, person, Role.GUARDIAN, family_id=family, household_id=household
                )


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


async def _is_complete(server: Synapse, klass: ClassConfig, admin_token: str, size: int) -> bool:
    """Whether everybody is in the space and in the talk room, and the space has all its rooms."""
    bot = server.accounts["bench"].registration
    found = []
    for key in (SPACE, "talk"):
        alias = f"%23{bot.localpart}.{klass.id}.{key}%3A{SERVER}"
        url = f"{server.url}/_matrix/client/v3/directory/room/{alias}"
        room = (await server.homeserver.request("GET", url, token=admin_token))["room_id"]
        details = await server.homeserver.request("GET", f"{server.url}/_synapse/admin/v1/rooms/{room}", token=admin_token)
        found.append(details["joined_members"])
    return found == [size + 1, size + 1]


def _lines(tallies: dict[str, Tally], size: int, classes: int) -> list[Line]:
    ours, theirs = tallies["service"], tallies["raw"]
    lines: list[Line] = []
    for name, parts in ((f"class of {size}, rooms and invitations", (0,)), (f"class of {size}, all joined", (0, 1))):
        seconds = [sum(tally.seconds[part] for part in parts) / classes for tally in (ours, theirs)]
        requests = [sum(tally.requests[part] for part in parts) / classes for tally in (ours, theirs)]
        lines += [
            Figure(f"{name}: time", seconds[0], "s", seconds[1], _AIM),
            Figure(f"{name}: requests", requests[0], "", requests[1], _AIM),
        ]
    right = ours.right and theirs.right
    return [*lines, Check(f"class of {size}: everybody is in", right, "space and talk")]
