"""What awaits a household: tomorrow's tasks, and those of the next school day for whoever has just come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classroom_matrix.api import View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Household
from classroom_matrix.domain.school_days import next_school_day

from . import store
from .cards import for_pupils, subjects_of, task_line
from .domain import in_order


def coming(view: View, household: Household, day: date) -> Sequence[Line]:
    """A line for each task that is due on the day, of the household's own groups."""
    return [Line(said) for said in _due(view, household, day)]


def open_for(view: View, household: Household) -> Sequence[Line]:
    """One line with everything for the next school day."""
    day = next_school_day(view.now.date(), view.options.school_days)
    said = _due(view, household, day)
    return [Line(view.text("homework-agenda", day=day, tasks="; ".join(said)))] if said else []


def _due(view: View, household: Household, day: date) -> list[str]:
    family = view.roster.family(household.family_id)
    if family is None:
        return []
    tasks = [task for task in store.of_day(view.klass.id, day) if task.is_open]
    mine = for_pupils(in_order(tasks, subjects_of(view)), store.groups(view.klass.id), family.pupils)
    return [task_line(view, task, pupils=pupils) for task, pupils in mine]
