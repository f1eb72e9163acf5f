"""What waits, what failed and what is late: for `doctor`. All functions run in the database's thread."""

from __future__ import annotations

from dataclasses import dataclass

from . import held
from .database import Database


@dataclass(frozen=True, slots=True)
class Backlog:
    """Counts of rows. `letters_held`: until the end of quiet hours, as it should be.

    `oldest_fact`, `oldest_effect`: when the oldest that waits came, UTC seconds.
    """

    facts_waiting: int
    facts_parked: int
    effects_waiting: int
    effects_given_up: int
    letters_held: int
    oldest_fact: float | None
    oldest_effect: float | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A fact or job that a handler could not handle. `retried`: whether a second chance is asked for already (0 or 1)."""

    id: int
    cause: str
    handler: str
    class_id: str | None
    error: str
    at: float
    retried: int


@dataclass(frozen=True, slots=True)
class Refused:
    """An effect that the homeserver refused for good."""

    seq: int
    class_id: str | None
    plugin: str | None
    type: str
    at: float


@dataclass(frozen=True, slots=True)
class Late:
    """A job that should have run."""

    name: str
    class_id: str
    due: float


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A step of provisioning that was begun and not answered for."""

    class_id: str
    step: str
    begun: float


def backlog(database: Database) -> Backlog:
    def one(sql: str) -> tuple[int, float | None]:
        count, oldest = database.execute(sql).fetchone()
        return count, oldest

    facts, oldest_fact = one("SELECT COUNT(*), MIN(at) FROM inbox WHERE state = 0")
    parked, _ = one("SELECT COUNT(*), MIN(at) FROM inbox WHERE state = 2")
    effects, oldest_effect = one("SELECT COUNT(*), MIN(at) FROM outbox WHERE state = 0")
    given_up, _ = one("SELECT COUNT(*), MIN(at) FROM outbox WHERE state = 2 AND key NOT LIKE 'erased|%'")
    return Backlog(facts, parked, effects, given_up, held.count(database), oldest_fact, oldest_effect)


def troubles(database: Database) -> list[Trouble]:
    rows = database.execute("SELECT id, cause, handler, class_id, error, at, retried_at IS NOT NULL FROM set_aside ORDER BY id")
    return [Trouble(*row) for row in rows]


def refused(database: Database, limit: int) -> list[Refused]:
    """The newest ones. What an erasure gave up was not refused."""
    rows = database.execute(
        "SELECT seq, class_id, plugin, type, at FROM outbox WHERE state = 2 AND key NOT LIKE 'erased|%'"
        " ORDER BY seq DESC LIMIT ?",
        (limit,),
    )
    return [Refused(*row) for row in rows]


def late_jobs(database: Database, before: float) -> list[Late]:
    rows = database.execute("SELECT name, class_id, due FROM job WHERE due < ? ORDER BY due", (before,))
    return [Late(*row) for row in rows]


def unfinished_steps(database: Database) -> list[Unfinished]:
    rows = database.execute("SELECT class_id, step, begun FROM journal WHERE state = 'begun' ORDER BY id")
    return [Unfinished(row[0], row[1], row[2] / 1000) for row in rows]


def ask_for_retry(database: Database, trouble_id: int, now: float) -> bool:
    """Ask for a second chance for something that was set aside; the running service gives it.

    Returns:
        False if there is no such thing.
    """
    return database.execute("UPDATE set_aside SET retried_at = ? WHERE id = ?", (now, trouble_id)).rowcount > 0
