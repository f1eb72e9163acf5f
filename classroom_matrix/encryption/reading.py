"""`Reader`: Megolm, the messages of rooms."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

import msgspec
import vodozemac

from ..domain.rooms import MEGOLM
from ..storage.database import Database
from ..storage.encryption import room_keys
from ..storage.encryption.room_keys import RoomKey
from .keyring import KeyRing

Json = Mapping[str, Any]


class CannotRead(Exception):
    """A message cannot be read. `missing`: its key may come yet; otherwise it is nonsense or a forgery."""

    def __init__(self, reason: str, *, missing: bool = False) -> None:
        super().__init__(reason)
        self.missing = missing


def session_of(content: Json) -> str:
    """The session that a message was written with; empty where it does not say."""
    session_id = content.get("session_id")
    return session_id if isinstance(session_id, str) else ""


def session_of_key(key: str) -> str | None:
    """The session that a ``session_key`` is of, whatever it is said to be of; None where it is no key."""
    try:
        return vodozemac.InboundGroupSession(vodozemac.SessionKey(key)).session_id
    except ValueError:
        return None


class Reader:
    """Reads messages with the keys that are here. All methods run in the database's thread."""

    def __init__(self, database: Database, keyring: KeyRing) -> None:
        self._database = database
        self._keyring = keyring

    def read(self, event: Json, *, look_back: bool = False) -> dict[str, Any]:
        """The event with its clear ``type`` and ``content``.

        Args:
            event: an ``m.room.encrypted`` event with room_id, event_id, sender, content.
            look_back: from a room's history: the place of the key that it uses is not noted.

        Raises:
            CannotRead: not with these keys.
        """
        content: Json = event["content"]
        room_id, session_id = str(event["room_id"]), session_of(content)
        if content.get("algorithm") != MEGOLM or not session_id:
            raise CannotRead("unknown algorithm")
        user_id = str(event["sender"])
        key = room_keys.get(self._database, room_id, session_id, user_id)
        if key is None:
            raise CannotRead("no key of the sender's", missing=True)
        plain, place = self._decrypted(key, content.get("ciphertext"))
        if plain.get("room_id") != room_id:
            raise CannotRead("it was written for another room")
        kind, clear = plain.get("type"), plain.get("content")
        if not isinstance(kind, str) or not isinstance(clear, dict):
            raise CannotRead("it holds no event")
        if not look_back and not room_keys.note_place(self._database, session_id, user_id, place, str(event["event_id"])):
            raise CannotRead("another event says the same: a replay")
        if "m.relates_to" in content and "m.relates_to" not in clear:
            clear = {**clear, "m.relates_to": content["m.relates_to"]}  # some clients leave it outside only
        return {**event, "type": kind, "content": clear}

    def _decrypted(self, key: RoomKey, ciphertext: object) -> tuple[dict[str, Any], int]:
        try:
            message = vodozemac.MegolmMessage.from_base64(str(ciphertext))
        except ValueError as error:
            raise CannotRead("it is no message") from error
        try:
            session = self._session(key)
        except ValueError as error:
            raise CannotRead("its key is encrypted under another secrets.key", missing=True) from error
        if message.message_index() < key.first_index:
            raise CannotRead("the key begins later", missing=True)
        try:
            decrypted = session.decrypt(message)
            plain = msgspec.json.decode(decrypted.plaintext)
        except (ValueError, RecursionError) as error:  # the latter: brackets in brackets, thousands of them
            raise CannotRead("it cannot be decrypted") from error
        if not isinstance(plain, dict):
            raise CannotRead("it holds no event")
        return plain, decrypted.message_index

    # ── Keys ────────────────────────────────────────────────────────────────────────────────────────────────────────

    def take_key(self, room_id: str, user_id: str, curve25519: str, ed25519: str | None, key: str, now: float) -> str | None:
        """Store the key of a session (``session_key`` of ``m.room_key``). Returns its session ID, or None where it is nothing
        new or no key.
        """
        try:
            session = vodozemac.InboundGroupSession(vodozemac.SessionKey(key))
        except ValueError:
            return None
        return self._store(room_id, user_id, curve25519, ed25519, session, now)

    def take_exported_key(
        self, room_id: str, user_id: str, curve25519: str, ed25519: str | None, key: str, now: float
    ) -> str | None:
        """The same with a key in the form in which it is forwarded."""
        try:
            session = vodozemac.InboundGroupSession.import_session(vodozemac.ExportedSessionKey(key))
        except ValueError:
            return None
        return self._store(room_id, user_id, curve25519, ed25519, session, now)

    def _store(
        self,
        room_id: str,
        user_id: str,
        curve25519: str,
        ed25519: str | None,
        session: vodozemac.InboundGroupSession,
        now: float,
    ) -> str | None:
        known = room_keys.get(self._database, room_id, session.session_id, user_id)
        if known is not None and not self._continues(known, session):
            return None
        pickle, first = session.pickle(self._keyring.secrets), session.first_known_index
        taken = room_keys.put(
            self._database, RoomKey(room_id, session.session_id, user_id, curve25519, ed25519, pickle, first), now
        )
        return session.session_id if taken else None

    def _continues(self, known: RoomKey, session: vodozemac.InboundGroupSession) -> bool:
        """Whether an earlier key leads to the one that is known: else somebody offers another key under the same name."""
        try:
            ours = self._session(known)
        except ValueError:  # of no use; one that reads all that it could takes its place
            return session.first_known_index <= known.first_index
        if session.first_known_index >= known.first_index:
            return False  # nothing new
        theirs = session.export_at(known.first_index)
        mine = ours.export_at(known.first_index)
        return theirs is not None and mine is not None and theirs.to_base64() == mine.to_base64()

    def _session(self, key: RoomKey) -> vodozemac.InboundGroupSession:
        """
        Raises:
            ValueError: it is encrypted under a secrets.key that is not here.
        """
        for reading in self._keyring.readings:
            with suppress(ValueError):
                return vodozemac.InboundGroupSession.from_pickle(key.pickle, reading)
        raise ValueError("encrypted under another secrets.key")
