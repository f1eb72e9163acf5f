"""A clock that stands still until it is moved."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class FakeClock:
    """Starts at an aware moment; whoever waits is woken when the clock is moved past what they wait for."""

    def __init__(self, start: datetime) -> None:
        self._now = start.astimezone(UTC)
        self._moved = asyncio.Event()

    def seconds(self) -> float:
        return self._now.timestamp()

    def now(self) -> datetime:
        """Aware UTC."""
        return self._now

    def advance(self, by: timedelta) -> None:
        self._now += by
        self._moved.set()
        self._moved = asyncio.Event()

    def move_to(self, moment: datetime) -> None:
        """Forward only, as time is."""
        self.advance(max(moment - self._now, timedelta()))

    async def wait(self, wake: asyncio.Event, until: float | None) -> None:
        while not wake.is_set() and (until is None or until > self.seconds()):
            moved = asyncio.ensure_future(self._moved.wait())
            woken = asyncio.ensure_future(wake.wait())
            try:
                await asyncio.wait((moved, woken), return_when=asyncio.FIRST_COMPLETED)
            finally:
                moved.cancel()
                woken.cancel()
        wake.clear()
