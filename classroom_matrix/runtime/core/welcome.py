"""Hello in a new desk: what this room is, and what is open for the household now."""

from __future__ import annotations

from ...domain.content import Block, Content, Line
from ...domain.ids import ClassId, HouseholdId, RoomId
from ...domain.people import Household
from ...matrix.render import render
from ...storage import installation, outbox
from ...storage.database import Database
from ..batch import Batch
from ..clock import Clock
from ..registry import Registry
from ..view import ClassView
from .open_things import agendas


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
        open_now = agendas(batch, class_id, household, language)
        if open_now:
            blocks += [Line(view.text("core-welcome-open")), *(line for said in open_now for line in said.lines)]
        return Content(tuple(blocks), loud=not klass.quiet.covers(view.now))
