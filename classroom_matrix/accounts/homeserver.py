"""Requests to the homeserver: one attempt each; whoever asked repeats."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import msgspec
from yarl import URL

from ..errors import PermanentError, TemporaryError

TIMEOUT = 60.0  # seconds for one request
_ENOUGH = 8  # requests at once; more only makes Synapse wait (matrix-facts)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the homeserver said. `body`: the JSON object; empty where the answer is none."""

    status: int
    body: Mapping[str, Any]

    @property
    def errcode(self) -> str:
        return str(self.body.get("errcode", "M_UNKNOWN"))

    def require(self) -> Mapping[str, Any]:
        """The body of a success.

        Raises:
            PermanentError: it was none.
        """
        if self.status not in (200, 201):
            raise PermanentError(self.errcode, self.status, str(self.body.get("error", "")))
        return self.body


def session() -> aiohttp.ClientSession:
    """A session for `Homeserver`. Environment proxies are not used: they would see the admin's token."""
    return aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_ENOUGH), timeout=aiohttp.ClientTimeout(total=TIMEOUT))


class Homeserver:
    """Makes requests with whatever token it is given. `url`: base address of the client and admin API."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session = session
        self._url = url.rstrip("/")

    async def ask(self, method: str, path: str, token: str, body: Mapping[str, Any] | None = None) -> Reply:
        """`path` is escaped already.

        Raises:
            TemporaryError: no connection, 5xx, 429, or a page that is not Matrix's.
        """
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        data = None if body is None else msgspec.json.encode(body)
        try:
            async with self._session.request(
                method, URL(self._url + path, encoded=True), data=data, headers=headers, allow_redirects=False
            ) as response:
                status, retry_after, answer = response.status, response.headers.get("Retry-After"), await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TemporaryError(f"no answer from the homeserver: {type(error).__name__}") from error
        try:
            said = msgspec.json.decode(answer)
        except msgspec.MsgspecError:
            said = None
        if status == 429:
            raise TemporaryError("the homeserver asks to wait", retry_after=_seconds(said, retry_after))
        if status >= 500 or not isinstance(said, dict):
            raise TemporaryError(f"the homeserver answered {status}")
        return Reply(status, said)


def _seconds(said: object, retry_after: str | None) -> float:
    if retry_after is not None and retry_after.strip().isdigit():
        return float(retry_after)
    milliseconds = said.get("retry_after_ms") if isinstance(said, dict) else None
    return milliseconds / 1000 if isinstance(milliseconds, int | float) else 5.0
