"""A struggling homeserver is asked at most once a second, by all parts of the service together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from itertools import pairwise
from typing import Any

import pytest

from classroom_matrix.errors import TemporaryError
from classroom_matrix.matrix.pacing import Pacing


class QuickLoop(asyncio.SelectorEventLoop):
    """Time passes only in timers, and at once."""

    def __init__(self) -> None:
        super().__init__()
        self._now = 0.0

    def time(self) -> float:
        return self._now

    def _run_once(self) -> None:
        if not self._ready and self._scheduled:  # type: ignore[attr-defined]
            self._now = max(self._now, self._scheduled[0]._when)  # type: ignore[attr-defined]
        super()._run_once()  # type: ignore[misc]


Run = Callable[[Coroutine[Any, Any, None]], None]


@pytest.fixture
def run() -> Iterator[Run]:
    with asyncio.Runner(loop_factory=QuickLoop) as runner:
        yield runner.run


class Homeserver:
    """Fails until `healthy_at`; keeps the times of requests."""

    def __init__(self, healthy_at: float, error: TemporaryError | None = None) -> None:
        self.healthy_at = healthy_at
        self.error = error or TemporaryError("502")
        self.times: list[float] = []

    async def request(self) -> str:
        now = asyncio.get_running_loop().time()
        self.times.append(now)
        if now < self.healthy_at:
            raise self.error
        return "ok"


async def persist(pacing: Pacing, homeserver: Homeserver, kind: str = "send") -> None:
    while True:
        try:
            await pacing.run(kind, homeserver.request)
        except TemporaryError:
            continue
        return


def test_an_outage_sees_at_most_one_request_a_second(run: Run) -> None:
    homeserver = Homeserver(healthy_at=100)

    async def scenario() -> None:
        pacing = Pacing()
        await asyncio.gather(*(persist(pacing, homeserver) for _ in range(20)))

    run(scenario())
    during = [moment for moment in homeserver.times if 0 < moment < 100]
    gaps = [later - earlier for earlier, later in pairwise(during)]
    assert gaps
    assert min(gaps) >= 1.0
    assert len([moment for moment in homeserver.times if moment == 0]) <= 20  # those already on their way
    assert max(homeserver.times) < 140  # and it is noticed soon that the homeserver is back


def test_a_rate_limit_holds_back_its_kind_only(run: Run) -> None:
    limited = Homeserver(healthy_at=62, error=TemporaryError("429", retry_after=62))
    other = Homeserver(healthy_at=0)

    async def scenario() -> None:
        pacing = Pacing()
        creating = asyncio.create_task(persist(pacing, limited, "create"))
        await asyncio.sleep(1)
        await persist(pacing, other, "send")
        assert asyncio.get_running_loop().time() == 1
        await creating

    run(scenario())
    assert limited.times == [0, 62]


def test_success_ends_the_pause(run: Run) -> None:
    homeserver = Homeserver(healthy_at=3)

    async def scenario() -> None:
        pacing = Pacing()
        await persist(pacing, homeserver)
        assert not pacing.struggling
        before = asyncio.get_running_loop().time()
        await persist(pacing, homeserver)
        assert asyncio.get_running_loop().time() == before

    run(scenario())
