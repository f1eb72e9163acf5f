from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.errors import PermanentError, TemporaryError
from classroom_matrix.roster.new_accounts import draw_user_id, ensure_accounts
from classroom_matrix.storage import drift, invitations, leavers, people
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.fake_accounts import FakeAccounts
from tests.unit.roster.people_at_school import CLASS, SERVER, SmallClass


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(tmp_path / "classroom.db")
    yield database
    database.close()


@pytest.fixture
def klass(database: Database) -> SmallClass:
    return SmallClass(database)


@pytest.fixture
def accounts() -> FakeAccounts:
    return FakeAccounts()


async def ensure(klass: SmallClass, accounts: FakeAccounts, *ids: str) -> None:
    await ensure_accounts(klass.database, accounts, [klass.person(one) for one in ids], SERVER)


def test_an_account_says_nothing_about_its_person():
    drawn = {draw_user_id(SERVER) for _ in range(1_000)}
    assert len(drawn) == 1_000
    assert all(re.fullmatch(r"@u[a-z0-9]{10}:school\.localhost", user_id) for user_id in drawn)


async def test_everybody_gets_one_account_and_their_class_is_looked_at(klass: SmallClass, accounts: FakeAccounts):
    await ensure(klass, accounts, klass.anna, klass.pavel)
    await ensure(klass, accounts, klass.anna, klass.pavel)
    assert len(accounts.accounts) == 2
    given = people.account_of(klass.database, klass.anna)
    assert accounts.accounts[given].name == "Анна Беляева"
    assert [mark.class_id for mark in drift.marked(klass.database)] == [CLASS]


async def test_an_account_that_it_made_is_kept(klass: SmallClass, accounts: FakeAccounts):
    await ensure(klass, accounts, klass.teacher)
    assert accounts.calls == []
    assert people.account_of(klass.database, klass.teacher) == f"@teacher:{SERVER}"


async def test_what_was_interrupted_goes_on_with_the_same_account(klass: SmallClass, accounts: FakeAccounts):
    accounts.failures["create"] = [TemporaryError("killed before"), TemporaryError("killed before")]
    for _ in range(2):
        with pytest.raises(TemporaryError):
            await ensure(klass, accounts, klass.anna)
    reserved = invitations.of_person(klass.database, klass.anna).user_id
    await accounts.create(reserved, "Анна Беляева", accounts_request(klass, reserved))  # killed behind the request
    await ensure(klass, accounts, klass.anna)
    assert list(accounts.accounts) == [reserved]
    assert people.account_of(klass.database, klass.anna) == reserved


def accounts_request(klass: SmallClass, user_id: UserId) -> str:
    from classroom_matrix.roster.new_accounts import _request

    return _request(klass.anna, user_id)


async def test_a_name_that_is_taken_is_drawn_again(klass: SmallClass, accounts: FakeAccounts):
    accounts.failures["create"] = [PermanentError("M_USER_IN_USE", 400)]
    await ensure(klass, accounts, klass.anna)
    tried = [user_id for verb, user_id in accounts.calls if verb == "create"]
    assert len(set(tried)) == 2
    assert people.account_of(klass.database, klass.anna) == tried[1]


async def test_a_refusal_is_told(klass: SmallClass, accounts: FakeAccounts):
    accounts.failures["create"] = [PermanentError("M_FORBIDDEN", 403)]
    with pytest.raises(PermanentError):
        await ensure(klass, accounts, klass.anna, klass.pavel, klass.olga, klass.granny, klass.specialist)
    await ensure(klass, accounts, klass.anna, klass.pavel, klass.olga, klass.granny, klass.specialist)
    assert len(accounts.accounts) == 5


async def test_a_very_long_name_is_shortened(klass: SmallClass, accounts: FakeAccounts):
    klass.database.execute("UPDATE person SET name = ? WHERE id = ?", ("Я" * 500, klass.anna))
    await ensure(klass, accounts, klass.anna)
    (account,) = accounts.accounts.values()
    assert len(account.name) == 100


@pytest.mark.parametrize("when", ["create", "unlock"])
async def test_who_leaves_while_they_come_back_stays_locked(klass: SmallClass, accounts: FakeAccounts, when: str):
    await ensure(klass, accounts, klass.anna)
    user_id = people.account_of(klass.database, klass.anna)
    invitations.void(klass.database, klass.anna)
    await accounts.lock(user_id)
    verb = getattr(accounts, when)

    async def leaves_just_now(*arguments: object) -> None:
        leavers.take_out_person(klass.database, CLASS, klass.anna)
        invitations.void(klass.database, klass.anna)
        await accounts.lock(user_id)
        await verb(*arguments)

    setattr(accounts, when, leaves_just_now)
    await ensure(klass, accounts, klass.anna)
    assert accounts.accounts[user_id].locked
    assert invitations.of_person(klass.database, klass.anna).created_at is None


async def test_who_comes_back_is_unlocked(klass: SmallClass, accounts: FakeAccounts):
    await ensure(klass, accounts, klass.anna)
    user_id = people.account_of(klass.database, klass.anna)
    invitations.void(klass.database, klass.anna)
    await accounts.lock(user_id)
    await ensure(klass, accounts, klass.anna)
    assert not accounts.accounts[user_id].locked
