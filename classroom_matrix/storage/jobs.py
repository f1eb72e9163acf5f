"""Things to do later."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from .database import Database


@dataclass(frozen=True, slots=True)
class DueJob:
    """A job whose time has come. `name`: "<plugin>.<job>"; `due`: when it was due, UTC seconds."""

    id: int
    key: str
    name: str
    class_id: str
    arguments: list[str | int]
    due: float

    @property
    def cause(self) -> str:
        """What its effects are derived from: a job that is put back for later is another cause."""
        return f"job:{self.key}@{self.due}"


_decode_arguments = msgspec.json.Decoder(list[str | int]).decode


def key_of(class_id: str, name: str, arguments: tuple[str | int, ...]) -> str:
    return f"{class_id}|{name}|{msgspec.json.encode(arguments).decode()}"


def put(database: Database, class_id: str, name: str, arguments: tuple[str | int, ...], due: float) -> None:
    """Make a job, or move the one with the same arguments. `due`: UTC seconds."""
    database.execute(
        "INSERT INTO job (key, name, class_id, arguments, due) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (key) DO UPDATE SET due = excluded.due",
        (key_of(class_id, name, arguments), name, class_id, msgspec.json.encode(arguments).decode(), due),
    )


def put_first(database: Database, class_id: str, name: str, arguments: tuple[str | int, ...], due: float) -> None:
    """Make a job, unless it is there already: then it stays when it is. `due`: UTC seconds."""
    database.execute(
        "INSERT INTO job (key, name, class_id, arguments, due) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (key_of(class_id, name, arguments), name, class_id, msgspec.json.encode(arguments).decode(), due),
    )


def forget(database: Database, class_id: str, name: str, arguments: tuple[str | int, ...]) -> None:
    database.execute("DELETE FROM job WHERE key = ?", (key_of(class_id, name, arguments),))


def due(database: Database, now: float, limit: int) -> list[DueJob]:
    """Jobs whose time has come, oldest first."""
    rows = database.execute(
        "SELECT id, key, name, class_id, arguments, due FROM job WHERE due <= ? ORDER BY due, id LIMIT ?", (now, limit)
    )
    return [
        DueJob(id_, key, name, class_id, _decode_arguments(arguments), due_at)
        for id_, key, name, class_id, arguments, due_at in rows
    ]


def of_cause(cause: str) -> DueJob:
    """The job behind `DueJob.cause`, for a second chance; it has no row any more."""
    key, _, due_at = cause.removeprefix("job:").rpartition("@")
    class_id, name, arguments = key.split("|", 2)
    return DueJob(0, key, name, class_id, _decode_arguments(arguments), float(due_at))


def done(database: Database, job_id: int) -> None:
    database.execute("DELETE FROM job WHERE id = ?", (job_id,))


def next_due(database: Database) -> float | None:
    """When the next job is due, UTC seconds."""
    row = database.execute("SELECT MIN(due) FROM job").fetchone()
    return row[0] if row else None
