"""What a command about people has begun and not ended, and with which command it goes on; for `check` and `doctor`."""

from __future__ import annotations

from ..config import Config
from ..lifecycle import record as records
from ..storage import begun
from ..storage.database import Database
from .rehearsal import rehearsal
from .words import Words


def sentences(database: Database, say: Words) -> list[str]:
    """One for each; nobody is named. In the database's thread."""
    found = [say("begun-erasure", id=one.id, classes=list(one.classes)) for one in records.unfinished(database)]
    found += [say("begun-leave", klass=one.class_id, number=one.number, id=one.person_id) for one in begun.leaves(database)]
    found += [say("begun-rollover", old=year.old, new=year.new) for year in begun.years(database)]
    return found


def sentences_of_copy(config: Config, say: Words) -> list[str]:
    """The same without touching the database that config.yaml names, which need not be there.

    Raises:
        StorageError: it cannot be read.
    """
    if not config.database.exists():
        return []
    with rehearsal(config) as copied:
        database = Database(copied.database)
        try:
            return sentences(database, say)
        finally:
            database.close()
