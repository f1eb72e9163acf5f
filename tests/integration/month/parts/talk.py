"""What families say to each other, and what goes wrong meanwhile."""

from __future__ import annotations

from collections.abc import Mapping

from ..acts import Chat, Kill
from ..script import DAYS, Script, clock

CHAT = 25  # messages a day


def talk(script: Script, messages: int = CHAT) -> None:
    """What families say to each other; it means nothing to the service."""
    for day in DAYS:
        script += Chat(at=clock(day, 8, 5), count=messages // 2)
        script += Chat(at=clock(day, 19, 45), count=messages - messages // 2)


KILLS: Mapping[int, tuple[int, int]] = {3: (18, 20), 8: (13, 10), 13: (19, 45)}
"""Class-day → the time at which the service is killed, in the middle of what families do then."""


def kills(script: Script) -> None:
    for day, (hour, minute) in KILLS.items():
        script += Kill(at=clock(DAYS[day], hour, minute))
