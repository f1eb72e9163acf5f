"""What staff rooms were told about strangers and names, and who was greeted, so that it is not said twice.

All functions run in the database's thread.

Only hashes are kept: who it was about is not to be found here later.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable

from ..domain.ids import ClassId, PersonId, UserId
from . import installation
from .database import Database

Presence = tuple[str, UserId]
"""Somebody in a room, by its key."""


def new_strangers(database: Database, class_id: ClassId, looked_at: Collection[str], seen: Iterable[Presence]) -> set[Presence]:
    """Strangers that were not told before, out of all that were seen now; who has gone is forgotten, and new if they return.

    Args:
        database: in a transaction or not.
        class_id: the class.
        looked_at: keys of the rooms that were looked at.
        seen: all strangers in these.
    """
    known = _strangers(database, class_id)
    there = {presence: _hashed(*presence) for presence in seen}
    kept = {one for one in known if one.split(" ")[0] not in looked_at} | (known & set(there.values()))
    if kept != known:
        _keep(database, class_id, kept)
    return {presence for presence, hashed in there.items() if hashed not in kept}


def tell_strangers(database: Database, class_id: ClassId, told: Iterable[Presence]) -> None:
    """The staff room was told of these."""
    known = _strangers(database, class_id)
    more = known | {_hashed(*presence) for presence in told}
    if more != known:
        _keep(database, class_id, more)


def is_new_name(database: Database, class_id: ClassId, user_id: UserId, name: str) -> bool:
    """Whether it was not told before that this account bears this name; from now on it was."""
    key = f"told name {class_id} {_digest(user_id, name)}"
    if installation.get(database, key) is not None:
        return False
    installation.put(database, key, "")
    return True


def is_first_word_today(database: Database, person_id: PersonId, today: str) -> bool:
    """Whether the person was not answered yet on this day (ISO 8601, the class's); from now on they were."""
    return _is_first_today(database, f"greeted {_digest(person_id)}", today)


def is_first_verification_today(database: Database, person_id: PersonId, today: str) -> bool:
    """Whether the person was not told yet on this day why we compare no emojis; from now on they were."""
    return _is_first_today(database, f"verification {_digest(person_id)}", today)


def last_audit(database: Database, class_id: ClassId) -> str:
    """Fingerprint of what the last audit found; empty where everything was as it should be, or there was none."""
    return installation.get(database, f"audit {class_id}") or ""


def put_last_audit(database: Database, class_id: ClassId, fingerprint: str) -> None:
    installation.put(database, f"audit {class_id}", fingerprint)


def _is_first_today(database: Database, key: str, today: str) -> bool:
    if installation.get(database, key) == today:
        return False
    installation.put(database, key, today)
    return True


def _strangers(database: Database, class_id: ClassId) -> set[str]:
    return set(json.loads(installation.get(database, f"told strangers {class_id}") or "[]"))


def _keep(database: Database, class_id: ClassId, strangers: Iterable[str]) -> None:
    installation.put(database, f"told strangers {class_id}", json.dumps(sorted(strangers)))


def _hashed(key: str, user_id: UserId) -> str:
    return f"{key} {_digest(user_id)}"


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\0".join(parts).encode(), digest_size=12).hexdigest()
