"""The baseline: the least that an application service in aiohttp has to do for a pong. ``python -m bench.bare_bot``.

The same environment variables and the same pattern of requests as the service's ``ping-bot``: a transaction is parsed
with msgspec and answered, each ``!ping N`` becomes one PUT with ``pong N``, four of them in flight. Nothing is written down,
nothing is repeated, a crash loses what is queued.
"""

from __future__ import annotations

import asyncio
import os
import signal
from urllib.parse import quote

import aiohttp
import msgspec
from aiohttp import web
from yarl import URL

IN_FLIGHT = 4


class Content(msgspec.Struct):
    msgtype: str = ""
    body: str = ""


class Event(msgspec.Struct):
    type: str
    room_id: str
    event_id: str
    content: Content


class Transaction(msgspec.Struct):
    events: list[Event]


_decode = msgspec.json.Decoder(Transaction).decode
_encode = msgspec.json.Encoder().encode


async def run() -> None:
    """Run until terminated."""
    todo: asyncio.Queue[Event] = asyncio.Queue()
    base = f"{os.environ['BENCH_HOMESERVER']}/_matrix/client/v3/rooms/"
    query = f"?user_id={quote(os.environ['BENCH_USER_ID'], safe='')}"
    headers = {"Authorization": f"Bearer {os.environ['BENCH_AS_TOKEN']}", "Content-Type": "application/json"}

    async def transaction(request: web.Request) -> web.Response:
        for event in _decode(await request.read()).events:
            if event.type == "m.room.message" and event.content.body.startswith("!ping "):
                todo.put_nowait(event)
        return web.Response(body=b"{}", content_type="application/json")

    async def send(session: aiohttp.ClientSession) -> None:
        while True:
            event = await todo.get()
            url = URL(f"{base}{quote(event.room_id, safe='')}/send/m.room.message/t{event.event_id[1:]}{query}", encoded=True)
            body = _encode({"msgtype": "m.text", "body": f"pong {event.content.body[6:]}"})
            async with session.put(url, data=body, headers=headers) as response:
                await response.read()

    application = web.Application(client_max_size=1 << 26)
    application.router.add_put("/_matrix/app/v1/transactions/{txn_id}", transaction)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", int(os.environ["BENCH_AS_PORT"])).start()
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    async with aiohttp.ClientSession() as session:
        senders = [asyncio.create_task(send(session)) for _ in range(IN_FLIGHT)]
        await stopped.wait()
        for sender in senders:
            sender.cancel()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(run())
