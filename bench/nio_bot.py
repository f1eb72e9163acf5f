"""The other baseline of encryption: matrix-nio and its `OlmMachine`. ``python -m bench.nio_bot``.

Answers like the service's ``ping-bot`` (``!ping N``, ``!count N``), one after the other. Set by BENCH_HOMESERVER,
BENCH_USER_ID, BENCH_WORKDIR, BENCH_DEVICE_ID and BENCH_ACCESS_TOKEN. Everybody's keys are asked for before anything is said.
"""

from __future__ import annotations

import asyncio
import os
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)  # of nio's own dependencies
    import nio

_NOTHING: dict[str, list[str]] = {"types": []}
_NARROW = {"room": {"ephemeral": _NOTHING, "timeline": {"limit": 50}}, "presence": _NOTHING}


async def run() -> None:
    """Run until terminated."""
    folder = os.environ["BENCH_WORKDIR"]
    config = nio.AsyncClientConfig(encryption_enabled=True, store_sync_tokens=False)
    client = nio.AsyncClient(os.environ["BENCH_HOMESERVER"], store_path=folder, config=config)
    client.restore_login(os.environ["BENCH_USER_ID"], os.environ["BENCH_DEVICE_ID"], os.environ["BENCH_ACCESS_TOKEN"])
    first = True
    while True:
        answer = await client.sync(timeout=0 if first else 30_000, sync_filter=_NARROW, full_state=first)
        assert isinstance(answer, nio.SyncResponse), answer
        if client.should_upload_keys:
            await client.keys_upload()
        if client.should_query_keys:
            await client.keys_query()
        for room_id, room in answer.rooms.join.items():
            for event in room.timeline.events:
                if not first and isinstance(event, nio.RoomMessageText):
                    await _answer(client, room_id, event.body)
        first = False


async def _answer(client: nio.AsyncClient, room_id: str, body: str) -> None:
    word, _, number = body.partition(" ")
    numbers = {"!ping": [number], "!count": [str(each) for each in range(1, int(number) + 1)]}.get(word, [])
    for each in numbers:
        content = {"msgtype": "m.text", "body": f"pong {each}"}
        sent = await client.room_send(room_id, "m.room.message", content, ignore_unverified_devices=True)
        assert isinstance(sent, nio.RoomSendResponse), sent


if __name__ == "__main__":
    asyncio.run(run())
