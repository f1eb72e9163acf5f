"""Whether pupils may be shown, by use. All functions run in the database's thread; times are UTC seconds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ..domain.ids import ClassId, PersonId
from ..domain.people import PhotoUse
from .database import Database

FROM_LIST = "list"
"""The source of what a class list says; every other source is the ID of the person who entered it."""


@dataclass(frozen=True, slots=True)
class Consent:
    """A yes or no to one use, by whom and since when."""

    given: bool
    source: str
    at: float


def of_pupil(database: Database, pupil_id: PersonId) -> dict[PhotoUse, Consent]:
    """What was said; a use that is missing was never spoken of, which means no."""
    rows = database.execute("SELECT use, given, source, at FROM consent WHERE pupil_id = ?", (pupil_id,))
    return {PhotoUse(use): Consent(bool(given), source, at) for use, given, source, at in rows}


def of_class(database: Database, class_id: ClassId) -> dict[PersonId, dict[PhotoUse, bool]]:
    """What was said for each pupil of the class; pupils and uses that are missing were never spoken of."""
    found: dict[PersonId, dict[PhotoUse, bool]] = defaultdict(dict)
    for pupil_id, use, given in database.execute(
        "SELECT pupil_id, use, given FROM consent WHERE pupil_id IN (SELECT id FROM pupil WHERE class_id = ?)", (class_id,)
    ):
        found[PersonId(pupil_id)][PhotoUse(use)] = bool(given)
    return dict(found)


def is_given(database: Database, pupil_id: PersonId, use: PhotoUse) -> bool:
    row = database.execute("SELECT given FROM consent WHERE pupil_id = ? AND use = ?", (pupil_id, use)).fetchone()
    return bool(row and row[0])


def enter(database: Database, pupil_id: PersonId, use: PhotoUse, *, given: bool, source: PersonId, now: float) -> None:
    """Somebody has decided; no list overrides that."""
    _put(database, pupil_id, use, given, source, now)


def list_says(database: Database, pupil_id: PersonId, said: Mapping[PhotoUse, bool | None], now: float) -> int:
    """Take over what a class list says: yes, no, or None where it says nothing any more, which ends an earlier yes of a list.

    What a person has entered stays.

    Returns:
        How many uses changed.
    """
    known = of_pupil(database, pupil_id)
    changes = 0
    for use, answer in said.items():
        before = known.get(use)
        if before is not None and (before.source != FROM_LIST or before.given is bool(answer)):
            continue
        if before is None and answer is None:
            continue
        _put(database, pupil_id, use, bool(answer), FROM_LIST, now)
        changes += 1
    return changes


def copy(database: Database, source: PersonId, target: PersonId) -> None:
    """The same child has come to another class; what was said holds there, too."""
    database.execute(
        "INSERT INTO consent (pupil_id, use, given, source, at) SELECT ?, use, given, source, at FROM consent"
        " WHERE pupil_id = ? ON CONFLICT DO NOTHING",
        (target, source),
    )


def remove(database: Database, pupil_id: PersonId) -> None:
    """Forget the pupil; the answer is no again."""
    database.execute("DELETE FROM consent WHERE pupil_id = ?", (pupil_id,))


def _put(database: Database, pupil_id: PersonId, use: PhotoUse, given: bool, source: str, now: float) -> None:
    database.execute(
        "INSERT INTO consent (pupil_id, use, given, source, at) VALUES (?, ?, ?, ?, ?) ON CONFLICT (pupil_id, use)"
        " DO UPDATE SET given = excluded.given, source = excluded.source, at = excluded.at",
        (pupil_id, use, int(given), source, now),
    )
