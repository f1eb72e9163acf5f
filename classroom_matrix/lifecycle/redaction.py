"""Taking back everything that some accounts said in a room, and what the bot said about them.

What has to go is told from the homeserver's own history, so that nothing is missed and nothing is redacted twice: a redacted
event has no content. Each redaction is a row of the outbox before it is a request, under a key made of the erasure and the
event. A running service may send the same rows; the homeserver answers both with the same event.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from ..domain.ids import EventId, RoomId, UserId
from ..errors import PermanentError
from ..matrix.gateway import Json
from ..matrix.source import ENCRYPTED
from ..provisioning.patience import patiently
from ..runtime.sender import Sender
from ..storage import outbox
from ..storage.database import Database, json_list
from ..storage.outbox import GIVEN_UP, Effect
from .house import House
from .mentions import Names

PAGE = 500
"""Events asked for at once. One of 65 kB at most, usually 1 kB."""

_KEPT: dict[str, frozenset[str]] = {
    "m.room.member": frozenset({"membership", "join_authorised_via_users_server", "third_party_invite"}),
    "m.room.redaction": frozenset({"redacts"}),
}
"""What a redaction leaves (spec, room version 12), of types whose other content is personal."""
_NOT_PERSONAL = frozenset(
    {"m.room.create", "m.room.power_levels", "m.room.join_rules", "m.room.history_visibility", "m.room.guest_access"}
)
"""State that redactions leave as it is; in a private chat its maker has sent it."""


@dataclass(slots=True)
class Found:
    """What has to go from a room. `addresses`: of files in it. `unread`: how many events may have to go, but cannot be read."""

    events: list[EventId] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for.

    Args:
        accounts: whose events go.
        names: whom the bot must not have named.
        thoroughly: in the staff room, surnames alone count too, and commands; in other rooms whole names of the bot's only.
    """

    accounts: Collection[UserId]
    names: Names
    bot: UserId
    thoroughly: bool = False

    def covers(self, event: Json) -> bool:
        """Whether the event has content that has to go."""
        content = event.get("content")
        if not isinstance(content, dict) or not _has_content(event, content):
            return False
        if event.get("sender") in self.accounts:
            return True
        if event.get("type") == "m.room.member":
            return event.get("state_key") in self.accounts
        if "state_key" in event:
            return False
        return (event.get("sender") == self.bot or self._is_command(content)) and self._names(content)

    def cannot_tell(self, event: Json) -> bool:
        """Whether the event may name somebody and its key is not there. Whose it is stands outside of what is encrypted."""
        if event.get("type") != ENCRYPTED or not event.get("content") or event.get("sender") in self.accounts:
            return False
        return event.get("sender") == self.bot or self.thoroughly

    def _is_command(self, content: Json) -> bool:
        """What staff told the bot about somebody goes like the bot's answer; what people say to each other stays."""
        body = content.get("body")
        return self.thoroughly and isinstance(body, str) and body.lstrip().startswith("!")

    def _names(self, content: Json) -> bool:
        said = "\n".join(_texts(content))
        return self.names.found_in(said) if self.thoroughly else self.names.whole_in(said)


async def history(house: House, room_id: RoomId) -> AsyncIterator[Json]:
    """Every event of a room that the bot may read, newest first.

    Raises:
        PermanentError: the bot is not in the room, or there is none.
    """
    start: str | None = None
    while True:
        page = await patiently(partial(house.gateway.messages, room_id, start=start, limit=PAGE), house.waiting)
        for event in page.events:
            yield event
        if page.end is None:
            return
        start = page.end


async def look(house: House, room_id: RoomId, wanted: Wanted) -> Found | None:
    """What has to go from a room, oldest first; None where the bot cannot look.

    Synapse keeps beside a state event in its cache what stood there before it, and does not look again when that is redacted
    (1.163, `events_worker.py`): a name would go on being shown with a later membership that was redacted, and read, earlier.
    """
    found = Found()
    try:
        async for event in history(house, room_id):
            if wanted.covers(event):
                found.events.append(EventId(str(event.get("event_id"))))
                if event.get("sender") in wanted.accounts:
                    found.addresses += _addresses(event.get("content", {}))
            found.unread += wanted.cannot_tell(event)
    except PermanentError as error:
        if error.errcode in ("M_FORBIDDEN", "M_NOT_FOUND", "M_UNKNOWN"):
            return None
        raise
    found.events.reverse()
    return found


async def redact(house: House, room_id: RoomId, events: Sequence[EventId], cause: str) -> int:
    """Take events back. Returns how many were refused.

    Args:
        cause: begins the keys of the rows; the same for the whole erasure.
    """
    rows = await house.database.call(_ensure_rows, house.database, room_id, tuple(events), cause, house.clock())
    if rows:
        sender = Sender(house.database, house.gateway, _no_desk, lambda _woken, _cards: None)
        sending = asyncio.create_task(sender.run())
        try:
            sender.take(rows)
            idle = asyncio.create_task(sender.idle())
            await asyncio.wait((idle, sending), return_when=asyncio.FIRST_COMPLETED)
            if sending.done():
                idle.cancel()
                sending.result()
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError):
                await sending
    return await house.database.call(_count_refused, house.database, tuple(events), cause)


async def _no_desk(_class_id: object, _household_id: object) -> None:
    return None


def _ensure_rows(database: Database, room_id: RoomId, events: Sequence[EventId], cause: str, now: float) -> list[Effect]:
    """A row for each redaction; those that were refused or cut off before are made again. Returns what has to be sent."""
    keys = {f"{cause}|{event_id}": event_id for event_id in events}
    with database.transaction():
        database.execute(
            "UPDATE outbox SET state = 0, event_id = NULL WHERE key IN (SELECT value FROM json_each(?))", (json_list(keys),)
        )
        known = dict(
            database.execute("SELECT key, seq FROM outbox WHERE key IN (SELECT value FROM json_each(?))", (json_list(keys),))
        )
        rows = [Effect(key, "redact", room_id, event_id, b"") for key, event_id in keys.items()]
        outbox.add(database, [row for row in rows if row.key not in known], now)
    for row in rows:
        row.seq = known.get(row.key, row.seq)
    return rows


def _count_refused(database: Database, events: Sequence[EventId], cause: str) -> int:
    keys = json_list(f"{cause}|{event_id}" for event_id in events)
    row = database.execute(
        f"SELECT COUNT(*) FROM outbox WHERE state = {GIVEN_UP} AND key IN (SELECT value FROM json_each(?))",  # noqa: S608
        (keys,),
    ).fetchone()
    return int(row[0])


def _has_content(event: Json, content: Json) -> bool:
    kind = event.get("type")
    if kind in _NOT_PERSONAL:
        return False
    return bool(content.keys() - _KEPT.get(str(kind), frozenset()))


def _texts(content: Any) -> Iterator[str]:
    """Every text in an event, however deep."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list):
        for value in content:
            yield from _texts(value)


def _addresses(content: Any) -> Iterator[str]:
    return (text for text in _texts(content) if text.startswith("mxc://"))
