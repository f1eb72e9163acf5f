"""Where words may stand: in a room in which nobody reads but teachers of the class, school IT, and whoever asks.

Specialists and substitutes are in the staff room, too; with somebody's words they would be that person. Who is in a room is
asked of the homeserver and not of the roster: anybody may have been invited into a private chat.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..config import ClassConfig
from ..domain.ids import PersonId, RoomId, UserId
from ..domain.rooms import STAFF_ROOM
from ..errors import PermanentError
from ..matrix.gateway import Gateway
from ..storage import people, reissuing, whereabouts
from ..storage.database import Database

_READS = frozenset({"join", "invite", "knock"})  # or will, from before they came


async def room_for_words(database: Database, gateway: Gateway, klass: ClassConfig, asker: PersonId) -> RoomId | None:
    """The staff room if only teachers read there, else the newest private chat of `asker` with the bot; None without either.

    Raises:
        TemporaryError: the homeserver does not answer.
    """
    account, rooms, teachers = await database.call(_look, database, klass, asker)
    if account is None:
        return None
    trusted = teachers | {account, gateway.user_id} | set(klass.admins)
    for room_id in rooms:
        try:
            state = await gateway.state(room_id)
        except PermanentError:
            continue  # the bot is not there any more
        members = {UserId(event.state_key): event.content.get("membership") for event in state if event.type == "m.room.member"}
        readers = {user_id for user_id, membership in members.items() if membership in _READS}
        if readers <= trusted and members.get(account) == "join":
            return room_id
    return None


def _look(database: Database, klass: ClassConfig, asker: PersonId) -> tuple[UserId | None, Sequence[RoomId], frozenset[UserId]]:
    """The account of `asker`, the rooms in question, the accounts of teachers."""
    staff_room = whereabouts.room_with_role(database, klass.id, STAFF_ROOM)
    rooms = [staff_room] if staff_room is not None else []
    rooms += whereabouts.private_chats(database, asker)
    return people.account_of(database, asker), rooms, reissuing.teachers(database, klass.id)
