"""The time, as something that can be handed in. Nothing else in the house asks the operating system for it."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Protocol

LONGEST_WAIT = 15.0
"""Seconds. The machine's clock may be set, and `doctor --retry` leaves a mark in the database; so both are noticed soon."""


class Clock(Protocol):
    """Tells the time and waits for it."""

    def seconds(self) -> float:
        """UTC, seconds since 1970."""
        ...

    async def wait(self, wake: asyncio.Event, until: float | None) -> None:
        """Return when `wake` is set or `until` (UTC seconds) has come, or earlier; clears `wake`."""
        ...


class SystemClock:
    """The machine's clock."""

    def seconds(self) -> float:
        return time.time()

    async def wait(self, wake: asyncio.Event, until: float | None) -> None:
        pause = LONGEST_WAIT if until is None else min(LONGEST_WAIT, max(0.0, until - time.time()))
        try:
            async with asyncio.timeout(pause):
                await wake.wait()
        except TimeoutError:
            return
        wake.clear()


def moment(seconds: float) -> datetime:
    """Aware UTC time of a number of seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)
