"""What happened, in the house's own words.

A fact is a Matrix event after decryption and translation. Facts are stored as JSON in the inbox and read back as the
same type (`encode`, `decode`), so a field may be added with a default, never removed or renamed.
"""

from __future__ import annotations

import msgspec

from .ids import EventId, RoomId, UserId


class Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False, tag_field="fact", tag=True):
    """Common to all facts. `at`: the homeserver's time of the event, milliseconds since 1970 (UTC)."""

    event_id: EventId
    room_id: RoomId
    sender: UserId
    at: int


class FileKey(msgspec.Struct, frozen=True):
    """What a file of an encrypted room is read with (spec, "Sending encrypted attachments"): all in base64 as they come."""

    key: str  # AES-256-CTR, the "k" of the JWK
    iv: str
    sha256: str


class Media(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file that came with a message. `size` in bytes. `key`: of a file that is encrypted."""

    url: str
    filename: str
    mimetype: str = ""
    size: int = 0
    key: FileKey | None = None


class MessageSent(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A message. `kind`: Matrix msgtype without "m." (text, notice, emote, image, video, audio, file)."""

    body: str
    kind: str = "text"
    reply_to: EventId | None = None
    thread: EventId | None = None
    replaces: EventId | None = None  # set where this message is an edit of an earlier one
    media: Media | None = None


class ReactionAdded(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    target: EventId
    key: str


class EventRedacted(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A message, reaction or vote was taken back."""

    target: EventId


class Answer(msgspec.Struct, frozen=True):
    id: str
    text: str


class PollStarted(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Somebody started a native poll with the client's own menu (MSC3381)."""

    question: str
    answers: tuple[Answer, ...]
    disclosed: bool = True
    thread: EventId | None = None


class PollVoted(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A vote in a native poll. Every changed vote is a new event; no answers means the vote is taken back."""

    target: EventId
    answers: tuple[str, ...]


class PollEnded(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    target: EventId


class MemberInvited(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    user_id: UserId


class MemberJoined(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Came in, or is there and has another name or picture. `name`: what they call themselves."""

    user_id: UserId
    name: str = ""


class MemberLeft(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Left, was removed, or was banned: `sender` differs from `user_id` in the latter cases."""

    user_id: UserId


class RoomStateChanged(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """State other than membership changed (name, topic, power levels, join rules, …)."""

    type: str
    state_key: str = ""


class RoomTombstoned(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """The room was replaced (upgraded)."""

    replacement: RoomId


class MessageUndecryptable(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Somebody's encrypted messages in a room cannot be read, and their key does not come: once, not for each message.

    `event_id` is not the message's, which may still become readable. `message`: the first of them. `reason`: why their device
    withholds the key, as ``m.room_key.withheld`` says it ("m.unverified", "m.blacklisted", …); empty where it says nothing.
    """

    message: EventId | None = None
    reason: str = ""


class VerificationAsked(Fact, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """Somebody wants to compare emojis, or a QR code, with somebody in the room (spec, "Key verification framework").

    `of`: with whom; two members may do so in a room where we are.
    """

    of: UserId


AnyFact = (
    MessageSent
    | ReactionAdded
    | EventRedacted
    | PollStarted
    | PollVoted
    | PollEnded
    | MemberInvited
    | MemberJoined
    | MemberLeft
    | RoomStateChanged
    | RoomTombstoned
    | MessageUndecryptable
    | VerificationAsked
)

_POINTING = (ReactionAdded, PollVoted, PollEnded, EventRedacted)


def points_at(fact: AnyFact) -> EventId | None:
    """The message that a fact is about, if it is about one: of a word in a thread, the thread's first."""
    if isinstance(fact, MessageSent):
        return fact.reply_to or fact.thread
    return fact.target if isinstance(fact, _POINTING) else None


encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(AnyFact).decode
