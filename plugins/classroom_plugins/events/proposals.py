"""Ideas and the polls between them, as they are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peewee import fn

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId

from .domain import Event
from .tables import IdeaRow, PollRow


class IdeaState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    POLL = "poll"  # the families decide
    OUTVOTED = "outvoted"
    CLOSED = "closed"  # the event was cancelled, or is over


@dataclass(frozen=True, slots=True)
class Idea:
    """A proposal. `public`: it was made where others read; `named`: the author agreed to be named."""

    id: int
    class_id: str
    number: int
    event_id: int | None
    text: str
    person: PersonId
    family: FamilyId | None
    household: HouseholdId | None
    source: str
    public: bool
    named: bool
    at: int
    state: IdeaState
    reason: str
    poll: int | None


@dataclass(frozen=True, slots=True)
class Rivals:
    """A poll between ideas. `options`: the texts of its options by the ideas' IDs."""

    number: int
    event_id: int | None
    options: dict[int, str]
    ended: bool
    outcome: str | None


_IDEA = (
    "id, class_id, number, event_id, text, person_id, family_id, household_id, source, public, named, at, state, reason, poll"
)


def ideas_where(condition: str, *values: object) -> list[Idea]:
    rows = IdeaRow.sql(f"SELECT {_IDEA} FROM events_idea WHERE {condition}", *values)  # noqa: S608 - of constants only
    return [_idea(row) for row in rows]


def propose(
    class_id: str,
    text: str,
    *,
    event: Event | None,
    person: PersonId,
    family: FamilyId | None,
    household: HouseholdId | None,
    source: str,
    public: bool,
    at: int,
) -> Idea | None:
    """Write an idea down under the class's next number; None where it was known before."""
    last = IdeaRow.select(fn.MAX(IdeaRow.number)).where(IdeaRow.class_id == class_id).scalar()
    added = (
        IdeaRow.insert(
            class_id=class_id,
            number=(last or 0) + 1,
            event_id=event.id if event else None,
            text=text,
            person_id=person,
            family_id=family,
            household_id=household,
            source=source,
            public=public,
            at=at,
            state=IdeaState.OPEN,
        )
        .on_conflict_ignore()
        .as_rowcount()
        .execute()
    )
    return by_source(source) if added else None


def get(class_id: str, idea_id: int) -> Idea | None:
    return next(iter(ideas_where("id = ? AND class_id = ?", idea_id, class_id)), None)


def by_number(class_id: str, number: int) -> Idea | None:
    return next(iter(ideas_where("number = ? AND class_id = ?", number, class_id)), None)


def by_source(source: str) -> Idea | None:
    return next(iter(ideas_where("source = ?", source)), None)


def waiting(class_id: str) -> list[Idea]:
    """Ideas that nobody has decided about, those that a poll decides included; oldest first."""
    return ideas_where("class_id = ? AND state IN (?, ?) ORDER BY number", class_id, IdeaState.OPEN, IdeaState.POLL)


def of_event(event: Event) -> list[Idea]:
    return ideas_where("event_id = ? ORDER BY number", event.id)


def of_family(class_id: str, family: FamilyId) -> list[Idea]:
    return ideas_where("class_id = ? AND family_id = ? ORDER BY number", class_id, family)


def decide(ideas: Iterable[Idea], state: IdeaState, at: int, *, reason: str = "", poll: int | None = None) -> None:
    for idea in ideas:
        IdeaRow.update(state=state, decided_at=at, reason=reason, poll=poll).where(IdeaRow.id == idea.id).execute()


def set_event(idea: Idea, event: Event) -> None:
    IdeaRow.update(event_id=event.id).where(IdeaRow.id == idea.id).execute()


def name_author(idea: Idea) -> None:
    IdeaRow.update(named=True).where(IdeaRow.id == idea.id).execute()


def add_poll(class_id: str, number: int, event: Event | None, options: dict[int, str]) -> None:
    PollRow.create(
        class_id=class_id,
        number=number,
        event_id=event.id if event else None,
        ideas=json.dumps(list(options)),
        options=json.dumps(list(options.values()), ensure_ascii=False),
    )


def poll(class_id: str, number: int) -> Rivals | None:
    rows = PollRow.sql(
        "SELECT number, event_id, ideas, options, ended, outcome FROM events_poll WHERE class_id = ? AND number = ?",
        class_id,
        number,
    )
    return _rivals(rows[0]) if rows else None


def polls_of(event: Event) -> list[Rivals]:
    """Oldest first."""
    rows = PollRow.sql(
        "SELECT number, event_id, ideas, options, ended, outcome FROM events_poll WHERE event_id = ? ORDER BY number", event.id
    )
    return [_rivals(row) for row in rows]


def end_poll(class_id: str, number: int, outcome: str | None) -> None:
    PollRow.update(ended=True, outcome=outcome).where(PollRow.class_id == class_id, PollRow.number == number).execute()


def _rivals(row: Sequence[Any]) -> Rivals:
    number, event_id, ideas, options, ended, outcome = row
    return Rivals(number, event_id, dict(zip(json.loads(ideas), json.loads(options), strict=True)), bool(ended), outcome)


def _idea(row: Sequence[Any]) -> Idea:
    """A row, in the order of `_IDEA`."""
    (id_, class_id, number, event_id, text, person, family, household, source, public, named, at, state, reason, poll_) = row
    return Idea(
        id_,
        class_id,
        number,
        event_id,
        text,
        PersonId(person),
        FamilyId(family) if family else None,
        HouseholdId(household) if household else None,
        source,
        bool(public),
        bool(named),
        at,
        IdeaState(state),
        reason,
        poll_,
    )
