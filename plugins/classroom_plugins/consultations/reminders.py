"""Reminding a family of its consultation: a day and an hour before, and never in quiet hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from classroom_matrix.api import Context, Subject, View, job
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.people import Household

from . import store
from .cards import booking_values
from .domain import Booking
from .people import quiet_hours
from .times import awake, local, milliseconds


@job
def remind(ctx: Context, booking_id: int, place: int) -> None:
    """`place`: of the reminder in the options."""
    booking = store.booking(ctx.klass.id, booking_id)
    household = ctx.roster.household(booking.household) if booking else None
    if booking is None or booking.cancelled_at is not None or household is None or place >= len(ctx.options.reminders):
        return
    due = moments(ctx, booking, household)[place]
    quiet = ctx.quiet_until(household)
    if due is None or ctx.now < due or milliseconds(quiet or ctx.now) >= booking.starts:
        return
    board = store.board(ctx.klass.id, booking.round_id)
    if board is None:
        return
    language = ctx.language_of(household)
    key = "consultations-slots-reminder" if booking.asked_at is None else "consultations-slots-reminder-unanswered"
    said = ctx.text(key, language=language, **booking_values(ctx, board, booking, language))
    kind = "booking" if booking.asked_at is None else "moved"
    ctx.write(household, Content.line(said, loud=True), about=Subject(kind, str(booking.id)))


def reminded_at(view: View, booking: Booking, household: Household, at: int) -> int | None:
    """When the household was last reminded before `at`, milliseconds; None: not of this time."""
    since = store.changed_at(booking)
    planned = (milliseconds(moment) for moment in moments(view, booking, household) if moment is not None)
    return max((moment for moment in planned if since < moment <= at), default=None)


def plan_reminders(ctx: Context, booking: Booking, household: Household) -> None:
    """Put the reminders of a booking into the timetable, instead of those of its earlier time. What is past is left out."""
    for place, moment in enumerate(moments(ctx, booking, household)):
        if moment is None or moment <= ctx.now:
            ctx.cancel(remind, booking.id, place)
        else:
            ctx.at(moment, remind, booking.id, place)


def forget_reminders(ctx: Context, booking: Booking) -> None:
    for place in range(len(ctx.options.reminders)):
        ctx.cancel(remind, booking.id, place)


def moments(view: View, booking: Booking, household: Household) -> list[datetime | None]:
    """When to remind, one for each of the options; what falls into quiet hours is said the evening before, once."""
    found: list[datetime | None] = []
    hours = quiet_hours(view, household)
    for before in view.options.reminders:
        length: timedelta = before
        moment = awake(local(booking.starts - round(length.total_seconds() * 1000), view.klass.zone), hours)
        found.append(None if moment in found else moment)
    return found
