from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from classroom_matrix.web.turns import Turns

Step = Callable[[], Awaitable[None]]


class Crowd:
    """Takes turns and holds them until told; `order`: lines as they were served, `refused`: those that found no place."""

    def __init__(self, turns: Turns) -> None:
        self.turns = turns
        self.order: list[str] = []
        self.refused: list[str] = []
        self.having: list[asyncio.Event] = []
        self.tasks: list[asyncio.Task[None]] = []

    async def come(self, *lines: str) -> None:
        for line in lines:
            self.tasks.append(asyncio.create_task(self._one(line)))
            await settle()

    async def _one(self, line: str) -> None:
        async with self.turns.turn(line) as taken:
            if not taken:
                self.refused.append(line)
                return
            self.order.append(line)
            self.having.append(over := asyncio.Event())
            await over.wait()

    async def serve(self, count: int = 1) -> None:
        for _ in range(count):
            self.having.pop(0).set()
            await settle()


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


@asynccontextmanager
async def crowd_of(turns: Turns) -> AsyncIterator[Crowd]:
    crowd = Crowd(turns)
    yield crowd
    while crowd.having:
        await crowd.serve()
    await asyncio.gather(*crowd.tasks, return_exceptions=True)
    assert (turns._running, dict(turns._lines)) == (set(), {})


async def test_lines_are_served_in_turn_whatever_their_length() -> None:
    async with crowd_of(Turns(places=20, at_once=1)) as crowd:
        await crowd.come("a", "a", "a", "a", "b", "c", "b")
        await crowd.serve(6)
        assert crowd.order == ["a", "a", "b", "c", "a", "b", "a"]


async def test_one_line_never_has_two_turns_at_once() -> None:
    async with crowd_of(Turns(places=20, at_once=2)) as crowd:
        await crowd.come("a", "a", "a")
        assert crowd.order == ["a"]
        await crowd.come("b", "c")
        assert crowd.order == ["a", "b"]
        await crowd.serve()
        assert crowd.order == ["a", "b", "a"]


async def test_one_line_has_half_of_the_places() -> None:
    async with crowd_of(Turns(places=4, at_once=1)) as crowd:
        await crowd.come("a", "a", "a", "a", "b")
        assert crowd.refused == ["a"]


async def test_last_of_the_longest_line_gives_way_where_all_places_are_taken() -> None:
    async with crowd_of(Turns(places=4, at_once=1)) as crowd:
        await crowd.come("a", "a", "a", "b", "b", "c")
        assert crowd.refused == ["a"]
        await crowd.come("d")
        assert crowd.refused == ["a", "b"]
        await crowd.come("e")
        assert crowd.refused == ["a", "b", "e"]  # nobody has more than one place
        await crowd.serve(4)
        assert crowd.order == ["a", "a", "b", "c", "d"]


@pytest.mark.parametrize("granted", [False, True])
async def test_who_gives_up_waiting_holds_up_nobody(granted: bool) -> None:
    async with crowd_of(Turns(places=4, at_once=1)) as crowd:
        await crowd.come("a", "b", "c")
        if granted:  # in the very moment in which the turn is theirs
            crowd.having.pop(0).set()
            await asyncio.sleep(0)
        crowd.tasks[1].cancel()
        await settle()
        if not granted:
            await crowd.serve()
        assert crowd.order == ["a", "c"]
