"""What the demo's people do at first: come into their rooms, start a poll, vote in it."""

from __future__ import annotations

from collections.abc import Mapping

from ..domain.ids import RoomId
from ..errors import ClassroomError, PermanentError
from ..testing.person import Event, Person

_POLL = "org.matrix.msc3381.poll.start"
_QUESTION: Mapping[str, str] = {
    "ru": "!опрос Куда едем на осенних каникулах? Планетарий; Ботанический сад; Краеведческий музей",
    "en": "!poll Where do we go in the autumn holidays? Planetarium; Botanical garden; Local museum",
}


async def come_in(person: Person, rooms: Mapping[str, RoomId]) -> None:
    """Join the space, then every room of it that lets the person in (role → ID, the space among them)."""
    present = set(await person.joined_rooms())
    for room in sorted(rooms.values(), key=lambda room: room != rooms["space"]):
        if room in present:
            continue
        try:
            await person.join(room)
        except PermanentError as error:
            if error.errcode != "M_FORBIDDEN" or room == rooms["space"]:
                raise  # staff's room is closed to families, and should be


async def hold_a_poll(teacher: Person, guardian: Person, room: RoomId, language: str, *, seconds: float = 60.0) -> None:
    """The teacher's command, the bot's poll, the first vote. Safe to repeat: the same command is sent once.

    Raises:
        ClassroomError: no poll came.
    """
    command = {"msgtype": "m.text", "body": _QUESTION[language]}
    asked = await teacher.send(room, "m.room.message", command, txn_id=f"demo-{room}")
    try:
        poll = await guardian.wait_for(lambda event: _is_poll(event, teacher), room=room, seconds=seconds)
    except TimeoutError:
        raise ClassroomError(f"no poll came within {seconds:.0f} s of the teacher's command ({asked})") from None
    answers = poll["content"][_POLL]["answers"]
    await guardian.vote(room, poll["event_id"], answers[0]["id"])


def _is_poll(event: Event, teacher: Person) -> bool:
    return bool(event["type"] == _POLL and event["sender"] != teacher.user_id)
