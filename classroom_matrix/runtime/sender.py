"""Drains the outbox: in order within a room, a few requests in flight across rooms, until the homeserver has accepted all.

Nothing is decided here. A request that was cut off is made again with the same transaction ID, and the homeserver answers
with the same event.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

from ..domain.ids import ClassId, EventId, HouseholdId, RoomId, transaction_id
from ..errors import PermanentError, RoomNotReady, StorageError, TemporaryError
from ..failure import kind_and_place
from ..matrix.encrypted_files import MIMETYPE, encrypt
from ..matrix.gateway import Gateway
from ..matrix.parcel import unpack
from ..matrix.render import resolve
from ..matrix.source import ENCRYPTED
from ..storage import outbox
from ..storage.database import Database
from ..storage.outbox import EDIT, GIVEN_UP, Answered, Effect
from .sealing import Sealing, Unsealed

log = logging.getLogger(__name__)

IN_FLIGHT = 4
"""More only makes Synapse wait (measured: about 12 commands a second is all that it gives)."""
LONGEST_REST = 60.0
"""Seconds between two attempts in a room that fails while others do not."""
LONGEST_REST_UNSEALED = 600.0
"""Seconds between two attempts to encrypt what cannot be for a reason that nobody has thought of."""
WRITE_BACK_PAUSE = 0.03
"""Seconds in which answers gather before they are written back together."""

DeskOf = Callable[[ClassId, HouseholdId], Awaitable[RoomId | None]]
"""The room of a household with the staff of one of its classes, made if need be; None where nobody of it has an account."""


class NotSealed(TemporaryError):
    """Something cannot be encrypted now, for a reason that nobody has thought of: what is to be sent must not be lost."""


class Sender:
    """Sends effects and writes event IDs back.

    Args:
        desk_of: see `DeskOf`.
        sealing: encrypts what goes into encrypted rooms.
        on_answers: called after answers are written back, with the number of facts that had waited for them, and whether
            cards or their edits were among them.
    """

    def __init__(
        self,
        database: Database,
        gateway: Gateway,
        desk_of: DeskOf,
        on_answers: Callable[[int, bool], None],
        *,
        sealing: Sealing | None = None,
    ) -> None:
        self._sealing = sealing or Unsealed()
        self._database = database
        self._gateway = gateway
        self._desk_of = desk_of
        self._on_answers = on_answers
        self._lanes: dict[str, deque[Effect]] = {}  # effects of a room, oldest first; the first one may be in flight
        self._homeless: dict[tuple[ClassId, HouseholdId], list[Effect]] = {}  # effects for desks that have to be found first
        self._desks_to_make: asyncio.Queue[tuple[ClassId, HouseholdId]] = asyncio.Queue()
        self._ready: deque[str] = deque()  # lanes that have something to send and nothing in flight
        self._work = asyncio.Semaphore(0)
        self._successes = 0
        self._setbacks: dict[str, tuple[int, int]] = {}  # lane → (times that it alone failed, successes at the last failure)
        self._unsealed: dict[int, list[str]] = {}  # row → why it could not be encrypted, where nobody has thought of that
        self._answers: list[Answered] = []
        self._fresh: dict[str, EventId | None] = {}  # answers that are not written back yet, by key
        self._to_write = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    async def idle(self, patience: float | None = None) -> None:
        """Return when everything is sent and written back, or after `patience` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._idle.wait()

    def take(self, effects: Iterable[Effect]) -> None:
        """Effects to send, in order."""
        for effect in effects:
            home = (ClassId(effect.class_id or ""), HouseholdId(effect.household_id or ""))
            if home in self._homeless:
                self._homeless[home].append(effect)  # behind the older ones, though the desk may be there by now
            elif effect.room_id is None:
                self._homeless[home] = [effect]
                self._desks_to_make.put_nowait(home)
            else:
                self._line_up(effect.room_id, effect)
            self._idle.clear()

    def _line_up(self, lane: str, effect: Effect) -> None:
        queue = self._lanes.get(lane)
        if queue is not None:
            queue.append(effect)
            return
        self._lanes[lane] = deque((effect,))
        self._make_ready(lane)

    async def run(self) -> None:
        """Send until cancelled."""
        async with asyncio.TaskGroup() as group:
            for _ in range(IN_FLIGHT):
                group.create_task(self._send_ready())
            group.create_task(self._make_desks())
            group.create_task(self._write_back())

    async def _make_desks(self) -> None:
        """Find a room for what is said to households without a desk. One at a time: making rooms may be rate limited for
        minutes, and answers to people must not wait behind it.
        """
        while True:
            home = await self._desks_to_make.get()
            room_id, refused = None, False
            while not refused and room_id is None:
                try:
                    room_id = await self._desk_of(*home)
                    refused = room_id is None
                except TemporaryError as error:
                    log.info("a desk waits: %s", error)
                    await asyncio.sleep(1)  # pacing adds to that
                except StorageError:
                    log.exception("a desk waits for the database")
                    await asyncio.sleep(1)
                except Exception:  # one desk must not stop the others; `doctor` shows what could not be sent
                    log.exception("a desk cannot be made")
                    refused = True
            for effect in self._homeless.pop(home):
                if room_id is None:
                    self._answered(effect, "", None)
                else:
                    effect.room_id = room_id
                    self._line_up(room_id, effect)

    async def _send_ready(self) -> None:
        while True:
            await self._work.acquire()
            lane = self._ready.popleft()
            queue = self._lanes[lane]
            rest = await self._deliver(queue[0])
            if rest is not None:
                self._try_again(lane, rest)
                continue
            self._successes += 1
            self._setbacks.pop(lane, None)
            queue.popleft()
            if queue:
                self._make_ready(lane)
            else:
                del self._lanes[lane]

    def _make_ready(self, lane: str) -> None:
        self._ready.append(lane)
        self._work.release()

    def _try_again(self, lane: str, rest: float) -> None:
        """Behind the other lanes. Where those get through and this one does not, the trouble is its own: it rests longer
        every time, so that it does not slow the others down (pacing waits after each failure).

        Args:
            rest: seconds, where it is known how long; else 0.
        """
        if rest:
            asyncio.get_running_loop().call_later(rest, self._make_ready, lane)
            return
        count, successes = self._setbacks.get(lane, (0, self._successes))
        if successes != self._successes:
            count += 1
        self._setbacks[lane] = (count, self._successes)
        if count:
            asyncio.get_running_loop().call_later(min(LONGEST_REST, 2.0**count), self._make_ready, lane)
        else:
            self._make_ready(lane)

    async def _deliver(self, effect: Effect) -> float | None:
        """Send one effect. Returns None if that is settled; otherwise how long its lane has to rest, see `_try_again`."""
        try:
            room_id, event_id = await self._attempt(effect)
        except NotSealed as error:
            return self._rest_unsealed(effect, error)
        except RoomNotReady as error:
            log.warning("outbox row %d waits: %s", effect.seq, error)
            return error.rest
        except TemporaryError as error:
            log.info("outbox row %d waits: %s", effect.seq, error)  # pacing makes the next attempt wait
            return 0.0
        except StorageError:
            log.exception("outbox row %d waits for the database", effect.seq)
            await asyncio.sleep(1)
            return 0.0
        except PermanentError as error:
            log.error("outbox row %d (%s) is refused: %s", effect.seq, effect.type, error)  # noqa: TRY400 - no traceback
            room_id, event_id = effect.room_id or "", None
        except Exception:  # one effect must not stop the others; `doctor` shows it
            log.exception("outbox row %d (%s) cannot be sent", effect.seq, effect.type)
            room_id, event_id = effect.room_id or "", None
        self._answered(effect, room_id, event_id)
        return None

    def _rest_unsealed(self, effect: Effect, error: NotSealed) -> float:
        """Seconds, more every time: no request has failed, so pacing does not wait. The log hears of each failure once."""
        failures = self._unsealed.setdefault(effect.seq, [])
        if str(error) not in failures:
            log.error("outbox row %d cannot be encrypted, and waits: %s", effect.seq, error)
        failures.append(str(error))
        return min(LONGEST_REST_UNSEALED, 2.0 ** min(len(failures), 16))

    def _answered(self, effect: Effect, room_id: str, event_id: str | None) -> None:
        self._unsealed.pop(effect.seq, None)
        self._answers.append(Answered(effect.seq, effect.key, room_id, event_id, effect.about is not None))
        self._fresh[effect.key] = EventId(event_id) if event_id else None
        self._to_write.set()

    async def _attempt(self, effect: Effect) -> tuple[str, str | None]:
        """(room, event ID) of the sent effect; no event ID where what it refers to was refused."""
        room_id = RoomId(effect.room_id or "")
        if effect.kind in ("join", "leave", "encrypt"):
            await self._change_chat(effect.kind, room_id)
            return room_id, ""
        if effect.sealed is not None:  # encrypted before the service was stopped: the same again
            return room_id, await self._gateway.send(room_id, ENCRYPTED, effect.sealed, transaction_id(effect.key))
        target: EventId | None = None
        if effect.refers:
            target = await self._event_of(effect.refers)
            if target is None:
                return room_id, None  # what it refers to was refused, so this has no meaning
        txn_id = transaction_id(effect.key)
        if effect.kind == "redact":
            aim = target or EventId(effect.type)
            return room_id, await self._gateway.redact(room_id, aim, effect.content.decode(), txn_id)
        content = resolve(effect.content, effect.refers, target) if effect.refers and target else effect.content
        if effect.kind == "file":
            uploaded = await self._upload(effect, content)
            if uploaded is None:
                return room_id, None
            content = uploaded
        with _waiting_for_what_nobody_thought_of():
            type_, content = await self._sealing.seal(effect.seq, room_id, effect.type, content)
        effect.sealed = content if type_ == ENCRYPTED else None  # a repeat is the same bytes
        return room_id, await self._gateway.send(room_id, type_, content, txn_id)

    async def _change_chat(self, kind: str, room_id: RoomId) -> None:
        if kind == "join":
            await self._gateway.join(room_id)
        elif kind == "leave":
            await self._gateway.leave(room_id)
        else:
            await self._gateway.ensure_encrypted(room_id)
            await self._sealing.look_again(room_id)  # whoever encrypted it, the next message must not be quicker than the news

    async def _upload(self, effect: Effect, content: bytes) -> bytes | None:
        """The message about a file that is uploaded now; None where the row was given up meanwhile.

        It is stored before it is sent: whatever is repeated after that is the same message. What is repeated before it leaves
        a copy of the file that nothing refers to.
        """
        parcel, room_id = unpack(content), RoomId(effect.room_id or "")
        message = None
        if not await self._is_encrypted(room_id):
            message = parcel.at(await self._gateway.upload(parcel.data, parcel.mimetype, parcel.filename))
        if message is None or await self._is_encrypted(room_id):  # an upload may take minutes
            data, key = encrypt(parcel.data)
            message = parcel.at(await self._gateway.upload(data, MIMETYPE, ""), key)
        if not await self._database.call(outbox.uploaded, self._database, effect.seq, message):
            return None
        effect.kind, effect.content, effect.refers = "send", message, None
        return message

    async def _is_encrypted(self, room_id: RoomId) -> bool:
        with _waiting_for_what_nobody_thought_of():
            return await self._sealing.is_encrypted(room_id)

    async def _event_of(self, key: str) -> EventId | None:
        """The event of an earlier effect. It is in the same room, so it has been sent; unless it was refused."""
        if key in self._fresh:
            return self._fresh[key]
        state, event_id = await self._database.call(outbox.event_of, self._database, key)
        if event_id is None and state != GIVEN_UP:
            await asyncio.sleep(1)
            raise TemporaryError("it refers to an effect that is not sent")
        return EventId(event_id) if event_id else None

    async def _write_back(self) -> None:
        while True:
            await self._to_write.wait()
            self._to_write.clear()
            answers, self._answers = self._answers, []
            if answers:
                await self._record(answers)
            if not self._lanes and not self._homeless and not self._answers:
                self._idle.set()
            else:
                await asyncio.sleep(WRITE_BACK_PAUSE)

    async def _record(self, answers: list[Answered]) -> None:
        while True:
            try:
                woken = await self._database.call(outbox.record, self._database, answers)
            except StorageError:
                log.exception("%d answers wait for the database", len(answers))
                await asyncio.sleep(1)
            else:
                break
        for answer in answers:
            self._fresh.pop(answer.key, None)
        self._on_answers(woken, any(a.pointed_at or EDIT in a.key for a in answers))


@contextmanager
def _waiting_for_what_nobody_thought_of() -> Iterator[None]:
    """Somebody else's key or device may be what encryption stumbles over; what the bot has to say is not to be lost by it."""
    try:
        yield
    except (TemporaryError, PermanentError, StorageError):
        raise
    except Exception as error:
        raise NotSealed(kind_and_place(error)) from error
