"""Whose devices are followed, and which devices they have.

`e2e_user.dirty` is a counter and not a flag: an answer that was asked for at count n settles the list only if the count still
is n, so a change that comes while the homeserver is being asked is asked for as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..database import Database, json_list

_DEVICE = "user_id, device_id, curve25519, ed25519, signed"


@dataclass(frozen=True, slots=True)
class Device:
    """A device with keys (unpadded base64). `signed`: by its owner's identity."""

    user_id: str
    device_id: str
    curve25519: str
    ed25519: str
    signed: bool = False


@dataclass(frozen=True, slots=True)
class Identity:
    """Somebody's public cross-signing keys (unpadded base64), as far as they have any."""

    master: str | None = None
    self_signing: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of somebody who is followed. Devices by ID; `deleted` are those among them that are no more."""

    identity: Identity
    devices: Mapping[str, Device]
    deleted: frozenset[str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the homeserver says of one user who is followed.

    Args:
        user_id: whose devices these are.
        asked_at: `dirty` when it was asked for.
        identity: of the user.
        devices: to be written: new ones, and known ones of which something differs.
        gone: IDs of devices that are no more.
    """

    user_id: str
    asked_at: int
    identity: Identity
    devices: Sequence[Device]
    gone: Sequence[str]


def track(database: Database, users: Iterable[str]) -> None:
    """Follow their devices from now on. Nothing changes for those who are followed already."""
    database.insert("e2e_user (user_id, dirty)", [(user, 1) for user in users], otherwise="ON CONFLICT DO NOTHING")


def changed(database: Database, users: Iterable[str]) -> None:
    """Their lists have changed. Those whom nobody follows do not matter."""
    database.execute(
        "UPDATE e2e_user SET dirty = dirty + 1 WHERE user_id IN (SELECT value FROM json_each(?))", (json_list(users),)
    )


def changed_all(database: Database) -> None:
    database.execute("UPDATE e2e_user SET dirty = dirty + 1")


def left(database: Database, users: Iterable[str]) -> None:
    """The homeserver tells of their devices no more: we share no encrypted room with them.

    Somebody who by now is in a room of ours (again) stays followed, and is asked about.
    """
    users = list(users)
    with database.transaction():
        for table in ("e2e_user", "e2e_device"):
            database.execute(
                f"DELETE FROM {table} WHERE user_id IN (SELECT value FROM json_each(?))"
                " AND user_id NOT IN (SELECT user_id FROM e2e_member)",
                (json_list(users),),
            )
        changed(database, users)


def dirty(database: Database, limit: int) -> dict[str, int]:
    """Whose lists have to be asked for, with their counts. A negative limit is none."""
    rows = database.execute("SELECT user_id, dirty FROM e2e_user WHERE dirty > 0 ORDER BY user_id LIMIT ?", (limit,))
    return dict(rows.fetchall())


def devices_of(database: Database, users: Iterable[str]) -> list[Device]:
    """Their devices, without deleted ones, as of the last answer."""
    rows = database.gather(
        _DEVICE, "FROM e2e_device WHERE user_id IN (SELECT value FROM json_each(?)) AND NOT deleted", (json_list(users),)
    )
    return [_device(*row) for row in sorted(rows)]


def by_curve(database: Database, user_id: str, curve25519: str) -> Device | None:
    """Somebody's device with this key; a deleted one, too: what it sent before is still on its way.

    There is one at most: a second one that claims a key is refused (`encryption.device_lists`).
    """
    row = database.execute(
        f"SELECT {_DEVICE} FROM e2e_device WHERE user_id = ? AND curve25519 = ?", (user_id, curve25519)
    ).fetchone()
    return _device(*row) if row else None


def known(database: Database, users: Iterable[str]) -> dict[str, Known]:
    """What is known of those of these users who are followed."""
    wanted = json_list(users)
    identities = database.execute(
        "SELECT user_id, master, self_signing FROM e2e_user WHERE user_id IN (SELECT value FROM json_each(?))", (wanted,)
    ).fetchall()
    devices: dict[str, dict[str, Device]] = {}
    deleted: dict[str, set[str]] = {}
    rows = database.execute(
        f"SELECT deleted, {_DEVICE} FROM e2e_device WHERE user_id IN (SELECT value FROM json_each(?))", (wanted,)
    )
    for is_deleted, user_id, device_id, *rest in rows:
        devices.setdefault(user_id, {})[device_id] = _device(user_id, device_id, *rest)
        if is_deleted:
            deleted.setdefault(user_id, set()).add(device_id)
    return {
        user: Known(Identity(master, self_signing), devices.get(user, {}), frozenset(deleted.get(user, ())))
        for user, master, self_signing in identities
    }


def store_answer(database: Database, answers: Sequence[Answer]) -> None:
    """Write down what the homeserver says. A list that has changed since it was asked for stays dirty."""
    with database.transaction():
        database.insert(
            f"e2e_device ({_DEVICE}, deleted, unwedged_at, withheld_at)",
            [
                (device.user_id, device.device_id, device.curve25519, device.ed25519, device.signed, False, 0, 0)
                for answer in answers
                for device in answer.devices
            ],
            otherwise="ON CONFLICT (user_id, device_id) DO UPDATE SET"
            " unwedged_at = CASE WHEN curve25519 = excluded.curve25519 THEN unwedged_at ELSE 0 END,"
            " withheld_at = CASE WHEN curve25519 = excluded.curve25519 THEN withheld_at ELSE 0 END,"
            " curve25519 = excluded.curve25519, ed25519 = excluded.ed25519, signed = excluded.signed, deleted = 0",
        )
        for answer in answers:
            if answer.gone:
                database.execute(
                    "UPDATE e2e_device SET deleted = 1 WHERE user_id = ? AND device_id IN (SELECT value FROM json_each(?))",
                    (answer.user_id, json_list(answer.gone)),
                )
            database.execute(
                "UPDATE e2e_user SET dirty = CASE WHEN dirty = ? THEN 0 ELSE dirty END, master = ?, self_signing = ?"
                " WHERE user_id = ?",
                (answer.asked_at, answer.identity.master, answer.identity.self_signing, answer.user_id),
            )


def _device(user_id: str, device_id: str, curve25519: str, ed25519: str, signed: int) -> Device:
    return Device(user_id, device_id, curve25519, ed25519, bool(signed))
