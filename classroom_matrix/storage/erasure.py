"""Removing everything that the core's tables know of a family or an adult, and looking for what is left.

All functions run in the database's thread. `remove` may be repeated: what a service that runs meanwhile stores is found then.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from ..domain.facts import EventRedacted, encode
from ..domain.ids import EventId, RoomId, UserId
from .database import Database, json_list
from .encryption import erasing

Mentions = Callable[[str], bool]
"""Whether a text names somebody who is being erased."""

_RECORD = "erasure "
_EMPTY = b"{}"


@dataclass(frozen=True, slots=True)
class Traces:
    """By what rows are found. Everything but `accounts` and `rooms` are the house's own opaque IDs.

    Args:
        people: adults and pupils.
        families, households: empty where a single adult is erased.
        accounts: user IDs.
        rooms: which go with them: desks, private chats with the bot.
    """

    people: frozenset[str]
    families: frozenset[str]
    households: frozenset[str]
    accounts: frozenset[str]
    rooms: frozenset[str]

    @property
    def ids(self) -> frozenset[str]:
        return self.people | self.families | self.households


# ── What is being erased, so that an interrupted erasure goes on ────────────────────────────────────────────────────────


def keep_record(database: Database, id_: str, record: bytes) -> None:
    """`record`: JSON. It holds names until the erasure is through."""
    database.execute(
        "INSERT INTO installation (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_RECORD + id_, record.decode()),
    )


def records(database: Database) -> list[bytes]:
    """Of erasures that are not through, oldest first."""
    rows = database.execute("SELECT value FROM installation WHERE name LIKE ? || '%' ORDER BY rowid", (_RECORD,))
    return [str(row[0]).encode() for row in rows]


def drop_record(database: Database, id_: str) -> None:
    database.execute("DELETE FROM installation WHERE name = ?", (_RECORD + id_,))


# ── Removing ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def remove_people(database: Database, traces: Traces) -> dict[str, int]:
    """Delete who they are. Returns how many rows went, by table."""
    people, families, households = json_list(traces.people), json_list(traces.families), json_list(traces.households)
    listed = "IN (SELECT value FROM json_each(?))"
    deletions: tuple[tuple[str, str, tuple[str, ...]], ...] = (
        ("consent", f"pupil_id {listed}", (people,)),
        ("question", f"person_id {listed}", (people,)),
        ("spoken", f"person_id {listed}", (people,)),
        ("calendar_key", f"household_id {listed} OR person_id {listed}", (households, people)),
        ("held_letter", f"household_id {listed}", (households,)),
        ("handover", f"household_id {listed} OR person_id {listed}", (households, people)),
        ("join_session", f"person_id {listed}", (people,)),
        ("invitation", f"person_id {listed}", (people,)),
        ("receipt", f"user_id {listed}", (json_list(traces.accounts),)),
        ("roster_key", f"id {listed}", (people,)),
        ("member", f"person_id {listed} OR family_id {listed}", (people, families)),
        ("pupil", f"id {listed} OR family_id {listed}", (people, families)),
        ("person", f"id {listed}", (people,)),
        ("household", f"id {listed}", (households,)),
        ("family", f"id {listed}", (families,)),
    )
    counts = {}
    for table, condition, values in deletions:
        counts[table] = database.execute(f"DELETE FROM {table} WHERE {condition}", values).rowcount
    # Whose word it was is not needed for a consent to hold.
    database.execute(f"UPDATE consent SET source = 'erased' WHERE source {listed}", (people,))
    return {table: count for table, count in counts.items() if count}


def remove_words(database: Database, traces: Traces, mentions: Mentions) -> dict[str, int]:
    """Empty what was said by them, to them and, as far as they are named, about them; and forget what refers to them.

    Rows of inbox and outbox stay, without content: their numbers must not be given again, and an event that the homeserver
    repeats must still be known. Facts of others that nobody has handled yet are left for the next call.
    """
    facts, events = _empty_inbox(database, traces, mentions)
    counts = {
        "inbox": facts,
        "outbox": _empty_outbox(database, traces, mentions),
        "held_letter": _delete_mentioning(database, "held_letter", "content, kind", mentions),
        "question": _delete_mentioning(database, "question", "meanings, kind", mentions),
    }
    database.execute("DELETE FROM set_aside WHERE cause IN (SELECT value FROM json_each(?))", (json_list(events),))
    for table, columns in (
        ("held_letter", ("key", "about")),
        ("question", ("meanings",)),
        ("job", ("arguments",)),
        ("task", ("arguments", "key")),
        ("journal", ("step", "result")),
    ):
        deleted = _delete_rows_with(database, table, columns, traces.ids | traces.accounts)
        counts[table] = counts.get(table, 0) + deleted
    counts["installation"] = _delete_rows_with(
        database, "installation", ("name", "value"), traces.ids, f"name NOT LIKE '{_RECORD}%'"
    )
    return {table: count for table, count in counts.items() if count}


def remove_rooms(database: Database, traces: Traces) -> int:
    """Forget rooms that are no more. Returns how many."""
    rooms = json_list(traces.rooms)
    for table in ("card", "drift"):
        database.execute(f"DELETE FROM {table} WHERE room_id IN (SELECT value FROM json_each(?))", (rooms,))
    return database.execute("DELETE FROM room WHERE room_id IN (SELECT value FROM json_each(?))", (rooms,)).rowcount


def remove_keys(database: Database, traces: Traces) -> dict[str, int]:
    """Delete their devices and keys, and those of the rooms that go with them. Returns how many rows went, by table."""
    return erasing.remove(database, traces.accounts, traces.rooms)


def _empty_inbox(database: Database, traces: Traces, mentions: Mentions) -> tuple[int, list[str]]:
    """How many facts were emptied, and the events of all that are theirs."""
    emptied: list[tuple[bytes, int]] = []
    events: list[str] = []
    for seq, event_id, room_id, fact, state in database.execute("SELECT seq, event_id, room_id, fact, state FROM inbox"):
        said = bytes(fact).decode("utf-8", "replace")
        theirs = room_id in traces.rooms or any(f'"{account}"' in said for account in traces.accounts)
        if not theirs and (state != 1 or not mentions(_unescaped(said))):
            continue
        if room_id in traces.rooms or theirs:
            events.append(event_id)
        nothing = EventRedacted(
            event_id=EventId(event_id), room_id=RoomId(room_id), sender=UserId(""), at=0, target=EventId("")
        )
        if (content := encode(nothing)) != bytes(fact):
            emptied.append((content, seq))
    for content, seq in emptied:
        database.execute("UPDATE inbox SET fact = ?, state = 1 WHERE seq = ?", (content, seq))
    return len(emptied), events


def _empty_outbox(database: Database, traces: Traces, mentions: Mentions) -> int:
    """What still waits to be sent there is given up."""
    count = 0
    rows = database.execute(
        "SELECT seq, room_id, household_id, content, kind FROM outbox WHERE kind IN ('send', 'file') AND content <> ?",
        (_EMPTY,),
    )
    for seq, room_id, household_id, content, kind in rows.fetchall():
        theirs = room_id in traces.rooms or household_id in traces.households
        if theirs or mentions(_said(content, kind)):
            database.execute(
                "UPDATE outbox SET content = ?, sealed = NULL, household_id = NULL,"
                " state = CASE state WHEN 0 THEN 2 ELSE state END WHERE seq = ?",
                (_EMPTY, seq),
            )
            count += 1
    # A welcome's key, say, holds the household; what is sent needs its key no more, and what still waits is about them.
    holds = "EXISTS (SELECT 1 FROM json_each(?) AS wanted WHERE instr({}, wanted.value) > 0)"
    ids = json_list(traces.ids)
    database.execute(f"UPDATE card SET edit_key = NULL WHERE {holds.format('card.edit_key')}", (ids,))
    count += database.execute(
        "UPDATE outbox SET content = ?, sealed = NULL, household_id = NULL, state = 2"
        f" WHERE state = 0 AND {holds.format('outbox.key')}",
        (_EMPTY, ids),
    ).rowcount
    either = holds.format("outbox.key || ' ' || IFNULL(outbox.about, '')")
    database.execute(f"UPDATE outbox SET key = 'erased|' || seq, about = NULL WHERE {either}", (ids,))
    return count


def _delete_mentioning(database: Database, table: str, columns: str, mentions: Mentions) -> int:
    """What is to be said or asked about them. `columns`: the words, then their kind."""
    rows = database.execute(f"SELECT rowid, {columns} FROM {table}").fetchall()
    named = [row[0] for row in rows if mentions(_said(row[1], row[2]))]
    return database.execute(
        f"DELETE FROM {table} WHERE rowid IN (SELECT value FROM json_each(?))", (json_list(named),)
    ).rowcount


def _said(content: str | bytes, kind: str) -> str:
    """The words of a row; of a file that waits for its upload those inside of it, too."""
    said = content if isinstance(content, str) else bytes(content).decode("utf-8", "replace")
    if kind == "file":
        said += " " + b64decode(msgspec.json.decode(content)["data"]).decode("utf-8", "replace")
    return _unescaped(said)


def _unescaped(json: str) -> str:
    """JSON as text for looking at: line ends are spaces."""
    return json.replace("\\n", " ").replace('\\"', '"')


def _delete_rows_with(database: Database, table: str, columns: Iterable[str], ids: Iterable[str], condition: str = "1") -> int:
    """Delete rows in one of whose columns one of the IDs stands."""
    found = " OR ".join(f"instr({table}.{column}, wanted.value) > 0" for column in columns)
    return database.execute(
        f"DELETE FROM {table} WHERE {condition} AND EXISTS (SELECT 1 FROM json_each(?) AS wanted WHERE {found})",
        (json_list(ids),),
    ).rowcount


# ── Looking ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def search(database: Database, mentions: Mentions, ids: Iterable[str]) -> dict[str, int]:
    """Look through every column of every table, plugins' tables included. Records of erasures that go on are left out.

    Returns:
        How many values name somebody or hold one of the IDs, by ``table.column``; empty where nothing is left.
    """
    wanted = tuple(ids)
    found: dict[str, int] = {}
    tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        columns = [row[1] for row in database.execute(f'PRAGMA table_info("{table}")')]
        for column in columns:
            rest = f" AND name NOT LIKE '{_RECORD}%'" if table == "installation" else ""
            query = f"""SELECT "{column}" FROM "{table}" WHERE typeof("{column}") IN ('text', 'blob'){rest}"""
            for (value,) in database.execute(query):
                text = value if isinstance(value, str) else bytes(value).decode("utf-8", "replace")
                if any(one in text for one in wanted) or mentions(_unescaped(text)):
                    found[f"{table}.{column}"] = found.get(f"{table}.{column}", 0) + 1
    return found


def search_keys(database: Database, traces: Traces) -> dict[str, int]:
    """The same for what encryption holds about them, by account and by room."""
    return erasing.search(database, traces.accounts, traces.rooms)


def leave_no_traces_on_disk(database: Database) -> None:
    """Write the file anew without what was deleted, and empty the write-ahead log. Takes about a second for 100 MB.

    Raises:
        sqlite3.OperationalError: another program is in the middle of something.
    """
    database.execute("VACUUM")
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def file_holds_none(database: Database, mentions: Mentions) -> bool | None:
    """Whether the bytes of the database's files name nobody any more; None for a database in memory."""
    path = database.execute("PRAGMA database_list").fetchone()[2]
    if not path:
        return None
    files = [Path(path), Path(f"{path}-wal")]
    return not any(mentions(file.read_bytes().decode("utf-8", "ignore")) for file in files if file.exists())
