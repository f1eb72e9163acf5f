"""What events put into calendars: the same for everybody; a family's own duties come from whoever keeps those."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from classroom_matrix.api import CalendarEntry, View
from classroom_matrix.domain.people import Household

from . import store
from .domain import Event, State, local, milliseconds

KEPT = timedelta(days=60)


def calendar(view: View, household: Household | None) -> Sequence[CalendarEntry]:  # noqa: ARG001 - one shape for all plugins
    since = milliseconds(view.now - KEPT)
    return [_entry(view, event) for event in store.dated_since(view.klass.id, since)]


def _entry(view: View, event: Event) -> CalendarEntry:
    plan, zone = event.plan, view.klass.zone
    assert plan.starts is not None
    starts: datetime | date = local(plan.starts, zone)
    ends: datetime | date | None = None if plan.ends is None else local(plan.ends, zone)
    if not plan.timed:
        starts, ends = local(plan.starts, zone).date(), None
    notes = [view.text("events-card-bring", said=plan.bring)] if plan.bring else []
    notes += [view.text("events-card-cost", said=plan.cost)] if plan.cost else []
    return CalendarEntry(
        uid=f"event/{event.number}",
        starts=starts,
        ends=ends,
        title=plan.title,
        place=plan.place,
        description="\n".join([*notes, *plan.lines]),
        sequence=event.sequence,
        cancelled=event.state is State.CANCELLED,
        changed=local(max(event.versioned_at, event.ended_at or 0), zone),
    )
