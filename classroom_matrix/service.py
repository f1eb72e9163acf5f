"""The composition root: builds the parts and runs them together. Wiring only."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from .domain.ids import ClassId, UserId
from .errors import ClassroomError
from .matrix.client import HttpGateway
from .matrix.source import Batch, EventSource
from .runtime.cards import CardEditor
from .runtime.clock import Clock, SystemClock
from .runtime.dispatch import Dispatcher, Observer
from .runtime.engine import Engine, leave_sealed_out
from .runtime.housekeeping import keep_house
from .runtime.letters import LetterBox
from .runtime.receipts import Receipts
from .runtime.registry import Registry
from .runtime.sender import DeskOf, Sender
from .runtime.tasks import TaskFunction, TaskRunner
from .storage import inbox
from .storage.database import Database

if TYPE_CHECKING:
    from .encryption.machine import Encryption

log = logging.getLogger(__name__)

Companion = Callable[[], Awaitable[None]]
"""A loop that runs beside the others until the service stops."""


class Service:
    """One running service: inbox, decisions, outbox.

    Args:
        database: open; stays the caller's to close.
        registry: plugins and classes.
        gateway: the bot's account.
        source: where its events come from.
        desk_of: the room of a household.
        tasks: see `runtime.tasks.TaskFunction`, by name.
        observers: see `runtime.dispatch.Observer`.
        everywhere: see `runtime.dispatch.Dispatcher`.
        clock: the time.
        encryption: the service's own device; None where nothing is encrypted.
    """

    def __init__(
        self,
        database: Database,
        registry: Registry,
        gateway: HttpGateway,
        source: EventSource,
        desk_of: DeskOf,
        *,
        tasks: Mapping[str, TaskFunction] = MappingProxyType({}),
        observers: Sequence[Observer] = (),
        everywhere: ClassId | None = None,
        clock: Clock | None = None,
        encryption: Encryption | None = None,
    ) -> None:
        self._encryption = encryption
        self._database = database
        self._registry = registry
        self._source = source
        self._receipts = Receipts(database)
        self._clock = clock or SystemClock()
        dispatcher = Dispatcher(
            database, registry, self._clock, UserId(gateway.user_id), observers=observers, everywhere=everywhere
        )
        self.sender = Sender(
            database,
            gateway,
            desk_of,
            lambda woken, cards: self.engine.answered(woken, cards=cards),
            sealing=encryption.sealing if encryption else None,
        )
        self.tasks = TaskRunner(database, self._clock, tasks, done=lambda: self.engine.wake())  # noqa: PLW0108 - made below
        editor = CardEditor(database, registry, self._clock)
        letters = LetterBox(database, registry, self._clock)
        self.engine = Engine(
            database,
            dispatcher,
            editor,
            letters,
            self.sender,
            self._clock,
            started=self.tasks.wake,
            open_arrived=encryption.open if encryption else leave_sealed_out,
        )

    async def run(self, *companions: Companion) -> None:
        """Run until cancelled.

        Raises:
            ClassroomError: a part cannot go on (the first one's error, without the wrapping of its group).
        """
        await self._database.call(self._registry.prepare_tables, self._database)
        await self._database.call(inbox.unpark_all, self._database)
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self.engine.run())
                group.create_task(self._source.run(self._receive))
                group.create_task(self.tasks.run())
                group.create_task(keep_house(self._database, self._clock))
                group.create_task(self._receipts.run())
                if self._encryption is not None:
                    group.create_task(self._encryption.run())
                for companion in companions:
                    group.create_task(_run(companion))
        except* ClassroomError as errors:
            raise _first(errors) from None

    async def _receive(self, batch: Batch) -> None:
        """Store what arrived; when this returns the homeserver may forget it."""
        self._receipts.note(batch.receipts)
        if not batch.is_news:
            return
        if self._encryption is not None and batch.keys is not None:
            await self._encryption.take(batch.keys)  # before what was written with them
        told = [(bad.event_id, bad.error) for bad in batch.unreadable]
        mark = inbox.Mark(batch.kind, batch.mark)
        await self.engine.receive(mark, batch.facts, told, batch.changes)
        if self._encryption is not None:
            self._encryption.look_at_kept()
        for event_id, error in told:
            log.error("set aside %s: it cannot be read (%s)", event_id, error)


async def _run(companion: Companion) -> None:
    await companion()


def _first(errors: BaseExceptionGroup[ClassroomError]) -> ClassroomError:
    error: BaseException = errors
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    assert isinstance(error, ClassroomError)
    return error
