"""Tables of written consultations. Times are milliseconds since 1970. No text is kept: it stands in the room."""

from __future__ import annotations

from peewee import BigIntegerField, CharField, CompositeKey

from classroom_matrix.api import Table


class WordRow(Table):
    source = CharField(primary_key=True)
    class_id = CharField()
    household_id = CharField()
    room_id = CharField()
    person_id = CharField()
    kind = CharField()
    at = BigIntegerField()
    target = CharField(null=True)
    judged_at = BigIntegerField()
    struck_at = BigIntegerField(null=True)

    class Meta:
        table_name = "consultations_written_word"
        indexes = ((("class_id", "household_id"), False),)


class StruckRow(Table):
    """Something in a desk that was taken back before we knew of it."""

    target = CharField(primary_key=True)
    at = BigIntegerField()

    class Meta:
        table_name = "consultations_written_struck"


class OfficeLineRow(Table):
    """The day (ISO 8601, the class's) on which a household was last told when somebody answers."""

    class_id = CharField()
    household_id = CharField()
    day = CharField()

    class Meta:
        table_name = "consultations_written_office"
        primary_key = CompositeKey("class_id", "household_id")


TABLES = (WordRow, StruckRow, OfficeLineRow)
