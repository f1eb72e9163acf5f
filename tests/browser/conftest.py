"""Debian's Chromium and a join page with the real accounts process behind it."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from classroom_matrix.domain.ids import PersonId, UserId
from classroom_matrix.roster.invitations import Verdict, draw_slip, issue, verify
from classroom_matrix.roster.slips.secret import matches
from classroom_matrix.roster.slips.words import canonical
from classroom_matrix.testing.accounts_process import AccountsProcess
from classroom_matrix.testing.homeserver import EmbeddedHomeserver
from tests.integration.join_stage import JoinOnStage

_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@dataclass
class RealJoin:
    """A join page whose people, words and passwords are real ones."""

    stage: JoinOnStage
    homeserver: EmbeddedHomeserver
    people: int = 0
    mark: str = field(default_factory=lambda: secrets.token_hex(4))  # the homeserver is shared

    async def slip(self, name: str = "Мария Иванова", language: str = "ru") -> tuple[UserId, str, str]:
        """Somebody new: their account, the address on their slip and its words."""
        self.people += 1
        user = await self.stage.person(self.people, name=name, mark=self.mark)
        slip = draw_slip(PersonId(f"p{self.people}"), language)
        now = self.stage.clock.seconds()
        database = self.stage.database
        await database.call(issue, database, [slip], now, now + timedelta(days=14).total_seconds())
        return user, f"{self.stage.address}/j/{slip.handle}", " ".join(slip.words)


@pytest.fixture
async def join(homeserver: EmbeddedHomeserver, tmp_path: Path) -> AsyncIterator[RealJoin]:
    bot = UserId(f"@classroom:{homeserver.server_name}")
    async with (
        AccountsProcess(tmp_path, homeserver, bot, child=False) as accounts,
        JoinOnStage(accounts.client, more={"homeserver": homeserver.url}) as stage,
    ):

        async def answer(handle: str, typed: str) -> Verdict:
            return await verify(stage.database, handle, typed, stage.clock.seconds())

        stage.answer = answer
        stage.same_words = lambda text, secret: matches(canonical(text), secret)
        yield RealJoin(stage, homeserver)


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Skips without Chromium, unless the environment says that it has to be there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "needs Chromium; on Debian: apt-get install chromium"
        if os.environ.get("BROWSER_TESTS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, headless=True, args=list(_FLAGS))
        yield browser
        await browser.close()


@dataclass
class Visitor:
    """A page in a browser of its own, and what went wrong in it."""

    page: Page
    name: str
    troubles: list[str] = field(default_factory=list)

    async def picture(self, name: str) -> Path | None:
        """A screenshot of the whole page, where the environment names a folder for them."""
        if "SCREENSHOTS" not in os.environ:
            return None
        path = Path(os.environ["SCREENSHOTS"]) / f"{self.name}-{name}.png"
        await self.page.screenshot(path=path, full_page=True)
        return path


NewVisitor = Callable[..., Awaitable[Visitor]]


@pytest.fixture
async def new_visitor(chromium: Browser, request: pytest.FixtureRequest) -> AsyncIterator[NewVisitor]:
    """Opens a browser as somebody has it: ``await new_visitor(width=320, height=568, locale="ru-RU", scripts=False)``."""
    async with AsyncExitStack() as stack:

        async def make(
            *,
            width: int = 1280,
            height: int = 800,
            locale: str = "ru-RU",
            scripts: bool = False,
            dark: bool = False,
            touch: bool = False,
        ) -> Visitor:
            context: BrowserContext = await chromium.new_context(
                viewport={"width": width, "height": height},
                locale=locale,
                java_script_enabled=scripts,
                color_scheme="dark" if dark else "light",
                has_touch=touch,
                is_mobile=touch,
            )
            stack.push_async_callback(context.close)
            page = await context.new_page()
            page.set_default_timeout(10_000)
            visitor = Visitor(page, re.sub(r"\W+", "-", request.node.name).strip("-"))

            def note(message: Any) -> None:
                if message.type in ("error", "warning") and "Failed to load resource" not in message.text:
                    visitor.troubles.append(message.text)

            page.on("console", note)
            page.on("pageerror", lambda error: visitor.troubles.append(str(error)))
            page.on("requestfailed", lambda failed: visitor.troubles.append(f"{failed.url}: {failed.failure}"))
            return visitor

        yield make
