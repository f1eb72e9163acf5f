"""When the homeserver struggles, ask it less: never more than one request a second, all parts of the service together."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import TypeVar

from ..errors import TemporaryError

T = TypeVar("T")

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0


class Pacing:
    """Lets requests pass freely while the homeserver answers, one by one with growing pauses while it does not.

    An outage (no connection, 5xx) holds everything back; a rate limit (429) holds back requests of the same kind only,
    for the time the homeserver names.
    """

    def __init__(self) -> None:
        self._failures = 0
        self._resume_at = 0.0  # event loop's time
        self._limited_until: dict[str, float] = {}
        self._turn = asyncio.Lock()

    @property
    def struggling(self) -> bool:
        """Whether the last request failed for want of a homeserver."""
        return self._failures > 0

    async def run(self, kind: str, request: Callable[[], Awaitable[T]]) -> T:
        """Make one attempt at `request` when its time has come.

        Raises:
            TemporaryError: the attempt failed; the next call waits as long as it should.
        """
        limited_until = self._limited_until.get(kind)
        if limited_until is not None:
            await _sleep_until(limited_until)
        if not self._failures:
            return await self._attempt(kind, request)
        async with self._turn:
            if self._failures:
                await _sleep_until(self._resume_at)
                return await self._attempt(kind, request)
        return await self._attempt(kind, request)

    async def _attempt(self, kind: str, request: Callable[[], Awaitable[T]]) -> T:
        loop = asyncio.get_running_loop()
        try:
            result = await request()
        except TemporaryError as error:
            if error.retry_after is not None:
                self._limited_until[kind] = loop.time() + max(error.retry_after, 0.1)
            else:
                pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(self._failures, 10))
                # jitter upwards only: the pause is a promise
                self._resume_at = loop.time() + pause * random.uniform(1.0, 1.2)  # noqa: S311 - no secret
                self._failures += 1
            raise
        self._failures = 0
        self._limited_until.pop(kind, None)
        return result


async def _sleep_until(moment: float) -> None:
    loop = asyncio.get_running_loop()
    await asyncio.sleep(max(0.0, moment - loop.time()))
