"""A homeserver in memory, for speed. It is held to the same contract suite as the real one (tests/contract).

It keeps rooms, events, state, members, aliases and transaction IDs, and refuses what needs membership or power. It knows
nothing of federation, encryption, or the finer rules of authorization.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import IO, Any

from ..domain.ids import EventId, RoomAlias, RoomId, UserId
from ..domain.rooms import ENCRYPTION
from ..errors import PermanentError
from ..matrix.gateway import HistoryPage, Json, StateEvent

Event = dict[str, Any]

_KEPT = {"m.room.member": ("membership",), "m.room.redaction": ("redacts",)}
"""What a redaction leaves of an event's content (room version 12), of types that matter here; nothing of others."""


@dataclass(slots=True)
class FakeRoom:
    """A room: its events in order, and its current state by (type, state key)."""

    id: RoomId
    creator: UserId
    events: list[Event] = field(default_factory=list)
    state: dict[tuple[str, str], Event] = field(default_factory=dict)

    def membership(self, user_id: str) -> str | None:
        event = self.state.get(("m.room.member", user_id))
        return event["content"].get("membership") if event else None

    def power(self, user_id: str) -> float:
        """The creator's is beyond all levels (room version 12)."""
        if user_id == self.creator:
            return float("inf")
        levels = self._levels()
        return float(levels.get("users", {}).get(user_id, levels.get("users_default", 0)))

    def needed(self, event_type: str, *, state: bool) -> float:
        levels = self._levels()
        return float(
            levels.get("events", {}).get(
                event_type, levels.get("state_default", 50) if state else levels.get("events_default", 0)
            )
        )

    def _levels(self) -> Mapping[str, Any]:
        event = self.state.get(("m.room.power_levels", ""))
        return event["content"] if event else {}


class FakeHomeserver:
    """All rooms of a server. `time`: milliseconds given to the next event; move it with `FakeClock`."""

    def __init__(self, server_name: str = "school.localhost") -> None:
        self.server_name = server_name
        self.rooms: dict[RoomId, FakeRoom] = {}
        self.aliases: dict[RoomAlias, RoomId] = {}
        self.time = 0
        self.media: dict[str, tuple[bytes, str, UserId]] = {}  # (content, media type, whose) by mxc:// address
        self.requests = 0  # of all gateways, refused ones included
        self._transactions: dict[tuple[UserId, str], Any] = {}
        self._numbers = itertools.count(1)
        self._feeds: dict[UserId, list[Event]] = {}

    def gateway(self, user_id: str) -> FakeGateway:
        return FakeGateway(self, UserId(user_id))

    def feed(self, user_id: UserId) -> list[Event]:
        """Events of the user's rooms that nobody has taken yet; whoever takes them clears the list."""
        return self._feeds.setdefault(user_id, [])

    def room(self, room_id: RoomId) -> FakeRoom:
        room = self.rooms.get(room_id)
        if room is None:
            raise PermanentError("M_NOT_FOUND", 404, "no such room")
        return room

    def append(
        self, room: FakeRoom, sender: UserId, event_type: str, content: Mapping[str, Any], state_key: str | None = None
    ) -> EventId:
        number = next(self._numbers)
        event: Event = {
            "event_id": f"$event{number}",
            "room_id": room.id,
            "sender": sender,
            "type": event_type,
            "content": json.loads(json.dumps(content)),
            "origin_server_ts": self.time or number,
        }
        if state_key is not None:
            event["state_key"] = state_key
            room.state[event_type, state_key] = event
        room.events.append(event)
        for user_id, feed in self._feeds.items():
            if room.membership(user_id) == "join" or (event_type == "m.room.member" and state_key == user_id):
                feed.append(event)
        return EventId(event["event_id"])

    def once(self, user_id: UserId, key: str) -> Any:
        return self._transactions.get((user_id, key))

    def remember(self, user_id: UserId, key: str, answer: Any) -> None:
        self._transactions[user_id, key] = answer

    def delete_uploads(self, user_id: UserId) -> None:
        """All files that the account has sent."""
        self.media = {address: file for address, file in self.media.items() if file[2] != user_id}

    def new_room_id(self) -> RoomId:
        return RoomId(f"!room{next(self._numbers)}")


class FakeGateway:
    """The Gateway's verbs on a `FakeHomeserver`."""

    def __init__(self, homeserver: FakeHomeserver, user_id: UserId) -> None:
        self._homeserver = homeserver
        self._user_id = user_id

    @property
    def user_id(self) -> UserId:
        return self._user_id

    def _joined(self, room_id: RoomId) -> FakeRoom:
        self._homeserver.requests += 1
        room = self._homeserver.room(room_id)
        if room.membership(self._user_id) != "join":
            raise PermanentError("M_FORBIDDEN", 403, "not in the room")
        return room

    def _powerful(self, room_id: RoomId, event_type: str, *, state: bool) -> FakeRoom:
        room = self._joined(room_id)
        if room.power(self._user_id) < room.needed(event_type, state=state):
            raise PermanentError("M_FORBIDDEN", 403, "not enough power")
        return room

    async def send(self, room_id: RoomId, event_type: str, content: bytes, txn_id: str) -> EventId:
        room = self._powerful(room_id, event_type, state=False)
        key = f"{room_id}/{txn_id}"
        if (known := self._homeserver.once(self._user_id, key)) is not None:
            return EventId(known)
        if len(content) > 65_000:
            raise PermanentError("M_TOO_LARGE", 413, "event too large")
        event_id = self._homeserver.append(room, self._user_id, event_type, json.loads(content))
        self._homeserver.remember(self._user_id, key, event_id)
        return event_id

    async def redact(self, room_id: RoomId, event_id: EventId, reason: str, txn_id: str) -> EventId:
        room = self._joined(room_id)
        key = f"{room_id}/{txn_id}"
        if (known := self._homeserver.once(self._user_id, key)) is not None:
            return EventId(known)
        for event in room.events:
            if event["event_id"] == event_id:
                kept = _KEPT.get(event["type"], ())
                event["content"] = {key: value for key, value in event["content"].items() if key in kept}
        content = {"redacts": event_id, **({"reason": reason} if reason else {})}
        answer = self._homeserver.append(room, self._user_id, "m.room.redaction", content)
        self._homeserver.remember(self._user_id, key, answer)
        return answer

    async def set_state(self, room_id: RoomId, event_type: str, state_key: str, content: Json) -> EventId:
        room = self._powerful(room_id, event_type, state=True)
        current = room.state.get((event_type, state_key))
        if current is not None and current["content"] == content:
            return EventId(current["event_id"])
        return self._homeserver.append(room, self._user_id, event_type, content, state_key)

    async def ensure_encrypted(self, room_id: RoomId) -> None:
        room = self._joined(room_id)
        if ("m.room.encryption", "") not in room.state:
            with suppress(PermanentError):
                await self.set_state(room_id, "m.room.encryption", "", ENCRYPTION)

    async def state(self, room_id: RoomId) -> Sequence[StateEvent]:
        room = self._joined(room_id)
        return [StateEvent(e["type"], e["state_key"], UserId(e["sender"]), e["content"]) for e in room.state.values()]

    async def create_room(self, request: Json, txn_id: str) -> RoomId:
        self._homeserver.requests += 1
        key = f"createRoom/{txn_id}"
        if (known := self._homeserver.once(self._user_id, key)) is not None:
            return RoomId(known)
        local = request.get("room_alias_name")
        alias = RoomAlias(f"#{local}:{self._homeserver.server_name}") if local else None
        if alias in self._homeserver.aliases:
            raise PermanentError("M_ROOM_IN_USE", 400, "alias is taken")
        room = FakeRoom(self._homeserver.new_room_id(), self._user_id)
        self._homeserver.rooms[room.id] = room
        self._homeserver.remember(self._user_id, key, room.id)
        creation = {**request.get("creation_content", {}), "room_version": request.get("room_version", "12")}
        self._put(room, "m.room.create", "", creation)
        self._put(room, "m.room.member", self._user_id, {"membership": "join"})
        self._put(room, "m.room.power_levels", "", request.get("power_level_content_override", {}))
        if alias:
            self._homeserver.aliases[alias] = room.id
            self._put(room, "m.room.canonical_alias", "", {"alias": alias})
        for event in request.get("initial_state", ()):
            self._put(room, event["type"], event.get("state_key", ""), event["content"])
        for field_, event_type in (("name", "m.room.name"), ("topic", "m.room.topic")):
            if field_ in request:
                self._put(room, event_type, "", {field_: request[field_]})
        for user_id in request.get("invite", ()):
            direct = {"is_direct": True} if request.get("is_direct") else {}
            self._put(room, "m.room.member", user_id, {"membership": "invite", **direct})
        return room.id

    def _put(self, room: FakeRoom, event_type: str, state_key: str, content: Mapping[str, Any]) -> None:
        self._homeserver.append(room, self._user_id, event_type, content, state_key)

    async def resolve(self, alias: RoomAlias) -> RoomId | None:
        self._homeserver.requests += 1
        return self._homeserver.aliases.get(alias)

    async def set_alias(self, alias: RoomAlias, room_id: RoomId) -> None:
        self._joined(room_id)
        if alias in self._homeserver.aliases:
            raise PermanentError("M_UNKNOWN", 409, "alias is taken")
        self._homeserver.aliases[alias] = room_id

    async def delete_alias(self, alias: RoomAlias) -> None:
        self._homeserver.requests += 1
        self._homeserver.aliases.pop(alias, None)

    async def joined_rooms(self) -> Sequence[RoomId]:
        self._homeserver.requests += 1
        return [room.id for room in self._homeserver.rooms.values() if room.membership(self._user_id) == "join"]

    async def membership(self, room_id: RoomId, user_id: UserId) -> str | None:
        return self._joined(room_id).membership(user_id)

    async def invite(self, room_id: RoomId, user_id: UserId, *, direct: bool = False) -> None:
        room = self._joined(room_id)
        if room.membership(user_id) not in ("join", "invite"):
            self._put(room, "m.room.member", user_id, {"membership": "invite", **({"is_direct": True} if direct else {})})

    async def join(self, room: RoomId | RoomAlias) -> RoomId:
        self._homeserver.requests += 1
        room_id = self._homeserver.aliases.get(RoomAlias(room)) if room.startswith("#") else RoomId(room)
        if room_id is None:
            raise PermanentError("M_NOT_FOUND", 404, "no such alias")
        found = self._homeserver.room(room_id)
        if found.membership(self._user_id) != "join":
            if not self._may_join(found):
                raise PermanentError("M_FORBIDDEN", 403, "not invited")
            self._put(found, "m.room.member", self._user_id, {"membership": "join"})
        return found.id

    def _may_join(self, room: FakeRoom) -> bool:
        if room.membership(self._user_id) == "invite":
            return True
        rules = room.state.get(("m.room.join_rules", ""))
        rule = rules["content"] if rules else {}
        if rule.get("join_rule") == "restricted":
            allowed = [self._homeserver.rooms.get(entry.get("room_id")) for entry in rule.get("allow", ())]
            return any(other is not None and other.membership(self._user_id) == "join" for other in allowed)
        return rule.get("join_rule") == "public"

    async def leave(self, room_id: RoomId) -> None:
        self._homeserver.requests += 1
        room = self._homeserver.rooms.get(room_id)
        if room is not None and room.membership(self._user_id) in ("join", "invite"):
            self._put(room, "m.room.member", self._user_id, {"membership": "leave"})

    async def kick(self, room_id: RoomId, user_id: UserId, reason: str) -> None:
        room = self._joined(room_id)
        if room.membership(user_id) in ("join", "invite"):
            self._put(room, "m.room.member", user_id, {"membership": "leave", "reason": reason})

    async def set_profile(self, display_name: str) -> None:
        self._homeserver.requests += 1
        self._homeserver.remember(self._user_id, "display name", display_name)

    async def upload(self, data: bytes, mimetype: str, filename: str) -> str:  # noqa: ARG002 - the verb's shape
        self._homeserver.requests += 1
        address = f"mxc://{self._homeserver.server_name}/{hashlib.sha256(data).hexdigest()[:24]}"
        self._homeserver.media[address] = (data, mimetype, self._user_id)
        return address

    async def download(self, address: str, into: IO[bytes]) -> str:
        self._homeserver.requests += 1
        if address not in self._homeserver.media:
            raise PermanentError("M_NOT_FOUND", 404, "no such file")
        data, mimetype, _ = self._homeserver.media[address]
        into.seek(0)
        into.truncate()
        into.write(data)
        return mimetype

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
        room = self._joined(room_id)
        events = room.events[::-1] if backwards else room.events
        fitting = [e for e in events if (not senders or e["sender"] in senders) and (not types or e["type"] in types)]
        begin = int(start or 0)
        page = fitting[begin : begin + limit]
        return HistoryPage(json.loads(json.dumps(page)), str(begin + limit) if begin + limit < len(fitting) else None)

    async def whoami(self) -> UserId:
        self._homeserver.requests += 1
        return self._user_id
