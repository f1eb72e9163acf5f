"""The way in, in the language that people choose."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest

from classroom_matrix.storage import invitations
from classroom_matrix.testing.fake_accounts import FakeAccounts
from classroom_matrix.web import limits

from ..join_stage import WORDS, Answer, JoinOnStage
from .plain_browser import DESKTOP, PASSWORD, PHONE, Browser


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


@pytest.mark.parametrize(
    ("path", "place"),
    [("/", "/j"), ("/j/slip0001/", "/j/slip0001"), ("/j/SLIP-0001/?x", "/j/slip0001"), ("/j/done/", "/j/done")],
)
async def test_addresses_are_understood_as_people_type_them(join: JoinOnStage, browser: Browser, path: str, place: str) -> None:
    await browser.get(path)
    assert (browser.status, browser.place) == (303, place)


async def test_staff_are_not_told_to_ask_themselves(join: JoinOnStage, browser: Browser) -> None:
    await join.person(1, role="teacher")
    await join.person(2)
    assert "Того, кто выдал вам листок" in (await browser.prove(1)).text
    assert "Ольга Петровна" not in browser.text
    assert "Ольга Петровна" in (await browser.prove(2)).text


async def test_address_of_the_slip_leads_into_the_app_afterwards(join: JoinOnStage, browser: Browser) -> None:
    user = await join.person()
    await browser.settle()
    app = f"https://mobile.element.io/element/?account_provider=school.localhost&login_hint=mxid:{user}"
    assert (await browser.get("/j/slip0001", headers=PHONE)).place == app
    login = f"{join.address}/element/#/login?defaultUsername={user}"
    assert (await browser.get("/j/slip0001", headers=DESKTOP)).place == login


async def test_typed_code_of_a_used_slip_answers_with_links(join: JoinOnStage, browser: Browser) -> None:
    """A form must not be led to another site, see the browser's test."""
    user = await join.person()
    await browser.settle()
    app = f"https://mobile.element.io/element/?account_provider=school.localhost&amp;login_hint=mxid:{user}"
    async with Browser(join.address) as later:
        for path, fields, status in (("/j", {"handle": "slip0001"}, 200), ("/j/slip0001", {"words": WORDS}, 410)):
            await later.post(path, **fields)
            assert (later.status, later.place) == (status, "")
            assert f'href="{app}"' in later.text
            assert f'href="{join.address}/element/#/login?defaultUsername={user}"' in later.text


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
