"""Before somebody who is in gets new words, everything that the old phone could do ends."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from ..domain.ids import UserId
from ..matrix.accounts import Accounts


async def log_out_everywhere(accounts: Accounts, users: Iterable[UserId]) -> None:
    """End all sessions, by a password that nobody knows (256 bits). Doing it twice does no harm.

    Raises:
        TemporaryError: the accounts process or the homeserver does not answer, or the day's quota of resets is used up.
        PermanentError: an account was not made through here, or was erased.
    """
    for user_id in users:
        await accounts.set_password(user_id, secrets.token_hex(32), log_out=True)
