"""The identity is made once, signs each device, and no interruption loses its private keys."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest
from vodozemac import Account

from classroom_matrix.encryption.cross_signing import Identity, Published, fingerprint
from classroom_matrix.encryption.identity import IdentityState, ensure_identity, published_by, rotate_identity
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.encryption.signing import is_signed, signed
from classroom_matrix.errors import AuthenticationWanted, PermanentError, WrongKey
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import own_device
from classroom_matrix.storage.encryption.tables import SecretRow

from .key_homeserver import BOT, KeyHomeserver

NOW = 1_700_000_000.0


class Killed(Exception):
    """Stands for kill -9."""


class Bot:
    """One installation: database, keys, device."""

    def __init__(self, server: KeyHomeserver, device_id: str = "CLASSROOM_ABCDEF") -> None:
        self.server: Any = server
        self.database = Database(":memory:")
        self.keyring = KeyRing.in_memory()
        self.new_device(device_id)

    def new_device(self, device_id: str) -> None:
        account = Account()
        curve, ed = account.curve25519_key.to_base64(), account.ed25519_key.to_base64()
        own_device.forget(self.database)
        own_device.put_new(self.database, device_id, account.pickle(self.keyring.device), curve, ed)
        bare = {
            "user_id": BOT,
            "device_id": device_id,
            "algorithms": ["m.megolm.v1.aes-sha2"],
            "keys": {f"curve25519:{device_id}": curve, f"ed25519:{device_id}": ed},
        }
        self.device_keys = signed(bare, BOT, f"ed25519:{device_id}", lambda data: account.sign(data).to_base64())
        copy = {**self.device_keys, "signatures": {BOT: dict(self.device_keys["signatures"][BOT])}}
        self.server.devices[device_id] = {**copy, "unsigned": {"device_display_name": "bot"}}

    async def ensure(self) -> IdentityState:
        return await ensure_identity(self.database, self.keyring, self.server, self.device_keys, NOW)

    async def rotate(self, password: str | None = None) -> IdentityState:
        return await rotate_identity(self.database, self.keyring, self.server, self.device_keys, password, NOW)

    async def is_trusted(self) -> bool:
        """As an app sees it that starts from the master key."""
        published = await published_by(self.server)
        return published.is_whole(BOT) and published.vouches_for(self.device_keys)

    def keys_known(self) -> list[str]:
        """Public master keys whose private keys can be read here."""
        found = (Identity.load(self.database, self.keyring, suffix) for suffix in ("", ".next"))
        return [identity.public_master for identity in found if identity]

    @property
    def signed_by(self) -> str | None:
        own = own_device.get(self.database)
        assert own
        return own.signed_by


@pytest.fixture
def server() -> KeyHomeserver:
    return KeyHomeserver()


@pytest.fixture
def bot(server: KeyHomeserver) -> Iterator[Bot]:
    bot = Bot(server)
    yield bot
    bot.database.close()


def test_private_keys_are_not_in_the_database_as_they_are(bot: Bot):
    identity = Identity.fresh()
    identity.store(bot.database, bot.keyring, NOW)
    assert Identity.load(bot.database, bot.keyring) is not None
    dump = b"".join(bytes(row.sealed) for row in SecretRow.select())
    for key in (identity.master, identity.self_signing, identity.user_signing):
        assert key.private_bytes_raw() not in dump
    with pytest.raises(WrongKey):
        Identity.load(bot.database, KeyRing.in_memory())


def test_exchanged_private_keys_are_noticed(bot: Bot):
    Identity.fresh().store(bot.database, bot.keyring, NOW)
    row = SecretRow.get_by_id("master")
    row.sealed = SecretRow.get_by_id("self_signing").sealed
    row.save()
    with pytest.raises(WrongKey, match="damaged"):
        Identity.load(bot.database, bot.keyring)


def test_upload_body_is_signed_by_the_master_key_only():
    identity = Identity.fresh()
    body = identity.upload_body(BOT)
    master = identity.public_master
    assert body["master_key"] == {"user_id": BOT, "usage": ["master"], "keys": {f"ed25519:{master}": master}}
    for name in ("self_signing_key", "user_signing_key"):
        assert is_signed(body[name], BOT, f"ed25519:{master}", master)
        assert list(body[name]["signatures"][BOT]) == [f"ed25519:{master}"]
    assert not is_signed(body["self_signing_key"], BOT, f"ed25519:{master}", Identity.fresh().public_master)


def test_fingerprint_is_in_groups_of_four():
    assert fingerprint("abcdefghij") == "abcd efgh ij"


async def test_first_start_makes_the_identity_and_signs(bot: Bot, server: KeyHomeserver):
    assert await bot.ensure() is IdentityState.OURS
    assert await bot.is_trusted()
    assert server.master in bot.keys_known()
    published = await published_by(bot.server)
    assert bot.signed_by == published.public_self_signing
    device_key = bot.device_keys["keys"]["ed25519:CLASSROOM_ABCDEF"]
    assert is_signed(published.master or {}, BOT, "ed25519:CLASSROOM_ABCDEF", device_key)


async def test_later_starts_ask_once_and_change_nothing(bot: Bot, server: KeyHomeserver):
    await bot.ensure()
    server.requests.clear()
    assert await bot.ensure() is IdentityState.OURS
    assert server.requests == ["query"]


async def test_new_device_is_signed_by_the_same_identity(bot: Bot, server: KeyHomeserver):
    await bot.ensure()
    master = server.master
    bot.new_device("CLASSROOM_SECOND")
    assert not await bot.is_trusted()
    assert await bot.ensure() is IdentityState.OURS
    assert await bot.is_trusted()
    assert server.master == master
    assert server.identities == 1


async def test_homeserver_that_forgot_is_given_the_same_identity_again(bot: Bot, server: KeyHomeserver):
    await bot.ensure()
    master = server.master
    server.identity = {}
    assert await bot.ensure() is IdentityState.OURS
    assert server.master == master
    assert await bot.is_trusted()


async def test_somebody_elses_identity_is_not_touched(bot: Bot, server: KeyHomeserver):
    await bot.ensure()
    foreign = Identity.fresh()
    server.identity = foreign.upload_body(BOT)
    assert await bot.ensure() is IdentityState.REPLACED
    assert server.master == foreign.public_master
    assert bot.signed_by is None
    assert not await bot.is_trusted()


async def test_identity_without_private_keys_is_lost_and_not_replaced(bot: Bot, server: KeyHomeserver):
    foreign = Identity.fresh()
    server.identity = foreign.upload_body(BOT)
    assert await bot.ensure() is IdentityState.LOST
    assert server.master == foreign.public_master


@pytest.mark.parametrize("forgotten", [True, False])
async def test_other_secrets_key_neither_stops_the_service_nor_makes_an_identity(
    bot: Bot, server: KeyHomeserver, *, forgotten: bool
):
    """Also where the homeserver publishes nothing: the right key may still be put back."""
    await bot.ensure()
    right, master = bot.keyring, server.master
    if forgotten:
        server.identity = {}
    bot.keyring = KeyRing.in_memory()
    bot.new_device("CLASSROOM_SECOND")
    assert await bot.ensure() is IdentityState.LOST
    bot.keyring = right
    bot.new_device("CLASSROOM_THIRD")
    assert await bot.ensure() is IdentityState.OURS
    assert server.master == master


async def test_refused_first_upload_leaves_the_bot_unsigned_until_it_is_taken(
    bot: Bot, server: KeyHomeserver, monkeypatch: pytest.MonkeyPatch
):
    async def refuse(_: Any) -> None:
        raise AuthenticationWanted("", "s1", [["m.login.password"]])

    with monkeypatch.context() as patched:
        patched.setattr(server, "upload_signing_keys", refuse)
        assert await bot.ensure() is IdentityState.UNSIGNED
    (kept,) = bot.keys_known()
    assert await bot.ensure() is IdentityState.OURS
    assert server.master == kept


async def test_refused_signature_leaves_the_bot_unsigned(bot: Bot, server: KeyHomeserver):
    await bot.ensure()
    server.devices.clear()  # as if the device had been deleted
    assert await bot.ensure() is IdentityState.UNSIGNED
    assert bot.signed_by is None


async def test_homeserver_without_signatures_leaves_the_bot_unsigned(bot: Bot, monkeypatch: pytest.MonkeyPatch):
    async def refuse(_: Any) -> None:
        raise PermanentError("M_UNRECOGNIZED", 404)

    monkeypatch.setattr(bot.server, "upload_signatures", refuse)
    assert await bot.ensure() is IdentityState.UNSIGNED


async def test_foreign_device_under_our_name_is_not_taken_for_signed(bot: Bot, server: KeyHomeserver):
    await bot.ensure()
    device = server.devices["CLASSROOM_ABCDEF"]
    device["keys"] = {**device["keys"], "curve25519:CLASSROOM_ABCDEF": "foreign"}
    assert await bot.ensure() is IdentityState.UNSIGNED


def test_published_nonsense_is_nothing():
    for nonsense in (None, {}, {"keys": {}}, {"keys": {"ed25519:a": "b"}}, {"keys": {"ed25519:a": "a", "ed25519:b": "b"}}):
        published = Published.read({"master_keys": {BOT: nonsense}}, BOT)
        assert published.public_master is None
        assert not published.is_whole(BOT)


async def test_rotation_replaces_and_signs(bot: Bot, server: KeyHomeserver):
    await bot.ensure()
    old = server.master
    assert await bot.rotate() is IdentityState.OURS
    assert server.master != old
    assert bot.keys_known() == [server.master]
    assert await bot.is_trusted()


async def test_rotation_gives_the_password_where_it_is_asked(bot: Bot, server: KeyHomeserver):
    server.password = "correct horse"
    await bot.ensure()
    old = server.master
    for password, errcode in ((None, ""), ("wrong", "M_FORBIDDEN")):
        with pytest.raises(AuthenticationWanted) as wanted:
            await bot.rotate(password)
        assert wanted.value.errcode == errcode
        assert server.master == old
        assert await bot.ensure() is IdentityState.OURS, "the old identity still stands"
    assert await bot.rotate("correct horse") is IdentityState.OURS
    assert server.master != old


async def test_rotation_twice_is_two_identities(bot: Bot, server: KeyHomeserver):
    await bot.ensure()
    await bot.rotate()
    await bot.rotate()
    assert server.identities == 3
    assert await bot.is_trusted()


@pytest.mark.parametrize("state", [IdentityState.LOST, IdentityState.REPLACED])
async def test_rotation_mends_what_was_lost_or_replaced(bot: Bot, server: KeyHomeserver, state: IdentityState):
    if state is IdentityState.REPLACED:
        await bot.ensure()
    server.identity = Identity.fresh().upload_body(BOT)
    assert await bot.ensure() is state
    assert await bot.rotate() is IdentityState.OURS
    assert await bot.is_trusted()


async def test_rotation_mends_keys_that_cannot_be_read(bot: Bot):
    await bot.ensure()
    bot.keyring = KeyRing.in_memory()
    bot.new_device("CLASSROOM_SECOND")
    assert await bot.ensure() is IdentityState.LOST
    assert await bot.rotate() is IdentityState.OURS
    assert await bot.is_trusted()


async def test_next_keys_become_the_first_where_nothing_is_published(bot: Bot, server: KeyHomeserver):
    """A rotation before the first start, cut off; a second rotation has to be one."""
    Identity.fresh().store(bot.database, bot.keyring, NOW, ".next")
    assert await bot.ensure() is IdentityState.OURS
    first = server.master
    assert await bot.rotate() is IdentityState.OURS
    assert server.master != first


def killing(bot: Bot, monkeypatch: pytest.MonkeyPatch, after: int) -> None:
    """Kill at a number of points: before and after every request and every call of the database."""
    left = [after]

    def dying(function: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def call(*args: Any) -> Any:
            for place in ("before", "after"):
                if left[0] == 0:
                    raise Killed(place)
                left[0] -= 1
                if place == "before":
                    result = await function(*args)
            return result

        return call

    for verb in ("query_keys", "upload_signing_keys", "upload_signatures"):
        monkeypatch.setattr(bot.server, verb, dying(getattr(bot.server, verb)))
    monkeypatch.setattr(bot.database, "call", dying(bot.database.call))


@pytest.mark.parametrize("password", [None, "correct horse"])
@pytest.mark.parametrize("started", [False, True])
async def test_no_interruption_loses_the_identity(monkeypatch: pytest.MonkeyPatch, password: str | None, *, started: bool):
    """Killed anywhere in the first start, or in a rotation, the next start finds the keys of what is published."""
    points = 0
    while True:
        server = KeyHomeserver(password)
        bot = Bot(server)
        if started:
            await bot.ensure()
        before = server.identities
        with monkeypatch.context() as patched:
            killing(bot, patched, points)
            try:
                await (bot.rotate(password) if started else bot.ensure())
                finished = True
            except Killed:
                finished = False
        if server.master:
            assert server.master in bot.keys_known(), points
        assert await bot.ensure() is IdentityState.OURS, points
        assert await bot.is_trusted(), points
        assert server.master == bot.keys_known()[0]
        assert server.identities - before <= 1, "people were shown two identities"
        bot.database.close()
        if finished:
            break
        points += 1
    assert points > 10
