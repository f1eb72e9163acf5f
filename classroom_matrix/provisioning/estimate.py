"""How long actions will take."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..domain.plan import Action, CreateRoom, CreateSpace, Invite

_SECONDS = {CreateSpace: 0.23, CreateRoom: 0.23, Invite: 0.06}
_OTHERWISE = 0.05
"""Seconds each, measured with Synapse 1.163 on SQLite and two cores; elsewhere their ratios hold better than the figures."""

_BURST, _PAUSE = 10, 1 / 0.2
_CREATION_BURST, _CREATION_PAUSE = 10, 62.0
_INVITE_BURST, _INVITE_PAUSE = 10, 1 / 0.3
"""Synapse's default limits for an account that is not exempt (actions, then seconds for each more): rc_message, which counts
everything, rc_room_creation, and rc_invites.per_room. Source: Synapse's configuration manual."""


def estimate(actions: Iterable[Action], *, exempt: bool = True) -> float:
    """Seconds, for an exempt account or one with Synapse's default limits."""
    counts = Counter(type(action) for action in actions)
    seconds = sum(_SECONDS.get(kind, _OTHERWISE) * count for kind, count in counts.items())
    if exempt:
        return seconds
    waits = (
        max(0, counts.total() - _BURST) * _PAUSE,
        max(0, counts[CreateSpace] + counts[CreateRoom] - _CREATION_BURST) * _CREATION_PAUSE,
        max(0, counts[Invite] - _INVITE_BURST) * _INVITE_PAUSE,
    )
    return seconds + max(waits)
