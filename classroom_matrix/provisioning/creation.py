"""Making a room exactly once, whatever is killed and when.

`createRoom` is not idempotent by the specification. Four things together make it so:

1. The journal has a row before the request, so that the next run knows that a room may exist.
2. The request carries a transaction ID from that row. Synapse's ``PUT /createRoom/{txnId}`` lets a repeat wait for a first one
   that is still running and answers both with the same room (source: synapse/rest/client/room.py; in memory, 30 to 60 minutes).
3. The request reserves the room's alias. Synapse (1.163) stores the alias before it makes any event, under a unique index: of
   two requests one fails before it has done anything visible, also when service or homeserver was started anew in between.
4. The marker in the room's first events tells our complete room from everything else that an alias may lead to.

A homeserver that dies within `createRoom` leaves an alias that leads to nothing, or to a room with its first two events and no
more (measured with Synapse killed 5 to 80 ms after the request). After a while both are given up.
"""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from ..domain.blueprint import MARKER, RoomBlueprint, creation_request
from ..domain.ids import ClassId, RoomId
from ..errors import PermanentError
from ..matrix.gateway import Gateway, StateEvent
from ..storage import journal, rooms
from ..storage.database import Database
from .patience import Waiting, log_waiting, patiently

log = logging.getLogger(__name__)

SETTLE_SECONDS = 30.0
"""How long an alias may lead to an incomplete room before it counts as abandoned; `createRoom` takes 0.1 to 5 seconds."""
STEP = "create "
_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Made:
    """`fresh`: nobody but this call can have made it, so it is as requested."""

    room_id: RoomId
    fresh: bool


class RoomMaker:
    """Makes the rooms of blueprints.

    Args:
        settle: see `SETTLE_SECONDS`.
    """

    def __init__(
        self, database: Database, gateway: Gateway, *, settle: float = SETTLE_SECONDS, waiting: Waiting = log_waiting
    ) -> None:
        self._database = database
        self._gateway = gateway
        self.settle = settle
        self._waiting = waiting
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def ensure_room(self, class_id: ClassId, room: RoomBlueprint, space: RoomId | None) -> Made:
        """The class's room for `room.key`: the one that an earlier run made, or a new one. Remembered before this returns.

        Raises:
            PermanentError: the homeserver refuses, or the room's alias belongs to somebody else.
        """
        async with self._locks[f"{class_id} {room.key}"]:
            step = await self._database.call(journal.begin, self._database, class_id, STEP + room.key)
            made = await self._make(step, room, space)
            await self._database.call(self._remember, step, room, made.room_id)
            return made

    async def _make(self, step: journal.Step, room: RoomBlueprint, space: RoomId | None) -> Made:
        request = creation_request(room, space)
        for _ in range(_ATTEMPTS):
            try:
                room_id = await patiently(partial(self._gateway.create_room, request, step.txn_id), self._waiting)
            except PermanentError as error:
                if not _alias_is_taken(error):
                    raise
                found = await self._behind_alias(room)
                if found is not None:
                    return Made(found, fresh=False)
                await self._release_alias(room, error)
                step = await self._database.call(journal.begin_again, self._database, step)
            else:
                return Made(room_id, fresh=not step.resumed)
        raise PermanentError("M_ROOM_IN_USE", 400, f"{room.alias} cannot be reserved")

    def _remember(self, step: journal.Step, room: RoomBlueprint, room_id: RoomId) -> None:
        with self._database.transaction():
            rooms.remember_room(self._database, room_id, step.class_id, room.role, room.household_id)
            journal.finish(self._database, step, room_id)

    async def _behind_alias(self, room: RoomBlueprint) -> RoomId | None:
        """Our room behind the alias. Waits while another `createRoom` may still be at work on it."""
        deadline = asyncio.get_running_loop().time() + self.settle
        pause = 0.1
        while True:
            room_id = await patiently(lambda: self._gateway.resolve(room.alias), self._waiting)
            if room_id is None:
                return None
            if _is_ours(await self._state(room_id), room, self._gateway):
                return room_id
            if asyncio.get_running_loop().time() >= deadline:
                return None
            await asyncio.sleep(pause)
            pause = min(pause * 2, 2.0)

    async def _release_alias(self, room: RoomBlueprint, taken: PermanentError) -> None:
        """Give up an alias that leads to no room, or to one that a homeserver's death left half made.

        Raises:
            PermanentError: it leads to a room that is in use.
        """
        room_id = await patiently(lambda: self._gateway.resolve(room.alias), self._waiting)
        if room_id is None:
            return
        problem = f"{room.alias} belongs to a room that is not ours"
        state = await self._state(room_id)
        if state and not _is_half_made(state, self._gateway):
            raise PermanentError(taken.errcode, taken.status, problem)
        log.warning("the homeserver died while it made the room %s; what it left is given up", room.key)
        if state:
            # Before the alias, which is how this room would be found again after a crash here.
            await patiently(lambda: self._gateway.leave(room_id), self._waiting)
        try:
            await patiently(lambda: self._gateway.delete_alias(room.alias), self._waiting)
        except PermanentError as error:
            raise PermanentError(taken.errcode, taken.status, problem) from error

    async def _state(self, room_id: RoomId) -> list[StateEvent]:
        try:
            return list(await patiently(lambda: self._gateway.state(room_id), self._waiting))
        except PermanentError:  # not in the room, or there is none
            return []

    async def adopt_abandoned(
        self, class_id: ClassId, blueprint_keys: Iterable[str], alias_of: Callable[[str], RoomBlueprint | None]
    ) -> None:
        """Settle creations that were begun for rooms which config.yaml has dropped since."""
        keys = set(blueprint_keys)
        for step in await self._database.call(journal.unfinished, self._database, class_id, STEP):
            key = step.name.removeprefix(STEP)
            room = alias_of(key) if key not in keys else None
            if room is None:
                continue
            found = await self._behind_alias(room)
            if found is not None:
                await self._database.call(self._remember, step, room, found)
            else:
                await self._database.call(journal.finish, self._database, step)

    async def sweep(self, class_id: ClassId, made: Iterable[str]) -> list[RoomId]:
        """Leave rooms that carry the marker of a room in `made` (keys) but are not the chosen one; nobody else is in them.

        Needed where a homeserver has no transaction IDs for `createRoom` and reserves the alias late.
        """
        keys = set(made)
        if not keys:
            return []
        known = await self._database.call(rooms.known_room_ids, self._database)
        left = []
        for room_id in await patiently(self._gateway.joined_rooms, self._waiting):
            if room_id in known:
                continue
            state = await self._state(room_id)
            marker = next((event.content for event in state if event.type == MARKER), None)
            if marker is None or marker.get("class") != class_id or _key_of(marker) not in keys:
                continue
            if any(event.type == "m.room.member" and event.state_key != self._gateway.user_id for event in state):
                continue  # somebody talks there; a person has to decide
            await patiently(partial(self._gateway.leave, room_id), self._waiting)
            left.append(room_id)
        return left


def _alias_is_taken(error: PermanentError) -> bool:
    """400 where the alias was there before, 409 where two requests raced for it (Synapse)."""
    return error.errcode == "M_ROOM_IN_USE" or error.status == 409


def _is_ours(state: Iterable[StateEvent], room: RoomBlueprint, gateway: Gateway) -> bool:
    """Whether this is the complete room: our marker, in a room that the bot made."""
    events = {event.type: event for event in state if event.state_key == ""}
    marker, create = events.get(MARKER), events.get("m.room.create")
    return (
        marker is not None
        and create is not None
        and create.sender == gateway.user_id
        and dict(marker.content) == dict(room.marker)
    )


def _is_half_made(state: Sequence[StateEvent], gateway: Gateway) -> bool:
    """Whether `createRoom` stopped after the first two events: the bot has made the room and is alone in it, and no more."""
    return {(event.type, event.state_key) for event in state} == {
        ("m.room.create", ""),
        ("m.room.member", gateway.user_id),
    } and all(event.sender == gateway.user_id for event in state)


def _key_of(marker: object) -> str:
    if not isinstance(marker, dict):
        return ""
    household = marker.get("household")
    return f"{marker.get('role')}.{household}" if household else str(marker.get("role"))
