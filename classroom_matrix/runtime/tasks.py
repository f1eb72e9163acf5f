"""Tasks: what needs I/O is started by a row and done here, outside of every transaction, until it has succeeded once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from ..errors import StorageError, TemporaryError
from ..failure import kind_and_place
from ..storage import tasks
from ..storage.database import Database
from ..storage.tasks import Task
from .clock import Clock

log = logging.getLogger(__name__)

TaskFunction = Callable[[Task], Awaitable[None]]
"""Does what a task is for. May be called again after any part of it was done, so it repeats nothing that can be seen; what it
says to people it puts into the outbox, under keys that begin with `Task.key`."""

_IN_FLIGHT = 4
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 3600.0  # seconds before a task that failed is tried again


class TaskRunner:
    """Does tasks when they are due, a few at a time.

    Args:
        functions: by the task's name; a name that is not here waits for a release that knows it.
        done: called after each task; what it put into the outbox has to be sent.
    """

    def __init__(
        self,
        database: Database,
        clock: Clock,
        functions: Mapping[str, TaskFunction],
        *,
        done: Callable[[], None] = lambda: None,
    ) -> None:
        self._database = database
        self._clock = clock
        self._functions = functions
        self._done = done
        self._wake = asyncio.Event()
        self._running: dict[int, asyncio.Task[None]] = {}

    def wake(self) -> None:
        """There may be new tasks. In the loop's thread."""
        self._wake.set()

    async def run(self) -> None:
        """Do tasks until cancelled."""
        try:
            while True:
                until = await self._start_due()
                await self._clock.wait(self._wake, until)
        finally:
            for running in self._running.values():
                running.cancel()
            await asyncio.gather(*self._running.values(), return_exceptions=True)

    async def once(self) -> None:
        """Do what is due now, to the end; for commands and tests."""
        await self._start_due()
        while self._running:
            await asyncio.wait(self._running.values())
            await self._start_due()

    async def _start_due(self) -> float | None:
        """Start what is due and say when the next one is."""
        try:
            found = await self._database.call(tasks.due, self._database, self._clock.seconds(), 100)
            for task in found:
                if len(self._running) >= _IN_FLIGHT:
                    return None  # the end of a running one wakes us
                if task.id not in self._running and task.name in self._functions:
                    self._running[task.id] = asyncio.create_task(self._carry_out(task))
            waiting = [task for task in found if task.id not in self._running]
            return None if found and not waiting else await self._database.call(tasks.next_due, self._database)
        except StorageError:
            log.exception("tasks cannot be read; trying again")
            return None

    async def _carry_out(self, task: Task) -> None:
        try:
            await self._functions[task.name](task)
        except Exception as error:  # noqa: BLE001 - one task must not stop the others; it is logged and tried again
            await self._postpone(task, error)
        else:
            await self._database.call(tasks.done, self._database, task)
            self._done()
        finally:
            self._running.pop(task.id, None)
            self._wake.set()

    async def _postpone(self, task: Task, error: Exception) -> None:
        asked = error.retry_after if isinstance(error, TemporaryError) else None
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**task.attempts) if asked is None else asked
        if isinstance(error, TemporaryError):
            log.warning("task %s waits: %s", task.name, error)
        else:
            log.error("task %s failed, again in %.0f s: %s", task.name, pause, kind_and_place(error))
        await self._database.call(tasks.postpone, self._database, task, kind_and_place(error), self._clock.seconds() + pause)
