"""Content → Matrix JSON."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from vodozemac import GroupSession

from classroom_matrix.domain.content import (
    AnyContent,
    Bold,
    Bullets,
    Content,
    EventLink,
    Heading,
    Line,
    PollContent,
    PollEndContent,
    ReactionContent,
    Table,
    VerificationCancelContent,
)
from classroom_matrix.domain.ids import EffectKey, EventId, RoomId, UserId
from classroom_matrix.matrix.render import MAX_BYTES, refers_to, render, resolve

HOSTILE = '<img src=x onerror=alert(1)> & "quotes" </p>'


def rendered(content: AnyContent, edits: str | None = None) -> dict[str, Any]:
    return json.loads(render(content, edits=EventId(edits) if edits else None)[1])


def test_plain_lines_need_no_html() -> None:
    assert rendered(Content.line("a\nb")) == {"msgtype": "m.notice", "body": "a\nb"}


def test_link_to_an_event_is_an_address_that_names_nobody_and_cannot_break_out() -> None:
    link = EventLink(RoomId("!abc"), EventId("$d_e-f"))
    assert rendered(Content((Line("1. ", link),))) == {
        "msgtype": "m.notice",
        "body": "1. https://matrix.to/#/!abc/$d_e-f",
        "format": "org.matrix.custom.html",
        "formatted_body": '<p>1. <a href="https://matrix.to/#/!abc/$d_e-f">https://matrix.to/#/!abc/$d_e-f</a></p>',
    }
    hostile = rendered(Content((Line(EventLink(RoomId(HOSTILE), EventId(HOSTILE))),)))
    assert not set('<>" ') & set(hostile["body"])


def test_text_from_outside_is_escaped_everywhere() -> None:
    blocks = (Heading(HOSTILE), Line(Bold(HOSTILE), HOSTILE), Bullets((HOSTILE,)), Table((HOSTILE,), ((HOSTILE,),)))
    html = rendered(Content(blocks))["formatted_body"]
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;") == 6


def test_lines_that_follow_each_other_are_one_paragraph() -> None:
    html = rendered(Content((Line(Bold("a")), Line("b"), Heading("c"), Line("d"))))["formatted_body"]
    assert html == "<p><strong>a</strong><br>b</p><h4>c</h4><p>d</p>"


def test_loud_is_text_and_mentions_are_explicit() -> None:
    message = rendered(Content((Line("x"),), loud=True, mention_room=True))
    assert (message["msgtype"], message["m.mentions"]) == ("m.text", {"room": True})


def test_a_room_mention_in_words_mentions_nobody() -> None:
    """In a notice no rule looks for mentions in words; everywhere else it is said that there are none."""
    assert rendered(Content.line("@room hello", loud=True))["m.mentions"] == {}
    assert "m.mentions" not in rendered(Content.line("@room hello"))


def test_a_mention_in_a_quiet_message_is_said() -> None:
    message = rendered(Content((Line("x"),), mentions=(UserId("@a:b"),)))
    assert (message["msgtype"], message["m.mentions"]) == ("m.notice", {"user_ids": ["@a:b"]})


def test_a_quiet_edit_needs_no_word_about_mentions() -> None:
    message = rendered(Content.line("x"), edits="$e")
    assert message["m.new_content"] == {"msgtype": "m.notice", "body": "x"}
    assert "m.mentions" not in message


def test_an_edit_carries_the_new_content_and_disturbs_nobody() -> None:
    message = rendered(Content((Line("x"),), loud=True, mention_room=True), edits="$e")
    assert message["m.relates_to"] == {"rel_type": "m.replace", "event_id": "$e"}
    assert message["m.new_content"]["body"] == "x"
    assert message["m.mentions"] == {}


def test_a_reply_in_a_thread_has_both_relations() -> None:
    message = rendered(Content((Line("x"),), reply_to=EventId("$r"), thread=EventId("$t")))
    assert message["m.relates_to"] == {"rel_type": "m.thread", "event_id": "$t", "m.in_reply_to": {"event_id": "$r"}}


def test_a_poll_has_the_form_that_element_shows() -> None:
    type_, body = render(PollContent("When?", (("1", "Friday"), ("2", "Saturday")), "When? 1. Friday 2. Saturday"))
    poll = json.loads(body)
    assert type_ == "org.matrix.msc3381.poll.start"
    assert poll["org.matrix.msc3381.poll.start"]["answers"][0] == {"id": "1", "org.matrix.msc1767.text": "Friday"}
    assert poll["m.mentions"] == {"room": True}


def test_an_unknown_event_id_is_a_key_until_it_is_resolved() -> None:
    key = EffectKey('$cause"\\|polls.open|0')
    content = ReactionContent(key, "1️⃣")
    assert refers_to(content) == key
    body = resolve(render(content)[1], key, "$real")
    assert json.loads(body)["m.relates_to"]["event_id"] == "$real"


def test_a_known_event_id_refers_to_nothing() -> None:
    assert refers_to(PollEndContent(EventId("$poll"), "over")) is None


@given(st.lists(st.text(max_size=3_000), min_size=1, max_size=60))
def test_content_always_fits_into_an_event(texts: list[str]) -> None:
    content = Content((Heading("list"), *(Line(text) for text in texts)))
    assert len(render(content)[1]) <= MAX_BYTES
    assert len(render(content, edits=EventId("$e"))[1]) <= MAX_BYTES


def test_longest_content_fits_into_an_encrypted_event() -> None:
    """The rest is for its envelope and what the homeserver adds: names, signatures, hashes."""
    sealed = GroupSession().encrypt(b"x" * MAX_BYTES).to_base64()
    assert len(sealed) + 4_000 < 65_536


def test_one_huge_line_is_cut() -> None:
    assert len(render(Content.line("ж" * 100_000))[1]) <= MAX_BYTES


def test_cancelled_verification_points_at_its_request() -> None:
    assert render(VerificationCancelContent(EventId("$r"), "no screen")) == (
        "m.key.verification.cancel",
        b'{"code":"m.user","reason":"no screen","m.relates_to":{"rel_type":"m.reference","event_id":"$r"}}',
    )
