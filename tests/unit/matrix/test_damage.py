"""One part that nobody can decode does not take the whole answer with it."""

from __future__ import annotations

import msgspec
import pytest

from classroom_matrix.domain.ids import UserId
from classroom_matrix.matrix.appservice import read_transaction
from classroom_matrix.matrix.damage import DEEPEST, decode_leniently
from classroom_matrix.matrix.source import KeyNews

DEEP = b"[" * 20_000 + b"]" * 20_000
_decode = msgspec.json.Decoder(KeyNews).decode


def news(*contents: bytes) -> bytes:
    events = b",".join(b'{"type":"m.x","sender":"@a:b","content":%s}' % content for content in contents)
    return b'{"next_batch":"n","to_device":{"events":[%s]}}' % events


def contents(answer: KeyNews) -> list[object]:
    return [msgspec.json.decode(event)["content"] for event in answer.to_device.events]


def test_what_is_too_deep_is_left_out_and_the_rest_is_read() -> None:
    spoilt = news(b'{"a":%s,"b":"]}"}' % DEEP, b'{"good":[1,{"x":"\\"["}]}', b'{"a":%s}' % DEEP)
    with pytest.raises(RecursionError):
        _decode(spoilt)
    first, good, last = contents(decode_leniently(_decode, spoilt))
    assert isinstance(first, dict)
    assert isinstance(last, dict)
    assert (first["b"], good) == ("]}", {"good": [1, {"x": '"['}]})
    assert msgspec.json.encode(first["a"]) == b"[" * (DEEPEST - 5) + b"null" + b"]" * (DEEPEST - 5)


def test_halves_of_characters_are_replaced() -> None:
    spoilt = news(rb'{"a":"\ud800x\ude00","b":"\ud83d\ude00 \\ud800"}')
    with pytest.raises(msgspec.DecodeError):
        _decode(spoilt)
    assert contents(decode_leniently(_decode, spoilt)) == [{"a": "\ufffdx\ufffd", "b": "\U0001f600 \\ud800"}]


@pytest.mark.parametrize("nonsense", [b"<html>", b'{"next_batch":', b"[[" * 9_000, b'{"next_batch":1}', b""])
def test_nonsense_stays_nonsense(nonsense: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_leniently(_decode, nonsense)


def test_a_transaction_with_an_event_that_is_too_deep_is_not_refused_for_ever() -> None:
    event = b'{"type":"m.room.message","sender":"@a:b","event_id":"$%d","room_id":"!r","content":%s}'
    good = event % (1, b'{"msgtype":"m.text","body":"hello"}')
    batch = read_transaction("1", b'{"events":[%s,%s]}' % (event % (2, DEEP), good), UserId("@bot:b"))
    assert batch is not None
    assert [getattr(fact, "event_id", None) for fact in batch.facts] == ["$1"]
    assert [each.event_id for each in batch.unreadable] == ["$2"]
