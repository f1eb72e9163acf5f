"""The plugin's tables. Times are milliseconds since 1970, days are ISO dates."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField, TextField

from classroom_matrix.api import Table


class TaskRow(Table):
    id = AutoField()
    class_id = CharField()
    day = CharField()
    subject = CharField()
    called = CharField()
    grp = CharField(default="")
    text = TextField()
    author_id = CharField()
    source = CharField(index=True)
    set_at = BigIntegerField()
    changed_at = BigIntegerField(null=True)
    withdrawn_at = BigIntegerField(null=True)
    revision = IntegerField(default=1)

    class Meta:
        table_name = "homework_task"
        indexes = ((("class_id", "day"), False),)


class DayRow(Table):
    """A day whose card stands in the room. `changes`: how often its list was another one; calendars want that."""

    class_id = CharField()
    day = CharField()
    changes = IntegerField(default=0)

    class Meta:
        table_name = "homework_day"
        primary_key = CompositeKey("class_id", "day")


class EditRow(Table):
    """The newest edit of a message of the teacher's: it may come before the message, and older ones after it."""

    target = CharField(primary_key=True)
    class_id = CharField()
    person_id = CharField()
    at = BigIntegerField()
    body = TextField()

    class Meta:
        table_name = "homework_edit"


class PhotoRow(Table):
    event = CharField(primary_key=True)
    class_id = CharField()
    room = CharField()
    person_id = CharField()
    media = TextField()  # JSON of facts.Media
    kind = CharField()
    at = BigIntegerField()
    in_room = BooleanField()
    claimed = BooleanField(default=False)
    asked = BooleanField(default=False)

    class Meta:
        table_name = "homework_photo"
        indexes = ((("class_id", "person_id", "claimed"), False),)


class TaskPhotoRow(Table):
    task_id = IntegerField()
    event = CharField()

    class Meta:
        table_name = "homework_task_photo"
        primary_key = CompositeKey("task_id", "event")
        indexes = ((("event",), False),)


class GroupRow(Table):
    """A pupil's group in a subject."""

    class_id = CharField()
    subject = CharField()
    pupil_id = CharField()
    grp = CharField()

    class Meta:
        table_name = "homework_group"
        primary_key = CompositeKey("class_id", "subject", "pupil_id")


class QuestionRow(Table):
    """A study question. `thread`: the day in whose thread it stands; None where it came from a desk."""

    id = AutoField()
    class_id = CharField()
    number = IntegerField()
    family_id = CharField(null=True)
    household_id = CharField(null=True)
    person_id = CharField()
    subject = CharField(default="")
    thread = CharField(null=True)
    text = TextField()
    source = CharField(unique=True)
    at = BigIntegerField()
    answered_at = BigIntegerField(null=True)
    answer = TextField(null=True)
    shared = BooleanField(default=False)

    class Meta:
        table_name = "homework_question"
        indexes = ((("class_id", "number"), True),)


class RemovedRow(Table):
    """A message with a solution that was taken away: its family is told once, whoever of the staff reacts."""

    event = CharField(primary_key=True)

    class Meta:
        table_name = "homework_removed"


class SentRow(Table):
    """What the family of a pupil who was away has been sent, at which revision of the task."""

    pupil_id = CharField()
    task_id = IntegerField()
    revision = IntegerField()

    class Meta:
        table_name = "homework_sent"
        primary_key = CompositeKey("pupil_id", "task_id")
        indexes = ((("task_id",), False),)


TABLES = (TaskRow, DayRow, EditRow, PhotoRow, TaskPhotoRow, GroupRow, QuestionRow, RemovedRow, SentRow)
