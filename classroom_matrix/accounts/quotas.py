"""How often each verb may be called on any 24 hours: what a stolen bot could do in a night has an end.

The numbers let a school of 40 classes (about 2,400 people) come in on one day and be asked about all year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ..errors import ConfigError, TemporaryError
from .ledger import Ledger

DAY = 24 * 3600.0

RESET = "reset_password"
"""Counts a `set_password` for an account that has one."""

DEFAULTS: Mapping[str, int] = MappingProxyType({
    "create": 3_000,
    "set_password": 3_000,  # the first one of an account
    RESET: 300,  # later ones: that is how a thief would take accounts over
    "login_token": 5_000,
    "let_in": 20_000,
    "logged_in": 20_000,
    "lock": 600,
    "unlock": 600,
    "erase": 60,
    "purge": 120,
    "exempt": 100,
})  # fmt: skip


def quotas(changes: Mapping[str, int]) -> Mapping[str, int]:
    """The built-in numbers with those of ``accounts.quotas`` in their place.

    Raises:
        ConfigError: it names a verb that does not exist.
    """
    for verb in changes:
        if verb not in DEFAULTS:
            raise ConfigError(f"accounts.quotas.{verb}", f"there is no such quota; expected one of {', '.join(DEFAULTS)}")
    return {**DEFAULTS, **changes}


class Quotas:
    """Counts calls in the ledger, so that a restart forgives nothing.

    Args:
        allowed: calls a day by verb.
        now: UTC seconds since 1970.
    """

    def __init__(self, ledger: Ledger, allowed: Mapping[str, int], now: Callable[[], float]) -> None:
        self._ledger = ledger
        self._allowed = allowed
        self._now = now

    def take(self, verb: str) -> int:
        """Count a call.

        Returns:
            What to `give_back` where nothing came of it.

        Raises:
            TemporaryError: the quota is used up; `retry_after` says when there is room again.
        """
        now = self._now()
        with self._ledger.writing() as connection:
            connection.execute("DELETE FROM used WHERE verb = ? AND at <= ?", (verb, now - DAY))
            count, first = connection.execute("SELECT count(*), min(at) FROM used WHERE verb = ?", (verb,)).fetchone()
            if count < self._allowed[verb]:
                return connection.execute("INSERT INTO used (verb, at) VALUES (?, ?)", (verb, now)).lastrowid or 0
        raise TemporaryError(f"the day's quota of {verb} is used up", retry_after=max(1.0, first + DAY - now))

    def give_back(self, taken: int) -> None:
        """For what has certainly not been done: the homeserver was away, and the same will be asked again."""
        with self._ledger.writing() as connection:
            connection.execute("DELETE FROM used WHERE id = ?", (taken,))
