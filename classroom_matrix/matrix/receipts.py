"""Read receipts out of what the homeserver pushes or answers. Public ones: private ones (``m.read.private``) never leave it.

Shape: ``{"type": "m.receipt", "room_id": …, "content": {event_id: {"m.read": {user_id: {"ts": milliseconds}}}}}``
(Client-Server API, "Receipts"). In answers to ``/sync`` the room stands outside.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from ..domain.ids import RoomId, UserId
from .source import Receipt


class _Ephemeral(msgspec.Struct):
    type: str = ""
    room_id: str = ""
    content: dict[str, Any] = {}


_decode = msgspec.json.Decoder(_Ephemeral).decode


def read_receipts(raws: Iterable[msgspec.Raw], ignore: UserId, room_id: RoomId | None = None) -> list[Receipt]:
    """The newest receipt of everybody in each room; whatever else is in there is left out.

    Args:
        ignore: the bot, which reads everything.
        room_id: where they are from, if they do not say so themselves.
    """
    newest: dict[tuple[str, str], int] = {}
    for raw in raws:
        try:
            event = _decode(raw)
        except (ValueError, RecursionError):  # also msgspec's
            continue
        if event.type == "m.receipt" and (place := room_id or event.room_id):
            for user, at in _readers(event.content):
                if user != ignore and at > newest.get((place, user), 0):
                    newest[place, user] = at
    return [Receipt(RoomId(place), UserId(user), at) for (place, user), at in newest.items()]


def _readers(content: dict[str, Any]) -> Iterable[tuple[str, int]]:
    for kinds in content.values():
        readers = kinds.get("m.read") if isinstance(kinds, dict) else None
        for user, receipt in readers.items() if isinstance(readers, dict) else ():
            at = receipt.get("ts") if isinstance(receipt, dict) else None
            if type(at) is int:
                yield user, at
