"""Which rows of the outbox nobody has been given yet. Runs in the database's thread."""

from __future__ import annotations

from collections.abc import Sequence

from ..storage import outbox
from ..storage.database import Database
from ..storage.outbox import Effect


class FreshEffects:
    """Hands out each effect once, oldest first; after a start, all that wait."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._seen = 0  # newest row that was handed out
        self._known: list[Effect] = []  # rows that were committed after it, as far as they are known

    def add(self, effects: Sequence[Effect]) -> None:
        """Effects that have just been committed: they need not be read."""
        self._known += effects

    def take(self) -> list[Effect]:
        effects = self._known
        if effects and effects[-1].seq - len(effects) != self._seen:
            effects = []  # there are others in between: read them all
        seen = effects[-1].seq if effects else self._seen
        while rows := outbox.waiting(self._database, seen, 1_000):
            seen = rows[-1].seq
            effects = effects + rows
        self._seen, self._known = seen, []  # only now: nothing is handed out if the database fails on the way
        return effects
