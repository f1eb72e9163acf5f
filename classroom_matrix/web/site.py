"""The join page as a part of the service: put together, listening, tidied up."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable

from aiohttp import web

from ..config import Config
from ..errors import ConfigError, StorageError
from ..matrix.accounts import Accounts
from ..storage.database import Database
from .address import Proxies
from .calendar import CalendarPages, FindFeed
from .limits import Attempts
from .mishap import mishaps
from .pages import STATIC, Pages
from .parts import Parts, SameWords, Verify
from .security import MAX_BODY, access_log, headers
from .sessions import Sessions
from .slip import SlipPages
from .unreadable import Unreadable
from .welcome import WelcomePages

log = logging.getLogger(__name__)

_SWEEP = 60.0  # seconds between two looks for what is to be forgotten


class JoinSite:
    """The join page of one school.

    Args:
        config: with a `join` section.
        database: open; stays the caller's to close.
        accounts: sets passwords and gives login tokens.
        verify: compares the words that were typed with a slip's, and counts wrong ones, see `parts.Verify`.
        same_words: tells a password that is nothing but the slip's words, see `parts.SameWords`.
        wake: called in the loop's thread when there is a new task.
        now: the time, UTC seconds.
        find_feed: finds calendars, see `calendar.FindFeed`; None where there are none.
        pages: for tests that have a strict catalogue.

    Raises:
        ConfigError: there is no `join` section.
    """

    def __init__(
        self,
        config: Config,
        database: Database,
        accounts: Accounts,
        verify: Verify,
        *,
        same_words: SameWords,
        wake: Callable[[], None],
        now: Callable[[], float],
        find_feed: FindFeed | None = None,
        pages: Pages | None = None,
    ) -> None:
        if config.join is None:
            raise ConfigError("join", "is missing")
        self._secure = config.join.url.startswith("https:")
        self._unreadable = Unreadable()
        proxies = Proxies(config.join.proxies)
        self._calendars = CalendarPages(find_feed, proxies, now) if find_feed is not None else None
        self._parts = Parts(
            config=config,
            join=config.join,
            database=database,
            accounts=accounts,
            verify=verify,
            same_words=same_words,
            wake=wake,
            now=now,
            pages=pages or Pages(),
            sessions=Sessions(database, now, secure=self._secure),
            attempts=Attempts(now),
            proxies=proxies,
        )

    async def run(self) -> None:
        """Listen until cancelled.

        Raises:
            ConfigError: the address is taken.
        """
        join = self._parts.join
        runner = self.runner()
        await runner.setup()
        try:
            try:
                await web.TCPSite(runner, join.host, join.port).start()
            except OSError as error:
                reason = os.strerror(error.errno) if error.errno else str(error)
                raise ConfigError("join.listen", f"cannot listen on {join.host}:{join.port} ({reason})") from error
            while True:
                await asyncio.sleep(_SWEEP)
                self._unreadable.report()
                self._parts.attempts.sweep()
                if self._calendars is not None:
                    self._calendars.sweep()
                try:
                    await self._parts.sessions.sweep()
                except StorageError as error:
                    log.warning("old sessions of the join page stay for now: %s", error)
        finally:
            await runner.cleanup()

    def runner(self) -> web.AppRunner:
        """The pages with a server that logs nobody's address, for `run` and for tests."""
        return web.AppRunner(self.application(), access_log=None, shutdown_timeout=5, logger=self._unreadable)

    def application(self) -> web.Application:
        """The pages."""
        # The outermost first: every answer has its headers, pages about errors too.
        outside = [access_log, headers(secure=self._secure), mishaps(self._parts)]
        application = web.Application(middlewares=outside, client_max_size=MAX_BODY)
        application.router.add_get("/j/static/{name}", self._static)
        if self._calendars is not None:
            application.router.add_routes(self._calendars.routes())
        # The fixed names first: a handle may be any of them.
        application.router.add_routes(WelcomePages(self._parts).routes())
        application.router.add_routes(SlipPages(self._parts).routes())
        return application

    async def _static(self, request: web.Request) -> web.Response:
        content = self._parts.pages.static.get(name := request.match_info["name"])
        if content is None:
            raise web.HTTPNotFound
        # Their address changes with their content.
        kept = {"Cache-Control": "public, max-age=31536000, immutable"}
        return web.Response(body=content, content_type=STATIC[name], charset="utf-8", headers=kept)
