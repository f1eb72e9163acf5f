"""Somebody with an account who writes to a machine of ours past its rooms, with as many devices as they like."""

from __future__ import annotations

import base64
from typing import Any

import msgspec
import vodozemac

from classroom_matrix.domain.ids import EventId, UserId
from classroom_matrix.encryption.inbox import Taken
from classroom_matrix.matrix.source import KeyNews, SealedEvent
from classroom_matrix.storage.encryption import devices

from .participant import Participant
from .scripted_server import ROOM

MEGOLM, OLM = "m.megolm.v1.aes-sha2", "m.olm.v1.curve25519-aes-sha2"
Json = dict[str, Any]


class Outsider:
    """One device of `user_id`, and the session that it writes in the room with."""

    def __init__(self, user_id: str, device_id: str = "PHONE") -> None:
        self.user_id, self.device_id = UserId(user_id), device_id
        self.account = vodozemac.Account()
        self.curve25519, self.ed25519 = self.account.curve25519_key.to_base64(), self.account.ed25519_key.to_base64()
        self.begin()

    def begin(self) -> None:
        """A new session in the room."""
        self.session = vodozemac.GroupSession()
        self._key = self.session.session_key.to_base64()

    @property
    def device(self) -> devices.Device:
        return devices.Device(self.user_id, self.device_id, self.curve25519, self.ed25519)

    def plain(self, kind: str, **content: Any) -> Json:
        return {"type": kind, "sender": self.user_id, "content": content}

    def room_key(self, to: Participant, room_id: str = ROOM) -> Json:
        content = {"room_id": room_id, "session_id": self.session.session_id, "session_key": self._key}
        return self.whisper(to, "m.room_key", algorithm=MEGOLM, **content)

    def whisper(self, to: Participant, kind: str, **content: Any) -> Json:
        known = to._device.known()
        ((_, published),) = to.server.fallback[to.user_id, to.device_id].items()
        channel = self.account.create_outbound_session(
            vodozemac.Curve25519PublicKey.from_base64(known.curve25519),
            vodozemac.Curve25519PublicKey.from_base64(published["key"]),
        )
        said = {
            "type": kind,
            "content": content,
            "sender": self.user_id,
            "recipient": to.user_id,
            "recipient_keys": {"ed25519": known.ed25519},
            "keys": {"ed25519": self.ed25519},
        }
        number, ciphertext = channel.encrypt(msgspec.json.encode(said)).to_parts()
        body = base64.b64encode(ciphertext).rstrip(b"=").decode()
        ciphertexts = {known.curve25519: {"type": number, "body": body}}
        return self.plain("m.room.encrypted", algorithm=OLM, sender_key=self.curve25519, ciphertext=ciphertexts)

    def says(self, name: str, *, at: int = 0) -> SealedEvent:
        plain = {"type": "m.room.message", "content": {"msgtype": "m.text", "body": name}, "room_id": ROOM}
        content = {
            "algorithm": MEGOLM,
            "session_id": self.session.session_id,
            "ciphertext": self.session.encrypt(msgspec.json.encode(plain)).to_base64(),
        }
        return SealedEvent(EventId(f"${name}"), ROOM, self.user_id, at, content)

    def withholds(self, code: str = "m.unverified", **more: Any) -> Json:
        content = {"algorithm": MEGOLM, "room_id": ROOM, "session_id": self.session.session_id, "code": code, **more}
        return self.plain("m.room_key.withheld", **content)


def hear(machine: Participant, *events: Json) -> Taken:
    """To-device messages come."""
    news = KeyNews("1")
    news.to_device.events = [msgspec.Raw(msgspec.json.encode(event)) for event in events]
    return machine.machine._inbox.take(news, machine.clock.seconds(), machine.machine._store, token=False)


def is_followed(machine: Participant, *outsiders: Outsider) -> None:
    """They are in an encrypted room of ours, and their devices are known."""
    with machine.database.transaction():
        devices.track(machine.database, [outsider.user_id for outsider in outsiders])
        answers = [devices.Answer(each.user_id, 1, devices.Identity(), [each.device], ()) for each in outsiders]
        devices.store_answer(machine.database, answers)


def count(machine: Participant, table: str) -> int:
    return int(machine.database.execute(f"SELECT COUNT(*) FROM e2e_{table}").fetchone()[0])
