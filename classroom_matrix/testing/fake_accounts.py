"""The accounts process in memory, with the same rules; it is held to the same contract suite (tests/contract)."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from ..domain.ids import RoomId, UserId
from ..errors import PermanentError, TemporaryError
from .fake_homeserver import FakeHomeserver

_BOT = UserId("@bot:school.localhost")


@dataclass(slots=True)
class FakeAccount:
    """One account.

    Args:
        name: what others see; empty once erased.
        request: of its `create`.
        password: None where nobody knows it.
        sessions: how many clients are open; tests set it, `set_password(log_out=True)` and `erase` end them.
        direct: rooms that clients list among people.
        files: how many uploads it has; tests set it.
        deleted: how many of them were deleted by `erase`.
    """

    name: str
    request: str
    password: str | None = None
    locked: bool = False
    erased: bool = False
    sessions: int = 0
    was_here: bool = False
    direct: set[RoomId] = field(default_factory=set)
    files: int = 0
    deleted: int = 0


class FakeAccounts:
    """`Accounts` without processes.

    Args:
        homeserver: whose rooms `let_in` enters and `purge` deletes; without one `entered` just remembers.
        bot: the house's own account.

    Attributes:
        accounts: all that were ever made, by user ID.
        elsewhere: accounts that exist but were not made here: IT's, the bot's.
        entered: the rooms of every `let_in`, in order, by user ID.
        purged: rooms that were deleted.
        exempted: whether `exempt` was asked for.
        calls: every call as (verb, user or room ID), refused ones included.
        failures: errors to raise instead of doing something, by verb; each is raised once.
        tokens: login tokens by account.
    """

    def __init__(self, homeserver: FakeHomeserver | None = None, *, bot: UserId = _BOT) -> None:
        self._homeserver = homeserver
        self.bot = bot
        self.accounts: dict[UserId, FakeAccount] = {}
        self.elsewhere: set[UserId] = {bot}
        self.entered: dict[UserId, list[RoomId]] = {}
        self.purged: set[RoomId] = set()
        self.exempted = False
        self.calls: list[tuple[str, str]] = []
        self.failures: dict[str, list[TemporaryError | PermanentError]] = {}
        self.tokens: dict[str, UserId] = {}

    @property
    def passwords(self) -> Mapping[UserId, str | None]:
        return {user_id: account.password for user_id, account in self.accounts.items()}

    def log_in(self, user_id: UserId, password: str) -> None:
        """What a client does.

        Raises:
            PermanentError: ``M_FORBIDDEN`` where the password is wrong or the account is closed.
        """
        account = self.accounts.get(user_id)
        if account is None or account.locked or account.erased or password != account.password:
            raise PermanentError("M_FORBIDDEN", 403, "Invalid username or password")
        account.sessions += 1
        account.was_here = True

    async def create(self, user_id: UserId, name: str, request: str) -> None:
        self._called("create", user_id)
        if not name.strip() or len(name) > 256:
            raise PermanentError("M_INVALID_PARAM", 400, "name is empty or too long")
        account = self.accounts.get(user_id)
        if user_id in self.elsewhere or (account and (account.request != request or account.erased)):
            raise PermanentError("M_USER_IN_USE", 400, "the name is spent")
        if account is None:
            self.accounts[user_id] = FakeAccount(name, request)

    async def set_password(self, user_id: UserId, password: str, *, log_out: bool) -> None:
        if not 0 < len(password) <= 512:
            raise PermanentError("M_INVALID_PARAM", 400, "the password is empty or too long")
        account = self._open(self._called("set_password", user_id))
        account.password = password
        if log_out:
            account.sessions = 0

    async def login_token(self, user_id: UserId, password: str) -> str:
        account = self._open(self._called("login_token", user_id))
        if account.password is None or account.password != password:
            raise PermanentError("M_FORBIDDEN", 403, "Invalid password")
        token = secrets.token_urlsafe(16)
        self.tokens[token] = user_id
        return token

    async def let_in(self, user_id: UserId, rooms: Sequence[RoomId], *, direct: Collection[RoomId] = ()) -> None:
        account = self._open(self._called("let_in", user_id))
        for room in rooms:
            if self._homeserver is not None:
                await self._homeserver.gateway(user_id).join(room)
            entered = self.entered.setdefault(user_id, [])
            if room not in entered:
                entered.append(room)
        account.direct.update(direct)

    async def logged_in(self, users: Collection[UserId]) -> frozenset[UserId]:
        self._called("logged_in", UserId(""))
        return frozenset(user_id for user_id in users if user_id in self.accounts and self.accounts[user_id].was_here)

    async def lock(self, user_id: UserId) -> None:
        account = self._ours(self._called("lock", user_id))
        account.locked = not account.erased

    async def unlock(self, user_id: UserId) -> None:
        account = self._ours(self._called("unlock", user_id))
        if account.erased:
            raise PermanentError("M_USER_DEACTIVATED", 403, "the account was erased")
        account.locked = False

    async def erase(self, user_id: UserId) -> int:
        account = self._ours(self._called("erase", user_id))
        account.erased, account.locked, account.name, account.password, account.sessions = True, False, "", None, 0
        account.deleted, account.files = account.deleted + account.files, 0
        if self._homeserver is not None:
            self._homeserver.delete_uploads(user_id)
            for room in self._homeserver.rooms:
                await self._homeserver.gateway(user_id).leave(room)
        return account.deleted

    async def purge(self, room_id: RoomId) -> None:
        self._called("purge", room_id)
        if self._homeserver is not None and room_id not in self.purged:
            room = self._homeserver.rooms.get(room_id)
            if room is None or room.creator != self.bot:
                raise PermanentError("M_NOT_OURS", 403, "the room was not made by the bot")
            del self._homeserver.rooms[room_id]
            for alias in [alias for alias, other in self._homeserver.aliases.items() if other == room_id]:
                del self._homeserver.aliases[alias]
        self.purged.add(room_id)

    async def exempt(self) -> None:
        self._called("exempt", self.bot)
        self.exempted = True

    def _called(self, verb: str, about: str) -> UserId:
        self.calls.append((verb, about))
        waiting = self.failures.get(verb)
        if waiting:
            raise waiting.pop(0)
        return UserId(about)

    def _ours(self, user_id: UserId) -> FakeAccount:
        account = self.accounts.get(user_id)
        if account is None:
            raise PermanentError("M_NOT_OURS", 403, "the account was not made through here")
        return account

    def _open(self, user_id: UserId) -> FakeAccount:
        account = self._ours(user_id)
        if account.erased:
            raise PermanentError("M_USER_DEACTIVATED", 403, "the account was erased")
        if account.locked:
            raise PermanentError("M_USER_LOCKED", 403, "the account is locked")
        return account
