"""What the service says, as structure: escaping and Matrix's JSON happen in one place, `matrix.render`.

Strings anywhere in here are plain text from anybody; nothing in them is ever read as markup.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

from .facts import Media
from .ids import EffectKey, EventId, RoomId, UserId

Target = EventId | EffectKey
"""An event to relate to: its ID, or the key of an effect of ours that the homeserver may not have answered yet."""


@dataclass(frozen=True, slots=True)
class Bold:
    text: str


@dataclass(frozen=True, slots=True)
class Muted:
    """Small print."""

    text: str


@dataclass(frozen=True, slots=True)
class EventLink:
    """Leads to a message; clients show the room's name to whoever is there, and nothing to others."""

    room_id: RoomId
    event_id: EventId

    @property
    def text(self) -> str:
        """Its address: https://spec.matrix.org/v1.13/appendices/#matrixto-navigation. It names nobody."""
        return f"https://matrix.to/#/{quote(self.room_id, safe='!:')}/{quote(self.event_id, safe='$:')}"


Span = str | Bold | Muted | EventLink


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    spans: tuple[Span, ...]

    def __init__(self, *spans: Span) -> None:
        object.__setattr__(self, "spans", spans)


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Line | Bullets | Table


@dataclass(frozen=True, slots=True)
class Content:
    """A text message.

    `loud`: raises a number on parents' badges (m.text); otherwise a grey dot (m.notice).
    `mention_room`: an @ as well. `mentions`: people who get a badge. Facts: matrix-facts, "What raises a badge".
    """

    blocks: tuple[Block, ...]
    loud: bool = False
    mention_room: bool = False
    mentions: tuple[UserId, ...] = ()
    reply_to: Target | None = None
    thread: Target | None = None

    @classmethod
    def line(cls, text: str, *, loud: bool = False) -> Content:
        """A message of plain lines."""
        return cls(tuple(Line(part) for part in text.split("\n")), loud=loud)


@dataclass(frozen=True, slots=True)
class PollContent:
    """A native poll (MSC3381). `answers`: (id, text), at most 20. `fallback`: for clients without polls."""

    question: str
    answers: tuple[tuple[str, str], ...]
    fallback: str
    disclosed: bool = False
    mention_room: bool = True


@dataclass(frozen=True, slots=True)
class PollEndContent:
    poll: Target
    text: str


@dataclass(frozen=True, slots=True)
class ReactionContent:
    target: Target
    key: str


@dataclass(frozen=True, slots=True)
class MediaContent:
    """A file that is on the homeserver already, such as a photo that the teacher forwarded. `kind`: image, video, audio, file.

    Clients count it like loud text: no push rule knows quiet pictures, so mind the quiet hours. `caption`: plain text, may be
    empty.
    """

    media: Media
    kind: str
    caption: str = ""
    thread: Target | None = None


@dataclass(frozen=True, slots=True)
class FileContent:
    """A small file that we made (a calendar entry, a table): uploaded when it is sent. `data`: at most 30,000 bytes."""

    filename: str
    mimetype: str
    data: bytes
    thread: Target | None = None


@dataclass(frozen=True, slots=True)
class VerificationCancelContent:
    """Ends the dialog that somebody's app shows since it sent `request`. `reason`: for apps that do not know the code."""

    request: EventId
    reason: str


AnyContent = Content | PollContent | PollEndContent | ReactionContent | MediaContent | FileContent | VerificationCancelContent


@dataclass(frozen=True, slots=True)
class Redaction:
    target: Target
    reason: str = field(default="")
