"""A plain Matrix client: what a parent's app does, without the app. For tests and the demo."""

from __future__ import annotations

import asyncio
import itertools
import secrets
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

import aiohttp
from yarl import URL

from ..domain.ids import EventId, RoomAlias, RoomId, UserId
from ..errors import PermanentError

Event = Mapping[str, Any]
"""An event as the homeserver sends it, with its ``room_id``; invitations have the type ``invite``."""

_LONG_POLL = 10_000  # milliseconds that one /sync may wait
_FILTER = '{"room":{"timeline":{"limit":100},"ephemeral":{"types":[]}},"presence":{"types":[]}}'


class Person:
    """A logged-in account. Make it with `log_in`, or with a token at hand; end it with `close` or ``async with``.

    Attributes:
        seen: every event that came so far, in the order of the homeserver, gaps filled; invitations among them.
    """

    def __init__(self, homeserver: str, user_id: UserId, access_token: str) -> None:
        self.homeserver = homeserver.rstrip("/")
        self.user_id = user_id
        self.access_token = access_token
        self.seen: list[Event] = []
        self._session = aiohttp.ClientSession(
            headers={"Authorization": f"Bearer {access_token}"}, connector=aiohttp.TCPConnector(limit=0)
        )
        self._since: str | None = None
        self._syncing = asyncio.Lock()
        self._numbers = itertools.count(1)
        self._run = secrets.token_hex(4)  # so that transaction IDs of two runs of one device differ

    @classmethod
    async def log_in(cls, homeserver: str, localpart: str, password: str) -> Person:
        """Log in with a password.

        Raises:
            PermanentError: ``M_FORBIDDEN`` where the password is wrong.
        """
        identifier = {"type": "m.id.user", "user": localpart}
        body = {"type": "m.login.password", "identifier": identifier, "password": password}
        url = f"{homeserver.rstrip('/')}/_matrix/client/v3/login"
        async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
            answer = await _accepted(response)
        return cls(homeserver, UserId(answer["user_id"]), answer["access_token"])

    async def close(self) -> None:
        await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def create_room(self, **request: Any) -> RoomId:
        """`request`: the body of ``POST /createRoom``."""
        return RoomId((await self.request("POST", "createRoom", request))["room_id"])

    async def create_dm(self, other: UserId) -> RoomId:
        """Open a private chat, unencrypted, the way a client's "new message" does."""
        return await self.create_room(preset="trusted_private_chat", is_direct=True, invite=[other])

    async def join(self, room: RoomId | RoomAlias) -> RoomId:
        return RoomId((await self.request("POST", f"join/{_quote(room)}", {}))["room_id"])

    async def invite(self, room: RoomId, other: UserId) -> None:
        await self.request("POST", f"rooms/{_quote(room)}/invite", {"user_id": other})

    async def leave(self, room: RoomId) -> None:
        await self.request("POST", f"rooms/{_quote(room)}/leave", {})

    async def joined_rooms(self) -> list[RoomId]:
        return [RoomId(room) for room in (await self.request("GET", "joined_rooms"))["joined_rooms"]]

    async def joined_members(self, room: RoomId) -> set[UserId]:
        answer = await self.request("GET", f"rooms/{_quote(room)}/joined_members")
        return {UserId(user) for user in answer["joined"]}

    async def resolve(self, alias: RoomAlias) -> RoomId:
        return RoomId((await self.request("GET", f"directory/room/{_quote(alias)}"))["room_id"])

    async def state(self, room: RoomId) -> list[Event]:
        """The room's whole state."""
        async with self._session.get(self._url(f"rooms/{_quote(room)}/state")) as response:
            if response.status != 200:
                await _accepted(response)
            events: list[Event] = await response.json()
            return events

    async def state_content(self, room: RoomId, kind: str, key: str = "") -> Mapping[str, Any]:
        """The content of one state event.

        Raises:
            PermanentError: ``M_NOT_FOUND`` where there is none.
        """
        return await self.request("GET", f"rooms/{_quote(room)}/state/{_quote(kind)}/{_quote(key)}")

    async def set_state(self, room: RoomId, kind: str, content: Mapping[str, Any], key: str = "") -> EventId:
        answer = await self.request("PUT", f"rooms/{_quote(room)}/state/{_quote(kind)}/{_quote(key)}", content)
        return EventId(answer["event_id"])

    async def set_name(self, name: str) -> None:
        await self.request("PUT", f"profile/{_quote(self.user_id)}/displayname", {"displayname": name})

    # ── Speaking ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def send(self, room: RoomId, kind: str, content: Mapping[str, Any], *, txn_id: str | None = None) -> EventId:
        """Send any event."""
        txn_id = txn_id or f"{self._run}-{next(self._numbers)}"
        answer = await self.request("PUT", f"rooms/{_quote(room)}/send/{_quote(kind)}/{_quote(txn_id)}", content)
        return EventId(answer["event_id"])

    async def say(self, room: RoomId, text: str, *, reply_to: EventId | None = None, thread: EventId | None = None) -> EventId:
        """Send a text; `reply_to` the way Element's "reply" does, `thread` the way its threads do."""
        content: dict[str, Any] = {"msgtype": "m.text", "body": text}
        relation: dict[str, Any] = {}
        if thread is not None:
            relation |= {"rel_type": "m.thread", "event_id": thread, "is_falling_back": reply_to is None}
        if reply_to is not None or thread is not None:
            relation["m.in_reply_to"] = {"event_id": reply_to or thread}
        if relation:
            content["m.relates_to"] = relation
        return await self.send(room, "m.room.message", content)

    async def edit(self, room: RoomId, event: EventId, text: str) -> EventId:
        """Replace an own text."""
        new = {"msgtype": "m.text", "body": text}
        relation = {"rel_type": "m.replace", "event_id": event}
        return await self.send(
            room, "m.room.message", {**new, "body": f"* {text}", "m.new_content": new, "m.relates_to": relation}
        )

    async def react(self, room: RoomId, event: EventId, key: str) -> EventId:
        relation = {"rel_type": "m.annotation", "event_id": event, "key": key}
        return await self.send(room, "m.reaction", {"m.relates_to": relation})

    async def read(self, room: RoomId, event: EventId) -> None:
        """Open a room, so to speak: send a public read receipt."""
        await self.request("POST", f"rooms/{_quote(room)}/receipt/m.read/{_quote(event)}", {})

    async def vote(self, room: RoomId, poll: EventId, *answers: str) -> EventId:
        """Vote in a native poll (MSC3381) by answer IDs; no answers take the vote back."""
        relation = {"rel_type": "m.reference", "event_id": poll}
        body = {"m.relates_to": relation, "org.matrix.msc3381.poll.response": {"answers": list(answers)}}
        return await self.send(room, "org.matrix.msc3381.poll.response", body)

    async def start_poll(self, room: RoomId, question: str, *answers: str, disclosed: bool = True) -> EventId:
        """Start a native poll (MSC3381) as Element's menu does; answer IDs are "a1", "a2", …"""
        fallback = "\n".join([question, *(f"{number}. {answer}" for number, answer in enumerate(answers, 1))])
        start = {
            "question": {"body": question, "org.matrix.msc1767.text": question, "msgtype": "m.text"},
            "kind": f"org.matrix.msc3381.poll.{'disclosed' if disclosed else 'undisclosed'}",
            "max_selections": 1,
            "answers": [{"id": f"a{number}", "org.matrix.msc1767.text": text} for number, text in enumerate(answers, 1)],
        }
        body = {"org.matrix.msc3381.poll.start": start, "org.matrix.msc1767.text": fallback}
        return await self.send(room, "org.matrix.msc3381.poll.start", body)

    async def end_poll(self, room: RoomId, poll: EventId) -> EventId:
        relation = {"rel_type": "m.reference", "event_id": poll}
        text = "The poll has ended"
        body = {"m.relates_to": relation, "org.matrix.msc3381.poll.end": {}, "org.matrix.msc1767.text": text}
        return await self.send(room, "org.matrix.msc3381.poll.end", body)

    async def redact(self, room: RoomId, event: EventId) -> EventId:
        txn_id = f"{self._run}-{next(self._numbers)}"
        answer = await self.request("PUT", f"rooms/{_quote(room)}/redact/{_quote(event)}/{_quote(txn_id)}", {})
        return EventId(answer["event_id"])

    # ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def history(self, room: RoomId) -> list[Event]:
        """Everything the person may read in a room, oldest first."""
        events: list[Event] = []
        start: str | None = None
        while True:
            page = await self._page(room, start)
            events.extend(page["chunk"])
            start = page.get("end")
            if start is None:
                return events[::-1]

    async def wait_for(self, wanted: Callable[[Event], object], *, room: RoomId | None = None, seconds: float = 30.0) -> Event:
        """The first event, seen already or to come, for which `wanted` is true.

        Raises:
            TimeoutError: none came within `seconds`.
        """
        fits = [event for event in self.seen if _is_in(event, room) and wanted(event)]
        looked = len(self.seen)
        async with asyncio.timeout(seconds):
            while not fits:
                await self.sync()
                fits = [event for event in self.seen[looked:] if _is_in(event, room) and wanted(event)]
                looked = len(self.seen)
        return fits[0]

    async def wait_until(self, condition: Callable[[Sequence[Event]], object], *, seconds: float = 30.0) -> None:
        """Wait until `condition` is true of all events seen.

        Raises:
            TimeoutError: it was not within `seconds`.
        """
        async with asyncio.timeout(seconds):
            while not condition(self.seen):
                await self.sync()

    async def wait_for_text(self, part: str, *, room: RoomId | None = None, seconds: float = 30.0) -> Event:
        """The first message whose text holds `part`; edits count with their new text."""
        return await self.wait_for(lambda event: part in text_of(event), room=room, seconds=seconds)

    async def wait_for_invite(self, room: RoomId, *, seconds: float = 30.0) -> None:
        await self.wait_for(lambda event: event["type"] == "invite", room=room, seconds=seconds)

    async def sync(self) -> None:
        """Take what is new, waiting for it for up to ten seconds."""
        async with self._syncing:
            query = {"filter": _FILTER, "timeout": str(_LONG_POLL if self._since else 0)}
            if self._since:
                query["since"] = self._since
            answer = await self.request("GET", "sync", query=query)
            rooms = answer.get("rooms", {})
            self.seen.extend({"type": "invite", "room_id": room} for room in rooms.get("invite", {}))
            for room_id, room in [*rooms.get("join", {}).items(), *rooms.get("leave", {}).items()]:
                timeline = room.get("timeline", {})
                if timeline.get("limited") and self._since:
                    await self._fill_gap(RoomId(room_id), timeline["prev_batch"])
                self.seen.extend({**event, "room_id": room_id} for event in timeline.get("events", []))
            self._since = answer["next_batch"]

    async def _fill_gap(self, room: RoomId, before: str) -> None:
        known = {event.get("event_id") for event in self.seen if _is_in(event, room)}
        missing: list[Event] = []
        start: str | None = before
        while start is not None:
            page = await self._page(room, start)
            fresh = [event for event in page["chunk"] if event["event_id"] not in known]
            missing.extend(fresh)
            start = page.get("end") if len(fresh) == len(page["chunk"]) else None
        self.seen.extend(missing[::-1])

    async def _page(self, room: RoomId, start: str | None) -> dict[str, Any]:
        query = {"dir": "b", "limit": "500", **({"from": start} if start else {})}
        return await self.request("GET", f"rooms/{_quote(room)}/messages", query=query)

    async def request(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, query: Mapping[str, str] | None = None
    ) -> dict[str, Any]:
        """One plain request below ``/_matrix/client/v3/``, for what no other verb covers.

        Raises:
            PermanentError: the answer is not 200.
        """
        async with self._session.request(method, self._url(path), json=body, params=query) as response:
            return await _accepted(response)

    def _url(self, path: str) -> URL:
        # Encoded already: yarl would turn "%2F" in an event ID back into a slash otherwise.
        return URL(f"{self.homeserver}/_matrix/client/v3/{path}", encoded=True)


def text_of(event: Event) -> str:
    """The text of a message, an edit's new text, a poll's question; empty for everything else."""
    content = event.get("content", {})
    start = content.get("org.matrix.msc3381.poll.start")
    if start is not None:
        return str(start.get("question", {}).get("org.matrix.msc1767.text", ""))
    body = content.get("m.new_content", content).get("body", "")
    return body if event.get("type") == "m.room.message" and isinstance(body, str) else ""


def _is_in(event: Event, room: RoomId | None) -> bool:
    return room is None or event["room_id"] == room


def _quote(part: str) -> str:
    return quote(part, safe="")


async def _accepted(response: aiohttp.ClientResponse) -> dict[str, Any]:
    answer: dict[str, Any] = await response.json(content_type=None)
    if response.status != 200:
        raise PermanentError(answer.get("errcode", "M_UNKNOWN"), response.status, answer.get("error", ""))
    return answer
