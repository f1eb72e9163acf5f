"""What was asked in desks because words could mean several things. All functions run in the database's thread."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from ..domain.ids import ClassId, EventId, PersonId, RoomId
from .database import Database

WHICH, SURE = "which", "sure"


class KeptMeaning(msgspec.Struct, frozen=True, array_like=True):
    """An `api.meaning.Meaning` of a plugin; `kind` and `id` are its subject's. `taken`: somebody has chosen it."""

    plugin: str
    kind: str
    id: str
    answer: str
    label: str
    taken: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """`kind`: `WHICH` (a number answers) or `SURE` (yes or no). `person_id`: whose words they were, in the message `event_id`;
    `at`: its time, milliseconds; `passed_by`: the message that was written instead of an answer.
    """

    kind: str
    meanings: tuple[KeptMeaning, ...]
    person_id: PersonId
    class_id: ClassId
    at: int
    event_id: EventId | None = None
    passed_by: EventId | None = None


_decode = msgspec.json.Decoder(tuple[KeptMeaning, ...]).decode


def put(database: Database, room_id: RoomId, question: Question) -> None:
    """The newest question of a room takes the place of an older one."""
    meanings = msgspec.json.encode(question.meanings).decode()
    database.execute(
        "INSERT INTO question (room_id, person_id, class_id, kind, meanings, at, event_id, passed_by)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (room_id) DO UPDATE SET person_id = excluded.person_id, class_id = excluded.class_id,"
        " kind = excluded.kind, meanings = excluded.meanings, at = excluded.at, event_id = excluded.event_id,"
        " passed_by = excluded.passed_by",
        (
            room_id,
            question.person_id,
            question.class_id,
            question.kind,
            meanings,
            question.at,
            question.event_id,
            question.passed_by,
        ),
    )


def get(database: Database, room_id: RoomId) -> Question | None:
    row = database.execute(
        "SELECT kind, meanings, person_id, class_id, at, event_id, passed_by FROM question WHERE room_id = ?", (room_id,)
    ).fetchone()
    return Question(row[0], _decode(row[1]), PersonId(row[2]), ClassId(row[3]), *row[4:]) if row else None


def pass_by(database: Database, room_id: RoomId, event_id: EventId) -> None:
    """This message was written instead of an answer."""
    database.execute("UPDATE question SET passed_by = ? WHERE room_id = ?", (event_id, room_id))


def drop(database: Database, room_id: RoomId) -> None:
    database.execute("DELETE FROM question WHERE room_id = ?", (room_id,))


def forget_old(database: Database, before: int) -> None:
    """`before`: milliseconds."""
    database.execute("DELETE FROM question WHERE at < ?", (before,))


def drop_about(database: Database, room_id: RoomId, event_id: EventId) -> None:
    """Forget the question if it was asked about this message."""
    database.execute("DELETE FROM question WHERE room_id = ? AND event_id = ?", (room_id, event_id))
