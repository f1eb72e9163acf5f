"""The first two pages: which slip, and its words."""

from __future__ import annotations

import math
import re

from aiohttp import web

from ..domain.ids import UserId
from ..storage import invitations
from .apps import app_link, login_link
from .parts import Parts, Verdict
from .security import is_foreign, read_form

_HANDLE = re.compile(r"[0-9a-z]{3,32}")
_SAME_LOOK = str.maketrans("вскмнртх", "bckmhptx", " -")
"""What a Russian keyboard has in place of Latin letters that look the same, and what people put between groups."""
_LONGEST_WORDS = 200  # characters
_COMPUTER = re.compile(r"Windows NT|Macintosh|CrOS|X11; (?!.*Android)")
MOST_WAITING = 200
"""Tries that may wait for the processor; more are asked to come again."""


class SlipPages:
    """Handlers up to the moment in which somebody has proven who they are."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._waiting = 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/j", self.start),
            web.get("/j/", self.start),
            web.post("/j", self.choose),
            web.get("/j/{handle}", self.open),
            web.post("/j/{handle}", self.prove),
        ]

    async def start(self, request: web.Request) -> web.Response:
        return self._start(request)

    async def choose(self, request: web.Request) -> web.Response:
        """Go on to the slip whose code was typed, or whose whole address was."""
        if is_foreign(request, self._parts.origin):
            return self._refuse(request)
        typed = str((await read_form(request)).get("handle", "")).strip()[:200]
        handle = normal(typed.rstrip("/").rpartition("/")[2])
        if handle is None:
            return self._start(request, typed=typed, problem="join-code-wrong", status=422)
        raise web.HTTPSeeOther(f"/j/{handle}")

    async def open(self, request: web.Request) -> web.Response:
        """The slip's page; for those who are in, the way into the app."""
        handle = normal(request.match_info["handle"])
        if handle is None:
            return self._start(request, problem="join-code-wrong", status=404)
        database = self._parts.database
        invitation = await database.call(invitations.of_handle, database, handle)
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
        verdict = await self._compare(handle, typed)
        if verdict is None:
            parts.attempts.forgive(address, handle)
            return self._words(request, handle, typed=typed, problem="join-busy", status=503)
        return await self._answer(request, handle, typed, verdict)

    async def _answer(self, request: web.Request, handle: str, typed: str, verdict: Verdict) -> web.Response:
        attempts, address = self._parts.attempts, self._parts.address(request)
        if verdict.kind == "wait":
            attempts.forgive(address, handle)
            return self._wait(request, handle, typed, verdict.retry_after or 60.0)
        if verdict.kind in ("expired", "used"):
            return self._words(request, handle, typed=typed, problem=f"join-words-{verdict.kind}", status=410)
        if verdict.kind == "right" and verdict.person_id is not None:
            attempts.succeeded(address, handle)
            session = await self._parts.sessions.begin(handle, verdict.person_id, typed)
            if session is not None:
                response = web.HTTPSeeOther("/j/welcome")
                self._parts.sessions.give(response, session)
                raise response
        return self._words(request, handle, typed=typed, problem="join-words-wrong", status=422)

    async def _compare(self, handle: str, typed: str) -> Verdict | None:
        """The verdict, or None where too many are waiting for theirs: comparing is slow on purpose."""
        if self._waiting >= MOST_WAITING:
            return None
        self._waiting += 1
        try:
            async with self._parts.busy:
                return await self._parts.verify(handle, typed)
        finally:
            self._waiting -= 1

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
