"""Olm sessions: channels to single devices."""

from __future__ import annotations

from collections.abc import Iterable

from ..database import Database, json_list

_MOST = 5
"""Sessions kept for a device; clients make a new one when they think that the old one is broken."""


def sessions(database: Database, curve25519: str) -> list[tuple[str, str]]:
    """(session ID, pickle), the one to encrypt with first."""
    rows = database.execute(
        "SELECT session_id, pickle FROM e2e_olm_session WHERE curve25519 = ? ORDER BY used_at DESC, rowid DESC", (curve25519,)
    )
    return [(session_id, pickle) for session_id, pickle in rows]


def store(database: Database, curve25519: str, session_id: str, pickle: str, used_at: float | None = None) -> None:
    """Store a session as it is now. `used_at`: when it has proved to work; None leaves that as it was."""
    changed = database.execute(
        "UPDATE e2e_olm_session SET pickle = ?, used_at = COALESCE(?, used_at) WHERE curve25519 = ? AND session_id = ?",
        (pickle, used_at, curve25519, session_id),
    ).rowcount
    if changed:
        return
    database.execute(
        "INSERT INTO e2e_olm_session (curve25519, session_id, pickle, used_at) VALUES (?, ?, ?, ?)",
        (curve25519, session_id, pickle, used_at or 0.0),
    )
    database.execute(
        "DELETE FROM e2e_olm_session WHERE curve25519 = ?1 AND session_id NOT IN"
        " (SELECT session_id FROM e2e_olm_session WHERE curve25519 = ?1 ORDER BY used_at DESC, rowid DESC LIMIT ?2)",
        (curve25519, _MOST),
    )


def without(database: Database, curves: Iterable[str]) -> set[str]:
    """Those of these devices that there is no session with."""
    rows = database.execute(
        "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT curve25519 FROM e2e_olm_session)", (json_list(curves),)
    )
    return {row[0] for row in rows}
