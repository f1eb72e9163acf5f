"""What is measured against the stub: a bot and the stub homeserver that it talks to, a process each."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
import msgspec

from classroom_matrix.testing.homeserver import free_port

from .measured_process import MeasuredProcess
from .stub_homeserver import Pushed

SERVER = "stub.localhost"
BOT = f"@bot:{SERVER}"
AS_TOKEN, HS_TOKEN = "as-token", "hs-token"
PING_BOT = ("-m", "classroom_matrix", "ping-bot")
BARE_BOT = ("-m", "bench.bare_bot")


class Subject:
    """A bot behind a stub homeserver."""

    def __init__(self, name: str, bot: MeasuredProcess, stub_port: int, bot_port: int) -> None:
        self.name = name
        self.bot = bot
        self.bot_port = bot_port
        self.stub_port = stub_port
        self._stub_url = f"http://127.0.0.1:{stub_port}"
        self._number = 0
        self._begun = int(time.time() * 1000)

    async def start(self) -> float:
        """Start the bot; returns the seconds until it listens."""
        await self.bot.start()
        return await self.bot.accepts(self.bot_port)

    def event(self, room_id: str, sender: str, type_: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """An event as Synapse pushes it (Application Service API), with an ID of its own, a millisecond after the last one."""
        self._number += 1
        return {
            "type": type_,
            "room_id": room_id,
            "sender": sender,
            "content": content,
            "origin_server_ts": self._begun + self._number,
            "unsigned": {"age": 12},
            "event_id": _event_id(self._number),
            "user_id": sender,
            "age": 12,
        }

    async def push(self, events: Sequence[Mapping[str, Any]], *, expected: int, quiet: float = 0.3) -> Pushed:
        """Let the stub push events and wait for so many answers."""
        body = msgspec.json.encode({"events": events, "expected": expected, "quiet": quiet})
        timeout = aiohttp.ClientTimeout(total=600)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.post(f"{self._stub_url}/_bench/push", data=body) as response,
        ):
            return msgspec.json.decode(await response.read(), type=Pushed)


def _event_id(number: int) -> str:
    """As those of room version 12: a hash, so that neighbours in time are none in an index."""
    return "$" + base64.urlsafe_b64encode(hashlib.sha256(str(number).encode()).digest()).decode().rstrip("=")


@asynccontextmanager
async def subject(name: str, arguments: tuple[str, ...], folder: Path) -> AsyncIterator[Subject]:
    """A stub and one of the bots that are told by environment variables what to do; both are stopped at the end."""
    async with stubbed(name, arguments, folder) as found:
        await found.start()
        yield found


@asynccontextmanager
async def stubbed(name: str, arguments: tuple[str, ...], folder: Path, **more: str) -> AsyncIterator[Subject]:
    """The same with the bot not yet started. `more`: further environment variables."""
    folder.mkdir(parents=True)
    stub_port, bot_port = free_port(), free_port()
    stub = MeasuredProcess(("-m", "bench.stub_homeserver", str(stub_port), str(bot_port), HS_TOKEN), {}, folder / "stub.log")
    variables = {
        "BENCH_HOMESERVER": f"http://127.0.0.1:{stub_port}",
        "BENCH_SERVER_NAME": SERVER,
        "BENCH_USER_ID": BOT,
        "BENCH_WORKDIR": str(folder),
        "BENCH_AS_PORT": str(bot_port),
        "BENCH_AS_TOKEN": AS_TOKEN,
        "BENCH_HS_TOKEN": HS_TOKEN,
        **more,
    }
    found = Subject(name, MeasuredProcess(arguments, variables, folder / "bot.log"), stub_port, bot_port)
    try:
        await stub.start()
        await stub.accepts(stub_port)
        yield found
    finally:
        await found.bot.stop()
        await stub.stop()
