"""From nothing to the first reply, and memory, at several sizes of a school; every room and class is in the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .figure import Aim, Check, Figure, Line
from .prepared_school import prepare
from .subject import BARE_BOT, PING_BOT, SERVER, Subject, stubbed

ROOMS = 10  # of a class
_SECONDS = Aim("at most", 1.5)
_MEMORY = Aim("at most", 64)
_GROWTH = Aim("at most", 16)


@dataclass(frozen=True, slots=True)
class Start:
    """`seconds`: until the first reply; `memory`: MiB resident once everything is quiet; `peak`: the most until then.

    `others`: requests that were no replies; more than a handful mean that the school was not ready.
    """

    seconds: float
    cpu_seconds: float
    memory: float
    peak: float
    others: int


async def measure(folder: Path, *, quick: bool) -> list[Line]:
    repeats = 1 if quick else 3
    sizes = (1, 5) if quick else (20, 200)
    growth = (1, 5) if quick else (10, 1_000)
    ping = await _ping_start(PING_BOT, folder / "ping", repeats)
    bare = await _ping_start(BARE_BOT, folder / "bare", repeats)
    schools = {classes: await _school_start(folder / f"classes{classes}", classes, repeats) for classes in {*sizes, *growth}}
    lines: list[Line] = [
        Figure("ping-bot: start to first reply", ping.seconds, "s", bare.seconds, (_SECONDS,)),
        Figure("ping-bot: memory", ping.memory, "MiB", bare.memory, (_MEMORY,)),
    ]
    for classes in sizes:
        name, start = f"{classes * ROOMS:,} rooms", schools[classes]
        lines += [
            Figure(f"{name}: start to first reply", start.seconds, "s", bare.seconds, (_SECONDS,)),
            Figure(f"{name}: CPU until quiet", start.cpu_seconds, "s", bare.cpu_seconds),
            Figure(f"{name}: memory when quiet", start.memory, "MiB", bare.memory, (_MEMORY,)),
            Figure(f"{name}: memory at its peak", start.peak, "MiB", bare.peak, (_MEMORY,)),
        ]
    few, many = (schools[classes] for classes in growth)
    lines += [
        Figure(f"{growth[1]:,} classes: memory at its peak", many.peak, "MiB", bare.peak, (_MEMORY,)),
        Figure(f"memory from {growth[0]} to {growth[1]:,} classes", many.peak - few.peak, "MiB more", aims=(_GROWTH,)),
    ]
    others = max(start.others for start in schools.values())
    return [*lines, Check("nothing was provisioned", others < ROOMS, f"{others} other requests")]


async def _ping_start(arguments: tuple[str, ...], folder: Path, repeats: int) -> Start:
    """A bot for measurements; its fastest start of a few."""
    async with stubbed("service", arguments, folder) as service:
        starts = [await _first_reply(service, "!room0:stub", f"@person:{SERVER}", "!ping 1") for _ in range(repeats)]
    return min(starts, key=lambda start: start.seconds)


async def _school_start(folder: Path, classes: int, repeats: int) -> Start:
    """The whole program; its fastest start of a few."""
    arguments = ("-m", "classroom_matrix", "run", "-c", str(folder / "config.yaml"))
    async with stubbed("service", arguments, folder) as service:
        school = await prepare(folder, classes=classes, stub_port=service.stub_port, bot_port=service.bot_port)
        klass = school.classes[-1].id
        starts = [
            await _first_reply(service, school.room(klass, "announcements"), school.teacher(klass), "!help")
            for _ in range(repeats)
        ]
    return min(starts, key=lambda start: start.seconds)


async def _first_reply(service: Subject, room: str, sender: str, command: str) -> Start:
    await service.start()
    event = service.event(room, sender, "m.room.message", {"msgtype": "m.text", "body": command, "m.mentions": {}})
    pushed = await service.push([event], expected=1)
    await service.bot.rest(seconds=1)
    bot = service.bot
    start = Start(pushed.at - bot.started_at, bot.cpu_seconds(), bot.memory_mib(), bot.peak_memory_mib(), pushed.others)
    await bot.stop()
    return start
