"""What a browser is told, what other sites can do, and what nobody gets to see."""

from __future__ import annotations

import asyncio
import logging
import re
import sqlite3
from typing import Any

import pytest

from classroom_matrix.errors import ConfigError
from classroom_matrix.testing.fake_accounts import FakeAccounts

from ..join_stage import WORDS, Answer, JoinOnStage
from .plain_browser import PASSWORD, Browser


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
        (b"words=x", "application/x-www-form-urlencoded; charset=no-such", 415),
        (b"words=\\ud800", "application/x-www-form-urlencoded; charset=unicode_escape", 415),
        (b"words=x", "application/x-www-form-urlencoded; charset=UTF-8", 422),
        (b"words=%ed%a0%80", "application/x-www-form-urlencoded", 422),
        (b"words=%ff", "application/x-www-form-urlencoded", 422),
        (b"words=\xff", "application/x-www-form-urlencoded", 400),
    ],
)
async def test_junk_gets_a_page_and_no_error_in_the_log(
    join: JoinOnStage, browser: Browser, caplog: pytest.LogCaptureFixture, data: bytes, kind: str, status: int
) -> None:
    await join.person()
    await browser.ask("POST", "/j/slip0001", data=data, headers={"Content-Type": kind})
    assert browser.status == status
    assert "<h1>" in browser.text
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_cookie_that_is_no_text_is_no_session(join: JoinOnStage, caplog: pytest.LogCaptureFixture) -> None:
    answer = await send(
        join, b"GET /j/welcome HTTP/1.1\r\nHost: x\r\nCookie: classroom-join=\xff\xfe\r\nConnection: close\r\n\r\n"
    )
    assert answer.startswith(b"HTTP/1.1 303 ")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


@pytest.mark.parametrize(
    "request_",
    [
        b"POST /j/slip0001 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nwords=secret\r\n\r\n",
        b"GET /j/slip0001 HTTP/1.1\r\nHost: x\r\nBad Header\r\n\r\n",
        b"GET /j/slip0001 \xff\r\n\r\n",
        b"GET /j/slip0001?" + b"secret" * 3_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["words-behind-the-body", "header", "line", "too-long"],
)
async def test_requests_that_cannot_be_read_are_only_counted(
    join: JoinOnStage, caplog: pytest.LogCaptureFixture, request_: bytes
) -> None:
    with caplog.at_level(logging.DEBUG):
        assert b" 400 Bad Request" in await send(join, request_)
        join.site._unreadable.report()
    assert "requests that could not be read: 1" in caplog.messages
    ours = [record for record in caplog.records if record.name.startswith(("classroom_matrix", "aiohttp"))]
    assert [record for record in ours if record.levelno > logging.INFO or record.exc_info] == []
    said = "\n".join(record.getMessage() for record in ours)
    assert not re.search(r"slip0001|secret|127\.0\.0\.1", said)


async def send(join: JoinOnStage, data: bytes) -> bytes:
    """What is answered until the server hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(join.address.rpartition(":")[2]))
    writer.write(data)
    try:
        async with asyncio.timeout(10):
            return await reader.read()
    finally:
        writer.close()


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
