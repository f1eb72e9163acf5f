"""What arrives is decided in the transaction that stores it, where that is safe."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.domain.facts import AnyFact, MessageSent
from classroom_matrix.domain.ids import EventId
from classroom_matrix.storage import inbox
from classroom_matrix.storage.tables import InboxRow, OutboxRow
from classroom_matrix.testing.conversation import Conversation
from tests.unit.runtime.toy.plugin import CounterRow, plugin


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation(plugin, language="en", failures_expected=True) as conversation:
        yield conversation


def said(talk: Conversation, name: str, text: str) -> AnyFact:
    teacher = talk.teacher
    return MessageSent(
        event_id=EventId(f"${name}"), room_id=talk.room_id("announcements"), sender=teacher.user_id, at=0, body=text
    )


def receive(talk: Conversation, txn_id: str, *facts: AnyFact) -> bool:
    return talk.dispatcher.receive(inbox.Mark("txn", txn_id), facts, ())


def counters() -> dict[str, int]:
    return {row.name: row.value for row in CounterRow.select()}


def test_a_push_is_decided_when_it_is_stored(talk: Conversation) -> None:
    left = receive(talk, "t1", said(talk, "a", "!count apples"))
    assert (left, counters(), [row.state for row in InboxRow.select()]) == (False, {"apples": 5}, [inbox.DONE])


@pytest.mark.parametrize("how", ["kindly", "badly"])
def test_a_handler_that_fails_after_writing_spoils_no_other_command_of_its_push(talk: Conversation, how: str) -> None:
    facts = [said(talk, "a", "!count apples"), said(talk, "b", f"!fail {how}"), said(talk, "c", "!count pears")]
    while receive(talk, "t1", *facts) and talk.dispatcher.decide():
        pass
    assert counters() == {"apples": 5, "pears": 5}
    assert OutboxRow.select().count() == 6  # two cards with a reaction each, a sentence and a mark


def test_old_and_new_events_in_one_push_are_decided_once_each(talk: Conversation) -> None:
    receive(talk, "t1", said(talk, "a", "!count apples"))
    receive(talk, "t2", said(talk, "a", "!count apples"), said(talk, "b", "!count pears"))
    talk.dispatcher.decide()
    assert counters() == {"apples": 5, "pears": 5}


def test_what_arrives_queues_up_behind_what_waits(talk: Conversation) -> None:
    inbox.store(talk.database, inbox.Mark("txn", "t1"), [said(talk, "a", "!count apples")], (), 0.0)
    assert receive(talk, "t2", said(talk, "b", "!count pears"))
    assert counters() == {}
    talk.dispatcher.decide()
    assert list(counters()) == ["apples", "pears"]
