"""Members with devices: accounts whose devices publish keys, read what they are sent, and do nothing else."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import quote

import vodozemac

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.encryption.signing import signed
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, Login
from classroom_matrix.testing.person import Person

T = TypeVar("T")

OLM, MEGOLM = "m.olm.v1.curve25519-aes-sha2", "m.megolm.v1.aes-sha2"
_KEYS = 4  # one-time keys of a device; everybody who shares with it takes one
_IN_FLIGHT = 4
_PASSWORD = "of-no-importance"
_NARROW = '{"room":{"rooms":[]},"presence":{"types":[]},"account_data":{"types":[]}}'


class ScriptedDevice:
    """A device with keys of the engine's own making."""

    def __init__(self, user_id: UserId, device_id: str, *, one_time_keys: int = _KEYS) -> None:
        self.user_id, self.device_id = user_id, device_id
        self._account: Any = vodozemac.Account()  # the stubs leave out some of it
        self._account.generate_one_time_keys(one_time_keys)
        self.curve25519 = self._account.curve25519_key.to_base64()

    def keys(self) -> dict[str, Any]:
        """``device_keys``."""
        names = {
            f"curve25519:{self.device_id}": self.curve25519,
            f"ed25519:{self.device_id}": self._account.ed25519_key.to_base64(),
        }
        keys = {"user_id": self.user_id, "device_id": self.device_id, "algorithms": [OLM, MEGOLM], "keys": names}
        return self._signed(keys)

    def one_time_keys(self) -> dict[str, Any]:
        return {
            f"signed_curve25519:{name}": self._signed({"key": key.to_base64()})
            for name, key in self._account.one_time_keys.items()
        }

    def room_keys(self, letters: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Contents of the ``m.room_key`` in to-device messages; of the first message of each sender only."""
        found = []
        for letter in letters:
            content = letter["content"]
            parcel = content.get("ciphertext", {}).get(self.curve25519)
            if letter["type"] != "m.room.encrypted" or parcel is None or parcel["type"] != 0:
                continue
            body = parcel["body"]
            message = vodozemac.AnyOlmMessage.from_parts(0, base64.b64decode(body + "=" * (-len(body) % 4)))
            sender = vodozemac.Curve25519PublicKey.from_base64(content["sender_key"])
            _, plain = self._account.create_inbound_session(sender, message.to_pre_key())
            said = json.loads(bytes(plain))
            if said["type"] == "m.room_key":
                found.append(said["content"])
        return found

    def _signed(self, value: Mapping[str, Any]) -> dict[str, Any]:
        return signed(value, self.user_id, f"ed25519:{self.device_id}", lambda data: self._account.sign(data).to_base64())


@dataclass(frozen=True, slots=True)
class Member:
    """An account, and its devices with the tokens that they are logged in with."""

    user_id: UserId
    logins: Sequence[Login]
    devices: Sequence[ScriptedDevice]


class Crowd:
    """Members of one homeserver."""

    def __init__(self, homeserver: EmbeddedHomeserver, members: Sequence[Member]) -> None:
        self._homeserver = homeserver
        self.members = members

    @property
    def devices(self) -> int:
        return sum(len(member.devices) for member in self.members)

    async def publish_keys(self) -> None:
        await _some_at_once(
            self._ask(
                "POST",
                "keys/upload",
                login.access_token,
                {"device_keys": device.keys(), "one_time_keys": device.one_time_keys()},
            )
            for member in self.members
            for device, login in zip(member.devices, member.logins, strict=True)
        )

    async def room(self, host: Person, *others: UserId, encrypted: bool) -> RoomId:
        """A room in which all of them are; `others` are invited."""
        state = [{"type": "m.room.encryption", "content": {"algorithm": MEGOLM}}] if encrypted else []
        room = await host.create_room(preset="public_chat", invite=others, initial_state=state)
        await _some_at_once(
            self._ask("POST", f"join/{quote(room)}", member.logins[0].access_token, {})
            for member in self.members
            if member.user_id != host.user_id
        )
        return room

    async def another_login(self, member: Member) -> Login:
        """A device without keys."""
        return await self._homeserver.login(member.user_id[1:].partition(":")[0], _PASSWORD)

    async def given(self, session_id: str) -> int:
        """How many devices were given the key of a session, and could use it."""
        counts = await _some_at_once(
            self._has(device, login, session_id)
            for member in self.members
            for device, login in zip(member.devices, member.logins, strict=True)
        )
        return sum(counts)

    async def _has(self, device: ScriptedDevice, login: Login, session_id: str) -> bool:
        news = await self._ask("GET", f"sync?filter={quote(_NARROW)}", login.access_token)
        keys = device.room_keys(news.get("to_device", {}).get("events", []))
        return any(vodozemac.InboundGroupSession(vodozemac.SessionKey(k["session_key"])).session_id == session_id for k in keys)

    async def _ask(self, method: str, path: str, token: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        return await self._homeserver.request(method, f"{self._homeserver.url}/_matrix/client/v3/{path}", body, token=token)


async def gather_crowd(homeserver: EmbeddedHomeserver, name: str, people: int, devices: int = 2) -> Crowd:
    """New accounts, each logged in so many times, all keys published."""
    crowd = Crowd(homeserver, await _some_at_once(_member(homeserver, f"{name}{number}", devices) for number in range(people)))
    await crowd.publish_keys()
    return crowd


async def _member(homeserver: EmbeddedHomeserver, name: str, devices: int) -> Member:
    logins = [await homeserver.register(name, _PASSWORD)]
    logins += [await homeserver.login(name, _PASSWORD) for _ in range(devices - 1)]
    return Member(logins[0].user_id, logins, [ScriptedDevice(login.user_id, login.device_id) for login in logins])


async def _some_at_once(work: Iterable[Awaitable[T]]) -> list[T]:
    """In their order, a few at a time: more only wait for each other in the homeserver."""
    free = asyncio.Semaphore(_IN_FLIGHT)

    async def one(each: Awaitable[T]) -> T:
        async with free:
            return await each

    return await asyncio.gather(*(one(each) for each in work))
