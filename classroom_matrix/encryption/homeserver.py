"""`KeyServer`: what encryption asks of the homeserver, with the account and device that the keys belong to.

All verbs raise `TemporaryError` or `PermanentError` like those of `matrix.gateway.Gateway`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from ..domain.ids import RoomId, UserId
from ..errors import AuthenticationWanted, PermanentError
from ..matrix.client import HttpGateway
from ..matrix.source import KeyNews

log = logging.getLogger(__name__)

Json = Mapping[str, Any]


class _Member(msgspec.Struct):
    state_key: str
    content: dict[str, Any]


class _Members(msgspec.Struct):
    chunk: list[_Member] = []


_encode = msgspec.json.Encoder().encode
_key_news = msgspec.json.Decoder(KeyNews).decode
_members = msgspec.json.Decoder(_Members).decode
_nothing: dict[str, Any] = {"types": []}
_FILTER = quote(
    _encode(
        {
            "room": {"rooms": [], "timeline": _nothing, "state": _nothing, "ephemeral": _nothing, "account_data": _nothing},
            "presence": _nothing,
            "account_data": _nothing,
        }
    ).decode(),
    safe="",
)


class KeyServer:
    """Requests of one device.

    Args:
        gateway: acts as the account, with the device.
        device_id: the device whose keys these are.
        account: acts as the account without the device, which may not be there yet; an application service's only.
    """

    def __init__(self, gateway: HttpGateway, device_id: str, *, account: HttpGateway | None = None) -> None:
        self._gateway = gateway
        self._account = account or gateway
        self.user_id: UserId = gateway.user_id
        self.device_id = device_id

    # ── Own device and identity ─────────────────────────────────────────────────────────────────────────────────────

    async def make_device(self, name: str) -> None:
        """Make the device (MSC4190, application services only); the same again is no error."""
        path = f"/devices/{quote(self.device_id, safe='')}"
        await self._account.request("keys", "PUT", path, _encode({"display_name": name}))

    async def delete_device(self, device_id: str) -> None:
        """Delete another device of the account (MSC4190); one that is gone is no error.

        Nor is one that only somebody with the account's password may delete (where no application service is): nothing hangs
        on it, it is only given keys that nobody uses.
        """
        try:
            await self._ask("DELETE", f"/devices/{quote(device_id, safe='')}", {})
        except AuthenticationWanted:
            log.warning("%s is of no use any more, and the homeserver wants a password to delete it: log it out", device_id)
        except PermanentError as error:
            if error.status != 404:
                raise

    async def upload_keys(self, body: Json) -> Mapping[str, int]:
        """``POST /keys/upload``. Returns how many one-time keys the homeserver holds, by algorithm."""
        counts: Mapping[str, int] = (await self._ask("POST", "/keys/upload", body))["one_time_key_counts"]
        return counts

    async def upload_signing_keys(self, body: Json) -> None:
        """``POST /keys/device_signing/upload``. A 401 (who are you?) is a `PermanentError` with status 401."""
        await self._ask("POST", "/keys/device_signing/upload", body)

    async def upload_signatures(self, body: Json) -> Json:
        """``POST /keys/signatures/upload``. Returns ``failures``: by user and key ID; empty where all went well."""
        failures: Json = (await self._ask("POST", "/keys/signatures/upload", body)).get("failures") or {}
        return failures

    # ── Other people's devices ──────────────────────────────────────────────────────────────────────────────────────

    async def query_keys(self, users: Iterable[str]) -> Json:
        """``POST /keys/query``: the whole answer."""
        return await self._ask("POST", "/keys/query", {"device_keys": {user: [] for user in users}})

    async def claim_keys(self, devices: Iterable[tuple[str, str]]) -> Json:
        """``POST /keys/claim`` for (user, device): the answer's ``one_time_keys``."""
        wanted: dict[str, dict[str, str]] = {}
        for user, device in devices:
            wanted.setdefault(user, {})[device] = "signed_curve25519"
        claimed = (await self._ask("POST", "/keys/claim", {"one_time_keys": wanted})).get("one_time_keys")
        return claimed if isinstance(claimed, dict) else {}

    async def send_to_device(self, kind: str, txn_id: str, messages: bytes) -> None:
        """`messages`: JSON of ``{user: {device: content}}``. The same transaction ID again sends nothing twice."""
        path = f"/sendToDevice/{quote(kind, safe='')}/{quote(txn_id, safe='')}"
        await self._gateway.request("keys", "PUT", path, b'{"messages":' + messages + b"}")

    async def key_news(self, since: str | None, patience: int) -> KeyNews:
        """To-device messages, changed device lists and key counts since then. `patience`: milliseconds to wait for news."""
        path = f"/sync?timeout={patience}&set_presence=offline&filter={_FILTER}"
        if since:
            path += f"&since={quote(since, safe='')}"
        return await self._gateway.request("sync", "GET", path, decode=_key_news)

    # ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def encryption_of(self, room_id: RoomId) -> Json | None:
        """Content of the room's ``m.room.encryption``; None where it is not encrypted."""
        return await self._state(room_id, "m.room.encryption")

    async def history_visibility_of(self, room_id: RoomId) -> str:
        content = await self._state(room_id, "m.room.history_visibility") or {}
        return str(content.get("history_visibility", "shared"))

    async def _state(self, room_id: RoomId, kind: str) -> Json | None:
        try:
            found: Json = await self._gateway.request("read", "GET", f"/rooms/{quote(room_id, safe='')}/state/{kind}")
        except PermanentError as error:
            if error.errcode == "M_NOT_FOUND":
                return None
            raise
        return found

    async def members_of(self, room_id: RoomId) -> Sequence[tuple[UserId, str]]:
        """(user, membership) of everybody who is in the room or invited."""
        path = f"/rooms/{quote(room_id, safe='')}/members?not_membership=leave"
        answer = await self._gateway.request("read", "GET", path, decode=_members)
        return [
            (UserId(member.state_key), membership)
            for member in answer.chunk
            if (membership := member.content.get("membership")) in ("join", "invite")
        ]

    async def _ask(self, method: str, path: str, body: Json) -> dict[str, Any]:
        answer: dict[str, Any] = await self._gateway.request("keys", method, path, _encode(body))
        return answer


def part_of(answer: Json, name: str) -> Json:
    """What stands under `name`; nothing where that is no object: what others have uploaded is handed on as it is."""
    part = answer.get(name)
    return part if isinstance(part, Mapping) else {}
