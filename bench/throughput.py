"""Commands per second and processor time, against a stub homeserver, beside a bare loop that writes nothing down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from .figure import Aim, Check, Figure, Line
from .stub_homeserver import Pushed
from .subject import BARE_BOT, PING_BOT, SERVER, Subject, subject

WARM_UP = 200  # commands that are answered and checked but not counted


@dataclass(slots=True)
class Tally:
    """What one bot did. `expected` and `pongs`: numbers of commands, and how often each was answered."""

    commands: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    expected: int = 0
    pongs: Counter[int] = field(default_factory=Counter)

    @property
    def rate(self) -> float:
        return self.commands / self.seconds

    @property
    def cpu_per_thousand(self) -> float:
        return 1_000 * self.cpu_seconds / self.commands

    @property
    def is_exact(self) -> bool:
        """Every command was answered exactly once."""
        return self.pongs == Counter(range(self.expected))


async def measure(folder: Path, *, quick: bool) -> list[Line]:
    """The figures with 50 rooms, then with one."""
    count, blocks = (600, 2) if quick else (10_000, 10)
    many = await _measure(folder / "rooms50", rooms=50, count=count, blocks=blocks, aimed=True)
    return [*many, *await _measure(folder / "rooms1", rooms=1, count=count // 5, blocks=2, aimed=False)]


async def _measure(folder: Path, *, rooms: int, count: int, blocks: int, aimed: bool) -> list[Line]:
    async with AsyncExitStack() as stack:
        service = await stack.enter_async_context(subject("service", PING_BOT, folder / "service"))
        bare = await stack.enter_async_context(subject("bare loop", BARE_BOT, folder / "bare"))
        tallies = {service.name: Tally(), bare.name: Tally()}
        for each in (service, bare):
            await answer_block(each, tallies[each.name], rooms=rooms, count=WARM_UP, counted=False)
        for block in range(blocks):
            for each in (service, bare) if block % 2 else (bare, service):
                await answer_block(each, tallies[each.name], rooms=rooms, count=count // blocks)
        memory = Figure("", service.bot.memory_mib(), "MiB", bare.bot.memory_mib(), (Aim("at most", 64),))
    ours, theirs = tallies[service.name], tallies[bare.name]
    where = f"{count:,} commands in {rooms} room{'s' if rooms > 1 else ''}"
    rate_aims = (Aim("at least", 2_500), Aim("at least", 0.62, "ratio")) if aimed else ()
    cpu_aims = (Aim("at most", 0.40), Aim("at most", 1.9, "ratio")) if aimed else ()
    return [
        Figure(f"{where}: rate", ours.rate, "/s", theirs.rate, rate_aims),
        Figure(f"{where}: CPU per 1,000", ours.cpu_per_thousand, "s", theirs.cpu_per_thousand, cpu_aims),
        replace(memory, name=f"{where}: memory afterwards"),
        Check(f"{where}: answered once each", ours.is_exact and theirs.is_exact, _said(ours)),
    ]


async def answer_block(bot: Subject, tally: Tally, *, rooms: int, count: int, counted: bool = True) -> None:
    """Push commands, wait for the answers and add to the tally; not `counted`: only for its exactness."""
    events = [
        bot.event(
            f"!room{number % rooms:03}AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abc",
            f"@person{number % 49}:{SERVER}",
            "m.room.message",
            {"msgtype": "m.text", "body": f"!ping {number}", "m.mentions": {}},
        )
        for number in range(tally.expected, tally.expected + count)
    ]
    await bot.bot.rest()
    cpu = bot.bot.cpu_seconds()
    pushed = await bot.push(events, expected=count)
    await bot.bot.rest()
    tally.expected += count
    tally.pongs.update(_pongs(pushed))
    if counted:
        tally.commands += count
        tally.seconds += pushed.seconds
        tally.cpu_seconds += bot.bot.cpu_seconds() - cpu


def _pongs(pushed: Pushed) -> Iterator[int]:
    for send in pushed.sends:
        body = msgspec.json.decode(send.content)["body"]
        word, _, number = body.partition(" ")
        yield int(number) if word == "pong" and number.isdecimal() else -1


def _said(tally: Tally) -> str:
    lost = sum(1 for number in range(tally.expected) if not tally.pongs[number])
    doubled = sum(count - 1 for count in tally.pongs.values() if count > 1)
    strange = tally.pongs[-1]
    return f"{tally.expected:,} asked, {lost} lost, {doubled} doubled, {strange} strange"
