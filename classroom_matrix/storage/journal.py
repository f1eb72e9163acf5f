"""Steps of provisioning that cannot simply be repeated: a row before the request, "done" with its result afterwards.

All functions run in the database's thread.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from ..domain.ids import ClassId, transaction_id
from .database import Database


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was begun. `resumed`: an earlier run may have made its request already."""

    class_id: ClassId
    name: str
    attempts: int
    begun: int
    resumed: bool
    note: str | None = None

    @property
    def txn_id(self) -> str:
        """The transaction ID of this attempt; another database or a later attempt has another one."""
        return transaction_id(f"{self.class_id}|{self.name}|{self.attempts}|{self.begun}")


def begin(database: Database, class_id: ClassId, name: str, note: str | None = None) -> Step:
    """Note that the step's request is about to be made, or find that it was begun before.

    A step that was done earlier is begun anew, as another attempt.
    """
    with database.transaction():
        step = _find(database, class_id, name)
        if step is not None:
            return step
        database.execute(
            "INSERT INTO journal (class_id, step, state, result, begun, attempts) VALUES (?, ?, 'begun', ?, ?, 1)"
            " ON CONFLICT (class_id, step) DO UPDATE SET state = 'begun', result = excluded.result, begun = excluded.begun,"
            " attempts = attempts + 1",
            (class_id, name, note, time.time_ns() // 1_000_000),
        )
        (begun, attempts) = database.execute(
            "SELECT begun, attempts FROM journal WHERE class_id = ? AND step = ?", (class_id, name)
        ).fetchone()
    return Step(class_id, name, attempts, begun, resumed=False, note=note)


def _find(database: Database, class_id: ClassId, name: str) -> Step | None:
    row = database.execute(
        "SELECT attempts, begun, result FROM journal WHERE class_id = ? AND step = ? AND state = 'begun'", (class_id, name)
    ).fetchone()
    return Step(class_id, name, row[0], row[1], True, row[2]) if row else None


def begin_again(database: Database, step: Step) -> Step:
    """The request failed for certain: another attempt, which the homeserver must not take for the same."""
    with database.transaction():
        database.execute("UPDATE journal SET state = 'done' WHERE class_id = ? AND step = ?", (step.class_id, step.name))
        return begin(database, step.class_id, step.name, step.note)


def finish(database: Database, step: Step, result: str | None = None) -> None:
    """The step's request was answered. Call it in the transaction that keeps what came of it."""
    database.execute(
        "UPDATE journal SET state = 'done', result = ? WHERE class_id = ? AND step = ?", (result, step.class_id, step.name)
    )


def unfinished(database: Database, class_id: ClassId, prefix: str = "") -> list[Step]:
    """Steps whose request may or may not have been made, oldest first."""
    rows = database.execute(
        "SELECT step, attempts, begun, result FROM journal WHERE class_id = ? AND state = 'begun' ORDER BY id", (class_id,)
    )
    return [Step(class_id, row[0], row[1], row[2], True, row[3]) for row in rows if row[0].startswith(prefix)]
