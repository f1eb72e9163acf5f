"""Wall-clock time that a test may move, shared by processes through a small file.

The file holds one number: how many seconds the shared time is ahead of the machine's. Everybody who maps it sees a move at
once, and between moves time goes on by itself, so that two things never happen at the same moment.
"""

from __future__ import annotations

import asyncio
import mmap
import struct
import time
from datetime import UTC, datetime
from pathlib import Path

_OFFSET = struct.Struct("d")  # seconds; one aligned store, so nobody reads half of it
_LOOK = 0.005  # seconds between two looks of a waiting process at the file


class ShiftedTime:
    """The time of a file; a `runtime.clock.Clock`.

    Args:
        path: of the file; made, with a time that is the machine's, where it is missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        if not path.exists():
            path.write_bytes(_OFFSET.pack(0.0))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), _OFFSET.size)
        self._machine = time.time  # as it is now: a process may put `seconds` in its place

    def seconds(self) -> float:
        """UTC, seconds since 1970."""
        offset: float = _OFFSET.unpack_from(self._shared)[0]
        return self._machine() + offset

    def now(self) -> datetime:
        """Aware UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def start_at(self, moment: datetime) -> None:
        """Set the time, also to one that is over: before anybody looks."""
        _OFFSET.pack_into(self._shared, 0, moment.timestamp() - self._machine())

    def move_to(self, seconds: float) -> None:
        """Go on to a moment (UTC, seconds since 1970); where that is over, nothing happens: time has one direction."""
        offset: float = _OFFSET.unpack_from(self._shared)[0]
        _OFFSET.pack_into(self._shared, 0, max(offset, seconds - self._machine()))

    async def wait(self, wake: asyncio.Event, until: float | None) -> None:
        """See `runtime.clock.Clock`. Another process may move the time at any moment, so this looks often."""
        while not wake.is_set() and (until is None or self.seconds() < until):
            pause = _LOOK if until is None else min(_LOOK, max(0.0, until - self.seconds()))
            try:
                async with asyncio.timeout(pause):
                    await wake.wait()
            except TimeoutError:
                continue
        wake.clear()

    def close(self) -> None:
        self._shared.close()
