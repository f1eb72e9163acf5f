"""What others do to the rooms, noticed from the stream of facts."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..domain.blueprint import MARKER
from ..domain.facts import Fact, MemberInvited, MemberJoined, MemberLeft, RoomStateChanged, RoomTombstoned
from ..domain.ids import UserId
from ..domain.people import Role
from ..domain.rooms import DESK, PUPIL_ROOMS, STAFF_ROOM
from ..storage import drift
from ..storage.database import Database
from ..storage.whereabouts import Place, person, place

_KEPT = frozenset(
    {
        MARKER,
        "m.room.avatar",
        "m.room.canonical_alias",
        "m.room.guest_access",
        "m.room.history_visibility",
        "m.room.join_rules",
        "m.room.name",
        "m.room.power_levels",
        "m.room.topic",
        "m.space.child",
        "m.space.parent",
    }
)
"""State that blueprints hold; what else people do with their rooms is theirs."""


def observer(bot: UserId, noted: Callable[[], None] = lambda: None) -> Callable[[Database, Fact], None]:
    """`note` for a service whose account is `bot`.

    Args:
        bot: the service's account.
        noted: called in the database's thread when there is something to look at.
    """

    def observe(database: Database, fact: Fact) -> None:
        if note(database, fact, bot):
            noted()

    return observe


def note(database: Database, fact: Fact, bot: UserId) -> bool:
    """Mark the fact's room for the reconciler if somebody may have made it differ from the blueprint.

    In the database's thread, at most two look-ups. People who belong to the class come and go without a mark: 49 guardians who
    join ten rooms each on 1 September are no drift.

    Returns:
        Whether it was marked.
    """
    if fact.sender == bot and not isinstance(fact, RoomTombstoned):
        return False
    if isinstance(fact, RoomStateChanged) and fact.type not in _KEPT:
        return False
    where = place(database, fact.room_id)
    if where is None or where.class_id is None:
        return False
    if isinstance(fact, MemberInvited | MemberJoined) and _belongs(database, where, fact.user_id):
        return False
    if isinstance(fact, MemberLeft) and fact.user_id == fact.sender:
        return False
    drift.mark(database, where.class_id, where.room_id, time.time())
    return True


def _belongs(database: Database, where: Place, user_id: UserId) -> bool:
    """Whether the roster lets this account into this room."""
    assert where.class_id is not None
    found = person(database, where.class_id, user_id)
    if found is None:
        return False
    if where.role == STAFF_ROOM:
        return found.role.is_staff
    if where.role == DESK:  # whoever it was handed over to comes so rarely that a look does no harm
        return found.household_id == where.household_id or found.role is Role.TEACHER
    return found.role is not Role.PUPIL or where.role in PUPIL_ROOMS
