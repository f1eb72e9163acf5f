"""Somebody who keeps the processor busy with tries, and parents beside them."""

from __future__ import annotations

import asyncio
import itertools
from collections import Counter

import aiohttp
import pytest

from classroom_matrix.web import limits
from classroom_matrix.web.turns import PLACES

from ..join_stage import WORDS, Answer, JoinOnStage
from .plain_browser import PASSWORD, Browser

FLOOD, ELSEWHERE = {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "198.51.100.7"}


class Slow:
    """Comparing that takes until it is told to end; `running`: at this moment, `most`: at any."""

    def __init__(self, join: JoinOnStage) -> None:
        self._answer = join.answer
        self.running = self.most = self.compared = 0
        self.free = asyncio.Event()

    async def __call__(self, handle: str, typed: str) -> Answer:
        self.running += 1
        self.most = max(self.most, self.running)
        self.compared += 1
        await self.free.wait()
        self.running -= 1
        return await self._answer(handle, typed)


async def test_made_up_codes_from_hundreds_of_connections_keep_no_parent_waiting(
    join: JoinOnStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 10_000)  # all of them are to be compared
    for number in (1, 2):
        await join.person(number)
    join.answer = slow = Slow(join)
    many = aiohttp.ClientSession(headers=FLOOD, connector=aiohttp.TCPConnector(limit=0))
    async with many as thief, Browser(join.address, **ELSEWHERE) as parent:
        codes = (f"x{number:07d}" for number in itertools.count())
        statuses: Counter[int] = Counter()

        async def guess() -> None:
            url = f"{join.address}/j/{next(codes)}"
            async with thief.post(url, data={"words": "a b c d e"}, allow_redirects=False) as answer:
                statuses[answer.status] += 1

        flood = [asyncio.create_task(guess()) for _ in range(230)]
        try:
            async with asyncio.timeout(20):
                while statuses[503] < 230 - PLACES // 2 - 1:  # one is compared, half of the places are theirs
                    await asyncio.sleep(0.01)
            # One from elsewhere, and one from the very same address: both have their words compared at once.
            own = asyncio.create_task(parent.post("/j/slip0001", words=WORDS))
            async with asyncio.timeout(20):
                while slow.running < 2:
                    await asyncio.sleep(0.01)
            async with Browser(join.address, **FLOOD) as neighbour:
                beside = asyncio.create_task(neighbour.post("/j/slip0002", words=WORDS))
                slow.free.set()
                assert [(await own).place, (await beside).place] == ["/j/welcome"] * 2
        finally:
            slow.free.set()
            await asyncio.gather(*flood)
    assert (slow.most, statuses[422]) == (2, PLACES // 2 + 1)


async def test_made_up_codes_are_not_compared_once_an_address_has_made_up_many(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    statuses = {(await browser.post(f"/j/x{number:07d}", words="guess")).status for number in range(limits.PER_ADDRESS + 50)}
    assert (statuses, join.tries) == ({422}, limits.PER_ADDRESS - 1)
    await browser.settle(1, PASSWORD)
