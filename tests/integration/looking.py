"""What people see of the service's messages."""

from __future__ import annotations

from typing import Any

from classroom_matrix.domain.ids import RoomId
from classroom_matrix.testing.person import Person, text_of
from tests.integration.school import Event, is_edit


def says(part: str, sender: str) -> Any:
    return lambda event: event.get("sender") == sender and part in text_of(event) and not is_edit(event)


async def shows(person: Person, room: RoomId, card: Event, *parts: str) -> None:
    """Wait until a card shows all of `parts`."""

    def is_right(events: Any) -> bool:
        edits = [e for e in events if is_edit(e) and e["content"]["m.relates_to"]["event_id"] == card["event_id"]]
        body = edits[-1]["content"]["m.new_content"]["body"] if edits else text_of(card)
        return all(part in body for part in parts)

    try:
        await person.wait_until(is_right, seconds=60)
    except TimeoutError:
        raise AssertionError(f"{parts} not in {await newest_look(person, room, card['event_id'])}") from None


async def newest_look(person: Person, room: str, event_id: str) -> str:
    """What a message shows with its newest edit."""
    edits = [e for e in await person.history(room) if is_edit(e) and e["content"]["m.relates_to"]["event_id"] == event_id]
    return edits[-1]["content"]["m.new_content"]["body"] if edits else ""
