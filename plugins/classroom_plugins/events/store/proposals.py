"""Ideas and the polls between them, as they are stored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peewee import fn

from classroom_matrix.domain.ids import FamilyId, HouseholdId, PersonId

from ..domain import Event
from ..tables import IdeaRow, PollRow


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


def _ideas(*conditions: Any) -> list[Idea]:
    """Oldest first."""
    return [_idea(row) for row in IdeaRow.select().where(*conditions).order_by(IdeaRow.number)]


def _only(ideas: Sequence[Idea]) -> Idea | None:
    return ideas[0] if ideas else None


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
    return _only(_ideas(IdeaRow.class_id == class_id, IdeaRow.id == idea_id))


def by_number(class_id: str, number: int) -> Idea | None:
    return _only(_ideas(IdeaRow.class_id == class_id, IdeaRow.number == number))


def by_source(source: str) -> Idea | None:
    return _only(_ideas(IdeaRow.source == source))


def waiting(class_id: str) -> list[Idea]:
    """Ideas that nobody has decided about, those that a poll decides included."""
    return _ideas(IdeaRow.class_id == class_id, IdeaRow.state.in_((IdeaState.OPEN, IdeaState.POLL)))


def of_event(event: Event) -> list[Idea]:
    return _ideas(IdeaRow.event_id == event.id)


def of_family(class_id: str, family: FamilyId) -> list[Idea]:
    return _ideas(IdeaRow.class_id == class_id, IdeaRow.family_id == family)


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
    rows = PollRow.select().where(PollRow.class_id == class_id, PollRow.number == number)
    return next((_rivals(row) for row in rows), None)


def polls_of(event: Event) -> list[Rivals]:
    """Oldest first."""
    return [_rivals(row) for row in PollRow.select().where(PollRow.event_id == event.id).order_by(PollRow.number)]


def end_poll(class_id: str, number: int, outcome: str | None) -> None:
    PollRow.update(ended=True, outcome=outcome).where(PollRow.class_id == class_id, PollRow.number == number).execute()


def _rivals(row: Any) -> Rivals:
    options = dict(zip(json.loads(row.ideas), json.loads(row.options), strict=True))
    return Rivals(row.number, row.event_id, options, row.ended, row.outcome)


def _idea(row: Any) -> Idea:
    return Idea(
        row.id,
        row.class_id,
        row.number,
        row.event_id,
        row.text,
        PersonId(row.person_id),
        FamilyId(row.family_id) if row.family_id else None,
        HouseholdId(row.household_id) if row.household_id else None,
        row.source,
        row.public,
        row.named,
        row.at,
        IdeaState(row.state),
        row.reason,
        row.poll,
    )
