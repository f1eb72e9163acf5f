"""Encrypted events that cannot be read yet, in the order in which they came."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..database import Database, json_list


@dataclass(frozen=True, slots=True)
class Kept:
    """See `tables.KeptRow`. `event`: JSON of a `matrix.source.SealedEvent`."""

    seq: int
    event_id: str
    room_id: str
    user_id: str
    session_id: str
    event: bytes
    at: float
    asked_at: float | None
    told_at: float | None
    heard_at: float | None


_SELECT = "SELECT seq, event_id, room_id, user_id, session_id, event, at, asked_at, told_at, heard_at FROM e2e_kept"
Writer = tuple[str, str]
"""Room and user: whose messages there wait for each other."""
_QUIET = 86_400.0
"""Seconds in which nobody is told twice in a room."""


def keep(
    database: Database,
    event_id: str,
    room_id: str,
    user_id: str,
    session_id: str,
    event: bytes,
    now: float,
    *,
    in_vain: bool = False,
) -> bool:
    """Returns whether it was not kept before. `in_vain`: nothing waits for it, because its key is withheld."""
    return (
        database.execute(
            "INSERT INTO e2e_kept (event_id, room_id, user_id, session_id, event, at, told_at) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (event_id) DO NOTHING",
            (event_id, room_id, user_id, session_id, event, now, now if in_vain else None),
        ).rowcount
        > 0
    )


def is_waited_for(database: Database, room_id: str, session_id: str, user_id: str) -> bool:
    """Whether something is kept that a key of theirs would open."""
    return (
        database.execute(
            "SELECT 1 FROM e2e_kept WHERE session_id = ? AND room_id = ? AND user_id = ? LIMIT 1",
            (session_id, room_id, user_id),
        ).fetchone()
        is not None
    )


def is_empty(database: Database) -> bool:
    return database.execute("SELECT 1 FROM e2e_kept LIMIT 1").fetchone() is None


def waits(database: Database, room_id: str, user_id: str) -> bool:
    """Whether something of this person waits in this room that later messages of theirs have to wait for."""
    return (
        database.execute(
            "SELECT 1 FROM e2e_kept WHERE room_id = ? AND user_id = ? AND told_at IS NULL LIMIT 1", (room_id, user_id)
        ).fetchone()
        is not None
    )


def of(database: Database, writer: Writer) -> list[Kept]:
    """In their order."""
    return [Kept(*row) for row in database.execute(f"{_SELECT} WHERE room_id = ? AND user_id = ? ORDER BY seq", writer)]


def writers_of(database: Database, session_ids: Iterable[str]) -> list[Writer]:
    """Who has something kept that was written with one of these keys."""
    rows = database.execute(
        "SELECT room_id, user_id FROM e2e_kept WHERE session_id IN (SELECT value FROM json_each(?))"
        " GROUP BY room_id, user_id ORDER BY MIN(seq)",
        (json_list(session_ids),),
    )
    return [(room_id, user_id) for room_id, user_id in rows]


def drop(database: Database, event_id: str) -> None:
    """It has become readable."""
    database.execute("DELETE FROM e2e_kept WHERE event_id = ?", (event_id,))


def take_back(database: Database, event_id: str, room_id: str) -> Writer | None:
    """It was taken back in its room. Returns whose it was, if it was kept."""
    row = database.execute(
        "DELETE FROM e2e_kept WHERE event_id = ? AND room_id = ? RETURNING room_id, user_id", (event_id, room_id)
    ).fetchall()
    return (row[0][0], row[0][1]) if row else None


def to_ask_for(database: Database, before: float) -> list[Kept]:
    """The first of each key of each writer that has been missing since before then and was not asked for.

    An event can name anybody's session, so a key is asked for once of each who is said to have used it.
    """
    return [
        Kept(*row)
        for row in database.execute(
            f"{_SELECT} WHERE asked_at IS NULL AND at <= ? GROUP BY room_id, session_id, user_id HAVING seq = MIN(seq)"
            " ORDER BY seq",
            (before,),
        )
    ]


def asked(database: Database, item: Kept, now: float) -> None:
    """The key of this one was asked for, and so that of others of the same writer's."""
    database.execute(
        "UPDATE e2e_kept SET asked_at = ? WHERE room_id = ? AND session_id = ? AND user_id = ?",
        (now, item.room_id, item.session_id, item.user_id),
    )


def overdue(database: Database, before: float) -> list[tuple[Writer, int]]:
    """Whose messages have waited since before then, and `seq` of the last one that has."""
    rows = database.execute(
        "SELECT room_id, user_id, MAX(seq) FROM e2e_kept WHERE told_at IS NULL AND at <= ? GROUP BY room_id, user_id"
        " ORDER BY MIN(seq)",
        (before,),
    )
    return [((room_id, user_id), last) for room_id, user_id, last in rows]


def give_up_waiting(database: Database, writer: Writer, last: int, now: float) -> set[int]:
    """Nothing waits any more for what came until `last`; it stays, in case its key comes after all. Returns their `seq`."""
    rows = database.execute(
        "UPDATE e2e_kept SET told_at = ? WHERE room_id = ? AND user_id = ? AND seq <= ? AND told_at IS NULL RETURNING seq",
        (now, *writer, last),
    )
    return {row[0] for row in rows.fetchall()}


def next_due(database: Database, ask_after: float, tell_after: float) -> float | None:
    """When the next key has to be asked for, or the next person told."""
    row = database.execute(
        "SELECT MIN(CASE WHEN asked_at IS NULL THEN at + ? ELSE at + ? END) FROM e2e_kept WHERE told_at IS NULL",
        (ask_after, tell_after),
    ).fetchone()
    return None if row is None else row[0]


def tell_once(database: Database, writer: Writer, now: float) -> bool:
    """Whether this person is to be told: not again until they could be read, and not again within a day.

    Somebody may have two devices, and one of them withholds its keys: what they write with the other one says nothing about it.
    """
    return (
        database.execute(
            "INSERT INTO e2e_told (room_id, user_id, at) VALUES (?, ?, ?) ON CONFLICT (room_id, user_id) DO UPDATE"
            " SET at = excluded.at, heard_at = NULL WHERE heard_at IS NOT NULL AND at <= ?",
            (*writer, now, now - _QUIET),
        ).rowcount
        > 0
    )


def readable_again(database: Database, writer: Writer, event_id: str, came_at: float) -> None:
    """This event, which came at `came_at`, could be read. Whoever was told before then has been heard: what they were told of
    they have said once more.

    An event that was read before, and comes once more by another way, says nothing about now.
    """
    heard = database.execute(
        "UPDATE e2e_told SET heard_at = ?3 WHERE room_id = ?1 AND user_id = ?2 AND heard_at IS NULL AND at < ?3"
        " AND NOT EXISTS (SELECT 1 FROM inbox WHERE event_id = ?4)",
        (*writer, came_at, event_id),
    ).rowcount
    if heard > 0:
        database.execute(
            "UPDATE e2e_kept SET heard_at = ?3 WHERE room_id = ?1 AND user_id = ?2 AND told_at IS NOT NULL"
            " AND at <= (SELECT at FROM e2e_told WHERE room_id = ?1 AND user_id = ?2)",
            (*writer, came_at),
        )


def forget_old(database: Database, before: float) -> None:
    """Delete what has been unreadable since before then."""
    database.execute("DELETE FROM e2e_kept WHERE told_at IS NOT NULL AND at < ?", (before,))


def forget_told(database: Database, now: float) -> None:
    """Delete who was heard, and may be told again."""
    database.execute("DELETE FROM e2e_told WHERE heard_at IS NOT NULL AND at <= ?", (now - _QUIET,))
