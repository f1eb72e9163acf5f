"""Files and media in messages."""

from __future__ import annotations

import json

import pytest

from classroom_matrix.domain.content import Content, FileContent, Line, MediaContent
from classroom_matrix.domain.facts import Media, MessageSent, points_at
from classroom_matrix.domain.ids import EffectKey, EventId, RoomId, UserId
from classroom_matrix.matrix.encrypted_files import encrypt, read_file_object
from classroom_matrix.matrix.parcel import unpack
from classroom_matrix.matrix.render import kind_of, refers_to, render, resolve

ROOT = EffectKey("$e|plugin.handler|0")
PHOTO = Media("mxc://school/photo", "доска.jpg", "image/jpeg", 1234)


def test_media_that_is_there_is_sent_with_its_caption() -> None:
    type_, body = render(MediaContent(PHOTO, "image", "Доска", thread=EventId("$root")))
    assert (type_, json.loads(body)) == (
        "m.room.message",
        {
            "msgtype": "m.image",
            "body": "Доска",
            "filename": "доска.jpg",
            "url": "mxc://school/photo",
            "info": {"mimetype": "image/jpeg", "size": 1234},
            "m.mentions": {},
            "m.relates_to": {"rel_type": "m.thread", "event_id": "$root"},
        },
    )
    assert json.loads(render(MediaContent(Media("mxc://a/b", "a.pdf"), "file"))[1])["body"] == "a.pdf"


def test_a_file_is_packed_with_the_message_that_it_becomes() -> None:
    content = FileContent("встреча.ics", "text/calendar", b"\x00BEGIN", thread=ROOT)
    assert (kind_of(content), kind_of(Content.line("x")), refers_to(content)) == ("file", "send", ROOT)
    packed = resolve(render(content)[1], ROOT, "$root")
    parcel = unpack(packed)
    assert (parcel.data, parcel.filename, parcel.mimetype) == (b"\x00BEGIN", "встреча.ics", "text/calendar")
    message = json.loads(parcel.at("mxc://a/b"))
    assert (message["url"], message["info"]["size"], message["m.relates_to"]["event_id"]) == ("mxc://a/b", 6, "$root")


def test_an_encrypted_file_goes_on_with_its_key() -> None:
    """Also into a room that is not encrypted: whoever reads the message reads the file."""
    key = encrypt(b"picture")[1]
    sent = json.loads(render(MediaContent(Media("mxc://a/b", "a.jpg", "image/jpeg", 7, key), "image"))[1])
    assert "url" not in sent
    assert (read_file_object(sent["file"]), sent["info"]) == (("mxc://a/b", key), {"mimetype": "image/jpeg", "size": 7})


def test_a_parcel_for_an_encrypted_room_carries_its_key() -> None:
    parcel = unpack(render(FileContent("встреча.ics", "text/calendar", b"BEGIN"))[1])
    key = encrypt(parcel.data)[1]
    message = json.loads(parcel.at("mxc://a/b", key))
    assert "url" not in message
    assert (read_file_object(message["file"]), message["filename"]) == (("mxc://a/b", key), "встреча.ics")


def test_a_message_waits_for_its_thread_and_what_it_answers_but_not_for_both() -> None:
    line = (Line("x"),)
    assert refers_to(Content(line, thread=ROOT, reply_to=EventId("$known"))) == ROOT
    assert refers_to(Content(line, thread=ROOT, reply_to=ROOT)) == ROOT
    assert refers_to(Content(line, thread=EventId("$known"), reply_to=EventId("$too"))) is None
    with pytest.raises(ValueError, match="only one"):
        refers_to(Content(line, thread=ROOT, reply_to=EffectKey("$e|plugin.handler|1")))


def test_a_word_in_a_thread_is_about_the_thread() -> None:
    said = MessageSent(
        event_id=EventId("$1"), room_id=RoomId("!r"), sender=UserId("@a:b"), at=1, body="?", thread=EventId("$t")
    )
    assert points_at(said) == "$t"
