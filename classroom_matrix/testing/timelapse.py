"""Days in seconds: the time that a homeserver and a service share is moved from one thing that is due to the next.

The service runs as a process of its own, as in a school; what it still has to do is read in its database.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from ..domain.ids import EventId
from ..runtime.cards import SETTLE, SPACINGS
from ..storage import cards, jobs, tasks
from ..storage.database import Database
from .shifted_time import ShiftedTime

_LOOK = 0.003  # seconds between two looks into the service's database
_UNDONE = """
SELECT (SELECT COUNT(*) FROM inbox WHERE state <> 1),
       (SELECT COUNT(*) FROM outbox WHERE state = 0),
       (SELECT COUNT(*) FROM card WHERE edit_key IS NOT NULL),
       (SELECT COUNT(*) FROM json_each(?) WHERE value NOT IN (SELECT event_id FROM inbox))
"""
_PARTS = ("facts", "effects", "cards on their way", "events on their way", "of what is due")


class Timelapse:
    """Moves the time of a homeserver and a service.

    Args:
        time: shared by both.
        database: the service's.
        alive: asked while waiting; raises where the service has ended.
    """

    def __init__(self, time: ShiftedTime, database: Path, *, alive: Callable[[], None] = lambda: None) -> None:
        self.time = time
        self._alive = alive
        self._connection = sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True, isolation_level=None)
        self._sent: set[EventId] = set()
        self.moves = 0

    def close(self) -> None:
        self._connection.close()

    def note(self, *events: EventId) -> None:
        """Events that people sent: `settle` waits until the service has decided them."""
        self._sent.update(events)

    async def settle(self, *, seconds: float = 60.0) -> None:
        """Wait until the service has done everything that it has to do now, and all of it is in the homeserver.

        Raises:
            TimeoutError: it took longer; says what is left.
        """
        try:
            async with asyncio.timeout(seconds):
                while any(self._undone()):
                    self._alive()
                    await asyncio.sleep(_LOOK)  # the condition is in another process's database
        except TimeoutError:
            left = [f"{count} {part}" for part, count in zip(_PARTS, self._undone(), strict=True) if count]
            raise TimeoutError(f"after {seconds:.0f} s: {', '.join(left)}") from None
        self._sent.clear()

    def _undone(self) -> tuple[int, ...]:
        found: tuple[int, ...] = self._connection.execute(_UNDONE, (json.dumps(sorted(self._sent)),)).fetchone()
        due = self.next_due()
        return (*found, int(due is not None and due <= self.time.seconds()))

    def next_due(self) -> float | None:
        """When the service will do something by itself, UTC seconds."""
        database = cast("Database", self._connection)  # these only execute
        held: float | None = self._connection.execute("SELECT MIN(due) FROM held_letter").fetchone()[0]
        moments = [held, jobs.next_due(database), tasks.next_due(database), cards.next_due(database, SETTLE, SPACINGS)]
        return min((moment for moment in moments if moment is not None), default=None)

    async def move_to(self, moment: datetime) -> None:
        """Let time pass until `moment` (aware); what falls due on the way happens at its own time."""
        await self.settle()
        until = moment.timestamp()
        while (due := self.next_due()) is not None and due <= until:
            self.time.move_to(due)
            self.moves += 1
            await self.settle()
        self.time.move_to(until)
        self.moves += 1
        await self.settle()

    def rows(self, query: str, *values: object) -> Sequence[tuple[Any, ...]]:
        """Look into the service's database."""
        return self._connection.execute(query, values).fetchall()
