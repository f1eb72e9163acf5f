"""The application service: the homeserver pushes, we store, then we answer.

Facts used: Synapse sends one transaction at a time and repeats it with growing pauses until it gets a 200; a ping at start
(``POST /_matrix/client/v1/appservice/{id}/ping``) ends such a pause at once.

A push can get stuck: a transaction that Synapse (1.163.2) makes in the instant in which it ends such a pause stays in its
table, and is sent only after the next pause; 2 of 12 recoveries under load left one event behind. So a `NarrowSync` looks
behind: shortly after every start and every refusal of ours, and now and then. What came twice is one row in the inbox.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import os

import msgspec
from aiohttp import web

from ..domain.ids import UserId
from ..errors import ConfigError, GatewayError, PermanentError, StorageError
from .client import HttpGateway
from .damage import decode_leniently
from .narrow_sync import NarrowSync
from .receipts import read_receipts
from .source import Batch, Receive
from .translate import read_events

log = logging.getLogger(__name__)

LOOKS_AFTER_DOUBT = (3.0, 10.0, 60.0)
LOOK_EVERY = 300.0
"""Seconds. A look costs the homeserver one short request, however many rooms there are."""
MAX_TRANSACTION = 64 * 1024 * 1024  # bytes; Synapse packs up to 100 events of up to 64 KiB


class _Transaction(msgspec.Struct):
    events: list[msgspec.Raw] = []
    ephemeral: list[msgspec.Raw] = []
    older_ephemeral: list[msgspec.Raw] = msgspec.field(default_factory=list, name="de.sorunome.msc2409.ephemeral")


_decode_transaction = msgspec.json.Decoder(_Transaction).decode


class ApplicationService:
    """Receives the homeserver's transactions.

    Args:
        appservice_id: `id` of the registration.
        hs_token: what the homeserver proves itself with.
        ignore: the bot's own user, whose events are not news.
        second_look: finds what got stuck; None leaves that out.
        receipts: whether read receipts are wanted.
    """

    def __init__(
        self,
        gateway: HttpGateway,
        *,
        appservice_id: str,
        hs_token: str,
        host: str,
        port: int,
        ignore: UserId,
        second_look: NarrowSync | None = None,
        receipts: bool = True,
    ) -> None:
        self._gateway = gateway
        self._id = appservice_id
        self._hs_token = hs_token.encode()
        self._host, self._port = host, port
        self._ignore = ignore
        self._second_look = second_look
        self._receipts = receipts
        self._doubt = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self.listening = asyncio.Event()

    async def run(self, receive: Receive) -> None:
        """Listen until cancelled.

        Raises:
            ConfigError: the address is taken.
        """
        runner = web.AppRunner(self._application(receive), access_log=None, shutdown_timeout=5)
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, self._host, self._port).start()
            except OSError as error:
                # asyncio's own text names the address once more
                reason = os.strerror(error.errno) if error.errno else str(error)
                raise ConfigError(
                    "connection.listen",
                    f"cannot listen on {self._host}:{self._port} ({reason}); perhaps the service runs already",
                ) from error
            self.listening.set()
            await self._wake_homeserver()
            await self._look_behind(receive)
        finally:
            self.listening.clear()
            await runner.cleanup()

    def _application(self, receive: Receive) -> web.Application:
        application = web.Application(client_max_size=MAX_TRANSACTION)

        async def transaction(request: web.Request) -> web.Response:
            if refused := self._refused(request):
                return refused
            txn_id, body = request.match_info["txn_id"], await request.read()
            batch = read_transaction(txn_id, body, self._ignore, receipts=self._receipts)
            if batch is None:
                return _answer(400, "M_BAD_JSON")
            try:
                if batch.is_news:
                    async with self._one_at_a_time:
                        await receive(batch)
                elif batch.receipts:
                    await receive(batch)
            except StorageError:
                log.exception("a transaction could not be stored; the homeserver will send it again")
                self._doubt.set()
                return _answer(503, "M_UNKNOWN")
            return _answer(200)

        async def ping(request: web.Request) -> web.Response:
            return self._refused(request) or _answer(200)

        async def unknown(request: web.Request) -> web.Response:
            return self._refused(request) or _answer(404, "M_NOT_FOUND")

        application.router.add_put("/_matrix/app/v1/transactions/{txn_id}", transaction)
        application.router.add_post("/_matrix/app/v1/ping", ping)
        application.router.add_get("/_matrix/app/v1/users/{user}", unknown)
        application.router.add_get("/_matrix/app/v1/rooms/{alias}", unknown)
        return application

    def _refused(self, request: web.Request) -> web.Response | None:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
        return None if hmac.compare_digest(given, self._hs_token) else _answer(403, "M_FORBIDDEN")

    async def _look_behind(self, receive: Receive) -> None:
        """Look for events that were not pushed, until cancelled."""
        soon = iter(LOOKS_AFTER_DOUBT)
        while self._second_look is not None:
            try:
                async with asyncio.timeout(next(soon, LOOK_EVERY)):
                    await self._doubt.wait()
                self._doubt.clear()
                soon = iter(LOOKS_AFTER_DOUBT)
            except TimeoutError:
                try:
                    await self._second_look.look(receive)
                except (GatewayError, StorageError) as error:
                    log.warning("could not look for events that were not pushed: %s", error)
        await asyncio.Event().wait()

    async def _wake_homeserver(self) -> None:
        """Ask the homeserver to stop waiting after a down-time of ours. Without an answer it comes round by itself."""
        while True:
            try:
                await self._gateway.request("ping", "POST", f"/_matrix/client/v1/appservice/{self._id}/ping", b"{}")
            except PermanentError as error:
                log.warning("the homeserver cannot reach this application service yet: %s", error)
            except GatewayError:
                continue  # pacing has the patience
            return


def read_transaction(txn_id: str, body: bytes, ignore: UserId, *, receipts: bool = True) -> Batch | None:
    """The batch in a transaction's JSON, or None where it is no JSON."""
    try:
        transaction = decode_leniently(_decode_transaction, body)
    except msgspec.DecodeError:
        return None
    facts, unreadable, changes = read_events(transaction.events, ignore)
    ephemeral = transaction.ephemeral or transaction.older_ephemeral
    read = read_receipts(ephemeral, ignore) if receipts else ()
    return Batch(txn_id, facts, unreadable, receipts=read, changes=changes)


def _answer(status: int, errcode: str | None = None) -> web.Response:
    return web.json_response({"errcode": errcode} if errcode else {}, status=status)
