"""Display names in facts about members."""

from __future__ import annotations

from typing import Any

import pytest

from classroom_matrix.domain.facts import MemberInvited, MemberJoined, decode, encode
from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.matrix.translate import MAX_NAME, RawEvent, translate

ROOM, ANNA = RoomId("!r"), UserId("@anna:s")


def member(content: dict[str, Any]) -> Any:
    return translate(RawEvent("m.room.member", ANNA, EventId("$1"), content, state_key=ANNA), ROOM)


@pytest.mark.parametrize(
    ("shown", "name"),
    [("Анна", "Анна"), (None, ""), (7, ""), (["Анна"], ""), ("ы" * 1000, "ы" * MAX_NAME), ("\u202eАнна", "\u202eАнна")],
)
def test_joined_member_has_the_name_they_show(shown: object, name: str) -> None:
    fact = member({"membership": "join", "displayname": shown})
    assert isinstance(fact, MemberJoined)
    assert fact.name == name
    assert decode(encode(fact)) == fact


def test_fact_of_an_earlier_release_has_no_name() -> None:
    stored = b'{"fact":"MemberJoined","event_id":"$1","room_id":"!r","sender":"@anna:s","at":1,"user_id":"@anna:s"}'
    fact = decode(stored)
    assert isinstance(fact, MemberJoined)
    assert fact.name == ""


def test_invitation_has_no_name() -> None:
    assert isinstance(member({"membership": "invite", "displayname": "Анна"}), MemberInvited)
