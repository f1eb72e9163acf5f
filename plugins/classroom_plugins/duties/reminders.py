"""Reminding who has a duty on the day before, once; in quiet hours after them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from classroom_matrix.api import Context, Subject, View, job
from classroom_matrix.domain.content import Content, Line
from classroom_matrix.domain.people import Household
from classroom_matrix.domain.time import at_local

from . import store
from .domain import HELD, Duty, Hold, local, milliseconds
from .naming import called, homes, label


@job
def remind_holders(ctx: Context, moment: int) -> None:
    """Of everything whose reminder is due at this moment, milliseconds since 1970. What was moved since is not due now."""
    now = milliseconds(ctx.now)
    here = [family.id for family in ctx.roster.families]
    personally = []
    for duty in store.open_duties(ctx.klass.id):
        if (duty.begins or 0) <= now or _reminder_at(ctx, duty) != moment:
            continue
        unreached = []
        for hold in store.present(store.holds(duty), here):
            reached = [home for home in homes(ctx, hold.family, hold.household) if home.reachable]
            for home in reached:
                _write(ctx, home, duty)
            if not reached:
                unreached.append(label(ctx, hold.family))
        if unreached:
            personally.append(ctx.text("duties-reminder-staff-row", duty=called(ctx, duty), families=unreached))
    if personally:
        ctx.tell_staff("duties-reminder-staff", duties="; ".join(personally))


def reminded_at(view: View, duty: Duty, hold: Hold | None) -> int | None:
    """When who holds a duty was reminded of it, and asked to say so if they cannot; None where they were not."""
    moment = _reminder_at(view, duty)
    known = hold is not None and moment is not None and hold.at <= moment <= milliseconds(view.now)
    return moment if known else None


def plan_reminder(ctx: Context, duty: Duty) -> None:
    """Put it into the timetable; where the duty was moved, too."""
    moment = _reminder_time(ctx, duty)
    if moment is not None and moment > ctx.now:
        ctx.at(moment, remind_holders, milliseconds(moment))


def _write(ctx: Context, home: Household, duty: Duty) -> None:
    """It may be read on the day itself, so it does not say "tomorrow"."""
    language = ctx.language_of(home)
    needs = ctx.text("duties-needs", language=language, needs=duty.needs) if duty.needs else ""
    said = ctx.text("duties-reminder", language=language, duty=called(ctx, duty, language), needs=needs)
    how = ctx.text("duties-reminder-how", language=language)
    ctx.write(home, Content((Line(said.rstrip()), Line(how)), loud=True), about=Subject(HELD, str(duty.id)))


def _reminder_at(view: View, duty: Duty) -> int | None:
    moment = _reminder_time(view, duty)
    return None if moment is None else milliseconds(moment)


def _reminder_time(view: View, duty: Duty) -> datetime | None:
    """The configured hour of the day before; None where nothing is to be reminded of."""
    hour = view.options.remind_hour
    if hour < 0 or duty.begins is None or not duty.is_open:
        return None
    day = local(duty.begins, view.klass.zone).date() - timedelta(days=1)
    return at_local(datetime.combine(day, time(hour)), view.klass.zone)
