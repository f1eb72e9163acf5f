"""`Encryption`: the parts together, and the loops that keep them going."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

import msgspec

from ..domain.facts import AnyFact
from ..domain.ids import RoomId
from ..domain.rooms import MEGOLM
from ..errors import ConfigError, GatewayError, PermanentError, StorageError, TemporaryError
from ..failure import kind_and_place
from ..matrix.source import Arrived, KeyNews, RoomChange
from ..storage import inbox
from ..storage.database import Database
from ..storage.encryption import device_marks, devices, kept, outbound, own_device, rooms, unused
from ..storage.encryption.kept import Kept
from .channels import Channels
from .device import DRAWN_NAME, ONE_TIME_KEYS, Device
from .device_lists import DeviceLists
from .homeserver import KeyServer
from .identity import IdentityState, ensure_identity
from .inbox import DeviceInbox, Taken
from .keyring import KeyRing
from .opening import Opening
from .reading import Reader
from .sealing import Sealing
from .sharing import LOOK_BACK, Sharing

log = logging.getLogger(__name__)

POLL_MILLISECONDS = 30_000
STORAGE_PAUSE = 2.0  # seconds
SURPRISE_PAUSE = 60.0
"""Seconds after something that nobody has thought of: it may happen again at once, and the service has other things to do."""
HOUSEKEEPING = 3_600.0  # seconds
SHORTEST_WAIT = 0.2  # seconds between two looks at what is kept
ANSWERS = 50
"""Requests for keys that are answered before new devices and broken channels have their turn again."""
_encode = msgspec.json.Encoder().encode


class Clock(Protocol):
    """The part of `runtime.clock.Clock` that is needed here."""

    def seconds(self) -> float: ...
    async def wait(self, event: asyncio.Event, until: float | None) -> None: ...


class Encryption:
    """The service's device, with everything it knows.

    Args:
        server: acts as the device.
        clock: the time.
        arrived: called when facts were stored in the inbox.
        own_sync: whether the device has a /sync of its own; else what comes for it is handed to `take`.
    """

    def __init__(
        self,
        database: Database,
        keyring: KeyRing,
        device: Device,
        server: KeyServer,
        clock: Clock,
        *,
        arrived: Callable[[], None],
        own_sync: bool = True,
    ) -> None:
        self._database = database
        self._device = device
        self._server = server
        self._clock = clock
        self._arrived = arrived
        self._own_sync = own_sync
        self._keyring = keyring
        reader = Reader(database, keyring)
        channels = Channels(database, keyring, device)
        self._opening = Opening(database, reader, device.user_id)
        self._lists = DeviceLists(database, server)
        self._sharing = Sharing(database, keyring, device, channels, reader, self._lists, server, clock.seconds)
        self._inbox = DeviceInbox(database, device, channels, reader, self._opening)
        self.sealing = Sealing(database, keyring, device, self._sharing, self._opening, server, clock.seconds)
        self._due = asyncio.Event()
        self._to_tend = asyncio.Event()
        self._tidied_at = 0.0

    # ── Start ───────────────────────────────────────────────────────────────────────────────────────────────────────

    async def sign_in(self, device_name: str) -> IdentityState:
        """Make the device known and have it signed. May be repeated from wherever it was interrupted.

        Raises:
            TemporaryError: the homeserver does not answer.
            ConfigError: the access token's device has keys that are not ours any more.
        """
        await self._database.call(self._begin_anew)
        self.sealing.wait_for_news()
        known = await self._database.call(self._device.known)
        if self._own_sync:
            await self._server.make_device(device_name)
        others = await self._compare_with_published(known.device_id, known.curve25519)
        try:
            await self._upload(None)
        except PermanentError as error:  # people's apps cannot send to us then; everything else goes on
            log.error("the homeserver does not take the device's keys: %s", error)  # noqa: TRY400 - no traceback
        keys = await self._database.call(self._device.device_keys)
        state = await ensure_identity(self._database, self._keyring, self._server, keys, self._clock.seconds())
        if known.predecessor is not None and await self._delete(known.predecessor):
            await self._database.call(own_device.predecessor_is_gone, self._database)
        if self._own_sync:
            # Made after a copy of the database which was put back: nobody holds their keys any more, and apps would go on
            # encrypting to them.
            for orphan in others - {known.predecessor}:
                await self._delete(orphan)
        return state

    async def _delete(self, device_id: str) -> bool:
        """Returns False where the homeserver refuses: the device does no harm, and the next start tries again."""
        try:
            await self._server.delete_device(device_id)
        except PermanentError as error:
            log.warning("the homeserver does not delete %s, which is of no use any more: %s", device_id, error)
            return False
        return True

    def _begin_anew(self) -> None:
        """Nobody told us what has happened meanwhile: who is where, and with which devices, has to be asked for."""
        with self._database.transaction():
            rooms.forget_all(self._database)
            devices.changed_all(self._database)

    async def _compare_with_published(self, device_id: str, curve25519: str) -> set[str]:
        """A homeserver that was restored may have forgotten the device's keys; an access token may bring a used device.

        Returns:
            Other devices with keys that were made here.
        """
        answer = await self._server.query_keys([self._server.user_id])
        devices_there = answer.get("device_keys", {}).get(self._server.user_id, {})
        published = devices_there.get(device_id)
        if published is None:
            await self._database.call(own_device.set_uploaded, self._database, False)
        elif published.get("keys", {}).get(f"curve25519:{device_id}") != curve25519:
            raise ConfigError(
                "connection.access_token_file",
                "this token's device has encryption keys that this database does not have; log in anew and write the new token"
                " there",
            )
        return {other for other in devices_there if other != device_id and DRAWN_NAME.fullmatch(other)}

    # ── For the service ─────────────────────────────────────────────────────────────────────────────────────────────

    def open(self, arrived: Sequence[Arrived], changes: Sequence[RoomChange]) -> list[AnyFact]:
        """The facts in what arrived; see `Opening`. In the database's thread."""
        return self._opening.open(arrived, changes, self._clock.seconds())

    def look_at_kept(self) -> None:
        """Facts were opened: if something was kept, see when it is due. In the loop's thread."""
        if self._opening.has_kept:  # most of what arrives is plain, and costs nothing here
            self._opening.has_kept = False
            self._due.set()
        if self._opening.somebody_came:
            self._opening.somebody_came = False
            self._to_tend.set()

    async def take(self, news: KeyNews) -> None:
        """Take what came for the device by another /sync.

        Raises:
            StorageError: nothing was taken.
        """
        await self._take(news, token=False)

    async def run(self) -> None:
        """Keep going until cancelled."""
        async with asyncio.TaskGroup() as group:
            if self._own_sync:
                group.create_task(self._listen())
            group.create_task(self._tend())
            group.create_task(self._keep_time())

    # ── What comes for the device ───────────────────────────────────────────────────────────────────────────────────

    async def _listen(self) -> None:
        patience = 0
        while True:
            try:
                known = await self._database.call(self._device.known)
                await self._take(await self._server.key_news(known.since, patience), token=True)
                patience = POLL_MILLISECONDS
            except TemporaryError:
                patience = 0  # pacing has the patience
            except PermanentError as error:
                log.warning("nothing can be heard from other devices: %s", error)
                self.sealing.heard()
                await asyncio.sleep(60)
            except StorageError:
                log.exception("what came for the device could not be stored; it is asked for again")
                await asyncio.sleep(STORAGE_PAUSE)
            except Exception as error:  # noqa: BLE001 - the service goes on whatever it is
                log.error("what came for the device cannot be taken: %s", kind_and_place(error))  # noqa: TRY400 - may hold keys
                patience = 0
                await asyncio.sleep(SURPRISE_PAUSE)

    async def _take(self, news: KeyNews, *, token: bool) -> None:
        def take() -> Taken:
            return self._inbox.take(news, self._clock.seconds(), self._store, token=token)

        taken = await self._database.call(take)
        self.sealing.heard()
        if taken.facts:
            self._arrived()
        if taken.to_tend or news.device_lists.changed:
            self._to_tend.set()
        await self._refill(news)

    def _store(self, facts: Sequence[AnyFact]) -> None:
        if facts:
            inbox.store_released(self._database, facts, self._clock.seconds())

    async def _refill(self, news: KeyNews) -> None:
        try:
            await self._upload(news)
        except GatewayError as error:
            log.warning("keys cannot be uploaded now: %s", error)  # the next news tells what is missing then

    async def _upload(self, news: KeyNews | None) -> None:
        """Upload what the homeserver lacks. `news`: None at start, when what it has is asked for by uploading nothing."""
        counts = await self._server.upload_keys({}) if news is None else news.counts
        used = news is not None and news.fallback is not None and "signed_curve25519" not in news.fallback
        count = counts.get("signed_curve25519", 0)
        if news is not None and count >= ONE_TIME_KEYS and not used:
            return  # as nearly always; to look at the account costs more than the rest of such an answer

        def missing() -> dict[str, object] | None:
            return self._device.keys_to_upload(count, fallback_is_used=used, now=self._clock.seconds())

        body = await self._database.call(missing)
        if body is not None:
            await self._server.upload_keys(body)
            await self._database.call(self._device.uploaded)

    # ── What has to be asked of the homeserver because of it ────────────────────────────────────────────────────────

    async def _tend(self) -> None:
        """Ask for changed device lists, welcome new devices, mend channels, answer requests for keys."""
        self._to_tend.set()  # whatever an earlier run left
        while True:
            await self._to_tend.wait()
            self._to_tend.clear()
            try:
                await self._tend_once()
            except TemporaryError:
                self._to_tend.set()  # pacing has the patience
            except PermanentError as error:
                log.warning("the homeserver refuses to help with keys: %s", error)
            except StorageError:
                log.exception("keys wait for the database")
                await asyncio.sleep(STORAGE_PAUSE)
                self._to_tend.set()
            except Exception as error:  # noqa: BLE001 - the service goes on whatever it is
                log.error("keys cannot be looked after: %s", kind_and_place(error))  # noqa: TRY400 - may hold keys
                await asyncio.sleep(SURPRISE_PAUSE)
                self._to_tend.set()

    async def _tend_once(self) -> None:
        now = self._clock.seconds()
        await self._lists.refresh()
        await self._sharing.welcome(now)
        for their in await self._database.call(device_marks.to_mend, self._database):  # also those that a kill left
            with _refusal_told():
                await self._sharing.mend(their, now)
        requests = await self._database.call(outbound.to_answer, self._database, ANSWERS)
        for room_id, session_id, their in requests:
            with _refusal_told():
                await self._sharing.give_again(RoomId(room_id), session_id, their, now)
            await self._database.call(outbound.answered, self._database, session_id, their)
        if len(requests) == ANSWERS:
            self._to_tend.set()
        await self._sharing.send_queued()

    # ── What cannot be read ─────────────────────────────────────────────────────────────────────────────────────────

    async def _keep_time(self) -> None:
        """Ask for keys that are missing, and tell whom nobody can read."""
        while True:
            self._due.clear()
            try:
                if await self._database.call(self._look_at_kept):
                    self._arrived()
                await self._sharing.send_queued()
                due = await self._database.call(self._opening.next_due)
                until = self._tidied_at + HOUSEKEEPING
                if due is not None:  # never at once again, whatever the clock does
                    until = min(until, max(due, self._clock.seconds() + SHORTEST_WAIT))
            except (GatewayError, StorageError) as error:
                log.warning("missing keys cannot be asked for now: %s", error)
                until = self._clock.seconds() + STORAGE_PAUSE
            except Exception as error:  # noqa: BLE001 - the service goes on whatever it is
                log.error("missing keys cannot be asked for: %s", kind_and_place(error))  # noqa: TRY400 - may hold keys
                until = self._clock.seconds() + SURPRISE_PAUSE
            await self._clock.wait(self._due, until)

    def _look_at_kept(self) -> bool:
        """Returns whether facts were stored."""
        now = self._clock.seconds()
        if kept.is_empty(self._database) and now < self._tidied_at + HOUSEKEEPING:
            return False  # as nearly always
        with self._database.transaction():
            for item in self._opening.to_ask_for(now):
                self._ask_for(item, now)
            facts = self._opening.give_up_waiting(now)
            self._store(facts)
            if now >= self._tidied_at + HOUSEKEEPING:
                self._tidied_at = now
                self._opening.keep_house(now)
                outbound.forget_old(self._database, now - LOOK_BACK)
                unused.forget(self._database, self._device.user_id, now)
        return bool(facts)

    def _ask_for(self, item: Kept, now: float) -> None:
        """Ask the writer's devices for a key, once (spec, ``m.room_key_request``)."""
        name = outbound.name_of(f"{item.room_id}|{item.session_id}|{item.user_id}".encode())
        known = self._device.known()
        content = {
            "action": "request",
            "requesting_device_id": known.device_id,
            "request_id": name,
            "body": {"algorithm": MEGOLM, "room_id": item.room_id, "session_id": item.session_id},
        }
        messages = _encode({item.user_id: {"*": content}})
        outbound.queue(self._database, f"{name}{known.device_id}", "m.room_key_request", messages)
        kept.asked(self._database, item, now)


@contextmanager
def _refusal_told() -> Iterator[None]:
    """What is refused for good, or what nobody has thought of, is left out, and nothing else waits for it."""
    try:
        yield
    except PermanentError as error:
        log.warning("the homeserver refuses to help with keys: %s", error)
    except (TemporaryError, StorageError):
        raise
    except Exception as error:  # noqa: BLE001 - others' devices go on whatever it is
        log.error("a device's keys are left alone: %s", kind_and_place(error))  # noqa: TRY400 - may hold keys
