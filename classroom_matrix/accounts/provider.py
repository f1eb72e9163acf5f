"""What the verbs need of whoever keeps the accounts: Synapse's admin API today, MAS's where a school logs in through that.

Nothing here knows the ledger, quotas or who asked. All methods raise `TemporaryError` or `PermanentError`, and may be
repeated after either. Which of MAS's requests would stand behind each method: docs/reference/accounts.md.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from ..domain.ids import RoomId, UserId


@dataclass(frozen=True, slots=True)
class Found:
    """An account as its keeper sees it.

    Args:
        name: the display name.
        special: an admin, a guest or an application service's account: none of our business.
        closed: deactivated.
    """

    name: str
    special: bool = False
    closed: bool = False
    locked: bool = False


class Acting(Protocol):
    """What is done in an account's name, with no more rights than its owner has."""

    async def joined_rooms(self) -> frozenset[RoomId]: ...

    async def join(self, room_id: RoomId) -> None: ...

    async def mark_direct(self, other: UserId, rooms: Collection[RoomId]) -> None:
        """Let clients list `rooms` among people, as chats with `other`; what is listed there already stays."""
        ...

    async def login_token(self, password: str) -> str:
        """
        Raises:
            PermanentError: ``M_FORBIDDEN`` where the password is wrong.
        """
        ...


class AccountProvider(Protocol):
    """Accounts and rooms of one homeserver, with an admin's power."""

    async def check(self) -> None:
        """Make sure that the admin power is there.

        Raises:
            ConfigError: the token is refused, or its account is no admin.
        """
        ...

    async def find(self, user_id: UserId) -> Found | None: ...

    async def make(self, user_id: UserId, name: str) -> None:
        """Make an account without a password; only where `find` says that there is none."""
        ...

    async def rename(self, user_id: UserId, name: str) -> None: ...

    async def set_password(self, user_id: UserId, password: str, *, log_out: bool) -> None: ...

    async def has_devices(self, user_id: UserId) -> bool: ...

    async def set_locked(self, user_id: UserId, *, locked: bool) -> None: ...

    async def close(self, user_id: UserId) -> None:
        """Deactivate for good and take name, picture and account data away; again is no error."""
        ...

    async def files(self, user_id: UserId) -> Sequence[str]:
        """Some of the account's uploads that are still there; empty when none is."""
        ...

    async def delete_file(self, file_id: str) -> None:
        """One that is gone is no error."""
        ...

    async def rooms(self, user_id: UserId) -> int:
        """How many rooms the account is in."""
        ...

    def acting_as(self, user_id: UserId) -> AbstractAsyncContextManager[Acting]: ...

    async def creator(self, room_id: RoomId) -> UserId | None:
        """Who made a room; None where there is no such room."""
        ...

    async def delete_room(self, room_id: RoomId) -> None:
        """Delete a room that exists, with its history, and wait for the end of that.

        Raises:
            TemporaryError: it goes on for longer than one waits; ask again.
        """
        ...

    async def lift_limits(self, user_id: UserId) -> None: ...
