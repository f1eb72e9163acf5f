"""The narrow /sync: for homeservers where no application service can be registered.

Asks for messages and state changes only (no presence, typing or full state: they double the homeserver's cost; receipts only
where they are wanted), and fills every gap that the homeserver leaves (``limited``) before it goes on. Facts and token are
stored together, so a crash between two answers loses nothing. What was said before the very first sync is history and not
handled.
"""

from __future__ import annotations

import logging
from typing import Any
from urllib.parse import quote

import msgspec

from ..domain.facts import AnyFact, MemberInvited
from ..domain.ids import EventId, RoomId, UserId
from ..errors import StorageError, TemporaryError
from .client import HttpGateway
from .receipts import read_receipts
from .source import Arrived, Batch, KeyNews, Receipt, Receive, RoomChange, Unreadable
from .translate import read_events

log = logging.getLogger(__name__)

POLL_MILLISECONDS = 30_000
TIMELINE_LIMIT = 100

_TYPES = (
    "m.room.message",
    "m.room.encrypted",
    "m.room.redaction",
    "m.reaction",
    "m.poll.*",
    "org.matrix.msc3381.poll.*",
    "m.room.member",
    "m.room.power_levels",
    "m.room.join_rules",
    "m.room.history_visibility",
    "m.room.guest_access",
    "m.room.name",
    "m.room.topic",
    "m.room.avatar",
    "m.room.canonical_alias",
    "m.room.encryption",
    "m.room.tombstone",
    "m.space.child",
    "m.space.parent",
    "org.classroom_matrix.*",
)


class _Timeline(msgspec.Struct):
    events: list[msgspec.Raw] = []
    limited: bool = False
    prev_batch: str | None = None


class _Events(msgspec.Struct):
    events: list[msgspec.Raw] = []


class _Joined(msgspec.Struct):
    timeline: _Timeline = msgspec.field(default_factory=_Timeline)
    ephemeral: _Events = msgspec.field(default_factory=_Events)


class _InviteState(msgspec.Struct):
    events: list[dict[str, Any]] = []


class _Invited(msgspec.Struct):
    invite_state: _InviteState = msgspec.field(default_factory=_InviteState)


class _Rooms(msgspec.Struct):
    join: dict[str, _Joined] = {}
    invite: dict[str, _Invited] = {}


class _Answer(KeyNews):
    rooms: _Rooms = msgspec.field(default_factory=_Rooms)


_decode_answer = msgspec.json.Decoder(_Answer).decode
_encode = msgspec.json.Encoder().encode


class NarrowSync:
    """Asks the homeserver for news.

    Args:
        since: where the last stored batch ended, or None at the very first start.
        ignore: the bot's own user, whose events are not news.
        receipts: whether to ask for read receipts, too.
        alone: whether nothing else delivers events: then the bot's own comings and goings have to be seen, too, and what comes
            for its device (the homeserver gives that to the first /sync of a device, and to no other).
    """

    def __init__(
        self, gateway: HttpGateway, *, since: str | None, ignore: UserId, receipts: bool = False, alone: bool = False
    ) -> None:
        self._gateway = gateway
        self._since = since
        self._ignore = ignore
        self._alone = alone
        self._timeline: dict[str, Any] = {"types": list(_TYPES)} | ({} if alone else {"not_senders": [str(ignore)]})
        self._ephemeral = {"types": ["m.receipt"] if receipts else []}

    async def run(self, receive: Receive) -> None:
        """Ask until cancelled.

        Raises:
            PermanentError: the homeserver will not answer this account, or not from this token.
        """
        while True:
            try:
                await self.look(receive, patience=POLL_MILLISECONDS)
            except TemporaryError:
                continue  # pacing has the patience
            except StorageError:
                log.exception("a batch could not be stored; it is asked for again")

    async def look(self, receive: Receive, *, patience: int = 0) -> None:
        """Ask once. `patience`: milliseconds that the homeserver may wait for news.

        Raises:
            GatewayError: it did not answer.
            StorageError: what it answered could not be stored.
        """
        batch = await self._next(patience)
        await receive(batch)
        self._since = batch.mark

    async def _next(self, patience: int) -> Batch:
        first = self._since is None
        limit = 1 if first else TIMELINE_LIMIT
        nothing: dict[str, Any] = {"types": []}
        room = {
            "timeline": {**self._timeline, "limit": limit},
            "state": nothing,
            "ephemeral": self._ephemeral,
            "account_data": nothing,
        }
        wanted = {"room": room, "presence": nothing, "account_data": nothing}
        # While the homeserver struggles, ask for a short answer: others wait behind this request.
        patience = 0 if first or self._gateway.pacing.struggling else patience
        path = f"/sync?timeout={patience}&set_presence=offline&filter={quote(_encode(wanted).decode(), safe='')}"
        if self._since:
            path += f"&since={quote(self._since, safe='')}"
        answer = await self._gateway.request("sync", "GET", path, decode=_decode_answer)
        facts: list[Arrived] = []
        unreadable: list[Unreadable] = []
        receipts: list[Receipt] = []
        changes: list[RoomChange] = []
        for room_id, joined in answer.rooms.join.items() if not first else ():
            events = joined.timeline.events
            if joined.timeline.limited and joined.timeline.prev_batch:
                events = [*await self._gap(RoomId(room_id), joined.timeline.prev_batch), *events]
            read = read_events(events, self._ignore, RoomId(room_id))
            facts += read.facts
            unreadable += read.unreadable
            # The bot's own kicks are not in a look beside something else: who was removed would seem to have come.
            changes += read.changes if self._alone else dict.fromkeys(RoomChange(one.room_id) for one in read.changes)
            receipts += read_receipts(joined.ephemeral.events, self._ignore, RoomId(room_id))
        for room_id, invited in answer.rooms.invite.items():
            facts += self._invitation(RoomId(room_id), invited, answer.next_batch)
        keys = answer if self._alone else None
        return Batch(answer.next_batch, facts, unreadable, kind="sync", receipts=receipts, changes=changes, keys=keys)

    async def _gap(self, room_id: RoomId, newest: str) -> list[msgspec.Raw]:
        """Events that the answer left out, oldest first."""
        missing: list[msgspec.Raw] = []
        token: str | None = newest
        where = f"/rooms/{quote(room_id, safe='')}/messages?dir=b&limit=250&to={quote(self._since or '', safe='')}"
        where += f"&filter={quote(_encode(self._timeline).decode(), safe='')}"
        while token:
            page = await self._gateway.request("sync", "GET", f"{where}&from={quote(token, safe='')}", decode=_decode_page)
            missing += page.chunk
            token = page.end if page.end != token else None  # an empty page with another token is not the end
        return missing[::-1]

    def _invitation(self, room_id: RoomId, invited: _Invited, token: str) -> list[AnyFact]:
        """Invitations come as stripped state, without an event ID; the token makes one that is new for every invitation."""
        for event in invited.invite_state.events:
            if event.get("type") == "m.room.member" and event.get("state_key") == self._ignore:
                return [
                    MemberInvited(
                        event_id=EventId(f"$invitation:{room_id}:{token}"),
                        room_id=room_id,
                        sender=UserId(str(event.get("sender", ""))),
                        at=0,
                        user_id=self._ignore,
                    )
                ]
        return []


class _Page(msgspec.Struct):
    chunk: list[msgspec.Raw] = []
    end: str | None = None


_decode_page = msgspec.json.Decoder(_Page).decode
