"""Forgetting what others gave us and what nothing came of: keys, notes and channels that no message ever needed.

Anybody with an account can give us some, so there is an end to how many of them stay. In the database's thread.
"""

from __future__ import annotations

from ..database import Database

KEEP_UNUSED = 30 * 86_400.0
"""Seconds that a key without a message, or a note about one, waits for it."""
KEEP_CHANNEL = 86_400.0
"""Seconds that a channel stays which belongs to no device that we know and which brought no key that is still here."""
MOST_UNUSED, MOST_OF_STRANGERS = 200, 20
"""Of one person. Keys come shortly before their messages: of people in our rooms, a few at a time."""
_FRESH = 3_600.0  # seconds in which a key is not counted among these: its message may be on its way

_IS_USED = (
    " (EXISTS (SELECT 1 FROM e2e_read AS r WHERE r.session_id = item.session_id AND r.user_id = item.user_id)"
    " OR EXISTS (SELECT 1 FROM e2e_kept AS k WHERE k.session_id = item.session_id AND k.room_id = item.room_id"
    " AND k.user_id = item.user_id))"
)
_IS_OURS = (
    " (item.room_id IN (SELECT room_id FROM e2e_room) OR item.room_id IN (SELECT room_id FROM e2e_outbound)"
    " OR item.room_id IN (SELECT room_id FROM room WHERE room_id IS NOT NULL))"
)
_IS_KNOWN = "item.user_id IN (SELECT user_id FROM e2e_user UNION SELECT user_id FROM e2e_member)"


def forget(database: Database, own: str, now: float) -> None:
    """Forget what has waited for too long, and of each person what is too much.

    Args:
        own: the service's account, whose keys are not of that kind.
    """
    for table, is_needed in (("e2e_room_key", _IS_OURS), ("e2e_withheld", "FALSE")):
        database.execute(
            f"DELETE FROM {table} WHERE rowid IN (SELECT id FROM (SELECT item.rowid AS id, at < ?5 AND NOT {is_needed} AS old,"
            f" {_IS_KNOWN} AS known, ROW_NUMBER() OVER (PARTITION BY item.user_id ORDER BY item.at DESC) AS place"
            f" FROM {table} AS item WHERE item.user_id <> ?1 AND item.at < ?2 AND NOT {_IS_USED})"
            " WHERE old OR place > CASE WHEN known THEN ?3 ELSE ?4 END)",
            (own, now - _FRESH, MOST_UNUSED, MOST_OF_STRANGERS, now - KEEP_UNUSED),
        )
    database.execute("DELETE FROM e2e_withheld WHERE at < ?", (now - KEEP_UNUSED,))  # also of keys that came after all
    database.execute(
        "DELETE FROM e2e_olm_session WHERE used_at < ?"
        " AND (user_id, curve25519) NOT IN (SELECT user_id, curve25519 FROM e2e_device)"
        " AND (user_id, curve25519) NOT IN (SELECT user_id, curve25519 FROM e2e_room_key)",
        (now - KEEP_CHANNEL,),
    )
