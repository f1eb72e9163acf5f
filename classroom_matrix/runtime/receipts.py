"""Read receipts on their way into the database: gathered for a moment, written together, off the way of everything else.

With every message of a class come up to fifty of them. One that is lost is made good by the next; so the homeserver is
answered before they are written, and nobody waits for them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from ..errors import StorageError
from ..matrix.source import Receipt
from ..storage import receipts
from ..storage.database import Database

log = logging.getLogger(__name__)

GATHER = 2.0
"""Seconds in which receipts become one write."""
MOST = 20_000
"""How many are held while the database cannot be written; beyond, new ones are dropped."""


class Receipts:
    """Gathers and writes."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: dict[tuple[str, str], int] = {}
        self._some = asyncio.Event()

    def note(self, arrived: Iterable[Receipt]) -> None:
        for receipt in arrived:
            key = (receipt.room_id, receipt.user_id)
            if key in self._waiting or len(self._waiting) < MOST:
                self._waiting[key] = max(receipt.at, self._waiting.get(key, 0))
                self._some.set()

    async def run(self) -> None:
        """Write until cancelled."""
        while True:
            await self._some.wait()
            await asyncio.sleep(GATHER)
            self._some.clear()
            rows = [(room, user, at) for (room, user), at in self._waiting.items()]
            self._waiting.clear()
            try:
                await self._database.call(receipts.note, self._database, rows)
            except StorageError:
                log.exception("%d read receipts are lost", len(rows))
