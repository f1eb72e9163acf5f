"""The first two pages: which slip, and its words; and the page of a slip that somebody has come in by."""

from __future__ import annotations

import asyncio
import math
import re
import time
from dataclasses import dataclass

from aiohttp import web

from ..domain.ids import PersonId, UserId
from ..storage import invitations
from .apps import app_link, login_link
from .parts import Parts, Verdict
from .security import is_foreign, read_form

_HANDLE = re.compile(r"[0-9a-z]{3,32}")
_SAME_LOOK = str.maketrans("вскмнртх", "bckmhptx", " -")
"""What a Russian keyboard has in place of Latin letters that look the same, and what people put between groups."""
_LONGEST_WORDS = 200  # characters
WORDS = 5
"""On a slip, as `roster.slips.words` draws them."""
_COMPUTER = re.compile(r"Windows NT|Macintosh|CrOS|X11; (?!.*Android)")
_UNKNOWN = "unknown codes"
"""The line of all codes that do not exist: making them up must not get anybody more of the processor."""


@dataclass(frozen=True, slots=True)
class _MadeUp:
    """A verdict that nothing was compared for."""

    kind: str = "unknown"
    person_id: PersonId | None = None
    retry_after: float | None = None


class SlipPages:
    """Handlers up to the moment in which somebody has proven who they are."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._pace = 0.1  # seconds that comparing took last

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self.lead_here),
            web.get("/j", self.start),
            web.get("/j/", self.start),
            web.post("/j", self.choose),
            web.get("/j/{handle}", self.open),
            web.get("/j/{handle}/", self.without_slash),
            web.post("/j/{handle}", self.prove),
        ]

    async def start(self, request: web.Request) -> web.Response:
        return self._start(request)

    async def lead_here(self, _request: web.Request) -> web.Response:
        """Who typed the name of the server alone."""
        raise web.HTTPSeeOther("/j")

    async def without_slash(self, request: web.Request) -> web.Response:
        """What keyboards and messengers put behind an address does not matter."""
        handle = normal(request.match_info["handle"])
        if handle is None:
            return self._start(request, problem="join-code-wrong", status=404)
        raise web.HTTPSeeOther(f"/j/{handle}")

    async def choose(self, request: web.Request) -> web.Response:
        """Go on to the slip whose code was typed, or whose whole address was.

        Browsers let a form lead to no other site, by redirections neither (CSP, form-action): who is in gets links.
        """
        if is_foreign(request, self._parts.origin):
            return self._refuse(request)
        typed = str((await read_form(request)).get("handle", "")).strip()[:200]
        handle = normal(typed.rstrip("/").rpartition("/")[2])
        if handle is None:
            return self._start(request, typed=typed, problem="join-code-wrong", status=422)
        invitation = await self._invitation(handle)
        if invitation is not None and invitation.arrived_at is not None:
            return self._arrived(request, invitation.user_id)
        raise web.HTTPSeeOther(f"/j/{handle}")

    async def open(self, request: web.Request) -> web.Response:
        """The slip's page; for those who are in, the way into the app."""
        handle = normal(request.match_info["handle"])
        if handle is None:
            return self._start(request, problem="join-code-wrong", status=404)
        database = self._parts.database
        invitation = await self._invitation(handle)
        if invitation is not None and invitation.arrived_at is not None:
            raise web.HTTPSeeOther(self._way_in(request, invitation.user_id))
        if invitation is not None and invitation.opened_at is None and request.method == "GET":
            await database.call(invitations.opened, database, invitation.person_id, self._parts.now())
        return self._words(request, handle)

    async def prove(self, request: web.Request) -> web.Response:
        """Compare the words. An unknown slip gets the answer of wrong words, after the same time."""
        parts, handle = self._parts, normal(request.match_info["handle"])
        if is_foreign(request, parts.origin):
            return self._refuse(request)
        if handle is None:
            return self._start(request, problem="join-code-wrong", status=404)
        typed = str((await read_form(request)).get("words", ""))[:_LONGEST_WORDS]
        if not typed.strip():
            return self._words(request, handle, problem="join-words-empty", status=422)
        address = parts.address(request)
        if wait := parts.attempts.begin(address, handle):
            return self._wait(request, handle, typed, wait)
        verdict = await self._compare(address, handle, typed)
        if verdict is None:
            parts.attempts.forgive(address, handle)
            return self._words(request, handle, typed=typed, problem="join-busy", status=503)
        return await self._answer(request, handle, typed, verdict)

    async def _answer(self, request: web.Request, handle: str, typed: str, verdict: Verdict) -> web.Response:
        attempts, address = self._parts.attempts, self._parts.address(request)
        if verdict.kind == "wait":
            attempts.forgive(address, handle)
            return self._wait(request, handle, typed, verdict.retry_after or 60.0)
        if verdict.kind == "expired":
            return self._words(request, handle, typed=typed, problem="join-words-expired", status=410)
        if verdict.kind == "right" and verdict.person_id is not None:
            attempts.succeeded(address, handle)
            session = await self._parts.sessions.begin(handle, verdict.person_id)
            if session is not None:
                response = web.HTTPSeeOther("/j/welcome")
                self._parts.sessions.give(response, session)
                raise response
        if verdict.kind in ("used", "right"):
            invitation = await self._invitation(handle)
            if invitation is not None and invitation.arrived_at is not None:
                return self._arrived(request, invitation.user_id, status=410)
        return self._wrong(request, handle, typed)

    async def _compare(self, address: str, handle: str, typed: str) -> Verdict | None:
        """The verdict, or None where too many are waiting for theirs: comparing is slow on purpose."""
        known = await self._invitation(handle) is not None
        async with self._parts.turns.turn(address if known else _UNKNOWN) as taken:
            if not taken:
                return None
            if not known and self._parts.attempts.impatient(address):
                await asyncio.sleep(self._pace)  # so many made-up codes get the time of a comparison, and no processor
                return _MadeUp()
            began = time.perf_counter()
            verdict = await self._parts.verify(handle, typed)
            if verdict.kind != "wait":
                self._pace = time.perf_counter() - began
            return verdict

    async def _invitation(self, handle: str) -> invitations.Invitation | None:
        return await self._parts.database.call(invitations.of_handle, self._parts.database, handle)

    def _way_in(self, request: web.Request, user_id: UserId) -> str:
        """A computer has no Element X: there the login of Element Web, if the school has one."""
        element = self._parts.join.element
        if element is not None and _COMPUTER.search(request.headers.get("User-Agent", "")):
            return login_link(element, user_id)
        return app_link(self._parts.config.homeserver.server_name, user_id)

    # ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _start(self, request: web.Request, *, typed: str = "", problem: str = "", status: int = 200) -> web.Response:
        language = self._parts.language(request)
        return self._parts.page(request, "start.html", language, status=status, typed=typed, problem=problem, switch="/j")

    def _words(
        self, request: web.Request, handle: str, *, typed: str = "", problem: str = "", minutes: int = 0, status: int = 200
    ) -> web.Response:
        values = {"handle": handle, "typed": typed, "problem": problem, "minutes": minutes, "switch": f"/j/{handle}"}
        return self._parts.page(request, "words.html", self._parts.language(request), status=status, **values)

    def _wrong(self, request: web.Request, handle: str, typed: str) -> web.Response:
        """The same for slips that do not exist. How many words were typed says nothing about the slip's."""
        counted = len(re.findall(r"[^\W\d_]+", typed))
        problem = "join-words-wrong" if counted == WORDS else "join-words-count"
        return self._words(request, handle, typed=typed, problem=problem, status=422)

    def _arrived(self, request: web.Request, user_id: UserId, *, status: int = 200) -> web.Response:
        """The ways into the app and the browser, for somebody who is in."""
        parts, element = self._parts, self._parts.join.element
        link = app_link(parts.config.homeserver.server_name, user_id)
        browser = None if element is None else login_link(element, user_id)
        return parts.page(request, "arrived.html", parts.language(request), status=status, link=link, browser=browser)

    def _wait(self, request: web.Request, handle: str, typed: str, seconds: float) -> web.Response:
        minutes = math.ceil(seconds / 60)
        response = self._words(request, handle, typed=typed, problem="join-words-wait", minutes=minutes, status=429)
        response.headers["Retry-After"] = str(math.ceil(seconds))
        return response

    def _refuse(self, request: web.Request) -> web.Response:
        return self._parts.page(request, "problem.html", self._parts.language(request), status=403, problem="join-foreign")


def normal(text: str) -> str | None:
    """A handle as it is stored, from what somebody typed; None where it cannot be one."""
    handle = text.strip().lower().translate(_SAME_LOOK)
    return handle if _HANDLE.fullmatch(handle) else None
