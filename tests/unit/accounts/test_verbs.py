"""Rules that the contract suite cannot reach from outside."""

from __future__ import annotations

import asyncio

import pytest

from classroom_matrix.accounts.ledger import State
from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import PermanentError, TemporaryError

from .conftest import Office
from .keeper import BOT, Kept, Killed

USER = UserId("@u4k7:school.localhost")


async def refused(office: Office, name: str, request: str = "request 1", user_id: UserId = USER) -> str:
    with pytest.raises(PermanentError) as refusal:
        await office.verbs.create(user_id, name, request)
    return refusal.value.errcode


async def test_create_adopts_no_account_that_somebody_made_while_the_homeserver_was_away(office: Office) -> None:
    office.keeper.kill_at = 1  # after the question whether the name is free
    with pytest.raises(Killed):
        await office.verbs.create(USER, "Анна", "request 1")
    office.restart()
    office.keeper.accounts[USER] = Kept("Анна")  # IT makes one of this name by hand
    assert await refused(office, "Анна") == "M_USER_IN_USE"
    assert office.ledger.account(USER) is None
    with pytest.raises(PermanentError):
        await office.verbs.set_password(USER, "hacked", log_out=False)


async def test_create_again_makes_an_account_that_the_homeserver_has_lost(office: Office) -> None:
    await office.verbs.create(USER, "Анна", "request 1")
    office.keeper.accounts.clear()  # it was set back to yesterday
    await office.verbs.create(USER, "Анна", "request 1")
    assert office.keeper.accounts == {USER: Kept("Анна")}


async def test_create_again_leaves_an_account_closed_that_somebody_closed(office: Office) -> None:
    await office.verbs.create(USER, "Анна", "request 1")
    office.keeper.accounts[USER].closed = True
    assert await refused(office, "Анна") == "M_USER_IN_USE"
    assert office.keeper.accounts[USER].closed


async def test_create_twice_at_once_is_one_account(office: Office) -> None:
    await asyncio.gather(*(office.verbs.create(USER, "Анна", "request 1") for _ in range(5)))
    assert office.keeper.made == [USER]


async def test_create_at_once_by_two_requests_is_won_by_one(office: Office) -> None:
    outcomes = await asyncio.gather(
        *(office.verbs.create(USER, "Анна", f"request {number}") for number in range(3)), return_exceptions=True
    )
    assert [outcome is None for outcome in outcomes].count(True) == 1
    assert office.keeper.made == [USER]


async def test_create_of_the_bot_is_refused_before_anybody_is_asked(office: Office) -> None:
    assert await refused(office, "Helper", user_id=BOT) == "M_USER_IN_USE"
    assert office.keeper.requests == 0


@pytest.mark.parametrize("user_id", ["@Anna:school.localhost", "@a b:school.localhost", "@u:other.example", "u4k7", "@:x", "@"])
async def test_create_takes_only_plain_names_of_this_homeserver(office: Office, user_id: str) -> None:
    assert await refused(office, "Анна", user_id=UserId(user_id)) == "M_INVALID_USERNAME"


@pytest.mark.parametrize("name", ["", "   ", "x" * 257])
async def test_create_needs_a_name_that_fits(office: Office, name: str) -> None:
    assert await refused(office, name) == "M_INVALID_PARAM"


async def test_passwords_have_a_length(office: Office) -> None:
    await office.verbs.create(USER, "Анна", "request 1")
    for password in ("", "x" * 513):
        with pytest.raises(PermanentError):
            await office.verbs.set_password(USER, password, log_out=False)
    assert office.keeper.accounts[USER].password is None


async def test_an_account_that_became_an_admin_is_no_longer_ours(office: Office) -> None:
    await office.verbs.create(USER, "Анна", "request 1")
    office.keeper.accounts[USER].special = True
    for work in (office.verbs.lock(USER), office.verbs.erase(USER), office.verbs.set_password(USER, "x", log_out=True)):
        with pytest.raises(PermanentError) as refusal:
            await work
        assert refusal.value.errcode == "M_NOT_OURS"


async def test_an_account_that_is_not_quite_made_cannot_be_used(office: Office) -> None:
    office.keeper.kill_at = 2  # before it has its name
    with pytest.raises(Killed):
        await office.verbs.create(USER, "Анна", "request 1")
    office.restart()
    with pytest.raises(PermanentError) as refusal:
        await office.verbs.set_password(USER, "снег", log_out=False)
    assert refusal.value.errcode == "M_NOT_OURS"


async def test_files_that_stay_are_no_endless_loop(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stays(file_id: str) -> None:
        pass

    await office.verbs.create(USER, "Анна", "request 1")
    office.keeper.accounts[USER].files = ["1"]
    with monkeypatch.context() as patched:
        patched.setattr(office.keeper, "delete_file", stays)
        with pytest.raises(TemporaryError):
            await office.verbs.erase(USER)
    account = office.ledger.account(USER)
    assert account is not None
    assert account.state == State.ERASING
    assert await office.verbs.erase(USER) == 1


async def test_purge_deletes_no_room_of_others_whatever_the_ledger_says(office: Office) -> None:
    office.keeper.creators[RoomId("!theirs")] = USER
    for _ in range(2):
        with pytest.raises(PermanentError):
            await office.verbs.purge(RoomId("!theirs"))
    assert office.keeper.creators == {"!theirs": USER}


async def test_exempt_is_for_the_bot(office: Office) -> None:
    await office.verbs.exempt()
    assert office.keeper.unlimited == {BOT}
