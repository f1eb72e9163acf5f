"""Where facts come from: one seam, two implementations (`appservice`, `narrow_sync`), one contract suite."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

import msgspec

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


ENCRYPTED = "m.room.encrypted"
"""The type of encrypted events, in rooms and to devices."""
DECIDE_WHO_READS = ("m.room.member", "m.room.encryption", "m.room.history_visibility")
"""State of a room that decides who is given keys."""


class SealedEvent(msgspec.Struct, frozen=True):
    """An encrypted event as it came. `at`: the homeserver's time, milliseconds since 1970."""

    event_id: EventId
    room_id: RoomId
    sender: UserId
    at: int
    content: dict[str, Any]


class RoomChange(NamedTuple):
    """Something that decides who gets keys: somebody's `membership`, or (`user_id` None) anything, so that the room has to be
    asked for.

    The service's own doings are among them, which are no facts.
    """

    room_id: RoomId
    user_id: UserId | None = None
    membership: str = ""


class ToDevice(msgspec.Struct):
    events: list[msgspec.Raw] = []


class DeviceLists(msgspec.Struct):
    changed: list[str] = []
    left: list[str] = []


class KeyNews(msgspec.Struct):
    """What a /sync says to a device. `fallback`: kinds of unused fallback keys; None where the homeserver does not tell."""

    next_batch: str
    to_device: ToDevice = msgspec.field(default_factory=ToDevice)
    device_lists: DeviceLists = msgspec.field(default_factory=DeviceLists)
    counts: dict[str, int] = msgspec.field(default_factory=dict, name="device_one_time_keys_count")
    fallback: list[str] | None = msgspec.field(default=None, name="device_unused_fallback_key_types")


Arrived = AnyFact | SealedEvent
"""What a source delivers: facts, and what may hold one."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Facts that arrived together, and the mark that says so.

    `mark`: the application-service transaction's ID, or (`kind` "sync") the token that continues after these facts. Whoever
    takes a batch stores facts and mark in one database transaction; a transaction ID seen before changes nothing.
    `keys`: what came for the device by the same /sync, where there is no other one for it.
    """

    mark: str
    facts: Sequence[Arrived]
    unreadable: Sequence[Unreadable] = ()
    kind: Literal["txn", "sync"] = "txn"
    receipts: Sequence[Receipt] = ()
    changes: Sequence[RoomChange] = ()
    keys: KeyNews | None = None

    @property
    def is_news(self) -> bool:
        """Whether there is anything to store before the homeserver may forget it; receipts may get lost."""
        return bool(self.kind == "sync" or self.facts or self.unreadable or self.changes)


Receive = Callable[[Batch], Awaitable[None]]
"""Stores a batch durably; the source acknowledges it to the homeserver only after this returned."""


class EventSource(Protocol):
    """Delivers every event of the account's rooms at least once, in the order of each room."""

    async def run(self, receive: Receive) -> None:
        """Deliver until cancelled."""
        ...
