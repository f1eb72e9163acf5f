"""What events keep about a family: handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.people import Family

from . import proposals, store
from .answers import standing
from .domain import Event, local
from .forgetting import forget_family
from .rsvp import said_answer
from .wording import when_of


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Every answer of the family, those that were changed or taken back too, its ideas, and what it said in threads."""
    names = {person.id: person.name for person in [*family.guardians, *view.roster.staff]}
    found: dict[str, Any] = {}
    rows: list[dict[str, str]] = []
    for event in store.events_with_answers_of(view.klass.id, family.id):
        history = store.answers(event, family.id)
        stands = standing(history, event.ended_at)
        rows += [
            _named(
                view,
                event=_called(view, event),
                answer=said_answer(view, answer.kind, answer.party, family),
                via=view.text(f"events-export-via-{answer.via}"),
                by=names.get(answer.person, "—"),
                at=_at(view, answer.at),
                status=view.text("events-export-counts" if answer == stands else "events-export-replaced"),
            )
            for answer in sorted(history, key=lambda each: each.order)
        ]
    if rows:
        found[view.text("events-export-answers")] = rows
    ideas = [
        _named(
            view,
            idea=idea.text,
            by=names.get(idea.person, "—"),
            at=_at(view, idea.at),
            status=view.text(f"events-idea-{idea.state}", reason=idea.reason, poll="" if idea.poll is None else str(idea.poll)),
        )
        for idea in proposals.of_family(view.klass.id, family.id)
    ]
    if ideas:
        found[view.text("events-export-ideas")] = ideas
    talk = [
        _named(view, event=_called(view, event), text=body, by=names.get(person, "—"), at=_at(view, at))
        for event, person, body, at in store.talk_of(view.klass.id, [person.id for person in family.guardians])
    ]
    if talk:
        found[view.text("events-export-talk")] = talk
    return found


def _named(view: View, **values: str) -> dict[str, str]:
    return {view.text(f"events-export-{name}"): value for name, value in values.items()}


def _called(view: View, event: Event) -> str:
    return " ".join(part for part in (f"№{event.number}", event.plan.title, when_of(view, event.plan)) if part)


def _at(view: View, at: int) -> str:
    return local(at, view.klass.zone).strftime("%d.%m.%Y %H:%M")


def erase(view: View, family: Family) -> None:
    """Forget the family. What was counted when an event ended stays counted; in open ones its places are free."""
    names = {person.id: person.name for person in family.guardians}
    renamed: dict[int, dict[str, str]] = {}
    for idea in proposals.of_family(view.klass.id, family.id):
        if idea.named and idea.event_id is not None and idea.person in names:
            line = view.text("events-idea-by", text=idea.text, who=names[idea.person])
            renamed.setdefault(idea.event_id, {})[line] = idea.text
    homes = [household.id for household in family.households]
    forget_family(view.klass.id, family.id, list(names), homes, renamed)
