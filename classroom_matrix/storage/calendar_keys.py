"""Secret addresses of calendars. Only a hash of each is kept. All functions run in the database's thread.

See also `parting`, which takes addresses back from whoever leaves a household.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass

from ..domain.ids import ClassId, HouseholdId, PersonId
from .database import Database

BYTES = 16
"""Of a secret: 128 bits cannot be guessed, so a plain hash of it tells nothing."""
MOST = 10
"""Addresses of one calendar; the oldest give way."""


@dataclass(frozen=True, slots=True)
class CalendarOwner:
    """Whose calendar an address shows. `household_id`: None for the class's."""

    class_id: ClassId
    household_id: HouseholdId | None


def new(database: Database, owner: CalendarOwner, person_id: PersonId, now: float) -> str:
    """Draw a secret that opens a calendar from now on, and return it: nobody can tell it again."""
    secret = secrets.token_urlsafe(BYTES)
    database.execute(
        "INSERT INTO calendar_key (key, class_id, household_id, person_id, at) VALUES (?, ?, ?, ?, ?)",
        (_hash(secret), owner.class_id, owner.household_id, person_id, now),
    )
    database.execute(
        "DELETE FROM calendar_key WHERE key IN (SELECT key FROM calendar_key WHERE class_id = ? AND household_id IS ?"
        " ORDER BY at DESC, rowid DESC LIMIT -1 OFFSET ?)",
        (owner.class_id, owner.household_id, MOST),
    )
    return secret


def owner_of(database: Database, secret: str) -> CalendarOwner | None:
    """Found by the hash, so that how long it takes says nothing about secrets."""
    row = database.execute("SELECT class_id, household_id FROM calendar_key WHERE key = ?", (_hash(secret),)).fetchone()
    return CalendarOwner(ClassId(row[0]), HouseholdId(row[1]) if row[1] else None) if row else None


def revoke(database: Database, owner: CalendarOwner) -> int:
    """Close all addresses of a calendar. Returns how many there were."""
    return database.execute(
        "DELETE FROM calendar_key WHERE class_id = ? AND household_id IS ?", (owner.class_id, owner.household_id)
    ).rowcount


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
