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
    first, last = today - _BACK, today + _AHEAD
    family = view.roster.family(household.family_id) if household is not None else None
    if household is not None and family is None:
        return ()
    due = dict(by_day(in_order(store.between(view.klass.id, first, last), subjects_of(view))))
    groups = store.groups(view.klass.id)
    entries = []
    for day, changes in store.days_between(view.klass.id, first, last).items():
        tasks = due.get(day, ())
        mine = [(task, ()) for task in tasks] if family is None else for_pupils(tasks, groups, family.pupils)
        if mine or changes:  # of what was moved to another day, calendars have to learn
            entries.append(_entry(view, day, mine, changes))
    return entries


def _entry(view: View, day: date, mine: Sequence[tuple[Task, Sequence[Pupil]]], changes: int) -> CalendarEntry:
    still = [(task, pupils) for task, pupils in mine if task.is_open]
    newest = max((max(task.set_at, task.changed_at or 0) for task, _ in mine), default=None)
    return CalendarEntry(
        uid=f"day/{day.isoformat()}",
        starts=day,
        title=view.text("homework-calendar-title"),
        description="\n".join(task_line(view, task, pupils=pupils) for task, pupils in still),
        sequence=changes,
        cancelled=not still,
        changed=local(newest, view.klass.zone) if newest is not None else None,
    )
