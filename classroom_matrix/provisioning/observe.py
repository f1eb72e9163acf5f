"""The homeserver's state → a snapshot: one request for each known room that is asked for, none for a class without rooms."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..domain.blueprint import Blueprint
from ..domain.ids import RoomId, UserId
from ..domain.rooms import DESK, SPACE
from ..domain.snapshot import Member, RoomSnapshot, Snapshot, State
from ..errors import PermanentError
from ..matrix.gateway import Gateway, StateEvent
from ..storage.rooms import KnownRoom
from .patience import Waiting, log_waiting, patiently


@dataclass(frozen=True, slots=True)
class Observation:
    """`lost`: keys of rooms that we know and the bot cannot see any more."""

    snapshot: Snapshot
    lost: tuple[str, ...] = ()


async def observe(
    gateway: Gateway,
    blueprint: Blueprint,
    known: Sequence[KnownRoom],
    *,
    only: Collection[RoomId] | None = None,
    in_flight: int = 1,
    waiting: Waiting = log_waiting,
) -> Observation:
    """Look at the class's rooms.

    Args:
        only: rooms to look at; None for all. The space is always looked at, because what the others should be depends on it.
        in_flight: requests at a time.
    """
    wanted = [
        room for room in known if room.key in blueprint.rooms and (only is None or room.room_id in only or room.role == SPACE)
    ]
    gate = asyncio.Semaphore(in_flight)

    async def look(room: KnownRoom) -> RoomSnapshot | None:
        async with gate:
            return await _look(gateway, room, waiting)

    async with asyncio.TaskGroup() as group:
        tasks = {room.key: group.create_task(look(room)) for room in wanted}
    seen = {key: task.result() for key, task in tasks.items()}
    return Observation(
        Snapshot(
            rooms={key: room for key, room in seen.items() if room is not None},
            unseen={room.key: room.room_id for room in known if room.key in blueprint.rooms and room.key not in seen},
            switched_off={room.key: room.room_id for room in known if room.key not in blueprint.rooms and room.role != DESK},
        ),
        tuple(key for key, room in seen.items() if room is None),
    )


async def _look(gateway: Gateway, room: KnownRoom, waiting: Waiting) -> RoomSnapshot | None:
    """The room's state. Where the bot was made to leave, it tries to come back first (rooms of the space let it in)."""
    try:
        return snapshot_of(room.room_id, await patiently(lambda: gateway.state(room.room_id), waiting))
    except PermanentError:
        pass
    try:
        await patiently(lambda: gateway.join(room.room_id), waiting)
        return snapshot_of(room.room_id, await patiently(lambda: gateway.state(room.room_id), waiting))
    except PermanentError:
        return None


def snapshot_of(room_id: RoomId, events: Sequence[StateEvent]) -> RoomSnapshot:
    members = {}
    state = {}
    for event in events:
        if event.type == "m.room.member":
            name = event.content.get("displayname")
            membership = str(event.content.get("membership", "leave"))
            members[UserId(event.state_key)] = Member(membership, event.sender, name if isinstance(name, str) else "")
        else:
            state[event.type, event.state_key] = State(event.content, event.sender)
    return RoomSnapshot(room_id, state, members)
