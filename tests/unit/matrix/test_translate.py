"""Matrix events → facts; nothing that a client may send makes it raise."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from classroom_matrix.domain.facts import Media, MessageSent, PollVoted, VerificationAsked, decode, encode
from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.matrix.appservice import read_transaction
from classroom_matrix.matrix.encrypted_files import encrypt, file_object
from classroom_matrix.matrix.translate import _TRANSLATORS, RawEvent, read_events, translate

BOT = UserId("@bot:school.localhost")
ROOM = RoomId("!room")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
known_keys = st.sampled_from(
    ["body", "msgtype", "m.relates_to", "rel_type", "event_id", "key", "m.in_reply_to", "redacts", "url", "info", "answers",
     "org.matrix.msc3381.poll.start", "org.matrix.msc3381.poll.response", "question", "id", "membership", "replacement_room",
     "file"]
)  # fmt: skip
contents = st.dictionaries(known_keys, json_values | st.dictionaries(known_keys, json_values, max_size=4), max_size=6)


def event(content: dict[str, Any], type_: str = "m.room.message", **more: Any) -> dict[str, Any]:
    return {"type": type_, "sender": "@a:b", "event_id": "$1", "room_id": ROOM, "content": content, **more}


def message(content: dict[str, Any]) -> MessageSent:
    fact = translate(msgspec.convert(event(content), RawEvent), ROOM)
    assert isinstance(fact, MessageSent)
    return fact


@given(contents, st.sampled_from([*_TRANSLATORS, "m.room.member", "m.room.tombstone", "x"]), st.none() | st.text(max_size=5))
def test_no_content_makes_translation_raise(content: dict[str, Any], type_: str, state_key: str | None) -> None:
    more = {} if state_key is None else {"state_key": state_key}
    fact = translate(msgspec.convert(event(content, type_, **more), RawEvent), ROOM)
    if fact is not None:
        assert decode(encode(fact)) == fact


@given(st.binary(max_size=200) | contents.map(msgspec.json.encode))
def test_no_transaction_makes_reading_raise(body: bytes) -> None:
    read_transaction("t1", body, BOT)


def test_one_bad_event_does_not_spoil_the_others() -> None:
    good = event({"msgtype": "m.text", "body": "hello"})
    bad = {"event_id": "$bad", "type": 5}
    raws = msgspec.json.decode(msgspec.json.encode([bad, good]), type=list[msgspec.Raw])
    facts, unreadable, _ = read_events(raws, BOT)
    assert [fact.event_id for fact in facts] == ["$1"]
    assert [(each.event_id, each.error) for each in unreadable] == [(EventId("$bad"), "ValidationError")]


def test_the_quoted_part_of_an_old_reply_is_left_out() -> None:
    content = {
        "msgtype": "m.text",
        "body": "> <@a:b> question\n> more\n\nanswer",
        "m.relates_to": {"m.in_reply_to": {"event_id": "$q"}},
    }
    fact = message(content)
    assert (fact.body, fact.reply_to) == ("answer", "$q")


def test_a_thread_message_is_no_reply_to_its_fallback() -> None:
    relation = {"rel_type": "m.thread", "event_id": "$t", "is_falling_back": True, "m.in_reply_to": {"event_id": "$last"}}
    fact = message({"msgtype": "m.text", "body": "x", "m.relates_to": relation})
    assert (fact.thread, fact.reply_to) == ("$t", None)


def test_a_photo_keeps_its_file() -> None:
    fact = message({"msgtype": "m.image", "body": "p.jpg", "url": "mxc://a/b", "info": {"mimetype": "image/jpeg", "size": 7}})
    assert fact.media is not None
    assert (fact.kind, fact.media.filename, fact.media.mimetype, fact.media.size) == ("image", "p.jpg", "image/jpeg", 7)
    assert fact.media.key is None


def test_an_encrypted_photo_keeps_its_key() -> None:
    key = encrypt(b"picture")[1]
    content = {"msgtype": "m.image", "body": "p.jpg", "info": {"mimetype": "image/jpeg", "size": 7}}
    fact = message({**content, "file": file_object("mxc://a/b", key)})
    assert fact.media == Media("mxc://a/b", "p.jpg", "image/jpeg", 7, key)
    assert decode(encode(fact)) == fact
    spoilt = {**file_object("mxc://a/b", key), "iv": "?"}
    assert message({**content, "file": spoilt}).media is None


def test_stable_and_unstable_votes_are_the_same() -> None:
    relation = {"rel_type": "m.reference", "event_id": "$p"}
    unstable = event(
        {"m.relates_to": relation, "org.matrix.msc3381.poll.response": {"answers": ["a"]}}, "org.matrix.msc3381.poll.response"
    )
    stable = event({"m.relates_to": relation, "m.selections": ["a"]}, "m.poll.response")
    for each in (unstable, stable):
        fact = translate(msgspec.convert(each, RawEvent), ROOM)
        assert isinstance(fact, PollVoted)
        assert (fact.target, fact.answers) == ("$p", ("a",))


def test_an_edit_says_what_it_says_now() -> None:
    new = {"msgtype": "m.text", "body": "9:00"}
    relation = {"rel_type": "m.replace", "event_id": "$old"}
    edit = message({"msgtype": "m.text", "body": "* 9:00", "m.new_content": new, "m.relates_to": relation})
    assert (edit.body, edit.replaces) == ("9:00", "$old")


def test_request_for_verification_is_no_message() -> None:
    request = {"msgtype": "m.key.verification.request", "body": "@a:b wants to verify", "from_device": "D", "methods": []}
    fact = translate(msgspec.convert(event({**request, "to": BOT}), RawEvent), ROOM)
    assert isinstance(fact, VerificationAsked)
    assert (fact.of, fact.sender) == (BOT, "@a:b")
    assert decode(encode(fact)) == fact
    assert translate(msgspec.convert(event({**request, "to": 5}), RawEvent), ROOM) is None
    assert translate(msgspec.convert(event({}, "m.key.verification.ready"), RawEvent), ROOM) is None
