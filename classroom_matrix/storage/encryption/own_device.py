"""The device that this database speaks for, and everything that is bound to it."""

from __future__ import annotations

from dataclasses import dataclass

from ..database import Database
from . import devices, rooms

_COLUMNS = "device_id, account, curve25519, ed25519, uploaded, signed_by, since, fallback_at, generation, predecessor"

_BOUND = ("e2e_own_device", "e2e_olm_session", "e2e_to_device", "e2e_withheld", "e2e_told", "e2e_member")
"""Tables of which nothing is left when the device changes: what it had, and what a restored database may know wrongly. Somebody
who left a room since the copy was made must not be given its keys: rooms are asked for before they are used again. That they
are encrypted stays known.
"""


@dataclass(frozen=True, slots=True)
class OwnDevice:
    """See `tables.OwnDeviceRow`."""

    device_id: str
    account: str
    curve25519: str
    ed25519: str
    uploaded: bool
    signed_by: str | None
    since: str | None
    fallback_at: float
    generation: int
    predecessor: str | None


def get(database: Database) -> OwnDevice | None:
    row = database.execute(f"SELECT {_COLUMNS} FROM e2e_own_device").fetchone()
    return OwnDevice(row[0], row[1], row[2], row[3], bool(row[4]), row[5], row[6], row[7], row[8], row[9]) if row else None


def put_new(
    database: Database, device_id: str, account: str, curve25519: str, ed25519: str, *, predecessor: str | None = None
) -> None:
    """Begin with a new device; `forget` has made room for it."""
    database.execute(
        "INSERT INTO e2e_own_device (device_id, account, curve25519, ed25519, uploaded, fallback_at, generation, predecessor)"
        " VALUES (?, ?, ?, ?, 0, 0, 0, ?)",
        (device_id, account, curve25519, ed25519, predecessor),
    )


def forget(database: Database) -> None:
    """Forget the device and all its channels and sessions. Keys that messages are read with stay, and what was kept unread.

    Our sessions are over; who was given them stays known, for the sake of who may read them from their beginning: only devices
    that were not given one are given it again.
    """
    for table in _BOUND:
        database.execute(f"DELETE FROM {table}")
    rooms.forget_all(database)
    database.execute("UPDATE e2e_outbound SET over = 1, pickle = ''")
    database.execute("DELETE FROM e2e_share WHERE device_id <> '' AND state <> 2")
    devices.changed_all(database)
    database.execute("UPDATE e2e_kept SET asked_at = NULL")
    database.execute("UPDATE outbox SET sealed = NULL WHERE sealed IS NOT NULL")


def store_account(database: Database, account: str) -> None:
    database.execute("UPDATE e2e_own_device SET account = ?", (account,))


def count_generation(database: Database) -> int:
    """One more; returns it."""
    row = database.execute("UPDATE e2e_own_device SET generation = generation + 1 RETURNING generation").fetchall()
    return int(row[0][0])


def generation(database: Database) -> int:
    row = database.execute("SELECT generation FROM e2e_own_device").fetchone()
    return int(row[0]) if row else 0


def set_uploaded(database: Database, uploaded: bool = True) -> None:
    database.execute("UPDATE e2e_own_device SET uploaded = ?", (uploaded,))


def set_signed_by(database: Database, self_signing_key: str | None) -> None:
    database.execute("UPDATE e2e_own_device SET signed_by = ?", (self_signing_key,))


def is_unsigned(database: Database) -> bool:
    """Whether the homeserver has the device without the identity's signature: apps that leave unsigned devices out do so."""
    return database.execute("SELECT 1 FROM e2e_own_device WHERE uploaded AND signed_by IS NULL").fetchone() is not None


def set_since(database: Database, since: str) -> None:
    """The first one ends a time in which nobody told us of changed device lists: all have to be asked for."""
    database.execute("UPDATE e2e_user SET dirty = dirty + 1 WHERE EXISTS (SELECT 1 FROM e2e_own_device WHERE since IS NULL)")
    database.execute("UPDATE e2e_own_device SET since = ?", (since,))


def set_fallback_at(database: Database, at: float) -> None:
    database.execute("UPDATE e2e_own_device SET fallback_at = ?", (at,))


def predecessor_is_gone(database: Database) -> None:
    database.execute("UPDATE e2e_own_device SET predecessor = NULL")
