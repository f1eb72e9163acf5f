"""Somebody who has typed the right words, until they are in: half an hour, by a cookie, and five minutes for opening the app.

The database holds a hash of the cookie's value and the person. What must not be stored stays in the process's memory, and goes
with it: the new password, so that the browser can be logged in without typing it again. The hash of the slip's words goes from
the database once they are used; here it stays for as long as the password may be chosen again, so that they do not become it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from ..domain.ids import PersonId
from ..storage import invitations
from ..storage.database import Database

LASTS = 30 * 60
"""Seconds."""
AFTER_ARRIVAL = 5 * 60
"""Seconds that a session lasts once its person is in: the device may be another's, and the account stands open on it."""
AFTER_USE = 60.0
"""Seconds that the password is kept after it was used: a button that is pressed twice works twice."""


@dataclass(frozen=True, slots=True)
class Session:
    """`token`: the cookie's value; `person_id`: who has proven to be themselves."""

    token: str
    person_id: PersonId

    @property
    def form_token(self) -> str:
        """What a form has to send along; it says nothing about the cookie."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()[:32]

    @property
    def stored(self) -> str:
        """How the database knows the session. A plain hash does: the token has 256 random bits."""
        return hashlib.sha256(self.token.encode()).hexdigest()


@dataclass(slots=True)
class _Kept:
    """`until`: when the session ends; `secret`: hash of the slip's words; `usable`: until when the password is."""

    until: float
    secret: str
    password: str | None = None
    usable: float = 0.0


class Sessions:
    """Sessions of one join page.

    Args:
        now: the time, UTC seconds.
        secure: the page is reached by https, so that nobody but this origin may set or read the cookie.
    """

    def __init__(self, database: Database, now: Callable[[], float], *, secure: bool) -> None:
        self._database = database
        self._now = now
        self._secure = secure
        self._kept: dict[str, _Kept] = {}
        self.cookie = "__Host-classroom-join" if secure else "classroom-join"

    async def begin(self, handle: str, person_id: PersonId) -> Session | None:
        """Begin a session, or not where in this very moment a new slip is made, or somebody else comes in by this one."""
        session = Session(secrets.token_urlsafe(32), person_id)
        until = self._now() + LASTS
        secret = await self._database.call(_begin, self._database, handle, session, self._now(), until)
        if secret is None:
            return None
        self._kept[session.token] = _Kept(until, secret)
        return session

    async def find(self, request: web.Request) -> Session | None:
        """The session of the request's cookie."""
        token = request.cookies.get(self.cookie, "")
        if not token or len(token) > 100 or not token.isascii():
            return None
        nobody = Session(token, PersonId(""))
        person_id = await self._database.call(invitations.session, self._database, nobody.stored, self._now())
        return Session(token, person_id) if person_id else None

    def give(self, response: web.StreamResponse, session: Session, lasts: int = LASTS) -> None:
        """Lax, not Strict: a link in a mail opens the page where one was; what changes anything is a POST from here."""
        response.set_cookie(
            self.cookie, session.token, max_age=lasts, path="/", httponly=True, secure=self._secure, samesite="Lax"
        )

    async def end(self, session: Session) -> None:
        """Forget the session and what was kept for it."""
        self._kept.pop(session.token, None)
        await self._database.call(invitations.end_session, self._database, session.stored)

    def take(self, response: web.StreamResponse) -> None:
        """The browser forgets its cookie."""
        response.del_cookie(self.cookie, path="/", httponly=True, secure=self._secure, samesite="Lax")

    def secret(self, session: Session) -> str | None:
        """Hash of the words that the session was begun with; None after a restart of the service."""
        kept = self._alive(session)
        return None if kept is None else kept.secret

    def shorten(self, session: Session) -> None:
        """They are in: what is kept for them goes when the session does."""
        if (kept := self._alive(session)) is not None:
            kept.until = min(kept.until, self._now() + AFTER_ARRIVAL)

    def keep_password(self, session: Session, password: str) -> None:
        """Until the session ends; not where the service has started anew since it began."""
        if (kept := self._alive(session)) is not None:
            kept.password, kept.usable = password, kept.until

    def use_password(self, session: Session) -> str | None:
        """The password, for one use; None after a restart or later on."""
        kept = self._alive(session)
        if kept is None or kept.password is None or kept.usable <= self._now():
            return None
        kept.usable = min(kept.usable, self._now() + AFTER_USE)
        return kept.password

    async def sweep(self) -> None:
        """Forget what is over."""
        now = self._now()
        self._kept = {token: kept for token, kept in self._kept.items() if kept.until > now}
        for kept in self._kept.values():
            if kept.usable <= now:
                kept.password = None
        await self._database.call(invitations.forget_old_sessions, self._database, now)

    def _alive(self, session: Session) -> _Kept | None:
        kept = self._kept.get(session.token)
        return kept if kept is not None and kept.until > self._now() else None


def _begin(database: Database, handle: str, session: Session, now: float, until: float) -> str | None:
    with database.transaction():
        invitation = invitations.of_handle(database, handle)
        if invitation is None or invitation.person_id != session.person_id:
            return None
        if invitation.secret is None or invitation.arrived_at is not None:
            return None  # somebody else who holds the same slip was quicker: the account is theirs
        invitations.proven(database, session.person_id, now)
        invitations.begin_session(database, session.stored, session.person_id, until)
        return invitation.secret
