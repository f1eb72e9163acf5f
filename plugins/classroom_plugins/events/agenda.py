"""What events ask of a household, and what they have for it on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classroom_matrix.api import View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Household

from . import store
from .answers import Answer, Kind, is_stale, standing
from .domain import Event, State, local, milliseconds
from .wording import time_of, where_and_when


def open_for(view: View, household: Household) -> Sequence[Line]:
    """Events with a date that the family has not answered, or answered before the plan changed; in the view's language."""
    if view.roster.family(household.family_id) is None:
        return ()
    now = milliseconds(view.now)
    lines = []
    for event in store.open_events(view.klass.id):
        if event.plan.starts is None or event.plan.starts < now or event.is_over(now):
            continue
        answer = standing(store.answers(event, household.family_id), None)
        if answer is None:
            lines.append(Line(_asked(view, event)))
        elif answer.kind is not Kind.NO and is_stale(event, answer):
            lines.append(Line(view.text("events-agenda-again", title=event.plan.title, where=where_and_when(view, event.plan))))
    return lines


def _asked(view: View, event: Event) -> str:
    title, where = event.plan.title, where_and_when(view, event.plan)
    if event.plan.answer_by is None:
        return view.text("events-agenda", title=title, where=where)
    until = local(event.plan.answer_by, view.klass.zone)
    return view.text("events-agenda-until", title=title, where=where, until=until)


def coming_on(view: View, household: Household, day: date) -> Sequence[Line]:
    """Events of that day, unless the family does not come; with what to bring."""
    if view.roster.family(household.family_id) is None:
        return ()
    lines = []
    for event in store.open_events(view.klass.id):
        starts = event.plan.starts
        if event.state is not State.OPEN or starts is None or local(starts, view.klass.zone).date() != day:
            continue
        answer = standing(store.answers(event, household.family_id), None)
        if answer is None or answer.kind is not Kind.NO:
            lines.append(Line(_coming(view, event, answer)))
    return lines


def _coming(view: View, event: Event, answer: Answer | None) -> str:
    parts = [part for part in (time_of(event.plan, view), event.plan.place) if part]
    said = view.text("events-coming", title=event.plan.title, where=", ".join(parts), has=1 if parts else 0)
    if event.plan.bring:
        said += " " + view.text("events-coming-bring", bring=event.plan.bring)
    if answer is None:
        said += " " + view.text("events-coming-silent")
    return said
