"""`SocketAccounts`: the `Accounts` verbs as requests to the accounts process on its Unix socket.

A request is ``POST /<verb>`` with a JSON object of the verb's arguments; the answer is ``{"result": …}`` or
``{"errcode", "error", "retry_after"}`` with a status of its own (docs/reference/accounts.md).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from ..domain.ids import RoomId, UserId
from ..errors import PermanentError, TemporaryError

TIMEOUT = 120.0  # seconds; entering a dozen rooms while a whole school does the same takes a while


class NoAnswer(TemporaryError):
    """Nobody listens on the socket, or the connection broke."""


class SocketAccounts:
    """The process behind a socket. Nothing is held open: a call makes a connection of its own and closes it.

    Args:
        path: the socket, ``accounts.socket`` of config.yaml; it need not be there yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def create(self, user_id: UserId, name: str, request: str) -> None:
        await self._ask("create", user_id=user_id, name=name, request=request)

    async def set_password(self, user_id: UserId, password: str, *, log_out: bool) -> None:
        await self._ask("set_password", user_id=user_id, password=password, log_out=log_out)

    async def login_token(self, user_id: UserId, password: str) -> str:
        return str(await self._ask("login_token", user_id=user_id, password=password))

    async def let_in(self, user_id: UserId, rooms: Sequence[RoomId], *, direct: Collection[RoomId] = ()) -> None:
        await self._ask("let_in", user_id=user_id, rooms=list(rooms), direct=sorted(direct))

    async def logged_in(self, users: Collection[UserId]) -> frozenset[UserId]:
        return frozenset(await self._ask("logged_in", users=sorted(users))) if users else frozenset()

    async def lock(self, user_id: UserId) -> None:
        await self._ask("lock", user_id=user_id)

    async def unlock(self, user_id: UserId) -> None:
        await self._ask("unlock", user_id=user_id)

    async def erase(self, user_id: UserId) -> int:
        return int(await self._ask("erase", user_id=user_id))

    async def purge(self, room_id: RoomId) -> None:
        await self._ask("purge", room_id=room_id)

    async def exempt(self) -> None:
        await self._ask("exempt")

    async def _ask(self, verb: str, **arguments: object) -> Any:
        """The verb's result.

        Raises:
            NoAnswer: nobody listens, or the connection broke.
            TemporaryError: the homeserver is away, or a quota is used up.
            PermanentError: refused.
        """
        try:
            async with (
                aiohttp.ClientSession(
                    connector=aiohttp.UnixConnector(str(self._path)), timeout=aiohttp.ClientTimeout(total=TIMEOUT)
                ) as session,
                session.post(
                    f"http://accounts/{verb}",
                    data=msgspec.json.encode(arguments),
                    headers={"Content-Type": "application/json"},
                ) as response,
            ):
                status, body = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            why = getattr(error, "strerror", None) or type(error).__name__
            raise NoAnswer(f"no answer from the accounts process at {self._path}: {why}") from error
        try:
            answer = msgspec.json.decode(body, type=dict[str, Any])
        except msgspec.MsgspecError as error:
            raise TemporaryError("the accounts process gives no sensible answer") from error
        if status == 200:
            return answer.get("result")
        raise _error(status, answer)


def _error(status: int, answer: Mapping[str, Any]) -> TemporaryError | PermanentError:
    reason = str(answer.get("error", ""))
    if status in (429, 503):
        wait = answer.get("retry_after")
        return TemporaryError(f"accounts: {reason}", retry_after=float(wait) if isinstance(wait, int | float) else None)
    return PermanentError(str(answer.get("errcode", "M_UNKNOWN")), status, reason)
