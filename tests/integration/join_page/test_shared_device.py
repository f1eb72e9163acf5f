"""The tablet in the school's corridor: what stays open on it, and for how long."""

from __future__ import annotations

from datetime import timedelta

from classroom_matrix.testing.fake_accounts import FakeAccounts

from ..join_stage import JoinOnStage
from .plain_browser import PASSWORD, Browser

AFTER = timedelta(minutes=5)


async def test_account_stands_open_for_five_minutes_and_no_longer(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser
) -> None:
    user = await join.person()
    await browser.prove()
    await browser.post("/j/welcome", **browser.form(), understood="yes", password=PASSWORD)
    assert "Max-Age=300" in browser.headers["Set-Cookie"]
    form = (await browser.get("/j/done")).form()
    join.clock.advance(AFTER - timedelta(seconds=1))
    assert (await browser.get("/j/password")).status == 200
    join.clock.advance(timedelta(seconds=1))
    for path in ("/j/done", "/j/password"):
        assert (await browser.get(path)).place == "/j/welcome"
    assert (await browser.post("/j/password", **form, password="next at the tablet")).status == 403
    assert (await browser.post("/j/browser", **form)).status == 403
    assert (accounts.passwords[user], accounts.tokens) == (PASSWORD, {})


async def test_choosing_a_password_again_opens_nothing_for_longer(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    form = (await browser.settle()).form()
    join.clock.advance(timedelta(minutes=4))
    assert (await browser.post("/j/password", **form, password="another one here")).place == "/j/done"
    join.clock.advance(timedelta(minutes=1))
    assert (await browser.post("/j/browser", **form)).status == 403
    await join.site._parts.sessions.sweep()
    assert join.site._parts.sessions._kept == {}


async def test_password_leaves_the_memory_with_its_session_and_soon_after_its_use(join: JoinOnStage, browser: Browser) -> None:
    await join.person(1)
    await join.person(2)
    sessions = join.site._parts.sessions
    await browser.settle(1)
    await browser.post("/j/browser", **browser.form())
    join.clock.advance(timedelta(minutes=1))
    await sessions.sweep()
    assert [kept.password for kept in sessions._kept.values()] == [None]
    async with Browser(join.address) as other:
        await other.settle(2)
        assert [kept.password for kept in sessions._kept.values()] == [None, PASSWORD]
    join.clock.advance(AFTER)
    await sessions.sweep()
    assert sessions._kept == {}


async def test_finished_on_this_device_leaves_nothing_behind(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser
) -> None:
    user = await join.person()
    form = (await browser.settle()).form()
    stolen = browser.token()
    await browser.post("/j/finish", **form)
    assert browser.status == 200
    assert "Это устройство вас забыло" in browser.text
    assert user not in browser.text
    assert await join.rows("SELECT * FROM join_session") == []
    assert join.site._parts.sessions._kept == {}
    assert all("Max-Age=0" in cookie for cookie in browser.headers.getall("Set-Cookie"))
    assert (await browser.get("/j/done")).place == "/j/welcome"
    again = await browser.get("/j/password", headers={"Cookie": f"classroom-join={stolen}"})
    assert again.place == "/j/welcome"
    assert (await browser.post("/j/finish", **form)).status == 200  # pressed twice
    assert accounts.passwords[user] == PASSWORD


async def test_nobody_else_can_finish_for_somebody(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    form = (await browser.settle()).form()
    assert (await browser.post("/j/finish", {"Origin": "https://evil.example"}, **form)).status == 403
    assert (await browser.post("/j/finish", **{**form, "form_token": "0" * 32})).status == 403
    assert (await browser.get("/j/done")).status == 200


async def test_form_of_another_tab_says_so_and_keeps_the_language(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser
) -> None:
    first, second = await join.person(1), await join.person(2, name="Пётр Орлов")
    await browser.prove(1)
    form = browser.form()
    await browser.prove(2)
    sent = {**form, "language": "en", "understood": "yes", "password": PASSWORD}
    await browser.post("/j/welcome", **sent)
    assert browser.status == 403
    assert "in another tab" in browser.text
    assert 'href="/j/welcome?language=en"' in browser.text
    assert (PASSWORD in browser.text, accounts.passwords[first], accounts.passwords[second]) == (False, None, None)
    assert "Hello, \u2068Пётр Орлов" in (await browser.get("/j/welcome?language=en")).text
    await browser.post("/j/welcome", **{**sent, **browser.form()})
    assert browser.place == "/j/done"
    for path in ("/j/password", "/j/browser", "/j/finish"):
        assert "in another tab" in (await browser.post(path, **sent)).text
    assert accounts.passwords[first] is None
