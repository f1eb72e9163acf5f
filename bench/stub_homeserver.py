"""A homeserver that does nothing but push and accept: ``python -m bench.stub_homeserver PORT BOT_PORT HS_TOKEN``.

Pushes like Synapse (transactions of up to 100 events, one at a time, the next one after a 200) and answers every send with
an event ID, the same for the same transaction ID. As little as possible is done per request, so that what is measured is
the bot. Told what to do by ``POST /_bench/push`` (see `Push`), which answers with what happened (`Pushed`).
"""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
import time
from typing import Any

import aiohttp
import msgspec
from aiohttp import web

from .stub_keys import StubKeys

TRANSACTION = 100  # events; synapse/appservice/scheduler.py, MAX_PERSISTENT_EVENTS_PER_TRANSACTION
_PAUSE = 0.005  # seconds between two attempts to push
_NO_NEWS = 30.0  # seconds that a /sync which may wait is kept waiting


class Push(msgspec.Struct):
    """`expected`: answers to wait for; `quiet`: seconds to wait for more than those; `patience`: seconds to wait at most."""

    events: list[msgspec.Raw]
    expected: int
    quiet: float = 0.3
    patience: float = 120.0


class Send(msgspec.Struct):
    """A request that stores an event. `path`: without the query; `repeats`: how often the same came again."""

    path: str
    event_id: str
    content: msgspec.Raw
    repeats: int = 0


class Pushed(msgspec.Struct):
    """`seconds`: from the first push to the last expected answer (to the last 200 where none was expected).

    `accepted`: from the first push to the last 200. `at`: when the last answer came, by the machine's `time.monotonic()`.
    `sends`: since the last `Pushed`. `others`: how many other requests came since then.
    """

    seconds: float
    accepted: float
    at: float
    sends: list[Send]
    others: int


class StubHomeserver:
    def __init__(self, bot: str, hs_token: str) -> None:
        self._bot = bot
        self._headers = {"Authorization": f"Bearer {hs_token}", "Content-Type": "application/json"}
        self._transactions = 0
        self._events = 0
        self._sends: dict[str, Send] = {}
        self._fresh: list[Send] = []
        self._left = 0  # answers that the push still waits for
        self._others = 0
        self._keys = StubKeys()
        self._satisfied = asyncio.Event()
        self._last = 0.0

    async def answer(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.raw_path
        body = await request.read()
        if "/send/" in path or "/redact/" in path:
            return web.Response(body=self._stored(path, body), content_type="application/json")
        if path == "/_bench/push":
            return web.Response(body=msgspec.json.encode(await self._push(msgspec.json.decode(body, type=Push))))
        status, answered = 200, b"{}"
        if "/sync?" in path:
            answered = b'{"next_batch":"s1"}'
            if "timeout=0" not in path:
                await asyncio.sleep(_NO_NEWS)
        elif (about_keys := self._keys.answer(path.partition("?")[0], body)) is not None:
            status, answered = about_keys
        else:
            self._others += 1
        return web.Response(status=status, body=answered, content_type="application/json")

    def _stored(self, path: str, body: bytes) -> bytes:
        send = self._sends.get(path)
        if send is not None:
            send.repeats += 1
        else:
            self._events += 1
            send = self._sends[path] = Send(path.partition("?")[0], f"$answer{self._events}", msgspec.Raw(body))
            self._fresh.append(send)
            self._left -= 1
            if not self._left:
                self._last = time.monotonic()
                self._satisfied.set()
        return b'{"event_id":"' + send.event_id.encode() + b'"}'

    async def _push(self, push: Push) -> Pushed:
        self._left = push.expected
        self._satisfied.clear()
        begun = time.monotonic()
        async with aiohttp.ClientSession() as session:
            for start in range(0, len(push.events), TRANSACTION):
                body = b'{"events":[' + b",".join(bytes(event) for event in push.events[start : start + TRANSACTION]) + b"]}"
                await self._transaction(session, body)
        accepted = time.monotonic()
        if push.expected:
            try:
                async with asyncio.timeout(push.patience):
                    await self._satisfied.wait()
            except TimeoutError:
                self._last = time.monotonic()
        else:
            self._last = accepted
        await asyncio.sleep(push.quiet)
        sends, self._fresh = self._fresh, []
        others, self._others = self._others, 0
        return Pushed(self._last - begun, accepted - begun, self._last, sends, others)

    async def _transaction(self, session: aiohttp.ClientSession, body: bytes) -> None:
        """Push until accepted."""
        self._transactions += 1
        url = f"{self._bot}/_matrix/app/v1/transactions/{self._transactions}"
        while True:
            try:
                async with session.put(url, data=body, headers=self._headers) as response:
                    await response.read()
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                pass
            await asyncio.sleep(_PAUSE)


def _request(*parts: Any) -> web.BaseRequest:
    return web.BaseRequest(*parts, asyncio.get_running_loop(), client_max_size=1 << 30)  # type: ignore[misc,arg-type]


async def run(port: int, bot_port: int, hs_token: str) -> None:
    """Serve until terminated."""
    stub = StubHomeserver(f"http://127.0.0.1:{bot_port}", hs_token)
    runner = web.ServerRunner(web.Server(stub.answer, request_factory=_request, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    gc.freeze()
    gc.disable()  # it lives for one measurement
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    await stopped.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
