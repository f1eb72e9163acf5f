"""`classroom-matrix ping-bot`: the whole service for an account of a side-by-side measurement.

Answers every ``!ping N`` in any room with ``pong N``, and ``!count N`` with ``pong 1`` to ``pong N``, by way of inbox, decision
and outbox in SQLite. Set by environment variables: BENCH_HOMESERVER, BENCH_SERVER_NAME, BENCH_USER_ID, BENCH_WORKDIR (an empty
folder), and either BENCH_AS_PORT, BENCH_AS_TOKEN, BENCH_HS_TOKEN (application service) or BENCH_DEVICE_ID, BENCH_ACCESS_TOKEN
(sync). An application service with BENCH_ENCRYPTED=1 has a device that encrypts, as every service has.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from datetime import time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import aiohttp

from ..api import Context, Klass, Plugin, command
from ..domain.content import Content
from ..domain.ids import ClassId, HouseholdId, RoomId, UserId
from ..domain.time import QuietHours
from ..errors import ConfigError
from ..i18n import Catalogue
from ..matrix.appservice import ApplicationService
from ..matrix.client import HttpGateway
from ..matrix.narrow_sync import NarrowSync
from ..matrix.source import EventSource
from ..runtime.core import core_plugin
from ..runtime.registry import ClassSetup, LoadedPlugin, Registry
from ..service import Service
from ..storage import inbox
from ..storage.database import Database

if TYPE_CHECKING:
    from ..encryption.machine import Encryption

EVERYWHERE = ClassId("everywhere")
_MOST = 1_000


@command("ping")
def ping(ctx: Context, number: str) -> None:
    # A message like those of the bots it is measured against: a reply's relation costs Synapse 2 ms more (measured).
    ctx.post(Content.line(f"pong {number}"), room=ctx.room.id)


@command("count")
def count(ctx: Context, number: str) -> None:
    for each in range(1, min(int(number) if number.isdecimal() else 0, _MOST) + 1):
        ctx.post(Content.line(f"pong {each}"), room=ctx.room.id)


plugin = Plugin("ping", commands=(ping, count))


async def run(environment: Mapping[str, str] = os.environ) -> None:
    """Run until cancelled.

    Raises:
        ConfigError: a variable is missing.
    """
    database = Database(_path(environment))
    user_id = UserId(_of(environment, "BENCH_USER_ID"))
    klass = Klass(EVERYWHERE, "bench", "en", ZoneInfo("UTC"), QuietHours(time(0), time(0)))
    texts = Catalogue.of_package(f"{__package__}.ping_bot_texts")
    registry = Registry(core_plugin(), {"ping": LoadedPlugin(plugin, texts)}, [ClassSetup(klass, {"ping": None}, open=True)])
    url = _of(environment, "BENCH_HOMESERVER")
    async with aiohttp.ClientSession() as session:
        source: EventSource
        if "BENCH_AS_PORT" in environment:
            gateway = HttpGateway(session, url, _of(environment, "BENCH_AS_TOKEN"), user_id, act_as=True)
            source = ApplicationService(
                gateway,
                appservice_id=environment.get("BENCH_AS_ID", "bench"),
                hs_token=_of(environment, "BENCH_HS_TOKEN"),
                host="127.0.0.1",
                port=int(_of(environment, "BENCH_AS_PORT")),
                ignore=user_id,
            )
        else:
            gateway = HttpGateway(session, url, _of(environment, "BENCH_ACCESS_TOKEN"), user_id)
            since = await database.call(inbox.sync_token, database)
            source = NarrowSync(gateway, since=since, ignore=user_id)
        try:
            encryption = await _encryption(
                environment,
                session,
                gateway,
                database,
                lambda: service.engine.facts_are_waiting(),  # noqa: PLW0108 - made below
            )
            service = Service(database, registry, gateway, source, _no_desk, everywhere=EVERYWHERE, encryption=encryption)
            await service.run()
        finally:
            database.close()


async def _encryption(
    environment: Mapping[str, str],
    session: aiohttp.ClientSession,
    gateway: HttpGateway,
    database: Database,
    arrived: Callable[[], None],
) -> Encryption | None:
    """The device, as `serving` makes it. Imported here, so that the same program without it shows what it costs."""
    if environment.get("BENCH_ENCRYPTED") != "1":
        return None
    from ..encryption.start import open_encryption, sign_in_device  # noqa: PLC0415
    from ..runtime.clock import SystemClock  # noqa: PLC0415

    def for_device(device_id: str) -> HttpGateway:
        url, token = _of(environment, "BENCH_HOMESERVER"), _of(environment, "BENCH_AS_TOKEN")
        return HttpGateway(session, url, token, gateway.user_id, act_as=True, device_id=device_id, pacing=gateway.pacing)

    encryption = await open_encryption(
        _path(environment), database, gateway, SystemClock(), for_device=for_device, arrived=arrived
    )
    await sign_in_device(encryption)
    return encryption


def _path(environment: Mapping[str, str]) -> Path:
    return Path(_of(environment, "BENCH_WORKDIR")) / "ping-bot.db"


async def _no_desk(_class: ClassId, _household: HouseholdId) -> RoomId | None:
    return None


def _of(environment: Mapping[str, str], name: str) -> str:
    try:
        return environment[name]
    except KeyError:
        raise ConfigError(name, "this environment variable has to be set for ping-bot") from None
