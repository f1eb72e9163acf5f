"""Element Web opened with a login, or with the account filled in."""

from __future__ import annotations

from datetime import timedelta

from classroom_matrix.errors import TemporaryError
from classroom_matrix.testing.fake_accounts import FakeAccounts

from ..join_stage import JoinOnStage
from .plain_browser import Browser


async def test_browser_is_handed_a_token_on_a_page_with_our_script(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser
) -> None:
    user = await join.person()
    await browser.settle()
    form = browser.form()
    await browser.post("/j/browser", **form)
    (token,) = accounts.tokens
    assert (browser.status, accounts.tokens[token]) == (200, user)
    assert f'data-token="{token}"' in browser.text
    assert 'data-homeserver="https://school.localhost"' in browser.text
    assert f'data-element="{join.address}/element"' in browser.text
    assert "script-src 'self'" in browser.headers["Content-Security-Policy"]
    await browser.post("/j/browser", **form)
    assert (browser.status, len(accounts.tokens)) == (200, 2)  # pressed twice
    join.clock.advance(timedelta(minutes=2))
    await browser.post("/j/browser", **form)
    assert browser.place == f"{join.address}/element/#/login?defaultUsername={user}"
    assert len(accounts.tokens) == 2


async def test_browser_button_falls_back_to_the_login(join: JoinOnStage, accounts: FakeAccounts, browser: Browser) -> None:
    user = await join.person()
    await browser.settle()
    form = browser.form()
    accounts.failures["login_token"] = [TemporaryError("no answer")]
    login = f"{join.address}/element/#/login?defaultUsername={user}"
    assert (await browser.post("/j/browser", **form)).place == login
    join.site._parts.sessions._kept.clear()  # a restart of the service
    assert (await browser.post("/j/browser", **form)).place == login


async def test_element_of_another_origin_is_a_link(accounts: FakeAccounts) -> None:
    async with JoinOnStage(accounts, element="https://app.school.example") as join, Browser(join.address) as browser:
        user = await join.person()
        await browser.settle()
        assert f'href="https://app.school.example/#/login?defaultUsername={user}"' in browser.text
        assert "/j/browser" not in browser.text


async def test_school_without_element_web_offers_the_app_only(accounts: FakeAccounts) -> None:
    async with JoinOnStage(accounts, element=None) as join, Browser(join.address) as browser:
        user = await join.person()
        await browser.settle()
        assert "mobile.element.io" in browser.text
        assert "в браузере" not in browser.text
        assert "можно и там, и там" not in browser.text
        for part in ("На компьютере", "https://school.localhost", user):
            assert part in browser.text
        assert (await browser.post("/j/browser", form_token="x")).status == 403
