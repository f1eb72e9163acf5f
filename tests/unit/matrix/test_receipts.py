"""Read receipts out of pushes; nothing that comes there makes reading raise."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from classroom_matrix.domain.ids import RoomId, UserId
from classroom_matrix.matrix.appservice import read_transaction
from classroom_matrix.matrix.receipts import read_receipts
from classroom_matrix.matrix.source import Receipt

BOT = UserId("@bot:school.localhost")
ROOM, ANNA, BORIS = RoomId("!room"), UserId("@anna:school"), UserId("@boris:school")


def receipt(**users: int) -> dict[str, Any]:
    return {f"${at}": {"m.read": {f"@{user}:school": {"ts": at, "thread_id": "main"}}} for user, at in users.items()}


def raws(*events: object) -> list[msgspec.Raw]:
    return msgspec.json.decode(msgspec.json.encode(events), type=list[msgspec.Raw])


def test_newest_receipt_of_everybody_is_found():
    events = raws(
        {"type": "m.receipt", "room_id": ROOM, "content": receipt(anna=5, boris=3)},
        {"type": "m.typing", "room_id": ROOM, "content": {"user_ids": [ANNA]}},
        {"type": "m.receipt", "room_id": ROOM, "content": receipt(anna=4, boris=9)},
    )
    assert read_receipts(events, BOT) == [Receipt(ROOM, ANNA, 5), Receipt(ROOM, BORIS, 9)]


def test_private_receipts_and_the_bots_own_are_none():
    content = {"$1": {"m.read.private": {ANNA: {"ts": 1}}, "m.read": {BOT: {"ts": 2}}}}
    assert read_receipts(raws({"type": "m.receipt", "room_id": ROOM, "content": content}), BOT) == []


def test_push_of_receipts_alone_is_no_news_and_stores_nothing():
    event = {"type": "m.receipt", "room_id": ROOM, "content": receipt(anna=5)}
    for name in ("ephemeral", "de.sorunome.msc2409.ephemeral"):  # before and since Synapse 1.156
        batch = read_transaction("1", msgspec.json.encode({"events": [], name: [event]}), BOT)
        assert batch is not None
        assert (batch.is_news, list(batch.receipts)) == (False, [Receipt(ROOM, ANNA, 5)])


def test_receipts_that_the_school_does_not_want_are_dropped():
    event = {"type": "m.receipt", "room_id": ROOM, "content": receipt(anna=5)}
    batch = read_transaction("1", msgspec.json.encode({"events": [], "ephemeral": [event]}), BOT, receipts=False)
    assert batch is not None
    assert list(batch.receipts) == []


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["m.read", "ts", "$1", "@a:b", "type", "content", "room_id"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.lists(json_values | st.fixed_dictionaries({"type": st.just("m.receipt"), "content": json_values}), max_size=3))
def test_no_content_makes_reading_raise(events: list[Any]):
    for found in read_receipts(raws(*events), BOT, ROOM):
        assert isinstance(found.at, int)
