"""Tables of encryption. Times are UTC seconds since 1970.

Pickles are vodozemac's, encrypted under one of two keys that lie outside the database (`encryption.keyring`): under the
device's what belongs to this device and must never be restored from a backup (account, Olm sessions, outbound sessions), under
the secrets' what has to outlive it (identity, keys of rooms).
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
    TextField,
)

from ..tables import CoreTable


class OwnDeviceRow(CoreTable):
    """The device that this database speaks for. One row. `generation` counts the transactions in which a ratchet advanced."""

    device_id = CharField(primary_key=True)
    account = TextField()  # device key
    curve25519 = CharField()
    ed25519 = CharField()
    uploaded = BooleanField(default=False)  # the homeserver has the device's keys
    signed_by = CharField(null=True)  # public self-signing key that has signed it, as far as the homeserver has taken it
    since = TextField(null=True)  # token of the /sync filtered to no rooms
    fallback_at = FloatField(default=0)  # when the fallback key was made
    generation = BigIntegerField(default=0)
    predecessor = CharField(null=True)  # device to be deleted, because this one stands in its place

    class Meta:
        table_name = "e2e_own_device"


class SecretRow(CoreTable):
    """A private key of the identity, encrypted under the secrets' key. `name`: master, self_signing, user_signing."""

    name = CharField(primary_key=True)
    sealed = BlobField()
    public = CharField()  # unpadded base64
    at = FloatField()

    class Meta:
        table_name = "e2e_secret"


class TrackedUserRow(CoreTable):
    """Somebody whose devices we follow. `dirty`: their list has to be asked for before use; it grows with each change."""

    user_id = CharField(primary_key=True)
    dirty = IntegerField(default=1)
    master = CharField(null=True)  # public master key
    self_signing = CharField(null=True)

    class Meta:
        table_name = "e2e_user"


class DeviceRow(CoreTable):
    """Somebody's device with keys. `signed`: by its owner's identity."""

    user_id = CharField()
    device_id = CharField()
    curve25519 = CharField(index=True)
    ed25519 = CharField()
    signed = BooleanField(default=False)
    deleted = BooleanField(default=False)
    unwedged_at = FloatField(default=0)  # when a fresh Olm session was last made because one was broken
    withheld_at = FloatField(default=0)  # when it was last told that it cannot be given keys

    class Meta:
        table_name = "e2e_device"
        primary_key = CompositeKey("user_id", "device_id")


class OlmSessionRow(CoreTable):
    """A channel to one device, known by its owner and its Curve25519 key.

    Anybody can claim anybody's key in a device of their own: what was opened with their one-time keys is not for the other.
    """

    session_id = CharField()
    user_id = CharField()
    curve25519 = CharField()
    pickle = TextField()  # device key
    used_at = FloatField()  # the newest is the one to encrypt with

    class Meta:
        table_name = "e2e_olm_session"
        primary_key = CompositeKey("user_id", "curve25519", "session_id")


class RoomKeyRow(CoreTable):
    """A key that messages of a room are read with. `user_id`: who gave it, and whose messages it reads; nobody else's.

    A session may be there twice: who was given somebody's key can give it to us as their own, and must not be first with it.
    """

    room_id = CharField()
    session_id = CharField()
    user_id = CharField()
    curve25519 = CharField()  # device that it came from
    ed25519 = CharField(null=True)
    pickle = TextField()  # secrets' key
    first_index = IntegerField()
    at = FloatField()

    class Meta:
        table_name = "e2e_room_key"
        primary_key = CompositeKey("room_id", "session_id", "user_id")


class ReadIndexRow(CoreTable):
    """Which event used a place of a key: a second one with the same place is a forgery (replay)."""

    session_id = CharField()
    user_id = CharField()
    place = IntegerField()
    event_id = CharField()

    class Meta:
        table_name = "e2e_read"
        primary_key = CompositeKey("session_id", "user_id", "place")


class WithheldRow(CoreTable):
    """A device told that it does not give us a key, and why (``m.room_key.withheld``)."""

    room_id = CharField()
    session_id = CharField()  # "" for all of them (m.no_olm)
    user_id = CharField()
    code = CharField()
    at = FloatField()

    class Meta:
        table_name = "e2e_withheld"
        primary_key = CompositeKey("room_id", "session_id", "user_id")


class OutboundRow(CoreTable):
    """A session of ours. `pickle` is empty once it is over; `session_key` is what it began with (secrets' key)."""

    session_id = CharField(primary_key=True)
    room_id = CharField(index=True)
    pickle = TextField()  # device key
    session_key = TextField()
    messages = IntegerField(default=0)
    at = FloatField()
    over = BooleanField(default=False)

    class Meta:
        table_name = "e2e_outbound"
        indexes = (SQL("CREATE UNIQUE INDEX IF NOT EXISTS e2e_outbound_current ON e2e_outbound (room_id) WHERE NOT over"),)


class ShareRow(CoreTable):
    """Who is given a session of ours. `device_id` "": the person may read it from its beginning, with whatever device.

    `state`: 0 has to be told, 1 on its way (a row of `e2e_to_device`), 2 given, 3 cannot be given (no one-time key).
    `asked_at`: when the device last asked for it; negative while it has not been answered.
    """

    session_id = CharField()
    user_id = CharField()
    device_id = CharField()
    curve25519 = CharField(default="")
    place = IntegerField(default=0)  # index from which it can read
    state = IntegerField(default=2)
    asked_at = FloatField(null=True)

    class Meta:
        table_name = "e2e_share"
        primary_key = CompositeKey("session_id", "user_id", "device_id")
        indexes = (SQL("CREATE INDEX IF NOT EXISTS e2e_share_asked ON e2e_share (asked_at) WHERE asked_at < 0"),)


class ToDeviceRow(CoreTable):
    """A to-device message that the homeserver has to accept; gone when it has. `messages`: JSON of user → device → content."""

    id = AutoField()
    txn_id = CharField(unique=True)
    kind = CharField()
    messages = BlobField()
    session_id = CharField(null=True)  # the session of ours that it gives

    class Meta:
        table_name = "e2e_to_device"


class KeptRow(CoreTable):
    """An encrypted event that cannot be read yet. `event`: as it came. In the order of `seq` within a room.

    `asked_at`: its key was asked for. `told_at`: its writer has been told, or need not be; from then on nothing waits for it.
    `heard_at`: its writer, who had been told of it, could be read again: they have said it once more.
    """

    seq = AutoField()
    event_id = CharField(unique=True)
    room_id = CharField()
    user_id = CharField()
    session_id = CharField(index=True)
    event = BlobField()
    at = FloatField()
    asked_at = FloatField(null=True)
    told_at = FloatField(null=True)
    heard_at = FloatField(null=True)

    class Meta:
        table_name = "e2e_kept"
        indexes = ((("room_id", "user_id"), False),)


class ToldRow(CoreTable):
    """Who was told that we cannot read them. `heard_at`: when we could for the first time after that."""

    room_id = CharField()
    user_id = CharField()
    at = FloatField()
    heard_at = FloatField(null=True)

    class Meta:
        table_name = "e2e_told"
        primary_key = CompositeKey("room_id", "user_id")


class EncryptedRoomRow(CoreTable):
    """What is known of a room; no row means that it has to be asked for. `algorithm` is None where it is not encrypted.

    `stale`: unless 0 it has to be asked for again; it grows with each change, so that an answer which one has overtaken is not
    believed. That a room is encrypted stays known for ever.
    """

    room_id = CharField(primary_key=True)
    algorithm = CharField(null=True)
    period = FloatField(default=604_800)  # seconds after which a session is replaced
    messages = IntegerField(default=100)  # messages after which it is
    invited_read = BooleanField(default=False)  # who is invited may read what was said since (history visibility)
    stale = IntegerField(default=1)

    class Meta:
        table_name = "e2e_room"


class RoomMemberRow(CoreTable):
    """Who is in an encrypted room. `membership`: join or invite."""

    room_id = CharField()
    user_id = CharField(index=True)
    membership = CharField()

    class Meta:
        table_name = "e2e_member"
        primary_key = CompositeKey("room_id", "user_id")


TABLES: tuple[type[CoreTable], ...] = (
    OwnDeviceRow,
    SecretRow,
    TrackedUserRow,
    DeviceRow,
    OlmSessionRow,
    RoomKeyRow,
    ReadIndexRow,
    WithheldRow,
    OutboundRow,
    ShareRow,
    ToDeviceRow,
    KeptRow,
    ToldRow,
    EncryptedRoomRow,
    RoomMemberRow,
)
