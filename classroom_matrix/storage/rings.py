"""When households were last rung for: of several letters of one moment only the first is loud.

They stay letters of their own: a tap or a reply below one says what is meant.
"""

from __future__ import annotations

from .database import Database

APART = 60.0
"""Seconds between two loud letters to a household."""


def may_ring(database: Database, household_id: str, now: float, *, urgent: bool = False) -> bool:
    """Whether a loud letter to a household is loud, now; if so, it is noted. `urgent` ones always are."""
    return (
        database.execute(
            "UPDATE household SET rung_at = ?1 WHERE id = ?2 AND (?3 OR rung_at IS NULL OR rung_at <= ?4 OR rung_at > ?1)",
            (now, household_id, urgent, now - APART),
        ).rowcount
        > 0
    )
