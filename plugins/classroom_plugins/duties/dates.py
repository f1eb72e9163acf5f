"""A household's own duties in its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from classroom_matrix.api import CalendarEntry, View
from classroom_matrix.domain.people import Household

from . import store
from .domain import DAY, Hold, SheetState, days_of, local, milliseconds
from .naming import is_of, sheet_called, short

KEPT = 60 * DAY
"""What is older is not shown."""


def entries(view: View, household: Household | None) -> Sequence[CalendarEntry]:
    """Nothing for the class: who does what is on the card. What was given back stays, crossed out."""
    if household is None:
        return ()
    last: dict[int, Hold] = {}
    times: dict[int, int] = {}
    for hold in store.history_of(view.klass.id, household.family_id):
        if is_of(view, hold, household.id):
            last[hold.duty] = hold
            times[hold.duty] = times.get(hold.duty, 0) + 1
    found = (_entry(view, hold, times[duty_id]) for duty_id, hold in last.items())
    return [entry for entry in found if entry is not None]


def _entry(view: View, hold: Hold, times: int) -> CalendarEntry | None:
    """`times`: how often it was taken; with what was given back it makes the sequence grow."""
    duty = store.duty(view.klass.id, hold.duty)
    if duty is None or duty.begins is None or duty.finishes is None:
        return None
    if duty.finishes < milliseconds(view.now) - KEPT:
        return None
    cancelled = hold.ended is not None or duty.removed or duty.sheet.state is SheetState.CANCELLED
    zone = view.klass.zone
    needs = view.text("duties-needs", needs=duty.needs) if duty.needs else ""
    title = view.text("duties-calendar", duty=short(view, duty), sheet=sheet_called(view, duty.sheet))
    span = days_of(duty, zone)
    series = duty.sheet.is_series and span is not None
    changed = hold.ended_at if hold.ended_at is not None else hold.at
    return CalendarEntry(
        uid=f"duty/{duty.id}",
        starts=span[0] if series and span else local(duty.begins, zone),
        ends=span[1] + timedelta(days=1) if series and span else local(duty.finishes, zone),
        title=duty.title if series else title,
        place=duty.sheet.place,
        description=needs,
        sequence=duty.sequence + 2 * (times - 1) + cancelled,
        cancelled=cancelled,
        changed=local(changed, zone),
    )
