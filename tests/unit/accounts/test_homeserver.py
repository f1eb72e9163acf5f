"""What counts as an answer, and what as a reason to come back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest

from classroom_matrix.accounts.homeserver import Homeserver, Reply
from classroom_matrix.errors import PermanentError, TemporaryError


class Response:
    def __init__(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.status, self._body, self.headers = status, body, headers

    async def read(self) -> bytes:
        return self._body


class Session:
    """Answers everything with the same, and keeps what it was asked."""

    def __init__(self, status: int, body: bytes = b"{}", **headers: str) -> None:
        self.response = Response(status, body, {name.replace("_", "-"): value for name, value in headers.items()})
        self.asked: list[Any] = []

    @asynccontextmanager
    async def request(self, method: str, url: Any, **more: Any) -> AsyncIterator[Response]:
        self.asked.append((method, str(url), more))
        if self.response.status == 0:
            raise aiohttp.ClientConnectionError
        yield self.response


async def ask(session: Session) -> Reply:
    return await Homeserver(session, "http://127.0.0.1:8008/").ask("GET", "/_synapse/admin/v2/users/%40u", "t")  # type: ignore[arg-type]


async def test_a_request_carries_its_token_and_goes_nowhere_else() -> None:
    session = Session(200)
    assert (await ask(session)).require() == {}
    [(method, url, more)] = session.asked
    assert (method, url) == ("GET", "http://127.0.0.1:8008/_synapse/admin/v2/users/%40u")
    assert more["headers"]["Authorization"] == "Bearer t"
    assert more["allow_redirects"] is False


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (0, b""),
        (500, b'{"errcode": "M_UNKNOWN"}'),
        (502, b"<html>"),
        (404, b"<html>no such page</html>"),
        (200, b"[]"),
        (301, b""),
    ],
)
async def test_what_is_no_answer_of_a_homeserver_is_for_later(status: int, body: bytes) -> None:
    """A proxy that hides the admin API must not look like "there is no such account"."""
    with pytest.raises(TemporaryError):
        await ask(Session(status, body))


@pytest.mark.parametrize(
    ("session", "seconds"),
    [(Session(429, Retry_After="7"), 7.0), (Session(429, b'{"retry_after_ms": 1500}'), 1.5), (Session(429, b"slow down"), 5.0)],
)
async def test_a_homeserver_that_asks_to_wait_says_how_long(session: Session, seconds: float) -> None:
    with pytest.raises(TemporaryError) as refused:
        await ask(session)
    assert refused.value.retry_after == seconds


async def test_a_refusal_is_for_good() -> None:
    reply = await ask(Session(403, b'{"errcode": "M_FORBIDDEN", "error": "no"}'))
    with pytest.raises(PermanentError) as refused:
        reply.require()
    assert (refused.value.errcode, refused.value.status) == ("M_FORBIDDEN", 403)
