"""The join page over HTTP: what a browser gets, what is stored, and what nobody gets."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any, Self

import aiohttp
import pytest

from classroom_matrix.errors import ConfigError, PermanentError, TemporaryError
from classroom_matrix.storage import invitations
from classroom_matrix.testing.fake_accounts import FakeAccounts
from classroom_matrix.web import limits, slip

from .join_stage import WORDS, Answer, JoinOnStage

PASSWORD = "сосна вторник кит"
DESKTOP = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36"}
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36"}


class Browser:
    """Goes through the pages as a browser without scripts does: keeps cookies, sends what is in the form."""

    def __init__(self, address: str, **headers: str) -> None:
        self.address = address
        self._session = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers=headers)
        self.status = 0
        self.place = self.text = ""
        self.headers: Any = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def ask(self, method: str, path: str, **more: Any) -> Browser:
        """One request; `place` is where it was redirected to, if it was."""
        async with self._session.request(method, self.address + path, allow_redirects=False, **more) as response:
            self.status, self.headers, self.text = response.status, response.headers, await response.text()
            self.place = response.headers.get("Location", "")
        return self

    async def get(self, path: str, **more: Any) -> Browser:
        return await self.ask("GET", path, **more)

    async def post(self, path: str, headers: dict[str, str] | None = None, /, **fields: str) -> Browser:
        return await self.ask("POST", path, data=fields, headers=headers)

    def form(self) -> dict[str, str]:
        """Hidden fields of the page."""
        return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', self.text))

    def token(self) -> str:
        return next(cookie.value for cookie in self._session.cookie_jar if cookie.key.endswith("classroom-join"))

    async def prove(self, number: int = 1) -> Browser:
        await self.post(f"/j/slip{number:04d}", words=WORDS)
        assert (self.status, self.place) == (303, "/j/welcome")
        return await self.get("/j/welcome")

    async def settle(self, number: int = 1, password: str = PASSWORD) -> Browser:
        await self.prove(number)
        await self.post("/j/welcome", **self.form(), understood="yes", password=password)
        assert (self.status, self.place) == (303, "/j/done")
        return await self.get("/j/done")


@pytest.fixture
def accounts() -> FakeAccounts:
    return FakeAccounts()


@pytest.fixture
async def join(accounts: FakeAccounts) -> AsyncIterator[JoinOnStage]:
    async with JoinOnStage(accounts) as stage:
        yield stage


@pytest.fixture
async def browser(join: JoinOnStage) -> AsyncIterator[Browser]:
    async with Browser(join.address) as opened:
        yield opened


# ── The way in ──────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_whole_way_sets_the_password_and_opens_the_rooms(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser
) -> None:
    user = await join.person()
    accounts.accounts[user].sessions = 1  # a lost phone
    await browser.get("/j")
    await browser.post("/j", handle=f"  {join.address}/j/SLIP0001/ ")
    assert (browser.status, browser.place) == (303, "/j/slip0001")
    await browser.get(browser.place)
    assert (await join.invitation()).stage(join.clock.seconds()) == invitations.Stage.OPENED
    await browser.prove()
    assert (await join.invitation()).stage(join.clock.seconds()) == invitations.Stage.PROVEN
    await browser.get("/j/welcome?language=en")
    assert "Good to know" in browser.text
    await browser.post("/j/welcome", **browser.form(), understood="yes", password=PASSWORD)
    assert (browser.status, browser.place) == (303, "/j/done")

    invitation = await join.invitation()
    assert (invitation.stage(join.clock.seconds()), invitation.secret) == (invitations.Stage.ARRIVED, None)
    assert (accounts.passwords[user], accounts.accounts[user].sessions) == (PASSWORD, 0)
    assert await join.rows("SELECT language FROM person") == [("en",)]
    assert await join.rows("SELECT key, name, arguments, due FROM task") == [
        (f"admit|p1|{invitation.issued_at}", "admit", '["p1"]', join.clock.seconds())
    ]
    assert join.woken == 1
    assert "You are in" in (await browser.get("/j/done")).text


@pytest.mark.parametrize(
    "typed", ["slip0001", " SLIP-0001 ", "slip 0001", "SLIР0001", "school.example/j/slip0001", "https://x/j/slip0001/"]
)
async def test_code_is_understood_as_people_type_it(join: JoinOnStage, browser: Browser, typed: str) -> None:
    await browser.post("/j", handle=typed)
    assert browser.place == "/j/slip0001"


async def test_address_of_the_slip_leads_into_the_app_afterwards(join: JoinOnStage, browser: Browser) -> None:
    user = await join.person()
    await browser.settle()
    app = f"https://mobile.element.io/element/?account_provider=school.localhost&login_hint=mxid:{user}"
    assert (await browser.get("/j/slip0001", headers=PHONE)).place == app
    login = f"{join.address}/element/#/login?defaultUsername={user}"
    assert (await browser.get("/j/slip0001", headers=DESKTOP)).place == login


async def test_new_slip_begins_anew_and_ends_what_the_old_one_began(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    await browser.settle()
    await join.database.call(lambda: join.issue(1, again="n"))
    assert (await browser.get("/j/done")).place == "/j/welcome"
    assert (await browser.get("/j/welcome")).place == "/j"
    assert "slip0001n" in (await browser.get("/j/slip0001n")).text
    await browser.post("/j/slip0001n", words=WORDS)
    await browser.get("/j/welcome")
    await browser.post("/j/welcome", **browser.form(), understood="yes", password=PASSWORD)
    assert browser.place == "/j/done"
    assert join.woken == 2


async def test_slip_that_is_replaced_while_its_words_are_compared_opens_nothing(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    original = join.answer

    async def slow(handle: str, typed: str) -> Answer:
        verdict = await original(handle, typed)
        await join.database.call(lambda: join.issue(1, again="n"))
        return verdict

    join.answer = slow
    assert (await browser.post("/j/slip0001", words=WORDS)).status == 422
    assert await join.rows("SELECT * FROM join_session") == []


async def test_back_button_and_second_press_change_nothing(join: JoinOnStage, accounts: FakeAccounts, browser: Browser) -> None:
    user = await join.person()
    await browser.prove()
    form = {**browser.form(), "understood": "yes", "password": PASSWORD}
    async with aiohttp.ClientSession(cookies={"classroom-join": browser.token()}) as other:

        async def press() -> int:
            async with other.post(f"{join.address}/j/welcome", data=form, allow_redirects=False) as response:
                return response.status

        assert await asyncio.gather(*(press() for _ in range(5))) == [303] * 5
    await browser.post("/j/welcome", **{**form, "password": "another one here"})
    assert browser.place == "/j/done"
    assert accounts.passwords[user] == PASSWORD
    assert await join.rows("SELECT COUNT(*) FROM task") == [(1,)]
    assert (await browser.get("/j/welcome")).place == "/j/done"


async def test_two_with_the_same_slip_are_not_both_let_in(join: JoinOnStage, accounts: FakeAccounts) -> None:
    """A child has photographed the slip and typed the words before the mother chose her password."""
    user = await join.person()
    async with Browser(join.address) as mother, Browser(join.address) as child:
        for one in (mother, child):
            await one.prove()
        await asyncio.gather(
            mother.post("/j/welcome", **mother.form(), understood="yes", password="the mother's password"),
            child.post("/j/welcome", **child.form(), understood="yes", password="the child's password"),
        )
        assert sorted((mother.status, child.status)) == [303, 403]
        inside, outside = (mother, child) if mother.status == 303 else (child, mother)
        assert accounts.passwords[user] == ("the mother's password" if inside is mother else "the child's password")
        assert (await inside.get("/j/done")).status == 200
        assert (await outside.get("/j/password")).place == "/j/welcome"
        assert (await outside.get("/j/welcome")).place == "/j"


async def test_class_comes_in_through_one_address_a_third_mistyping_twice(join: JoinOnStage) -> None:
    for number in range(1, 50):
        await join.person(number)
    proxied = {"X-Forwarded-For": "203.0.113.9"}

    async def parent(number: int) -> int:
        async with Browser(join.address, **proxied) as own:
            for _ in range(2 if number % 3 == 0 else 0):
                await own.post(f"/j/slip{number:04d}", words="зима лотка")
                assert own.status == 422
            await own.settle(number)
            return own.status

    assert await asyncio.gather(*map(parent, range(1, 50))) == [200] * 49
    assert await join.rows("SELECT COUNT(*) FROM task") == [(49,)]


async def test_guesser_is_slowed_and_parents_beside_them_are_not(join: JoinOnStage, browser: Browser) -> None:
    for number in range(1, 52):
        await join.person(number)
    statuses = [(await browser.post(f"/j/slip{number % 50 + 1:04d}", words="guess")).status for number in range(300)]
    assert statuses.count(422) == limits.PER_ADDRESS  # two for each of fifty slips
    assert statuses.count(429) == 200
    assert (join.tries, browser.headers["Retry-After"]) == (limits.PER_ADDRESS, str(int(limits.FIRST_PAUSE)))
    await browser.settle(51)


async def test_slips_own_limit_is_passed_on(join: JoinOnStage, browser: Browser) -> None:
    await join.person()

    async def verify(_handle: str, _typed: str) -> Answer:
        return Answer("wait", retry_after=125.0)

    join.answer = verify
    await browser.post("/j/slip0001", words=WORDS)
    assert (browser.status, browser.headers["Retry-After"]) == (429, "125")
    assert "через 3 минуты" in browser.text


async def test_flood_is_asked_to_come_again(join: JoinOnStage, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slip, "MOST_WAITING", 0)
    await join.person()
    assert (await browser.post("/j/slip0001", words=WORDS)).status == 503


# ── What does not open ──────────────────────────────────────────────────────────────────────────────────────────────


async def test_unknown_code_looks_like_wrong_words(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    seen = []
    for handle in ("slip0001", "slip9999"):
        opened = await browser.get(f"/j/{handle}")
        seen.append((opened.status, opened.text.replace(handle, "")))
        typed = await browser.post(f"/j/{handle}", words="зима <b>лотка</b>")
        seen.append((typed.status, typed.text.replace(handle, ""), typed.headers["Content-Length"]))
    assert seen[:2] == seen[2:]
    assert "зима &lt;b&gt;лотка&lt;/b&gt;" in browser.text  # what was typed stays, and is text


async def test_expired_slip_and_empty_words_get_their_sentence(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    assert "напечатаны на листке" in (await browser.post("/j/slip0001", words=" ")).text
    join.clock.advance(timedelta(days=15))
    assert "истёк" in (await browser.post("/j/slip0001", words=WORDS)).text


@pytest.mark.parametrize("path", ["/j/welcome", "/j/done", "/j/password"])
async def test_without_a_session_one_sees_the_start(join: JoinOnStage, browser: Browser, path: str) -> None:
    while browser.place or not browser.status:
        await browser.get(browser.place or path)
    assert 'name="handle"' in browser.text


async def test_session_ends_after_half_an_hour(join: JoinOnStage, accounts: FakeAccounts, browser: Browser) -> None:
    user = await join.person()
    await browser.prove()
    form = browser.form()
    join.clock.advance(timedelta(minutes=30))
    await browser.post("/j/welcome", **form, understood="yes", password=PASSWORD)
    assert (browser.status, accounts.passwords[user]) == (403, None)
    assert "больше получаса" in browser.text
    await join.site._parts.sessions.sweep()
    assert await join.rows("SELECT * FROM join_session") == []
    assert join.site._parts.sessions._kept == {}


async def test_who_left_or_has_a_court_limit_is_not_let_on(join: JoinOnStage, browser: Browser) -> None:
    await join.person(1, limited=True)
    await browser.post("/j/slip0001", words=WORDS)
    assert (await browser.get("/j/welcome")).place == "/j"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"understood": ""}, "поставьте отметку"),
        ({"password": "коротко"}, "слишком короткий"),
        ({"password": "Зима-лодка ЧАЙНИК орех"}, "слова с листка"),
        ({"password": "мой u000001 пароль"}, "Имя для входа в пароле"),
        ({"password": "пароль1234"}, "угадывают первым"),
    ],
)
async def test_bad_password_or_missing_tick_is_explained_and_never_shown_again(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser, changes: dict[str, str], sentence: str
) -> None:
    user = await join.person()
    await browser.prove()
    await browser.post("/j/welcome", **{**browser.form(), "understood": "yes", "password": PASSWORD, **changes})
    assert browser.status == 422
    assert sentence in browser.text
    assert changes.get("password", PASSWORD) not in browser.text
    assert (" checked>" in browser.text) == (changes.get("understood") is None)
    assert accounts.passwords[user] is None


@pytest.mark.parametrize(
    ("error", "sentence"),
    [(TemporaryError("no answer"), "ещё раз через минуту"), (PermanentError("M_NOT_OURS", 403), "Сервер не принял пароль")],
)
async def test_accounts_that_do_not_answer_leave_everything_as_it_was(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser, error: TemporaryError | PermanentError, sentence: str
) -> None:
    await join.person()
    await browser.prove()
    accounts.failures["set_password"] = [error]
    await browser.post("/j/welcome", **browser.form(), understood="yes", password=PASSWORD)
    assert browser.status == 503
    assert sentence in browser.text
    assert (await join.invitation()).arrived_at is None
    assert await join.rows("SELECT * FROM task") == []
    await browser.post("/j/welcome", **browser.form(), understood="yes", password=PASSWORD)
    assert browser.place == "/j/done"


async def test_password_can_be_chosen_again_while_one_is_on_the_way_in(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser
) -> None:
    user = await join.person()
    await browser.settle()
    await browser.get("/j/password")
    form = browser.form()
    assert (await browser.post("/j/password", **form, password="short")).status == 422
    assert (await browser.post("/j/password", **form, password="another one here")).place == "/j/done"
    assert (accounts.passwords[user], join.woken) == ("another one here", 1)


# ── The browser button ──────────────────────────────────────────────────────────────────────────────────────────────


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
        await join.person()
        await browser.settle()
        assert "mobile.element.io" in browser.text
        assert "в браузере" not in browser.text
        assert (await browser.post("/j/browser", form_token="x")).status == 403


# ── Language ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_language_is_the_browsers_then_the_rosters_then_ones_own_choice(join: JoinOnStage, browser: Browser) -> None:
    await join.person(1, language="en")
    assert "Welcome" in (await browser.get("/j/slip0001", headers={"Accept-Language": "en-GB,en"})).text
    async with Browser(join.address) as other:
        await other.get("/j?language=en")
        assert "Welcome" in (await other.get("/j/slip0001")).text
    assert "Добро пожаловать" in (await browser.get("/j/slip0001", headers={"Accept-Language": "uz"})).text
    assert "Hello" in (await browser.prove()).text
    assert "Здравствуйте" in (await browser.get("/j/welcome?language=ru")).text
    assert "Здравствуйте" in (await browser.get("/j/welcome?language=nonsense")).text
    await browser.post("/j/welcome", **browser.form(), understood="yes", password=PASSWORD)
    assert await join.rows("SELECT language FROM person") == [("ru",)]
    assert "Готово" in (await browser.get("/j/done")).text


# ── Security ────────────────────────────────────────────────────────────────────────────────────────────────────────


async def test_every_answer_carries_the_headers(join: JoinOnStage, accounts: FakeAccounts, browser: Browser) -> None:
    await join.person()
    stylesheet = re.search(r'href="(/j/static/join.css\?\w+)"', (await browser.get("/j")).text)
    assert stylesheet
    answers = [await _headers(browser, "GET", path) for path in ("/j", "/j/slip0001", "/j/welcome", "/nothing", stylesheet[1])]
    answers.append(await _headers(browser, "POST", "/j/slip0001"))
    answers.append(await _headers(browser, "DELETE", "/j"))
    for headers in answers:
        policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
        assert policy == {
            "default-src": "'none'", "style-src": "'self'", "img-src": "'self' data:", "form-action": "'self'",
            "frame-ancestors": "'none'", "base-uri": "'none'",
        }  # fmt: skip
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "Strict-Transport-Security" not in headers
        assert "camera=()" in headers["Permissions-Policy"]
    assert [headers["Cache-Control"] for headers in answers if headers["Cache-Control"] != "no-store"] == [
        "public, max-age=31536000, immutable"
    ]


async def _headers(browser: Browser, method: str, path: str) -> Any:
    return (await browser.ask(method, path)).headers


async def test_https_page_has_a_host_cookie_and_hsts(accounts: FakeAccounts) -> None:
    async with JoinOnStage(accounts, url="https://school.example") as join, Browser(join.address) as browser:
        await join.person()
        await browser.post("/j/slip0001", words=WORDS)
        cookie = browser.headers["Set-Cookie"]
        assert cookie.startswith("__Host-classroom-join=")
        assert {part.strip() for part in cookie.split(";")[1:]} == {
            "HttpOnly", "Max-Age=1800", "Path=/", "SameSite=Lax", "Secure",
        }  # fmt: skip
        assert browser.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
)
async def test_forms_of_other_sites_do_nothing(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser, headers: dict[str, str]
) -> None:
    user = await join.person()
    assert (await browser.post("/j", headers, handle="slip0001")).status == 403
    assert (await browser.post("/j/slip0001", headers, words=WORDS)).status == 403
    await browser.prove()
    form = {**browser.form(), "understood": "yes", "password": PASSWORD}
    assert (await browser.post("/j/welcome", headers, **form)).status == 403
    assert (await browser.post("/j/welcome", **{**form, "form_token": "0" * 32})).status == 403
    assert (await browser.post("/j/welcome", **{**form, "form_token": "ы"})).status == 403
    assert accounts.passwords[user] is None
    own = {"Origin": join.address, "Sec-Fetch-Site": "same-origin"}
    assert (await browser.post("/j/welcome", own, **form)).place == "/j/done"
    assert (await browser.post("/j/browser", headers, form_token=form["form_token"])).status == 403
    assert (await browser.post("/j/password", headers, form_token=form["form_token"], password="x" * 12)).status == 403
    assert accounts.tokens == {}


async def test_form_token_of_one_session_is_worth_nothing_in_another(join: JoinOnStage, browser: Browser) -> None:
    await join.person(1)
    await join.person(2)
    await browser.prove(1)
    stolen = browser.form()
    async with Browser(join.address) as other:
        await other.prove(2)
        await other.post("/j/welcome", **{**stolen, "understood": "yes", "password": PASSWORD})
        assert other.status == 403


async def test_nothing_secret_and_nobody_stands_in_log_addresses_and_database(
    join: JoinOnStage, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    user = await join.person()
    with caplog.at_level(logging.DEBUG):
        await browser.post("/j/slip0001", words="зима лотка")
        await browser.get("/j/slip0001?secret=1")
        await browser.settle()
        await browser.post("/j/browser", **browser.form())
    lines = [record.getMessage() for record in caplog.records if record.name.startswith(("classroom_matrix", "aiohttp"))]
    assert any(re.fullmatch(r"POST /j/\{handle\}: 422, \d+ ms", line) for line in lines)
    said = "\n".join(lines)
    for word in ("slip0001", "лотка", WORDS, PASSWORD, "127.0.0.1", user, "Мария", browser.token(), "secret"):
        assert word not in said
    dump = "\n".join(await join.database.call(lambda: list(_connection(join).iterdump())))
    for word in (browser.token(), PASSWORD, WORDS, "127.0.0.1"):
        assert word not in dump
    assert re.search(r"INSERT INTO \"join_session\" VALUES\('[0-9a-f]{64}','p1'", dump)


def _connection(join: JoinOnStage) -> sqlite3.Connection:
    connection = join.database.peewee.connection()
    assert isinstance(connection, sqlite3.Connection)
    return connection


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"words=" + b"x" * 20_000, "application/x-www-form-urlencoded", 413),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 415),
        (b"{}", "application/json", 415),
        (b"words=x", "application/x-www-form-urlencoded; charset=no-such", 400),
        (b"words=%ff", "application/x-www-form-urlencoded", 422),
        (b"words=\xff", "application/x-www-form-urlencoded", 400),
    ],
)
async def test_junk_gets_a_page(join: JoinOnStage, browser: Browser, data: bytes, kind: str, status: int) -> None:
    await join.person()
    await browser.ask("POST", "/j/slip0001", data=data, headers={"Content-Type": kind})
    assert browser.status == status
    assert "<h1>" in browser.text


@pytest.mark.parametrize(
    "path", ["/j/" + "x" * 500, "/j/..%2f..%2fetc", "/j/%00", "/j/https:%2f%2fevil.example", "/j//evil.example"]
)
async def test_odd_addresses_lead_nowhere(join: JoinOnStage, browser: Browser, path: str) -> None:
    await browser.get(path)
    assert (browser.status, browser.place) == (404, "")


async def test_typed_code_never_leads_to_another_site(join: JoinOnStage, browser: Browser) -> None:
    for typed in ("//evil.example", "https://evil.example", "evil.example", "/\\evil.example", "a\r\nLocation: x"):
        await browser.post("/j", handle=typed)
        assert (browser.status, browser.place) == (422, "")


async def test_mishap_gets_a_page_and_no_words_in_the_log(
    join: JoinOnStage, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    await join.person()

    async def broken(_handle: str, _typed: str) -> Answer:
        raise RuntimeError(f"somebody typed {WORDS}")

    join.answer = broken
    await browser.post("/j/slip0001", words=WORDS)
    assert browser.status == 503
    assert "Что-то сломалось у нас" in browser.text
    assert "RuntimeError" in caplog.text
    assert WORDS not in caplog.text


async def test_looking_with_head_is_no_opening(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    assert (await browser.ask("HEAD", "/j/slip0001")).status == 200
    assert (await join.invitation()).opened_at is None


async def test_taken_address_is_said_in_one_sentence(join: JoinOnStage) -> None:
    port = int(join.address.rpartition(":")[2])
    async with JoinOnStage(more={"port": port}) as second:
        with pytest.raises(ConfigError, match=r"join.listen: cannot listen on 127.0.0.1:\d+"):
            await second.site.run()
