"""The few verbs the house speaks to a homeserver with; `client.HttpGateway` and `testing.FakeGateway` speak them.

All verbs raise `TemporaryError` (try the same again later) or `PermanentError` (never will). Verbs with a `txn_id` may
be repeated with the same one: the homeserver answers with the same event (measured on Synapse, also across a kill -9).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, Protocol

from ..domain.ids import EventId, RoomAlias, RoomId, UserId

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StateEvent:
    """One state event of a room."""

    type: str
    state_key: str
    sender: UserId
    content: Json


@dataclass(frozen=True, slots=True)
class HistoryPage:
    """Events of a room as clients see them, in the order asked for. `end`: where the next page starts; None at the end."""

    events: Sequence[Json]
    end: str | None


class Gateway(Protocol):
    """One Matrix account's view of its homeserver."""

    @property
    def user_id(self) -> UserId: ...

    async def send(self, room_id: RoomId, event_type: str, content: bytes, txn_id: str) -> EventId:
        """Send an event; `content` is its JSON."""
        ...

    async def redact(self, room_id: RoomId, event_id: EventId, reason: str, txn_id: str) -> EventId: ...

    async def set_state(self, room_id: RoomId, event_type: str, state_key: str, content: Json) -> EventId:
        """Idempotent: the same content again makes no new event."""
        ...

    async def ensure_encrypted(self, room_id: RoomId) -> None:
        """Make the room encrypted unless it is, however it is. One where the account has no right to stays as it is.

        Raises:
            PermanentError: the account is not in the room.
        """
        ...

    async def state(self, room_id: RoomId) -> Sequence[StateEvent]:
        """The whole current state of a room the account is in."""
        ...

    async def create_room(self, request: Json, txn_id: str) -> RoomId:
        """Body of ``POST /createRoom``. Not idempotent by the specification: reserve an alias in the request.

        Raises:
            PermanentError: ``M_ROOM_IN_USE`` where the alias is taken.
        """
        ...

    async def resolve(self, alias: RoomAlias) -> RoomId | None:
        """The room behind an alias, or None."""
        ...

    async def delete_alias(self, alias: RoomAlias) -> None: ...

    async def set_alias(self, alias: RoomAlias, room_id: RoomId) -> None: ...

    async def joined_rooms(self) -> Sequence[RoomId]: ...

    async def membership(self, room_id: RoomId, user_id: UserId) -> str | None:
        """invite, join, leave, ban or knock; None for somebody who never had to do with the room."""
        ...

    async def invite(self, room_id: RoomId, user_id: UserId, *, direct: bool = False) -> None:
        """Inviting somebody who is invited or in the room is no error.

        Args:
            room_id: where to.
            user_id: who.
            direct: clients list the room among people once it is accepted.
        """
        ...

    async def join(self, room: RoomId | RoomAlias) -> RoomId: ...

    async def leave(self, room_id: RoomId) -> None:
        """Leave and forget; also declines an invitation."""
        ...

    async def kick(self, room_id: RoomId, user_id: UserId, reason: str) -> None:
        """Remove from the room, or take an invitation back; somebody who is not there is no error."""
        ...

    async def set_profile(self, display_name: str) -> None: ...

    async def upload(self, data: bytes, mimetype: str, filename: str) -> str:
        """Store a file in the media repository; answers its ``mxc://`` address. A repeat makes another copy.

        `filename` may be empty: of what is encrypted nobody is told the name.
        """
        ...

    async def messages(
        self,
        room_id: RoomId,
        *,
        start: str | None = None,
        limit: int = 200,
        backwards: bool = True,
        senders: Collection[UserId] = (),
        types: Collection[str] = (),
    ) -> HistoryPage:
        """A page of a room's history, as far as the account may read it. A page may be empty and not the last.

        Args:
            start: `HistoryPage.end` of the page before; None begins at the newest event, forwards at the oldest.
            limit: events in a page, at most.
            backwards: newest first.
            senders: only events by these; all where empty.
            types: only events of these types; all where empty.
        """
        ...

    async def download(self, address: str, into: IO[bytes]) -> str:
        """Write a file of the homeserver's own media repository into `into`, from its beginning.

        Args:
            address: ``mxc://server/id``.
            into: open for writing; an attempt that failed leaves a part there, which the next one overwrites.

        Returns:
            Its media type, as whoever sent it called it.

        Raises:
            PermanentError: there is no such file, or it is another server's.
        """
        ...

    async def whoami(self) -> UserId: ...
