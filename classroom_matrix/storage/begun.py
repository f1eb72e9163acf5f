"""Leaves and roll-overs that a command has begun and not ended, so that one that was cut off is not forgotten.

Rows of `installation`, without names: a leaver's is found by an opaque ID, so an erasure takes it away. All functions run in
the database's thread.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import ClassId, PersonId
from . import installation
from .database import Database

_LEAVE = "begun leave|"
_YEAR = "begun rollover|"


@dataclass(frozen=True, slots=True)
class Leave:
    """`number`: in the class's list; of an adult, the family's lowest; 0 where there is none."""

    class_id: ClassId
    person_id: PersonId
    number: int


@dataclass(frozen=True, slots=True)
class Year:
    """A class that goes on as another one."""

    old: ClassId
    new: ClassId


def begin(database: Database, what: Leave | Year) -> None:
    installation.put(database, _name(what), str(what.number) if isinstance(what, Leave) else "")


def end(database: Database, what: Leave | Year) -> None:
    database.execute("DELETE FROM installation WHERE name = ?", (_name(what),))


def leaves(database: Database) -> list[Leave]:
    """Oldest first."""
    rows = [(row[0].removeprefix(_LEAVE).rsplit("|", 1), row[1]) for row in _rows(database, _LEAVE)]
    return [Leave(ClassId(class_id), PersonId(person_id), int(number)) for (class_id, person_id), number in rows]


def years(database: Database) -> list[Year]:
    """Oldest first."""
    found = [row[0].removeprefix(_YEAR).split("|", 1) for row in _rows(database, _YEAR)]
    return [Year(ClassId(old), ClassId(new)) for old, new in found]


def _name(what: Leave | Year) -> str:
    return f"{_LEAVE}{what.class_id}|{what.person_id}" if isinstance(what, Leave) else f"{_YEAR}{what.old}|{what.new}"


def _rows(database: Database, prefix: str) -> list[tuple[str, str]]:
    found = database.execute("SELECT name, value FROM installation WHERE name LIKE ? || '%' ORDER BY rowid", (prefix,))
    return [(row[0], row[1]) for row in found]
