"""When something was last tried with somebody's device, so that it is not tried again and again."""

from __future__ import annotations

from collections.abc import Iterable

from ..database import Database
from .devices import Device


def may_try_again(database: Database, device: Device, before: float) -> bool:
    """Whether it was last told before then that it cannot be given keys."""
    row = database.execute(
        "SELECT withheld_at FROM e2e_device WHERE user_id = ? AND device_id = ?", (device.user_id, device.device_id)
    ).fetchone()
    return row is not None and row[0] <= before


def note_withheld(database: Database, devices: Iterable[Device], now: float) -> None:
    for device in devices:
        database.execute(
            "UPDATE e2e_device SET withheld_at = ? WHERE user_id = ? AND device_id = ?", (now, device.user_id, device.device_id)
        )


def is_to_be_mended(database: Database, device: Device, before: float, now: float) -> bool:
    """Note that the channel to it is broken; returns False where it was last found so after `before`.

    A negative time is one at which it was found broken, and it is not mended yet: a kill must not make that be forgotten.
    """
    return (
        database.execute(
            "UPDATE e2e_device SET unwedged_at = ? WHERE user_id = ? AND device_id = ? AND ABS(unwedged_at) <= ?",
            (-now, device.user_id, device.device_id, before),
        ).rowcount
        > 0
    )


def to_mend(database: Database) -> list[Device]:
    rows = database.execute(
        "SELECT user_id, device_id, curve25519, ed25519, signed FROM e2e_device WHERE unwedged_at < 0 AND NOT deleted"
    )
    return [Device(user, device, curve25519, ed25519, bool(signed)) for user, device, curve25519, ed25519, signed in rows]


def mended(database: Database, device: Device) -> None:
    database.execute(
        "UPDATE e2e_device SET unwedged_at = ABS(unwedged_at) WHERE user_id = ? AND device_id = ?",
        (device.user_id, device.device_id),
    )


def heard_from(database: Database, user_id: str, curve25519: str) -> bool:
    """A device has a channel to us. Returns whether it was told before that it cannot be given keys: now it can."""
    return (
        database.execute(
            "UPDATE e2e_device SET withheld_at = 0 WHERE user_id = ? AND curve25519 = ? AND withheld_at > 0",
            (user_id, curve25519),
        ).rowcount
        > 0
    )
