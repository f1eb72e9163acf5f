"""Letters that wait for the end of quiet hours. All functions run in the database's thread.

A letter is some rows of `held_letter` that are due together: the message, then its buttons and files, which refer to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from ..domain.ids import ClassId, HouseholdId
from . import rings
from .database import Database, json_list
from .outbox import Effect

_COLUMNS = "key, kind, household_id, class_id, type, content, refers, plugin, about"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A household that letters are due for.

    `quiet`: of each adult there who reads the desk: their own quiet hours as they are stored, or None for the class's. Empty
    where nobody does any more.
    """

    class_id: ClassId
    household_id: HouseholdId
    quiet: tuple[str | None, ...]


def put(database: Database, effects: Sequence[Effect], due: float) -> None:
    """Hold effects for desks until `due`, UTC seconds; in order."""
    database.insert(
        f"held_letter ({_COLUMNS}, due)",
        [(e.key, e.kind, e.household_id, e.class_id, e.type, e.content, e.refers, e.plugin, e.about, due) for e in effects],
    )


def due_for(database: Database, now: float) -> list[Waiting]:
    """For whom letters are due, leavers and people with a court limit left out."""
    rows = database.gather(
        "due.class_id, due.household_id, person.id IS NOT NULL, person.quiet",
        "FROM (SELECT DISTINCT class_id, household_id FROM held_letter WHERE due <= ?) AS due"
        " LEFT JOIN member ON member.class_id = due.class_id AND member.household_id = due.household_id"
        " AND NOT member.limited AND member.role = 'guardian'"
        " LEFT JOIN person ON person.id = member.person_id AND person.user_id IS NOT NULL",
        (now,),
    )
    found: dict[tuple[str, str], list[str | None]] = {}
    for class_id, household_id, reads, quiet in rows:
        readers = found.setdefault((class_id, household_id), [])
        if reads:
            readers.append(quiet)
    return [Waiting(ClassId(home[0]), HouseholdId(home[1]), tuple(quiet)) for home, quiet in found.items()]


def hold_on(database: Database, home: Waiting, now: float, due: float) -> None:
    """What is due for a household by now waits until `due`."""
    database.execute(
        "UPDATE held_letter SET due = ? WHERE class_id = ? AND household_id = ? AND due <= ?",
        (due, home.class_id, home.household_id, now),
    )


def look_again(database: Database, household_id: HouseholdId, now: float) -> int:
    """Let a household's letters be due, to be held on or released. Returns how many rows there are."""
    return database.execute("UPDATE held_letter SET due = ? WHERE household_id = ?", (now, household_id)).rowcount


def drop(database: Database, homes: Iterable[Waiting]) -> int:
    """Forget all letters to households. Returns how many rows there were."""
    pairs = json_list([home.class_id, home.household_id] for home in homes)
    return database.execute(
        "DELETE FROM held_letter WHERE (class_id, household_id) IN"
        " (SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?))",
        (pairs,),
    ).rowcount


def release(database: Database, now: float) -> int:
    """Move what is due into the outbox, addressed to the households' desks as far as there are any.

    Returns:
        How many rows there were.
    """
    _hush(database, now)
    count = database.execute(
        "INSERT INTO outbox (key, kind, room_id, household_id, class_id, type, content, refers, plugin, about, state, at)"
        " SELECT key, kind, (SELECT room_id FROM room WHERE room.household_id = held_letter.household_id"
        "  AND room.class_id = held_letter.class_id AND room.replaced_by IS NULL), household_id, class_id, type, content,"
        " refers, plugin, about, 0, ? FROM held_letter WHERE due <= ? ORDER BY due, id",
        (now, now),
    ).rowcount
    if count:
        database.execute("DELETE FROM held_letter WHERE due <= ?", (now,))
    return count


def _hush(database: Database, now: float) -> None:
    """Of several letters to a household that are due together, only the first is loud."""
    rows = database.execute(
        "SELECT id, household_id, content FROM held_letter WHERE due <= ? AND kind = 'send' AND type = 'm.room.message'"
        " ORDER BY due, id",
        (now,),
    ).fetchall()
    for id_, household_id, content in rows:
        message = msgspec.json.decode(content)
        if message.get("msgtype") == "m.text" and not rings.may_ring(database, household_id, now):
            message["msgtype"] = "m.notice"
            message.pop("m.mentions", None)
            database.execute("UPDATE held_letter SET content = ? WHERE id = ?", (msgspec.json.encode(message), id_))


def next_due(database: Database) -> float | None:
    """When the next letter is due, UTC seconds."""
    row = database.execute("SELECT MIN(due) FROM held_letter").fetchone()
    return row[0] if row else None


def count(database: Database) -> int:
    """How many letters wait, buttons and files not counted."""
    found: int = database.execute(
        "SELECT COUNT(*) FROM held_letter WHERE type = 'm.room.message' AND kind = 'send'"
    ).fetchone()[0]
    return found
