"""Court limits on record, in whatever class or year. All functions run in the database's thread.

A limit that was set because nobody said whom the court limits is marked as unclear: it ends when somebody says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..domain.ids import ClassId, FamilyId, PersonId
from ..domain.people import Role
from . import archive, installation, leavers, parting
from .database import Database

_ADULTS = f"member.role IN ('{Role.GUARDIAN}', '{Role.RELATIVE}')"


@dataclass(frozen=True, slots=True)
class Limited:
    """An adult under a court limit. `class_id`: of leavers, see `leavers`."""

    class_id: ClassId
    person_id: PersonId
    name: str
    family_id: FamilyId | None


def on_record(database: Database) -> list[Limited]:
    """Everybody under a court limit, leavers and years that are over included; once for each class."""
    rows = database.execute(
        "SELECT member.class_id, person.id, person.name, member.family_id"
        " FROM member JOIN person ON person.id = member.person_id"
        f" WHERE member.limited AND {_ADULTS} ORDER BY member.id"
    )
    return [Limited(ClassId(row[0]), PersonId(row[1]), row[2], FamilyId(row[3]) if row[3] else None) for row in rows]


def set_elsewhere(database: Database, person_id: PersonId, but: ClassId | None, *, limited: bool) -> Sequence[ClassId]:
    """Limit somebody in every other class and year, too, or nowhere any more. Returns the classes where that is new."""
    rows = database.execute(
        f"SELECT class_id FROM member WHERE person_id = ? AND class_id <> ? AND limited <> ? AND {_ADULTS} ORDER BY id",
        (person_id, but or "", int(limited)),
    )
    changed = [ClassId(row[0]) for row in rows]
    for class_id in changed:
        _set(database, class_id, person_id, limited=limited)
    return changed


def end_in_years_that_are_over(database: Database, person_id: PersonId, class_id: ClassId) -> Sequence[ClassId]:
    """What is kept of classes that are archived or left says nothing against somebody whose limit has ended since.

    Returns the classes where that is new.
    """
    rows = database.execute(
        f"SELECT class_id FROM member WHERE person_id = ? AND class_id <> ? AND limited AND {_ADULTS} ORDER BY id",
        (person_id, class_id),
    )
    over = [ClassId(row[0]) for row in rows if leavers.is_former(row[0]) or archive.is_archived(database, row[0])]
    for one in over:
        _set(database, one, person_id, limited=False)
    return over


def _set(database: Database, class_id: ClassId, person_id: PersonId, *, limited: bool) -> None:
    if limited:
        parting.part(database, class_id, person_id)
    database.execute("UPDATE member SET limited = ? WHERE class_id = ? AND person_id = ?", (int(limited), class_id, person_id))


def is_unclear(database: Database, person_id: PersonId) -> bool:
    """Whether the person is limited only until somebody says whom the court limits."""
    return installation.get(database, _name(person_id)) is not None


def set_unclear(database: Database, person_id: PersonId, *, unclear: bool) -> None:
    if unclear:
        installation.put(database, _name(person_id), "")
    else:
        database.execute("DELETE FROM installation WHERE name = ?", (_name(person_id),))


def _name(person_id: PersonId) -> str:
    return f"limit unclear {person_id}"
