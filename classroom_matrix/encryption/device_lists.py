"""Other people's devices: asking for lists that have changed, and what of the answers is believed.

The homeserver only hands the keys over; what it says counts as far as it is signed (spec, client-server API, "Tracking the
device list for a user" and "Cross-signing"). Keys that are known for a device are never replaced by others.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from ..domain.rooms import MEGOLM
from ..failure import kind_and_place
from ..storage.database import Database
from ..storage.encryption import devices
from ..storage.encryption.devices import Answer, Device, Identity, Known
from . import foreign_keys
from .device import OLM
from .homeserver import KeyServer, part_of
from .signing import is_signed

log = logging.getLogger(__name__)

USERS = 250
"""Users in one request. Whoever sends something waits for it, and nothing else happens in the database meanwhile."""
_ALGORITHMS = {OLM, MEGOLM}


@dataclass
class ListChanges:
    """Devices that were not there before (or were deleted and are back), and (user, device) of those that are no more."""

    new: list[Device] = field(default_factory=list)
    gone: list[tuple[str, str]] = field(default_factory=list)


class _DeviceKeys(msgspec.Struct):
    user_id: str
    device_id: str
    algorithms: list[str]
    keys: dict[str, str]


class _IdentityKey(msgspec.Struct):
    user_id: str
    usage: list[str]
    keys: dict[str, str]


class DeviceLists:
    """Keeps the lists of everybody who is followed (`storage.encryption.devices.track`) fresh.

    Args:
        database: open.
        server: is asked.
    """

    def __init__(self, database: Database, server: KeyServer) -> None:
        self._database = database
        self._server = server
        self._one_at_a_time = asyncio.Lock()
        self._changes = ListChanges()

    async def refresh(self) -> ListChanges:
        """Ask for all lists that have changed. Afterwards `devices_of` is as fresh as what the homeserver has told.

        A second caller waits for the first. Lists of homeservers that do not answer stay as they are until the next call.

        Returns:
            What has changed, once: also what an earlier call that was cut off has stored.

        Raises:
            GatewayError: the homeserver did not answer; what it said before is stored.
        """
        async with self._one_at_a_time:
            wanted = list((await self._database.call(devices.dirty, self._database, -1)).items())
            for start in range(0, len(wanted), USERS):
                asked = dict(wanted[start : start + USERS])
                await self._database.call(self._store, await self._server.query_keys(asked), asked)
            changes, self._changes = self._changes, ListChanges()
            return changes

    def _store(self, answer: Mapping[str, Any], asked: Mapping[str, int]) -> None:
        """In the database's thread. The changes are noted here: a caller that is cancelled by now must not take them along."""
        with self._database.transaction(relaxed=True):  # what a power cut undoes is dirty again
            changes = read_answer(self._database, answer, asked)
        self._changes.new += changes.new
        self._changes.gone += changes.gone


def read_answer(database: Database, answer: Mapping[str, Any], asked: Mapping[str, int]) -> ListChanges:
    """Check an answer to ``/keys/query`` and store what is believed. In the database's thread, in the caller's transaction.

    A user without an entry whose server has answered does not exist (any more), and has no devices.

    Args:
        database: open.
        answer: the whole answer.
        asked: the users it was asked for, with `dirty` as it was then.
    """
    changes = ListChanges()
    lists = answer.get("device_keys")
    if not isinstance(lists, Mapping):  # not an answer to what was asked: deleting everybody's devices is not what it says
        log.warning("an answer to a query of keys has no device_keys")
        return changes
    silent = part_of(answer, "failures")
    known = {
        user: known
        for user, known in devices.known(database, asked).items()  # who is no longer followed has no list to keep
        if user.partition(":")[2] not in silent and isinstance(lists.get(user, {}), Mapping)
    }
    answers = []
    for user, before in known.items():
        try:
            identity = _identity(user, answer)
            listed = _Listed(user, before, identity, lists.get(user, {}))
            written = list(listed.to_write(_believed(user, lists.get(user, {}))))
        except Exception as error:  # noqa: BLE001 - whatever is in there, it is this user's trouble
            log.error("what is said of the devices of %r is left out: %s", user, kind_and_place(error))  # noqa: TRY400 - keys
            answers.append(Answer(user, asked[user], before.identity, (), ()))  # asked for again, it would be the same
            continue
        gone = [each for each in before.devices if each not in listed.all and each not in before.deleted]
        answers.append(Answer(user, asked[user], identity, written, gone))
        changes.new += listed.new
        changes.gone += [(user, device) for device in gone]
    devices.store_answer(database, answers)
    return changes


class _Listed:
    """One user's list in an answer, beside what is known.

    Args:
        user: whose.
        known: of the user.
        identity: of the user, according to the answer.
        listed: the answer's devices by ID.
    """

    def __init__(self, user: str, known: Known, identity: Identity, listed: Mapping[str, Any]) -> None:
        self._user = user
        self._known = known
        self._identity = identity
        # By Curve25519 key. Nobody but its owner can use one, so whoever claims somebody else's only shuts themselves out; it
        # must not shut the other out, so of two people's both count.
        self._owners = {device.curve25519: device_id for device_id, device in known.devices.items()}
        self.all = listed
        self.new: list[Device] = []

    def to_write(self, claimed: Iterable[Device]) -> Iterator[Device]:
        accepted = set()
        for device in claimed:
            before = self._before(device.device_id)
            if before is not None and (before.curve25519, before.ed25519) != (device.curve25519, device.ed25519):
                log.warning("device %r of %r comes with other keys than it has; refused", device.device_id, self._user)
                continue
            owner = self._owners.setdefault(device.curve25519, device.device_id)
            if owner != device.device_id:
                log.warning("device %r of %r claims the key of their %r; refused", device.device_id, self._user, owner)
                continue
            accepted.add(device.device_id)
            device = self._with_signature(device)  # noqa: PLW2901
            if before is None:
                self.new.append(device)
            if before != device:
                yield device
        if self._identity.self_signing != self._known.identity.self_signing:
            yield from self._no_longer_signed(accepted)

    def _before(self, device_id: str) -> Device | None:
        """The device as it is known. One that was deleted is not: its name may be given to another one."""
        return None if device_id in self._known.deleted else self._known.devices.get(device_id)

    def _with_signature(self, device: Device) -> Device:
        key = self._identity.self_signing
        signed = key is not None and is_signed(self.all[device.device_id], self._user, f"ed25519:{key}", key)
        return replace(device, signed=signed)

    def _no_longer_signed(self, accepted: set[str]) -> Iterator[Device]:
        """Devices that stay as they are known, while the identity that has signed them is no more."""
        for device_id, device in self._known.devices.items():
            kept = device_id in self.all and device_id not in accepted and device_id not in self._known.deleted
            if kept and device.signed:
                yield replace(device, signed=False)


def _believed(user: str, listed: Mapping[str, Any]) -> Iterator[Device]:
    """Devices that say of themselves, signed, what the homeserver says of them."""
    for device_id, keys in listed.items():
        try:
            device = _device(user, device_id, keys)
        except Exception as error:  # noqa: BLE001 - whatever is in there, it is this device's trouble
            log.error("device %r of %r is left out: %s", device_id, user, kind_and_place(error))  # noqa: TRY400 - holds keys
            continue
        if device is None:
            log.warning("device %r of %r does not vouch for its keys; refused", device_id, user)
        else:
            yield device


def _device(user: str, device_id: str, raw: Any) -> Device | None:
    try:
        said = msgspec.convert(raw, _DeviceKeys)
        curve25519 = said.keys[f"curve25519:{device_id}"]
        ed25519 = said.keys[f"ed25519:{device_id}"]
        foreign_keys.curve25519(curve25519)
        foreign_keys.ed25519(ed25519)
    except (KeyError, ValueError):  # also msgspec's
        return None
    if not device_id or (said.user_id, said.device_id) != (user, device_id) or not _ALGORITHMS.issubset(said.algorithms):
        return None
    if not is_signed(raw, user, f"ed25519:{device_id}", ed25519):
        return None
    return Device(user, device_id, curve25519, ed25519)


def _identity(user: str, answer: Mapping[str, Any]) -> Identity:
    """The user's master key, and the self-signing key where the master key has signed it."""
    master = _identity_key(user, "master", part_of(answer, "master_keys").get(user))
    raw = part_of(part_of(answer, "self_signing_keys"), user)
    self_signing = _identity_key(user, "self_signing", raw)
    if master is None or self_signing is None or not is_signed(raw, user, f"ed25519:{master}", master):
        return Identity(master, None)
    return Identity(master, self_signing)


def _identity_key(user: str, usage: str, raw: Any) -> str | None:
    """The one key in it, whose ID has to be the key itself (spec, "Cross-signing")."""
    try:
        said = msgspec.convert(raw, _IdentityKey)
        ((key_id, key),) = said.keys.items()
        foreign_keys.ed25519(key)
    except ValueError:  # also msgspec's, and more or fewer than one
        return None
    return key if said.user_id == user and usage in said.usage and key_id == f"ed25519:{key}" else None
