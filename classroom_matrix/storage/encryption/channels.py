"""Olm sessions: channels to single devices, each known by its owner and its Curve25519 key."""

from __future__ import annotations

from collections.abc import Iterable

from ..database import Database, json_list

_MOST = 5
"""Sessions kept for a device; clients make a new one when they think that the old one is broken."""


def sessions(database: Database, user_id: str, curve25519: str) -> list[tuple[str, str]]:
    """(session ID, pickle), the one to encrypt with first."""
    rows = database.execute(
        "SELECT session_id, pickle FROM e2e_olm_session WHERE user_id = ? AND curve25519 = ? ORDER BY used_at DESC, rowid DESC",
        (user_id, curve25519),
    )
    return [(session_id, pickle) for session_id, pickle in rows]


def store(
    database: Database, user_id: str, curve25519: str, session_id: str, pickle: str, used_at: float | None = None
) -> None:  # fmt: skip
    """Store a session as it is now. `used_at`: when it has proved to work; None leaves that as it was."""
    changed = database.execute(
        "UPDATE e2e_olm_session SET pickle = ?, used_at = COALESCE(?, used_at)"
        " WHERE user_id = ? AND curve25519 = ? AND session_id = ?",
        (pickle, used_at, user_id, curve25519, session_id),
    ).rowcount
    if changed:
        return
    database.execute(
        "INSERT INTO e2e_olm_session (user_id, curve25519, session_id, pickle, used_at) VALUES (?, ?, ?, ?, ?)",
        (user_id, curve25519, session_id, pickle, used_at or 0.0),
    )
    database.execute(
        "DELETE FROM e2e_olm_session WHERE user_id = ?1 AND curve25519 = ?2 AND session_id NOT IN (SELECT session_id"
        " FROM e2e_olm_session WHERE user_id = ?1 AND curve25519 = ?2 ORDER BY used_at DESC, rowid DESC LIMIT ?3)",
        (user_id, curve25519, _MOST),
    )


def without(database: Database, devices: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these devices, as (user, Curve25519 key), that there is no session with."""
    rows = database.execute(
        "SELECT json_extract(value, '$[0]') AS theirs, json_extract(value, '$[1]') AS curve FROM json_each(?)"
        " WHERE NOT EXISTS (SELECT 1 FROM e2e_olm_session AS found WHERE found.user_id = theirs AND found.curve25519 = curve)",
        (json_list(devices),),
    )
    return set(rows.fetchall())
