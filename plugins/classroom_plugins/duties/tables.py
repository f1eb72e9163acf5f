"""The plugin's tables. Times are milliseconds since 1970."""

from __future__ import annotations

from peewee import SQL, AutoField, BigIntegerField, BooleanField, CharField, CompositeKey, IntegerField, TextField

from classroom_matrix.api import Table

from .domain import OfferState, SheetState, SwapState


class SheetRow(Table):
    """What one card shows. The occasion's own words are kept as they were told last."""

    id = AutoField()
    class_id = CharField()
    occasion = CharField(default="")  # empty: a series; "own": of no other plugin
    number = IntegerField(null=True)
    title = TextField()
    starts = BigIntegerField(null=True)
    ends = BigIntegerField(null=True)
    place = TextField(default="")
    room = CharField()
    state = CharField(default=SheetState.OPEN)

    class Meta:
        table_name = "duties_sheet"
        indexes = ((("class_id", "state"), False), (("class_id", "occasion"), False))


class DutyRow(Table):
    """`year`: the school year in which it counts."""

    id = AutoField()
    class_id = CharField()
    sheet_id = IntegerField()
    number = IntegerField()
    title = TextField()
    places = IntegerField()
    weight = IntegerField(default=1)
    starts = BigIntegerField(null=True)
    ends = BigIntegerField(null=True)
    clock = IntegerField(null=True)
    needs = TextField(default="")
    wishes_until = BigIntegerField(null=True)
    seed = IntegerField(null=True)
    removed = BooleanField(default=False)
    sequence = IntegerField(default=0)
    year = IntegerField()

    class Meta:
        table_name = "duties_duty"
        indexes = ((("sheet_id", "number"), True), (("class_id", "year"), False))


class HoldRow(Table):
    id = AutoField()
    duty_id = IntegerField()
    family_id = CharField()
    household_id = CharField(null=True)
    person_id = CharField(null=True)
    via = CharField()
    at = BigIntegerField()
    ended_at = BigIntegerField(null=True)
    ended = CharField(null=True)

    class Meta:
        table_name = "duties_hold"
        indexes = ((("duty_id", "ended"), False), (("family_id",), False))


HoldRow.add_index(
    SQL("CREATE UNIQUE INDEX IF NOT EXISTS duties_hold_once ON duties_hold (duty_id, family_id) WHERE ended IS NULL")
)


class WishRow(Table):
    """A family's wish for a duty that is decided later."""

    duty_id = IntegerField()
    family_id = CharField()
    household_id = CharField(null=True)
    person_id = CharField(null=True)
    via = CharField()
    at = BigIntegerField()

    class Meta:
        table_name = "duties_wish"
        primary_key = CompositeKey("duty_id", "family_id")


class ClaimRow(Table):
    """An event by which somebody took or wished for a place. While one of a family's stands, the place is its own.

    One message may be several: "1 и 2", "оба", when it was asked which.
    """

    source = CharField()
    duty_id = IntegerField()
    family_id = CharField()
    household_id = CharField(null=True)
    at = BigIntegerField()

    class Meta:
        table_name = "duties_claim"
        primary_key = CompositeKey("source", "duty_id")
        indexes = ((("duty_id", "family_id"), False),)


class StrikeRow(Table):
    """A redaction of something unknown: perhaps of a reaction that comes later."""

    target = CharField(primary_key=True)
    at = BigIntegerField()

    class Meta:
        table_name = "duties_strike"


class OrderRow(Table):
    """A command of the teacher that changed something: it may be deleted.

    `before`: of an exemption, until when there was one.
    """

    source = CharField(primary_key=True)
    class_id = CharField()
    what = CharField()
    duty_id = IntegerField(null=True)
    family_id = CharField(null=True)
    before = BigIntegerField(null=True)
    at = BigIntegerField()

    class Meta:
        table_name = "duties_order"
        indexes = ((("class_id", "family_id"), False),)


class ProposalRow(Table):
    id = AutoField()
    class_id = CharField()
    sheet_id = IntegerField()
    seed = BigIntegerField()
    at = BigIntegerField()

    class Meta:
        table_name = "duties_proposal"
        indexes = ((("class_id",), False),)


class OfferRow(Table):
    id = AutoField()
    proposal_id = IntegerField()
    duty_id = IntegerField()
    family_id = CharField()
    state = CharField(default=OfferState.DRAFT)
    before = IntegerField()
    after = IntegerField()
    why = CharField()
    asked_at = BigIntegerField(null=True)
    expires_at = BigIntegerField(null=True)
    follows = BooleanField(default=False)

    class Meta:
        table_name = "duties_offer"
        indexes = ((("duty_id", "family_id"), False), (("proposal_id",), False), (("state",), False))


class SwapRow(Table):
    id = AutoField()
    class_id = CharField()
    asker_id = CharField()
    asker_household_id = CharField()
    other_id = CharField()
    gives = IntegerField()
    gets = IntegerField()
    state = CharField(default=SwapState.ASKED)
    at = BigIntegerField()
    asked_at = BigIntegerField()
    expires_at = BigIntegerField()

    class Meta:
        table_name = "duties_swap"
        indexes = ((("class_id", "state"), False),)


class ExemptionRow(Table):
    """`until`: excluded. `settled`: the family's load was lifted to the class's when it was over."""

    id = AutoField()
    class_id = CharField()
    family_id = CharField()
    since = BigIntegerField()
    until = BigIntegerField()
    settled = BooleanField(default=False)

    class Meta:
        table_name = "duties_exemption"
        indexes = ((("class_id",), False),)


class StandingRow(Table):
    """That a family is known in a school year, and what is added to its load."""

    class_id = CharField()
    family_id = CharField()
    year = IntegerField()
    credit = IntegerField(default=0)

    class Meta:
        table_name = "duties_standing"
        primary_key = CompositeKey("class_id", "year", "family_id")


class MeansRow(Table):
    """What a family has, or has not, of what duties need."""

    class_id = CharField()
    family_id = CharField()
    need = CharField()  # folded
    has = BooleanField()

    class Meta:
        table_name = "duties_means"
        primary_key = CompositeKey("class_id", "family_id", "need")


class ToldRow(Table):
    """When a household last heard that its family does otherwise now."""

    duty_id = IntegerField()
    household_id = CharField()
    at = BigIntegerField()

    class Meta:
        table_name = "duties_told"
        primary_key = CompositeKey("duty_id", "household_id")


class ShownRow(Table):
    """When a household was last shown the roles with their numbers in its desk."""

    household_id = CharField(primary_key=True)
    at = BigIntegerField()

    class Meta:
        table_name = "duties_shown"


TABLES = (
    SheetRow, DutyRow, HoldRow, WishRow, ClaimRow, StrikeRow, ProposalRow, OfferRow, SwapRow, ExemptionRow, StandingRow,
    MeansRow, OrderRow, ToldRow, ShownRow,
)  # fmt: skip
