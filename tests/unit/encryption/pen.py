"""Somebody's session in an encrypted room, made with the engine itself and not with anything of ours."""

from __future__ import annotations

import json
from typing import Any

import vodozemac

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.encryption.reading import Reader


class Pen:
    """Writes what `user_id` says in `room_id`."""

    def __init__(self, room_id: RoomId, user_id: UserId) -> None:
        self.room_id, self.user_id = room_id, user_id
        self._account = vodozemac.Account()
        self._session = vodozemac.GroupSession()
        self._key = self._session.session_key.to_base64()

    def give_to(self, reader: Reader, *, from_now_on: bool = False, as_own_of: UserId | None = None) -> str | None:
        """Returns the session's ID where that is news. `as_own_of`: somebody who was given it says that it is theirs."""
        account = vodozemac.Account() if as_own_of else self._account
        key = self._session.session_key.to_base64() if from_now_on else self._key
        curve25519, ed25519 = account.curve25519_key.to_base64(), account.ed25519_key.to_base64()
        return reader.take_key(self.room_id, as_own_of or self.user_id, curve25519, ed25519, key, 0.0)

    def write(self, kind: str, content: dict[str, Any], *, room_id: str | None = None) -> dict[str, Any]:
        """Content of the ``m.room.encrypted`` event. `room_id`: the one that it says it is for."""
        plain = {"type": kind, "content": content, "room_id": room_id or self.room_id}
        relation = {"m.relates_to": content["m.relates_to"]} if "m.relates_to" in content else {}
        return {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": self._session.encrypt(json.dumps(plain).encode()).to_base64(),
            "session_id": self._session.session_id,
            **relation,
        }

    def text(self, body: str, **more: Any) -> dict[str, Any]:
        return self.write("m.room.message", {"msgtype": "m.text", "body": body, **more})
