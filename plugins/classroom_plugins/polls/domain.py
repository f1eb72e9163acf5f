"""What a poll is and how its votes are counted. Times are the homeserver's, in milliseconds since 1970 (UTC).

Nothing is counted up or down. The state of a poll is computed from the set of everything that happened, ordered by the
homeserver's time and then by event ID; so whatever arrives twice, late or out of order leads to the same state.

How a family's vote is found:

1. Each voice has a line of its own: a guardian's votes in the native poll, the same guardian's reactions, the same
   guardian's answers in the desk, and what the teacher entered for the family.
   What was redacted is no part of a line, nor is what came after the poll's end.
2. A voice says what the last entry of its line says. An entry without a choice (an emptied native vote) says nothing, so
   that the voice is silent; a redaction lets the entry before it speak again, as a reaction that still stands does.
3. Of the voices that say something, the one that spoke last is the family's vote.

The end is the earliest of everything that ends the poll: its deadline, a command, the end or the removal of the native poll.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from enum import StrEnum
from fractions import Fraction

from classroom_matrix.domain.ids import EventId, FamilyId, PersonId

MIN_OPTIONS = 2
MAX_OPTIONS = 20  # Element shows no more
MAX_QUESTION = 300  # characters
MAX_OPTION = 100

_KEYCAP = "\N{VARIATION SELECTOR-16}\N{COMBINING ENCLOSING KEYCAP}"


class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class End:
    """Something that ends a poll. `source`: the event that it is, empty for the deadline."""

    state: State
    at: int
    source: str

    @property
    def order(self) -> tuple[int, str]:
        return self.at, self.source

    def or_deadline(self, until: int | None) -> End:
        """What ends a poll with this deadline: nothing does after it, however late it is noticed."""
        return self if until is None or self.at < until else End(State.CLOSED, until, "")


class Via(StrEnum):
    """How a vote was given."""

    NATIVE = "native"
    REACTION = "reaction"
    DESK = "desk"  # written into the household's desk or a private chat
    PROXY = "proxy"  # entered by the teacher


@dataclass(frozen=True, slots=True)
class Option:
    """A possible answer. `id`: what native votes carry."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Poll:
    """A question to the families of a class.

    `number`: counted from 1 in each class. `room`: where it stands, a room's ID or role. `native`: the event of a poll that
    was started with a client's menu; None where we posted it ourselves. `electorate`: the families of the class when the poll
    ended; None while it is open. `announced`: the outcome that was made known, as `Tally.outcome`. `secret`: votes must not be
    shown by family; no command opens such a poll yet. `origin`: for what another plugin opened it.
    """

    id: int
    class_id: str
    number: int
    question: str
    options: tuple[Option, ...]
    room: str
    opened_at: int
    until: int | None = None
    quorum: Fraction | None = None
    native: EventId | None = None
    state: State = State.OPEN
    closed_at: int | None = None
    electorate: frozenset[FamilyId] | None = None
    announced: str | None = None
    secret: bool = False
    origin: str | None = None

    @property
    def ends_at(self) -> int | None:
        """From when on nothing counts any more: also the deadline of a poll that is about to be closed."""
        return self.closed_at if self.closed_at is not None else self.until

    def is_over(self, at: int) -> bool:
        return self.ends_at is not None and at > self.ends_at

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True, slots=True)
class Ballot:
    """One act of voting. `source`: the event that it is. `voter`: the guardian, or who entered it for the family.

    `choice`: an option's ID, or None where the vote was taken back. `struck_at`: when its event was redacted.
    """

    source: EventId
    family: FamilyId
    voter: PersonId
    via: Via
    choice: str | None
    at: int
    struck_at: int | None = None

    @property
    def voice(self) -> tuple[Via, PersonId | None]:
        """Whose line it belongs to; what teachers enter is one line, whoever of them does it."""
        return self.via, self.speaker

    @property
    def speaker(self) -> PersonId | None:
        """Who has decided, by whatever way; the family by way of the teacher is nobody in particular."""
        return None if self.via is Via.PROXY else self.voter

    @property
    def order(self) -> tuple[int, str]:
        return self.at, self.source

    def counts_until(self, ends_at: int | None) -> bool:
        if ends_at is None:
            return self.struck_at is None
        return self.at <= ends_at and (self.struck_at is None or self.struck_at > ends_at)


def standing_vote(ballots: Iterable[Ballot], ends_at: int | None) -> Ballot | None:
    """The vote of a family, out of everything that it did; None if it has none."""
    last: dict[tuple[Via, PersonId | None], Ballot] = {}
    for ballot in sorted(ballots, key=lambda ballot: ballot.order):
        if ballot.counts_until(ends_at):
            last[ballot.voice] = ballot
    speaking = [ballot for ballot in last.values() if ballot.choice is not None]
    return max(speaking, key=lambda ballot: ballot.order, default=None)


@dataclass(frozen=True, slots=True)
class Tally:
    """The state of a poll. `counts`: families by option ID, in the poll's order; `voted`: families with a vote."""

    counts: Mapping[str, int]
    voted: frozenset[FamilyId]
    electorate: frozenset[FamilyId]
    quorum: Fraction | None

    @property
    def needed(self) -> int | None:
        """Families needed for the quorum: the smallest whole number that is at least its share."""
        return None if self.quorum is None else -(-self.quorum.numerator * len(self.electorate) // self.quorum.denominator)

    @property
    def has_quorum(self) -> bool:
        """Also true where none is asked for."""
        return self.needed is None or len(self.voted) >= self.needed

    @property
    def turnout(self) -> Fraction:
        return Fraction(len(self.voted), len(self.electorate)) if self.electorate else Fraction(0)

    @property
    def leaders(self) -> tuple[str, ...]:
        """Options with the most votes: none where nobody voted, several where they are level."""
        most = max(self.counts.values(), default=0)
        return tuple(option for option, count in self.counts.items() if count == most) if most else ()

    @property
    def winner(self) -> str | None:
        """The option that is ahead of all others, with the quorum reached; None where nothing is decided."""
        return self.leaders[0] if self.has_quorum and len(self.leaders) == 1 else None

    @property
    def outcome(self) -> str:
        """What the poll decided, as a short text to compare: leading options and whether the quorum was reached."""
        return ",".join(self.leaders) + ("" if self.has_quorum else " without quorum")


def tally(poll: Poll, ballots: Iterable[Ballot], families: Collection[FamilyId]) -> Tally:
    """Count. `families`: those of the class now; those at the poll's end count where it has ended."""
    electorate = frozenset(families) if poll.electorate is None else poll.electorate
    by_family: dict[FamilyId, list[Ballot]] = {}
    for ballot in ballots:
        if ballot.family in electorate:
            by_family.setdefault(ballot.family, []).append(ballot)
    votes = {family: standing_vote(own, poll.ends_at) for family, own in by_family.items()}
    choices = {family: vote.choice for family, vote in votes.items() if vote and poll.option(vote.choice or "")}
    counted = Counter(choices.values())
    counts = {option.id: counted[option.id] for option in poll.options}
    return Tally(counts, frozenset(choices), electorate, poll.quorum)


def native_counts(poll: Poll, ballots: Iterable[Ballot]) -> Mapping[str, int]:
    """What clients show below the native poll: accounts by option ID, in the poll's order."""
    last: dict[PersonId, Ballot] = {}
    for ballot in sorted(ballots, key=lambda ballot: ballot.order):
        if ballot.via is Via.NATIVE and ballot.counts_until(poll.ends_at):
            last[ballot.voter] = ballot
    counted = Counter(ballot.choice for ballot in last.values())
    return {option.id: counted[option.id] for option in poll.options}


def is_change_of_mind(before: Ballot | None, after: Ballot | None) -> bool:
    """Whether somebody else of the family now decides, and differently."""
    return before is not None and after is not None and before.choice != after.choice and before.speaker != after.speaker


def struck(ballot: Ballot, at: int) -> Ballot:
    """The ballot after its event was redacted at `at`; the earliest redaction is the one that counts."""
    return replace(ballot, struck_at=at if ballot.struck_at is None else min(ballot.struck_at, at))


def mark(position: int) -> str:
    """The button of the option at `position` (from 1): a keycap up to ten, plain beyond."""
    if position < 10:
        return f"{position}{_KEYCAP}"
    return "🔟" if position == 10 else f"{position}."


def position_of(key: str) -> int | None:
    """The position that a reaction or a word names: "2️⃣" as any client writes it, "2", "№2", "2."."""
    plain = key.strip().strip(_KEYCAP).strip("№#. ")
    if plain == "🔟":
        return 10
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) <= 2 else None


def option_named(options: Sequence[Option], said: str) -> Option | None:
    """The option that somebody means by its number, its text, or the beginning of its text if no other begins so."""
    position = position_of(said)
    if position is not None:
        return options[position - 1] if 0 < position <= len(options) else None
    wanted = same(said)
    exact = [option for option in options if same(option.text) == wanted]
    likely = exact or [option for option in options if wanted and same(option.text).startswith(wanted)]
    return likely[0] if len(likely) == 1 else None


def same(text: str) -> str:
    """Texts that people take for the same one are the same here."""
    return " ".join(text.casefold().replace("ё", "е").split()).strip(" .!?")


def local(at: int, zone: tzinfo) -> datetime:
    """A time in milliseconds as a moment in `zone`."""
    return datetime.fromtimestamp(at / 1000, zone)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
