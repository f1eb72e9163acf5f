"""The plugin's tables. Times are milliseconds since 1970."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField, TextField

from classroom_matrix.api import Table

from .domain import State


class EventRow(Table):
    """`plan`: JSON, the newest version; `starts`: of it, for look-ups."""

    id = AutoField()
    class_id = CharField()
    number = IntegerField()
    plan = TextField()
    starts = BigIntegerField(null=True)
    version = IntegerField()
    versioned_at = BigIntegerField()
    told_version = IntegerField()
    state = CharField(default=State.OPEN)
    room = CharField()
    opened_at = BigIntegerField()
    asked_at = BigIntegerField(null=True)
    talk_until = BigIntegerField(null=True)
    ended_at = BigIntegerField(null=True)
    thanked = BooleanField(default=False)
    loud = BooleanField(default=True)
    reason = TextField(default="")
    sequence = IntegerField(default=0)
    final = TextField(null=True)  # JSON: what was counted when it ended

    class Meta:
        table_name = "events_event"
        indexes = ((("class_id", "number"), True), (("class_id", "state"), False))


class VersionRow(Table):
    """A plan as it was at a time. `person_id`: who made it so; `important`: they said that everybody has to know."""

    event_id = IntegerField()
    version = IntegerField()
    at = BigIntegerField()
    person_id = CharField()
    important = BooleanField(default=False)
    plan = TextField()

    class Meta:
        table_name = "events_version"
        primary_key = CompositeKey("event_id", "version")


class AnswerRow(Table):
    """One message may be an answer about several events: "оба", when it was asked which."""

    source = CharField()
    event_id = IntegerField()
    family_id = CharField()
    person_id = CharField()
    via = CharField()
    kind = CharField()
    adults = IntegerField()
    pupils = TextField()  # JSON: [pupil ID, …]
    at = BigIntegerField()
    struck_at = BigIntegerField(null=True)

    class Meta:
        table_name = "events_answer"
        primary_key = CompositeKey("source", "event_id")
        indexes = ((("event_id", "family_id"), False),)


class StrikeRow(Table):
    """A redaction of something unknown: perhaps of an answer that comes later."""

    target = CharField(primary_key=True)
    at = BigIntegerField()

    class Meta:
        table_name = "events_strike"


class ClaimRow(Table):
    """A place in the queue for places, see `places`."""

    event_id = IntegerField()
    turn = IntegerField()
    family_id = CharField()
    size = IntegerField()

    class Meta:
        table_name = "events_claim"
        primary_key = CompositeKey("event_id", "turn")


class SeatRow(Table):
    """What a family was last told about its places."""

    event_id = IntegerField()
    family_id = CharField()
    has = IntegerField()
    waits = IntegerField()

    class Meta:
        table_name = "events_seat"
        primary_key = CompositeKey("event_id", "family_id")


class LetterRow(Table):
    """When a household last got a letter of a kind about an event."""

    event_id = IntegerField()
    household_id = CharField()
    kind = CharField()
    at = BigIntegerField()

    class Meta:
        table_name = "events_letter"
        primary_key = CompositeKey("event_id", "household_id", "kind")


class IdeaRow(Table):
    """A proposal. `event_id`: None while it is for no event yet; `source`: the message; `named`: the author may be named."""

    id = AutoField()
    class_id = CharField()
    number = IntegerField()
    event_id = IntegerField(null=True, index=True)
    text = TextField()
    person_id = CharField()
    family_id = CharField(null=True)
    household_id = CharField(null=True)
    source = CharField(unique=True)
    public = BooleanField(default=False)
    named = BooleanField(default=False)
    at = BigIntegerField()
    state = CharField()
    decided_at = BigIntegerField(null=True)
    reason = TextField(default="")
    poll = IntegerField(null=True)

    class Meta:
        table_name = "events_idea"
        indexes = ((("class_id", "number"), True), (("class_id", "state"), False))


class PollRow(Table):
    """A poll between ideas. `ideas`: JSON, their IDs in the order of its options."""

    class_id = CharField()
    number = IntegerField()
    event_id = IntegerField(null=True)
    ideas = TextField()
    options = TextField()
    ended = BooleanField(default=False)
    outcome = TextField(null=True)

    class Meta:
        table_name = "events_poll"
        primary_key = CompositeKey("class_id", "number")


class TalkRow(Table):
    """What was said in the thread of an event that is not over, so that a 💡 on it can make it an idea."""

    source = CharField(primary_key=True)
    event_id = IntegerField(index=True)
    person_id = CharField()
    body = TextField()
    at = BigIntegerField()

    class Meta:
        table_name = "events_talk"


TABLES = (
    EventRow,
    VersionRow,
    AnswerRow,
    StrikeRow,
    ClaimRow,
    SeatRow,
    LetterRow,
    IdeaRow,
    PollRow,
    TalkRow,
)
