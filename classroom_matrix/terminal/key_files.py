"""The keys that lie on this machine, for the commands about them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass

from ..config import Config
from ..encryption.cross_signing import NEXT, Identity
from ..encryption.device import Device
from ..encryption.homeserver import KeyServer
from ..encryption.keyring import KeyRing
from ..encryption.signing import Json
from ..errors import ClassroomError, WrongKey
from ..matrix.client import HttpGateway
from ..school import School, open_school
from ..storage.database import Database
from ..storage.encryption import own_device, secrets
from ..storage.encryption.own_device import OwnDevice
from .words import Words


@dataclass(frozen=True, slots=True)
class Keys:
    """What lies on this machine.

    Args:
        device_keys: None where the device's key does not fit the database.
        identity, following: private keys that are here; `following` ones the homeserver had not accepted yet.
        readable: whether all private keys that are here can be decrypted.
    """

    school: School
    keyring: KeyRing
    own: OwnDevice
    device_keys: Json | None
    identity: Identity | None
    following: Identity | None
    readable: bool
    server: KeyServer


@asynccontextmanager
async def open_keys(config: Config, say: Words) -> AsyncIterator[Keys]:
    """What is on this machine; works beside a running service, and makes nothing.

    Raises:
        ClassroomError: the service has never run, or files are missing.
    """
    if not config.database.is_file():
        raise ClassroomError(say("keys-no-device"))
    async with open_school(config) as school:
        own = await school.database.call(own_device.get, school.database)
        if own is None:
            raise ClassroomError(say("keys-no-device"))
        needed = await school.database.call(secrets.are_there, school.database)  # then none is drawn in its place either
        folder = KeyRing.folder_of(config.database)
        with closing(KeyRing.open(folder, make=False, draw_secrets=not needed)) as keyring:
            yield await school.database.call(_read, school, keyring, own)


def _read(school: School, keyring: KeyRing, own: OwnDevice) -> Keys:
    database, user_id = school.database, school.config.bot.user
    try:
        device_keys: Json | None = Device(database, keyring, user_id).device_keys()
    except ValueError:  # vodozemac's, where the key is another
        device_keys = None
    identity, readable = _load(database, keyring, "")
    following, readable_too = _load(database, keyring, NEXT)
    server = KeyServer(_gateway(school, own.device_id), own.device_id)
    return Keys(school, keyring, own, device_keys, identity, following, readable and readable_too, server)


def _load(database: Database, keyring: KeyRing, suffix: str) -> tuple[Identity | None, bool]:
    try:
        return Identity.load(database, keyring, suffix), True
    except WrongKey:
        return None, False


def _gateway(school: School, device_id: str) -> HttpGateway:
    """Acts as the device that the keys belong to."""
    registration = school.registration
    if registration is None:
        return school.gateway
    return HttpGateway(
        school.session,
        school.config.homeserver.url,
        registration.as_token,
        registration.user_id,
        act_as=True,
        device_id=device_id,
    )
