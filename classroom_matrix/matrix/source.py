"""Where facts come from: one seam, two implementations (`appservice`, `narrow_sync`), one contract suite."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from ..domain.facts import AnyFact
from ..domain.ids import EventId, RoomId, UserId


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An event that could not be translated. `error`: the kind of error, without content."""

    event_id: EventId
    error: str


class Receipt(NamedTuple):
    """Somebody has read in a room. `at`: the homeserver's time, milliseconds since 1970."""

    room_id: RoomId
    user_id: UserId
    at: int


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts that arrived together, and the mark that says so.

    `mark`: the application-service transaction's ID, or (`kind` "sync") the token that continues after these facts. Whoever
    takes a batch stores facts and mark in one database transaction; a transaction ID seen before changes nothing.
    """

    mark: str
    facts: Sequence[AnyFact]
    unreadable: Sequence[Unreadable] = ()
    kind: Literal["txn", "sync"] = "txn"
    receipts: Sequence[Receipt] = ()

    @property
    def is_news(self) -> bool:
        """Whether there is anything to store before the homeserver may forget it; receipts may get lost."""
        return bool(self.kind == "sync" or self.facts or self.unreadable)


Receive = Callable[[Batch], Awaitable[None]]
"""Stores a batch durably; the source acknowledges it to the homeserver only after this returned."""


class EventSource(Protocol):
    """Delivers every event of the account's rooms at least once, in the order of each room."""

    async def run(self, receive: Receive) -> None:
        """Deliver until cancelled."""
        ...
