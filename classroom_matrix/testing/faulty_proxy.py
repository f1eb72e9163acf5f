"""A reverse proxy that misbehaves on demand, for the way between the service and the homeserver (or back)."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self
from urllib.parse import unquote

import aiohttp
from aiohttp import web
from multidict import CIMultiDict
from yarl import URL

_HOP_BY_HOP = frozenset({"connection", "keep-alive", "transfer-encoding", "te", "upgrade", "host", "content-length"})
_SIGILS = {"!": "{room}", "$": "{event}", "@": "{user}", "#": "{alias}"}
_TXN = re.compile(r"(/send/[^/]+|/redact/\{event\}|/transactions)/[^/]+$")


@dataclass(frozen=True, slots=True)
class Passing:
    """A request on its way.

    Args:
        number: counts all requests of this proxy from 1.
        method: in capitals.
        path: decoded, without the query.
        template: the path with its IDs replaced: ``/_matrix/client/v3/rooms/{room}/send/m.room.message/{txn}``.
        body: as sent.
    """

    number: int
    method: str
    path: str
    template: str
    body: bytes


@dataclass(slots=True)
class Recorded:
    """What became of a request.

    Args:
        passing: the request.
        at: `time.monotonic` of its arrival.
        status: what the client got, None if nothing.
        committed: whether the other side answered.
    """

    passing: Passing
    at: float
    status: int | None = None
    committed: bool = False


Hook = Callable[[Passing], Awaitable[None] | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer instead of forwarding. `retry_after`: seconds, told as header and (for 429) as ``retry_after_ms``."""

    status: int
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """Close the connection without an answer: after the other side committed, or before it hears of it.

    An aiohttp client repeats a GET or PUT that is cut once, at once and by itself (aiohttp 3.14, `ClientSession._request`).
    """

    committed: bool = True


@dataclass(frozen=True, slots=True)
class Delay:
    """Forward after so many seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Call:
    """Run hooks before forwarding and after the other side's answer, before the client gets it."""

    before: Hook | None = None
    after: Hook | None = None


Action = Answer | Cut | Delay | Call


@dataclass(slots=True)
class Rule:
    """When to do what.

    Args:
        action: what is done.
        method: only this method.
        path: only templates in which this regular expression is found.
        when: only requests for which this is true.
        skip: how many fitting requests pass first.
        count: how many are hit, None for all.
        probability: share of the fitting requests that are hit.
    """

    action: Action
    method: str | None = None
    path: str = ""
    when: Callable[[Passing], bool] | None = None
    skip: int = 0
    count: int | None = None
    probability: float = 1.0
    hits: int = field(default=0, init=False)

    def hit(self, passing: Passing, dice: random.Random) -> bool:
        """Whether the request is hit; counts."""
        if self.method not in (None, passing.method) or not re.search(self.path, passing.template):
            return False
        if self.when is not None and not self.when(passing):
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        if (self.count is not None and self.hits >= self.count) or dice.random() >= self.probability:
            return False
        self.hits += 1
        return True


class FaultyProxy:
    """``async with FaultyProxy(homeserver.url) as proxy: proxy.rules.append(Rule(Answer(502), count=3))``.

    Args:
        target: base address to forward to; may be changed at any time.
        port: on 127.0.0.1; 0 takes a free one.
        seed: of the dice for rules with a probability.

    Attributes:
        rules: the first one that hits decides; empty means a plain proxy.
        requests: everything that came, oldest first.
    """

    def __init__(self, target: str, *, port: int = 0, seed: int = 0) -> None:
        self.target = target.rstrip("/")
        self.rules: list[Rule] = []
        self.requests: list[Recorded] = []
        self._port = port
        self._dice = random.Random(seed)  # noqa: S311 - dice, no secret
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def add(self, action: Action, **conditions: object) -> Rule:
        """Append a rule; `conditions` are those of `Rule`."""
        rule = Rule(action, **conditions)  # type: ignore[arg-type]
        self.rules.append(rule)
        return rule

    def count(self, method: str | None = None, path: str = "") -> int:
        """How many requests came, of a method, to templates in which `path` (a regular expression) is found."""
        return len([one for one in self.requests if _fits(one.passing, method, path)])

    async def start(self) -> None:
        self._session = aiohttp.ClientSession(
            auto_decompress=False,
            connector=aiohttp.TCPConnector(limit=0),
            timeout=aiohttp.ClientTimeout(total=None),
        )
        app = web.Application(client_max_size=100 * 2**20)
        app.router.add_route("*", "/{rest:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def _handle(self, request: web.Request) -> web.StreamResponse:
        passing = Passing(
            len(self.requests) + 1, request.method, unquote(request.rel_url.raw_path), template_of(request.rel_url.raw_path),
            await request.read(),
        )  # fmt: skip
        record = Recorded(passing, time.monotonic())
        self.requests.append(record)
        action = next((rule.action for rule in self.rules if rule.hit(passing, self._dice)), None)
        response = await self._act(request, record, action)
        if response is None:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        record.status = response.status
        return response

    async def _act(self, request: web.Request, record: Recorded, action: Action | None) -> web.Response | None:
        match action:
            case Answer(status, retry_after):
                return _refusal(status, retry_after)
            case Cut(committed):
                if committed:
                    await self._forward(request, record)
                return None
            case Delay(seconds):
                await asyncio.sleep(seconds)
                return await self._forward(request, record)
            case Call(before, after):
                await _run(before, record.passing)
                response = await self._forward(request, record)
                await _run(after, record.passing)
                return response
            case None:
                return await self._forward(request, record)

    async def _forward(self, request: web.Request, record: Recorded) -> web.Response | None:
        """The other side's answer, or None where there is nobody."""
        assert self._session is not None
        headers = CIMultiDict((name, value) for name, value in request.headers.items() if name.lower() not in _HOP_BY_HOP)
        url = URL(self.target + request.rel_url.raw_path_qs, encoded=True)
        try:
            async with self._session.request(
                request.method, url, headers=headers, data=record.passing.body or None, allow_redirects=False
            ) as answer:
                body = await answer.read()
        except aiohttp.ClientError:
            return None
        record.committed = True
        kept = CIMultiDict((name, value) for name, value in answer.headers.items() if name.lower() not in _HOP_BY_HOP)
        return web.Response(status=answer.status, body=body, headers=kept)


def template_of(raw_path: str) -> str:
    """A path with its IDs replaced by what they are, so that it can be counted and shown."""
    parts = [unquote(part) for part in raw_path.split("/")]
    template = "/".join(_SIGILS.get(part[:1], part) for part in parts)
    return _TXN.sub(r"\1/{txn}", template)


def _fits(passing: Passing, method: str | None, path: str) -> bool:
    return method in (None, passing.method) and re.search(path, passing.template) is not None


async def _run(hook: Hook | None, passing: Passing) -> None:
    outcome = hook(passing) if hook else None
    if outcome is not None:
        await outcome


def _refusal(status: int, retry_after: float | None) -> web.Response:
    body: dict[str, object] = {"errcode": "M_LIMIT_EXCEEDED" if status == 429 else "M_UNKNOWN", "error": "faulty proxy"}
    headers = {}
    if retry_after is not None:
        headers["Retry-After"] = str(max(1, round(retry_after)))
        if status == 429:
            body["retry_after_ms"] = round(retry_after * 1000)
    return web.json_response(body, status=status, headers=headers)
