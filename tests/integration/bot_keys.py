"""The bot's keys without the service around them: a database, key files, a device that the homeserver knows."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import aiohttp

from classroom_matrix.encryption.cross_signing import Published
from classroom_matrix.encryption.device import Device
from classroom_matrix.encryption.homeserver import KeyServer
from classroom_matrix.encryption.identity import IdentityState, ensure_identity, rotate_identity
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.matrix.client import HttpGateway
from classroom_matrix.matrix.registration import Registration
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import own_device
from classroom_matrix.testing.homeserver import EmbeddedHomeserver, Login
from classroom_matrix.testing.person import Person


class BotKeys:
    """Args: `database`: the file; None for one in memory."""

    def __init__(self, homeserver: EmbeddedHomeserver, database: Path | None = None) -> None:
        self.homeserver = homeserver
        self.database = Database(database or ":memory:")
        self.keyring = KeyRing.open(KeyRing.folder_of(database)) if database else KeyRing.in_memory()
        self.session = aiohttp.ClientSession()
        self.server: KeyServer
        self.device: Device
        self.device_keys: Mapping[str, Any]

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self.database.close()
        self.keyring.close()
        await self.session.close()

    async def begin_as(self, registration: Registration) -> None:
        """As an application service."""
        user, url, token = registration.user_id, self.homeserver.url, registration.as_token
        self.device = Device(self.database, self.keyring, user)
        device_id = (await self.database.call(self.device.open)).device_id
        account = HttpGateway(self.session, url, token, user, act_as=True)
        acting = HttpGateway(self.session, url, token, user, act_as=True, device_id=device_id)
        self.server = KeyServer(acting, device_id, account=account)
        await self.server.make_device("the bot")
        await self._upload()

    async def begin_with(self, login: Login) -> None:
        """As an account that syncs."""
        self.device = Device(self.database, self.keyring, login.user_id)
        await self.database.call(self.device.open, login.device_id)
        gateway = HttpGateway(self.session, self.homeserver.url, login.access_token, login.user_id)
        self.server = KeyServer(gateway, login.device_id)
        await self._upload()

    async def _upload(self) -> None:
        body = self.device.keys_to_upload(0, fallback_is_used=True, now=time.time())
        assert body is not None
        await self.server.upload_keys(body)
        await self.database.call(self.device.uploaded)
        self.device_keys = await self.database.call(self.device.device_keys)

    async def ensure(self) -> IdentityState:
        return await ensure_identity(self.database, self.keyring, self.server, self.device_keys, time.time())

    async def rotate(self, password: str | None = None) -> IdentityState:
        return await rotate_identity(self.database, self.keyring, self.server, self.device_keys, password, time.time())

    async def forget_device(self) -> None:
        await self.database.call(own_device.forget, self.database)

    async def seen_by(self, person: Person) -> Published:
        """What somebody else's app is told."""
        gateway = HttpGateway(self.session, self.homeserver.url, person.access_token, person.user_id)
        return Published.read(await KeyServer(gateway, "").query_keys([self.server.user_id]), self.server.user_id)
