from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from classroom_matrix.errors import TemporaryError
from classroom_matrix.runtime.tasks import TaskFunction, TaskRunner
from classroom_matrix.storage import tasks
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.tasks import Task
from classroom_matrix.testing.fake_clock import FakeClock


class Workshop:
    """A runner, and what was done."""

    def __init__(self) -> None:
        self.database = Database(":memory:")
        self.clock = FakeClock(datetime(2026, 9, 1, 8, tzinfo=UTC))
        self.done: list[str] = []
        self.finished = 0

    def runner(self, **functions: TaskFunction) -> TaskRunner:
        return TaskRunner(self.database, self.clock, functions, done=self._finish)

    def _finish(self) -> None:
        self.finished += 1

    async def put(self, key: str, name: str = "work", *, in_seconds: float = 0) -> None:
        due = self.clock.seconds() + in_seconds
        await self.database.call(lambda: tasks.put(self.database, key, name, None, key, due=due))

    async def work(self, task: Task) -> None:
        self.done.append(task.key)

    async def rows(self) -> list[tuple[str, int, str | None, float]]:
        def look() -> list[tuple[str, int, str | None, float]]:
            found = self.database.execute("SELECT key, attempts, error, due FROM task ORDER BY id")
            return [(key, attempts, error, due - self.clock.seconds()) for key, attempts, error, due in found]

        return await self.database.call(look)


@pytest.fixture
async def workshop() -> AsyncIterator[Workshop]:
    workshop = Workshop()
    yield workshop
    workshop.database.close()


async def test_task_is_done_once_and_then_gone(workshop: Workshop) -> None:
    await workshop.put("a")
    await workshop.put("a")
    runner = workshop.runner(work=workshop.work)
    await runner.once()
    await runner.once()
    assert (workshop.done, workshop.finished, await workshop.rows()) == (["a"], 1, [])


async def test_task_waits_for_its_time(workshop: Workshop) -> None:
    await workshop.put("a", in_seconds=60)
    runner = workshop.runner(work=workshop.work)
    await runner.once()
    assert workshop.done == []
    workshop.clock.advance(timedelta(seconds=60))
    await runner.once()
    assert workshop.done == ["a"]


async def test_failed_task_is_tried_again_with_growing_pauses_and_tells_no_secrets(workshop: Workshop) -> None:
    async def fail(_task: Task) -> None:
        raise ValueError("Калинина Наталья")

    await workshop.put("a")
    runner = workshop.runner(work=fail)
    pauses = []
    for _ in range(3):
        await runner.once()
        ((_, attempts, error, pause),) = await workshop.rows()
        pauses.append((attempts, pause))
        assert error is not None
        assert "ValueError" in error
        assert "Калинина" not in error
        workshop.clock.advance(timedelta(seconds=pause))
    assert pauses == [(1, 2.0), (2, 4.0), (3, 8.0)]
    assert await workshop.database.call(tasks.failing, workshop.database, 3) == [("work", error)]


async def test_task_waits_as_long_as_the_homeserver_asks(workshop: Workshop) -> None:
    async def fail(_task: Task) -> None:
        raise TemporaryError("rate limited", retry_after=333)

    await workshop.put("a")
    await workshop.runner(work=fail).once()
    assert [pause for *_, pause in await workshop.rows()] == [333]


async def test_failed_task_stops_no_other(workshop: Workshop) -> None:
    async def fail(_task: Task) -> None:
        raise RuntimeError

    await workshop.put("a", "fail")
    await workshop.put("b")
    await workshop.runner(work=workshop.work, fail=fail).once()
    assert (workshop.done, [key for key, *_ in await workshop.rows()]) == (["b"], ["a"])


async def test_task_of_another_release_is_kept(workshop: Workshop) -> None:
    await workshop.put("a", "unheard-of")
    await workshop.runner(work=workshop.work).once()
    assert [(key, attempts) for key, attempts, *_ in await workshop.rows()] == [("a", 0)]


async def test_only_a_few_are_done_at_a_time(workshop: Workshop) -> None:
    running = most = 0

    async def count(task: Task) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1
        await workshop.work(task)

    for number in range(12):
        await workshop.put(f"{number:02}")
    await workshop.runner(work=count).once()
    assert (sorted(workshop.done), most) == ([f"{number:02}" for number in range(12)], 4)


async def test_running_service_does_what_comes_when_it_is_woken(workshop: Workshop) -> None:
    began = asyncio.Event()

    async def work(task: Task) -> None:
        await workshop.work(task)
        began.set()

    runner = workshop.runner(work=work)
    loop = asyncio.create_task(runner.run())
    try:
        for key in ("a", "b"):
            began.clear()
            await workshop.put(key)
            runner.wake()
            await asyncio.wait_for(began.wait(), 5)
    finally:
        loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
    assert workshop.done == ["a", "b"]


async def test_task_that_was_interrupted_is_done_by_the_next_run(workshop: Workshop) -> None:
    began = asyncio.Event()

    async def hang(_task: Task) -> None:
        began.set()
        await asyncio.Event().wait()

    await workshop.put("a")
    loop = asyncio.create_task(workshop.runner(work=hang).run())
    await asyncio.wait_for(began.wait(), 5)
    loop.cancel()
    await asyncio.gather(loop, return_exceptions=True)
    await workshop.runner(work=workshop.work).once()
    assert (workshop.done, await workshop.rows()) == (["a"], [])
