"""The plugin's table. Times are milliseconds since 1970, days are ISO dates. No sentence is kept, and no diagnosis."""

from __future__ import annotations

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey

from classroom_matrix.api import Table


class StatementRow(Table):
    source = CharField()
    pupil_id = CharField()
    class_id = CharField()
    family_id = CharField()
    kind = CharField()
    first = CharField()
    last = CharField()
    bounded = BooleanField()
    reason = CharField()
    by_id = CharField()
    proxy = BooleanField()
    at = BigIntegerField()
    struck = BooleanField(default=False)

    class Meta:
        table_name = "absence_statement"
        primary_key = CompositeKey("source", "pupil_id")
        indexes = ((("class_id", "last"), False), (("pupil_id",), False))


TABLES = (StatementRow,)
