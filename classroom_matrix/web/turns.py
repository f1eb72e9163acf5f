"""Whose words are compared next. Comparing takes a core's time on purpose: nobody may take it all.

Who waits stands in a line with others of the same address. Lines are served in turn and one try of each at a time, so that a
flood in one of them neither keeps the others waiting nor takes all cores. At about 75 ms each, a school whose people all come
through one address gets 13 answers a second.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

PLACES = 200
"""Tries that may wait, half of them in one line; more are asked to come again."""
AT_ONCE = 2


class Turns:
    """Hands out turns.

    Args:
        places: tries that may wait.
        at_once: lines that have their turn at the same time.
    """

    def __init__(self, places: int = PLACES, at_once: int = AT_ONCE) -> None:
        self._places = places
        self._at_once = at_once
        self._lines: OrderedDict[str, deque[asyncio.Future[bool]]] = OrderedDict()  # the next one first; none is empty
        self._running: set[str] = set()

    @asynccontextmanager
    async def turn(self, line: str) -> AsyncIterator[bool]:
        """Wait for a turn and have it. Yields False where there is no room for waiting."""
        taken = await self._taken(line)
        try:
            yield taken
        finally:
            if taken:
                self._end(line)

    async def _taken(self, line: str) -> bool:
        if line not in self._running and len(self._running) < self._at_once:
            self._running.add(line)
            return True
        if not self._room(line):
            return False
        place: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._lines.setdefault(line, deque()).append(place)
        try:
            return await place
        except asyncio.CancelledError:
            if place.cancelled():
                self._leave(line, place)
            elif place.result():
                self._end(line)
            raise

    def _room(self, line: str) -> bool:
        """Whether there is a place in the line; where all are taken, the last of the longest line gives way."""
        own = len(self._lines.get(line, ()))
        if own >= self._places // 2:
            return False
        if sum(map(len, self._lines.values())) < self._places:
            return True
        longest = max(self._lines, key=lambda each: len(self._lines[each]))
        if len(self._lines[longest]) <= own + 1:
            return False
        last = self._lines[longest][-1]
        self._leave(longest, last)
        if not last.done():
            last.set_result(False)
        return True

    def _end(self, line: str) -> None:
        self._running.discard(line)
        for each in list(self._lines):
            if len(self._running) >= self._at_once:
                return
            if each in self._running:
                continue
            waiting = [place for place in self._lines[each] if not place.done()]
            if not waiting:
                continue
            self._leave(each, waiting[0])
            if each in self._lines:
                self._lines.move_to_end(each)
            self._running.add(each)
            waiting[0].set_result(True)

    def _leave(self, line: str, place: asyncio.Future[bool]) -> None:
        places = self._lines.get(line)
        if places is None or place not in places:
            return
        places.remove(place)
        if not places:
            del self._lines[line]
