"""Accounts for people who have none: drawn by lot and written down first, then asked for, so that nobody ever gets two."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
import time
from collections.abc import Callable, Sequence

from ..domain.ids import PersonId, UserId
from ..domain.people import Person
from ..errors import PermanentError
from ..matrix.accounts import Accounts
from ..storage import drift, invitations, people
from ..storage.database import Database
from ..storage.leavers import belongs_somewhere

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike: people read their names out to the teacher
_LENGTH = 10  # 31^10: 50 bits
_IN_FLIGHT = 4
_DRAWS = 3
_LONGEST_NAME = 100  # characters; the accounts process takes no more than twice that


def draw_user_id(server_name: str) -> UserId:
    """``@u…:server``; says nothing about whose it is."""
    return UserId("@u" + "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) + f":{server_name}")


async def ensure_accounts(
    database: Database,
    accounts: Accounts,
    wanted: Sequence[Person],
    server_name: str,
    *,
    now: Callable[[], float] = time.time,
    made: Callable[[], None] = lambda: None,
) -> None:
    """Everybody of `wanted` has an account afterwards. May be killed anywhere and called again: nobody gets a second one.

    Whoever has an account that IT made keeps it. Classes of new people are marked, so that they are invited.

    Args:
        wanted: people of any class, without a court limit.
        made: called after each person.

    Raises:
        TemporaryError: the accounts process or the homeserver does not answer, or a quota is used up; call again later.
        PermanentError: refused for good.
    """
    waiting = list(reversed(wanted))

    async def work() -> None:
        while waiting:
            await _ensure_account(database, accounts, waiting.pop(), server_name, now)
            made()

    workers = [asyncio.create_task(work()) for _ in range(min(_IN_FLIGHT, len(waiting)))]
    try:
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _ensure_account(
    database: Database, accounts: Accounts, person: Person, server_name: str, now: Callable[[], float]
) -> None:
    for draw in range(_DRAWS):
        user_id = await database.call(_reserved, database, person.id, server_name, draw > 0)
        if user_id is None:
            return
        try:
            await accounts.create(user_id, _shown(person.name), _request(person.id, user_id))
        except PermanentError as error:
            if error.errcode != "M_USER_IN_USE" or draw + 1 == _DRAWS:
                raise
            continue  # somebody else has the name that was drawn
        if await database.call(people.account_of, database, person.id) == user_id:
            await _unlock(database, accounts, person.id, user_id)
        await database.call(_made, database, person.id, user_id, now())
        return


async def _unlock(database: Database, accounts: Accounts, person_id: PersonId, user_id: UserId) -> None:
    """They had left, and have come back. Whoever leaves right now stays locked: leaving is written down before the lock."""
    if not await database.call(belongs_somewhere, database, person_id):
        return
    await accounts.unlock(user_id)
    if not await database.call(belongs_somewhere, database, person_id):
        await accounts.lock(user_id)


def _shown(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"


def _request(person_id: PersonId, user_id: UserId) -> str:
    """The same for the same account, so that asking again is no error; it says nothing about the person."""
    return hashlib.blake2b(f"{person_id}|{user_id}".encode(), digest_size=16).hexdigest()


def _reserved(database: Database, person_id: PersonId, server_name: str, anew: bool) -> UserId | None:
    """The account that the person is going to have; None for those who have one."""
    with database.transaction():
        invitation = invitations.of_person(database, person_id)
        has_one = people.account_of(database, person_id) is not None
        if has_one and (invitation is None or invitation.created_at is not None):
            return None
        if invitation is None:
            drawn = draw_user_id(server_name)
            invitations.reserve(database, person_id, drawn)
            return drawn
        if anew and invitation.created_at is None:
            drawn = draw_user_id(server_name)
            invitations.draw_again(database, person_id, drawn)
            return drawn
        return invitation.user_id


def _made(database: Database, person_id: PersonId, user_id: UserId, now: float) -> None:
    with database.transaction():
        if not belongs_somewhere(database, person_id):
            return  # they left meanwhile, and begin anew when they come back
        invitations.created(database, person_id, now)
        people.set_account(database, person_id, user_id)
        for class_id in people.classes_of_person(database, person_id):
            drift.mark(database, class_id, None, now)
