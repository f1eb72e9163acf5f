"""What the join page is made of, for its handlers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol

from aiohttp import web

from ..config import Config
from ..config.model import JoinConfig
from ..domain.ids import ClassId, PersonId
from ..i18n import LANGUAGES
from ..matrix.accounts import Accounts
from ..storage.database import Database
from .address import Proxies
from .apps import origin
from .limits import Attempts
from .pages import Pages, preferred
from .sessions import LASTS, Sessions
from .turns import Turns

LANGUAGE_COOKIE = "classroom-language"


class Verdict(Protocol):
    """What became of the words that somebody typed.

    ``kind``: "right" (then `person_id` is whose slip it is), "wrong", "wait" (too many wrong ones; `retry_after` seconds),
    "expired", "used", or "unknown" (there is no such slip; looks like "wrong" from outside).
    """

    @property
    def kind(self) -> str: ...
    @property
    def person_id(self) -> PersonId | None: ...
    @property
    def retry_after(self) -> float | None: ...


Verify = Callable[[str, str], Awaitable[Verdict]]
"""Takes a slip's handle and the words typed. Takes equally long whether there is such a slip or not."""

SameWords = Callable[[str, str], bool]
"""Whether a text is a slip's words in any form in which they would be accepted; takes the text and the words' stored hash.
Takes long: called in a thread.
"""


@dataclass(frozen=True, slots=True)
class Parts:
    """`wake`: there is a new task; `now`: UTC seconds; `turns`: whose words are compared."""

    config: Config
    join: JoinConfig
    database: Database
    accounts: Accounts
    verify: Verify
    same_words: SameWords
    wake: Callable[[], None]
    now: Callable[[], float]
    pages: Pages
    sessions: Sessions
    attempts: Attempts
    proxies: Proxies
    turns: Turns = field(default_factory=Turns)

    @property
    def origin(self) -> str:
        return origin(self.join.url)

    @property
    def homeserver(self) -> str:
        """Where browsers reach it."""
        return self.join.homeserver or f"https://{self.config.homeserver.server_name}"

    @property
    def hands_over(self) -> bool:
        """Whether we may log people in to Element Web: it has to be of our own origin, where we can leave a note for it."""
        return self.join.element is not None and origin(self.join.element) == self.origin

    def address(self, request: web.Request) -> str:
        return self.proxies.client(request.remote, request.headers.getall("X-Forwarded-For", []))

    def chosen(self, request: web.Request) -> str | None:
        """The language that somebody has chosen here, just now or on an earlier page."""
        said = (request.query.get("language"), request.cookies.get(LANGUAGE_COOKIE))
        return next((language for language in said if language in LANGUAGES), None)

    def language(self, request: web.Request) -> str:
        """The language of a page for somebody whom we do not know yet."""
        school = self.config.classes[0].language
        return self.chosen(request) or preferred(request.headers.get("Accept-Language", ""), school)

    def page(self, request: web.Request, template: str, language: str, *, status: int = 200, **values: object) -> web.Response:
        """An answer, see `Pages.page`; a language that was just chosen is remembered for the pages that follow."""
        response = self.pages.page(template, language, status=status, **values)
        if request.query.get("language") in LANGUAGES:
            response.set_cookie(
                LANGUAGE_COOKIE,
                request.query["language"],
                max_age=LASTS,
                path="/j",
                secure=self.origin.startswith("https:"),
                httponly=True,
                samesite="Lax",
            )
        return response

    def class_name(self, class_id: ClassId) -> str | None:
        return next((klass.name for klass in self.config.classes if klass.id == class_id), None)

    def contact(self, class_id: ClassId) -> str | None:
        return next((klass.contact for klass in self.config.classes if klass.id == class_id), None)
