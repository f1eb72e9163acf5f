"""What encryption costs: rooms on a real Synapse, the engine's part in this process, plain rooms, memory and start."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from .encrypted_rooms import measure_rooms
from .figure import Aim, Check, Figure, Line
from .ratchets import measure_ratchets
from .subject import PING_BOT, SERVER, Subject, stubbed
from .throughput import WARM_UP, Tally, answer_block

_SAME = (Aim("at most", 1.1, "ratio"),)


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds and processor seconds until the first reply; MiB when quiet."""

    seconds: float
    cpu_seconds: float
    memory: float


async def measure(folder: Path, *, quick: bool) -> list[Line]:
    """All of it; with `quick` without plain rooms, memory and start, which have their own parts."""
    lines = [*await measure_rooms(folder / "rooms", quick=quick), *await measure_ratchets(folder / "ratchets", quick=quick)]
    if not quick:
        lines += [*await _plain_rooms(folder / "plain"), *await _starts(folder / "starts")]
    return lines


async def _plain_rooms(folder: Path) -> list[Line]:
    """Commands in plain rooms, by turns of the same service with and without a device of its own."""
    blocks, count = 8, 1_000
    async with AsyncExitStack() as stack:
        services = [
            await stack.enter_async_context(stubbed(name, PING_BOT, folder / name, BENCH_ENCRYPTED=switch))
            for name, switch in (("with", "1"), ("without", "0"))
        ]
        tallies: Mapping[str, Tally] = {service.name: Tally() for service in services}
        for service in services:
            await service.start()
            await answer_block(service, tallies[service.name], rooms=50, count=WARM_UP, counted=False)
        for block in range(blocks):
            for service in services if block % 2 else reversed(services):
                await answer_block(service, tallies[service.name], rooms=50, count=count)
    ours, bare = (tallies[service.name] for service in services)
    what = "plain rooms, commands (baseline: no encryption in the service)"
    return [
        Figure(f"{what}: rate", ours.rate, "/s", bare.rate, (Aim("at least", 0.9, "ratio"),)),
        Figure("— CPU per 1,000", ours.cpu_per_thousand, "s", bare.cpu_per_thousand, _SAME),
        Check("plain rooms: answered once each", ours.is_exact and bare.is_exact, f"{ours.expected:,} asked"),
    ]


async def _starts(folder: Path) -> list[Line]:
    """Starts by turns; the first one of each, which makes keys, is not counted."""
    repeats = 4
    async with (
        stubbed("with", PING_BOT, folder / "with", BENCH_ENCRYPTED="1") as ours,
        stubbed("without", PING_BOT, folder / "without", BENCH_ENCRYPTED="0") as bare,
    ):
        first = await _first_reply(ours, 0)
        await _first_reply(bare, 0)
        starts: dict[str, list[Start]] = {"with": [], "without": []}
        for number in range(1, repeats + 1):
            for service in (ours, bare) if number % 2 else (bare, ours):
                starts[service.name].append(await _first_reply(service, number))
    with_, without = starts["with"], starts["without"]

    def median(some: list[Start], part: str) -> float:
        return statistics.median(float(getattr(start, part)) for start in some)

    def line(name: str, part: str, unit: str) -> Figure:
        return Figure(name, median(with_, part), unit, median(without, part))

    return [
        line(f"start to first reply, median of {repeats} (baseline: no encryption)", "seconds", "s"),
        line("— CPU until quiet", "cpu_seconds", "s"),
        line("— memory when quiet", "memory", "MiB"),
        Figure("— the very first start, which makes keys and identity", first.seconds, "s", median(without, "seconds")),
    ]


async def _first_reply(service: Subject, number: int) -> Start:
    await service.start()
    content = {"msgtype": "m.text", "body": f"!ping {number}", "m.mentions": {}}
    event = service.event("!room0:stub", f"@person:{SERVER}", "m.room.message", content)
    pushed = await service.push([event], expected=1)
    await service.bot.rest(seconds=1)
    bot = service.bot
    found = Start(pushed.at - bot.started_at, bot.cpu_seconds(), bot.memory_mib())
    await bot.stop()
    return found
