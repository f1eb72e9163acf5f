"""The staff room hears that questions wait for longer than they should: when one more does, and then once a week while any
do. How many, never whose.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from classroom_matrix.api import Context, View, job
from classroom_matrix.domain.people import Household
from classroom_matrix.domain.time import at_local

from .domain import Consultation, State
from .lookup import local, of_class

MORNING = time(8, 0)
"""When it is said, local time; later where the class's quiet hours last longer."""

_SCHOOL_WEEK = frozenset(range(5))


@job
def tell_of_waiting(ctx: Context, day: str) -> None:
    """`day`: whose morning it is for, ISO 8601; one job each."""
    if date.fromisoformat(day) < ctx.now.date():  # the service was down: of several mornings one is enough
        _put(ctx, ctx.now.date())
        return
    waiting = [one for _, one in overdue(ctx)]
    if not waiting:
        return
    ctx.tell_staff(
        "consultations-written-waiting",
        count=len(waiting),
        days=ctx.options.waiting_days,
        since=local(ctx, min(one.since.at for one in waiting)),
    )
    sunday = ctx.now.date() + timedelta(days=6 - ctx.now.weekday())
    _put(ctx, _office_day_after(ctx, sunday))


def plan(ctx: Context, one: Consultation) -> None:
    """Look after it on the morning when it has waited too long."""
    if ctx.options.waiting_days:
        _put(ctx, overdue_on(ctx, one))


def overdue(view: View) -> list[tuple[Household, Consultation]]:
    """Questions that wait for too long now."""
    if not view.options.waiting_days:
        return []
    found = [(home, each[-1]) for home, each in of_class(view) if each and each[-1].state is State.OPEN]
    return [(home, one) for home, one in found if overdue_on(view, one) <= view.now.date()]


def overdue_on(view: View, one: Consultation) -> date:
    """The day on whose morning a question has waited for the allowed number of office days, its own day not counted."""
    day = local(view, one.since.at).date()
    for _ in range(view.options.waiting_days):
        day = _office_day_after(view, day)
    return _office_day_after(view, day)


def _office_day_after(view: View, day: date) -> date:
    days = view.klass.office.days if view.klass.office else _SCHOOL_WEEK
    return next(each for each in (day + timedelta(days=ahead) for ahead in range(1, 9)) if each.weekday() in days)


def _put(ctx: Context, day: date) -> None:
    """One job a day, whatever asks for it; never one for a morning that is over."""
    while (when := ctx.klass.quiet.next_allowed(at_local(datetime.combine(day, MORNING), ctx.klass.zone))) <= ctx.now:
        day = _office_day_after(ctx, max(day, ctx.now.date()))
    ctx.at(when, tell_of_waiting, day.isoformat())
