"""What goes at once when somebody stops reading a household's desk: they left, moved, or a court limits them.

All functions run in the database's thread, before the change is written down.
"""

from __future__ import annotations

from ..domain.ids import ClassId, PersonId
from .database import Database


def part(database: Database, class_id: ClassId, person_id: PersonId) -> None:
    """Forget what a person was asked and has read in a class, and every calendar address that they may know: those of their
    household stood in its desk. Letters that wait for the household go with the last of its adults.
    """
    row = database.execute(
        "SELECT household_id FROM member WHERE class_id = ? AND person_id = ?", (class_id, person_id)
    ).fetchone()
    household_id = row[0] if row else None
    database.execute("DELETE FROM question WHERE class_id = ? AND person_id = ?", (class_id, person_id))
    database.execute("DELETE FROM spoken WHERE person_id = ?", (person_id,))
    database.execute(
        "DELETE FROM calendar_key WHERE class_id = ? AND (person_id = ? OR household_id = ?)",
        (class_id, person_id, household_id),
    )
    database.execute(
        "DELETE FROM receipt WHERE user_id = (SELECT user_id FROM person WHERE id = ?)"
        " AND room_id IN (SELECT room_id FROM room WHERE class_id = ?)",
        (person_id, class_id),
    )
    if household_id is not None:
        database.execute(
            "DELETE FROM held_letter WHERE class_id = ? AND household_id = ? AND NOT EXISTS (SELECT 1 FROM member"
            " WHERE member.class_id = held_letter.class_id AND member.household_id = held_letter.household_id"
            " AND member.person_id <> ? AND NOT member.limited)",
            (class_id, household_id, person_id),
        )
