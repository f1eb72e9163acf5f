"""What people see of a room of the fake homeserver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..domain.ids import EventId, UserId
from .fake_homeserver import FakeRoom


@dataclass(slots=True)
class Shown:
    """A message as people see it: edits applied, reactions counted (key → senders)."""

    event_id: EventId
    sender: UserId
    type: str
    content: Mapping[str, Any]
    edits: int = 0
    reactions: dict[str, list[str]] = field(default_factory=dict)

    @property
    def body(self) -> str:
        return str(self.content.get("body") or self.content.get("org.matrix.msc1767.text") or "")

    @property
    def loud(self) -> bool:
        return self.content.get("msgtype") == "m.text" or bool(self.content.get("m.mentions", {}).get("room"))

    @property
    def is_poll(self) -> bool:
        return self.type.endswith("poll.start")


def messages_of(room: FakeRoom) -> list[Shown]:
    """The messages and polls of a room, oldest first."""
    messages: dict[str, Shown] = {}
    for event in room.events:
        content = event["content"]
        relation = content.get("m.relates_to", {})
        target = messages.get(relation.get("event_id", ""))
        if relation.get("rel_type") == "m.replace" and target:
            target.content = content["m.new_content"]
            target.edits += 1
        elif event["type"] == "m.reaction" and target:
            target.reactions.setdefault(relation["key"], []).append(event["sender"])
        elif event["type"] in ("m.room.message", "org.matrix.msc3381.poll.start") and content:
            messages[event["event_id"]] = Shown(EventId(event["event_id"]), UserId(event["sender"]), event["type"], content)
    return list(messages.values())
