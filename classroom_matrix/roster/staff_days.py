"""Staff between two dates come and go while the service runs: shortly after midnight where the class is."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ..config import ClassConfig
from ..domain.ids import ClassId
from ..errors import ClassroomError
from ..storage.database import Database
from .staff import import_staff

log = logging.getLogger(__name__)

LOOK_SECONDS = 15.0
"""How often the date is looked at. Nothing else is done until it has changed."""


def _today(zone: ZoneInfo) -> date:
    return datetime.now(zone).date()


class StaffDays:
    """Brings staff up to date with the day.

    Args:
        database: open.
        classes: all classes.
        noted: called when a class has to be looked at.
        today: the date in a time zone.
        pause: waits so many seconds.
    """

    def __init__(
        self,
        database: Database,
        classes: Sequence[ClassConfig],
        *,
        noted: Callable[[], None] = lambda: None,
        today: Callable[[ZoneInfo], date] = _today,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._classes = classes
        self._noted = noted
        self._today = today
        self._pause = pause
        self._days: dict[ClassId, date] = {}

    async def run(self) -> None:
        """Look now and whenever a day begins, until cancelled."""
        while True:
            await self.once()
            await self._pause(LOOK_SECONDS)

    async def once(self) -> None:
        """Bring the staff of classes up to date whose day has changed since the last look; at first, of all classes."""
        for klass in self._classes:
            today = self._today(klass.zone)
            if self._days.get(klass.id) == today:
                continue
            try:
                # Who left loses their rooms at once: that is the reconciler's, which looks at the mark.
                if await self._database.call(import_staff, self._database, klass, today):
                    self._noted()
            except ClassroomError:
                log.exception("staff of class %s stay as they were", klass.id)
                continue  # the next look tries again
            self._days[klass.id] = today
