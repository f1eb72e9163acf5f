"""When classes are brought back to their blueprints while the service runs: at start what changed, then what drifts."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from ..config import ClassConfig, Config
from ..domain.ids import ClassId
from ..errors import ClassroomError, StorageError
from ..storage import drift
from ..storage.database import Database
from ..storage.drift import Drift
from .lock import provisioning_lock
from .provision import Provisioner

log = logging.getLogger(__name__)

GATHER_SECONDS = 0.5
"""A change rarely comes alone; what comes within this time is looked at together."""
LOOK_SECONDS = 10.0
"""How often marks are looked for that came without `wake`, from another program (somebody leaves: their access ends within this
time) or a pass that failed. One look is one query of a small table."""


async def _at_once() -> None:
    """Nobody else has to go first."""


class Reconciler:
    """Keeps classes as they should be, with one request in flight.

    Args:
        idle: returns when no answer to a person waits to be sent; they go first.
        told: called when a staff room may have been told something, so that it is sent.
    """

    def __init__(
        self,
        config: Config,
        database: Database,
        provisioner: Provisioner,
        *,
        idle: Callable[[], Awaitable[None]] = _at_once,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        self._config = config
        self._database = database
        self._provisioner = provisioner
        self._idle = idle
        self._told = told
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """There may be new marks. In the loop's thread."""
        self._wake.set()

    async def run(self) -> None:
        """Reconcile until cancelled."""
        await self._mark_changed()
        while True:
            try:
                await self.once()
            except StorageError:
                log.exception("cannot look at what has drifted; trying again")
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await self._wake.wait()
            except TimeoutError:
                continue
            await asyncio.sleep(GATHER_SECONDS)
            self._wake.clear()

    async def _mark_changed(self) -> None:
        """Mark classes whose configuration or roster has changed, or whose provisioning was interrupted.

        Classes are not asked after one by one at each start: what others did while the service was down comes as facts.
        """
        for klass in self._config.classes:
            await self._idle()
            try:
                if not await self._provisioner.is_settled(klass):
                    await self._database.call(drift.mark, self._database, klass.id, None, time.time())
            except (ClassroomError, OSError):
                log.exception("class %s cannot be checked", klass.id)

    async def once(self) -> None:
        """Look at everything that is marked."""
        marks: dict[ClassId, list[Drift]] = {}
        for mark in await self._database.call(drift.marked, self._database):
            marks.setdefault(mark.class_id, []).append(mark)
        classes = {klass.id: klass for klass in self._config.classes}
        for class_id, reasons in marks.items():
            klass = classes.get(class_id)
            try:
                if klass is not None:
                    await self._reconcile(klass, reasons)
                await self._database.call(self._unmark, reasons)
            except Exception:  # one class must not stop the others
                log.exception("class %s cannot be reconciled", class_id)

    async def _reconcile(self, klass: ClassConfig, reasons: list[Drift]) -> None:
        whole = any(reason.room_id is None for reason in reasons)
        only = None if whole else {reason.room_id for reason in reasons if reason.room_id}
        async with provisioning_lock(self._config.database):
            try:
                report = await self._provisioner.apply(klass, only=only, my_turn=self._idle)
            finally:
                self._told()
        if report.done:
            log.info("class %s: %d actions", klass.id, len(report.done))

    def _unmark(self, reasons: list[Drift]) -> None:
        with self._database.transaction():
            for reason in reasons:
                drift.unmark(self._database, reason)
