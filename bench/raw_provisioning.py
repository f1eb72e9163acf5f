"""The baseline of provisioning: the same requests with nothing around them. No journal, no look first, no repeat."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from classroom_matrix.domain.blueprint import Blueprint, RoomBlueprint, child_content, creation_request
from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.domain.rooms import SPACE, STAFF_ROOM
from classroom_matrix.matrix.registration import Registration

IN_FLIGHT = 4


class RawProvisioning:
    """One class, made and filled.

    Args:
        session: shared, as the service's is.
        url: the homeserver.
        bot: makes and invites.
        admin_token: lets people be acted for.
    """

    def __init__(self, session: aiohttp.ClientSession, url: str, bot: Registration, admin_token: str) -> None:
        self._session = session
        self._url = url
        self._bot = bot
        self._admin_token = admin_token
        self._rooms: dict[str, RoomId] = {}

    async def make(self, blueprint: Blueprint) -> None:
        """The space, then rooms with their entries in the space, then invitations, a few requests at a time."""
        space, *others = blueprint.rooms.values()
        await self._create(space, None)
        await _in_flight(self._make_child(blueprint, room) for room in others)
        invitations = ((room.key, user_id) for room in blueprint.rooms.values() for user_id in room.invited)
        await _in_flight(self._invite(key, user_id) for key, user_id in invitations)

    async def join_all(self, blueprint: Blueprint) -> None:
        """Everybody into everything that they may see."""
        await _in_flight(self._join(blueprint, user_id) for user_id in blueprint.rooms[SPACE].invited)

    async def _create(self, room: RoomBlueprint, space: RoomId | None) -> None:
        answer = await self._as_bot("POST", "createRoom", creation_request(room, space))
        self._rooms[room.key] = RoomId(answer["room_id"])

    async def _make_child(self, blueprint: Blueprint, room: RoomBlueprint) -> None:
        await self._create(room, self._rooms[SPACE])
        path = f"rooms/{_quote(self._rooms[SPACE])}/state/m.space.child/{_quote(self._rooms[room.key])}"
        await self._as_bot("PUT", path, child_content(blueprint.server_name, room.order or ""))

    async def _invite(self, key: str, user_id: UserId) -> None:
        await self._as_bot("POST", f"rooms/{_quote(self._rooms[key])}/invite", {"user_id": user_id})

    async def _join(self, blueprint: Blueprint, user_id: UserId) -> None:
        login = f"{self._url}/_synapse/admin/v1/users/{_quote(user_id)}/login"
        token = (await self._request("POST", login, self._admin_token, {}))["access_token"]
        for key, room in blueprint.rooms.items():
            if key != STAFF_ROOM or user_id in room.invited:
                await self._request("POST", f"{self._url}/_matrix/client/v3/join/{_quote(self._rooms[key])}", token, {})

    async def _as_bot(self, method: str, path: str, body: Mapping[str, Any]) -> Any:
        url = f"{self._url}/_matrix/client/v3/{path}?user_id={_quote(self._bot.user_id)}"
        return await self._request(method, url, self._bot.as_token, body)

    async def _request(self, method: str, url: str, token: str, body: Mapping[str, Any]) -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        async with self._session.request(method, URL(url, encoded=True), json=body, headers=headers) as response:
            response.raise_for_status()
            return await response.json()


async def _in_flight(requests: Iterable[Coroutine[Any, Any, None]]) -> None:
    """All of them, a few at a time."""
    waiting = iter(requests)

    async def work() -> None:
        for request in waiting:  # shared: each takes the next one
            await request

    async with asyncio.TaskGroup() as group:
        for _ in range(IN_FLIGHT):
            group.create_task(work())


def _quote(part: str) -> str:
    return quote(part, safe="")
