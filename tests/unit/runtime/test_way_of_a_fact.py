"""The way of a fact through inbox, decision and outbox, seen from outside."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from classroom_matrix.runtime.cards import SPACINGS
from classroom_matrix.storage import inbox
from classroom_matrix.storage.tables import InboxRow, JobRow, OutboxRow
from classroom_matrix.testing.conversation import BOT, Conversation
from tests.unit.runtime.toy.plugin import CounterRow, plugin


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation(plugin, language="en") as conversation:
        yield conversation


@pytest.fixture
def failing() -> Iterator[Conversation]:
    with Conversation(plugin, language="en", failures_expected=True) as conversation:
        yield conversation


def value(name: str) -> int:
    row = CounterRow.get_or_none(name=name)
    return row.value if row else 0


def test_a_card_shows_what_the_handler_left_behind(talk: Conversation) -> None:
    talk.teacher.says("!count apples")
    assert talk.card("apples").body == "apples: 5"


def test_a_reaction_can_be_aimed_at_a_message_that_is_not_sent_yet(talk: Conversation) -> None:
    talk.teacher.says("!count apples")
    assert talk.card("apples").reactions == {"➕": [BOT]}


def test_many_changes_are_one_edit(talk: Conversation) -> None:
    talk.teacher.says("!count apples")
    with talk.at_once():
        for number in range(4):
            talk.guardian(number).reacts("apples", "➕")
    card = talk.card("apples")
    assert (card.body, card.edits) == ("apples: 9", 1)


def test_edits_of_a_card_keep_their_distance(talk: Conversation) -> None:
    """27 votes within a minute are a handful of edits."""
    talk.teacher.says("!count apples")
    start = talk.clock.seconds()
    for number in range(27):
        talk.guardian(number % 4).reacts("apples", "➕")
        talk.advance(seconds=1)
    card = talk.card("apples")
    assert card.body == "apples: 32"
    assert card.edits <= (talk.clock.seconds() - start) / SPACINGS[0] + 1


def test_a_card_that_looks_the_same_is_not_edited(talk: Conversation) -> None:
    talk.teacher.says("!count apples")
    with talk.at_once():
        talk.guardian(0).reacts("apples", "➕")
    CounterRow.update(value=5).where(CounterRow.name == "apples").execute()
    assert talk.card("apples").edits == 0


def test_a_user_error_undoes_what_was_written_and_is_one_sentence(talk: Conversation) -> None:
    assert talk.teacher.says("!fail kindly") == "a kind sentence"
    assert (talk.texts("announcements"), talk.texts("staff")) == ([], ["a kind sentence"])
    assert value("written") == 0


def test_a_failing_command_is_set_aside_and_answered_once(failing: Conversation) -> None:
    assert "not your fault" in failing.teacher.says("!fail badly")
    assert value("written") == 0
    assert [(handler, error.split()[0]) for _, handler, error in failing.set_aside()] == [("toy.fail", "ZeroDivisionError")]
    assert failing.teacher.says("!later 5") == "it will be done"


def test_a_failing_listener_does_not_stop_the_others(failing: Conversation) -> None:
    failing.guardian(0).says("poison", room="talk")
    assert (value("messages"), value("heard by the second listener")) == (0, 1)
    failing.guardian(0).says("hello", room="talk")
    assert value("messages") == 1


def test_what_is_set_aside_names_no_words_of_a_person(failing: Conversation) -> None:
    failing.guardian(0).says("poison and my secret", room="talk")
    assert "secret" not in str(failing.set_aside())


def test_a_second_chance_calls_only_the_handler_that_failed(failing: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    failing.guardian(0).says("poison", room="talk")
    monkeypatch.setattr("tests.unit.runtime.toy.plugin.HAS_BUG", False)
    failing.database.execute("UPDATE set_aside SET retried_at = 1")
    failing.settle()
    assert (value("messages"), value("heard by the second listener")) == (1, 1)
    assert failing.set_aside() == []


def test_a_repeated_transaction_and_a_repeated_event_change_nothing(talk: Conversation) -> None:
    talk.teacher.says("!count apples")
    events = [event for event in talk.homeserver.rooms[talk.room_id("announcements")].events if "msgtype" in event["content"]]
    before = talk.texts("announcements")
    for _ in range(2):
        talk._runner.run(talk.receive(events))
        talk.settle()
    assert before == talk.texts("announcements")
    assert value("apples") == 5


def test_strangers_have_no_say(talk: Conversation) -> None:
    talk.teacher.says("!count apples")
    stranger = talk.stranger()
    stranger.reacts("apples", "➕")
    assert stranger.says("!count pears") == ""
    assert (value("apples"), value("pears")) == (5, 0)


def test_guardians_may_not_use_the_teachers_commands(talk: Conversation) -> None:
    assert "teacher's" in talk.guardian(0).says("!secret")
    assert talk.texts("staff") == []


def test_private_answers_go_to_the_staff_room(talk: Conversation) -> None:
    talk.teacher.says("!secret")
    assert (talk.texts("announcements"), talk.texts("staff")) == ([], ["the secret"])
    assert talk.teacher.says("!secret", room="staff") == "the secret"


def test_a_private_answer_leaves_a_mark_on_the_question(talk: Conversation) -> None:
    talk.teacher.says("!secret")
    question = next(message for message in talk.room("announcements") if message.body == "!secret")
    assert question.reactions == {"✅": [BOT]}


def test_help_for_staff_does_not_stand_among_families(talk: Conversation) -> None:
    talk.teacher.says("!help")
    assert talk.texts("announcements") == []
    assert "!secret" in talk.texts("staff")[0]
    assert "!count" in talk.guardian(0).says("!help", room="talk")


def test_a_household_is_told_in_its_language_or_in_the_class_s_where_it_has_two() -> None:
    with Conversation(plugin, language="ru") as talk:
        first, second = talk.guardians_of("Калинина")
        first.says("!language english", room="talk")
        talk.teacher.says("!announce")
        assert talk.desk(first)[-1].body == "объявлено"
        second.says("!language english", room="talk")
        talk.teacher.says("!announce")
        assert talk.desk(first)[-1].body == "announced"


def test_nothing_is_loud_in_the_quiet_hours() -> None:
    with Conversation(plugin, language="en", start=datetime(2026, 11, 16, 20, 59)) as talk:
        talk.teacher.says("!announce")
        talk.advance(minutes=5)
        talk.teacher.says("!announce")
        assert [message.loud for message in talk.desk(talk.guardian(0))] == [True, False]


def test_an_edited_command_is_not_a_second_command(talk: Conversation) -> None:
    first = talk.teacher.sends("m.room.message", {"msgtype": "m.text", "body": "!later 5"})
    relation = {"rel_type": "m.replace", "event_id": first}
    new = {"msgtype": "m.text", "body": "!later 7"}
    talk.teacher.sends("m.room.message", {**new, "m.new_content": new, "m.relates_to": relation})
    assert talk.texts("announcements") == ["it will be done"]


def test_a_job_runs_once_at_its_time(talk: Conversation) -> None:
    talk.teacher.says("!later 5")
    talk.advance(minutes=4)
    assert talk.texts("staff") == []
    talk.advance(minutes=60)
    assert talk.texts("staff") == ["rang 1"]
    assert JobRow.select().count() == 0


def test_a_job_that_is_asked_for_again_is_moved(talk: Conversation) -> None:
    talk.teacher.says("!later 5")
    talk.teacher.says("!later 50")
    talk.advance(minutes=40)
    assert talk.texts("staff") == []
    talk.advance(minutes=20)
    assert talk.texts("staff") == ["rang 1"]


def test_a_job_on_the_night_when_clocks_change_runs_once() -> None:
    """25 October 2026 in Berlin: 02:30 comes twice."""
    with Conversation(plugin, language="en", zone="Europe/Berlin", start=datetime(2026, 10, 25, 1, 0)) as talk:
        talk.teacher.says("!later 90")
        talk.advance(hours=6)
        assert talk.texts("staff") == ["rang 1"]


def test_a_vote_that_overtakes_the_answer_waits_for_it(talk: Conversation) -> None:
    """As after a kill -9 between the homeserver's commit and our note of its event ID."""
    talk.teacher.says("!count apples")
    card = talk.card("apples")
    talk.database.execute("UPDATE outbox SET state = 0, event_id = NULL WHERE about IS NOT NULL")
    reaction = {"m.relates_to": {"rel_type": "m.annotation", "event_id": card.event_id, "key": "➕"}}
    event: dict[str, Any] = {
        "type": "m.reaction", "sender": talk.guardian(0).user_id, "event_id": "$early", "content": reaction,
        "room_id": talk.room_id("announcements"), "origin_server_ts": 1,
    }  # fmt: skip
    talk._runner.run(talk.receive([event]))
    talk.settle()
    assert [row.state for row in InboxRow.select().where(InboxRow.event_id == "$early")] == [inbox.PARKED]
    assert value("apples") == 5
    talk.dispatcher._fresh._seen = 0  # a new start
    talk.settle()
    assert [row.state for row in InboxRow.select().where(InboxRow.event_id == "$early")] == [inbox.DONE]
    assert value("apples") == 6
    assert [message.body for message in talk.room("announcements") if message.sender == BOT] == ["apples: 6"]


def test_effects_keep_their_order_within_a_room(talk: Conversation) -> None:
    dice = random.Random(1)
    rooms = ["talk", "homework"]
    with talk.at_once():
        for number in range(60):
            talk.guardian(number % 4).says(f"message {number}", room=dice.choice(rooms))
    keys = [row.key for row in OutboxRow.select().order_by(OutboxRow.seq)]
    assert len(keys) == 60
    events = talk.homeserver.rooms[talk.room_id("talk")].events
    sent = [event["event_id"] for event in events if event["sender"] == BOT and event["type"] == "m.room.message"]
    written = [row.event_id for row in OutboxRow.select().order_by(OutboxRow.seq)]
    assert sent == written


def test_facts_of_many_commands_at_once_are_all_answered(talk: Conversation) -> None:
    with talk.at_once():
        for number in range(400):
            talk.guardian(number % 4).says("!later 5", room="talk")
    answers = [event for event in talk.homeserver.rooms[talk.room_id("talk")].events if event["sender"] == BOT]
    targets = [event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id") for event in answers]
    assert len({target for target in targets if target}) == 400


def test_nothing_of_a_person_stands_in_keys_and_transaction_ids(talk: Conversation) -> None:
    talk.teacher.says("!count Ксения")
    for row in OutboxRow.select():
        assert "Ксения" not in row.key
        assert "teacher" not in json.dumps([row.key, row.kind, row.type])
