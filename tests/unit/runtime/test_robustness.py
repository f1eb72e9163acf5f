"""One odd event, row or room stops nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from classroom_matrix.domain.ids import EventId, RoomId
from classroom_matrix.errors import RoomNotReady, TemporaryError
from classroom_matrix.runtime.housekeeping import DAY, KEPT
from classroom_matrix.runtime.sealing import Unsealed
from classroom_matrix.runtime.sender import Sender
from classroom_matrix.storage import inbox, outbox, whereabouts
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.outbox import Effect
from classroom_matrix.storage.tables import InboxRow, OutboxRow, RoomRow, SourceMarkRow
from classroom_matrix.testing.conversation import BOT, CLASS, Conversation
from tests.unit.runtime.toy.plugin import plugin


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation(plugin, language="en", failures_expected=True) as conversation:
        yield conversation


def raw(talk: Conversation, event_id: str, body: str, **content: Any) -> dict[str, Any]:
    return {
        "type": "m.room.message",
        "sender": talk.teacher.user_id,
        "event_id": event_id,
        "room_id": talk.room_id("talk"),
        "origin_server_ts": 1,
        "content": {"msgtype": "m.text", "body": body, **content},
    }


def arrive(talk: Conversation, *events: dict[str, Any]) -> None:
    talk._runner.run(talk.receive(events))
    talk.settle()


def test_a_photo_of_the_size_true_is_read_back(talk: Conversation) -> None:
    odd = raw(talk, "$odd", "p.jpg", msgtype="m.image", url="mxc://a/b", info={"size": True})
    arrive(talk, odd, raw(talk, "$good", "!later 5"))
    assert talk.texts("talk")[-1] == "it will be done"
    assert inbox.fact_of(talk.database, "$odd") is not None


def test_a_row_that_cannot_be_read_is_set_aside_and_the_others_go_on(talk: Conversation) -> None:
    InboxRow.create(event_id="$old", room_id="!x", fact=b'{"fact":"OfAnotherRelease"}', state=inbox.WAITING, at=0)
    arrive(talk, raw(talk, "$good", "!later 5"))
    assert talk.texts("talk")[-1] == "it will be done"
    assert [(cause, handler) for cause, handler, _ in talk.set_aside()] == [("$old", "inbox")]


def test_a_fact_whose_effects_cannot_be_stored_is_set_aside_alone(talk: Conversation) -> None:
    """As after a restored backup: the effect's key is taken already."""
    taken = Effect("$bad|toy.later|0", "send", talk.room_id("talk"), "m.room.message", b"{}")
    outbox.add(talk.database, [taken], 0)
    with talk.at_once():
        talk._runner.run(talk.receive([raw(talk, "$bad", "!later 5"), raw(talk, "$good", "!later 6")]))
    assert [(cause, handler) for cause, handler, _ in talk.set_aside()] == [("$bad", "decide")]
    assert talk.texts("talk")[-1] == "it will be done"


def test_after_a_long_stop_old_commands_are_not_news(talk: Conversation) -> None:
    """The look with /sync goes on from its last token, so what came around it must still be known."""
    arrive(talk, raw(talk, "$before the holidays", "!later 5"))
    SourceMarkRow.create(kind="sync", mark="s1", at=talk.clock.seconds())
    talk.advance(days=90)
    inbox.forget_old(talk.database, talk.clock.seconds() - KEPT)
    arrive(talk, raw(talk, "$before the holidays", "!later 5"), raw(talk, "$after", "!later 6"))
    assert talk.texts("talk") == ["it will be done", "it will be done"]
    assert KEPT > DAY


def test_old_facts_are_forgotten_while_the_service_looks_regularly(talk: Conversation) -> None:
    arrive(talk, raw(talk, "$old", "!later 5"))
    talk.advance(days=90)
    SourceMarkRow.create(kind="sync", mark="s2", at=talk.clock.seconds())
    arrive(talk, raw(talk, "$new", "!later 6"))
    inbox.forget_old(talk.database, talk.clock.seconds() - KEPT)
    assert inbox.fact_of(talk.database, "$old") is None
    assert inbox.fact_of(talk.database, "$new") is not None


def test_what_staff_ask_in_a_familys_desk_is_answered_in_the_staff_room(talk: Conversation) -> None:
    talk.teacher.says("!announce")
    guardian = talk.guardian(0)
    desk = talk.desk(guardian)
    assert guardian.person is not None
    talk.teacher.says("!secret", room=str(guardian.person.household_id))
    assert [message.body for message in talk.desk(guardian)][len(desk) :] == ["!secret"]
    assert talk.texts("staff")[-1] == "the secret"


def test_what_staff_ask_in_a_chat_that_somebody_made_is_answered_in_the_staff_room(talk: Conversation) -> None:
    """A guardian may have invited others to it."""
    chat = talk._runner.run(talk.homeserver.gateway(talk.guardian(0).user_id).create_room({}, "chat"))
    for member in (BOT, talk.teacher.user_id, talk.guardian(2).user_id):
        talk.do(talk.homeserver.gateway(talk.guardian(0).user_id).invite(chat, member))
    for member in (talk.teacher.user_id, talk.guardian(2).user_id):
        talk.do(talk.homeserver.gateway(member).join(chat))
    talk.teacher.says("!secret", room=chat)
    assert talk.texts(chat) == []
    assert talk.texts("staff")[-1] == "the secret"


def test_a_replaced_room_leads_to_the_one_in_its_place(tmp_path: Path) -> None:
    database = Database(tmp_path / "a.db")
    for room_id, successor in (("!1", "!2"), ("!2", "!3"), ("!3", None), ("!loop", "!loop")):
        RoomRow.create(room_id=room_id, class_id=CLASS, role="talk", replaced_by=successor)
    assert whereabouts.current_room(database, CLASS, "!1") == "!3"
    assert whereabouts.current_room(database, CLASS, "!loop") == "!loop"
    assert whereabouts.current_room(database, "4a", "!1") is None
    database.close()


class OneRoomNotReady(Unsealed):
    """In one room nothing can be encrypted for a while."""

    asked = 0

    async def seal(self, _seq: int, room_id: RoomId, kind: str, content: bytes) -> tuple[str, bytes]:
        if room_id == "!odd":
            self.asked += 1
            if self.asked < 3:
                raise RoomNotReady("it is encrypted in an unknown way", 0.2)
        return kind, content


async def test_a_room_that_is_not_ready_rests_and_loses_nothing(tmp_path: Path) -> None:
    database, gateway, sealing = Database(tmp_path / "a.db"), OneBadRoom(), OneRoomNotReady()
    effects = [Effect(f"{n}", "send", room, "m.room.message", b"{}") for n, room in enumerate(("!odd", "!odd", "!even"))]

    def store() -> None:
        with database.transaction():
            outbox.add(database, effects, 0)

    async def no_desk(*_: object) -> None:
        return None

    await database.call(store)
    sender = Sender(database, gateway, no_desk, lambda _woken, _cards: None, sealing=sealing)  # type: ignore[arg-type]
    sender.take(effects)
    started = asyncio.get_running_loop().time()
    sending = asyncio.create_task(sender.run())
    await sender.idle(20)
    took = asyncio.get_running_loop().time() - started
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert gateway.sent == ["!even", "!odd", "!odd"]
    assert (sealing.asked, took >= 0.4) == (4, True)
    database.close()


class OneBadRoom:
    """A gateway to which one room answers 500 for ever."""

    def __init__(self) -> None:
        self.sent: list[str] = []
        self.refused = 0

    async def send(self, room_id: RoomId, _type: str, _content: bytes, txn_id: str) -> EventId:
        await asyncio.sleep(0)
        if room_id == "!bad":
            self.refused += 1
            raise TemporaryError("500")
        self.sent.append(room_id)
        return EventId(f"${txn_id}")


class StumblingSealing(Unsealed):
    """Stumbles over whatever is said in one room, in a way that nobody has thought of, until it is mended."""

    def __init__(self) -> None:
        self.mended = False
        self.asked = 0

    async def seal(self, _seq: int, room_id: RoomId, kind: str, content: bytes) -> tuple[str, bytes]:
        if room_id == "!poisoned" and not self.mended:
            self.asked += 1
            raise AttributeError("what Anna said")
        return kind, content


async def test_what_cannot_be_encrypted_for_an_unknown_reason_waits_and_is_not_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("classroom_matrix.runtime.sender.LONGEST_REST_UNSEALED", 0.01)
    database, gateway, sealing = Database(tmp_path / "a.db"), OneBadRoom(), StumblingSealing()
    effects = [Effect(f"{n}", "send", "!poisoned" if n < 2 else "!fine", "m.room.message", b"{}") for n in range(4)]

    def store() -> None:
        with database.transaction():
            outbox.add(database, effects, 0)

    def states() -> list[int]:
        return [row[0] for row in database.execute("SELECT state FROM outbox ORDER BY seq")]

    async def no_desk(*_: object) -> None:
        return None

    await database.call(store)
    sender = Sender(database, gateway, no_desk, lambda _woken, _cards: None, sealing=sealing)  # type: ignore[arg-type]
    sender.take(effects)
    sending = asyncio.create_task(sender.run())
    async with asyncio.timeout(10):
        while await database.call(states) != [outbox.WAITING] * 2 + [outbox.SENT] * 2 or sealing.asked < 5:
            await asyncio.sleep(0.01)  # the condition is in the database
        sealing.mended = True
        while await database.call(states) != [outbox.SENT] * 4:
            await asyncio.sleep(0.01)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    told = [record for record in caplog.records if "cannot be encrypted" in record.getMessage()]
    assert len(told) == 1, "once for each row and kind"
    assert "AttributeError at test_robustness.py:" in told[0].getMessage()
    assert "what Anna said" not in caplog.text
    database.close()


async def test_a_room_that_always_fails_does_not_hold_up_the_others(tmp_path: Path) -> None:
    database, gateway = Database(tmp_path / "a.db"), OneBadRoom()
    effects = [Effect(f"{n}", "send", "!bad" if n % 2 else f"!{n % 10}", "m.room.message", b"{}") for n in range(200)]

    def store() -> None:
        with database.transaction():
            outbox.add(database, effects, 0)

    async def no_desk(*_: object) -> None:
        return None

    await database.call(store)
    sender = Sender(database, gateway, no_desk, lambda _woken, _cards: None)  # type: ignore[arg-type]
    sender.take(effects)
    sending = asyncio.create_task(sender.run())
    async with asyncio.timeout(20):
        while await database.call(OutboxRow.select().where(OutboxRow.state == outbox.SENT).count) < 100:
            await asyncio.sleep(0.01)  # the condition is in the database
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    assert len(gateway.sent) == 100
    assert gateway.refused < 100
    database.close()
