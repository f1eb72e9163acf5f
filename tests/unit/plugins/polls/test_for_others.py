"""Polls that another plugin opens, and hears of when they have ended."""

from __future__ import annotations

from collections.abc import Iterator

import peewee
import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.polls.config import PollsConfig
from classroom_plugins.polls.plugin import plugin
from classroom_plugins.polls.tables import MIGRATIONS, BallotRow, PollRow

from .asking_toy.plugin import plugin as asking


@pytest.fixture
def talk() -> Iterator[Conversation]:
    with Conversation({plugin: PollsConfig(), asking: None}) as conversation:
        conversation.teacher.says("!rivals Куда едем?", room="staff")
        conversation.guardian(0).votes("Куда едем?", "Каток", room="events")
        yield conversation


def heard(talk: Conversation) -> list[str]:
    return [text for text in talk.texts("staff") if text.startswith("events/")]


def test_its_room_and_number_are_as_asked(talk: Conversation) -> None:
    assert talk.texts("staff") == ["poll 1"]
    assert "Каток — 1" in talk.card("Опрос №1", room="events").body


def test_the_end_is_told_with_what_was_decided_also_in_quiet_hours(talk: Conversation) -> None:
    talk.advance(hours=14)
    talk.teacher.says("!опрос закрыть", room="staff")
    assert heard(talk) == ["events/12 1 Каток"]
    talk.advance(days=2)
    assert heard(talk) == ["events/12 1 Каток"]


def test_the_deadline_is_an_end_like_others(talk: Conversation) -> None:
    talk.advance(days=2)
    assert heard(talk) == ["events/12 1 Каток"]


def test_a_cancelled_poll_and_a_tie_decided_nothing(talk: Conversation) -> None:
    talk.teacher.says("!опрос отменить", room="staff")
    assert heard(talk) == ["events/12 1 -"]
    talk.teacher.says("!rivals Когда едем?", room="staff")
    talk.guardian(0).votes("Когда едем?", "Каток", room="events")
    talk.guardian(4).votes("Когда едем?", "Музей", room="events")
    talk.teacher.says("!опрос закрыть", room="staff")
    assert heard(talk)[-1] == "events/12 2 -"


def test_other_polls_are_no_news(talk: Conversation) -> None:
    talk.teacher.says("!опрос Зачем? Да; Нет")
    talk.teacher.says("!опрос закрыть 2")
    assert heard(talk) == []


def test_polls_of_an_earlier_release_have_no_origin() -> None:
    database = peewee.SqliteDatabase(":memory:")
    with database.bind_ctx([PollRow]), database.connection_context():
        database.create_tables([PollRow])
        database.execute_sql("ALTER TABLE polls_poll DROP COLUMN origin")
        database.execute_sql(
            "INSERT INTO polls_poll (class_id, number, question, options, room, opened_at, state, secret)"
            " VALUES ('3b', 1, '?', '[]', 'x', 0, 'open', 0)"
        )
        MIGRATIONS[0](database)
        assert [row.origin for row in PollRow.select()] == [None]


def test_votes_of_an_earlier_release_are_kept() -> None:
    database = peewee.SqliteDatabase(":memory:")
    with database.bind_ctx([BallotRow]), database.connection_context():
        database.execute_sql(
            "CREATE TABLE polls_ballot (source VARCHAR(255) NOT NULL PRIMARY KEY, poll_id INTEGER NOT NULL,"
            " family_id VARCHAR(255) NOT NULL,"
            " voter_id VARCHAR(255) NOT NULL, via VARCHAR(255) NOT NULL, choice VARCHAR(255), at INTEGER NOT NULL,"
            " struck_at INTEGER)"
        )
        database.execute_sql("CREATE INDEX ballotrow_poll_id_family_id ON polls_ballot (poll_id, family_id)")
        database.execute_sql("INSERT INTO polls_ballot VALUES ('$a', 1, 'f', 'p', 'native', 'x', 5, NULL)")
        MIGRATIONS[1](database)
        BallotRow.create(source="$a", poll_id=2, family_id="f", voter_id="p", via="desk", choice="y", at=6)
        kept = [(row.source, row.poll_id, row.choice) for row in BallotRow.select().order_by(BallotRow.poll_id)]
        assert kept == [("$a", 1, "x"), ("$a", 2, "y")]
