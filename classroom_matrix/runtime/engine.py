"""The loops: facts are decided when they arrive, jobs and cards when they are due, effects sent when they exist."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence

from ..domain.facts import AnyFact
from ..errors import StorageError
from ..matrix.source import Arrived, RoomChange, SealedEvent
from ..storage import jobs
from ..storage.database import Database
from ..storage.inbox import Mark
from ..storage.outbox import Effect
from .cards import CardEditor
from .clock import Clock
from .dispatch import Dispatcher
from .letters import LetterBox
from .sender import Sender

log = logging.getLogger(__name__)

Open = Callable[[Sequence[Arrived], Sequence[RoomChange]], Sequence[AnyFact]]
"""The facts in what arrived, in the database's thread: what is encrypted is read, or kept for later."""
STORAGE_PAUSE = 2.0  # seconds between attempts while the database cannot be written


def leave_sealed_out(arrived: Sequence[Arrived], _changes: Sequence[RoomChange]) -> Sequence[AnyFact]:
    """`Open` where there is no encryption."""
    return [fact for fact in arrived if not isinstance(fact, SealedEvent)]


class Engine:
    """Turns the parts of the runtime. `receive` and `wake` may be called at any time in the loop's thread.

    Args:
        started: called when handlers may have started tasks.
        open_arrived: see `Open`.
    """

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        editor: CardEditor,
        letters: LetterBox,
        sender: Sender,
        clock: Clock,
        *,
        started: Callable[[], None] = lambda: None,
        open_arrived: Open = leave_sealed_out,
    ) -> None:
        self._started = started
        self._open = open_arrived
        self._database = database
        self._dispatcher = dispatcher
        self._editor = editor
        self._letters = letters
        self._sender = sender
        self._clock = clock
        self._facts = asyncio.Event()
        self._timetable = asyncio.Event()
        self._until: float | None = None  # when the next job or card is due

    async def receive(
        self,
        mark: Mark,
        arrived: Sequence[Arrived],
        unreadable: Sequence[tuple[str, str]],
        changes: Sequence[RoomChange] = (),
    ) -> None:
        """Store what arrived, for good when this returns, and let it be decided. See `Dispatcher.receive`.

        Raises:
            StorageError: the database failed; the same has to come again.
        """

        def received() -> tuple[bool, list[Effect]]:
            facts = self._open(arrived, changes)
            return self._dispatcher.receive(mark, facts, unreadable), self._dispatcher.new_effects()

        left, effects = await self._database.call(received)
        self._sender.take(effects)
        if left:
            self._facts.set()
        self._look_at_timetable()

    def facts_are_waiting(self) -> None:
        """Somebody has stored facts in the inbox."""
        self._facts.set()

    def wake(self) -> None:
        """The timetable (jobs, cards, second chances) may have changed."""
        self._timetable.set()

    def answered(self, woken: int, cards: bool) -> None:
        """The sender wrote answers back; `woken` facts had waited for them, `cards`: a card may be edited now."""
        if woken:
            self._facts.set()
        if cards:
            self._timetable.set()

    async def run(self) -> None:
        """Turn until cancelled. Whatever an earlier run left is taken up first."""
        await self._turn(lambda: 0)
        self._facts.set()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._decide())
            group.create_task(self._keep_timetable())
            group.create_task(self._sender.run())

    async def _decide(self) -> None:
        while True:
            await self._facts.wait()
            self._facts.clear()
            while await self._turn(self._dispatcher.decide):
                pass
            self._look_at_timetable()

    def _look_at_timetable(self) -> None:
        if self._dispatcher.timetable_changed:
            self._dispatcher.timetable_changed = False
            self._timetable.set()
            self._started()

    async def _keep_timetable(self) -> None:
        while True:
            await self._turn(self._do_what_is_due)
            self._started()  # a job may have started tasks
            await self._clock.wait(self._timetable, self._until)

    async def _turn(self, step: Callable[[], int]) -> int:
        """Take one step in the database's thread, hand its effects to the sender, and return what it returned."""

        def stepped() -> tuple[int, list[Effect]]:
            return step(), self._dispatcher.new_effects()

        while True:
            try:
                count, effects = await self._database.call(stepped)
            except StorageError:
                log.exception("the database cannot be used; trying again")
                await asyncio.sleep(STORAGE_PAUSE)
                continue
            self._sender.take(effects)
            return count

    def _do_what_is_due(self) -> int:
        self._dispatcher.retry()
        count = 0
        while done := self._dispatcher.run_jobs():
            count += done
        while done := self._editor.edit_due():
            count += done
        count += self._letters.release_due()
        moments = (jobs.next_due(self._database), self._editor.next_due(), self._letters.next_due())
        self._until = min((m for m in moments if m is not None), default=None)
        return count
