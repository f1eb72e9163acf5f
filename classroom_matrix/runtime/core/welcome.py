"""Hello in a new desk: what this room is, and what is open for the household now."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from ...domain.content import Block, Content, Line
from ...domain.ids import ClassId, HouseholdId, RoomId
from ...domain.people import Household
from ...matrix.render import render
from ...storage import installation, outbox
from ...storage.database import Database, is_storage_failure
from ..batch import Batch
from ..clock import Clock
from ..failure import kind_and_place
from ..registry import Registry
from ..view import ClassView

log = logging.getLogger(__name__)


class Welcome:
    """Says hello, once in each desk; a desk that goes on with the next class was welcomed already.

    Args:
        database: open.
        registry: plugins, whose agendas are asked.
        clock: the time.
    """

    def __init__(self, database: Database, registry: Registry, clock: Clock) -> None:
        self._database = database
        self._registry = registry
        self._clock = clock

    def __call__(self, class_id: ClassId, household_id: HouseholdId, room_id: RoomId) -> None:
        """In the database's thread within a transaction; whoever sends has to be woken."""
        key = f"welcome|{class_id}|{household_id}"
        told = f"welcomed {room_id}"
        if installation.get(self._database, told) is not None or outbox.is_known(self._database, key):
            return
        batch = Batch(self._database, self._registry, self._clock.seconds())
        household = batch.roster(class_id).household(household_id)
        if household is None or not self._registry.knows(class_id):
            return
        installation.put(self._database, told, "")
        kind, content = render(self._content(batch, class_id, household))
        effect = outbox.Effect(key, "send", room_id, kind, content, household_id=household_id, class_id=class_id)
        outbox.add(self._database, [effect], batch.seconds)

    def _content(self, batch: Batch, class_id: ClassId, household: Household) -> Content:
        klass = self._registry.klass(class_id)
        language = ClassView(batch, self._registry.core, class_id).language_of(household)
        view = ClassView(batch, self._registry.core, class_id, language)
        blocks: list[Block] = [
            Line(view.text("core-welcome", klass=klass.name)),
            Line(view.text("core-welcome-how")),
        ]
        agenda = self._agenda(batch, class_id, household, language)
        if agenda:
            blocks += [Line(view.text("core-welcome-open")), *agenda]
        return Content(tuple(blocks), loud=not klass.quiet.covers(view.now))

    def _agenda(self, batch: Batch, class_id: ClassId, household: Household, language: str) -> Sequence[Line]:
        """What plugins say; one that fails is left out, and the welcome comes all the same."""
        lines: list[Line] = []
        for loaded in self._registry.plugins_of(class_id):
            if loaded.plugin.agenda is None:
                continue
            try:
                lines += loaded.plugin.agenda(ClassView(batch, loaded, class_id, language), household)
            except Exception as error:
                if is_storage_failure(error):
                    raise
                log.error("the agenda of %s failed with %s", loaded.name, kind_and_place(error))  # noqa: TRY400 - may hold names
        return lines
