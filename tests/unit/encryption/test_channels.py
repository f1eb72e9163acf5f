"""Channels to devices: what a homeserver hands over as one-time keys and messages, and whose a channel is."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
import vodozemac

from classroom_matrix.domain.ids import UserId
from classroom_matrix.encryption.channels import CannotOpen, Channels
from classroom_matrix.encryption.device import OLM, Device
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.encryption.signing import signed
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import channels as stored
from classroom_matrix.storage.encryption.devices import Device as TheirDevice

BOT, ANNA, MALLORY = UserId("@bot:school"), "@anna:school", "@mallory:school"
Json = dict[str, Any]


class Bot:
    def __init__(self) -> None:
        self.database = Database(":memory:")
        keyring = KeyRing.in_memory()
        self.device = Device(self.database, keyring, BOT)
        self.device.open()
        self.channels = Channels(self.database, keyring, self.device)

    def fallback_key(self) -> vodozemac.Curve25519PublicKey:
        with self.device.advancing():
            account = self.device.account()
            account.generate_fallback_key()
            (key,) = account.fallback_key.values()
            account.mark_keys_as_published()
            self.device.store_account(account)
        assert isinstance(key, vodozemac.Curve25519PublicKey)
        return key


class Phone:
    """Somebody's device. `curve25519`: the key that it claims, its own by default."""

    def __init__(self, user_id: str, curve25519: str | None = None) -> None:
        self.account = vodozemac.Account()
        curve = curve25519 or self.account.curve25519_key.to_base64()
        self.known = TheirDevice(user_id, "PHONE", curve, self.account.ed25519_key.to_base64())

    def one_time_key(self, key: object = None) -> Json:
        self.account.generate_one_time_keys(1)
        (own,) = self.account.one_time_keys.values()
        self.account.mark_keys_as_published()
        return signed(
            {"key": own.to_base64() if key is None else key},
            self.known.user_id,
            "ed25519:PHONE",
            lambda data: self.account.sign(data).to_base64(),
        )


@pytest.fixture
def bot() -> Iterator[Bot]:
    bot = Bot()
    yield bot
    bot.database.close()


@pytest.mark.parametrize("key", ["text", None, 5, ["list"], {}, {"key": 5}, {"key": "x"}, {"key": "x", "signatures": []}])
def test_what_is_no_one_time_key_opens_nothing(bot: Bot, key: object):
    assert not bot.channels.open_to(Phone(ANNA).known, key, 0.0)


@pytest.mark.parametrize("key", [5, ["x"], "", "A" * 42, "A" * 44, "A" * 43])  # the last: 32 zeros, of low order
def test_signed_nonsense_opens_nothing(bot: Bot, key: object):
    phone = Phone(ANNA)
    assert not bot.channels.open_to(phone.known, phone.one_time_key(key), 0.0)
    assert bot.channels.open_to(phone.known, phone.one_time_key(), 0.0)


def test_channel_that_somebody_opened_with_a_claimed_key_is_not_used_for_its_owner(bot: Bot):
    """Mallory says that Anna's key is her device's. Nobody can read what is said through her one-time key then."""
    phone = Phone(ANNA)
    claimed = Phone(MALLORY, phone.known.curve25519)
    assert bot.channels.open_to(claimed.known, claimed.one_time_key(), 5.0)
    assert bot.channels.encrypt(phone.known, "m.room_key", {"a": 1}, {}) is None
    assert stored.without(bot.database, [(ANNA, phone.known.curve25519), (MALLORY, phone.known.curve25519)]) == {
        (ANNA, phone.known.curve25519)
    }
    assert bot.channels.open_to(phone.known, phone.one_time_key(), 1.0)
    letter = bot.channels.encrypt(phone.known, "m.room_key", {"a": 1}, {})
    assert letter is not None
    parcel = letter["ciphertext"][phone.known.curve25519]
    message = vodozemac.AnyOlmMessage.from_parts(parcel["type"], base64.b64decode(parcel["body"] + "=="))
    pre_key = message.to_pre_key()
    assert pre_key is not None
    _, plain = phone.account.create_inbound_session(foreign(letter["sender_key"]), pre_key)
    assert msgspec.json.decode(plain)["recipient"] == ANNA


def foreign(key: str) -> vodozemac.Curve25519PublicKey:
    return vodozemac.Curve25519PublicKey.from_base64(key)


def letter_from(phone: Phone, bot: Bot) -> Json:
    known = bot.device.known()
    session = phone.account.create_outbound_session(foreign(known.curve25519), bot.fallback_key())
    plain = {
        "type": "m.dummy",
        "content": {},
        "sender": phone.known.user_id,
        "recipient": BOT,
        "recipient_keys": {"ed25519": known.ed25519},
        "keys": {"ed25519": phone.known.ed25519},
    }
    kind, body = session.encrypt(msgspec.json.encode(plain)).to_parts()
    parcel = {"type": kind, "body": base64.b64encode(body).rstrip(b"=").decode()}
    return {"algorithm": OLM, "sender_key": phone.known.curve25519, "ciphertext": {known.curve25519: parcel}}


def test_letter_opens_a_channel_to_whom_it_came_from(bot: Bot):
    phone = Phone(ANNA)
    whisper = bot.channels.decrypt(ANNA, letter_from(phone, bot), 1.0)
    assert (whisper.sender, whisper.ed25519) == (ANNA, phone.known.ed25519)
    assert stored.sessions(bot.database, ANNA, phone.known.curve25519)
    assert not stored.sessions(bot.database, MALLORY, phone.known.curve25519)


@pytest.mark.parametrize("sender_key", ["A" * 44, "A" * 43, "", "\ud800" * 43])
def test_letter_from_what_is_no_key_is_not_opened(bot: Bot, sender_key: str):
    with pytest.raises(CannotOpen):
        bot.channels.decrypt(ANNA, {**letter_from(Phone(ANNA), bot), "sender_key": sender_key}, 1.0)


@pytest.mark.parametrize("kind", [-1, 2, 10**30, "x", None, float("inf"), [1]])
def test_letter_of_no_kind_is_not_opened(bot: Bot, kind: object):
    letter = letter_from(Phone(ANNA), bot)
    letter["ciphertext"][bot.device.known().curve25519]["type"] = kind
    with pytest.raises(CannotOpen):
        bot.channels.decrypt(ANNA, letter, 1.0)
