"""`classroom-matrix accounts run`: the process around the verbs. Only wiring."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import suppress

from aiohttp import web

from ..config import Config
from ..config.model import AccountsConfig
from ..errors import ConfigError, TemporaryError
from .admin_token import AdminToken
from .answering import Answering
from .audit import Audit, Peer
from .homeserver import Homeserver, session
from .ledger import Ledger
from .listening import listen
from .quotas import Quotas, quotas
from .synapse import SynapseAccounts
from .verbs import Verbs

_LARGEST = 512 * 1024  # bytes of a request
_GRACE = 10.0  # seconds that running calls get when the process is told to stop

log = logging.getLogger(__name__)


async def serve(config: Config) -> None:
    """Serve until cancelled.

    Raises:
        ConfigError: a setting is wrong, the token may be read by others or is not an admin's, or another process serves.
        ClassroomError: socket or ledger cannot be made.
    """
    settings = _settings(config)
    allowed = quotas(settings.quotas)
    token = AdminToken(settings.admin_token_file)
    ledger = Ledger(settings.ledger, time.time)
    try:
        async with session() as connections:
            provider = SynapseAccounts(Homeserver(connections, config.homeserver.url), token, bot=config.bot.user)
            try:
                await provider.check()
            except TemporaryError as error:
                log.warning("%s; going on, every call will say so until it is there", error)
            verbs = Verbs(provider, ledger, bot=config.bot.user)
            counted, audit = Quotas(ledger, allowed, time.time), Audit(ledger, time.time)
            answering = Answering(verbs, ledger, counted, audit, time.time)
            await _listen(settings, answering)
    finally:
        ledger.close()


def _settings(config: Config) -> AccountsConfig:
    if config.accounts is None:
        raise ConfigError("accounts", "is missing; without it there is no accounts process")
    return config.accounts


async def _listen(settings: AccountsConfig, answering: Answering) -> None:
    async def handle(request: web.Request) -> web.Response:
        transport = request.transport
        peer = Peer.of(transport.get_extra_info("socket") if transport else None)
        # Whoever asked may go away; what was begun is brought to its end.
        answer = await asyncio.shield(answering.answer(request.match_info["verb"], await request.read(), peer))
        return web.Response(status=answer.status, body=answer.body, content_type="application/json")

    app = web.Application(client_max_size=_LARGEST)
    app.router.add_post("/{verb}", handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE)
    await runner.setup()
    try:
        await web.SockSite(runner, listen(settings.socket)).start()
        log.info("listening on %s", settings.socket)
        await asyncio.Event().wait()
    finally:
        with suppress(FileNotFoundError):
            settings.socket.unlink()
        await runner.cleanup()
