"""Whatever somebody uploads as a key: it is one, or a `ValueError`, and never the end of the program."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from vodozemac import Account

from classroom_matrix.encryption import foreign_keys
from classroom_matrix.encryption.signing import is_signed, signed

READINGS: list[tuple[Callable[[object], object], int]] = [
    (foreign_keys.curve25519, 32),
    (foreign_keys.ed25519, 32),
    (foreign_keys.signature, 64),
]
each = pytest.mark.parametrize(("read", "size"), READINGS)


def written(data: bytes) -> str:
    return base64.b64encode(data).rstrip(b"=").decode()


def test_real_ones_are_taken():
    account = Account()
    assert foreign_keys.curve25519(account.curve25519_key.to_base64()) == account.curve25519_key
    assert foreign_keys.ed25519(account.ed25519_key.to_base64()) == account.ed25519_key
    signature = account.sign(b"x")
    assert foreign_keys.signature(signature.to_base64()).to_base64() == signature.to_base64()


@each
@pytest.mark.parametrize("length", [*range(70), 96, 1000])  # the engine panics at 33
def test_other_lengths_are_refused(read: Callable[[object], object], size: int, length: int):
    if length != size:
        with pytest.raises(ValueError, match="not"):
            read(written(bytes(length)))


@each
@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + "=",
        lambda text: text[:-1] + "\n",
        lambda text: text[:-1] + "B",  # bits that say nothing: the same key spelled in another way
        lambda text: "-" + text[1:],
        lambda text: "é" + text[1:],
        lambda text: "\ud800" + text[1:],
        lambda text: "\0" + text[1:],
        lambda text: text.encode(),
        lambda _: None,
        lambda _: 5,
        lambda text: [text],
        lambda text: {"key": text},
    ],
)
def test_other_spellings_are_refused(read: Callable[[object], object], size: int, spoil: Callable[[str], object]):
    with pytest.raises(ValueError):  # noqa: PT011 - of base64 and of ours
        read(spoil(written(bytes(size))))


@pytest.mark.parametrize("length", [0, 31, 33, 34])
def test_nothing_is_signed_with_what_is_no_key(length: int):
    account = Account()
    value = signed({"a": 1}, "@a:b", "ed25519:D", lambda data: account.sign(data).to_base64())
    assert is_signed(value, "@a:b", "ed25519:D", account.ed25519_key.to_base64())
    assert not is_signed(value, "@a:b", "ed25519:D", written(bytes(length)))


@pytest.mark.parametrize("signature", ["text", 5, None, ["x"], {"x": 1}, written(bytes(63)), written(bytes(65))])
def test_what_is_no_signature_is_none(signature: object):
    key = Account().ed25519_key.to_base64()
    assert not is_signed({"signatures": {"@a:b": {"ed25519:D": signature}}}, "@a:b", "ed25519:D", key)
    assert not is_signed({"signatures": signature}, "@a:b", "ed25519:D", key)
