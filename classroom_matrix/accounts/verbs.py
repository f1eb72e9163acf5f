"""What each verb does, step by step: `matrix.accounts.Accounts` on top of a provider and the ledger."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Collection, Sequence
from weakref import WeakValueDictionary

from ..domain.ids import RoomId, UserId
from ..errors import PermanentError, TemporaryError
from .ledger import Account, Ledger, State
from .provider import AccountProvider, Found

_LOCALPART = re.compile(r"[a-z0-9._=/+-]{1,64}")
_LONGEST_NAME = 256  # characters; synapse.api.constants: MAX_DISPLAYNAME_LEN
_LONGEST_PASSWORD = 512  # characters; synapse/rest/admin/users.py
_AT_ONCE = 4  # questions to the homeserver
_PARTING = 60.0  # seconds to wait until an erased account has left its rooms
_POLL = 0.25


class Verbs:
    """The verbs. Calls about one account or room take turns; others run side by side.

    Args:
        bot: the house's own account: the only one that is exempted, and the maker of all rooms that are deleted.
    """

    def __init__(self, provider: AccountProvider, ledger: Ledger, *, bot: UserId) -> None:
        self._provider = provider
        self._ledger = ledger
        self._bot = bot
        self._server = bot.partition(":")[2]
        self._turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    # ── Coming in ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def create(self, user_id: UserId, name: str, request: str) -> None:
        """First the account gets a display name that only the ledger knows, then its own. So an account that is found after a
        crash is known to be ours, and not one that somebody made meanwhile.
        """
        localpart, _, server = user_id.removeprefix("@").partition(":")
        if not user_id.startswith("@") or server != self._server or not _LOCALPART.fullmatch(localpart):
            raise PermanentError("M_INVALID_USERNAME", 400, "not an account's name on this homeserver")
        if not name.strip() or len(name) > _LONGEST_NAME or not request:
            raise PermanentError("M_INVALID_PARAM", 400, "name or request is empty or too long")
        async with self._turn(user_id):
            account = self._ledger.account(user_id)
            if user_id == self._bot or (account is not None and not _same(account, request)):
                raise _in_use()
            if account is None:
                account = self._ledger.ask(user_id, request)
            if account.state == State.OPEN and await self._is_there(account):
                return
            if account.state != State.MADE:
                await self._make(account)
            await self._provider.rename(user_id, name)
            self._ledger.advance(user_id, State.OPEN)

    async def _is_there(self, account: Account) -> bool:
        """It is not where the homeserver was set back to an older state; then the account is made again."""
        found = await self._provider.find(account.user_id)
        if found is not None and found.closed:
            raise _in_use()
        return found is not None

    async def _make(self, account: Account) -> None:
        user_id = account.user_id
        found = await self._provider.find(user_id)
        if found is None:
            self._ledger.advance(user_id, State.MAKING)
            await self._provider.make(user_id, account.mark)
        elif account.state == State.ASKED or found.name != account.mark or found.special or found.closed:
            self._ledger.forget(user_id)
            raise _in_use()
        self._ledger.advance(user_id, State.MADE)

    async def set_password(self, user_id: UserId, password: str, *, log_out: bool) -> None:
        if not 0 < len(password) <= _LONGEST_PASSWORD:
            raise PermanentError("M_INVALID_PARAM", 400, "the password is empty or too long")
        async with self._turn(user_id):
            account = await self._open(user_id)
            if log_out and not account.was_here and await self._provider.has_devices(user_id):
                self._ledger.was_here([user_id])  # its devices are about to go
            await self._provider.set_password(user_id, password, log_out=log_out)
            self._ledger.has_password(user_id)  # afterwards: a first attempt that failed makes the second one no reset

    async def login_token(self, user_id: UserId, password: str) -> str:
        async with self._turn(user_id):
            await self._open(user_id)
            async with self._provider.acting_as(user_id) as acting:
                return await acting.login_token(password)

    async def let_in(self, user_id: UserId, rooms: Sequence[RoomId], *, direct: Collection[RoomId] = ()) -> None:
        async with self._turn(user_id):
            await self._open(user_id)
            if not rooms and not direct:
                return
            async with self._provider.acting_as(user_id) as acting:
                joined = await acting.joined_rooms()
                for room_id in dict.fromkeys(rooms):
                    if room_id not in joined:
                        await acting.join(room_id)
                if direct:
                    await acting.mark_direct(self._bot, direct)

    async def logged_in(self, users: Collection[UserId]) -> frozenset[UserId]:
        """Once seen is remembered; whoever is not ours is left out."""
        accounts = [account for user_id in sorted(set(users)) if (account := self._ledger.account(user_id)) and _made(account)]
        here = {account.user_id for account in accounts if account.was_here}
        limit = asyncio.Semaphore(_AT_ONCE)

        async def look(user_id: UserId) -> bool:
            async with limit:
                return await self._provider.has_devices(user_id)

        unseen = [account.user_id for account in accounts if not account.was_here and account.state == State.OPEN]
        fresh = [user_id for user_id, seen in zip(unseen, await asyncio.gather(*map(look, unseen)), strict=True) if seen]
        if fresh:
            self._ledger.was_here(fresh)
        return frozenset(here.union(fresh))

    # ── Going out ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def lock(self, user_id: UserId) -> None:
        async with self._turn(user_id):
            account, found = await self._ours(user_id)
            if account.state == State.OPEN and not found.closed and not found.locked:
                await self._provider.set_locked(user_id, locked=True)

    async def unlock(self, user_id: UserId) -> None:
        async with self._turn(user_id):
            account, found = await self._ours(user_id)
            if account.state != State.OPEN or found.closed:
                raise _closed()
            if found.locked:
                await self._provider.set_locked(user_id, locked=False)

    async def erase(self, user_id: UserId) -> int:
        async with self._turn(user_id):
            account, _ = await self._ours(user_id)
            if account.state == State.ERASED:
                return account.files
            self._ledger.advance(user_id, State.ERASING)
            await self._provider.close(user_id)
            await self._delete_files(user_id)
            await self._wait_until_parted(user_id)
            return self._ledger.erased(user_id)

    async def _delete_files(self, user_id: UserId) -> None:
        before: Sequence[str] = ()
        while files := await self._provider.files(user_id):
            if set(files) <= set(before):
                raise TemporaryError("the homeserver does not delete the account's files; its log says why")
            self._ledger.note_files(user_id, files)
            for file_id in files:
                await self._provider.delete_file(file_id)
            before = files

    async def _wait_until_parted(self, user_id: UserId) -> None:
        """Synapse takes a closed account out of its rooms in the background, and goes on with that after a restart."""
        deadline = time.monotonic() + _PARTING
        while await self._provider.rooms(user_id):
            if time.monotonic() > deadline:
                raise TemporaryError("the account is still leaving its rooms", retry_after=30)
            await asyncio.sleep(_POLL)

    async def purge(self, room_id: RoomId) -> None:
        async with self._turn(room_id):
            begun = self._ledger.deletion(room_id)
            if begun:
                return
            creator = await self._provider.creator(room_id)
            if begun is None:
                if creator != self._bot:
                    raise PermanentError("M_NOT_OURS", 403, "the room was not made by the bot")
                self._ledger.begin_deletion(room_id)
            if creator is not None:
                await self._provider.delete_room(room_id)
            self._ledger.end_deletion(room_id)

    async def exempt(self) -> None:
        await self._provider.lift_limits(self._bot)

    # ── Whose it is ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def _ours(self, user_id: UserId) -> tuple[Account, Found]:
        """
        Raises:
            PermanentError: ``M_NOT_OURS`` where the account was not made here, or was made an admin since.
        """
        account = self._ledger.account(user_id)
        found = await self._provider.find(user_id) if account and _made(account) else None
        if account is None or found is None or found.special:
            raise PermanentError("M_NOT_OURS", 403, "the account was not made through here")
        return account, found

    async def _open(self, user_id: UserId) -> Account:
        account, found = await self._ours(user_id)
        if account.state != State.OPEN or found.closed:
            raise _closed()
        if found.locked:
            raise PermanentError("M_USER_LOCKED", 403, "the account is locked")
        return account

    def _turn(self, about: str) -> asyncio.Lock:
        return self._turns.setdefault(about, asyncio.Lock())


def _same(account: Account, request: str) -> bool:
    return account.request == request and account.state not in (State.ERASING, State.ERASED)


def _made(account: Account) -> bool:
    return account.state in (State.OPEN, State.ERASING, State.ERASED)


def _in_use() -> PermanentError:
    return PermanentError("M_USER_IN_USE", 400, "the name is spent")


def _closed() -> PermanentError:
    return PermanentError("M_USER_DEACTIVATED", 403, "the account was erased")
