"""The inbox: facts that the homeserver has handed over and that are ours to handle now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from ..domain.facts import AnyFact, decode, encode
from .database import Database, json_list

WAITING, DONE, PARKED = 0, 1, 2
MARGIN = 3_600.0
"""Seconds before the last look with /sync in which facts are kept: pushes and looks overlap."""


@dataclass(frozen=True, slots=True)
class Received:
    """A fact in the inbox."""

    seq: int
    fact: AnyFact


@dataclass(frozen=True, slots=True)
class Mark:
    """What says that facts arrived: an application service's transaction ID, or a sync token."""

    kind: str  # "txn" or "sync"
    value: str


def store(
    database: Database,
    mark: Mark,
    facts: Sequence[AnyFact],
    unreadable: Sequence[tuple[str, str]],
    now: float,
    *,
    state: int = WAITING,
) -> int | None:
    """Store facts and mark in one synced transaction. An event seen before changes nothing.

    A transaction ID seen before says nothing about its events: on SQLite, Synapse counts them from 1 again after every
    restart (`ApplicationServiceWorkerStore`: the highest number still unsent; measured with 1.163.2).

    Args:
        database: open.
        mark: says that they arrived.
        facts: in the order of each room.
        unreadable: (event ID, kind of error) of events that could not be translated; they are set aside.
        now: UTC seconds.
        state: DONE where the facts are decided in the surrounding transaction.

    Returns:
        How many facts are news; None where the mark and all facts are known already.
    """
    with database.transaction():
        if mark.kind == "sync":
            database.execute("DELETE FROM source_mark WHERE kind = 'sync'")
        added = database.execute(
            "INSERT INTO source_mark (kind, mark, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (mark.kind, mark.value, now)
        )
        rows = [(fact.event_id, fact.room_id, encode(fact), state, now) for fact in facts]
        count, _ = database.insert("inbox (event_id, room_id, fact, state, at)", rows, otherwise="ON CONFLICT DO NOTHING")
        for event_id, error in unreadable:
            set_aside(database, event_id, "translate", None, error, now)
        return count if count or added.rowcount else None


def store_released(database: Database, facts: Sequence[AnyFact], now: float, *, state: int = WAITING) -> None:
    """Facts that had been kept unread; in the surrounding transaction, to be decided next, or (DONE) not to be handled."""
    rows = [(fact.event_id, fact.room_id, encode(fact), state, now) for fact in facts]
    database.insert("inbox (event_id, room_id, fact, state, at)", rows, otherwise="ON CONFLICT DO NOTHING")


def sync_token(database: Database) -> str | None:
    """Where a narrow sync goes on, if one has ever stored something."""
    row = database.execute("SELECT mark FROM source_mark WHERE kind = 'sync'").fetchone()
    return row[0] if row else None


def waiting(database: Database, limit: int, now: float) -> list[Received]:
    """The oldest facts to decide. A row that cannot be read (of another release, say) is set aside on the way."""
    found, spoiled = [], []
    query = "SELECT seq, event_id, fact FROM inbox WHERE state = 0 ORDER BY seq LIMIT ?"
    for seq, event_id, fact in database.execute(query, (limit,)):
        try:
            found.append(Received(seq, decode(fact)))
        except msgspec.DecodeError:
            spoiled.append((seq, event_id))
    if spoiled:
        with database.transaction():
            for _, event_id in spoiled:
                set_aside(database, event_id, "inbox", None, "it cannot be read", now)
            settle(database, [seq for seq, _ in spoiled], ())
    return found


def settle(database: Database, done: Sequence[int], parked: Sequence[int]) -> None:
    """Say what became of facts that were waiting."""
    for seqs, state in ((done, DONE), (parked, PARKED)):
        if seqs:
            database.execute(
                "UPDATE inbox SET state = ? WHERE seq IN (SELECT value FROM json_each(?))", (state, json_list(seqs))
            )


def park(database: Database, facts: Sequence[AnyFact]) -> None:
    """Facts that were stored as done have to wait after all."""
    if facts:
        database.execute(
            "UPDATE inbox SET state = 2 WHERE event_id IN (SELECT value FROM json_each(?))",
            (json_list(fact.event_id for fact in facts),),
        )


def is_waiting(database: Database) -> bool:
    """Whether there is anything to decide."""
    return database.execute("SELECT 1 FROM inbox WHERE state = 0 LIMIT 1").fetchone() is not None


def unpark(database: Database, room_ids: Iterable[str]) -> int:
    """Let parked facts of these rooms be decided again, in their old order. Returns how many."""
    count = 0
    for room_id in room_ids:
        count += database.execute("UPDATE inbox SET state = 0 WHERE state = 2 AND room_id = ?", (room_id,)).rowcount
    return count


def unpark_all(database: Database) -> None:
    """At start: what is parked is looked at afresh."""
    database.execute("UPDATE inbox SET state = 0 WHERE state = 2")


def fact_of(database: Database, event_id: str) -> AnyFact | None:
    row = database.execute("SELECT fact FROM inbox WHERE event_id = ?", (event_id,)).fetchone()
    return decode(row[0]) if row else None


def set_aside(database: Database, cause: str, handler: str, class_id: str | None, error: str, now: float) -> None:
    """Record that `handler` cannot handle `cause`; once, however often it fails."""
    database.execute(
        "INSERT INTO set_aside (cause, handler, class_id, error, at) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (cause, handler) DO UPDATE SET error = excluded.error, at = excluded.at",
        (cause, handler, class_id, error, now),
    )


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something that waits for a second chance."""

    id: int
    cause: str
    handler: str


def marked_for_retry(database: Database) -> list[SetAside]:
    rows = database.execute("SELECT id, cause, handler FROM set_aside WHERE retried_at IS NOT NULL ORDER BY id")
    return [SetAside(*row) for row in rows]


def keep_aside(database: Database, item: SetAside) -> None:
    """There is no second chance for it."""
    database.execute("UPDATE set_aside SET retried_at = NULL WHERE id = ?", (item.id,))


def take_back(database: Database, item: SetAside) -> None:
    """Forget that it was set aside; if it fails again it is set aside anew."""
    database.execute("DELETE FROM set_aside WHERE id = ?", (item.id,))


def forget_old(database: Database, before: float) -> None:
    """Delete what is done and can come again no more (the homeserver repeats a transaction within days, not months).

    After a long stop the next look with /sync begins where the last one ended, so what came since then is kept. The newest
    row stays too: SQLite would give its number away again.
    """
    looked_at = database.execute("SELECT MIN(at) FROM source_mark WHERE kind = 'sync'").fetchone()[0]
    before = min(before, before if looked_at is None else looked_at - MARGIN)
    database.execute(
        "DELETE FROM inbox WHERE state = 1 AND at < ? AND seq < (SELECT MAX(seq) FROM inbox)"
        " AND event_id NOT IN (SELECT cause FROM set_aside)",
        (before,),
    )
    database.execute("DELETE FROM source_mark WHERE kind = 'txn' AND at < ?", (before,))
