"""What a written consultation is. Times are the homeserver's, in milliseconds since 1970 (UTC).

Nothing is stored but who did something in a desk, and when: *words*. The consultations of a household are computed from all
of its words, ordered by the homeserver's time and then by event ID; so whatever arrives twice, late or out of order leads to
the same state, and what is taken back has never been.

1. What a guardian writes and wants answered opens a consultation, or belongs to the one that is open.
2. Whatever staff write answers it; so does a friendly reaction of theirs, for what was written up to then.
3. A guardian's thanks close what was answered; a guardian's next question opens it again.
4. Staff close it with ✅ (what was written up to the message below it) or a command, and may take it to a meeting.
5. What was answered closes by itself when nobody has said anything for some days.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from classroom_matrix.domain.ids import EventId, HouseholdId, PersonId, RoomId


class Kind(StrEnum):
    """What a word does."""

    ASKS = "asks"  # a guardian: to be answered
    THANKS = "thanks"  # a guardian: understood
    TALK = "talk"  # a guardian: a greeting and the like
    ANSWERS = "answers"  # staff
    CLOSES = "closes"  # staff
    MEETS = "meets"  # staff: taken to a meeting

    @property
    def is_of_staff(self) -> bool:
        return self in (Kind.ANSWERS, Kind.CLOSES, Kind.MEETS)


class State(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    MEETING = "meeting"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Word:
    """Something that was said or done in a desk. `source`: the event that it is.

    `target`: the event that it is a reaction to. `judged_at`: the time of the newest text that `kind` was judged by.
    `struck_at`: when it was taken back.
    """

    source: EventId
    household: HouseholdId
    room: RoomId
    person: PersonId
    kind: Kind
    at: int
    target: EventId | None = None
    judged_at: int = 0
    struck_at: int | None = None

    @property
    def order(self) -> tuple[int, str]:
        return self.at, self.source


@dataclass(frozen=True, slots=True)
class Consultation:
    """A question of a household and what followed.

    `began`: its first word. `pending`: what is not answered, oldest first; never empty while it is open. `last`: its latest
    word. `closed_at`: None unless it is closed.
    """

    began: Word
    state: State
    pending: tuple[Word, ...]
    last: Word
    closed_at: int | None = None

    @property
    def household(self) -> HouseholdId:
        return self.began.household

    @property
    def since(self) -> Word:
        """Since when it is as it is: the first word without an answer, or the latest one."""
        return self.pending[0] if self.pending else self.last


def consultations(words: Iterable[Word], now: int, settles_after: int) -> list[Consultation]:
    """All consultations of one household, oldest first; only the last may be other than closed.

    Args:
        words: of one household, in any order.
        now: words after it have not happened yet.
        settles_after: milliseconds of silence after which what was answered is closed.
    """
    known = {word.source: word for word in words if word.struck_at is None and word.at <= now}
    found: list[Consultation] = []
    for word in sorted(known.values(), key=lambda each: each.order):
        target = known.get(word.target) if word.target else None
        if word.target and target is None:
            continue  # a reaction to something that is no word, or not any more
        if found:
            found[-1] = _settled(found[-1], word.at, settles_after)
        if found and found[-1].state is not State.CLOSED:
            found[-1] = _after(found[-1], word, target)
        elif word.kind is Kind.ASKS:
            found.append(Consultation(word, State.OPEN, (word,), word))
        elif word.kind is Kind.MEETS:
            found.append(Consultation(word, State.MEETING, (), word))
    if found:
        found[-1] = _settled(found[-1], now, settles_after)
    return found


def current(found: Sequence[Consultation]) -> Consultation | None:
    """The consultation that is not closed."""
    return found[-1] if found and found[-1].state is not State.CLOSED else None


def _settled(one: Consultation, at: int, settles_after: int) -> Consultation:
    if one.state in (State.ANSWERED, State.MEETING) and at - one.last.at >= settles_after:
        return replace(one, state=State.CLOSED, closed_at=one.last.at + settles_after)
    return one


def _after(one: Consultation, word: Word, target: Word | None) -> Consultation:
    """A consultation that is not closed, after one more word. `target`: what it reacts to, if it is a reaction."""
    match word.kind:
        case Kind.ASKS:
            return replace(one, state=State.OPEN, pending=(*one.pending, word), last=word)
        case Kind.MEETS:
            return replace(one, state=State.MEETING, pending=(), last=word)
        case Kind.ANSWERS | Kind.CLOSES:
            return _dealt_with(one, word, target)
        case Kind.THANKS if one.state is State.ANSWERED and (target is None or target.kind.is_of_staff):
            return replace(one, state=State.CLOSED, last=word, closed_at=word.at)
    return one


def _dealt_with(one: Consultation, word: Word, target: Word | None) -> Consultation:
    if target is not None and target.order < one.began.order:
        return one  # a reaction to something of an earlier consultation
    left = tuple(each for each in one.pending if target is not None and each.order > target.order)
    if left:
        return replace(one, pending=left, last=word)
    if word.kind is Kind.CLOSES:
        return replace(one, state=State.CLOSED, pending=(), last=word, closed_at=word.at)
    return replace(one, state=State.ANSWERED if one.state is State.OPEN else one.state, pending=(), last=word)
