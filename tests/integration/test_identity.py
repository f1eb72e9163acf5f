"""The bot's identity on the real Synapse, as other people's apps are told of it."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator

import pytest

from classroom_matrix.encryption.chain import links
from classroom_matrix.encryption.cross_signing import Identity
from classroom_matrix.encryption.identity import IdentityState, published_by
from classroom_matrix.errors import AuthenticationWanted
from classroom_matrix.matrix.registration import Registration
from classroom_matrix.testing.homeserver import EmbeddedHomeserver

from ..conftest import PASSWORD, NewPerson
from .bot_keys import BotKeys


@pytest.fixture
async def bot(homeserver: EmbeddedHomeserver) -> AsyncIterator[BotKeys]:
    async with BotKeys(homeserver) as bot:
        yield bot


async def test_application_service_signs_and_rotates_without_a_password(
    bot: BotKeys, registration: Registration, new_person: NewPerson
):
    parent = await new_person()
    await bot.begin_as(registration)
    assert await bot.ensure() is IdentityState.OURS
    first = await bot.seen_by(parent)
    assert first.is_whole(registration.user_id)
    assert first.vouches_for(bot.device_keys)
    identity = Identity.load(bot.database, bot.keyring)
    assert identity is not None
    assert [link.name for link in links(identity, await published_by(bot.server), bot.device_keys) if not link.good] == []

    old_device_keys = bot.device_keys
    await bot.forget_device()
    await bot.begin_as(registration)
    assert bot.device_keys["device_id"] != old_device_keys["device_id"]
    assert not (await bot.seen_by(parent)).vouches_for(bot.device_keys)
    assert await bot.ensure() is IdentityState.OURS
    second = await bot.seen_by(parent)
    assert second.public_master == first.public_master
    assert second.vouches_for(bot.device_keys)
    assert second.vouches_for(old_device_keys)

    assert await bot.rotate() is IdentityState.OURS
    third = await bot.seen_by(parent)
    assert third.public_master != first.public_master
    assert third.is_whole(registration.user_id)
    assert third.vouches_for(bot.device_keys)
    assert not third.vouches_for(old_device_keys)


async def test_account_with_a_password_is_asked_for_it_at_rotation_only(
    bot: BotKeys, homeserver: EmbeddedHomeserver, new_person: NewPerson
):
    parent = await new_person()
    await bot.begin_with(await homeserver.register(f"bot{secrets.token_hex(4)}", PASSWORD))
    assert await bot.ensure() is IdentityState.OURS
    first = await bot.seen_by(parent)
    assert first.vouches_for(bot.device_keys)

    for password in (None, "wrong"):
        with pytest.raises(AuthenticationWanted) as wanted:
            await bot.rotate(password)
        assert [list(flow) for flow in wanted.value.flows] == [["m.login.password"]]
        assert wanted.value.errcode == ("M_FORBIDDEN" if password else "")
        assert await bot.ensure() is IdentityState.OURS
        assert await bot.seen_by(parent) == first

    assert await bot.rotate(PASSWORD) is IdentityState.OURS
    second = await bot.seen_by(parent)
    assert second.public_master != first.public_master
    assert second.vouches_for(bot.device_keys)

    somebody_else = Identity.fresh()
    await bot.database.call(somebody_else.store, bot.database, bot.keyring, time.time())
    assert await bot.ensure() is IdentityState.REPLACED
    await bot.database.call(Identity.forget, bot.database)
    assert await bot.ensure() is IdentityState.LOST
    assert await bot.seen_by(parent) == second
