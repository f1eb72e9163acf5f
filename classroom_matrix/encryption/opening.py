"""`Opening`: what arrives encrypted becomes facts, now or when its key comes; nothing is lost and nothing overtakes.

What somebody writes in a room waits behind what they wrote there before and cannot be read yet: "cancel that" must not come
before "that". It waits for `TELL_AFTER` seconds at most; then the person is told once, and later messages wait no more. Where
their device has said that it withholds the key, they are told at once. Whoever was told writes again: what they had written
before is not handled any more when its key comes after all, or the same wish would count twice.
All methods run in the database's thread.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence

import msgspec

from ..domain.facts import AnyFact, EventRedacted, MessageUndecryptable
from ..domain.ids import EventId, RoomId, UserId
from ..matrix.source import Arrived, RoomChange, SealedEvent
from ..matrix.translate import translate_opened
from ..storage import inbox
from ..storage.database import Database, is_storage_failure
from ..storage.encryption import kept, room_keys, rooms
from ..storage.encryption.kept import Kept, Writer
from .allowance import Allowance
from .reading import CannotRead, Reader, session_of

log = logging.getLogger(__name__)

ASK_AFTER = 3.0
"""Seconds: keys come by another way than messages, and are often a moment later."""
TELL_AFTER = 60.0
KEEP_FOR = 30 * 86_400.0

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(SealedEvent).decode


class Opening:
    """Reads what can be read and keeps the rest.

    Args:
        own: the service's account.

    Attributes:
        plain: rooms that are known not to be encrypted.
        has_kept: something was kept since somebody last said no.
    """

    def __init__(self, database: Database, reader: Reader, own: UserId) -> None:
        self._database = database
        self._reader = reader
        self._own = own
        self._logged = Allowance(1)
        self.plain: set[str] = set()
        self.has_kept = False
        self.somebody_came = False  # into an encrypted room: their devices may have missed something

    def open(self, arrived: Sequence[Arrived], changes: Sequence[RoomChange], now: float) -> list[AnyFact]:
        """The facts in what arrived. The same may come again: what was kept is kept once."""
        if not changes and not any(isinstance(item, SealedEvent | EventRedacted) for item in arrived):
            return [fact for fact in arrived if not isinstance(fact, SealedEvent)]
        with self._database.transaction():
            self._follow(changes)
            facts: list[AnyFact] = []
            for item in arrived:
                if isinstance(item, SealedEvent):
                    fact = self._open(item, now)
                    facts += [fact] if fact is not None else []
                    continue
                if isinstance(item, EventRedacted):
                    facts += self._take_back(item, now)
                facts.append(item)
        return facts

    def _follow(self, changes: Sequence[RoomChange]) -> None:
        for change in changes:
            if change.user_id in (None, self._own):  # what happened while we were out of the room was not told to us
                self.forget(change.room_id)
            elif rooms.follow_member(self._database, change.room_id, change.user_id, change.membership):
                self.somebody_came = True

    def forget(self, room_id: RoomId) -> None:
        """The room has to be asked for before anything is said there again."""
        self.plain.discard(room_id)
        rooms.forget(self._database, room_id)

    def _take_back(self, redaction: EventRedacted, now: float) -> list[AnyFact]:
        """Forget a kept message that was taken back. Facts in what had waited behind it."""
        writer = kept.take_back(self._database, redaction.target, redaction.room_id)
        return self._release(writer, now) if writer is not None else []

    def _open(self, event: SealedEvent, now: float) -> AnyFact | None:
        if kept.waits(self._database, event.room_id, event.sender):
            self._keep(event, now)
            return None
        try:
            return self._read(event, now, now)
        except CannotRead as problem:
            if not problem.missing:
                self._left_out(event.event_id, event.sender, problem, now)
                return None
        session_id, writer = session_of(event.content), (event.room_id, event.sender)
        in_vain = room_keys.is_withheld(self._database, event.room_id, session_id, event.sender)
        new = self._keep(event, now, in_vain=in_vain)
        return self._unreadable(event) if new and in_vain and kept.tell_once(self._database, writer, now) else None

    def _left_out(self, event_id: str, sender: str, problem: object, now: float) -> None:
        """One line per sender and hour: they can send as many as they like."""
        if self._logged.take(sender, now):
            log.warning("%r is left out: %s; of the same sender's nothing more is told this hour", event_id, problem)

    def _read(self, event: SealedEvent, came_at: float, now: float) -> AnyFact | None:
        """
        Raises:
            CannotRead: see `Reader.read`.
        """
        plain = {"event_id": event.event_id, "room_id": event.room_id, "sender": event.sender, "content": event.content}
        try:
            clear = self._reader.read(plain)
        except CannotRead:
            raise
        except Exception as error:
            if is_storage_failure(error):
                raise
            # Whatever a client has put in there, it must not keep everybody else's messages from being stored.
            raise CannotRead(type(error).__name__) from error
        kept.readable_again(self._database, (event.room_id, event.sender), event.event_id, came_at)
        try:
            return translate_opened(event, clear["type"], clear["content"])
        except Exception as error:  # noqa: BLE001 - whatever is in there, it is this event's trouble
            self._left_out(event.event_id, event.sender, type(error).__name__, now)
            return None

    def _keep(self, event: SealedEvent, now: float, *, in_vain: bool = False) -> bool:
        """Returns whether it was not kept before."""
        try:
            encoded = _encode(event)
        except (RecursionError, ValueError) as error:  # brackets in brackets, hundreds of them; half a character
            self._left_out(event.event_id, event.sender, type(error).__name__, now)
            return False
        self.has_kept = True
        session_id = session_of(event.content)
        return kept.keep(self._database, event.event_id, event.room_id, event.sender, session_id, encoded, now, in_vain=in_vain)

    # ── Later ───────────────────────────────────────────────────────────────────────────────────────────────────────

    def keys_came(self, session_ids: Iterable[str], now: float) -> list[AnyFact]:
        """Facts in what was kept and can be read now, each writer's in order. Inside the transaction that stores the keys."""
        facts: list[AnyFact] = []
        for writer in kept.writers_of(self._database, session_ids):
            facts += self._release(writer, now)
        return facts

    def _release(self, writer: Writer, now: float) -> list[AnyFact]:
        facts: list[AnyFact] = []
        for item in kept.of(self._database, writer):
            try:
                fact = self._read_kept(item, now)
            except CannotRead as problem:
                if problem.missing:
                    if item.told_at is None:
                        break  # what comes after it goes on waiting
                    continue
                self._left_out(item.event_id, item.user_id, problem, now)
                fact = None
            kept.drop(self._database, item.event_id)
            if fact is not None and item.heard_at is not None:
                inbox.store_released(self._database, [fact], item.heard_at, state=inbox.DONE)
            elif fact is not None:
                facts.append(fact)
        return facts

    def to_ask_for(self, now: float) -> list[Kept]:
        """What has missed its key for a moment: it is to be asked for."""
        return kept.to_ask_for(self._database, now - ASK_AFTER)

    def give_up_waiting(self, now: float) -> list[AnyFact]:
        """Facts for those whose keys do not come, and what had waited behind them. In a transaction."""
        facts: list[AnyFact] = []
        for writer, last in kept.overdue(self._database, now - TELL_AFTER):
            # All that came before the last one, too: a clock that was set back must not make them wait for each other.
            given_up = kept.give_up_waiting(self._database, writer, last, now)
            facts += self._release(writer, now)
            first = next((item for item in kept.of(self._database, writer) if item.seq in given_up), None)
            if first is not None and kept.tell_once(self._database, writer, now):
                facts.append(self._unreadable(_decode(first.event)))
        return facts

    def _read_kept(self, item: Kept, now: float) -> AnyFact | None:
        try:
            event = _decode(item.event)
        except msgspec.DecodeError as error:  # of another release
            raise CannotRead("it was kept in another form") from error
        return self._read(event, item.at, now)

    def _unreadable(self, event: SealedEvent) -> MessageUndecryptable:
        return MessageUndecryptable(
            event_id=EventId(f"{event.event_id}~unreadable"),
            room_id=event.room_id,
            sender=event.sender,
            at=event.at,
            message=event.event_id,
            reason=room_keys.why_withheld(self._database, event.room_id, session_of(event.content), event.sender),
        )

    def next_due(self) -> float | None:
        return kept.next_due(self._database, ASK_AFTER, TELL_AFTER)

    def keep_house(self, now: float) -> None:
        kept.forget_old(self._database, now - KEEP_FOR)
        kept.forget_told(self._database, now)
