"""Everybody of a class that ``config.yaml`` describes: its staff and the class list it names."""

from __future__ import annotations

from ..config import ClassConfig
from ..storage.database import Database
from .importer import Outcome, import_file
from .staff import import_staff


def import_class(database: Database, klass: ClassConfig) -> Outcome:
    """Bring the tables up to date with the class's list and staff. Runs in the database's thread; safe to repeat.

    Raises:
        ConfigError: the list cannot be read or is no class list, or the staff cannot be what they are said to be.
    """
    with database.transaction():
        outcome = import_file(database, klass.id, klass.roster) if klass.roster else Outcome()
        outcome.changes += import_staff(database, klass)
    return outcome
