"""All memberships ahead of time: everybody joins the space and its rooms before they have ever logged in.

Nothing batches joins, and only a person's own token can make one (the admin API's join needs the admin in the room), so this
needs somebody's admin power. It is asked for through `token_for`; this module never sees an admin's token.
"""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol
from urllib.parse import quote

import aiohttp

from ..domain.blueprint import Blueprint
from ..domain.ids import RoomId, UserId
from ..domain.rooms import SPACE, STAFF_ROOM
from ..domain.snapshot import Snapshot
from ..errors import PermanentError, TemporaryError

TOKEN_SECONDS = 3600
"""How long a token that acts for somebody may live."""

TokenFor = Callable[[UserId], Awaitable[str]]
"""A short-lived access token that acts for this account."""


class CanJoin(Protocol):
    """As much of a gateway as this needs."""

    async def join(self, room: RoomId) -> RoomId: ...


@dataclass(frozen=True, slots=True)
class Joiner:
    """Somebody and the rooms they are not in yet, the space first: it is what lets them into the others."""

    user_id: UserId
    rooms: tuple[RoomId, ...]


def joiners(blueprint: Blueprint, snapshot: Snapshot, made: Mapping[str, RoomId] = MappingProxyType({})) -> list[Joiner]:
    """Who has to join what. Desks are left to the homeserver's or the person's own acceptance.

    Args:
        blueprint: who is entitled.
        snapshot: who is where; rooms that were not looked at are left out.
        made: rooms that have just been made, by key; nobody is in them, so nobody has to look.
    """
    open_rooms = [key for key, room in blueprint.rooms.items() if room.household_id is None]
    found = []
    for user_id in blueprint.rooms[SPACE].invited:
        rooms = []
        for key in open_rooms:
            if key == STAFF_ROOM and user_id not in blueprint.rooms[key].invited:
                continue
            seen = snapshot.rooms.get(key)
            member = seen.members.get(user_id) if seen else None
            room_id = seen.room_id if seen else made.get(key)
            if room_id is not None and (member is None or member.membership == "invite"):
                rooms.append(room_id)
        if rooms:
            found.append(Joiner(user_id, tuple(rooms)))
    return found


@dataclass(slots=True)
class Joined:
    """How it went. `refused`: (account, room, why)."""

    count: int = 0
    refused: list[tuple[UserId, RoomId, str]] = field(default_factory=list)


async def join_ahead(
    people: Sequence[Joiner],
    gateway_for: Callable[[UserId], Awaitable[CanJoin]],
    *,
    in_flight: int = 4,
    joined: Callable[[UserId, RoomId], None] = lambda _user, _room: None,
    waiting: Callable[[TemporaryError], None] = lambda _error: None,
) -> Joined:
    """Let everybody join. Who is told to wait (Synapse: ten joins, then one in ten seconds) steps back for the others.

    Args:
        gateway_for: acts for an account.
        joined: called after each join.
        waiting: told when the homeserver asks somebody to wait or does not answer.
    """
    outcome = Joined()
    queue = _Queue(people)

    async def work() -> None:
        while (turn := await queue.next()) is not None:
            await _take_turn(turn, gateway_for, outcome, joined, waiting)
            queue.put_back(turn)

    async with asyncio.TaskGroup() as group:
        for _ in range(in_flight):
            group.create_task(work())
    return outcome


@dataclass(order=True, slots=True)
class _Turn:
    """A person's next rooms, not before `at` (the loop's time)."""

    at: float
    place: int
    user_id: UserId = field(compare=False)
    rooms: list[RoomId] = field(compare=False)
    gateway: CanJoin | None = field(compare=False, default=None)


class _Queue:
    """People who have rooms left, those whose wait is over first."""

    def __init__(self, people: Iterable[Joiner]) -> None:
        self._waiting = [_Turn(0.0, place, person.user_id, list(person.rooms)) for place, person in enumerate(people)]
        heapq.heapify(self._waiting)
        self._out = 0
        self._changed = asyncio.Event()

    async def next(self) -> _Turn | None:
        """The next person; None when nobody is left."""
        loop = asyncio.get_running_loop()
        while self._waiting or self._out:
            pause = self._waiting[0].at - loop.time() if self._waiting else None
            if pause is not None and pause <= 0:
                self._out += 1
                return heapq.heappop(self._waiting)
            self._changed.clear()
            try:
                async with asyncio.timeout(pause):
                    await self._changed.wait()
            except TimeoutError:
                continue
        return None

    def put_back(self, turn: _Turn) -> None:
        self._out -= 1
        if turn.rooms:
            heapq.heappush(self._waiting, turn)
        self._changed.set()


async def _take_turn(
    turn: _Turn,
    gateway_for: Callable[[UserId], Awaitable[CanJoin]],
    outcome: Joined,
    joined: Callable[[UserId, RoomId], None],
    waiting: Callable[[TemporaryError], None],
) -> None:
    """Join until everything is joined or the homeserver asks to wait."""
    while turn.rooms:
        try:
            if turn.gateway is None:
                turn.gateway = await gateway_for(turn.user_id)
            await turn.gateway.join(turn.rooms[0])
        except TemporaryError as error:
            waiting(error)
            turn.at = asyncio.get_running_loop().time() + (1.0 if error.retry_after is None else error.retry_after)
            return
        except PermanentError as error:
            outcome.refused.append((turn.user_id, turn.rooms[0], str(error)))
            if turn.gateway is None:  # nobody can act for them
                turn.rooms.clear()
                return
            turn.rooms.pop(0)
            continue
        outcome.count += 1
        joined(turn.user_id, turn.rooms.pop(0))


class AdminLogins:
    """`TokenFor` by Synapse's admin API: ``POST /_synapse/admin/v1/users/{user}/login``. It makes no device.

    Args:
        token: an admin's access token. It is kept in memory only.
    """

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self._session = session
        self._url = url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}

    async def token_for(self, user_id: UserId) -> str:
        """See `TokenFor`.

        Raises:
            TemporaryError: no answer.
            PermanentError: the token is no admin's, or there is no such account.
        """
        url = f"{self._url}/_synapse/admin/v1/users/{quote(user_id, safe='')}/login"
        body = {"valid_until_ms": round((time.time() + TOKEN_SECONDS) * 1000)}
        try:
            async with self._session.post(url, json=body, headers=self._headers) as response:
                answer = await response.json(content_type=None)
                if response.status == 200:
                    return str(answer["access_token"])
                if response.status == 429 or response.status >= 500:
                    raise TemporaryError(f"the homeserver answered {response.status}")
                raise PermanentError(answer.get("errcode", "M_UNKNOWN"), response.status, answer.get("error", ""))
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise TemporaryError(f"no answer from the homeserver: {type(error).__name__}") from error
