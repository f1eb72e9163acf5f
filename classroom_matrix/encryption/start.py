"""How a running service gets its device: opened, made known, signed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from ..errors import TemporaryError
from ..matrix.client import HttpGateway
from ..storage.database import Database
from .device import Device
from .homeserver import KeyServer
from .identity import IdentityState
from .keyring import KeyRing
from .machine import Clock, Encryption
from .secrets_file import end_locked_sessions, open_keyring

log = logging.getLogger(__name__)

_ADVICE = {
    IdentityState.REPLACED: "somebody has replaced the bot's identity",
    IdentityState.LOST: "the private keys of the bot's identity are lost",
    IdentityState.UNSIGNED: "the homeserver does not take the bot's identity",
}


async def open_encryption(
    path: Path,
    database: Database,
    gateway: HttpGateway,
    clock: Clock,
    *,
    for_device: Callable[[str], HttpGateway] | None,
    arrived: Callable[[], None],
) -> Encryption:
    """Open the service's device, or make one.

    Args:
        path: of the database; the keys lie beside it.
        gateway: the account; its own device is ours where `for_device` is None.
        for_device: makes a gateway that acts as another device of the account; application services can.
        arrived: see `Encryption`.

    Raises:
        TemporaryError: the homeserver does not answer.
        ConfigError: the keys cannot be read.
    """
    keyring = await database.call(open_keyring, database, KeyRing.folder_of(path))
    device = Device(database, keyring, gateway.user_id)
    given = None if for_device is not None else await gateway.own_device()
    known = await database.call(device.open, given)
    await database.call(end_locked_sessions, database, keyring)
    own = for_device(known.device_id) if for_device is not None else gateway
    server = KeyServer(own, known.device_id, account=gateway)
    return Encryption(database, keyring, device, server, clock, arrived=arrived, own_sync=for_device is not None)


async def sign_in_device(encryption: Encryption) -> None:
    """One attempt; tells IT what is wrong with the identity, if anything is.

    Raises:
        TemporaryError: the homeserver does not answer.
    """
    try:
        state = await encryption.sign_in("classroom-matrix")
    except TemporaryError as error:
        log.warning("waiting for the homeserver: %s", error)
        raise
    if state in _ADVICE:
        log.warning("%s: people's apps warn of it, or do not talk to it; see: classroom-matrix keys status", _ADVICE[state])
