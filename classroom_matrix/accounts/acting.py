"""Acting in an account's name by the client-server API, with a token that lives for minutes."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import quote

from ..domain.ids import RoomId, UserId
from ..errors import PermanentError, TemporaryError
from .homeserver import Homeserver, Reply

_CLIENT = "/_matrix/client/v3"


class ActingByToken:
    """`provider.Acting` with an access token. `user_id`: whose it is."""

    def __init__(self, homeserver: Homeserver, user_id: UserId, token: str) -> None:
        self._homeserver = homeserver
        self._user_id = user_id
        self._token = token

    async def joined_rooms(self) -> frozenset[RoomId]:
        return frozenset((await self._ask("GET", f"{_CLIENT}/joined_rooms")).require()["joined_rooms"])

    async def join(self, room_id: RoomId) -> None:
        (await self._ask("POST", f"{_CLIENT}/join/{quote(room_id, safe='')}", {})).require()

    async def mark_direct(self, other: UserId, rooms: Collection[RoomId]) -> None:
        path = f"{_CLIENT}/user/{quote(self._user_id, safe='')}/account_data/m.direct"
        reply = await self._ask("GET", path)
        current = {} if reply.status == 404 else reply.require()
        merged = with_direct(current, other, rooms)
        if merged != current:
            (await self._ask("PUT", path, merged)).require()

    async def login_token(self, password: str) -> str:
        """By user-interactive authentication (client-server API, "User-interactive authentication" and
        ``POST /v1/login/get_token``). Synapse gives one token a minute and account.
        """
        path = "/_matrix/client/v1/login/get_token"
        stage: dict[str, Any] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": self._user_id},
            "password": password,
        }
        begun = await self._ask("POST", path, {})
        if begun.status == 404:
            raise PermanentError("M_UNRECOGNIZED", 404, "login_via_existing_session is not enabled on the homeserver")
        if "session" in begun.body:
            stage["session"] = begun.body["session"]
        if not any(flow.get("stages") == ["m.login.password"] for flow in begun.body.get("flows", ())):
            # Not asked for a password: either the account has none yet, or the homeserver would give a token to anybody.
            raise PermanentError("M_FORBIDDEN", 403, "the password cannot be checked")
        reply = await self._ask("POST", path, {"auth": stage})
        if reply.status in (401, 403):
            raise PermanentError("M_FORBIDDEN", 403, "Invalid password")
        return str(reply.require()["login_token"])

    async def end(self) -> None:
        """Make the token worthless."""
        await self._ask("POST", f"{_CLIENT}/logout", {})

    async def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Reply:
        reply = await self._homeserver.ask(method, path, self._token, body)
        if reply.status == 401 and reply.errcode in ("M_UNKNOWN_TOKEN", "M_MISSING_TOKEN"):
            raise TemporaryError("the token for acting in the account's name is no longer good")
        return reply


def with_direct(current: Mapping[str, Any], other: UserId, rooms: Collection[RoomId]) -> dict[str, Any]:
    """The content of ``m.direct`` with `rooms` added to those with `other`. The account's owner may have written anything."""
    listed = current.get(other)
    known = [room for room in listed if isinstance(room, str)] if isinstance(listed, list) else []
    return {**current, other: [*known, *sorted(set(rooms) - set(known))]}
