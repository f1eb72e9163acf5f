"""What the homeserver remembers of the month: every event of every room, read page by page as a member reads them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from classroom_matrix.domain.ids import EventId, RoomId, UserId

from .stage import MOSCOW, MonthOnStage

POLL = "org.matrix.msc3381.poll"


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a room. `room`: the role of a class room, or the surname of a desk's family with its household."""

    raw: Mapping[str, Any]
    room: str
    room_id: RoomId

    @property
    def id(self) -> EventId:
        return EventId(self.raw["event_id"])

    @property
    def sender(self) -> UserId:
        return UserId(self.raw["sender"])

    @property
    def type(self) -> str:
        return str(self.raw["type"])

    @property
    def content(self) -> Mapping[str, Any]:
        content: Mapping[str, Any] = self.raw["content"]
        return content

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.raw["origin_server_ts"] / 1000, MOSCOW)

    @property
    def day(self) -> date:
        return self.at.date()

    @property
    def is_state(self) -> bool:
        return "state_key" in self.raw

    @property
    def relation(self) -> Mapping[str, Any]:
        relation: Mapping[str, Any] = self.content.get("m.relates_to") or {}
        return relation

    @property
    def is_edit(self) -> bool:
        return self.relation.get("rel_type") == "m.replace"

    @property
    def target(self) -> str | None:
        """What it is about: the message that is edited, voted on, reacted to or taken back."""
        target = self.relation.get("event_id") or self.content.get("redacts") or self.raw.get("redacts")
        return None if target is None else str(target)

    @property
    def reply_to(self) -> str | None:
        target = self.relation.get("m.in_reply_to", {}).get("event_id")
        return None if target is None else str(target)

    @property
    def body(self) -> str:
        return str(self.content.get("m.new_content", self.content).get("body") or "")

    @property
    def desk(self) -> bool:
        return self.room.startswith("desk ")


@dataclass(slots=True)
class History:
    """All rooms, oldest first. `bot`: the service's account."""

    bot: UserId
    rooms: Mapping[str, Sequence[Event]]
    taken_back: set[str] = field(default_factory=set)
    _edits: dict[str, list[Event]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for event in self.all():
            if event.type == "m.room.redaction" and event.target:
                self.taken_back.add(event.target)
            if event.is_edit and event.target:
                self._edits[event.target].append(event)

    def all(self) -> Iterator[Event]:
        for events in self.rooms.values():
            yield from events

    def by_people(self) -> Iterator[Event]:
        return (event for event in self.all() if event.sender != self.bot and not event.is_state)

    def of_bot(self, room: str | None = None) -> Iterator[Event]:
        """What the service sent, edits and reactions among it; not what it made rooms with."""
        events = self.all() if room is None else self.rooms[room]
        return (event for event in events if event.sender == self.bot and not event.is_state)

    def stands(self, event: Event) -> bool:
        """Whether an event is still there: nobody has taken it back."""
        return event.id not in self.taken_back and bool(event.content)

    def shown(self, event: Event) -> str:
        """A message's text as people see it now."""
        edits = self._edits.get(event.id)
        return (edits[-1] if edits else event).body

    def messages_of_bot(self, room: str) -> list[Event]:
        """The service's messages of a room that are no edits, oldest first."""
        return [event for event in self.of_bot(room) if event.type == "m.room.message" and not event.is_edit]

    def shown_by_bot(self, room: str, part: str) -> str:
        """The newest message of the service in a room that holds `part` as it is seen now.

        Raises:
            LookupError: there is none.
        """
        for event in reversed(self.messages_of_bot(room)):
            if part in self.shown(event):
                return self.shown(event)
        raise LookupError(f"nothing in {room} says {part!r}: {[self.shown(e)[:60] for e in self.messages_of_bot(room)]}")


async def read_history(stage: MonthOnStage) -> History:
    """Read every room as somebody who is in it."""
    readers = {role: (stage.teacher, room) for role, room in stage.rooms.items() if role in _READ}
    readers |= {f"desk {home.surname} {home.household}": (home.person, home.desk) for home in stage.homes if home.desk}
    turn = asyncio.Semaphore(4)

    async def read(role: str) -> tuple[str, list[Event]]:
        person, room = readers[role]
        async with turn:
            return role, [Event(raw, role, room) for raw in await person.history(room)]

    return History(stage.school.bot, dict(await asyncio.gather(*map(read, readers))))


_READ = ("space", "announcements", "homework", "events", "talk", "staff")
