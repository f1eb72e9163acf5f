"""What the rest of the house may ask of the accounts process, which alone holds the homeserver's admin power.

Every verb is idempotent. They raise `TemporaryError` (no answer, or a quota is used up: `retry_after`) or `PermanentError`
(refused for good): ``M_NOT_OURS`` where the account was not made through here, ``M_USER_IN_USE`` where the name is spent,
``M_USER_DEACTIVATED`` after `erase`, ``M_USER_LOCKED`` where a locked account is to get in, ``M_FORBIDDEN`` where the password
is wrong or a room is closed to the account, ``M_INVALID_PARAM`` and ``M_INVALID_USERNAME`` where an argument cannot be.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from ..domain.ids import RoomId, UserId


class Accounts(Protocol):
    """The verbs. All but `create` act only on accounts that were made by `create`: never on the bot, IT or anybody else."""

    async def create(self, user_id: UserId, name: str, request: str) -> None:
        """Make an account with a password that nobody knows.

        Args:
            user_id: drawn by lot; a name that was ever used is refused.
            name: what others see; at most 256 characters.
            request: opaque; the same account asked for again with the same request is no error.
        """
        ...

    async def set_password(self, user_id: UserId, password: str, *, log_out: bool) -> None:
        """`log_out`: end all sessions, for a lost phone. The password (at most 512 characters) is stored and logged nowhere."""
        ...

    async def login_token(self, user_id: UserId, password: str) -> str:
        """A token for one login within two minutes (``m.login.token``), for whoever knows the password.

        Synapse gives one a minute and account: asking again earlier is a `TemporaryError` with `retry_after`.
        """
        ...

    async def let_in(self, user_id: UserId, rooms: Sequence[RoomId], *, direct: Collection[RoomId] = ()) -> None:
        """Accept the account's invitations on its behalf, in this order; it can enter nothing that it could not enter itself.

        Args:
            rooms: being there already is no error.
            direct: those that clients shall list among people (``m.direct``), with the bot.
        """
        ...

    async def logged_in(self, users: Collection[UserId]) -> frozenset[UserId]:
        """Those who have opened a client at least once. Whoever was not made here is not among them."""
        ...

    async def lock(self, user_id: UserId) -> None:
        """Nothing works for the account until `unlock`; nothing is lost."""
        ...

    async def unlock(self, user_id: UserId) -> None: ...

    async def erase(self, user_id: UserId) -> int:
        """End the account for good: sessions, password, name and picture. Its name is never given again.

        Returns:
            How many uploaded files were deleted, in this call and earlier ones.
        """
        ...

    async def purge(self, room_id: RoomId) -> None:
        """Delete a room with all that was said in it, for everybody. Only rooms that the bot made."""
        ...

    async def exempt(self) -> None:
        """Lift the homeserver's rate limits for the bot's account."""
        ...
