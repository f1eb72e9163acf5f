"""A join page with invented people before it, served on loopback to a client or a browser."""

from __future__ import annotations

import re
import socket
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from zoneinfo import ZoneInfo

from aiohttp import web

from classroom_matrix.config.model import BotConfig, ClassConfig, Config, ConnectionConfig, HomeserverConfig, JoinConfig
from classroom_matrix.domain.ids import ClassId, PersonId, UserId
from classroom_matrix.domain.time import NEVER_QUIET
from classroom_matrix.i18n import Catalogue
from classroom_matrix.matrix.accounts import Accounts
from classroom_matrix.storage import invitations, people
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.fake_accounts import FakeAccounts
from classroom_matrix.testing.fake_clock import FakeClock
from classroom_matrix.web.pages import Pages
from classroom_matrix.web.site import JoinSite

WORDS = "зима лодка чайник орех"


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


@dataclass(frozen=True)
class Answer:
    """What `JoinOnStage.verify` says."""

    kind: str
    person_id: PersonId | None = None
    retry_after: float | None = None


@dataclass
class JoinOnStage:
    """Use it with ``async with``.

    Args:
        accounts: FakeAccounts by default.
        url: what the page takes for its own address; by default where it is reached here.
        element: path of Element Web on the same origin, or a whole address, or None.
        more: fields of JoinConfig.
    """

    accounts: Accounts = field(default_factory=FakeAccounts)
    url: str | None = None
    element: str | None = "/element"
    more: Mapping[str, Any] = field(default_factory=dict)
    clock: FakeClock = field(default_factory=lambda: FakeClock(datetime(2026, 9, 1, 8, 0, tzinfo=UTC)))
    server_name: str = "school.localhost"
    woken: int = 0
    tries: int = 0

    async def __aenter__(self) -> Self:
        self.answer: Callable[[str, str], Awaitable[Answer]] = self.verify  # tests may replace it
        self.same_words: Callable[[str, str], bool] = lambda text, secret: _words(text) == _words(secret)
        self.database = Database(":memory:")
        listener = socket.create_server(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        self.address = address
        element = f"{self.url or address}{self.element}" if self.element and self.element.startswith("/") else self.element
        join = JoinConfig("127.0.0.1", 0, self.url or address, element=element)
        self.config = Config(
            HomeserverConfig("http://127.0.0.1:1", self.server_name),
            BotConfig(UserId(f"@classroom:{self.server_name}"), "Classroom"),
            ConnectionConfig("appservice"),
            Path("/nowhere"),
            (
                ClassConfig(
                    ClassId("3b"),
                    "3Б, 2026/27",
                    "ru",
                    ZoneInfo("Europe/Moscow"),
                    NEVER_QUIET,
                    contact="Ольга Петровна, каб. 12",
                ),
            ),
            join=replace(join, **self.more),
        )
        self.site = JoinSite(
            self.config,
            self.database,
            self.accounts,
            lambda handle, typed: self.answer(handle, typed),  # noqa: PLW0108 - it may be replaced later
            same_words=lambda text, secret: self.same_words(text, secret),  # noqa: PLW0108
            wake=self._wake,
            now=self.clock.seconds,
            pages=Pages(Catalogue.of_package("classroom_matrix.web", strict=True)),
        )
        self._runner = self.site.runner()
        await self._runner.setup()
        await web.SockSite(self._runner, listener).start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()
        self.database.close()

    def _wake(self) -> None:
        self.woken += 1

    async def verify(self, handle: str, typed: str) -> Answer:
        """The rules of slips in a few lines; the real ones have tests of their own."""
        self.tries += 1
        found = await self.database.call(invitations.of_handle, self.database, handle)
        if found is None:
            return Answer("unknown")
        if found.secret is None:
            return Answer("used", found.person_id)
        if found.secret != typed.strip():
            await self.database.call(invitations.failed, self.database, found.person_id, self.clock.seconds())
            return Answer("wrong", found.person_id)
        if found.expires_at is not None and found.expires_at <= self.clock.seconds():
            return Answer("expired", found.person_id)
        return Answer("right", found.person_id)

    async def person(
        self,
        number: int = 1,
        *,
        name: str = "Мария Иванова",
        role: str = "guardian",
        language: str | None = None,
        limited: bool = False,
        mark: str = "",
    ) -> UserId:
        """Somebody with an account and a slip whose code is ``slip000<number>``; `mark` goes into the account's name."""
        user_id = UserId(f"@u{mark}{number:06d}:{self.server_name}")
        await self.accounts.create(user_id, name, f"request-{number}")
        await self.database.call(self._insert, number, user_id, name, role, language, limited)
        return user_id

    def _insert(self, number: int, user_id: UserId, name: str, role: str, language: str | None, limited: bool) -> None:
        person_id, execute, now = PersonId(f"p{number}"), self.database.execute, self.clock.seconds()
        with self.database.transaction():
            execute("INSERT INTO person (id, name, language) VALUES (?, ?, ?)", (person_id, name, language))
            execute(
                "INSERT INTO member (class_id, person_id, role, limited) VALUES ('3b', ?, ?, ?)", (person_id, role, limited)
            )
            invitations.reserve(self.database, person_id, user_id)
            invitations.created(self.database, person_id, now)
            people.set_account(self.database, person_id, user_id)
        self.issue(number)

    def issue(self, number: int, *, again: str = "") -> None:
        """A slip; `again` is added to the code of a new one."""
        now = self.clock.seconds()
        with self.database.transaction():
            invitations.issue(
                self.database,
                PersonId(f"p{number}"),
                handle=f"slip{number:04d}{again}",
                secret=WORDS,
                now=now,
                expires_at=now + timedelta(days=14).total_seconds(),
            )

    async def invitation(self, number: int = 1) -> invitations.Invitation:
        found = await self.database.call(invitations.of_person, self.database, PersonId(f"p{number}"))
        assert found is not None
        return found

    async def rows(self, query: str) -> list[tuple[Any, ...]]:
        return await self.database.call(lambda: self.database.execute(query).fetchall())
