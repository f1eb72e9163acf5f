"""Two who hold the same slip, or an old one and a new one, in the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from classroom_matrix.errors import TemporaryError
from classroom_matrix.testing.fake_accounts import FakeAccounts

from ..join_stage import WORDS, JoinOnStage
from .plain_browser import PASSWORD, Browser


class Gate:
    """Stops the first call of a function until it is opened; `before`: stop ahead of it instead of behind it."""

    def __init__(self, function: Callable[..., Awaitable[Any]], *, before: bool = True) -> None:
        self._function = function
        self._before = before
        self._calls = 0
        self.reached = asyncio.Event()
        self.opened = asyncio.Event()

    async def __call__(self, *args: Any, **kwargs: Any) -> Any:
        self._calls += 1
        if self._calls > 1:
            return await self._function(*args, **kwargs)
        answer = None if self._before else await self._function(*args, **kwargs)
        self.reached.set()
        await self.opened.wait()
        return await self._function(*args, **kwargs) if self._before else answer


async def test_words_that_were_right_begin_nothing_after_another_has_arrived(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    sessions = join.site._parts.sessions
    await browser.prove()
    async with Browser(join.address) as thief:
        sessions.begin = gate = Gate(sessions.begin)  # type: ignore[method-assign, assignment]
        late = asyncio.create_task(thief.post("/j/slip0001", words=WORDS))
        await gate.reached.wait()
        await browser.post("/j/welcome", **browser.form(), understood="yes", password=PASSWORD)
        assert browser.place == "/j/done"
        gate.opened.set()
        await late
        assert (thief.status, "Set-Cookie" in thief.headers) == (410, False)
        assert (await thief.get("/j/password")).place == "/j/welcome"
    assert await join.rows("SELECT COUNT(*) FROM join_session") == [(1,)]


async def test_password_of_an_old_slip_does_not_outlive_it(join: JoinOnStage, accounts: FakeAccounts, browser: Browser) -> None:
    user = await join.person()
    await browser.prove()
    accounts.set_password = gate = Gate(accounts.set_password)  # type: ignore[method-assign, assignment]
    thief = asyncio.create_task(browser.post("/j/welcome", **browser.form(), understood="yes", password="the thief's own"))
    await gate.reached.wait()
    await join.database.call(lambda: join.issue(1, again="n"))
    gate.opened.set()
    assert (await thief).status == 403
    assert accounts.passwords[user] not in (None, "the thief's own")
    assert await join.rows("SELECT * FROM task") == []


async def test_password_that_was_set_without_an_answer_does_not_outlive_its_slip(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser
) -> None:
    user = await join.person()
    await browser.prove()
    real, calls = accounts.set_password, 0

    async def set_and_lose_the_answer(*args: Any, **kwargs: Any) -> None:
        nonlocal calls
        calls += 1
        await real(*args, **kwargs)
        if calls == 1:
            await join.database.call(lambda: join.issue(1, again="n"))
            raise TemporaryError("no answer")

    accounts.set_password = set_and_lose_the_answer  # type: ignore[method-assign]
    await browser.post("/j/welcome", **browser.form(), understood="yes", password="the thief's own")
    assert browser.status == 403
    assert accounts.passwords[user] not in (None, "the thief's own")


async def test_password_chosen_again_by_an_old_slip_does_not_outlive_it_and_never_replaces_a_new_one(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser
) -> None:
    user = await join.person()
    await browser.settle()
    await browser.get("/j/password")
    accounts.set_password = gate = Gate(accounts.set_password)  # type: ignore[method-assign, assignment]
    thief = asyncio.create_task(browser.post("/j/password", **browser.form(), password="the thief's own"))
    await gate.reached.wait()
    await join.database.call(lambda: join.issue(1, again="n"))
    async with Browser(join.address) as owner:
        await owner.post("/j/slip0001n", words=WORDS)
        await owner.get("/j/welcome")
        form = {**owner.form(), "understood": "yes", "password": "the owner's new one"}
        arriving = asyncio.create_task(owner.post("/j/welcome", **form))
        gate.opened.set()
        assert (await thief).status == 403
        assert accounts.passwords[user] != "the thief's own"
        assert (await arriving).place == "/j/done"
    assert accounts.passwords[user] == "the owner's new one"


async def test_failure_to_void_a_late_password_is_logged(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser, caplog: Any
) -> None:
    user = await join.person()
    await browser.prove()
    accounts.set_password = gate = Gate(accounts.set_password, before=False)  # type: ignore[method-assign, assignment]
    thief = asyncio.create_task(browser.post("/j/welcome", **browser.form(), understood="yes", password="the thief's own"))
    await gate.reached.wait()
    await join.database.call(lambda: join.issue(1, again="n"))
    accounts.failures["set_password"] = [TemporaryError("no answer")]
    gate.opened.set()
    assert (await thief).status == 403
    assert "a password that came too late stays until the new slip is used: TemporaryError" in caplog.messages
    assert user not in caplog.text
