"""A school's people on their way in: accounts and slips made as `classroom-matrix slips` does, and the join page filled in."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from classroom_matrix.config import load
from classroom_matrix.domain.ids import ClassId, PersonId, UserId
from classroom_matrix.domain.people import Person, Role
from classroom_matrix.roster.invitations import DrawnSlip, draw_slip, issue
from classroom_matrix.roster.new_accounts import ensure_accounts
from classroom_matrix.school import School, import_rosters, open_school, sign_in
from classroom_matrix.storage import invitations, people, register, tasks
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.homeserver import free_port

OWN_PASSWORD = "кот играет на рояле 7"
_FORM_TOKEN = re.compile(r'name="form_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody with a slip."""

    person: Person
    user_id: UserId
    slip: DrawnSlip


@dataclass(frozen=True, slots=True)
class JoinPage:
    """Where it listens; `config`: what config.yaml says about it."""

    port: int

    @classmethod
    def anywhere(cls) -> JoinPage:
        return cls(free_port())

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def config(self) -> Mapping[str, object]:
        return {"listen": f"127.0.0.1:{self.port}", "url": self.url}

    async def open(self, browser: aiohttp.ClientSession, slip: DrawnSlip) -> bool:
        """Read the slip's page. Returns whether somebody has been in with it already."""
        async with browser.get(f"{self.url}/j/{slip.handle}", allow_redirects=False) as response:
            assert response.status in (200, 303), await response.text()
            return response.status == 303

    async def prove(self, browser: aiohttp.ClientSession, slip: DrawnSlip, words: str | None = None) -> str:
        """Type the words. Returns the page that follows."""
        data = {"words": words or " ".join(slip.words)}
        async with browser.post(f"{self.url}/j/{slip.handle}", data=data) as response:
            return await response.text()

    async def settle_in(self, browser: aiohttp.ClientSession, page: str) -> None:
        """Take a password on the page that follows the right words."""
        token = _FORM_TOKEN.search(page)
        assert token is not None, page
        data = {"form_token": token[1], "language": "ru", "understood": "yes", "password": OWN_PASSWORD}
        async with browser.post(f"{self.url}/j/welcome", data=data) as response:
            assert response.url.path == "/j/done", await response.text()

    async def arrive(self, newcomer: Newcomer) -> None:
        """Go all the way; begin anew whenever the page does not answer, as people do."""
        while True:
            try:
                async with a_browser() as browser:
                    if not await self.open(browser, newcomer.slip):
                        await self.settle_in(browser, await self.prove(browser, newcomer.slip))
                    return
            except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError):
                await asyncio.sleep(0.1)  # the condition is a service that listens again


def a_browser() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))  # cookies of a numeric address


async def stand_and_invite(config_file: Path, class_ids: Sequence[str], *, before: object = None) -> list[Newcomer]:
    """Import the lists, make accounts and slips for everybody who can have one, and make the rooms.

    Args:
        config_file: names an accounts process that runs.
        class_ids: classes.
        before: called with the database after the import.
    """
    config = load(config_file)
    async with open_school(config) as school:
        await sign_in(school)
        await import_rosters(school)
        if callable(before):
            await school.database.call(before, school.database)
        newcomers = await invite_people(school, class_ids)
        for klass in config.classes:
            await school.provisioner.apply(klass, in_flight=4)
    return newcomers


async def invite_people(school: School, class_ids: Sequence[str]) -> list[Newcomer]:
    """Accounts and slips for all people of the classes who have no account yet."""
    assert school.accounts is not None
    database = school.database
    wanted: dict[PersonId, Person] = {}
    for class_id in class_ids:
        roster = await database.call(people.load_roster, database, ClassId(class_id))
        wanted |= {person.id: person for person in roster.entitled() if person.user_id is None}
    await ensure_accounts(database, school.accounts, list(wanted.values()), school.config.homeserver.server_name)
    slips = [draw_slip(person_id, "ru") for person_id in wanted]
    now = time.time()
    await database.call(issue, database, slips, now, now + 86_400)
    accounts = {person_id: await database.call(people.account_of, database, person_id) for person_id in wanted}
    return [Newcomer(wanted[slip.person_id], UserId(str(accounts[slip.person_id])), slip) for slip in slips]


def add_relative(database: Database, class_id: str, name: str, surname: str) -> None:
    """A grandparent of the pupil with this surname."""
    with database.transaction():
        families = people.load_roster(database, ClassId(class_id)).families
        family = next(family for family in families if family.pupils[0].surname == surname)
        person_id = register.add_person(database, name)
        register.set_member(database, ClassId(class_id), person_id, Role.RELATIVE, family_id=family.id)


async def arrive_at_once(config_file: Path, person_id: PersonId) -> None:
    """What the join page writes down about somebody who has chosen a password."""
    async with open_school(load(config_file)) as school:
        await school.database.call(_arrive, school.database, person_id)


def _arrive(database: Database, person_id: PersonId) -> None:
    now = time.time()
    with database.transaction():
        invitations.arrived(database, person_id, now)
        tasks.put(database, f"admit|{person_id}|{now}", "admit", None, person_id, due=now)
