"""Encryption alone, in this process: sealing, opening and giving keys to devices, with a homeserver that answers at once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast

import msgspec
import vodozemac

from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.domain.rooms import MEGOLM
from classroom_matrix.encryption.device import Device
from classroom_matrix.encryption.homeserver import KeyServer
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.encryption.machine import Encryption
from classroom_matrix.encryption.reading import Reader
from classroom_matrix.matrix.translate import read_events
from classroom_matrix.runtime.clock import SystemClock
from classroom_matrix.storage.database import Database

from .crowd import ScriptedDevice
from .figure import Aim, Check, Figure, Line

P = ParamSpec("P")
T = TypeVar("T")

BOT = UserId("@bot:school.localhost")
ROOM = RoomId("!room".ljust(44, "x"))
_TRANSACTION = 100  # events, as a homeserver pushes them
_MESSAGES = 100  # with one key, as clients do
_HOLD = Aim("at most", 100)
_BODY = {
    "msgtype": "m.text",
    "body": "Добрый день! Завтра мы придём в школу на десять минут позже, не теряйте нас.",
    "m.mentions": {},
}


class WatchedDatabase(Database):
    """Notes the longest time that one call held the database's thread. `longest`: seconds; `name`: of the function."""

    longest, name = 0.0, ""

    async def call(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await super().call(lambda: self._timed(lambda: function(*args, **kwargs), function))

    def _timed(self, work: Callable[[], T], function: object) -> T:
        begun = time.perf_counter()
        try:
            return work()
        finally:
            taken = time.perf_counter() - begun
            if taken > self.longest:
                self.longest, self.name = taken, getattr(function, "__qualname__", repr(function))

    def reset(self) -> None:
        self.longest, self.name = 0.0, ""


class ReadyServer:
    """`KeyServer`'s verbs for an encrypted room and the devices in it, answered at once."""

    def __init__(self, devices: Sequence[ScriptedDevice]) -> None:
        self.user_id, self.device_id = BOT, "BENCH"
        self._devices = {(device.user_id, device.device_id): device for device in devices}
        self._one_time_keys = {key: iter(list(device.one_time_keys().items())) for key, device in self._devices.items()}
        self._lists: dict[str, dict[str, Any]] = {}
        for device in devices:
            self._lists.setdefault(device.user_id, {})[device.device_id] = device.keys()
        self.letters = 0

    async def encryption_of(self, _room: RoomId) -> dict[str, Any]:
        return {"algorithm": MEGOLM, "rotation_period_msgs": 1_000_000}

    async def members_of(self, _room: RoomId) -> list[tuple[str, str]]:
        return [(user, "join") for user in (*self._lists, BOT)]

    async def history_visibility_of(self, _room: RoomId) -> str:
        return "shared"

    async def query_keys(self, users: Iterable[str]) -> dict[str, Any]:
        return {"device_keys": {user: self._lists.get(user, {}) for user in users}}

    async def claim_keys(self, devices: Iterable[tuple[UserId, str]]) -> dict[str, Any]:
        claimed: dict[str, Any] = {}
        for user, device in devices:
            name, key = next(self._one_time_keys[user, device])
            claimed.setdefault(user, {})[device] = {name: key}
        return claimed

    async def send_to_device(self, _kind: str, _txn_id: str, messages: bytes) -> None:
        self.letters += sum(len(devices) for devices in msgspec.json.decode(messages).values())


async def measure_ratchets(folder: Path, *, quick: bool) -> list[Line]:
    """All of it; the baseline of each line is the engine alone, or what a plain message costs at the same place."""
    folder.mkdir(parents=True, exist_ok=True)
    people, count = (3, 100) if quick else (60, 2_000)
    return [*await _give(folder, people, count // 4), *_open(folder, count)]


# ── Giving keys, and sealing ────────────────────────────────────────────────────────────────────────────────────────────────


async def _give(folder: Path, people: int, count: int) -> list[Line]:
    devices = [
        ScriptedDevice(UserId(f"@member{person}:school.localhost"), f"DEVICE{number}")
        for person in range(people)
        for number in range(2)
    ]
    database = WatchedDatabase(folder / "give.db")
    with ExitStack() as stack:
        stack.callback(database.close)
        keyring = KeyRing.open(folder / "give.keys")
        stack.callback(keyring.close)
        device = Device(database, keyring, BOT)
        await database.call(device.open)
        server = ReadyServer(devices)
        encryption = Encryption(
            database, keyring, device, cast("KeyServer", server), SystemClock(), arrived=lambda: None, own_sync=True
        )
        await database.call(lambda: device.keys_to_upload(0, fallback_is_used=True, now=time.time()))
        await database.call(device.uploaded)
        content = msgspec.json.encode(_BODY)
        database.reset()
        begun = time.perf_counter()
        await encryption.sealing.seal(1, ROOM, "m.room.message", content)
        first, longest, name = time.perf_counter() - begun, database.longest, database.name
        database.reset()
        begun = time.perf_counter()
        for seq in range(count):
            await encryption.sealing.seal(seq, ROOM, "m.room.message", content)
        later = (time.perf_counter() - begun) / count
    alone = _engine_gives(devices)
    return [
        Figure(
            f"first message to {len(devices)} devices, a device (baseline: the engine alone)", *_each(first, alone, devices)
        ),
        Figure(f"— longest hold of the database's thread ({name})", 1_000 * longest, "ms", aims=(_HOLD,)),
        Figure(
            "each following one, sealed and stored (baseline: the engine alone)", 1e3 * later, "ms", 1e3 * _engine_seals(count)
        ),
        Figure("— longest hold of the database's thread", 1_000 * database.longest, "ms", aims=(_HOLD,)),
        Check(f"{len(devices)} devices: letters", server.letters == len(devices), f"{server.letters} sent"),
    ]


def _each(first: float, alone: float, devices: Sequence[ScriptedDevice]) -> tuple[float, str, float]:
    return 1_000 * first / len(devices), "ms", 1_000 * alone / len(devices)


def _engine_gives(devices: Sequence[ScriptedDevice]) -> float:
    """Seconds of the engine for a channel to each device and one letter."""
    account, letter = vodozemac.Account(), b"x" * 1_500
    keys = [
        (
            vodozemac.Curve25519PublicKey.from_base64(device.curve25519),
            vodozemac.Curve25519PublicKey.from_base64(next(iter(device.one_time_keys().values()))["key"]),
        )
        for device in devices
    ]
    begun = time.perf_counter()
    for identity, one_time in keys:
        account.create_outbound_session(identity, one_time).encrypt(letter)
    return time.perf_counter() - begun


def _engine_seals(count: int) -> float:
    group, content = vodozemac.GroupSession(), msgspec.json.encode(_BODY)
    begun = time.perf_counter()
    for _ in range(count):
        group.encrypt(content)
    return (time.perf_counter() - begun) / count


# ── Opening ─────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _open(folder: Path, count: int) -> list[Line]:
    sender = ScriptedDevice(UserId("@member:school.localhost"), "DEVICE")
    groups = [vodozemac.GroupSession() for _ in range(0, count, _MESSAGES)]
    keys = [group.session_key.to_base64() for group in groups]
    plain = [_event(number, "m.room.message", _BODY) for number in range(count)]
    sealed = [_event(number, "m.room.encrypted", _sealed(groups[number // _MESSAGES])) for number in range(count)]
    begun = time.perf_counter()
    for some in _transactions(plain):
        read_events(some, BOT)
    translated = (time.perf_counter() - begun) / count
    seconds, facts = {}, 0
    for name, path in (("in memory", None), ("on disk", folder / "open.db")):
        seconds[name], facts = _opened(path, sender, keys, sealed)
    found = [vodozemac.InboundGroupSession(vodozemac.SessionKey(key)) for key in keys]
    messages = [vodozemac.MegolmMessage.from_base64(_ciphertext(event)) for event in sealed]
    begun = time.perf_counter()
    for number, message in enumerate(messages):
        found[number // _MESSAGES].decrypt(message)
    alone = (time.perf_counter() - begun) / count
    return [
        *(
            Figure(f"reading an encrypted event, {name} (baseline: a plain one)", 1e6 * taken, "µs", 1e6 * translated)
            for name, taken in seconds.items()
        ),
        Figure("— by the engine alone (baseline: a plain one)", 1e6 * alone, "µs", 1e6 * translated),
        Figure("encrypted events read, on disk (baseline: by the engine alone)", 1 / seconds["on disk"], "/s", 1 / alone),
        Check("encrypted events: read", facts == count, f"{facts:,} of {count:,}"),
    ]


def _opened(path: Path | None, sender: ScriptedDevice, keys: Sequence[str], events: Sequence[msgspec.Raw]) -> tuple[float, int]:
    """Seconds for an event and how many could be read."""
    database = Database(path or ":memory:")
    keyring = KeyRing.open(path.with_suffix(".keys")) if path else KeyRing.in_memory()
    try:
        device = Device(database, keyring, BOT)
        device.open()
        reader = Reader(database, keyring)
        for key in keys:
            reader.take_key(ROOM, sender.user_id, sender.curve25519, None, key, 0.0)
        encryption = Encryption(
            database, keyring, device, cast("KeyServer", ReadyServer(())), SystemClock(), arrived=lambda: None
        )
        facts = 0
        begun = time.perf_counter()
        for some in _transactions(events):
            read = read_events(some, BOT)
            facts += len(encryption.open(read.facts, read.changes))
        return (time.perf_counter() - begun) / len(events), facts
    finally:
        database.close()
        keyring.close()


def _transactions(events: Sequence[msgspec.Raw]) -> Iterable[Sequence[msgspec.Raw]]:
    return (events[start : start + _TRANSACTION] for start in range(0, len(events), _TRANSACTION))


def _event(number: int, kind: str, content: Mapping[str, Any]) -> msgspec.Raw:
    return msgspec.Raw(
        msgspec.json.encode(
            {
                "type": kind,
                "room_id": ROOM,
                "sender": "@member:school.localhost",
                "event_id": EventId(f"${number:043}"),
                "origin_server_ts": number,
                "content": content,
            }
        )
    )


def _sealed(group: vodozemac.GroupSession) -> dict[str, Any]:
    plain = msgspec.json.encode({"type": "m.room.message", "content": _BODY, "room_id": ROOM})
    return {"algorithm": MEGOLM, "ciphertext": group.encrypt(plain).to_base64(), "session_id": group.session_id}


def _ciphertext(event: msgspec.Raw) -> str:
    return str(msgspec.json.decode(event, type=SealedContent).content["ciphertext"])


class SealedContent(msgspec.Struct):
    content: dict[str, Any]
