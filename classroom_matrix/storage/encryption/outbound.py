"""Sessions of ours, who was given them, and to-device messages on their way."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..database import Database
from .devices import Device

TO_TELL, ON_ITS_WAY, GIVEN, NO_CHANNEL = 0, 1, 2, 3
"""See `tables.ShareRow`."""
WITH_ANY_DEVICE = ""
"""Stands for a device: the person may read the session from its beginning."""


@dataclass(frozen=True, slots=True)
class Outbound:
    """See `tables.OutboundRow`."""

    session_id: str
    room_id: str
    pickle: str
    session_key: str
    messages: int
    at: float


@dataclass(frozen=True, slots=True)
class ToDevice:
    """See `tables.ToDeviceRow`."""

    id: int
    txn_id: str
    kind: str
    messages: bytes
    session_id: str | None


_COLUMNS = "session_id, room_id, pickle, session_key, messages, at"


def current(database: Database, room_id: str) -> Outbound | None:
    row = database.execute(f"SELECT {_COLUMNS} FROM e2e_outbound WHERE room_id = ? AND NOT over", (room_id,)).fetchone()
    return Outbound(*row) if row else None


def going_on(database: Database) -> list[Outbound]:
    """The current sessions of all rooms."""
    return [Outbound(*row) for row in database.execute(f"SELECT {_COLUMNS} FROM e2e_outbound WHERE NOT over").fetchall()]


def get(database: Database, session_id: str) -> Outbound | None:
    row = database.execute(f"SELECT {_COLUMNS} FROM e2e_outbound WHERE session_id = ?", (session_id,)).fetchone()
    return Outbound(*row) if row else None


def begin(database: Database, session: Outbound, readers: Iterable[str]) -> None:
    """A new session, which these people may read from its beginning."""
    database.execute(
        f"INSERT INTO e2e_outbound ({_COLUMNS}, over) VALUES (?, ?, ?, ?, ?, ?, 0)",
        (session.session_id, session.room_id, session.pickle, session.session_key, session.messages, session.at),
    )
    rows = [(session.session_id, user_id, WITH_ANY_DEVICE, "", 0, GIVEN) for user_id in readers]
    if rows:
        database.insert("e2e_share (session_id, user_id, device_id, curve25519, place, state)", rows)


def end(database: Database, session_id: str) -> None:
    database.execute("UPDATE e2e_outbound SET over = 1, pickle = '' WHERE session_id = ?", (session_id,))


def advance(database: Database, session_id: str, pickle: str) -> None:
    """One message more; `pickle` is the session after it."""
    database.execute("UPDATE e2e_outbound SET pickle = ?, messages = messages + 1 WHERE session_id = ?", (pickle, session_id))


# ── Who was given them ──────────────────────────────────────────────────────────────────────────────────────────────────


def shares(database: Database, session_id: str) -> dict[tuple[str, str], tuple[str, int]]:
    """(curve25519, state) by (user, device); devices only."""
    rows = database.gather(
        "user_id, device_id, curve25519, state", "FROM e2e_share WHERE session_id = ? AND device_id <> ''", (session_id,)
    )
    return {(user, device): (curve, state) for user, device, curve, state in rows}


def readers(database: Database, session_id: str) -> set[str]:
    """Who may read it from its beginning."""
    rows = database.gather("user_id", "FROM e2e_share WHERE session_id = ? AND device_id = ''", (session_id,))
    return {row[0] for row in rows}


def share(database: Database, session_id: str, devices: Iterable[Device], place: int, state: int) -> None:
    rows = [(session_id, device.user_id, device.device_id, device.curve25519, place, state) for device in devices]
    database.insert(
        "e2e_share (session_id, user_id, device_id, curve25519, place, state)",
        rows,
        otherwise="ON CONFLICT (session_id, user_id, device_id) DO UPDATE SET curve25519 = excluded.curve25519,"
        " place = excluded.place, state = excluded.state",
    )


def given_whole(database: Database, session_id: str) -> set[tuple[str, str]]:
    """(user, Curve25519 key) of devices that were given a session from its beginning."""
    rows = database.execute(
        "SELECT user_id, curve25519 FROM e2e_share WHERE session_id = ? AND device_id <> '' AND place = 0 AND state <> 3",
        (session_id,),
    )
    return set(rows.fetchall())


def was_meant_for(database: Database, session_id: str, device: Device) -> bool:
    """Whether a device was given a session, or would have been if there had been a channel to it."""
    row = database.execute(
        "SELECT 1 FROM e2e_share WHERE session_id = ? AND user_id = ? AND device_id = ? AND curve25519 = ?",
        (session_id, device.user_id, device.device_id, device.curve25519),
    ).fetchone()
    return row is not None


def asked(database: Database, room_id: str, session_id: str, device: Device, before: float, now: float) -> bool:
    """A device asks for a key. Returns whether it is to be answered: it was given that key before, or could not be, and has not
    asked since `before`.
    """
    return (
        database.execute(
            "UPDATE e2e_share SET asked_at = ? WHERE session_id = ? AND user_id = ? AND device_id = ? AND curve25519 = ?"
            " AND (asked_at IS NULL OR ABS(asked_at) <= ?)"
            " AND session_id IN (SELECT session_id FROM e2e_outbound WHERE room_id = ?)",
            (-now, session_id, device.user_id, device.device_id, device.curve25519, before, room_id),
        ).rowcount
        > 0
    )


def to_answer(database: Database, limit: int) -> list[tuple[str, str, Device]]:
    """(room, session, device) of requests for keys, the oldest first."""
    rows = database.execute(
        "SELECT e2e_outbound.room_id, session_id, device.user_id, device.device_id, device.curve25519, device.ed25519,"
        " device.signed FROM e2e_share AS share JOIN e2e_outbound USING (session_id) JOIN e2e_device AS device"
        " USING (user_id, device_id) WHERE share.asked_at < 0 AND NOT device.deleted ORDER BY share.asked_at DESC LIMIT ?",
        (limit,),
    )
    return [
        (room_id, session_id, Device(user, device, curve, ed25519, bool(signed)))
        for room_id, session_id, user, device, curve, ed25519, signed in rows
    ]


def answered(database: Database, session_id: str, device: Device) -> None:
    database.execute(
        "UPDATE e2e_share SET asked_at = ABS(asked_at) WHERE session_id = ? AND user_id = ? AND device_id = ?",
        (session_id, device.user_id, device.device_id),
    )


def tell_again(database: Database, user_id: str, curve25519: str) -> None:
    """A device has lost its channel to us, and with it what may have been on its way: it is told current sessions once more."""
    database.execute(
        "UPDATE e2e_share SET state = 0 WHERE user_id = ? AND curve25519 = ? AND state IN (1, 2)"
        " AND session_id IN (SELECT session_id FROM e2e_outbound WHERE NOT over)",
        (user_id, curve25519),
    )


_DEVICE_OF_MEMBER = "device.user_id = member.user_id AND device.signed AND NOT device.deleted"
_IS_MISSED = (
    " NOT EXISTS (SELECT 1 FROM e2e_share AS given WHERE given.session_id = session.session_id"
    " AND given.user_id = device.user_id AND given.device_id = device.device_id AND given.place = 0 AND given.state <> 3)"
    " AND EXISTS (SELECT 1 FROM e2e_share AS own WHERE own.session_id = session.session_id"
    " AND own.user_id = device.user_id AND own.device_id = '')"
)
"""A device that was given only a part is among them: it was signed later than it came."""


def not_welcomed(database: Database, since: float) -> list[Device]:
    """Devices, signed by their owners, that were not given all that the latter may read from its beginning."""
    # Looks at all sessions with all devices of all members: 50 to 100 ms with 600 rooms and 7,800 sessions (measured; a third
    # less than when SQLite chooses the order and reads the sessions' long rows again and again).
    rows = database.execute(
        "WITH session AS MATERIALIZED (SELECT session_id, room_id FROM e2e_outbound WHERE messages > 0 AND at >= ?)"
        " SELECT DISTINCT device.user_id, device.device_id, device.curve25519, device.ed25519 FROM session"
        " CROSS JOIN e2e_member AS member ON member.room_id = session.room_id"
        f" CROSS JOIN e2e_device AS device ON {_DEVICE_OF_MEMBER} WHERE {_IS_MISSED}",
        (since,),
    )
    return [Device(user, device, curve25519, ed25519, signed=True) for user, device, curve25519, ed25519 in rows]


def not_given(database: Database, device: Device, since: float, limit: int) -> list[str]:
    """Sessions since then that the person may read from their beginning and that this device was not given, newest first."""
    rows = database.execute(
        f"SELECT session.session_id FROM e2e_device AS device JOIN e2e_member AS member ON {_DEVICE_OF_MEMBER}"
        " JOIN e2e_outbound AS session ON session.room_id = member.room_id"
        f" WHERE device.user_id = ? AND device.device_id = ? AND session.messages > 0 AND session.at >= ? AND {_IS_MISSED}"
        " ORDER BY session.at DESC LIMIT ?",
        (device.user_id, device.device_id, since, limit),
    )
    return [row[0] for row in rows]


# ── To-device messages on their way ─────────────────────────────────────────────────────────────────────────────────────


def name_of(letter: bytes) -> str:
    """A transaction ID for a letter: the same for the same letter, and for no other."""
    return hashlib.blake2b(letter, digest_size=16).hexdigest()


def queue(database: Database, txn_id: str, kind: str, messages: bytes, session_id: str | None = None) -> None:
    """A message the homeserver has to accept; the same transaction ID again changes nothing."""
    database.execute(
        "INSERT INTO e2e_to_device (txn_id, kind, messages, session_id) VALUES (?, ?, ?, ?) ON CONFLICT (txn_id) DO NOTHING",
        (txn_id, kind, messages, session_id),
    )


def queued(database: Database, limit: int, session_id: str | None = None) -> Sequence[ToDevice]:
    """The oldest ones, of all or of one session."""
    rows = database.execute(
        "SELECT id, txn_id, kind, messages, session_id FROM e2e_to_device"
        " WHERE ?1 IS NULL OR session_id = ?1 ORDER BY id LIMIT ?2",
        (session_id, limit),
    )
    return [ToDevice(*row) for row in rows]


def accepted(database: Database, letter: ToDevice) -> None:
    """The homeserver has taken it. A session counts as given when none of its messages is on its way any more."""
    database.execute("DELETE FROM e2e_to_device WHERE id = ?", (letter.id,))
    if letter.session_id is not None:
        database.execute(
            "UPDATE e2e_share SET state = 2 WHERE session_id = ?1 AND state = 1"
            " AND NOT EXISTS (SELECT 1 FROM e2e_to_device WHERE session_id = ?1)",
            (letter.session_id,),
        )


def refused(database: Database, letter: ToDevice, alone: Iterable[tuple[str, bytes]], now: float) -> None:
    """The homeserver will never take it. What was in it for several devices is queued for each of them alone; a device that a
    letter for it alone was refused counts as one that cannot be given the session, and is tried again as those are.

    Args:
        alone: transaction ID and messages of the letters to take its place, in the form of `queue`; none where it was for
            one device.
        now: when such devices were last told that they cannot be given keys.
    """
    alone = list(alone)
    for txn_id, messages in alone:
        queue(database, txn_id, letter.kind, messages, letter.session_id)
    if not alone and letter.session_id is not None:
        device = (
            "(SELECT user.key AS user_id, device.key AS device_id FROM json_each(?1) AS user, json_each(user.value) AS device)"
        )
        messages_text = bytes(letter.messages).decode()
        database.execute(
            f"UPDATE e2e_share SET state = 3 WHERE session_id = ?2 AND state = 1 AND (user_id, device_id) IN {device}",
            (messages_text, letter.session_id),
        )
        database.execute(f"UPDATE e2e_device SET withheld_at = ?2 WHERE (user_id, device_id) IN {device}", (messages_text, now))
    accepted(database, letter)


def forget_old(database: Database, before: float) -> None:
    """Delete sessions that were over before then, with who was given them."""
    database.execute(
        "DELETE FROM e2e_share WHERE session_id IN (SELECT session_id FROM e2e_outbound WHERE over AND at < ?)", (before,)
    )
    database.execute("DELETE FROM e2e_outbound WHERE over AND at < ?", (before,))
