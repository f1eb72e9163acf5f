"""Files of encrypted rooms: as another implementation makes and reads them, and nothing that is not whole."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment

from classroom_matrix.domain.facts import FileKey
from classroom_matrix.matrix.encrypted_files import SpoiltFile, decrypt, decrypt_file, encrypt, file_object, read_file_object

ADDRESS = "mxc://school/file"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=70),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.binary(max_size=300))
def test_a_file_comes_back(data: bytes) -> None:
    sealed, key = encrypt(data)
    assert decrypt(sealed, key) == data
    assert read_file_object(file_object(ADDRESS, key)) == (ADDRESS, key)


@given(st.binary(max_size=300))
def test_the_other_implementation_reads_ours(data: bytes) -> None:
    sealed, key = encrypt(data)
    file = file_object(ADDRESS, key)
    assert decrypt_attachment(sealed, file["key"]["k"], file["hashes"]["sha256"], file["iv"]) == data


@given(st.binary(max_size=300))
def test_we_read_the_other_implementations(data: bytes) -> None:
    sealed, info = encrypt_attachment(data)
    read = read_file_object({**info, "url": ADDRESS})
    assert read is not None
    assert (read[0], decrypt(sealed, read[1])) == (ADDRESS, data)


def test_what_the_other_implementation_says_of_a_key_is_what_we_say() -> None:
    _, info = encrypt_attachment(b"x")
    read = read_file_object({**info, "url": ADDRESS})
    assert read is not None
    ours = file_object(*read)
    assert {**ours, "key": {**ours["key"], "key_ops": sorted(ours["key"]["key_ops"])}} == {
        **info,
        "url": ADDRESS,
        "key": {**info["key"], "key_ops": sorted(info["key"]["key_ops"])},
    }


def test_two_files_have_nothing_in_common() -> None:
    keys = [encrypt(b"the same")[1] for _ in range(2)]
    assert keys[0].key != keys[1].key
    assert keys[0].iv != keys[1].iv


@pytest.mark.parametrize("size", [0, 1, 65_536, 200_001])
def test_a_large_file_is_read_in_pieces(size: int) -> None:
    data = bytes(range(256)) * (size // 256) + b"!" * (size % 256)
    sealed, key = encrypt(data)
    into = BytesIO()
    decrypt_file(BytesIO(sealed), into, key)
    assert into.getvalue() == data


def test_a_changed_file_is_refused_before_a_byte_of_it_is_used() -> None:
    sealed, key = encrypt(b"a picture")
    changed = sealed[:-1] + bytes([sealed[-1] ^ 1])
    with pytest.raises(SpoiltFile):
        decrypt(changed, key)
    into = BytesIO()
    with pytest.raises(SpoiltFile):
        decrypt_file(BytesIO(changed), into, key)
    assert into.getvalue() == b""


@pytest.mark.parametrize("key", [FileKey("", "", ""), FileKey("ключ", "?", "x" * 1_000), FileKey("A" * 43, "A" * 11, "A" * 43)])
def test_what_is_no_key_opens_nothing(key: FileKey) -> None:
    with pytest.raises(SpoiltFile):
        decrypt(b"", key)


def test_padding_and_either_alphabet_are_taken() -> None:
    sealed, key = encrypt(b"a picture")
    file = file_object(ADDRESS, key)
    k = key.key.replace("-", "+").replace("_", "/") + "="
    padded = {**file, "key": {**file["key"], "k": k}, "iv": f"{key.iv}==", "hashes": {"sha256": f"{key.sha256}="}}
    read = read_file_object(padded)
    assert read == (ADDRESS, key)
    assert decrypt(sealed, key) == b"a picture"


@given(json_values)
def test_no_content_makes_reading_raise(value: Any) -> None:
    assert read_file_object(value) is None
    whole = file_object(ADDRESS, encrypt(b"")[1])
    for part in ("v", "url", "key", "iv", "hashes"):
        assert read_file_object({**whole, part: value}) is None
    for inner in (
        {"key": {**whole["key"], "k": value}},
        {"key": {**whole["key"], "alg": value}},
        {"hashes": {"sha256": value}},
    ):
        assert read_file_object({**whole, **inner}) is None


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_key_of_another_length_is_none(length: int) -> None:
    whole = file_object(ADDRESS, encrypt(b"")[1])
    k = b64encode(bytes(length)).decode()
    assert read_file_object({**whole, "key": {**whole["key"], "k": k}}) is None
