"""What events keep about a family: handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family

from . import store
from .answers import standing
from .domain import Event, local
from .rsvp import said_answer
from .store import proposals
from .store.forgetting import forget_family
from .wording import when_of

Found = dict[tuple[str, str], list[dict[str, str]]]
"""Rows by part of the export and household."""
PARTS = ("answers", "ideas", "talk")


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Every answer of the family, those that were changed or taken back too, its ideas, and what it said in threads.

    Households of one family that live apart get lists of their own, so that each can be handed its own.
    """
    rows: Found = {}
    for event in store.events_with_answers_of(view.klass.id, family.id):
        _add_answers(view, family, event, rows)
    for idea in proposals.of_family(view.klass.id, family.id):
        status = view.text(f"events-idea-{idea.state}", reason=idea.reason, poll="" if idea.poll is None else str(idea.poll))
        row = _named(view, idea=idea.text, by=_name(view, family, idea.person), at=_at(view, idea.at), status=status)
        rows.setdefault(("ideas", _home(family, idea.person)), []).append(row)
    for event, person, body, at in store.talk_of(view.klass.id, [person.id for person in family.guardians]):
        row = _named(view, event=_called(view, event), text=body, by=_name(view, family, person), at=_at(view, at))
        rows.setdefault(("talk", _home(family, person)), []).append(row)
    return {
        view.text(f"events-export-{part}") + (f": {home}" if home else ""): found
        for (part, home), found in sorted(rows.items(), key=lambda each: PARTS.index(each[0][0]))
    }


def _add_answers(view: View, family: Family, event: Event, rows: Found) -> None:
    history = store.answers(event, family.id)
    stands = standing(history, event.ended_at)
    for answer in sorted(history, key=lambda each: each.order):
        row = _named(
            view,
            event=_called(view, event),
            answer=said_answer(view, answer.kind, answer.party, family),
            via=view.text(f"events-export-via-{answer.via}"),
            by=_name(view, family, answer.person),
            at=_at(view, answer.at),
            status=view.text("events-export-counts" if answer == stands else "events-export-replaced"),
        )
        rows.setdefault(("answers", _home(family, answer.person)), []).append(row)


def _home(family: Family, person: PersonId) -> str:
    """The adults of somebody's household, where the family has several; the teacher's entries are the whole family's."""
    if len(family.households) < 2:
        return ""
    homes = (home for home in family.households if any(each.id == person for each in home.guardians))
    return ", ".join(each.name for home in homes for each in home.guardians)


def _name(view: View, family: Family, person: PersonId) -> str:
    return next((each.name for each in [*family.guardians, *view.roster.staff] if each.id == person), "—")


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
