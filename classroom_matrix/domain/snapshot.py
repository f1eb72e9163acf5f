"""What a class looks like on the homeserver right now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .blueprint import StateKey
from .ids import RoomId, UserId


@dataclass(frozen=True, slots=True)
class State:
    """The content of a state event, and who sent it."""

    content: Mapping[str, Any]
    sender: UserId


@dataclass(frozen=True, slots=True)
class Member:
    """`membership`: invite, join, leave, ban or knock; `by`: who made it so; `name`: what they call themselves."""

    membership: str
    by: UserId
    name: str = ""


@dataclass(frozen=True, slots=True)
class RoomSnapshot:
    """One room as the bot sees it."""

    room_id: RoomId
    state: Mapping[StateKey, State]
    members: Mapping[UserId, Member]

    def content(self, kind: str, key: str = "") -> Mapping[str, Any] | None:
        found = self.state.get((kind, key))
        return found.content if found else None

    @property
    def replacement(self) -> RoomId | None:
        """The room that this one was replaced with."""
        tombstone = self.content("m.room.tombstone")
        room_id = tombstone.get("replacement_room") if tombstone else None
        return RoomId(room_id) if isinstance(room_id, str) and room_id else None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The class's rooms by the key of their blueprint.

    Args:
        rooms: those that were looked at.
        unseen: those that exist but were not looked at; nothing is planned for them.
        switched_off: rooms of roles that config.yaml no longer has, by role.
    """

    rooms: Mapping[str, RoomSnapshot] = field(default_factory=dict)
    unseen: Mapping[str, RoomId] = field(default_factory=dict)
    switched_off: Mapping[str, RoomId] = field(default_factory=dict)

    def room_id(self, key: str) -> RoomId | None:
        return self.rooms[key].room_id if key in self.rooms else self.unseen.get(key)
