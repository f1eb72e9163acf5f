"""The plugin's tables. Times are milliseconds since 1970."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField, TextField

from classroom_matrix.api import Table


class AnnouncementRow(Table):
    """See `domain.Announcement`."""

    id = AutoField()
    class_id = CharField()
    number = IntegerField()
    author = CharField()
    text = TextField()
    attachments = TextField(default="[]")  # JSON: [[kind, url, filename, mimetype, size], …]
    state = CharField()
    room = CharField()
    created_at = BigIntegerField()
    source = CharField(unique=True)
    own = CharField(null=True, unique=True)
    due = BigIntegerField(null=True)
    sent_at = BigIntegerField(null=True)
    urgent = BooleanField(default=False)
    loud = BooleanField(default=True)
    must = BooleanField(default=False)
    until = BigIntegerField(null=True)
    follow_up = BooleanField(default=False)
    version = IntegerField(default=1)
    told_version = IntegerField(default=1)
    asks_from = IntegerField(default=1)
    changes = IntegerField(default=0)
    changed_at = BigIntegerField(null=True)
    reported = BooleanField(default=False)

    class Meta:
        table_name = "announcements_announcement"
        indexes = ((("class_id", "number"), True), (("class_id", "state"), False))


class VersionRow(Table):
    announcement_id = IntegerField()
    number = IntegerField()
    text = TextField()
    at = BigIntegerField()

    class Meta:
        table_name = "announcements_version"
        primary_key = CompositeKey("announcement_id", "number")


class ConfirmationRow(Table):
    """See `domain.Confirmation`. One word may confirm several: "прочитали оба"."""

    source = CharField()
    announcement_id = IntegerField()
    family_id = CharField()
    person_id = CharField()
    via = CharField()
    how = TextField(default="")
    at = BigIntegerField()
    struck_at = BigIntegerField(null=True)

    class Meta:
        table_name = "announcements_confirmation"
        primary_key = CompositeKey("source", "announcement_id")
        indexes = ((("announcement_id", "family_id"), False),)


class StrikeRow(Table):
    """A redaction of something unknown: perhaps of a reaction that comes later."""

    target = CharField(primary_key=True)
    at = BigIntegerField()

    class Meta:
        table_name = "announcements_strike"


class AskedRow(Table):
    """When a household was last asked in its desk, or will be: letters are held through quiet hours."""

    announcement_id = IntegerField()
    household_id = CharField()
    at = BigIntegerField()

    class Meta:
        table_name = "announcements_asked"
        primary_key = CompositeKey("announcement_id", "household_id")


class HeardRow(Table):
    """A message of the teacher's that may become an announcement, or go with one. Kept for a month."""

    event_id = CharField(primary_key=True)
    class_id = CharField()
    room_id = CharField()
    author = CharField()
    text = TextField()
    kind = CharField()  # text, or that of its file
    media = TextField(null=True)  # JSON, as in `AnnouncementRow.attachments`
    at = BigIntegerField()

    class Meta:
        table_name = "announcements_heard"
        indexes = ((("class_id", "room_id", "at"), False),)


TABLES = (AnnouncementRow, VersionRow, ConfirmationRow, StrikeRow, AskedRow, HeardRow)
