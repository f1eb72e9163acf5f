"""From a person's command to the moment when a listening client has the reply, on a real Synapse, beside a bare loop's."""

from __future__ import annotations

import asyncio
import statistics
import time
from pathlib import Path

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.testing.person import Person

from .figure import Aim, Check, Figure, Line
from .subject import BARE_BOT, PING_BOT
from .synapse import synapse

PAUSE = 0.1  # seconds, so that one sample's work is over before the next one
_WARM_UP = 5  # samples of each that are not counted


async def measure(folder: Path, *, quick: bool) -> list[Line]:
    """Samples in turns, so that whatever else the machine does hits both."""
    count = 6 if quick else 80
    bots = {"service": PING_BOT, "bare": BARE_BOT}
    samples: dict[str, list[float]] = {name: [] for name in bots}
    async with synapse(folder, *bots) as server:
        speaker, listener = await server.person("speaker"), await server.person("listener")
        rooms = {}
        for name, arguments in bots.items():
            await server.start_bot(name, arguments, folder / name)
            rooms[name] = await server.room_with(speaker, name)
            await speaker.invite(rooms[name], listener.user_id)
            await listener.join(rooms[name])
        ear = Ear(listener)
        hearing = asyncio.create_task(ear.listen())
        for number in range(count + _WARM_UP):
            for name in bots if number % 2 else reversed(bots):
                taken = await _sample(speaker, ear, rooms[name], number)
                if number >= _WARM_UP:
                    samples[name].append(taken)
                await asyncio.sleep(PAUSE)
        hearing.cancel()
    ours, theirs = ([1_000 * each for each in samples[name]] for name in bots)
    doubled = sum(times - 1 for times in ear.heard.values())
    return [
        Figure(
            f"command → reply on Synapse, median of {count}",
            statistics.median(ours),
            "ms",
            statistics.median(theirs),
            (Aim("at most", 1.05, "ratio"),),
        ),
        Figure("command → reply on Synapse, 9 of 10 within", _ninth_tenth(ours), "ms", _ninth_tenth(theirs)),
        Check("command → reply: answered once each", not doubled, f"{len(ear.heard)} answers, {doubled} doubled"),
    ]


class Ear:
    """A client that waits in ``/sync`` and notes when it hears which pong where."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._waiting: dict[tuple[RoomId, str], asyncio.Future[float]] = {}
        self.heard: dict[tuple[RoomId, str], int] = {}

    def wait(self, room: RoomId, body: str) -> asyncio.Future[float]:
        """When the message comes, by `time.monotonic()`."""
        self._waiting[room, body] = asyncio.get_running_loop().create_future()
        return self._waiting[room, body]

    async def listen(self) -> None:
        """Until cancelled."""
        narrow = '{"room":{"timeline":{"limit":50},"state":{"types":[]},"ephemeral":{"types":[]}},"presence":{"types":[]}}'
        since: dict[str, str] = {}
        while True:
            query = {"filter": narrow, "timeout": "10000", **since}
            answer = await self._person.request("GET", "sync", query=query)
            now = time.monotonic()
            since = {"since": answer["next_batch"]}
            for room, joined in answer.get("rooms", {}).get("join", {}).items():
                for event in joined["timeline"]["events"]:
                    self._hear(RoomId(room), event.get("content", {}).get("body", ""), now)

    def _hear(self, room: RoomId, body: str, now: float) -> None:
        if body.startswith("pong "):
            self.heard[room, body] = self.heard.get((room, body), 0) + 1
            future = self._waiting.get((room, body))
            if future is not None and not future.done():
                future.set_result(now)


async def _sample(speaker: Person, ear: Ear, room: RoomId, number: int) -> float:
    heard = ear.wait(room, f"pong {number}")
    begun = time.monotonic()
    await speaker.say(room, f"!ping {number}")
    async with asyncio.timeout(30):
        return await heard - begun


def _ninth_tenth(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=10)[-1]
