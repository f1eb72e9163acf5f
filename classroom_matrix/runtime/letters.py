"""Releasing letters that quiet hours have held back."""

from __future__ import annotations

from ..domain.ids import ClassId
from ..domain.time import QuietHours, end_of_quiet
from ..storage import archive, held
from ..storage.database import Database
from ..storage.held import Waiting
from .clock import Clock, moment
from .registry import Registry


class LetterBox:
    """Runs in the database's thread."""

    def __init__(self, database: Database, registry: Registry, clock: Clock) -> None:
        self._database = database
        self._registry = registry
        self._clock = clock

    def release_due(self) -> int:
        """Put what is due into the outbox, in one transaction. Returns how many rows there were.

        Somebody may have chosen other quiet hours meanwhile: then it waits for their end. What is for nobody any more is
        dropped.
        """
        now = self._clock.seconds()
        due = held.next_due(self._database)
        if due is None or due > now:
            return 0
        with self._database.transaction():
            homes = held.due_for(self._database, now)
            archived = {one for one in {home.class_id for home in homes} if self._is_over(one)}
            held.drop(self._database, [home for home in homes if not home.quiet or home.class_id in archived])
            for home in homes:
                if home.quiet and home.class_id not in archived and (until := self._quiet_until(home, now)) is not None:
                    held.hold_on(self._database, home, now, until)
            return held.release(self._database, now)

    def next_due(self) -> float | None:
        """When to look again, UTC seconds."""
        return held.next_due(self._database)

    def _is_over(self, class_id: ClassId) -> bool:
        return not self._registry.knows(class_id) or archive.is_archived(self._database, class_id)

    def _quiet_until(self, home: Waiting, now: float) -> float | None:
        klass = self._registry.klass(home.class_id)
        hours = [QuietHours.of(text) if text else klass.quiet for text in home.quiet]
        until = end_of_quiet(hours, moment(now).astimezone(klass.zone), klass.quiet)
        return until.timestamp() if until is not None else None
