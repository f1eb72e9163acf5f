"""Sessions of ours, who was given them, and to-device messages on their way."""

from __future__ import annotations

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


def end_all(database: Database) -> None:
    database.execute("UPDATE e2e_outbound SET over = 1, pickle = '' WHERE NOT over")


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


def given_whole(database: Database, session_id: str) -> set[str]:
    """Curve25519 keys of devices that were given a session from its beginning."""
    rows = database.execute(
        "SELECT curve25519 FROM e2e_share WHERE session_id = ? AND device_id <> '' AND place = 0 AND state <> 3", (session_id,)
    )
    return {row[0] for row in rows}


def was_meant_for(database: Database, session_id: str, device: Device) -> bool:
    """Whether a device was given a session, or would have been if there had been a channel to it."""
    row = database.execute(
        "SELECT 1 FROM e2e_share WHERE session_id = ? AND user_id = ? AND device_id = ? AND curve25519 = ?",
        (session_id, device.user_id, device.device_id, device.curve25519),
    ).fetchone()
    return row is not None


def tell_again(database: Database, curve25519: str) -> None:
    """A device has lost its channel to us, and with it what may have been on its way: it is told current sessions once more."""
    database.execute(
        "UPDATE e2e_share SET state = 0 WHERE curve25519 = ? AND state IN (1, 2)"
        " AND session_id IN (SELECT session_id FROM e2e_outbound WHERE NOT over)",
        (curve25519,),
    )


_MISSED = (
    " FROM e2e_share AS own JOIN e2e_outbound USING (session_id)"
    " JOIN e2e_member AS member ON member.room_id = e2e_outbound.room_id AND member.user_id = own.user_id"
    " JOIN e2e_device AS device ON device.user_id = own.user_id AND device.signed AND NOT device.deleted"
    " WHERE own.device_id = '' AND e2e_outbound.messages > 0 AND e2e_outbound.at >= ?"
    " AND NOT EXISTS (SELECT 1 FROM e2e_share AS given WHERE given.session_id = own.session_id"
    " AND given.user_id = device.user_id AND given.device_id = device.device_id AND given.place = 0 AND given.state <> 3)"
)
"""A device that was given only a part is among them: it was signed later than it came."""


def not_welcomed(database: Database, since: float) -> list[Device]:
    """Devices, signed by their owners, that were not given all that the latter may read from its beginning."""
    rows = database.execute(
        f"SELECT DISTINCT device.user_id, device.device_id, device.curve25519, device.ed25519 {_MISSED}", (since,)
    )
    return [Device(user, device, curve25519, ed25519, signed=True) for user, device, curve25519, ed25519 in rows]


def not_given(database: Database, device: Device, since: float, limit: int) -> list[str]:
    """Sessions since then that the person may read from their beginning and that this device was not given, newest first."""
    rows = database.execute(
        f"SELECT own.session_id {_MISSED} AND device.user_id = ? AND device.device_id = ?"
        " ORDER BY e2e_outbound.at DESC LIMIT ?",
        (since, device.user_id, device.device_id, limit),
    )
    return [row[0] for row in rows]


# ── To-device messages on their way ─────────────────────────────────────────────────────────────────────────────────────


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


def forget_old(database: Database, before: float) -> None:
    """Delete sessions that were over before then, with who was given them."""
    database.execute(
        "DELETE FROM e2e_share WHERE session_id IN (SELECT session_id FROM e2e_outbound WHERE over AND at < ?)", (before,)
    )
    database.execute("DELETE FROM e2e_outbound WHERE over AND at < ?", (before,))
