"""Reminding who has a duty on the day before, once; in quiet hours after them."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from classroom_matrix.api import Context, Subject, View, job
from classroom_matrix.domain.content import Content, Line
from classroom_matrix.domain.time import at_local

from . import store
from .domain import Duty, local, milliseconds
from .naming import called, homes, label

HELD = "held"
"""The kind of subject of a reminder; its ID is the duty's."""


@job
def remind_holders(ctx: Context, duty_id: int) -> None:
    duty = store.duty(ctx.klass.id, duty_id)
    if duty is None or not duty.is_open or duty.begins is None or duty.begins <= milliseconds(ctx.now):
        return
    moment = reminder_time(ctx, duty)
    if moment is not None and moment > ctx.now:  # it was moved since
        ctx.at(moment, remind_holders, duty.id)
        return
    others = []
    for hold in store.present(store.holds(duty), [family.id for family in ctx.roster.families]):
        reached = [home for home in homes(ctx, hold.family, hold.household) if home.reachable]
        if not reached:
            others.append(label(ctx, hold.family))
        for home in reached:
            language = ctx.language_of(home)
            needs = ctx.text("duties-needs", language=language, needs=duty.needs) if duty.needs else ""
            said = ctx.text("duties-reminder", language=language, duty=called(ctx, duty, language), needs=needs)
            how = ctx.text("duties-reminder-how", language=language)
            ctx.write(home, Content((Line(said.rstrip()), Line(how)), loud=True), about=Subject(HELD, str(duty.id)))
    if others:
        ctx.tell_staff("duties-reminder-staff", duty=called(ctx, duty), families=others)


def reminder_time(ctx: View, duty: Duty) -> datetime | None:
    """The configured hour of the day before; None where nothing is to be reminded of."""
    hour = ctx.options.remind_hour
    if hour < 0 or duty.begins is None or not duty.is_open:
        return None
    day = local(duty.begins, ctx.klass.zone).date() - timedelta(days=1)
    return at_local(datetime.combine(day, time(hour)), ctx.klass.zone)


def plan_reminder(ctx: Context, duty: Duty) -> None:
    """Put it into the timetable; where the duty was moved, too."""
    moment = reminder_time(ctx, duty)
    if moment is not None and moment > ctx.now:
        ctx.at(moment, remind_holders, duty.id)
    else:
        ctx.cancel(remind_holders, duty.id)
