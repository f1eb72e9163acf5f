from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.console import Console

from classroom_matrix.domain.ids import UserId
from classroom_matrix.errors import TemporaryError
from classroom_matrix.roster.new_accounts import ensure_accounts
from classroom_matrix.storage import invitations
from classroom_matrix.terminal.arrivals import print_arrivals
from classroom_matrix.terminal.words import words
from tests.unit.terminal.test_slips import CONFIG, NOW, Office

assert CONFIG


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    office = Office(tmp_path)
    yield office
    office.database.close()


async def shown(office: Office) -> str:
    out = io.StringIO()
    console = Console(file=out, width=300)
    await print_arrivals(office.config.classes[0], office.database, office.accounts, console, words(), office.now)
    return out.getvalue()


async def let_in(office: Office, person: str) -> UserId:
    await ensure_accounts(office.database, office.accounts, [office.people.person(person)], "school.localhost")
    invitations.issue(office.database, person, handle=person[:9], secret="s", now=NOW, expires_at=NOW + 86_400)
    invitations.arrived(office.database, person, NOW)
    invitations.admitted(office.database, person, NOW)
    return invitations.of_person(office.database, person).user_id


async def test_who_has_no_slip_is_listed_with_their_pupil(office: Office):
    said = await shown(office)
    assert "3Б. 1 of 6 people are in, 0 of 2 families." in said
    assert "1 family is without the app." in said
    assert "No slip yet: 5 people" in said
    assert "Лев Ким: Ольга Ким, Зоя Ким" in said
    assert "Игорь" not in said


async def test_who_is_in_the_rooms_and_has_never_opened_the_app_is_asked_of_the_homeserver(office: Office):
    anna, pavel = await let_in(office, office.people.anna), await let_in(office, office.people.pavel)
    assert "In the rooms, but never opened the app: 2 people" in await shown(office)
    office.accounts.accounts[anna].was_here = True
    said = await shown(office)
    assert "In the rooms, but never opened the app: 1 person" in said
    assert "Павел Беляев" in said
    office.accounts.accounts[pavel].was_here = True
    assert "never opened" not in await shown(office)


async def test_an_accounts_process_that_is_away_is_told(office: Office):
    await let_in(office, office.people.anna)
    office.accounts.failures["logged_in"] = [TemporaryError("away")]
    assert "the accounts process does not answer" in await shown(office)


async def test_a_family_without_the_app_that_was_given_a_slip_is_listed(office: Office):
    await office.slips("Попова")
    said = await shown(office)
    assert "Нина Попова: Вера Попова" in said
    assert "without the app" not in said


async def test_a_family_without_the_app_that_was_only_tried_is_not_stuck(office: Office):
    before = await shown(office)
    query = (
        "SELECT person_id FROM member JOIN family ON family.id = member.family_id"
        " WHERE role = 'guardian' AND family.reach <> 'app' LIMIT 1"
    )
    (person,) = office.database.execute(query).fetchone()
    invitations.reserve(office.database, person, UserId("@drawn:school.localhost"))
    assert await shown(office) == before
