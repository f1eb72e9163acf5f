"""Synapse's admin API (https://element-hq.github.io/synapse/latest/usage/administration/admin_api/; read in Synapse 1.163)."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Any
from urllib.parse import quote

from ..domain.ids import RoomId, UserId
from ..errors import ConfigError, GatewayError, PermanentError, TemporaryError
from .acting import ActingByToken
from .admin_token import WHERE, AdminToken
from .homeserver import Homeserver, Reply
from .provider import Found

_ADMIN = "/_synapse/admin"
_ACTING = 600  # seconds that a token for acting lives, if nothing ends it before
_PATIENCE = 60.0  # seconds to wait for a room's deletion
_POLL = 0.25
_LOG_IN_AGAIN = "log in again: classroom-matrix accounts login <admin>"

log = logging.getLogger(__name__)


class SynapseAccounts:
    """`provider.AccountProvider` by Synapse's admin API.

    Args:
        bot: the house's own account; an admin's token that is the bot's would be pointless.
    """

    def __init__(self, homeserver: Homeserver, token: AdminToken, *, bot: UserId) -> None:
        self._homeserver = homeserver
        self._token = token
        self._bot = bot
        self._unlimited = False

    async def check(self) -> None:
        whoami = await self._homeserver.ask("GET", "/_matrix/client/v3/account/whoami", self._token.read())
        if whoami.status != 200:
            raise ConfigError(WHERE, f"the homeserver refuses the token ({whoami.errcode}); {_LOG_IN_AGAIN}")
        user_id = UserId(whoami.body["user_id"])
        if user_id == self._bot:
            raise ConfigError(WHERE, "is the bot's own token; the bot must not be an admin")
        reply = await self._homeserver.ask("GET", f"{_ADMIN}/v1/users/{_path(user_id)}/admin", self._token.read())
        if reply.status != 200 or reply.body.get("admin") is not True:
            raise ConfigError(WHERE, f"the token's account is no admin of the homeserver; {_LOG_IN_AGAIN}")

    # ── Accounts ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def find(self, user_id: UserId) -> Found | None:
        reply = await self._ask("GET", f"/v2/users/{_path(user_id)}")
        if reply.status == 404:
            return None
        user = reply.require()
        return Found(
            name=user.get("displayname") or "",
            special=bool(user.get("admin") or user.get("appservice_id") or user.get("is_guest")),
            closed=bool(user.get("deactivated")),
            locked=bool(user.get("locked")),
        )

    async def make(self, user_id: UserId, name: str) -> None:
        """Without a password nobody can log in. (``PUT`` also changes and revives accounts that exist, so: after `find`.)"""
        body = {"displayname": name, "admin": False}
        (await self._ask("PUT", f"/v2/users/{_path(user_id)}", body)).require()

    async def rename(self, user_id: UserId, name: str) -> None:
        (await self._ask("PUT", f"/v2/users/{_path(user_id)}", {"displayname": name})).require()

    async def set_password(self, user_id: UserId, password: str, *, log_out: bool) -> None:
        """By ``reset_password``: unlike ``PUT`` it makes no account and revives none."""
        body = {"new_password": password, "logout_devices": log_out}
        (await self._ask("POST", f"/v1/reset_password/{_path(user_id)}", body)).require()

    async def has_devices(self, user_id: UserId) -> bool:
        """A token for acting has no device, so only clients count."""
        reply = await self._ask("GET", f"/v2/users/{_path(user_id)}/devices")
        return reply.status == 200 and bool(reply.body.get("devices"))

    async def set_locked(self, user_id: UserId, *, locked: bool) -> None:
        (await self._ask("PUT", f"/v2/users/{_path(user_id)}", {"locked": locked})).require()

    async def close(self, user_id: UserId) -> None:
        (await self._ask("POST", f"/v1/deactivate/{_path(user_id)}", {"erase": True})).require()

    async def files(self, user_id: UserId) -> Sequence[str]:
        answer = (await self._ask("GET", f"/v1/users/{_path(user_id)}/media?limit=50")).require()
        server = user_id.partition(":")[2]
        return [f"{server}/{file['media_id']}" for file in answer["media"]]

    async def delete_file(self, file_id: str) -> None:
        server, _, media_id = file_id.rpartition("/")
        reply = await self._ask("DELETE", f"/v1/media/{_path(server)}/{_path(media_id)}")
        if reply.status != 404:
            reply.require()

    async def rooms(self, user_id: UserId) -> int:
        return int((await self._ask("GET", f"/v1/users/{_path(user_id)}/joined_rooms")).require()["total"])

    async def lift_limits(self, user_id: UserId) -> None:
        body = {"messages_per_second": 0, "burst_count": 0}
        (await self._ask("POST", f"/v1/users/{_path(user_id)}/override_ratelimit", body)).require()

    @asynccontextmanager
    async def acting_as(self, user_id: UserId) -> AsyncIterator[ActingByToken]:
        """Synapse counts the limits of such a token for the admin (`Ratelimiter.can_do_action`: the authenticated entity), so
        the admin's are lifted once.
        """
        if not self._unlimited:
            me = (await self._homeserver.ask("GET", "/_matrix/client/v3/account/whoami", self._token.read())).body
            if "user_id" in me:
                await self.lift_limits(UserId(me["user_id"]))
                self._unlimited = True
        body = {"valid_until_ms": int((time.time() + _ACTING) * 1000)}
        answer = (await self._ask("POST", f"/v1/users/{_path(user_id)}/login", body)).require()
        acting = ActingByToken(self._homeserver, user_id, answer["access_token"])
        try:
            yield acting
        finally:
            with suppress(GatewayError):  # it ends by itself, too
                await acting.end()

    # ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def creator(self, room_id: RoomId) -> UserId | None:
        reply = await self._ask("GET", f"/v1/rooms/{_path(room_id)}")
        return None if reply.status == 404 else UserId(reply.require()["creator"] or "")

    async def delete_room(self, room_id: RoomId) -> None:
        """A Synapse that was killed meanwhile goes on with it one or two minutes after its start (measured); a second request
        would be refused until then, so the first one is waited for.
        """
        path = f"/v2/rooms/{_path(room_id)}"
        deadline = time.monotonic() + _PATIENCE
        delete_id = await self._deletion_under_way(path)
        if delete_id is None:
            body = {"purge": True, "block": False, "force_purge": True}
            delete_id = (await self._ask("DELETE", path, body)).require()["delete_id"]
        while time.monotonic() < deadline:
            reply = await self._ask("GET", f"/v2/rooms/delete_status/{_path(delete_id)}")
            match reply.body.get("status") if reply.status == 200 else "failed":
                case "complete":
                    return
                case "failed":
                    raise TemporaryError("the homeserver could not delete the room; its log says why")
            await asyncio.sleep(_POLL)
        raise TemporaryError("the homeserver is still deleting the room", retry_after=30)

    async def _deletion_under_way(self, path: str) -> str | None:
        reply = await self._ask("GET", f"{path}/delete_status")
        for deletion in reply.body.get("results", ()):
            if deletion["status"] in ("scheduled", "active"):
                return str(deletion["delete_id"])
        return None

    async def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Reply:
        """A request with the admin's token.

        Raises:
            TemporaryError: also where the token is refused: what waits must not be lost because of that.
        """
        try:
            token = self._token.read()
        except ConfigError as error:
            log.error("%s", error)  # noqa: TRY400 - a sentence for IT, no traceback
            raise TemporaryError("the accounts process has no admin token that it may use") from error
        reply = await self._homeserver.ask(method, _ADMIN + path, token, body)
        if reply.status == 401:
            log.error("the homeserver refuses the admin token (%s); %s", reply.errcode, _LOG_IN_AGAIN)
            raise TemporaryError("the homeserver refuses the admin token")
        if reply.status == 403 and reply.body.get("error") == "You are not a server admin":
            log.error("the account of the admin token is no admin of the homeserver any more; %s", _LOG_IN_AGAIN)
            raise TemporaryError("the admin token is no admin's")
        if reply.status == 404 and reply.errcode == "M_UNRECOGNIZED":
            raise PermanentError("M_UNRECOGNIZED", 404, "the homeserver does not show its admin API at this address")
        return reply


def _path(part: str) -> str:
    return quote(part, safe="")
