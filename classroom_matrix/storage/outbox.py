"""The outbox: effects that are decided and that the homeserver has to accept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import Any

import msgspec

from .database import Database, json_list
from .inbox import unpark

WAITING, SENT, GIVEN_UP = 0, 1, 2
_LONGEST = 16_000
"""Bytes of a message made of several."""


@dataclass(slots=True)
class Effect:
    """A row of the outbox. `seq` is 0 until it is stored.

    `kind`: "send", "file" (content is a `matrix.parcel`; it becomes a "send" when the file is uploaded), "redact" (content is
    the reason), "join" or "leave" (a chat that somebody invited the bot to), "encrypt" (one that it has joined).
    `refers`: key of the effect whose event ID has to be put into `content`, or that a redaction is aimed at.
    `sealed`: what goes into an encrypted room in place of `content`, once it is encrypted.
    """

    key: str
    kind: str
    room_id: str | None
    type: str
    content: bytes
    household_id: str | None = None
    class_id: str | None = None
    refers: str | None = None
    plugin: str | None = None
    about: str | None = None
    seq: int = 0
    sealed: bytes | None = None


_COLUMNS = "key, kind, room_id, household_id, class_id, type, content, refers, plugin, about"
_SELECT = f"SELECT {_COLUMNS}, seq, sealed FROM outbox WHERE state = 0 AND seq > ? ORDER BY seq LIMIT ?"


def add(database: Database, effects: Sequence[Effect], now: float) -> None:
    """Store effects in order, and number them; the surrounding transaction decides whether they happen."""
    _, last = database.insert(
        f"outbox ({_COLUMNS}, state, at)",
        [
            (e.key, e.kind, e.room_id, e.household_id, e.class_id, e.type, e.content, e.refers, e.plugin, e.about, 0, now)
            for e in effects
        ],
    )
    for seq, effect in enumerate(effects, last - len(effects) + 1):
        effect.seq = seq


def join_lines(database: Database, keys: Sequence[str]) -> None:
    """Make one message of those of a room, as far as it takes them; none of them may have been handed out."""
    rows = database.execute(
        "SELECT seq, room_id, content FROM outbox WHERE state = 0 AND key IN (SELECT value FROM json_each(?)) ORDER BY seq",
        (json_list(keys),),
    ).fetchall()
    for _, group in groupby(sorted(rows, key=itemgetter(1)), key=itemgetter(1)):
        (first, _, content), *others = group
        joined = msgspec.json.decode(content)
        for seq, _, more in others:
            longer = _joined(joined, msgspec.json.decode(more))
            if len(msgspec.json.encode(longer)) > _LONGEST:
                break
            joined = longer
            database.execute("DELETE FROM outbox WHERE seq = ?", (seq,))
        database.execute("UPDATE outbox SET content = ? WHERE seq = ?", (msgspec.json.encode(joined), first))


def _joined(first: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Two texts in one message, with an empty line between."""
    joined = {**first, "body": f"{first['body']}\n\n{other['body']}"}
    if "formatted_body" in first or "formatted_body" in other:
        html = [one.get("formatted_body") or escape(one["body"]).replace("\n", "<br>") for one in (first, other)]
        joined |= {"format": "org.matrix.custom.html", "formatted_body": "<br><br>".join(html)}
    return joined


def waiting(database: Database, after: int, limit: int) -> list[Effect]:
    """Effects that wait, oldest first, from beyond the row `after`."""
    return [
        Effect(key, kind, room, type_, content, household, klass, refers, plugin, about, seq, sealed)
        for key, kind, room, household, klass, type_, content, refers, plugin, about, seq, sealed in database.execute(
            _SELECT, (after, limit)
        )
    ]


def uploaded(database: Database, seq: int, content: bytes) -> bool:
    """A file is on the homeserver, and `content` is the message about it. Returns False where it is not to be sent any more."""
    with database.transaction():
        changed = database.execute(
            "UPDATE outbox SET kind = 'send', content = ?, refers = NULL WHERE seq = ? AND state = 0", (content, seq)
        ).rowcount
    return changed > 0


def seal(database: Database, seq: int, sealed: bytes) -> None:
    """What an effect looks like in its encrypted room, committed with the ratchet that made it and before it is sent."""
    database.execute("UPDATE outbox SET sealed = ? WHERE seq = ?", (sealed, seq))


@dataclass(frozen=True, slots=True)
class Answered:
    """What the homeserver said to an effect. `event_id` is None where it refused for good.

    `pointed_at`: facts may refer to the message, so some may have waited for its event ID.
    """

    seq: int
    key: str
    room_id: str
    event_id: str | None
    pointed_at: bool


_RECORD = (
    "UPDATE outbox SET sealed = NULL, state = json_extract(answer.value, '$[1]'),"
    " event_id = json_extract(answer.value, '$[2]'), room_id = json_extract(answer.value, '$[3]') FROM json_each(?) AS answer"
    " WHERE outbox.seq = json_extract(answer.value, '$[0]')"
)

EDIT = "|edit|"
"""Marks the keys of cards' edits."""
UNKEPT = "|unkept"
"""Marks the keys of messages whose content is kept no longer than until they are sent; then it is wiped from the files, too."""


def record(database: Database, answers: Sequence[Answered]) -> int:
    """Write event IDs back and wake what waited for them. Returns how many facts may be decided again.

    Relaxed: after a power cut the same transaction IDs get the same answers.
    """
    unkept = [a.seq for a in answers if UNKEPT in a.key]
    with database.leaving_no_traces() if unkept else nullcontext(), database.transaction(relaxed=True):
        database.execute(
            _RECORD, (json_list((a.seq, GIVEN_UP if a.event_id is None else SENT, a.event_id, a.room_id) for a in answers),)
        )
        edits = [a.key for a in answers if EDIT in a.key]
        if edits:
            database.execute(
                "UPDATE card SET edit_key = NULL WHERE edit_key IN (SELECT value FROM json_each(?))", (json_list(edits),)
            )
        if unkept:
            database.execute(
                "UPDATE outbox SET content = x'' WHERE seq IN (SELECT value FROM json_each(?))", (json_list(unkept),)
            )
        woken = unpark(database, {a.room_id for a in answers if a.pointed_at})
    if unkept:
        database.empty_log()  # if somebody reads it now, the house is tidied once a day
    return woken


def event_of(database: Database, key: str) -> tuple[int, str | None]:
    """(state, event ID) of an effect; a key that nobody knows counts as given up."""
    row = database.execute("SELECT state, event_id FROM outbox WHERE key = ?", (key,)).fetchone()
    return (row[0], row[1]) if row else (GIVEN_UP, None)


def is_known(database: Database, key: str) -> bool:
    """Whether an effect is there, sent or not."""
    return database.execute("SELECT 1 FROM outbox WHERE key = ?", (key,)).fetchone() is not None


def room_of(database: Database, key: str) -> str | None:
    """The room of an effect that was not refused."""
    row = database.execute("SELECT room_id FROM outbox WHERE key = ? AND state <> ?", (key, GIVEN_UP)).fetchone()
    return row[0] if row else None


def origins(database: Database, event_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(plugin, about) of the effects that made these events, of those that are about something."""
    rows = database.gather(
        "event_id, plugin, about",
        "FROM json_each(?) AS wanted JOIN outbox ON outbox.event_id = wanted.value AND about IS NOT NULL",
        (json_list(event_ids),),
    )
    return {event_id: (plugin, about) for event_id, plugin, about in rows}


def last_letter(database: Database, household_id: str, until: float) -> tuple[str | None, float] | None:
    """The plugin of the last letter to a household by `until`, and when it was written (both UTC seconds)."""
    row = database.execute(
        "SELECT plugin, at FROM outbox WHERE household_id = ? AND at <= ? AND about IS NOT NULL ORDER BY seq DESC LIMIT 1",
        (household_id, until),
    ).fetchone()
    return None if row is None else (row[0], row[1])


def keys_about(database: Database, plugin: str, class_id: str, about: str) -> list[str]:
    rows = database.execute(
        "SELECT key FROM outbox WHERE about = ? AND plugin = ? AND class_id = ? AND state <> 2 ORDER BY seq",
        (about, plugin, class_id),
    )
    return [row[0] for row in rows]


def awaits_answer(database: Database, room_id: str) -> bool:
    """Whether a message in this room that facts may refer to has no event ID yet."""
    row = database.execute(
        "SELECT 1 FROM outbox WHERE state = 0 AND about IS NOT NULL AND room_id = ? LIMIT 1", (room_id,)
    ).fetchone()
    return row is not None


def forget_old(database: Database, before: float) -> None:
    """Delete sent effects that nothing refers to any more. The newest row stays: its number must not come again."""
    database.execute(
        "DELETE FROM outbox WHERE state = 1 AND about IS NULL AND at < ? AND seq < (SELECT MAX(seq) FROM outbox)", (before,)
    )
