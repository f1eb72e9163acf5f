"""What people were asked because their words could mean several things. All functions run in the database's thread."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from ..domain.ids import ClassId, EventId, PersonId
from .database import Database

WHICH, SURE = "which", "sure"


class KeptMeaning(msgspec.Struct, frozen=True, array_like=True):
    """An `api.meaning.Meaning` of a plugin; `kind` and `id` are its subject's."""

    plugin: str
    kind: str
    id: str
    answer: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """`kind`: `WHICH` (a number answers) or `SURE` (yes or no). `at`: milliseconds, of the message
    `event_id` that was asked about.
    """

    kind: str
    meanings: tuple[KeptMeaning, ...]
    at: int
    event_id: EventId | None = None


_decode = msgspec.json.Decoder(tuple[KeptMeaning, ...]).decode


def put(database: Database, person_id: PersonId, class_id: ClassId, question: Question) -> None:
    """The newest question takes the place of an older one."""
    database.execute(
        "INSERT INTO question (person_id, class_id, kind, meanings, at, event_id) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (person_id, class_id) DO UPDATE SET"
        " kind = excluded.kind, meanings = excluded.meanings, at = excluded.at, event_id = excluded.event_id",
        (person_id, class_id, question.kind, msgspec.json.encode(question.meanings).decode(), question.at, question.event_id),
    )


def get(database: Database, person_id: PersonId, class_id: ClassId) -> Question | None:
    row = database.execute(
        "SELECT kind, meanings, at, event_id FROM question WHERE person_id = ? AND class_id = ?", (person_id, class_id)
    ).fetchone()
    return Question(row[0], _decode(row[1]), row[2], row[3]) if row else None


def drop(database: Database, person_id: PersonId, class_id: ClassId) -> None:
    database.execute("DELETE FROM question WHERE person_id = ? AND class_id = ?", (person_id, class_id))
