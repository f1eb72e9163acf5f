"""What of an encrypted message can be told without its key: which place of which ratchet it used."""

from __future__ import annotations

import base64
import json
from typing import Any

import vodozemac


class Ratchets:
    """Takes everything that was sent, oldest first, and fails where a place was used for two different messages.

    A ratchet that went back, and was used again, gives itself away by that.
    """

    def __init__(self) -> None:
        self.room_messages: dict[tuple[str, int], str] = {}
        self.letters: dict[tuple[str, bytes, int], str] = {}
        self._requests: dict[str, bytes] = {}

    def take_room_message(self, content: dict[str, Any]) -> int:
        """Content of a Megolm event. Returns its place."""
        index = vodozemac.MegolmMessage.from_base64(content["ciphertext"]).message_index()
        known = self.room_messages.setdefault((content["session_id"], index), content["ciphertext"])
        assert known == content["ciphertext"], f"place {index} of a session was used twice"
        return index

    def take_request(self, name: str, body: bytes) -> None:
        """A request to send to devices. `name`: its transaction ID, or a path with it.

        A repeat has to be the same; the homeserver may have taken either of them.
        """
        assert self._requests.setdefault(name, body) == body
        for devices in json.loads(body)["messages"].values():
            for content in devices.values():
                for curve25519, parcel in content.get("ciphertext", {}).items():
                    place = (curve25519, *olm_place(parcel))
                    assert self.letters.setdefault(place, parcel["body"]) == parcel["body"], "a channel's key was used twice"


def olm_place(parcel: dict[str, Any]) -> tuple[bytes, int]:
    """Ratchet key and index of an Olm message (specification of Olm, "Message Format")."""
    message = base64.b64decode(parcel["body"] + "=" * (-len(parcel["body"]) % 4))
    if parcel["type"] == 0:  # the message is within another one, which opens the channel
        inner = _fields(message[1:])[0x22]
        assert isinstance(inner, bytes)
        message = inner
    found = _fields(message[1:-8])  # without version and MAC
    key, index = found[0x0A], found[0x10]
    assert isinstance(key, bytes)
    assert isinstance(index, int)
    return key, index


def _fields(data: bytes) -> dict[int, bytes | int]:
    """Values by tag. Tags whose lowest bits are 2 have a length and bytes, the others a number."""
    found: dict[int, bytes | int] = {}
    rest = iter(data)
    for tag in rest:
        number = shift = 0
        for byte in rest:
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                break
        found[tag] = bytes(next(rest) for _ in range(number)) if tag & 7 == 2 else number
    return found
