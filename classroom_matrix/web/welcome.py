"""The pages of somebody who has proven who they are: language, notice and password, then the ways in."""

from __future__ import annotations

import asyncio
import logging
import secrets
from dataclasses import dataclass
from weakref import WeakValueDictionary

from aiohttp import web

from ..domain.ids import PersonId
from ..domain.people import Role
from ..errors import GatewayError, TemporaryError
from ..i18n import LANGUAGES
from . import newcomer, passwords
from .apps import APP_STORE, F_DROID, GOOGLE_PLAY, app_link, login_link, qr
from .newcomer import Newcomer
from .pages import isolated, preferred
from .parts import LANGUAGE_COOKIE, Parts
from .security import Form, allow_own_script, is_foreign, is_ours, read_form
from .sessions import AFTER_ARRIVAL, Session

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Guest:
    """Somebody with a session, and the language of their pages."""

    session: Session
    who: Newcomer
    language: str


class WelcomePages:
    """Handlers behind the words."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._settling: WeakValueDictionary[PersonId, asyncio.Lock] = WeakValueDictionary()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/j/welcome", self.welcome),
            web.post("/j/welcome", self.settle_in),
            web.get("/j/password", self.password),
            web.post("/j/password", self.change_password),
            web.get("/j/done", self.done),
            web.post("/j/browser", self.browser),
            web.post("/j/finish", self.finish),
        ]

    async def welcome(self, request: web.Request) -> web.Response:
        guest = await self._guest(request)
        if guest is None:
            raise web.HTTPSeeOther("/j")
        if guest.who.arrived:
            raise web.HTTPSeeOther("/j/done")
        return self._welcome(request, guest)

    async def settle_in(self, request: web.Request) -> web.Response:
        """Take the password; from here on the slip opens nothing, and the rooms are opened."""
        guest, form = await self._sent(request)
        if form is None or guest is None:
            return self._over(request) if guest is None else self._elsewhere(request, guest)
        # Two who hold the same slip at the same time: one of them gets in, and the password is theirs.
        async with self._settling.setdefault(guest.who.person_id, asyncio.Lock()):
            return await self._settle_in(request, await self._guest(request, guest.language), form)

    async def _settle_in(self, request: web.Request, guest: _Guest | None, form: Form) -> web.Response:
        if guest is None:
            return self._over(request)
        if guest.who.arrived:
            raise web.HTTPSeeOther("/j/done")
        understood, password = form.get("understood") == "yes", str(form.get("password", ""))
        problem = await self._objection(guest, password)
        if not understood or problem:
            missing = "" if understood else "join-notice-missing"
            return self._welcome(request, guest, understood=understood, problem=problem or "", missing=missing, status=422)
        parts, who = self._parts, guest.who
        if refused := await self._set_password(guest, password, log_out=True):
            if await self._is_replaced(who):  # where no answer came it may have been set all the same
                return self._over(request)
            return self._welcome(request, guest, understood=True, problem=refused, status=503)
        arguments = (parts.database, guest.session.stored, who.person_id, guest.language, parts.now())
        if not await parts.database.call(newcomer.arrive, *arguments):
            await self._void_password(who)
            return self._over(request)
        parts.sessions.shorten(guest.session)
        parts.sessions.keep_password(guest.session, password)
        parts.wake()
        done = web.HTTPSeeOther("/j/done")
        parts.sessions.give(done, guest.session, AFTER_ARRIVAL)
        raise done

    async def password(self, request: web.Request) -> web.Response:
        """For whom the app refuses the password that they believe they typed."""
        guest = await self._guest(request)
        if guest is None or not guest.who.arrived:
            raise web.HTTPSeeOther("/j/welcome")
        return self._again(request, guest)

    async def change_password(self, request: web.Request) -> web.Response:
        guest, form = await self._sent(request)
        if form is None or guest is None:
            return self._over(request) if guest is None else self._elsewhere(request, guest)
        # Whoever comes in by a new slip meanwhile comes after this.
        async with self._settling.setdefault(guest.who.person_id, asyncio.Lock()):
            return await self._change_password(request, await self._guest(request, guest.language), form)

    async def _change_password(self, request: web.Request, guest: _Guest | None, form: Form) -> web.Response:
        if guest is None or not guest.who.arrived:
            return self._over(request)
        password = str(form.get("password", ""))
        if problem := await self._objection(guest, password):
            return self._again(request, guest, problem=problem, status=422)
        refused = await self._set_password(guest, password, log_out=False)
        if await self._is_replaced(guest.who):
            return self._over(request)
        if refused:
            return self._again(request, guest, problem=refused, status=503)
        self._parts.sessions.keep_password(guest.session, password)
        raise web.HTTPSeeOther("/j/done")

    async def done(self, request: web.Request) -> web.Response:
        guest = await self._guest(request)
        if guest is None or not guest.who.arrived:
            raise web.HTTPSeeOther("/j/welcome")
        parts, who = self._parts, guest.who
        link = app_link(parts.config.homeserver.server_name, who.user_id)
        element = parts.join.element
        return parts.page(
            request,
            "done.html",
            guest.language,
            switch="/j/done",
            who=who,
            link=link,
            picture=qr(link),
            stores={"App Store": APP_STORE, "Google Play": GOOGLE_PLAY, "F-Droid": F_DROID},
            browser=None if element is None else login_link(element, who.user_id),
            hands_over=parts.hands_over,
            homeserver=parts.homeserver,
            form_token=guest.session.form_token,
        )

    async def browser(self, request: web.Request) -> web.StreamResponse:
        """Log the browser in to Element Web, or open its login with the account filled in where that cannot be."""
        guest, form = await self._sent(request)
        if form is None or guest is None:
            return self._over(request) if guest is None else self._elsewhere(request, guest)
        if not guest.who.arrived:
            return self._over(request)
        element = self._parts.join.element
        if element is None:
            raise web.HTTPSeeOther("/j/done")
        otherwise = login_link(element, guest.who.user_id)
        password = self._parts.sessions.use_password(guest.session)
        if password is None or not self._parts.hands_over:
            raise web.HTTPSeeOther(otherwise)
        try:
            token = await self._parts.accounts.login_token(guest.who.user_id, password)
        except GatewayError:
            raise web.HTTPSeeOther(otherwise) from None
        response = self._parts.page(
            request,
            "element.html",
            guest.language,
            element=element,
            token=token,
            homeserver=self._parts.homeserver,
            otherwise=otherwise,
        )
        allow_own_script(response)
        return response

    async def finish(self, request: web.Request) -> web.Response:
        """Forget them, on a device that is not theirs alone. Whose session is over already gets the same page."""
        parts = self._parts
        if is_foreign(request, parts.origin):
            return self._over(request)
        guest, form = await self._sent(request)
        if guest is not None and form is None:
            return self._elsewhere(request, guest)
        if guest is not None:
            await parts.sessions.end(guest.session)
        language = parts.language(request) if guest is None else guest.language
        response = parts.page(request, "finished.html", language, element=parts.join.element is not None)
        parts.sessions.take(response)
        response.del_cookie(LANGUAGE_COOKIE, path="/j")
        return response

    # ── Who it is, and what they sent ───────────────────────────────────────────────────────────────────────────────

    async def _guest(self, request: web.Request, said: str | None = None) -> _Guest | None:
        session = await self._parts.sessions.find(request)
        if session is None:
            return None
        database = self._parts.database
        who = await database.call(newcomer.load, database, session.person_id)
        if who is None:
            return None
        school = self._parts.config.classes[0].language
        known = who.language or preferred(request.headers.get("Accept-Language", ""), school)
        return _Guest(session, who, said or self._parts.chosen(request) or known)

    async def _sent(self, request: web.Request) -> tuple[_Guest | None, Form | None]:
        """The guest and their form; no form where it was not made for them."""
        if is_foreign(request, self._parts.origin):
            return None, None
        form = await read_form(request)
        said = form.get("language")
        guest = await self._guest(request, said if isinstance(said, str) and said in LANGUAGES else None)
        return guest, form if guest is not None and is_ours(guest.session, form.get("form_token")) else None

    async def _objection(self, guest: _Guest, password: str) -> str | None:
        """The name of the text that says why this is no good password, or None."""
        parts, who = self._parts, guest.who
        names = await parts.database.call(newcomer.names, parts.database, who)
        if problem := passwords.problem(password, who.user_id, names):
            return problem
        # The database's hash is there after a restart too, the session's once the words are used.
        secret = who.secret or parts.sessions.secret(guest.session)
        if secret is not None and await asyncio.to_thread(parts.same_words, password, secret):
            return "join-password-slip"
        return None

    async def _set_password(self, guest: _Guest, password: str, *, log_out: bool) -> str | None:
        """The name of the text that says why it cannot be set, or None."""
        try:
            await self._parts.accounts.set_password(guest.who.user_id, password, log_out=log_out)
        except TemporaryError:
            return "join-later"
        except GatewayError:
            return "join-refused"
        return None

    async def _is_replaced(self, who: Newcomer) -> bool:
        """Whether a new slip was made while a password was being set; then that password is made void."""
        database = self._parts.database
        if await database.call(newcomer.holds_slip, database, who):
            return False
        await self._void_password(who)
        return True

    async def _void_password(self, who: Newcomer) -> None:
        """What an old slip's holder has set is good for nothing; the new slip's holder sets their own, and waits for this."""
        try:
            await self._parts.accounts.set_password(who.user_id, secrets.token_urlsafe(32), log_out=True)
        except GatewayError as error:
            log.error("a password that came too late stays until the new slip is used: %s", type(error).__name__)  # noqa: TRY400

    # ── Pages ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def _welcome(
        self,
        request: web.Request,
        guest: _Guest,
        *,
        understood: bool = False,
        problem: str = "",
        missing: str = "",
        status: int = 200,
    ) -> web.Response:
        parts, who = self._parts, guest.who
        # The contact of a class is its teacher as a rule, who cannot ask herself.
        contacts = [
            contact for class_id, role in who.roles.items() if not role.is_staff and (contact := parts.contact(class_id))
        ]
        return parts.page(
            request,
            "welcome.html",
            guest.language,
            status=status,
            switch="/j/welcome",
            who=who,
            name=isolated(who.name),
            classes=[name for name in map(parts.class_name, who.roles) if name],
            contacts=list(dict.fromkeys(contacts)),
            is_staff=all(role.is_staff for role in who.roles.values()),
            has_desk=Role.GUARDIAN in who.roles.values(),
            understood=understood,
            problem=problem,
            missing=missing,
            shortest=passwords.SHORTEST,
            form_token=guest.session.form_token,
        )

    def _again(self, request: web.Request, guest: _Guest, *, problem: str = "", status: int = 200) -> web.Response:
        values = {"problem": problem, "shortest": passwords.SHORTEST, "form_token": guest.session.form_token, "who": guest.who}
        return self._parts.page(request, "password.html", guest.language, status=status, switch="/j/password", **values)

    def _elsewhere(self, request: web.Request, guest: _Guest) -> web.Response:
        """The form was made before somebody typed words anew on this device: in another tab.

        That may have been another person, so what was ticked and typed here is not taken for theirs; the language is.
        """
        values = {"problem": "join-other-tab", "further": f"/j/welcome?language={guest.language}"}
        return self._parts.page(request, "problem.html", guest.language, status=403, **values)

    def _over(self, request: web.Request) -> web.Response:
        language = self._parts.language(request)
        values = {"typed": "", "problem": "join-session-over", "switch": "/j"}
        return self._parts.page(request, "start.html", language, status=403, **values)
