"""What a handler is given: where it is, who spoke, and the effects it may ask for.

Nothing here talks to the homeserver. Effects become rows in the transaction of the handler and are sent afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any, Protocol, TypeVar
from zoneinfo import ZoneInfo

from ..domain.content import AnyContent, Content, FileContent, MediaContent, Target
from ..domain.facts import MessageSent
from ..domain.ids import ClassId, EffectKey, EventId, HouseholdId, PersonId, RoomId
from ..domain.people import Household, Person, Roster
from ..domain.time import OfficeHours, QuietHours
from .between import News, Request
from .plugin import CardKind, Command, Job

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Klass:
    """A class as plugins see it."""

    id: ClassId
    name: str
    language: str  # "ru" or "en"
    zone: ZoneInfo
    quiet: QuietHours
    office: OfficeHours | None = None  # when staff answer; None: not said
    digest: time | None = time(18)  # when households that want it hear what awaits them, local; None: never
    digest_for_all: bool = False  # whether also those hear it that have not said anything


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the class. `role`: "announcements", "staff", "desk", "private" (a chat with the bot), …

    `household`: whose desk it is.
    """

    id: RoomId
    role: str
    household: HouseholdId | None = None

    @property
    def shared(self) -> bool:
        """Whether families may read along. A "private" chat was made by somebody who may have invited others too."""
        return self.role != "staff"


@dataclass(frozen=True, slots=True)
class Subject:
    """What one of the plugin's own messages is about."""

    kind: str
    id: str


class View(Protocol):
    """What a card's renderer may look at."""

    @property
    def klass(self) -> Klass: ...
    @property
    def now(self) -> datetime:
        """Aware, in the class's time zone."""
        ...

    @property
    def roster(self) -> Roster: ...
    @property
    def options(self) -> Any:
        """The plugin's options for this class: an instance of `Plugin.config`."""
        ...

    def text(self, key: str, *, language: str | None = None, **values: object) -> str:
        """A text of the plugin's catalogue, in the class's language unless told."""
        ...

    def listed(self, key: str) -> list[str]:
        """A text of the plugin's catalogue that is a list with commas, in all languages: words that people may use."""
        ...

    def date(self, moment: datetime, *, language: str | None = None) -> str:
        """A moment as people say it: "пт, 20 ноября, 18:00"."""
        ...

    def posted(self, subject: Subject) -> Sequence[EffectKey]:
        """Keys of the plugin's messages about `subject`, oldest first: targets for reactions, replies, poll ends."""
        ...

    def may_read_desk(self, person: Person, household: Household) -> bool:
        """Whether somebody may know what is said in a household's desk: its own adults, the class's teachers, and the
        substitutes and specialists whom a teacher has let in.
        """
        ...

    def language_of(self, household: Household) -> str:
        """The language in which to write to a household: its adults' own where they agree, else the class's."""
        ...

    def quiet_until(self, household: Household) -> datetime | None:
        """The end of the quiet hours in which somebody of the household is now, by their own hours or else the class's; None
        where nobody is. Aware, in the class's zone.
        """
        ...

    def arrived(self) -> frozenset[PersonId]:
        """Who has come into the class's rooms; whose account IT made is taken for somebody who has."""
        ...

    def seen(self, target: Target) -> frozenset[PersonId]:
        """Who has opened the announcements room since a message there was sent (ours, or somebody's of the last weeks), by read
        receipts. No confirmation of anything, and nobody where receipts are switched off (`connection.receipts`).
        """
        ...

    def read(self, kind: Any, text: str, *, at: int | None = None) -> Any:
        """Read a text as one of the types of arguments (`When`, `Days`, `Family`, …); None where it is something else.

        Args:
            kind: the type.
            text: what somebody wrote.
            at: when they did, milliseconds since 1970 like `Fact.at`, so that "завтра" is the day after that; now unless told.

        Raises:
            UserError: it is of that type, but wrong; the sentence says why.
        """
        ...

    def ask(self, request: Request[T]) -> T | None:
        """Ask another plugin, see `between`; None where no plugin of the class serves it.

        Raises:
            PluginError: it changes something, and this is not a handler.
        """
        ...


class Context(View, Protocol):
    """What a command, listener or job may do."""

    @property
    def room(self) -> Room:
        """Where the fact happened; in a job, the class's staff room."""
        ...

    @property
    def person(self) -> Person | None:
        """Who acted, by user ID from the roster; None for strangers and in jobs."""
        ...

    @property
    def language(self) -> str:
        """The acting person's language."""
        ...

    @property
    def event_id(self) -> EventId | None:
        """The event that is being handled; None in jobs."""
        ...

    @property
    def occurred(self) -> int:
        """When the handled event happened by the homeserver's clock, milliseconds since 1970 like `Fact.at`; in jobs, `now`."""
        ...

    @property
    def reply_to(self) -> EventId | None:
        """The event that a command was written in reply to, or in whose thread."""
        ...

    def subject(self, event_id: EventId) -> Subject | None:
        """What the plugin's own message `event_id` is about; None if it is not one of the plugin's."""
        ...

    def author_of(self, event_id: EventId) -> Person | None:
        """Who of the class sent an event of its rooms; None for strangers, and for what is weeks old."""
        ...

    def is_taken(self, event_id: EventId) -> bool:
        """Whether words of a guardian in this room were acted on (`Plugin.take`), by whichever plugin; False for old ones."""
        ...

    def message_of(self, event_id: EventId) -> MessageSent | None:
        """A message of this room as it was first written; None for what is weeks old, or none."""
        ...

    def command_in(self, body: str) -> Command | None:
        """The command that the person would give with this message, as which an edited one may be read; None for talk.

        Raises:
            UserError: what would be said of it: its arguments do not fit, or it looks like another command.
        """
        ...

    def reply(self, key: str, **values: object) -> None:
        """Answer the person, here, in their language. Use `reply_privately` for what families must not read."""
        ...

    def reply_privately(self, key: str, **values: object) -> None:
        """Answer staff in the staff room and guardians in their desk; where they are not there now, with a ✅ here."""
        ...

    def reply_content(self, content: AnyContent, *, privately: bool = False) -> None:
        """Answer with structure (a list, a table)."""
        ...

    def post(self, content: AnyContent, *, room: str | RoomId, about: Subject | None = None) -> EffectKey:
        """Send to a room of this class, given by role or ID.

        `about` makes later reactions and votes find their subject; the event ID comes later, the key is good as a target
        at once. In the class's quiet hours nothing is loud and nobody is mentioned, whatever `content` says.
        """
        ...

    def tell(self, households: Sequence[Household], key: str, **values: object) -> None:
        """Send one line to the desk of each household, in its language, at once, loud outside its quiet hours; not to people
        with a court limit. For what may wait until the quiet hours are over, `write`.
        """
        ...

    def write(
        self,
        household: Household,
        content: Content,
        *,
        about: Subject | None = None,
        buttons: Sequence[str] = (),
        files: Sequence[FileContent | MediaContent] = (),
        urgent: bool = False,
    ) -> datetime | None:
        """Send a letter to a household's desk; nothing where nobody of it can be reached (`Household.reachable`).

        What is loud is held through the quiet hours of the household, unless `urgent`; what is not is sent at once. Of letters
        within a minute only the first is loud, and `urgent` ones.

        Args:
            household: whose.
            content: in its language (`language_of`).
            about: see `post`.
            buttons: reactions that are put below, to be tapped.
            files: sent right behind it, and held with it.
            urgent: not held, and loud also in quiet hours.

        Returns:
            When it will be delivered, aware, in the class's zone, if it is held: say so to whoever sent it.
        """
        ...

    def announce(self, news: News) -> None:
        """Tell the other plugins of the class, see `between`. Their handlers run now."""
        ...

    def tell_staff(self, key: str, **values: object) -> None:
        """Send a line to the staff room. What jobs of one moment say is one message."""
        ...

    def react(self, target: Target, key: str, *, room: str | RoomId) -> None: ...

    def redact(self, target: Target, *, room: str | RoomId, reason: str = "") -> None: ...

    def card(self, kind: CardKind, subject: str, *, room: str | RoomId) -> EffectKey:
        """Post the card of `subject`: rendered after the handler, in the same transaction."""
        ...

    def refresh(self, kind: CardKind, subject: str, *, counts_only: bool = False) -> None:
        """The card's state changed: an edit follows shortly, one for all changes of a moment, none if it looks the same.

        `counts_only`: nothing changed but how many; such edits become rarer with every one of them.
        """
        ...

    def at(self, when: datetime, job: Job, *arguments: str | int) -> None:
        """Run `job` once at `when` (aware). The same job with the same arguments is moved, not doubled."""
        ...

    def cancel(self, job: Job, *arguments: str | int) -> None:
        """Forget a job that has not run."""
        ...
