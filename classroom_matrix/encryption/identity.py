"""The bot's identity on the homeserver: made once, found again at every start, changed only when somebody asks for it.

Private keys are rows before they are requests, and old ones stay until the homeserver publishes the new ones. So at any moment
one of at most two sets of private keys (``master`` and ``master.next``) belongs to what is published, and what is published
says which.
"""

from __future__ import annotations

import logging
from enum import StrEnum
from typing import Any

from vodozemac import Account

from ..errors import AuthenticationWanted, PermanentError, WrongKey
from ..storage.database import Database
from ..storage.encryption import own_device
from .cross_signing import NEXT, Identity, Published, fingerprint
from .homeserver import KeyServer
from .keyring import KeyRing
from .signing import Json, Sign, is_signed

__all__ = ["Identity", "IdentityState", "Published", "ensure_identity", "fingerprint", "published_by", "rotate_identity"]

log = logging.getLogger(__name__)

PASSWORD = "m.login.password"  # noqa: S105 - the protocol's word


class IdentityState(StrEnum):
    """How the bot stands with people's apps."""

    OURS = "ours"
    """The homeserver publishes our identity, and it has signed our device."""
    REPLACED = "replaced"
    """The homeserver publishes another identity than ours."""
    LOST = "lost"
    """There is an identity, but its private keys are missing or cannot be read."""
    UNSIGNED = "unsigned"
    """The homeserver does not take our identity or the device's signature."""


async def published_by(server: KeyServer) -> Published:
    """What the homeserver publishes of the bot now."""
    return Published.read(await server.query_keys([server.user_id]), server.user_id)


async def ensure_identity(
    database: Database, keyring: KeyRing, server: KeyServer, device_keys: Json, now: float
) -> IdentityState:
    """Make the identity where there is none yet, and let it sign the device. At every start; after an interruption at any point
    the next call goes on. Never replaces an identity that people may have seen.

    Args:
        database: with the own device.
        keyring: beside it.
        server: acts as the device, whose keys are uploaded.
        device_keys: exactly what was uploaded as ``device_keys``.
        now: UTC seconds since 1970.

    Raises:
        TemporaryError: the homeserver does not answer; nothing is lost.
    """
    published = await published_by(server)
    current, lost = await database.call(_load, database, keyring, "")
    following, _ = await database.call(_load, database, keyring, NEXT)
    if following is not None and published.is_of(following):
        await database.call(_accept, database, keyring, following, now)
        current = following
    elif lost:
        return await _unsigned(database, IdentityState.LOST)
    if published.public_master is None:
        if current is None:
            current = following or Identity.fresh()
            await database.call(_accept, database, keyring, current, now)
    elif current is None:
        return await _unsigned(database, IdentityState.LOST)
    elif not published.is_of(current):
        return await _unsigned(database, IdentityState.REPLACED)
    if published.public_self_signing != current.public_self_signing or not published.is_whole(server.user_id):
        if not await _publish(server, current):
            return await _unsigned(database, IdentityState.UNSIGNED)
        published = await published_by(server)
    sign = await database.call(_device_signer, database, keyring)
    if not await _sign(server, current, published, device_keys, sign):
        return await _unsigned(database, IdentityState.UNSIGNED)
    await database.call(own_device.set_signed_by, database, current.public_self_signing)
    return IdentityState.OURS


async def rotate_identity(
    database: Database, keyring: KeyRing, server: KeyServer, device_keys: Json, password: str | None, now: float
) -> IdentityState:
    """Replace the identity by a new one, whatever became of the old one. People's apps will say that it changed.

    An interrupted call is finished by the next one, or by the next start if the homeserver had taken the new keys.

    Args:
        password: the account's, for homeservers that ask for it; an application service is not asked.

    Raises:
        AuthenticationWanted: the homeserver asks for a password and there is none or a wrong one, or for something else.
        PermanentError: it refuses.
        TemporaryError: it does not answer; call again.
    """
    published = await published_by(server)
    following, _ = await database.call(_load, database, keyring, NEXT)
    if following is None:
        following = Identity.fresh()
        await database.call(following.store, database, keyring, now, NEXT)
    if not published.is_of(following):
        await _upload_with_proof(server, following.upload_body(server.user_id), password)
    await database.call(_accept, database, keyring, following, now)
    return await ensure_identity(database, keyring, server, device_keys, now)


async def _upload_with_proof(server: KeyServer, body: dict[str, Any], password: str | None) -> None:
    try:
        await server.upload_signing_keys(body)
    except AuthenticationWanted as wanted:
        if password is None or [PASSWORD] not in [list(flow) for flow in wanted.flows]:
            raise
        proof = {
            "type": PASSWORD,
            "identifier": {"type": "m.id.user", "user": server.user_id},
            "password": password,
            "session": wanted.session,
        }
        await server.upload_signing_keys({**body, "auth": proof})


async def _publish(server: KeyServer, identity: Identity) -> bool:
    try:
        await server.upload_signing_keys(identity.upload_body(server.user_id))
    except PermanentError as error:
        log.warning("the homeserver does not take the bot's identity; see: classroom-matrix keys status (%s)", error)
        return False
    return True


async def _sign(server: KeyServer, identity: Identity, published: Published, device_keys: Json, sign: Sign) -> bool:
    """Send the signatures that are missing. Returns whether the homeserver has the device's."""
    user_id, device_id = server.user_id, device_keys["device_id"]
    wanted: dict[str, Any] = {}
    if not published.vouches_for(device_keys):
        wanted |= identity.sign_device(device_keys)[user_id]
    device_key = device_keys["keys"][f"ed25519:{device_id}"]
    if not is_signed(published.master or {}, user_id, f"ed25519:{device_id}", device_key):
        wanted |= identity.signed_master(user_id, device_id, sign)[user_id]
    if not wanted:
        return True
    try:
        failures = (await server.upload_signatures({user_id: wanted})).get(user_id, {})
    except PermanentError as error:
        log.warning("the homeserver does not take signatures: %s", error)
        return False
    for key, failure in failures.items():
        log.warning("the homeserver does not take the signature of %s: %s", key, failure.get("errcode"))
    return device_id not in failures


async def _unsigned(database: Database, state: IdentityState) -> IdentityState:
    await database.call(own_device.set_signed_by, database, None)
    log.warning("apps that leave unsigned devices out cannot talk with the bot: %s; see: classroom-matrix keys status", state)
    return state


def _load(database: Database, keyring: KeyRing, suffix: str) -> tuple[Identity | None, bool]:
    """Private keys, and whether there are some that cannot be read."""
    try:
        return Identity.load(database, keyring, suffix), False
    except WrongKey as error:
        log.error("the bot's identity cannot be read: %s", error)  # noqa: TRY400 - a trace tells nothing more
        return None, True


def _accept(database: Database, keyring: KeyRing, following: Identity, now: float) -> None:
    """This identity is ours from now on."""
    with database.transaction():
        following.store(database, keyring, now)
        Identity.forget(database, NEXT)


def _device_signer(database: Database, keyring: KeyRing) -> Sign:
    own = own_device.get(database)
    assert own is not None
    account = Account.from_pickle(own.account, keyring.device)
    return lambda data: account.sign(data).to_base64()
