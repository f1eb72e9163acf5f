"""What arrives encrypted: read at once, kept until its key comes, given up, taken back, or nonsense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from classroom_matrix.domain.facts import AnyFact, EventRedacted, MessageSent, MessageUndecryptable
from classroom_matrix.domain.ids import EventId, RoomId, UserId
from classroom_matrix.encryption.keyring import KeyRing
from classroom_matrix.encryption.opening import TELL_AFTER, Opening
from classroom_matrix.encryption.reading import Reader
from classroom_matrix.matrix.source import RoomChange, SealedEvent
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.encryption import rooms
from classroom_matrix.storage.encryption.rooms import EncryptedRoom

from .pen import Pen

BOT, ANNA, BORIS = (UserId(f"@{name}:school.localhost") for name in ("bot", "anna", "boris"))
ROOM, OTHER = RoomId("!room"), RoomId("!other")


class Desk:
    """Time stands still until it is set."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.reader = Reader(database, KeyRing.in_memory())
        self.opening = Opening(database, self.reader, BOT)
        self.now = 1_000.0
        self._count = 0

    def event(self, content: dict[str, Any], sender: UserId = ANNA) -> SealedEvent:
        self._count += 1
        return SealedEvent(EventId(f"${self._count}"), ROOM, sender, 0, content)

    def arrive(self, *events: SealedEvent | EventRedacted) -> list[str]:
        return said(self.opening.open(events, (), self.now))

    def key_comes(self, pen: Pen, **how: Any) -> list[str]:
        session = pen.give_to(self.reader, **how)
        return said(self.opening.keys_came([session] if session else [], 0.0))

    def wait(self, seconds: float) -> list[str]:
        self.now += seconds
        for item in self.opening.to_ask_for(self.now):
            self.database.execute("UPDATE e2e_kept SET asked_at = ? WHERE seq = ?", (self.now, item.seq))
        return said(self.opening.give_up_waiting(self.now))


def said(facts: list[AnyFact]) -> list[str]:
    return [
        fact.body if isinstance(fact, MessageSent) else f"cannot read {fact.sender}"
        for fact in facts
        if isinstance(fact, MessageSent | MessageUndecryptable)
    ]


@pytest.fixture
def desk() -> Iterator[Desk]:
    database = Database(":memory:")
    yield Desk(database)
    database.close()


@pytest.fixture
def anna() -> Pen:
    return Pen(ROOM, ANNA)


def taken_back(event: SealedEvent, room: RoomId = ROOM) -> EventRedacted:
    return EventRedacted(event_id=EventId("$r"), room_id=room, sender=ANNA, at=0, target=event.event_id)


# ── Keys that come late, or never ───────────────────────────────────────────────────────────────────────────────────────


def test_key_lets_out_what_waited_in_its_order(desk: Desk, anna: Pen) -> None:
    assert desk.arrive(*(desk.event(anna.text(body)) for body in "abc")) == []
    assert desk.key_comes(anna) == ["a", "b", "c"]
    assert desk.arrive(desk.event(anna.text("d"))) == ["d"]


def test_key_that_begins_later_does_not_hold_up_what_it_reads(desk: Desk, anna: Pen) -> None:
    first = desk.event(anna.text("before"))
    assert desk.arrive(first) == []
    assert desk.key_comes(anna, from_now_on=True) == []
    assert desk.arrive(desk.event(anna.text("after"))) == []
    assert desk.wait(TELL_AFTER) == ["after", f"cannot read {ANNA}"]
    due = desk.opening.next_due()
    assert due is None or due > desk.now, "whoever waits for it would never sleep"
    assert desk.arrive(desk.event(anna.text("later"))) == ["later"]
    assert desk.key_comes(anna) == ["before"]


def test_person_is_told_once_until_they_can_be_read(desk: Desk, anna: Pen) -> None:
    lost = Pen(ROOM, ANNA)
    for _ in range(3):
        assert desk.arrive(desk.event(lost.text("lost"))) == []
    assert desk.wait(TELL_AFTER) == [f"cannot read {ANNA}"]
    desk.arrive(desk.event(lost.text("lost")))
    assert desk.wait(TELL_AFTER) == []
    desk.key_comes(anna)
    desk.now += 2 * 86_400
    assert desk.arrive(desk.event(anna.text("hello"))) == ["hello"]
    desk.arrive(desk.event(lost.text("lost")))
    assert desk.wait(TELL_AFTER) == [f"cannot read {ANNA}"]


def test_clock_that_is_set_back_makes_nothing_wait_for_ever(desk: Desk, anna: Pen) -> None:
    desk.arrive(desk.event(Pen(ROOM, ANNA).text("lost")))
    desk.now -= 10_000
    desk.key_comes(anna)
    assert desk.arrive(desk.event(anna.text("later"))) == []
    assert desk.wait(TELL_AFTER) == ["later", f"cannot read {ANNA}"]
    due = desk.opening.next_due()
    assert due is None or due > desk.now


def test_what_is_pushed_twice_is_kept_and_read_once(desk: Desk, anna: Pen) -> None:
    event = desk.event(anna.text("a"))
    desk.arrive(event)
    desk.arrive(event)
    assert desk.key_comes(anna) == ["a"]
    assert desk.arrive(event) == ["a"], "the inbox knows it by its ID"


# ── Taken back ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_message_that_is_taken_back_lets_out_what_waited_behind_it(desk: Desk, anna: Pen) -> None:
    lost = desk.event(Pen(ROOM, ANNA).text("lost"))
    desk.key_comes(anna)
    assert desk.arrive(lost, desk.event(anna.text("cancel that"))) == []
    assert desk.arrive(taken_back(lost)) == ["cancel that"]
    assert desk.wait(TELL_AFTER) == []


def test_message_is_not_taken_back_from_another_room(desk: Desk, anna: Pen) -> None:
    event = desk.event(anna.text("a"))
    assert desk.arrive(event, taken_back(event, OTHER)) == []
    assert desk.key_comes(anna) == ["a"]


# ── Nonsense and lies ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_brackets_in_brackets_spoil_nothing_else(desk: Desk, anna: Pen) -> None:
    desk.key_comes(anna)
    deep = Deep.written_by(anna)
    assert desk.arrive(desk.event(deep), desk.event(anna.text("b"))) == ["b"]


def test_what_has_no_form_at_all_spoils_nothing_else(desk: Desk, anna: Pen) -> None:
    desk.key_comes(anna)
    odd: list[dict[str, Any]] = [
        {},
        {"algorithm": 1, "session_id": [], "ciphertext": {}},
        {**anna.text("x"), "ciphertext": None},
        {**anna.text("x"), "ciphertext": "AwgA"},
        anna.write("m.room.message", []),  # type: ignore[arg-type]
        anna.write("m.room.member", {"membership": "join"}),
        anna.text("x", **{"m.relates_to": "x"}),
    ]
    assert desk.arrive(*map(desk.event, odd), desk.event(anna.text("b")))[-1] == "b"


def test_nobody_says_anything_with_somebody_elses_key(desk: Desk, anna: Pen) -> None:
    desk.key_comes(anna)
    said_by_anna = anna.text("a")
    assert desk.arrive(desk.event(said_by_anna, sender=BORIS), desk.event(said_by_anna)) == ["a"]


def test_key_given_by_somebody_else_first_does_not_silence_its_owner(desk: Desk, anna: Pen) -> None:
    assert anna.give_to(desk.reader, as_own_of=BORIS)
    content = anna.text("a")
    assert desk.arrive(desk.event(content, sender=BORIS)) == ["a"], "they may say what they like"
    event = desk.event(content)
    assert desk.arrive(event) == []
    assert desk.key_comes(anna) == ["a"]


def test_same_words_in_another_event_are_a_replay(desk: Desk, anna: Pen) -> None:
    desk.key_comes(anna)
    content = anna.text("a")
    assert desk.arrive(desk.event(content), desk.event(content)) == ["a"]


# ── Rooms ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("change", [RoomChange(ROOM), RoomChange(ROOM, BOT, "join")])
def test_room_is_asked_about_again(desk: Desk, change: RoomChange) -> None:
    """Its encryption has changed; or the service was out of it, and does not know who came and went meanwhile."""
    rooms.put(desk.database, EncryptedRoom(ROOM, "m.megolm.v1.aes-sha2", 1.0, 1, invited_read=False), [(ANNA, "join")])
    desk.opening.plain |= {ROOM, OTHER}
    desk.opening.open((), [RoomChange(OTHER, ANNA, "join")], desk.now)
    assert rooms.get(desk.database, ROOM) is not None
    desk.opening.open((), [change], desk.now)
    assert rooms.get(desk.database, ROOM) is None
    assert desk.opening.plain == {OTHER}


def test_only_what_is_kept_wakes_anybody(desk: Desk, anna: Pen) -> None:
    desk.key_comes(anna)
    desk.arrive(desk.event(anna.text("a")))
    assert not desk.opening.has_kept
    desk.arrive(desk.event(Pen(ROOM, ANNA).text("lost")))
    assert desk.opening.has_kept


class Deep(msgspec.Struct):
    """JSON that is nested deeper than any parser goes."""

    raw: msgspec.Raw

    @staticmethod
    def written_by(pen: Pen) -> dict[str, Any]:
        session = pen._session
        plain = b'{"type":' + b"[" * 100_000 + b"]" * 100_000 + b"}"
        return {
            "algorithm": "m.megolm.v1.aes-sha2",
            "ciphertext": session.encrypt(plain).to_base64(),
            "session_id": session.session_id,
        }
