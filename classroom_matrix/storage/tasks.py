"""Things that need I/O and have to be done some time. All functions run in the database's thread."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from ..domain.ids import ClassId
from .database import Database


@dataclass(frozen=True, slots=True)
class Task:
    """`key`: what started it, and so the root of every key that its effects get; `attempts`: how often it has failed."""

    id: int
    key: str
    name: str
    class_id: ClassId | None
    arguments: tuple[str | int, ...]
    attempts: int


_decode_arguments = msgspec.json.Decoder(tuple[str | int, ...]).decode
_COLUMNS = "id, key, name, class_id, arguments, attempts"


def put(database: Database, key: str, name: str, class_id: ClassId | None, *arguments: str | int, due: float) -> None:
    """Start a task; the same key starts nothing twice while the first one waits. `due`: UTC seconds."""
    database.execute(
        "INSERT INTO task (key, name, class_id, arguments, due, attempts) VALUES (?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING",
        (key, name, class_id, msgspec.json.encode(arguments).decode(), due),
    )


def due(database: Database, now: float, limit: int) -> list[Task]:
    """Tasks whose time has come, oldest first."""
    rows = database.execute(f"SELECT {_COLUMNS} FROM task WHERE due <= ? ORDER BY due, id LIMIT ?", (now, limit))
    return [
        Task(id_, key, name, ClassId(class_id) if class_id else None, _decode_arguments(arguments), attempts)
        for id_, key, name, class_id, arguments, attempts in rows
    ]


def done(database: Database, task: Task) -> None:
    database.execute("DELETE FROM task WHERE id = ?", (task.id,))


def postpone(database: Database, task: Task, error: str, due: float) -> None:
    """It failed; again at `due`. `error`: type and place, never a message, which may hold personal data."""
    database.execute("UPDATE task SET attempts = attempts + 1, error = ?, due = ? WHERE id = ?", (error, due, task.id))


def next_due(database: Database) -> float | None:
    """When the next task is due, UTC seconds."""
    row = database.execute("SELECT MIN(due) FROM task").fetchone()
    return row[0] if row else None


def failing(database: Database, attempts: int) -> list[tuple[str, str]]:
    """(name, error) of tasks that have failed at least so often."""
    rows = database.execute("SELECT name, error FROM task WHERE attempts >= ? ORDER BY id", (attempts,))
    return [(name, error or "") for name, error in rows]
