"""Tables of the slots. Times are milliseconds since 1970."""

from __future__ import annotations

from peewee import AutoField, BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField, TextField

from classroom_matrix.api import Table

from .domain import State


class RoundRow(Table):
    id = AutoField()
    class_id = CharField()
    epoch = IntegerField(default=0)
    host_id = CharField()
    place = TextField(default="")
    room = CharField()
    published_at = BigIntegerField()
    until = BigIntegerField(null=True)
    per_pupil = IntegerField(default=1)
    double = BooleanField(default=False)
    state = CharField(default=State.OPEN)
    ends_at = BigIntegerField()  # of the last slot

    class Meta:
        table_name = "consultations_round"
        indexes = ((("class_id", "ends_at"), False),)


class SlotRow(Table):
    id = AutoField()
    round_id = IntegerField()
    number = IntegerField()
    starts = BigIntegerField()
    ends = BigIntegerField()
    withdrawn = BooleanField(default=False)

    class Meta:
        table_name = "consultations_slot"
        indexes = ((("round_id", "number"), True),)


class BookingRow(Table):
    id = AutoField()
    class_id = CharField()
    round_id = IntegerField()
    family_id = CharField()
    household_id = CharField()
    pupils = TextField()  # IDs, separated by spaces
    starts = BigIntegerField()
    ends = BigIntegerField()
    by_id = CharField()
    via = CharField()
    at = BigIntegerField()
    source = CharField()
    token = CharField()
    sequence = IntegerField(default=0)
    note = TextField(default="")
    asked_at = BigIntegerField(null=True)
    changed_at = BigIntegerField()
    cancelled_at = BigIntegerField(null=True)

    class Meta:
        table_name = "consultations_booking"
        indexes = ((("round_id", "cancelled_at"), False), (("class_id", "household_id"), False), (("source",), False))


class PlaceRow(Table):
    """A slot of a booking that stands: its key is what keeps a slot from being given twice."""

    slot_id = IntegerField(primary_key=True)
    booking_id = IntegerField(index=True)

    class Meta:
        table_name = "consultations_place"


class WaitingRow(Table):
    id = AutoField()
    class_id = CharField()
    round_id = IntegerField(index=True)
    family_id = CharField()
    household_id = CharField()
    by_id = CharField()
    wanted = IntegerField(null=True)
    at = BigIntegerField()
    source = CharField()

    class Meta:
        table_name = "consultations_waiting"


class OfferRow(Table):
    slot_id = IntegerField(primary_key=True)
    waiting_id = IntegerField(unique=True)
    at = BigIntegerField()
    until = BigIntegerField()

    class Meta:
        table_name = "consultations_offer"


class AskedRow(Table):
    """When a household last saw the list in its desk, and what it may say yes to: moving `booking_id` to `slot_id`.

    `note`: what the next booking is about.
    """

    class_id = CharField()
    household_id = CharField()
    listed_at = BigIntegerField(null=True)
    moving_at = BigIntegerField(null=True)
    booking_id = IntegerField(null=True)
    slot_id = IntegerField(null=True)
    note = TextField(default="")

    class Meta:
        table_name = "consultations_asked"
        primary_key = CompositeKey("class_id", "household_id")


class OfferOverRow(Table):
    """The last offer to a household that ended without an answer. `waiting_id`: its place on the waiting list."""

    class_id = CharField()
    household_id = CharField()
    waiting_id = IntegerField()
    at = BigIntegerField()

    class Meta:
        table_name = "consultations_offer_over"
        primary_key = CompositeKey("class_id", "household_id")


class TouchRow(Table):
    """What else than its first words has moved or cancelled a booking. `source`: the event."""

    source = CharField(primary_key=True)
    booking_id = IntegerField(index=True)

    class Meta:
        table_name = "consultations_touch"


class OpenedRow(Table):
    """Which round a command has opened, and when it was written. `source`: its event."""

    source = CharField(primary_key=True)
    round_id = IntegerField(index=True)
    at = BigIntegerField()

    class Meta:
        table_name = "consultations_opened"


class StruckRow(Table):
    """A redaction of something unknown: perhaps of a tap that comes later."""

    target = CharField(primary_key=True)
    at = BigIntegerField()

    class Meta:
        table_name = "consultations_struck"


TABLES = (
    RoundRow, SlotRow, BookingRow, PlaceRow, WaitingRow, OfferRow, AskedRow, OfferOverRow, TouchRow, OpenedRow, StruckRow
)  # fmt: skip
