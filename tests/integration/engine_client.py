"""People whose client has Element's engine: matrix-js-sdk with its Rust crypto, in one Node process for all of them.

A stand-in for `Person` in encrypted rooms: everything said is encrypted where the room is, everything seen is in clear.
Beside what the homeserver sends, an event seen has

- ``encrypted``: whether it came encrypted;
- ``failure``: why it cannot be read (``DecryptionFailureCode`` of matrix-js-sdk), None where it can. Such an event has
  the type ``m.room.encrypted``. Once its key comes it is seen a second time, in clear;
- ``shield``: ``{"colour": "none" | "grey" | "red", "reason": …}``, what Element would draw beside it; None where it came
  unencrypted.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Literal

import aiohttp

from classroom_matrix.domain.ids import EventId, RoomAlias, RoomId, UserId
from classroom_matrix.errors import PermanentError
from classroom_matrix.testing.person import Event, Person
from tests.integration.engine_process import EngineError, EngineProcess

Isolation = Literal["all", "signed"]
"""Whom a client gives its keys to and reads: all devices, or only those that their owners signed (MSC4153)."""


@dataclass(frozen=True, slots=True)
class Verification:
    """How far a verification has come. `phase`: requested, ready, started, cancelled, done (or unsent)."""

    transaction: str
    other: UserId
    room: RoomId | None
    phase: str
    mine: bool
    cancelled: str | None

    @classmethod
    def of(cls, event: Mapping[str, Any]) -> Verification:
        phases = ("", "unsent", "requested", "ready", "started", "cancelled", "done")
        names = ("transaction", "other", "room", "phase", "mine", "cancelled")
        return cls(**{name: event[name] for name in names} | {"phase": phases[event["phase"]]})


class Engines(EngineProcess):
    """``async with Engines() as engines: parent = await engines.log_in(…)``, one process for all of them."""

    def __init__(self) -> None:
        super().__init__()
        self._clients: dict[str, EngineClient] = {}

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close_clients()
        await super().__aexit__(kind, error, trace)

    async def log_in(
        self, homeserver: str, localpart: str, password: str, *, isolation: Isolation = "all", cross_sign: bool = True
    ) -> EngineClient:
        """A new device of an account.

        Args:
            cross_sign: signs the device; the account's identity comes from another client of these engines, or is made
                where there is none yet. False leaves the device unsigned, as a client that was never verified.

        Raises:
            PermanentError: ``M_FORBIDDEN`` where the password is wrong.
            EngineError: the account's identity is in nobody's hands here.
        """
        identifier = {"type": "m.id.user", "user": localpart}
        body = {"type": "m.login.password", "identifier": identifier, "password": password}
        url = f"{homeserver.rstrip('/')}/_matrix/client/v3/login"
        async with aiohttp.ClientSession() as session, session.post(url, json=body) as response:
            login = await response.json()
            if response.status != 200:
                raise PermanentError(login.get("errcode", "M_UNKNOWN"), response.status, login.get("error", ""))
        user_id = UserId(login["user_id"])
        others = [client for client in self._clients.values() if client.user_id == user_id and client.signed]
        client = await self.start(homeserver, user_id, login["access_token"], login["device_id"], isolation=isolation)
        if cross_sign and others:
            await client.take_identity(others[0])
        elif cross_sign:
            await client.make_identity(password)
        return client

    async def instead_of(
        self, person: Person, password: str, *, isolation: Isolation = "all", cross_sign: bool = True
    ) -> EngineClient:
        """The same account at the same device, which had no keys so far, with the engine."""
        device = (await person.request("GET", "account/whoami"))["device_id"]
        client = await self.start(person.homeserver, person.user_id, person.access_token, device, isolation=isolation)
        if cross_sign:
            await client.make_identity(password)
        return client

    async def start(
        self, homeserver: str, user_id: UserId, access_token: str, device_id: str, *, isolation: Isolation = "all"
    ) -> EngineClient:
        """A client for a device that is logged in already and has no keys yet; its own come into being now."""
        client = EngineClient(self, homeserver, user_id, access_token, device_id, name=f"{user_id} {device_id}")
        self._clients[client.name] = client
        self.listeners[client.name] = client.take
        try:
            await client.ask(
                "start",
                baseUrl=client.homeserver,
                userId=user_id,
                accessToken=access_token,
                deviceId=device_id,
                isolation=isolation,
            )
        except BaseException:
            await client.close()
            raise
        return client

    async def close_clients(self) -> None:
        """Stop all clients; the process goes on."""
        await asyncio.gather(*(client.close() for client in list(self._clients.values())))

    def forget(self, client: EngineClient) -> None:
        self._clients.pop(client.name, None)

        self.listeners.pop(client.name, None)


class EngineClient(Person):
    """A person at a client with Element's engine. Made by `Engines.log_in`; what `Person` can, it can."""

    def __init__(
        self, engines: Engines, homeserver: str, user_id: UserId, access_token: str, device_id: str, *, name: str
    ) -> None:
        super().__init__(homeserver, user_id, access_token)
        self.device_id = device_id
        self.name = name
        self.signed = False
        self.verifications: dict[str, Verification] = {}
        self._engines = engines
        self._news = asyncio.Event()

    async def ask(self, verb: str, **words: Any) -> Any:
        """A verb of the engine, for what no method covers; see `Engines.ask`."""
        return await self._engines.ask(verb, self.name, **words)

    async def close(self, *, log_out: bool = False) -> None:
        """Stop; `log_out` also removes the device from the account."""
        self._engines.forget(self)
        await super().close()
        with suppress(EngineError):
            self._engines.check()
            await self.ask("stop", logout=log_out)

    # ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def create_dm(self, other: UserId, *, encrypted: bool | None = None) -> RoomId:
        """Open a private chat. Left to itself, it is encrypted where `other` has a device with keys, as in Element."""
        return RoomId(await self.ask("createDm", other=other, encrypted=encrypted))

    async def join(self, room: RoomId | RoomAlias) -> RoomId:
        return RoomId(await self.ask("join", room=room))

    async def encrypt_room(self, room: RoomId) -> EventId:
        return EventId(await self.ask("encryptRoom", room=room))

    async def is_encrypted(self, room: RoomId) -> bool:
        return bool(await self.ask("isEncrypted", room=room))

    # ── Speaking ────────────────────────────────────────────────────────────────────────────────────────────────────

    async def send(self, room: RoomId, kind: str, content: Mapping[str, Any], *, txn_id: str | None = None) -> EventId:
        """Send any event, encrypted where the room is (reactions never are)."""
        return EventId(await self.ask("send", room=room, type=kind, content=content, txnId=txn_id))

    async def send_file(
        self, room: RoomId, name: str, data: bytes, mimetype: str = "text/plain", *, msgtype: str = "m.file"
    ) -> EventId:
        words = {"name": name, "data": base64.b64encode(data).decode(), "mimetype": mimetype, "msgtype": msgtype}
        return EventId(await self.ask("sendFile", room=room, **words))

    async def fetch_file(self, event: Event) -> bytes:
        """The file of a message, in clear.

        Raises:
            EngineError: it is not there, or not the one that was sent.
        """
        return base64.b64decode(await self.ask("fetchFile", content=event["content"]))

    # ── Reading ─────────────────────────────────────────────────────────────────────────────────────────────────────

    async def history(self, room: RoomId) -> list[Event]:
        """Everything the person may read in a room, oldest first; what this client cannot open has a ``failure``."""
        return list(await self.ask("history", room=room))

    async def events(self, room: RoomId) -> list[Event]:
        """What the client holds of a room, with failures and shields as they are now."""
        return list(await self.ask("events", room=room))

    async def event(self, room: RoomId, event: EventId) -> Event:
        """One event, seen or to come, as it is now."""
        await self.wait_for(lambda seen: seen.get("event_id") == event, room=room)
        return next(held for held in await self.events(room) if held["event_id"] == event)

    async def sync(self) -> None:
        """Wait for what is new, for up to ten seconds; it comes by itself."""
        self._engines.check()
        news = self._news
        with suppress(TimeoutError):
            async with asyncio.timeout(10):
                await news.wait()
        self._engines.check()

    def take(self, message: Mapping[str, Any] | None) -> None:
        """What the engine tells; None: it ended."""
        match message and message["event"]:
            case "timeline":
                self.seen.append(message["content"])
            case "invite":
                self.seen.append({"type": "invite", "room_id": message["room"]})
            case "verification":
                verification = Verification.of(message)
                self.verifications[verification.transaction] = verification
        self._news.set()
        self._news = asyncio.Event()

    # ── Trust ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def make_identity(self, password: str, *, anew: bool = False) -> None:
        """Set up cross-signing; `anew`: replace the identity, as "reset your digital identity" does."""
        await self.ask("bootstrapCrossSigning", password=password, anew=anew)
        self.signed = True

    async def take_identity(self, other: EngineClient) -> None:
        """Have this device signed with the keys that another client of the same account holds."""
        await self.ask("takeIdentity", **{"from": other.name})
        self.signed = True

    async def set_isolation(self, mode: Isolation) -> None:
        await self.ask("setIsolation", mode=mode)

    async def trust(self, user: UserId) -> dict[str, Any]:
        """``identity`` (published one), ``known``, ``verified``, ``was_verified``, ``needs_approval`` and ``devices``.

        ``devices``: by ID, each with ``signed_by_owner``, ``cross_signing_verified``, ``locally_verified``, ``verified``.
        """
        answer: dict[str, Any] = await self.ask("trust", user=user)
        return answer

    async def wait_for_device(self, user: UserId, device: str, *, signed: bool = False) -> None:
        """Until the client has heard of somebody's device, and of its owner's signature where `signed` is asked for."""
        await self.ask("waitForDevice", user=user, device=device, signed=signed, gone=False)

    async def wait_until_device_is_gone(self, user: UserId, device: str) -> None:
        await self.ask("waitForDevice", user=user, device=device, signed=False, gone=True)

    async def pin_identity(self, user: UserId) -> None:
        """Accept that somebody has another identity now."""
        await self.ask("pinIdentity", user=user)

    async def withdraw_verification(self, user: UserId) -> None:
        await self.ask("withdrawVerification", user=user)

    async def block_device(self, user: UserId, device: str) -> None:
        await self.ask("blockDevice", user=user, device=device)

    async def give_keys_to_verified_people_only(self, only: bool = True) -> None:
        """Element's setting, which isolation "signed" does not look at; holds from the next session on."""
        await self.ask("onlyVerified", only=only)

    async def discard_session(self, room: RoomId) -> None:
        """Make the next message in a room begin a new Megolm session."""
        await self.ask("discardSession", room=room)

    async def count_room_keys(self, room: RoomId | None = None) -> int:
        return int(await self.ask("countRoomKeys", room=room))

    async def take_room_keys(self, other: EngineClient) -> None:
        """Room keys of another client here, as from a key backup; what they open is seen then."""
        await self.ask("takeRoomKeys", **{"from": other.name})

    # ── Verifying ───────────────────────────────────────────────────────────────────────────────────────────────────

    async def request_verification(self, user: UserId, *, room: RoomId | None = None, device: str | None = None) -> str:
        """Ask somebody to compare emoji: in a private chat as Element does, or one `device`. Returns the transaction."""
        return str(await self.ask("requestVerification", user=user, room=room, device=device))

    async def cancel_verification(self, transaction: str) -> None:
        await self.ask("cancelVerification", transaction=transaction)

    async def wait_for_verification(self, *phases: str, transaction: str | None = None, seconds: float = 30.0) -> Verification:
        """The first verification that is in one of `phases`.

        Raises:
            TimeoutError: none was within `seconds`.
        """
        async with asyncio.timeout(seconds):
            while True:
                for known in self.verifications.values():
                    if known.phase in phases and transaction in (None, known.transaction):
                        return known
                await self.sync()

    async def compare_emoji(self, other: EngineClient, room: RoomId) -> None:
        """Verify each other in a private chat, to the end."""
        transaction = await self.request_verification(other.user_id, room=room)
        await other.wait_for_verification("requested", transaction=transaction)
        await other.ask("acceptVerification", transaction=transaction)
        await self.wait_for_verification("ready", transaction=transaction)
        await self.ask("startEmoji", transaction=transaction)
        await other.wait_for_verification("started", transaction=transaction)
        both: Sequence[EngineClient] = (self, other)
        ours, theirs = await asyncio.gather(*(one.ask("showEmoji", transaction=transaction) for one in both))
        assert ours == theirs
        await asyncio.gather(*(one.ask("confirmEmoji", transaction=transaction) for one in both))
        await asyncio.gather(*(one.wait_for_verification("done", transaction=transaction) for one in both))
        await asyncio.gather(
            self.ask("waitUntilVerified", user=other.user_id), other.ask("waitUntilVerified", user=self.user_id)
        )
