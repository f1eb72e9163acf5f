"""A provider in memory that can stop the process before or after any of its requests."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from classroom_matrix.accounts.provider import Found
from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.errors import PermanentError

BOT = UserId("@bot:school.localhost")


class Killed(BaseException):
    """Stands for kill -9."""


@dataclass
class Kept:
    """An account."""

    name: str
    special: bool = False
    closed: bool = False
    locked: bool = False
    password: str | None = None
    devices: int = 0
    files: list[str] = field(default_factory=list)
    rooms: list[RoomId] = field(default_factory=list)
    direct: list[RoomId] = field(default_factory=list)


class Keeper:
    """`AccountProvider`.

    Attributes:
        accounts, creators: what exists.
        kill_at: the request, counted from 0, at which the process dies; None for never.
        kill_after: whether the request is done before.
        requests: how many were made; how often each was done.
    """

    def __init__(self) -> None:
        self.accounts: dict[UserId, Kept] = {}
        self.creators: dict[RoomId, UserId] = {}
        self.made: list[UserId] = []
        self.unlimited: set[UserId] = set()
        self.kill_at: int | None = None
        self.kill_after = False
        self.requests = 0

    @asynccontextmanager
    async def _request(self) -> AsyncIterator[None]:
        number, self.requests = self.requests, self.requests + 1
        if number == self.kill_at and not self.kill_after:
            raise Killed
        yield
        if number == self.kill_at:
            raise Killed

    async def check(self) -> None:
        pass

    async def find(self, user_id: UserId) -> Found | None:
        async with self._request():
            kept = self.accounts.get(user_id)
            return Found(kept.name, kept.special, kept.closed, kept.locked) if kept else None

    async def make(self, user_id: UserId, name: str) -> None:
        async with self._request():
            assert user_id not in self.accounts, "PUT would change somebody's account"
            self.accounts[user_id] = Kept(name)
            self.made.append(user_id)

    async def rename(self, user_id: UserId, name: str) -> None:
        async with self._request():
            self.accounts[user_id].name = name

    async def set_password(self, user_id: UserId, password: str, *, log_out: bool) -> None:
        async with self._request():
            self.accounts[user_id].password = password
            if log_out:
                self.accounts[user_id].devices = 0

    async def has_devices(self, user_id: UserId) -> bool:
        async with self._request():
            return self.accounts[user_id].devices > 0

    async def set_locked(self, user_id: UserId, *, locked: bool) -> None:
        async with self._request():
            self.accounts[user_id].locked = locked

    async def close(self, user_id: UserId) -> None:
        async with self._request():
            kept = self.accounts[user_id]
            kept.closed, kept.name, kept.password, kept.devices, kept.rooms = True, "", None, 0, []

    async def files(self, user_id: UserId) -> Sequence[str]:
        async with self._request():
            return self.accounts[user_id].files[:2]  # pages are small

    async def delete_file(self, file_id: str) -> None:
        async with self._request():
            for kept in self.accounts.values():
                kept.files = [file for file in kept.files if file != file_id]

    async def rooms(self, user_id: UserId) -> int:
        async with self._request():
            return len(self.accounts[user_id].rooms)

    @asynccontextmanager
    async def acting_as(self, user_id: UserId) -> AsyncIterator[KeeperActing]:
        async with self._request():
            pass
        yield KeeperActing(self, self.accounts[user_id])

    async def creator(self, room_id: RoomId) -> UserId | None:
        async with self._request():
            return self.creators.get(room_id)

    async def delete_room(self, room_id: RoomId) -> None:
        async with self._request():
            del self.creators[room_id]

    async def lift_limits(self, user_id: UserId) -> None:
        async with self._request():
            self.unlimited.add(user_id)


class KeeperActing:
    """`Acting`; entering a room twice is a fault."""

    def __init__(self, keeper: Keeper, kept: Kept) -> None:
        self._keeper = keeper
        self._kept = kept

    async def joined_rooms(self) -> frozenset[RoomId]:
        async with self._keeper._request():
            return frozenset(self._kept.rooms)

    async def join(self, room_id: RoomId) -> None:
        async with self._keeper._request():
            assert room_id not in self._kept.rooms
            self._kept.rooms.append(room_id)

    async def mark_direct(self, other: UserId, rooms: Collection[RoomId]) -> None:
        assert other == BOT
        async with self._keeper._request():
            self._kept.direct = sorted({*self._kept.direct, *rooms})

    async def login_token(self, password: str) -> str:
        async with self._keeper._request():
            if password != self._kept.password:
                raise PermanentError("M_FORBIDDEN", 403)
            return "a token"
