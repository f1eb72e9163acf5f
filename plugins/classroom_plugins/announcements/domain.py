"""What an announcement is, and when a family has confirmed it. Times are the homeserver's, in milliseconds since 1970 (UTC).

Nothing is counted up or down: who has confirmed is computed from everything that happened, so that what arrives twice, late or
out of order leads to the same state.

- A family has confirmed where at least one confirmation of it stands: anybody's reaction, word in the desk, or what the teacher
  entered. What was taken back does not stand. That somebody has opened the room confirms nothing.
- A confirmation is of the text that stood there when it was given. After a correction it counts on, marked as one of the old
  text, unless the teacher asks anew (`Announcement.asks_from`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from classroom_matrix.domain.facts import Media
from classroom_matrix.domain.ids import EventId, FamilyId, PersonId

DAY = 24 * 3600 * 1000  # milliseconds
WORDS_COUNT = 14 * DAY
"""How long after the deadline a plain word in the desk may still mean a must-read."""
OPEN_WITHOUT_DEADLINE = 60 * DAY
MAX_BYTES = 10_000
"""Of a text, escaped: an edit carries it four times, and an event has room for about 50,000."""


class State(StrEnum):
    SCHEDULED = "scheduled"
    SENT = "sent"
    CANCELLED = "cancelled"  # before it was sent
    WITHDRAWN = "withdrawn"  # after


class Via(StrEnum):
    """How a family has confirmed."""

    REACTION = "reaction"  # in the announcements room
    LETTER = "letter"  # a reaction on a letter in the desk
    DESK = "desk"  # words in the desk or in a private chat
    PROXY = "proxy"  # entered by the teacher


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with an announcement. `kind`: image, video, audio or file."""

    kind: str
    media: Media


@dataclass(frozen=True, slots=True)
class Announcement:
    """Something the teacher tells all families.

    `number`: counted from 1 in each class. `source`: the command that made it. `own`: the teacher's own message in the
    announcements room, where that is the announcement; None where it is a card of ours. `room`: a room's ID or role.
    `due`: when it is to be sent, if it is not sent yet. `must`: families have to confirm it, `until` then.
    `follow_up`: the request to confirm stands in a card of its own, below a message that was there before.
    `version`: of the text, from 1; `told_version`: the newest that was announced in the room; `asks_from`: confirmations of
    older ones do not count. `loud`: it raised a badge. `changes`: how often its deadline or state changed,
    and `changed_at` for the last time.
    `reported`: staff were told how it ended.
    """

    id: int
    class_id: str
    number: int
    author: PersonId
    text: str
    attachments: tuple[Attachment, ...]
    state: State
    room: str
    created_at: int
    source: EventId
    own: EventId | None = None
    due: int | None = None
    sent_at: int | None = None
    urgent: bool = False
    loud: bool = True
    must: bool = False
    until: int | None = None
    follow_up: bool = False
    version: int = 1
    told_version: int = 1
    asks_from: int = 1
    changes: int = 0
    changed_at: int | None = None
    reported: bool = False

    @property
    def is_asking(self) -> bool:
        return self.must and self.state is State.SENT

    def takes_words(self, at: int) -> bool:
        """Whether a word that was written at `at` may confirm it."""
        if not self.is_asking or self.sent_at is None or at < self.sent_at:
            return False
        return at <= (self.sent_at + OPEN_WITHOUT_DEADLINE if self.until is None else self.until + WORDS_COUNT)

    def is_late(self, at: int) -> bool:
        return self.until is not None and at > self.until


@dataclass(frozen=True, slots=True)
class Version:
    """A text that an announcement had from `at` on."""

    number: int
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class Confirmation:
    """One act of confirming. `source`: the event that it is. `person`: the guardian, or who entered it.

    `how`: in the words of who entered it.
    """

    source: EventId
    family: FamilyId
    person: PersonId
    via: Via
    at: int
    how: str = ""
    struck_at: int | None = None


def entry_source(event_id: EventId, place: int) -> EventId:
    """The `source` of what a command enters for the family at a place, from 0: each has one of its own."""
    return EventId(f"{event_id}#{place}") if place else event_id


@dataclass(frozen=True, slots=True)
class Standing:
    """That a family has confirmed: by what, how late, and which text. `version`: the newest that it has confirmed."""

    by: Confirmation
    version: int
    late: bool
    old: bool


def version_at(versions: Sequence[Version], at: int) -> int:
    """The number of the text that stood there at a time; the first one's before all."""
    return max((version.number for version in versions if version.at <= at), default=1)


def standing(
    announcement: Announcement, versions: Sequence[Version], confirmations: Iterable[Confirmation]
) -> Mapping[FamilyId, Standing]:
    """The families that have confirmed. Of several acts the first one of the newest text is shown."""
    found: dict[FamilyId, list[tuple[int, Confirmation]]] = {}
    for each in confirmations:
        version = version_at(versions, each.at)
        if each.struck_at is None and version >= announcement.asks_from:
            found.setdefault(each.family, []).append((version, each))
    return {family: _standing(announcement, acts) for family, acts in found.items()}


def _standing(announcement: Announcement, acts: Sequence[tuple[int, Confirmation]]) -> Standing:
    version, shown = min(acts, key=lambda act: (-act[0], act[1].at, act[1].source))
    late = announcement.is_late(min(act.at for _, act in acts))
    return Standing(shown, version, late, old=version < announcement.version)


_SKIN = {chr(code) for code in range(0x1F3FB, 0x1F400)}
_TAPS = frozenset({"✅", "👍", "✔", "☑", "👌", "🆗", "+", "ok", "ок", "да", "yes"})


def is_tap(key: str) -> bool:
    """Whether a reaction, or a message of nothing else, is one that confirms: ✅ and what people take for it."""
    plain = "".join(letter for letter in key if letter not in _SKIN and letter != "\N{VARIATION SELECTOR-16}")
    return plain.strip(" .!").casefold() in _TAPS


class Channel(StrEnum):
    """How a family was reached."""

    APP = "app"
    PHONE = "phone"
    PAPER = "paper"
    TALK = "talk"  # in some other way, by the teacher


_PHONE = ("тел", "звон", "смс", "sms", "phone", "call", "rang")
_PAPER = ("бума", "запис", "дневник", "paper", "note", "diary")


def channel_of(how: str) -> Channel:
    """What the teacher's words about a proxy entry mean."""
    said = how.casefold()
    if any(word in said for word in _PHONE):
        return Channel.PHONE
    return Channel.PAPER if any(word in said for word in _PAPER) else Channel.TALK


def local(at: int, zone: tzinfo) -> datetime:
    """A time in milliseconds as a moment in `zone`."""
    return datetime.fromtimestamp(at / 1000, zone)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
