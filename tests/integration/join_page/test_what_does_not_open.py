"""Wrong words, bad passwords, and what else keeps the door shut."""

from __future__ import annotations

from datetime import timedelta

import pytest

from classroom_matrix.errors import PermanentError, TemporaryError
from classroom_matrix.testing.fake_accounts import FakeAccounts

from ..join_stage import WORDS, JoinOnStage
from .plain_browser import PASSWORD, Browser


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


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("зима лодка чайник", "Нужно пять слов"),
        ("зима лодка чайник орех кот пёс", "Нужно пять слов"),
        ("зима лодка чайник орех кот", "Эти пять слов и код не подходят"),
    ],
)
async def test_words_that_do_not_fit_are_counted_and_code_and_newer_slips_thought_of(
    join: JoinOnStage, browser: Browser, typed: str, sentence: str
) -> None:
    await join.person()
    await browser.post("/j/slip0001", words=typed)
    assert browser.status == 422
    for part in (sentence, "код над ними", "листок новее", '<bdi class="name" dir="ltr">slip0001</bdi>'):
        assert part in browser.text


async def test_childs_name_is_no_password(join: JoinOnStage, accounts: FakeAccounts, browser: Browser) -> None:
    user = await join.person()
    await join.rows(
        "INSERT INTO pupil (id, class_id, family_id, name, surname, number) "
        "VALUES ('c1', '3b', 'f1', 'Семён Иванов', 'Иванов', 1) RETURNING id"
    )
    await join.rows("INSERT INTO family (id, reach) VALUES ('f1', 'app') RETURNING id")
    await join.rows("UPDATE member SET family_id = 'f1' RETURNING id")
    await browser.prove()
    await browser.post("/j/welcome", **browser.form(), understood="yes", password="Иванов семен")
    assert "Ваше имя и имя ребёнка" in browser.text
    assert accounts.passwords[user] is None


@pytest.mark.parametrize("moment", ["before", "after", "after a restart"])
async def test_words_of_the_slip_become_the_password_at_no_time(
    join: JoinOnStage, accounts: FakeAccounts, browser: Browser, moment: str
) -> None:
    user = await join.person()
    await (browser.settle() if moment == "after" else browser.prove())
    if moment == "after a restart":
        join.site._parts.sessions._kept.clear()
    path = "/j/password" if moment == "after" else "/j/welcome"
    form = (await browser.get(path)).form()
    await browser.post(path, **form, understood="yes", password="орех?".join(WORDS.upper().split("ОРЕХ")) + "!")
    assert "слова с листка" in browser.text
    assert accounts.passwords[user] == (PASSWORD if moment == "after" else None)


async def test_expired_slip_and_empty_words_get_their_sentence(join: JoinOnStage, browser: Browser) -> None:
    await join.person()
    assert "пять слов, которые напечатаны" in (await browser.post("/j/slip0001", words=" ")).text
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
    assert "время вышло" in browser.text
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
        ({"password": "иванова МАРИЯ"}, "Ваше имя и имя ребёнка"),
        ({"password": "ж7" * 150}, "не больше 256 знаков"),
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
