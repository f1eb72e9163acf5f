"""Which households want the evening digest, and what each was told last. All functions run in the database's thread.

Of what was told only hashes are kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from ..domain.ids import ClassId, HouseholdId
from . import installation
from .database import Database

_YES, _NO = "yes", "no"


def wanted(database: Database, household_id: HouseholdId) -> bool | None:
    """What the household has said; None: nothing. It holds for every class of its pupils, and for next year's."""
    said = installation.get(database, _choice(household_id))
    return None if said is None else said == _YES


def choose(database: Database, household_id: HouseholdId, *, wants: bool) -> None:
    installation.put(database, _choice(household_id), _YES if wants else _NO)


def is_first_today(database: Database, class_id: ClassId, household_id: HouseholdId, today: str) -> bool:
    """Whether the household had no digest of the class on this day (ISO 8601, the class's); from now on it had."""
    key = f"digest day {class_id} {household_id}"
    if (installation.get(database, key) or "") >= today:
        return False
    installation.put(database, key, today)
    return True


def is_news(database: Database, class_id: ClassId, household_id: HouseholdId, told: Iterable[str]) -> bool:
    """Whether this is not what the household was told last; from now on it is."""
    key = f"digest told {class_id} {household_id}"
    fingerprint = hashlib.blake2b("\0".join(told).encode(), digest_size=12).hexdigest()
    if installation.get(database, key) == fingerprint:
        return False
    installation.put(database, key, fingerprint)
    return True


def _choice(household_id: HouseholdId) -> str:
    return f"digest of {household_id}"
