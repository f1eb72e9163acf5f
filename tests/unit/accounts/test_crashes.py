"""Stopped before or after any request, and asked again: one account, nothing half-done, nothing done twice."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable

from classroom_matrix.domain.ids import RoomId, UserId

from .conftest import Office
from .keeper import BOT, Kept, Killed

USER = UserId("@u4k7:school.localhost")
ROOMS = [RoomId("!space"), RoomId("!desk")]
Work = Callable[[Office], Awaitable[object]]


async def everywhere(office: Office, prepare: Work, work: Work, check: Callable[[Office], None]) -> int:
    """Kill at every request, before and after it is done; restart, ask again, check.

    Returns:
        How many requests the work takes without a kill.
    """
    for step in itertools.count():
        for after in (False, True):
            office.begin_anew()
            keeper = office.keeper
            await prepare(office)
            keeper.requests, keeper.kill_at, keeper.kill_after = 0, step, after
            try:
                await work(office)
            except Killed:
                office.restart()
                await work(office)
            else:
                check(office)
                return step
            check(office)
    raise AssertionError


async def nothing(office: Office) -> None:
    pass


async def an_account(office: Office) -> None:
    await office.verbs.create(USER, "Анна", "request 1")


async def test_create_makes_one_account(office: Office) -> None:
    def check(office: Office) -> None:
        assert office.keeper.made == [USER]
        assert office.keeper.accounts == {USER: Kept("Анна")}

    assert await everywhere(office, nothing, an_account, check) == 3


async def test_let_in_enters_every_room_once(office: Office) -> None:
    def check(office: Office) -> None:
        assert office.keeper.accounts[USER] == Kept("Анна", rooms=ROOMS, direct=ROOMS[1:])

    async def let_in(office: Office) -> None:
        await office.verbs.let_in(USER, ROOMS, direct=ROOMS[1:])

    assert await everywhere(office, an_account, let_in, check) == 6


async def test_set_password_remembers_who_was_here(office: Office) -> None:
    async def prepare(office: Office) -> None:
        await an_account(office)
        office.keeper.accounts[USER].devices = 1

    async def set_password(office: Office) -> None:
        await office.verbs.set_password(USER, "снег", log_out=True)

    def check(office: Office) -> None:
        assert office.keeper.accounts[USER] == Kept("Анна", password="снег")
        account = office.ledger.account(USER)
        assert account is not None
        assert account.was_here

    assert await everywhere(office, prepare, set_password, check) == 3


async def test_erase_leaves_nothing_and_counts_every_file_once(office: Office) -> None:
    async def prepare(office: Office) -> None:
        await an_account(office)
        office.keeper.accounts[USER].files = ["1", "2", "3"]
        office.keeper.accounts[USER].rooms = list(ROOMS)

    async def erase(office: Office) -> None:
        assert await office.verbs.erase(USER) == 3

    def check(office: Office) -> None:
        assert office.keeper.accounts[USER] == Kept("", closed=True)

    assert await everywhere(office, prepare, erase, check) == 9


async def test_purge_deletes_once(office: Office) -> None:
    async def prepare(office: Office) -> None:
        office.keeper.creators[ROOMS[0]] = BOT

    async def purge(office: Office) -> None:
        await office.verbs.purge(ROOMS[0])

    def check(office: Office) -> None:
        assert office.keeper.creators == {}
        assert office.ledger.deletion(ROOMS[0]) is True

    assert await everywhere(office, prepare, purge, check) == 2
