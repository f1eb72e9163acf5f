"""The whole way in, as people go it: a real browser, a real homeserver, the real accounts process, real slips."""

from __future__ import annotations

import io
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import zxingcpp
from PIL import Image
from playwright.async_api import Page, Route

from classroom_matrix.errors import PermanentError
from classroom_matrix.storage import invitations
from classroom_matrix.testing.fake_accounts import FakeAccounts
from classroom_matrix.testing.person import Person
from tests.integration.join_stage import WORDS, JoinOnStage

from .conftest import NewVisitor, RealJoin
from .looks import faults

PASSWORD = "сосна вторник кит"
PHONE = {"width": 320, "height": 568, "touch": True}
COMPUTER = {"width": 1280, "height": 800}


@pytest.fixture
def accounts() -> FakeAccounts:
    return FakeAccounts()


async def go_in(page: Page, address: str, words: str) -> None:
    """From the slip to the last page."""
    await page.goto(address)
    await page.fill("#words", words)
    await page.click("button")
    await page.check("[name=understood]")
    await page.fill("#password", PASSWORD)
    await page.click("button")
    await page.wait_for_url("**/j/done")


@pytest.mark.parametrize(
    ("size", "locale", "dark"),
    [(PHONE, "ru-RU", False), (PHONE, "en-GB", True), (COMPUTER, "ru-RU", True), (COMPUTER, "en-GB", False)],
    ids=["phone-ru-light", "phone-en-dark", "computer-ru-dark", "computer-en-light"],
)
async def test_person_gets_in_without_scripts(
    join: RealJoin, new_visitor: NewVisitor, size: dict[str, int], locale: str, dark: bool
) -> None:
    user, address, words = await join.slip()
    visitor = await new_visitor(locale=locale, dark=dark, **size)
    page, seen = visitor.page, []

    async def look(name: str) -> None:
        await visitor.picture(name)
        seen.extend(f"{name}: {fault}" for fault in await faults(page))

    await page.goto(f"{join.stage.address}/j")
    await look("1-start")
    await page.fill("#handle", address.rpartition("/")[2].upper())
    await page.click("button")
    await look("2-words")
    await page.fill("#words", "зима лотка")
    await page.press("#words", "Enter")
    await look("3-wrong")
    assert await page.input_value("#words") == "зима лотка"
    await page.fill("#words", words.upper())
    await page.click("button")
    assert urlsplit(page.url).path == "/j/welcome"
    await look("4-welcome")
    assert await page.input_value("#username") == user
    await page.check("[name=understood]")
    for password in ("-".join(words.upper().split()), "иванова мария", "пароль1234"):
        await page.fill("#password", password)
        await page.click("button")
        assert await page.is_visible("#problem"), password
    await look("5-refused")
    assert await page.input_value("#password") == ""
    assert await page.is_checked("[name=understood]")
    await page.fill("#password", PASSWORD)
    await page.click("button")
    assert urlsplit(page.url).path == "/j/done"
    await look("6-done")
    assert await page.inner_text("h1") == {"ru-RU": "Готово, вы в группе", "en-GB": "You are in"}[locale]
    await page.click("text=/again|заново/")
    await look("7-again")

    assert (seen, visitor.troubles) == ([], [])
    person = await Person.log_in(join.homeserver.url, user, PASSWORD)
    await person.close()
    assert (await join.stage.invitation(join.people)).stage(join.stage.clock.seconds()) == invitations.Stage.ARRIVED


async def test_browser_button_hands_a_login_over_that_works_once(join: RealJoin, new_visitor: NewVisitor) -> None:
    user, address, words = await join.slip()
    visitor = await new_visitor(scripts=True, locale="en-GB")
    page = visitor.page

    async def element(route: Route) -> None:
        await route.fulfill(body="<title>Element</title>", content_type="text/html")

    await page.route("**/element/**", element)
    await go_in(page, address, words)
    await page.click(".computer button")
    await page.wait_for_url("**/element/**")
    assert await page.evaluate("[localStorage.mx_sso_hs_url, JSON.parse(localStorage.mx_local_settings).language]") == [
        join.homeserver.url,
        "en",
    ]
    (token,) = parse_qs(urlsplit(page.url).query)["loginToken"]
    login = {"type": "m.login.token", "token": token}
    async with aiohttp.ClientSession() as session:
        answers = []
        for _ in range(2):
            async with session.post(f"{join.homeserver.url}/_matrix/client/v3/login", json=login) as response:
                answers.append((response.status, (await response.json()).get("user_id")))
    assert answers == [(200, user), (403, None)]
    await page.go_back()  # the page in between is not in the history: nothing asks to send a form again
    assert urlsplit(page.url).path == "/j/done"
    assert visitor.troubles == []


async def test_picture_on_a_computer_is_the_way_into_the_app(join: RealJoin, new_visitor: NewVisitor) -> None:
    user, address, words = await join.slip()
    visitor = await new_visitor(**COMPUTER)
    await go_in(visitor.page, address, words)
    picture = await visitor.page.locator(".picture").screenshot()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    assert code.text == f"https://mobile.element.io/element/?account_provider=school.localhost&login_hint=mxid:{user}"


async def test_phone_shows_the_button_and_no_picture(join: RealJoin, new_visitor: NewVisitor) -> None:
    user, address, words = await join.slip()
    visitor = await new_visitor(**PHONE)
    await go_in(visitor.page, address, words)
    assert not await visitor.page.is_visible(".picture")
    assert (await visitor.page.get_attribute(".phone .button", "href") or "").endswith(f"login_hint=mxid:{user}")


async def test_typed_code_of_a_used_slip_leads_into_the_app(join: RealJoin, new_visitor: NewVisitor) -> None:
    """A form may not be led to another site, by redirections neither: Chromium would stay where it is and say nothing."""
    user, address, words = await join.slip()
    await go_in((await new_visitor(**PHONE)).page, address, words)
    visitor = await new_visitor(**PHONE)
    page, seen = visitor.page, []

    async def app(route: Route) -> None:
        seen.append(route.request.url)
        await route.fulfill(body="<title>App</title>", content_type="text/html")

    await page.route("https://mobile.element.io/**", app)
    await page.goto(f"{join.stage.address}/j")
    await page.fill("#handle", address.rpartition("/")[2])
    await page.click("button")
    await page.wait_for_selector(".arrived")
    await visitor.picture("arrived")
    assert await faults(page) == []
    await page.click(".arrived .button")
    await page.wait_for_url("https://mobile.element.io/**")
    assert seen == [f"https://mobile.element.io/element/?account_provider=school.localhost&login_hint=mxid:{user}"]
    assert visitor.troubles == []


async def test_device_forgets_whoever_has_finished(join: RealJoin, new_visitor: NewVisitor) -> None:
    _, address, words = await join.slip()
    visitor = await new_visitor(width=360, height=740, touch=True)
    page = visitor.page
    await go_in(page, address, words)
    await visitor.picture("done")
    assert await faults(page) == []
    await page.click(".finish button")
    await visitor.picture("finished")
    assert await faults(page) == []
    assert await page.inner_text("h1") == "Это устройство вас забыло"
    assert await page.context.cookies() == []
    await page.go_back()
    assert urlsplit(page.url).path == "/j"
    assert visitor.troubles == []


@pytest.mark.parametrize("locale", ["ru-RU", "en-GB"])
async def test_school_without_element_web_looks_right_on_a_phone(
    new_visitor: NewVisitor, accounts: FakeAccounts, locale: str
) -> None:
    async with JoinOnStage(accounts, element=None) as stage:
        user = await stage.person(language=locale[:2])
        visitor = await new_visitor(width=360, height=740, touch=True, locale=locale)
        page = visitor.page
        await page.goto(f"{stage.address}/j/slip0001/")
        for name, typed in (("count", "зима"), ("wrong", "раз два три четыре пять")):
            await page.fill("#words", typed)
            await page.click("button")
            await visitor.picture(name)
            assert await faults(page) == []
        await page.fill("#words", WORDS)
        await page.click("button")
        await visitor.picture("welcome")
        other = await page.context.new_page()
        await other.goto(f"{stage.address}/j/slip0001")
        await other.fill("#words", WORDS)
        await other.click("button")
        await page.check("[name=understood]")
        await page.fill("#password", "ж7" * 150)
        await page.click("button")
        await visitor.picture("other-tab")
        assert await faults(page) == []
        await page.click(".button")
        await page.check("[name=understood]")
        await page.fill("#password", "ж7" * 150)
        await page.click("button")
        await visitor.picture("long")
        assert accounts.passwords[user] is None
        await page.fill("#password", "🐈🌧🎺🥝🚲🧦🪁🦔🍋🛶")
        await page.click("button")
        assert urlsplit(page.url).path == "/j/done"
        await visitor.picture("done")
        assert await faults(page) == []
        assert accounts.passwords[user] == "🐈🌧🎺🥝🚲🧦🪁🦔🍋🛶"
        assert await page.is_visible("text=https://school.localhost")


async def test_slip_opened_from_another_app_or_site_works(join: RealJoin, new_visitor: NewVisitor) -> None:
    """A camera app, a messenger: the first page comes from elsewhere, and the cookie has to survive that."""
    _, address, words = await join.slip()
    visitor = await new_visitor(**PHONE)
    page = visitor.page

    async def messenger(route: Route) -> None:
        await route.fulfill(body=f'<a href="{address}">slip</a>', content_type="text/html")

    await page.route("http://messenger.example/**", messenger)
    await page.goto("http://messenger.example/")
    await page.click("a")
    await page.fill("#words", words)
    await page.click("button")
    assert urlsplit(page.url).path == "/j/welcome"
    await page.reload()
    assert urlsplit(page.url).path == "/j/welcome"


async def test_form_that_another_site_sends_is_refused(join: RealJoin, new_visitor: NewVisitor) -> None:
    user, address, words = await join.slip()
    visitor = await new_visitor(scripts=True)
    page = visitor.page
    await page.goto(address)
    await page.fill("#words", words)
    await page.click("button")
    token = await page.input_value("[name=form_token]")
    form = f"""<form method="post" action="{join.stage.address}/j/welcome"><input name="form_token" value="{token}">
        <input name="understood" value="yes"><input name="password" value="{PASSWORD}"><button>win</button></form>"""

    async def evil(route: Route) -> None:
        await route.fulfill(body=form, content_type="text/html")

    await page.route("http://evil.example/**", evil)
    await page.goto("http://evil.example/")
    await page.click("button")
    assert await page.inner_text("h1") != "Готово, вы в группе"
    with pytest.raises(PermanentError, match="M_FORBIDDEN"):
        await Person.log_in(join.homeserver.url, user, PASSWORD)


async def test_names_from_right_to_left_and_long_ones_fit_a_small_phone(join: RealJoin, new_visitor: NewVisitor) -> None:
    for name in ("مريم بنت عبد الله", "Александра-Вильгельмина Константинопольская-Рождественская"):
        _, address, words = await join.slip(name)
        visitor = await new_visitor(**PHONE)
        await visitor.page.goto(address)
        await visitor.page.fill("#words", words)
        await visitor.page.click("button")
        await visitor.picture(name[:4])
        assert await faults(visitor.page) == []
        assert (await visitor.page.inner_text("h1")).replace("\u2068", "").replace("\u2069", "") == f"Здравствуйте, {name}!"


async def test_keyboard_alone_is_enough(join: RealJoin, new_visitor: NewVisitor) -> None:
    _, address, words = await join.slip()
    visitor = await new_visitor(**COMPUTER)
    page = visitor.page
    await page.goto(address)
    for press in ("Tab", "Tab"):  # the other language, the words
        await page.keyboard.press(press)
    await page.keyboard.type(words)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/j/welcome")
    for press in ("Tab", "Tab", "Space", "Tab", "Tab"):  # the other language, the tick, the name, the password
        await page.keyboard.press(press)
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/j/done")
