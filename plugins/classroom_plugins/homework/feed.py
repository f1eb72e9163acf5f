"""Homework in calendars: one entry for all that is due on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from classroom_matrix.api import CalendarEntry, View
from classroom_matrix.domain.people import Household, Pupil

from . import store
from .cards import for_pupils, subjects_of, task_line
from .domain import Task, by_day, in_order, local

_BACK = timedelta(days=60)
_AHEAD = timedelta(days=366)


def calendar(view: View, household: Household | None) -> Sequence[CalendarEntry]:
    """Of a household's own groups; with None, of all."""
    today = view.now.date()
    tasks = in_order(store.between(view.klass.id, today - _BACK, today + _AHEAD), subjects_of(view))
    return [entry for day, due in by_day(tasks) if (entry := _entry(view, household, day, due)) is not None]


def _entry(view: View, household: Household | None, day: date, due: Sequence[Task]) -> CalendarEntry | None:
    family = view.roster.family(household.family_id) if household is not None else None
    mine: Sequence[tuple[Task, Sequence[Pupil]]]
    if household is None:
        mine = [(task, ()) for task in due]
    elif family is None:
        return None
    else:
        mine = for_pupils(due, store.groups(view.klass.id), family.pupils)
    if not mine:
        return None
    still = [(task, pupils) for task, pupils in mine if task.is_open]
    newest = max(max(task.set_at, task.changed_at or 0, task.withdrawn_at or 0) for task, _ in mine)
    return CalendarEntry(
        uid=f"day/{day.isoformat()}",
        starts=day,
        title=view.text("homework-calendar-title"),
        description="\n".join(task_line(view, task, pupils=pupils) for task, pupils in still),
        sequence=sum(task.revision for task, _ in mine) - 1,
        cancelled=not still,
        changed=local(newest, view.klass.zone),
    )
