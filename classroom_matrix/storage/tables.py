"""The core's tables. Times are UTC seconds since 1970 unless a comment says otherwise.

Personal data stand in `person` and `pupil` only; every other table refers to them by opaque IDs.
"""

from __future__ import annotations

from peewee import (
    SQL,
    AutoField,
    BigIntegerField,
    BlobField,
    BooleanField,
    CharField,
    CompositeKey,
    FloatField,
    IntegerField,
    Model,
    TextField,
)


class CoreTable(Model):
    class Meta:
        legacy_table_names = False


# ── Who and where ───────────────────────────────────────────────────────────────────────────────────────────────────


class PersonRow(CoreTable):
    """Anybody with a name: staff, guardians, relatives. `user_id` is empty until the person has an account."""

    id = CharField(primary_key=True)
    name = TextField()
    user_id = CharField(null=True, unique=True)
    language = CharField(null=True)
    quiet = CharField(null=True)  # their own quiet hours, "22:00-08:00"

    class Meta:
        table_name = "person"


class FamilyRow(CoreTable):
    id = CharField(primary_key=True)
    reach = CharField(default="app")  # domain.people.Reach

    class Meta:
        table_name = "family"


class HouseholdRow(CoreTable):
    id = CharField(primary_key=True)
    family_id = CharField(index=True)
    rung_at = FloatField(null=True)  # its last loud letter

    class Meta:
        table_name = "household"


class PupilRow(CoreTable):
    id = CharField(primary_key=True)
    class_id = CharField(index=True)
    family_id = CharField(index=True)
    name = TextField()
    surname = TextField()
    number = IntegerField()

    class Meta:
        table_name = "pupil"


class MemberRow(CoreTable):
    """What a person is to a class."""

    id = AutoField()
    class_id = CharField()
    person_id = CharField(index=True)
    role = CharField()  # domain.people.Role
    family_id = CharField(null=True)
    household_id = CharField(null=True)
    limited = BooleanField(default=False)
    rights = CharField(default="", constraints=[SQL("DEFAULT ''")])  # domain.people.Right, separated by spaces

    class Meta:
        table_name = "member"
        indexes = ((("class_id", "person_id"), True),)


class RosterKeyRow(CoreTable):
    """Who a line of the office's list is: `key` is a keyed hash of what tells people apart, `id` a pupil's or person's ID."""

    scope = CharField()  # a class's ID for pupils, "" for adults, who may belong to several classes
    key = CharField()
    id = CharField()

    class Meta:
        table_name = "roster_key"
        primary_key = False
        indexes = ((("scope", "key"), True),)


class InvitationRow(CoreTable):
    """How far somebody has come on the way in; one row for each person who gets an account from us.

    `user_id` is drawn before the account is made and never given twice. `handle` stands on the slip and names it in
    addresses, it is no secret; `secret` is the salted hash of the slip's words. A new slip replaces both and begins anew.
    """

    person_id = CharField(primary_key=True)
    user_id = CharField(unique=True)
    created_at = FloatField(null=True)  # the homeserver has the account
    handle = CharField(null=True, unique=True)
    secret = TextField(null=True)
    issued_at = FloatField(null=True)
    expires_at = FloatField(null=True)
    opened_at = FloatField(null=True)  # the slip's page was opened
    proven_at = FloatField(null=True)  # the right words were typed
    arrived_at = FloatField(null=True)  # own password chosen, privacy notice seen: the words are used up
    admitted_at = FloatField(null=True)  # in the rooms
    wrong = IntegerField(default=0)  # wrong words since the last right ones
    wrong_at = FloatField(null=True)

    class Meta:
        table_name = "invitation"


class JoinSessionRow(CoreTable):
    """Somebody on the join page who has typed the right words. `token`: hash of the cookie's value."""

    token = CharField(primary_key=True)
    person_id = CharField(index=True)
    expires_at = FloatField()

    class Meta:
        table_name = "join_session"


class ConsentRow(CoreTable):
    """Whether a pupil may be shown. No row means no. `use`: domain.people.PhotoUse."""

    pupil_id = CharField()
    use = CharField()
    given = BooleanField()
    source = CharField()  # "list" or who entered it: a person's ID
    at = FloatField()

    class Meta:
        table_name = "consent"
        primary_key = CompositeKey("pupil_id", "use")


class HandoverRow(CoreTable):
    """A desk that the teacher has handed over to a substitute or specialist, who sees nothing of the others."""

    class_id = CharField()
    household_id = CharField()
    person_id = CharField()
    at = FloatField()

    class Meta:
        table_name = "handover"
        primary_key = CompositeKey("class_id", "household_id", "person_id")


class RoomRow(CoreTable):
    """A room of ours. `role`: the space, a class room's role, "desk" (with its household), or "private" (no class)."""

    room_id = CharField(primary_key=True)
    class_id = CharField(null=True, index=True)
    role = CharField()
    household_id = CharField(null=True, index=True)
    person_id = CharField(null=True)  # whose private chat
    replaced_by = CharField(null=True)  # set when the room was tombstoned
    staff_at = BigIntegerField(null=True)  # when staff have last said something in a desk, milliseconds

    class Meta:
        table_name = "room"


# ── The way of an event through the house ───────────────────────────────────────────────────────────────────────────


class SourceMarkRow(CoreTable):
    """Transactions of the application service that are stored (kind "txn"), or the newest sync token (kind "sync")."""

    mark = CharField()
    kind = CharField()
    at = FloatField()

    class Meta:
        table_name = "source_mark"
        primary_key = False
        indexes = ((("kind", "mark"), True),)


class InboxRow(CoreTable):
    """A fact. `state`: 0 waiting, 1 done, 2 parked until the homeserver has answered for the message it refers to."""

    seq = AutoField()
    event_id = CharField(unique=True)
    room_id = CharField()
    fact = BlobField()
    state = IntegerField(default=0)
    at = FloatField()

    class Meta:
        table_name = "inbox"
        indexes = (SQL("CREATE INDEX IF NOT EXISTS inbox_open ON inbox (state, seq) WHERE state <> 1"),)


class SetAsideRow(CoreTable):
    """A fact or job that a handler could not handle. Shown by `doctor`, run again by `doctor --retry`."""

    id = AutoField()
    cause = CharField()  # event ID, or "job:<id>"
    handler = CharField()  # "polls.count_vote"
    class_id = CharField(null=True)
    error = TextField()  # type and place of the exception; never its message, which may hold personal data
    at = FloatField()
    retried_at = FloatField(null=True)

    class Meta:
        table_name = "set_aside"
        indexes = ((("cause", "handler"), True),)


class OutboxRow(CoreTable):
    """An effect. `state`: 0 waiting, 1 sent, 2 given up (the homeserver refused it for good).

    `kind`: "send" (content is the event's JSON), "file" (content is a `matrix.parcel`, until it is uploaded), "redact"
    (content is the reason), into `room_id`; what has a household and no room goes to that household's desk, which is made when
    first needed.
    `refers`: the key of an earlier effect whose event ID has to stand in `content` in place of the key.
    `sealed`: what goes over the wire into an encrypted room, until it is sent: a repeat is the same.
    """

    seq = AutoField()
    key = CharField(unique=True)
    kind = CharField()
    room_id = CharField(null=True)
    household_id = CharField(null=True)
    class_id = CharField(null=True)
    type = CharField()
    content = BlobField()
    sealed = BlobField(null=True)
    refers = CharField(null=True)
    plugin = CharField(null=True)
    about = CharField(null=True)  # "<kind>/<id>": what a later reaction or vote on it is about
    state = IntegerField(default=0)
    event_id = CharField(null=True)
    at = FloatField()

    class Meta:
        table_name = "outbox"
        indexes = (
            SQL("CREATE INDEX IF NOT EXISTS outbox_waiting ON outbox (seq) WHERE state = 0"),
            SQL("CREATE INDEX IF NOT EXISTS outbox_event ON outbox (event_id) WHERE about IS NOT NULL"),
            SQL("CREATE INDEX IF NOT EXISTS outbox_about ON outbox (about) WHERE about IS NOT NULL"),
            SQL("CREATE INDEX IF NOT EXISTS outbox_letter ON outbox (household_id, seq) WHERE household_id IS NOT NULL"),
        )


class HeldLetterRow(CoreTable):
    """A loud message to a desk that waits for the end of quiet hours; then it becomes a row of the outbox. Columns as there."""

    id = AutoField()
    key = CharField(unique=True)
    kind = CharField(default="send")
    household_id = CharField()
    class_id = CharField()
    type = CharField()
    content = BlobField()
    refers = CharField(null=True)
    plugin = CharField(null=True)
    about = CharField(null=True)
    due = FloatField(index=True)

    class Meta:
        table_name = "held_letter"


class QuestionRow(CoreTable):
    """What was asked in a desk because words could mean several things, or were not sure. One for each room.

    `person_id`: whose words they were; anybody of the household may answer. `kind`: "which" (a number answers) or "sure" (yes
    or no); `meanings`: JSON list, see `runtime.understanding`.
    """

    room_id = CharField(primary_key=True)
    person_id = CharField(index=True)
    class_id = CharField()
    kind = CharField()
    meanings = TextField()
    at = BigIntegerField()  # milliseconds, the homeserver's time of what was asked about
    event_id = CharField(null=True)  # what was asked about
    passed_by = CharField(null=True)  # the message that was written instead of an answer: only an edit of it may answer yet

    class Meta:
        table_name = "question"


class SpokenRow(CoreTable):
    """What became of a message in a desk or a private chat, in case it is edited; see `storage.spoken`. Kept for a day."""

    event_id = CharField(primary_key=True)
    room_id = CharField()
    person_id = CharField(index=True)
    at = BigIntegerField()  # milliseconds, the homeserver's time
    fate = CharField()

    class Meta:
        table_name = "spoken"
        indexes = ((("room_id", "at"), False),)


class ReceiptRow(CoreTable):
    """When somebody last read in a room of announcements: milliseconds, the homeserver's time of their read receipt."""

    room_id = CharField()
    user_id = CharField()
    at = BigIntegerField()

    class Meta:
        table_name = "receipt"
        primary_key = CompositeKey("room_id", "user_id")


class CalendarKeyRow(CoreTable):
    """A secret address of a calendar feed. `key`: hash of what stands in the address; `household_id`: None for the class's."""

    key = CharField(primary_key=True)
    class_id = CharField()
    household_id = CharField(null=True, index=True)
    person_id = CharField(null=True)  # who asked for it
    at = FloatField()

    class Meta:
        table_name = "calendar_key"


class JobRow(CoreTable):
    """Something to do later. `name`: "<plugin>.<job>"; `arguments`: JSON list; `due`: UTC seconds."""

    id = AutoField()
    key = CharField(unique=True)
    name = CharField()
    class_id = CharField()
    arguments = TextField()
    due = FloatField(index=True)

    class Meta:
        table_name = "job"


class TaskRow(CoreTable):
    """Something that needs I/O: started by a row, idempotent, tried again until it is done; then the row is gone.

    `name`: which function; `arguments`: JSON list; `due`: not before, UTC seconds; `error`: type and place of the last failure.
    """

    id = AutoField()
    key = CharField(unique=True)
    name = CharField()
    class_id = CharField(null=True)
    arguments = TextField()
    due = FloatField(index=True)
    attempts = IntegerField(default=0)
    error = TextField(null=True)

    class Meta:
        table_name = "task"


class CardRow(CoreTable):
    """A message whose edits show the state of one thing.

    `key`: the effect that posted it; `shown`: hash of what it shows or is about to show; `revision`: number of edits made;
    `edit_key`: the edit that is on its way; `dirty_at`: since when its state may differ; `edited_at`: last edit.
    """

    id = AutoField()
    plugin = CharField()
    kind = CharField()
    subject = CharField()
    class_id = CharField()
    room_id = CharField()
    key = CharField(unique=True)
    shown = CharField()
    revision = IntegerField(default=0)
    edit_key = CharField(null=True, index=True)
    dirty_at = FloatField(null=True, index=True)
    # Something changed since then that has to be seen soon, not only counts.
    prompt = BooleanField(default=False, constraints=[SQL("DEFAULT 0")])
    edited_at = FloatField(default=0)

    class Meta:
        table_name = "card"
        indexes = ((("plugin", "kind", "subject", "class_id"), False),)


# ── Provisioning ────────────────────────────────────────────────────────────────────────────────────────────────────


class JournalRow(CoreTable):
    """One step of provisioning, written before its request. `state`: "begun" or "done"; `result`: e.g. the room's ID."""

    id = AutoField()
    class_id = CharField()
    step = CharField()
    state = CharField()
    result = TextField(null=True)
    begun = BigIntegerField()
    attempts = IntegerField(default=1)

    class Meta:
        table_name = "journal"
        indexes = ((("class_id", "step"), True),)


class DriftRow(CoreTable):
    """A room that may differ from the blueprint since `since`; the reconciler takes it off when it has looked.

    `room_id` is empty where the whole class has to be looked at. `count` grows with each new reason.
    """

    class_id = CharField()
    room_id = CharField(default="")
    since = FloatField()
    count = BigIntegerField(default=1)

    class Meta:
        table_name = "drift"
        primary_key = CompositeKey("class_id", "room_id")


class FactRow(CoreTable):
    """Small facts about this installation (who was told what, versions of plugins' tables)."""

    name = CharField(primary_key=True)
    value = TextField()

    class Meta:
        table_name = "installation"


TABLES: tuple[type[CoreTable], ...] = (
    PersonRow,
    FamilyRow,
    HouseholdRow,
    PupilRow,
    MemberRow,
    RosterKeyRow,
    RoomRow,
    SourceMarkRow,
    InboxRow,
    SetAsideRow,
    OutboxRow,
    JobRow,
    CardRow,
    JournalRow,
    DriftRow,
    FactRow,
    InvitationRow,
    JoinSessionRow,
    ConsentRow,
    HandoverRow,
    TaskRow,
    HeldLetterRow,
    QuestionRow,
    ReceiptRow,
    CalendarKeyRow,
    SpokenRow,
)
