"""Once a day, what is done and cannot come again is deleted: personal words are not kept longer than they are of use."""

from __future__ import annotations

import asyncio
import logging

from ..errors import StorageError
from ..storage import inbox, outbox, questions, spoken
from ..storage.database import Database
from .clock import Clock

log = logging.getLogger(__name__)

DAY = 86_400.0
KEPT = 30 * DAY
"""Seconds. Synapse forgets transaction IDs after a day and repeats a push for as long as we are down; 30 days are ample."""


async def keep_house(database: Database, clock: Clock) -> None:
    """Tidy up now and every day, until cancelled."""
    while True:
        before = clock.seconds() - KEPT
        try:
            await database.call(_tidy, database, before)
        except StorageError:
            log.exception("could not tidy up; trying again tomorrow")
        wake, tomorrow = asyncio.Event(), clock.seconds() + DAY
        while clock.seconds() < tomorrow:
            await clock.wait(wake, tomorrow)


def _tidy(database: Database, before: float) -> None:
    yesterday = int((before + KEPT - DAY) * 1000)
    with database.transaction():
        inbox.forget_old(database, before)
        outbox.forget_old(database, before)
        questions.forget_old(database, yesterday)
        spoken.forget_old(database, yesterday)
    database.empty_log()
