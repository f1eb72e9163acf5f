"""Sending into encrypted rooms on a real Synapse, beside plain rooms with the same members, and beside matrix-nio."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.testing.person import Person

from .crowd import Crowd, gather_crowd
from .figure import Check, Figure, Line
from .measured_process import MeasuredProcess, cpu_seconds_of
from .subject import PING_BOT
from .synapse import Synapse, synapse

_PATIENCE = 120.0  # seconds for an answer
_FILTER = (
    '{"room":{"timeline":{"limit":100},"state":{"lazy_load_members":true,"types":[]},"ephemeral":{"types":[]}},'
    '"presence":{"types":[]}}'
)


@dataclass(frozen=True, slots=True)
class Sample:
    """What sending cost: seconds, and processor seconds of the bot and of the homeserver."""

    wall: float
    bot: float
    synapse: float


@dataclass(slots=True)
class Place:
    """A room, and the bot that speaks in it."""

    room: RoomId
    bot_id: UserId
    bot: MeasuredProcess
    first: Sample = field(init=False)
    later: list[Sample] = field(default_factory=list)

    def mean(self, of: Callable[[Sample], float]) -> float:
        return sum(of(sample) for sample in self.later) / len(self.later)


class Listener:
    """A client that notes when it hears something of a bot, readable or not."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._heard: dict[tuple[RoomId, str], list[tuple[float, dict[str, Any]]]] = {}
        self._news = asyncio.Condition()

    async def hear(self, room: RoomId, sender: str, count: int) -> list[tuple[float, dict[str, Any]]]:
        """Wait for so many messages and take them: when they came (`time.monotonic`), and their contents."""
        async with asyncio.timeout(_PATIENCE), self._news:
            await self._news.wait_for(lambda: len(self._heard.get((room, sender), ())) >= count)
        return self._heard.pop((room, sender))

    async def listen(self) -> None:
        """Until cancelled."""
        since: dict[str, str] = {}
        while True:
            query = {"filter": _FILTER, "timeout": "10000", **since}
            answer = await self._person.request("GET", "sync", query=query)
            now, old = time.monotonic(), not since
            since = {"since": answer["next_batch"]}
            for room, joined in answer.get("rooms", {}).get("join", {}).items():
                for event in joined["timeline"]["events"]:
                    if not old and event["type"] in ("m.room.message", "m.room.encrypted"):
                        self._heard.setdefault((RoomId(room), event["sender"]), []).append((now, event["content"]))
            async with self._news:
                self._news.notify_all()


async def measure_rooms(folder: Path, *, quick: bool) -> list[Line]:
    """One homeserver; members of their own for each size, so that every first message finds devices that it does not know."""
    sizes = (2,) if quick else (15, 30, 60)
    lines: list[Line] = []
    async with synapse(folder, "service") as server, AsyncExitStack() as stack:
        service = await server.start_bot("service", PING_BOT, folder / "service", encrypted=True)
        for people in sizes:
            crowd = await gather_crowd(server.homeserver, f"m{people}-", people)
            login = await crowd.another_login(crowd.members[0])  # what the others are sent must not go to it
            speaker = await stack.enter_async_context(Person(server.url, login.user_id, login.access_token))
            listener = Listener(speaker)
            bot_id = server.accounts["service"].registration.user_id

            async def room(*, encrypted: bool, crowd: Crowd = crowd, speaker: Person = speaker) -> Place:
                found = await crowd.room(speaker, bot_id, encrypted=encrypted)  # noqa: B023 - the same for all
                await server.bot_joins("service", found)
                return Place(found, bot_id, service)  # noqa: B023

            plain, encrypted = await room(encrypted=False), await room(encrypted=True)
            places = [plain, encrypted]
            if people == max(sizes) and not quick:
                places.append(await _nio(server, stack, folder / "nio", crowd, speaker))
            hearing = asyncio.create_task(listener.listen())
            try:
                lines += await _compare(server, crowd, speaker, listener, places, quick=quick)
            finally:
                hearing.cancel()
    return lines


async def _compare(
    server: Synapse, crowd: Crowd, speaker: Person, listener: Listener, places: Sequence[Place], *, quick: bool
) -> list[Line]:
    count, blocks = (3, 1) if quick else (15, 4) if len(places) > 2 else (5, 0)
    session = ""
    for place in places:
        place.first, contents = await _sample(server, place, speaker, listener, "!ping 0", 1)
        session = session or contents[0].get("session_id", "")
    for block in range(blocks):
        for place in places if block % 2 else reversed(places):
            sample, _ = await _sample(server, place, speaker, listener, f"!count {count}", count)
            place.later.append(sample)
    plain, encrypted, *others = places
    lines = _figures(crowd.devices, encrypted, plain, "a plain room", whole=bool(others) or quick)
    for nio in others:
        lines += _figures(crowd.devices, encrypted, nio, "matrix-nio", whole=True)
    if session:
        given = await crowd.given(session)
        lines.append(Check(f"{crowd.devices} devices: each was given the key", given == crowd.devices, f"{given} could use it"))
    return lines


def _figures(devices: int, ours: Place, other: Place, name: str, *, whole: bool) -> list[Line]:
    def line(what: str, ours: float, theirs: float) -> Figure:
        return Figure(what, 1_000 * ours, "ms", 1_000 * theirs)

    lines: list[Line] = [
        line(f"{devices} devices, first message heard after (baseline: {name})", ours.first.wall, other.first.wall),
        line("— CPU of the service", ours.first.bot, other.first.bot),
        line("— CPU of Synapse", ours.first.synapse, other.first.synapse),
    ]
    if not whole:
        return lines
    return [
        *lines,
        line(f"{devices} devices, each following message (baseline: {name})", ours.mean(_wall), other.mean(_wall)),
        line("— CPU of the service", ours.mean(_bot), other.mean(_bot)),
        line("— CPU of Synapse", ours.mean(_synapse), other.mean(_synapse)),
    ]


def _wall(sample: Sample) -> float:
    return sample.wall


def _bot(sample: Sample) -> float:
    return sample.bot


def _synapse(sample: Sample) -> float:
    return sample.synapse


async def _sample(
    server: Synapse, place: Place, speaker: Person, listener: Listener, command: str, count: int
) -> tuple[Sample, list[dict[str, Any]]]:
    """Say a command and wait for the answers. One: from the command on; several: a message's part of all of them."""
    pid = server.homeserver.pid
    await place.bot.rest()
    bot, homeserver = place.bot.cpu_seconds(), cpu_seconds_of(pid)
    begun = time.monotonic()
    await speaker.say(place.room, command)
    heard = await listener.hear(place.room, place.bot_id, count)
    await place.bot.rest()
    wall = heard[-1][0] - begun
    sample = Sample(wall / count, (place.bot.cpu_seconds() - bot) / count, (cpu_seconds_of(pid) - homeserver) / count)
    return sample, [content for _, content in heard]


async def _nio(server: Synapse, stack: AsyncExitStack, folder: Path, crowd: Crowd, speaker: Person) -> Place:
    """An encrypted room with the same members in which a bot made with matrix-nio is."""
    login = await server.homeserver.register("nio", secrets.token_hex(8))
    room = await crowd.room(speaker, login.user_id, encrypted=True)
    async with Person(server.url, login.user_id, login.access_token) as bot:
        await bot.join(room)
    folder.mkdir(parents=True)
    variables = {
        "BENCH_HOMESERVER": server.url,
        "BENCH_USER_ID": login.user_id,
        "BENCH_WORKDIR": str(folder),
        "BENCH_DEVICE_ID": login.device_id,
        "BENCH_ACCESS_TOKEN": login.access_token,
    }
    process = MeasuredProcess(("-m", "bench.nio_bot"), variables, folder / "bot.log")
    await process.start()
    stack.push_async_callback(process.stop)
    await process.rest(seconds=1)
    return Place(room, login.user_id, process)
