"""`classroom-matrix ping-bot`: the whole service for an account of a side-by-side measurement.

Answers every ``!ping N`` in any room with ``pong N``, by way of inbox, decision and outbox in SQLite. Set by environment
variables: BENCH_HOMESERVER, BENCH_SERVER_NAME, BENCH_USER_ID, BENCH_WORKDIR (an empty folder), and either BENCH_AS_PORT,
BENCH_AS_TOKEN, BENCH_HS_TOKEN (application service) or BENCH_DEVICE_ID, BENCH_ACCESS_TOKEN (sync).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import time
from pathlib import Path
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

EVERYWHERE = ClassId("everywhere")


@command("ping")
def ping(ctx: Context, number: str) -> None:
    # A message like those of the bots it is measured against: a reply's relation costs Synapse 2 ms more (measured).
    ctx.post(Content.line(f"pong {number}"), room=ctx.room.id)


plugin = Plugin("ping", commands=(ping,))


async def run(environment: Mapping[str, str] = os.environ) -> None:
    """Run until cancelled.

    Raises:
        ConfigError: a variable is missing.
    """
    database = Database(Path(_of(environment, "BENCH_WORKDIR")) / "ping-bot.db")
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
            await Service(database, registry, gateway, source, _no_desk, everywhere=EVERYWHERE).run()
        finally:
            database.close()


async def _no_desk(_class: ClassId, _household: HouseholdId) -> RoomId | None:
    return None


def _of(environment: Mapping[str, str], name: str) -> str:
    try:
        return environment[name]
    except KeyError:
        raise ConfigError(name, "this environment variable has to be set for ping-bot") from None
