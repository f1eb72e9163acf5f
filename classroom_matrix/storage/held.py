"""Letters that wait for the end of quiet hours. All functions run in the database's thread."""

from __future__ import annotations

from collections.abc import Sequence

from .database import Database
from .outbox import Effect

_COLUMNS = "key, household_id, class_id, type, content, refers, plugin, about"


def put(database: Database, effects: Sequence[Effect], due: float) -> None:
    """Hold effects for desks until `due`, UTC seconds; in order."""
    database.insert(
        f"held_letter ({_COLUMNS}, due)",
        [(e.key, e.household_id, e.class_id, e.type, e.content, e.refers, e.plugin, e.about, due) for e in effects],
    )
