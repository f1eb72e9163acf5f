"""Calendars of households and classes, at secret addresses that phones subscribe to: ``/c/<secret>.ics``."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus
from typing import Protocol
from zoneinfo import ZoneInfo

from aiohttp import web

from ..api import CalendarEntry
from ..errors import PluginError, StorageError
from .address import Proxies
from .ics import calendar_text

log = logging.getLogger(__name__)

WINDOW, MISSES = 600.0, 120
"""Seconds, and how many addresses that nobody has may be tried from one network in that time."""
_NETWORKS, _KNOWN = 10_000, 10_000  # remembered at most, so that nobody can fill the memory
_LATER = {"Retry-After": "600"}


class Feed(Protocol):
    """A calendar, see `runtime.calendars.Feed`."""

    @property
    def name(self) -> str: ...
    @property
    def zone(self) -> ZoneInfo: ...
    @property
    def entries(self) -> Sequence[CalendarEntry]: ...


FindFeed = Callable[[str], Awaitable[Feed | None]]
"""The calendar behind a secret; None where there is none."""


class CalendarPages:
    """Answers calendars.

    Args:
        find: see `FindFeed`.
        proxies: whose word about addresses is believed.
        now: the time, UTC seconds.
    """

    def __init__(self, find: FindFeed, proxies: Proxies, now: Callable[[], float]) -> None:
        self._find = find
        self._proxies = proxies
        self._now = now
        self._misses: OrderedDict[str, deque[float]] = OrderedDict()
        self._known: OrderedDict[bytes, None] = OrderedDict()  # hashes of secrets that opened something of late

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/c/{secret:[A-Za-z0-9_-]{22}}.ics", self._answer)]

    async def _answer(self, request: web.Request) -> web.Response:
        """The calendar, or 304 for whoever has it as it is."""
        secret = request.match_info["secret"]
        network = self._proxies.client(request.remote, request.headers.getall("X-Forwarded-For", ()))
        mark = hashlib.sha256(secret.encode()).digest()
        # Phones behind one address with a guesser keep their calendars.
        if mark not in self._known and self._is_tired_of(network):
            return web.Response(status=HTTPStatus.TOO_MANY_REQUESTS, headers=_LATER)
        try:
            feed = await self._find(secret)
        except (PluginError, StorageError):
            return web.Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers=_LATER)
        if feed is None:
            self._known.pop(mark, None)
            self._note_miss(network)
            raise web.HTTPNotFound
        self._known[mark] = None
        self._known.move_to_end(mark)
        while len(self._known) > _KNOWN:
            self._known.popitem(last=False)
        body = await asyncio.to_thread(calendar_text, feed.name, feed.zone, feed.entries)
        tag = hashlib.sha256(body).hexdigest()[:32]
        headers = {"Cache-Control": "private, max-age=0, must-revalidate", "ETag": f'"{tag}"'}
        if any(one.value in (tag, "*") for one in request.if_none_match or ()):
            return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=headers)
        headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
        return web.Response(body=body, content_type="text/calendar", charset="utf-8", headers=headers)

    def _is_tired_of(self, network: str) -> bool:
        times = self._misses.get(network)
        return times is not None and len(times) >= MISSES and times[0] > self._now() - WINDOW

    def _note_miss(self, network: str) -> None:
        times = self._misses.setdefault(network, deque(maxlen=MISSES))
        times.append(self._now())
        self._misses.move_to_end(network)
        while len(self._misses) > _NETWORKS:
            self._misses.popitem(last=False)

    def sweep(self) -> None:
        """Forget networks whose misses do not count any more."""
        since = self._now() - WINDOW
        for network in [network for network, times in self._misses.items() if times[-1] <= since]:
            del self._misses[network]
