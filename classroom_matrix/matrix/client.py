"""`HttpGateway`: the Gateway's verbs as requests of the Matrix client-server API, over aiohttp."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import IO, TypeVar
from urllib.parse import quote

import aiohttp
import msgspec
from yarl import URL

from ..domain.ids import EventId, RoomAlias, RoomId, UserId
from ..domain.rooms import ENCRYPTION
from ..errors import AuthenticationWanted, PermanentError, TemporaryError
from .damage import decode_leniently
from .gateway import HistoryPage, Json, StateEvent
from .pacing import Pacing
from .source import DECIDE_WHO_READS

T = TypeVar("T")

TIMEOUT = 60.0  # seconds for one request; creating a room on a busy homeserver takes a few
_JSON = "application/json"
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode


class _Sent(msgspec.Struct):
    event_id: EventId


class _Room(msgspec.Struct):
    room_id: RoomId


class _JoinedRooms(msgspec.Struct):
    joined_rooms: list[RoomId]


class _Profile(msgspec.Struct):
    displayname: str | None = None


class _Upload(msgspec.Struct):
    content_uri: str


class _Messages(msgspec.Struct):
    chunk: list[Json]
    end: str | None = None


class _Membership(msgspec.Struct):
    membership: str


class _Account(msgspec.Struct):
    user_id: UserId
    device_id: str | None = None


RoomChanged = Callable[[RoomId], Awaitable[None]]
Decode = Callable[[bytes], T]

_sent: Decode[_Sent] = msgspec.json.Decoder(_Sent).decode
_room: Decode[_Room] = msgspec.json.Decoder(_Room).decode
_state: Decode[list[StateEvent]] = msgspec.json.Decoder(list[StateEvent]).decode
_joined_rooms: Decode[_JoinedRooms] = msgspec.json.Decoder(_JoinedRooms).decode
_profile: Decode[_Profile] = msgspec.json.Decoder(_Profile).decode
_upload: Decode[_Upload] = msgspec.json.Decoder(_Upload).decode
_messages: Decode[_Messages] = msgspec.json.Decoder(_Messages).decode
_membership: Decode[_Membership] = msgspec.json.Decoder(_Membership).decode
_account: Decode[_Account] = msgspec.json.Decoder(_Account).decode

_ADDRESS = re.compile(r"mxc://([A-Za-z0-9.:\[\]-]+)/([A-Za-z0-9_-]+)")
"""Of a file (spec, "Matrix Content (mxc://) URIs"); whatever else a message calls an address is none."""
_SILENCE = 60.0  # seconds without a byte after which a download is given up

_FINE = (200, 201)
"""201: a device that was not there is made (MSC4190)."""
_ABOUT_US = {"M_CONNECTION_FAILED", "M_CONNECTION_TIMED_OUT", "M_BAD_STATUS"}
"""Said with a 502 or 504 of the ping: the homeserver is well, but cannot reach us."""


class HttpGateway:
    """One account's requests.

    Args:
        session: shared; it closes with the service.
        url: base URL of the homeserver's client API.
        token: the account's access token, or the application service's.
        user_id: the account.
        act_as: whether the token is an application service's, which has to name the user it acts for.
        device_id: with `act_as`, the device to act as. Synapse (1.163) keeps the transaction IDs of an application service
            without a device in memory only: after its restart a repeated request would be a second message.
        pacing: shared by everything that talks to this homeserver.
        changed: called after every request that may decide who reads what in a room, answered or not: the news of it comes
            later, and what is sent to the room may be quicker.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        url: str,
        token: str,
        user_id: UserId,
        *,
        act_as: bool = False,
        device_id: str | None = None,
        pacing: Pacing | None = None,
        changed: RoomChanged | None = None,
    ) -> None:
        self._session = session
        self._base = url.rstrip("/") + "/_matrix/client/v3"
        self._root = url.rstrip("/")
        self._user_id = user_id
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": _JSON}
        self._query = f"?user_id={_escaped(user_id)}" if act_as else ""
        if act_as and device_id:
            self._query += f"&device_id={_escaped(device_id)}"
        self._timeout = aiohttp.ClientTimeout(total=TIMEOUT)
        self.pacing = pacing or Pacing()
        self.changed = changed

    @property
    def user_id(self) -> UserId:
        return self._user_id

    async def request(
        self,
        kind: str,
        method: str,
        path: str,
        body: bytes | None = None,
        *,
        decode: Decode[T] = _decode,
        mimetype: str = _JSON,
    ) -> T:
        """One attempt at a request; `path` is escaped already. Waits first if the homeserver needs a rest.

        Raises:
            TemporaryError: no connection, 5xx, 429, a page that is not Matrix's, or a token that is refused: the row that
                waits for it must not be lost because of a wrong setting.
            AuthenticationWanted: the homeserver wants a proof of who asks.
            PermanentError: any other answer but 200 or 201.
        """
        base = self._root if path.startswith("/_") else self._base
        query = self._query.replace("?", "&") if "?" in path else self._query
        url = URL(base + path + query, encoded=True)
        headers = self._headers if mimetype is _JSON else {**self._headers, "Content-Type": mimetype}

        async def attempt() -> T:
            try:
                async with self._session.request(
                    method, url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False
                ) as response:
                    answer = await response.read()
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise TemporaryError(f"no answer from the homeserver: {type(error).__name__}") from error
            if response.status not in _FINE:
                raise _error(response.status, answer, response.headers.get("Retry-After"))
            try:
                return decode_leniently(decode, answer)
            except (ValueError, RecursionError) as error:  # also msgspec's
                raise TemporaryError("the homeserver's answer is not Matrix's; is there a proxy's page?") from error

        return await self.pacing.run(kind, attempt)

    # ── Messages ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def send(self, room_id: RoomId, event_type: str, content: bytes, txn_id: str) -> EventId:
        path = f"/rooms/{_escaped(room_id)}/send/{event_type}/{txn_id}"
        return (await self.request("send", "PUT", path, content, decode=_sent)).event_id

    async def redact(self, room_id: RoomId, event_id: EventId, reason: str, txn_id: str) -> EventId:
        path = f"/rooms/{_escaped(room_id)}/redact/{_escaped(event_id)}/{txn_id}"
        body = _encode({"reason": reason} if reason else {})
        return (await self.request("send", "PUT", path, body, decode=_sent)).event_id

    # ── State ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def set_state(self, room_id: RoomId, event_type: str, state_key: str, content: Json) -> EventId:
        path = f"/rooms/{_escaped(room_id)}/state/{event_type}/{_escaped(state_key)}"
        if event_type not in DECIDE_WHO_READS:
            return (await self.request("state", "PUT", path, _encode(content), decode=_sent)).event_id
        async with self._changing(room_id):
            return (await self.request("state", "PUT", path, _encode(content), decode=_sent)).event_id

    @asynccontextmanager
    async def _changing(self, room_id: RoomId) -> AsyncIterator[None]:
        """Around a request that decides who reads what. What was not answered may have been done."""
        try:
            yield
        finally:
            if self.changed is not None:
                await self.changed(room_id)

    async def ensure_encrypted(self, room_id: RoomId) -> None:
        try:
            await self.request("read", "GET", f"/rooms/{_escaped(room_id)}/state/m.room.encryption/")
        except PermanentError as error:
            if error.errcode != "M_NOT_FOUND":
                raise
        else:
            return
        try:
            await self.set_state(room_id, "m.room.encryption", "", ENCRYPTION)
        except PermanentError as error:
            if error.status != 403:
                raise

    async def state(self, room_id: RoomId) -> Sequence[StateEvent]:
        return await self.request("read", "GET", f"/rooms/{_escaped(room_id)}/state", decode=_state)

    # ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def create_room(self, request: Json, txn_id: str) -> RoomId:
        """As the protocol says. Synapse's own ``PUT /createRoom/{txnId}`` makes a repeat join the first one while that is
        still running (source: synapse/rest/client/room.py); other homeservers get the specified POST.
        """
        body = _encode(request)
        try:
            answer = await self.request("create", "PUT", f"/createRoom/{txn_id}", body, decode=_room)
        except PermanentError as error:
            if error.errcode != "M_UNRECOGNIZED":
                raise
            answer = await self.request("create", "POST", "/createRoom", body, decode=_room)
        return answer.room_id

    async def resolve(self, alias: RoomAlias) -> RoomId | None:
        try:
            answer = await self.request("read", "GET", f"/directory/room/{_escaped(alias)}", decode=_room)
        except PermanentError as error:
            if error.errcode == "M_NOT_FOUND":
                return None
            raise
        return answer.room_id

    async def set_alias(self, alias: RoomAlias, room_id: RoomId) -> None:
        await self.request("state", "PUT", f"/directory/room/{_escaped(alias)}", _encode({"room_id": room_id}))

    async def delete_alias(self, alias: RoomAlias) -> None:
        try:
            await self.request("state", "DELETE", f"/directory/room/{_escaped(alias)}")
        except PermanentError as error:
            if error.errcode != "M_NOT_FOUND":
                raise

    async def joined_rooms(self) -> Sequence[RoomId]:
        return (await self.request("read", "GET", "/joined_rooms", decode=_joined_rooms)).joined_rooms

    # ── Members ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def membership(self, room_id: RoomId, user_id: UserId) -> str | None:
        path = f"/rooms/{_escaped(room_id)}/state/m.room.member/{_escaped(user_id)}"
        try:
            return (await self.request("read", "GET", path, decode=_membership)).membership
        except PermanentError as error:
            if error.errcode == "M_NOT_FOUND":
                return None
            raise

    async def invite(self, room_id: RoomId, user_id: UserId, *, direct: bool = False) -> None:
        """`direct` by the state event itself: the verb of the specification has no word for it."""
        try:
            async with self._changing(room_id):
                await self._invite(room_id, user_id, direct=direct)
        except PermanentError as error:
            if error.status != 403 or "already in the room" not in str(error):
                raise

    async def _invite(self, room_id: RoomId, user_id: UserId, *, direct: bool) -> None:
        if direct:
            path = f"/rooms/{_escaped(room_id)}/state/m.room.member/{_escaped(user_id)}"
            await self.request("invite", "PUT", path, _encode({"membership": "invite", "is_direct": True}))
        else:
            await self._member("invite", room_id, {"user_id": user_id})

    async def join(self, room: RoomId | RoomAlias) -> RoomId:
        return (await self.request("join", "POST", f"/join/{_escaped(room)}", b"{}", decode=_room)).room_id

    async def leave(self, room_id: RoomId) -> None:
        for verb in ("leave", "forget"):
            try:
                await self._member(verb, room_id, {})
            except PermanentError as error:
                if error.status not in (403, 404, 400):
                    raise

    async def kick(self, room_id: RoomId, user_id: UserId, reason: str) -> None:
        try:
            async with self._changing(room_id):
                await self._member("kick", room_id, {"user_id": user_id, "reason": reason})
        except PermanentError as error:
            if "not in the room" not in str(error):
                raise

    async def _member(self, verb: str, room_id: RoomId, body: Json) -> None:
        await self.request(
            "invite" if verb == "invite" else "member", "POST", f"/rooms/{_escaped(room_id)}/{verb}", _encode(body)
        )

    # ── Looking back ────────────────────────────────────────────────────────────────────────────────────────────────

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
        only = {name: sorted(wanted) for name, wanted in (("senders", senders), ("types", types)) if wanted}
        query = f"?dir={'b' if backwards else 'f'}&limit={limit}"
        query += f"&from={_escaped(start)}" if start else ""
        query += f"&filter={_escaped(_encode(only).decode())}" if only else ""
        answer = await self.request("read", "GET", f"/rooms/{_escaped(room_id)}/messages{query}", decode=_messages)
        return HistoryPage(answer.chunk, answer.end)

    # ── The account ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def set_profile(self, display_name: str) -> None:
        path = f"/profile/{_escaped(self._user_id)}/displayname"
        current = await self.request("read", "GET", path, decode=_profile)
        if current.displayname != display_name:  # every change is an event in every room
            await self.request("state", "PUT", path, _encode({"displayname": display_name}))

    async def upload(self, data: bytes, mimetype: str, filename: str) -> str:
        path = "/_matrix/media/v3/upload" + (f"?filename={_escaped(filename)}" if filename else "")
        return (await self.request("upload", "POST", path, data, decode=_upload, mimetype=mimetype)).content_uri

    async def download(self, address: str, into: IO[bytes]) -> str:
        """See `Gateway`. Only this homeserver's own files: others' would be fetched from their servers."""
        named = _ADDRESS.fullmatch(address)
        if named is None or named[1] != self._user_id.partition(":")[2]:
            raise PermanentError("M_NOT_FOUND", 404, "no file of this homeserver")
        path = f"/_matrix/client/v1/media/download/{_escaped(named[1])}/{_escaped(named[2])}"
        url = URL(self._root + path + self._query, encoded=True)
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=TIMEOUT, sock_read=_SILENCE)

        async def attempt() -> str:
            into.seek(0)
            into.truncate()
            try:
                async with self._session.get(url, headers=self._headers, timeout=timeout, allow_redirects=False) as response:
                    if response.status != 200:
                        raise _error(response.status, await response.read(), response.headers.get("Retry-After"))
                    async for chunk in response.content.iter_chunked(65_536):
                        into.write(chunk)
                    return response.content_type
            except (aiohttp.ClientError, TimeoutError) as error:
                raise TemporaryError(f"no answer from the homeserver: {type(error).__name__}") from error

        return await self.pacing.run("read", attempt)

    async def own_device(self) -> str | None:
        """The device that the access token is of."""
        return (await self.request("read", "GET", "/account/whoami", decode=_account)).device_id

    async def whoami(self) -> UserId:
        return (await self.request("read", "GET", "/account/whoami", decode=_account)).user_id


@lru_cache(maxsize=2_000)
def _escaped(part: str) -> str:
    """Part of a path; remembered because the same rooms come again and again."""
    return quote(part, safe="")


def _error(status: int, answer: bytes, retry_after: str | None) -> TemporaryError | PermanentError:
    try:
        body = _decode(answer)
    except (ValueError, RecursionError):
        body = None
    errcode = body.get("errcode") if isinstance(body, dict) else None
    if status == 429:
        return TemporaryError("rate limited", retry_after=_seconds(body, retry_after))
    if status == 401 and isinstance(body, dict) and isinstance(body.get("flows"), list):
        return _authentication(body)
    if not isinstance(errcode, str) or (status >= 500 and errcode not in _ABOUT_US):
        return TemporaryError(f"the homeserver answered {status}")
    if status == 401:
        return TemporaryError(f"the homeserver refuses the access token ({errcode})")
    return PermanentError(errcode, status, str(body.get("error", "")))


def _authentication(body: Json) -> AuthenticationWanted:
    flows = [flow["stages"] for flow in body["flows"] if isinstance(flow, dict) and isinstance(flow.get("stages"), list)]
    return AuthenticationWanted(str(body.get("errcode", "")), str(body.get("session", "")), flows, str(body.get("error", "")))


def _seconds(body: object, retry_after: str | None) -> float:
    """How long a 429 asks to wait: the header's seconds, or the older field's milliseconds, or a guess."""
    if retry_after is not None and retry_after.strip().isdigit():
        return float(retry_after)
    milliseconds = body.get("retry_after_ms") if isinstance(body, dict) else None
    return milliseconds / 1000 if isinstance(milliseconds, int | float) else 5.0
