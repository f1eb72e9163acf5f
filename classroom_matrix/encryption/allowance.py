"""`Allowance`: anybody with an account can write to our device; nobody may fill the database, the log or the line with it."""

from __future__ import annotations

from collections import Counter

_WINDOW = 3_600.0  # seconds


class Allowance:
    """How often each of many may do something in an hour. In memory: a restart is no way for others to get more.

    Args:
        most: times in one hour of the clock.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._window = 0
        self._taken: Counter[str] = Counter()

    def take(self, who: str, now: float) -> bool:
        """Whether `who` may do it once more; counts it."""
        window = int(now // _WINDOW)
        if window != self._window:
            self._window = window
            self._taken.clear()
        self._taken[who] += 1
        return self._taken[who] <= self._most
