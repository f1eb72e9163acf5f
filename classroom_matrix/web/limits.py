"""Who has to wait before the next try. In memory: a restart forgives; what must not be forgiven is counted with the slip.

A whole school comes through one address, so an address is never shut out: it can only lose its patience for slips that have
been mistyped before. Numbers are chosen for 49 parents in 40 minutes, a third of whom mistype twice (product.md), with room for
ten such classes at once; a thief who tries words gets two tries an hour for a slip, and soon more seldom.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")

WINDOW = 600.0
"""Seconds for which an address's failures count."""
PER_ADDRESS = 100
EVERYWHERE = 1_000
"""Failures in one window, beyond which slips that have failed before have to wait."""
FREE = 2
"""Tries that every slip has, whatever happens around it."""
FIRST_PAUSE, LONGEST_PAUSE = 15.0, 600.0
"""Seconds between two tries of one slip then; doubled with each."""
MEMORY = 3_600.0
"""Seconds after which a slip's failures are forgotten here."""
_ADDRESSES, _SLIPS = 10_000, 50_000  # remembered at most, so that nobody can fill the memory


@dataclass(slots=True)
class _Slip:
    failures: int = 0
    last: float = 0.0


class Attempts:
    """Counts failed tries.

    Args:
        now: the time, UTC seconds.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._everywhere: deque[float] = deque(maxlen=2 * EVERYWHERE)
        self._addresses: OrderedDict[str, deque[float]] = OrderedDict()
        self._slips: OrderedDict[str, _Slip] = OrderedDict()

    def begin(self, address: str, handle: str) -> float:
        """Take a try. It counts as failed at once, so that a thousand at the same time are a thousand.

        Returns:
            0 where it may be made, else the seconds to wait first; then nothing was counted.
        """
        now = self._now()
        slip = self._slips.get(handle)
        if slip is None or slip.last <= now - MEMORY:
            slip = _Slip()
        if slip.failures >= FREE and self.impatient(address):
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2.0 ** min(slip.failures - FREE, 10))
            if (wait := slip.last + pause - now) > 0:
                return wait
        slip.failures += 1
        slip.last = now
        _remember(self._slips, handle, slip, _SLIPS)
        # Twice the limit, so that taking one back leaves the limit reached.
        times = self._addresses.get(address) or deque(maxlen=2 * PER_ADDRESS)
        times.append(now)
        _remember(self._addresses, address, times, _ADDRESSES)
        self._everywhere.append(now)
        return 0.0

    def impatient(self, address: str) -> bool:
        """Whether so many have failed from there, or everywhere, that slips which failed before have to wait."""
        since = self._now() - WINDOW
        counts = ((self._addresses.get(address), PER_ADDRESS), (self._everywhere, EVERYWHERE))
        return any(times is not None and len(times) >= most and times[-most] > since for times, most in counts)

    def forgive(self, address: str, handle: str) -> None:
        """A try was right, or was not made after all."""
        if (slip := self._slips.get(handle)) is not None:
            slip.failures -= 1
            if slip.failures <= 0:
                del self._slips[handle]
        for times in (self._addresses.get(address), self._everywhere):
            if times:
                times.pop()

    def succeeded(self, address: str, handle: str) -> None:
        """The words were right: the slip begins anew."""
        self.forgive(address, handle)
        self._slips.pop(handle, None)

    def sweep(self) -> None:
        """Forget addresses and slips whose failures do not count any more."""
        now = self._now()
        for address in [address for address, times in self._addresses.items() if not times or times[-1] <= now - WINDOW]:
            del self._addresses[address]
        for handle in [handle for handle, slip in self._slips.items() if slip.last <= now - MEMORY]:
            del self._slips[handle]


def _remember(memory: OrderedDict[str, T], key: str, value: T, most: int) -> None:
    memory[key] = value
    memory.move_to_end(key)
    while len(memory) > most:
        memory.popitem(last=False)
