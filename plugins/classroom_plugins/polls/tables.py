"""The plugin's tables. Times are milliseconds since 1970."""

from __future__ import annotations

from typing import Any

from peewee import AutoField, BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField, TextField

from classroom_matrix.api import Table

from .domain import State


class PollRow(Table):
    id = AutoField()
    class_id = CharField()
    number = IntegerField()
    question = TextField()
    options = TextField()  # JSON: [[id, text], …]
    room = CharField()
    opened_at = BigIntegerField()
    until = BigIntegerField(null=True)
    quorum = CharField(null=True)  # "1/2"
    native = CharField(null=True, unique=True)
    state = CharField(default=State.OPEN)
    closed_at = BigIntegerField(null=True)
    electorate = TextField(null=True)  # JSON: [family ID, …]
    announced = TextField(null=True)
    secret = BooleanField(default=False)
    origin = CharField(null=True)  # of the plugin that asked for it: "events/12"

    class Meta:
        table_name = "polls_poll"
        indexes = ((("class_id", "number"), True), (("class_id", "state"), False))


class BallotRow(Table):
    """One word may be a vote in several polls: "обе", when it was asked which."""

    source = CharField()
    poll_id = IntegerField()
    family_id = CharField()
    voter_id = CharField()
    via = CharField()
    choice = CharField(null=True)
    at = BigIntegerField()
    struck_at = BigIntegerField(null=True)

    class Meta:
        table_name = "polls_ballot"
        primary_key = CompositeKey("source", "poll_id")
        indexes = ((("poll_id", "family_id"), False),)


class StrikeRow(Table):
    """A redaction of something unknown: perhaps of a vote that comes later."""

    target = CharField(primary_key=True)
    at = BigIntegerField()

    class Meta:
        table_name = "polls_strike"


class EndRow(Table):
    """Which event ended a poll; "" for the deadline. State and time of the end stand with the poll."""

    poll_id = IntegerField(primary_key=True)
    source = CharField()

    class Meta:
        table_name = "polls_end"


class EarlyRow(Table):
    """A vote in something unknown, or its end: perhaps of a teacher's native poll that comes later."""

    source = CharField(primary_key=True)
    class_id = CharField()
    target = CharField()
    kind = CharField()
    at = BigIntegerField()
    seen = BigIntegerField()
    person_id = CharField()
    family_id = CharField()
    said = CharField(null=True)

    class Meta:
        table_name = "polls_early"
        indexes = ((("class_id", "target"), False), (("class_id", "seen"), False))


class FlipRow(Table):
    """When a household last heard something of a poll: that its family's choice has changed, that it has not voted."""

    poll_id = IntegerField()
    household_id = CharField()
    kind = CharField()
    at = BigIntegerField()

    class Meta:
        table_name = "polls_flip"
        primary_key = CompositeKey("poll_id", "household_id", "kind")


class NoticeRow(Table):
    """What somebody was told once and shall not be told again."""

    poll_id = IntegerField()
    person_id = CharField()
    kind = CharField()

    class Meta:
        table_name = "polls_notice"
        primary_key = CompositeKey("poll_id", "person_id", "kind")


def _note_origins(database: Any) -> None:
    database.execute_sql("ALTER TABLE polls_poll ADD COLUMN origin VARCHAR(255)")


def _let_one_word_vote_twice(database: Any) -> None:
    columns = "source, poll_id, family_id, voter_id, via, choice, at, struck_at"
    database.execute_sql("ALTER TABLE polls_ballot RENAME TO polls_ballot_before")
    database.execute_sql("DROP INDEX IF EXISTS ballotrow_poll_id_family_id")
    database.create_tables([BallotRow])
    database.execute_sql(f"INSERT INTO polls_ballot ({columns}) SELECT {columns} FROM polls_ballot_before")  # noqa: S608
    database.execute_sql("DROP TABLE polls_ballot_before")


MIGRATIONS = (_note_origins, _let_one_word_vote_twice)
TABLES = (PollRow, BallotRow, StrikeRow, EndRow, EarlyRow, FlipRow, NoticeRow)
