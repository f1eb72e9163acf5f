"""People who have arrived get into what is new without a click: their admission is started for those rooms.

What has to be done is told from what is there, after each look at a class and each new desk, so that nothing is missed whatever
is killed in between.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping

from ..domain.blueprint import Blueprint
from ..domain.ids import ClassId, PersonId, RoomId, UserId
from ..domain.snapshot import Member, Snapshot
from ..storage import invitations, tasks
from ..storage.database import Database

ADMIT = "admit"
"""The task: person ID, then the rooms; without any, all rooms of the person."""


def admit_to_missing(
    database: Database, blueprint: Blueprint, snapshot: Snapshot, made: Mapping[str, RoomId], now: float
) -> int:
    """Start admissions to rooms where somebody belongs and is not. In the database's thread.

    Who left by themselves stays out, and so does whom a person removed or banned.

    Args:
        database: open.
        blueprint: who belongs where.
        snapshot: who is where; what was not looked at is left alone.
        made: rooms that were made after the snapshot, by key.
        now: UTC seconds.

    Returns:
        How many people are being let in.
    """
    arrived = _arrived(database, blueprint.class_id)
    missing: defaultdict[PersonId, list[RoomId]] = defaultdict(list)
    for key, room in blueprint.rooms.items() if arrived else ():
        seen = snapshot.rooms.get(key)
        room_id = seen.room_id if seen else made.get(key)
        if room_id is None:
            continue
        for user_id in room.members:
            if user_id in arrived and (seen is None or _is_missing(seen.members.get(user_id), blueprint.bot)):
                missing[arrived[user_id]].append(room_id)
    _start(database, missing, now)
    return len(missing)


def admit_to_desk(
    database: Database,
    class_id: ClassId,
    room_id: RoomId,
    people: Collection[UserId],
    now: float,
    *,
    besides: PersonId | None = None,
) -> int:
    """A desk was made: let in those of `people` who have arrived, `besides` excepted. In the database's thread.

    Returns:
        How many people are being let in.
    """
    arrived = _arrived(database, class_id)
    found = {arrived[user_id]: [room_id] for user_id in people if user_id in arrived and arrived[user_id] != besides}
    _start(database, found, now)
    return len(found)


def _arrived(database: Database, class_id: ClassId) -> dict[UserId, PersonId]:
    return {
        invitation.user_id: person_id
        for person_id, invitation in invitations.of_class(database, class_id).items()
        if invitation.arrived_at is not None or invitation.admitted_at is not None
    }


def _is_missing(member: Member | None, bot: UserId) -> bool:
    return member is None or member.membership == "invite" or (member.membership == "leave" and member.by == bot)


def _start(database: Database, missing: Mapping[PersonId, Collection[RoomId]], now: float) -> None:
    """Rooms stand in the key: while the same ones wait nothing is started twice, and others do not wait for these."""
    for person_id, rooms in missing.items():
        what = hashlib.blake2b("\n".join(rooms).encode(), digest_size=12).hexdigest()
        tasks.put(database, f"admit|{person_id}|{what}", ADMIT, None, person_id, *rooms, due=now)
