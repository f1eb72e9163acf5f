"""The course of a must-read: calm reminders to those who are missing, and what staff are told at the end."""

from __future__ import annotations

from datetime import datetime, timedelta

from classroom_matrix.api import Context, job
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.people import Family

from . import store
from .cards import announcement_card, count, request_card, short, subject_of
from .domain import Announcement, local, milliseconds

ROUNDS = (0, 1)
_APART = timedelta(hours=2)
"""Between a reminder and the moment at which the request came, at least."""


def plan_deadline(ctx: Context, announcement: Announcement) -> None:
    """Put reminders and the end into the timetable, or take them out of it."""
    for reminder in ROUNDS:
        ctx.cancel(remind_missing, announcement.id, reminder)
        moment = reminder_time(ctx, announcement, reminder)
        if moment is not None:
            ctx.at(moment, remind_missing, announcement.id, reminder)
    ctx.cancel(report_end, announcement.id)
    if announcement.is_asking and announcement.until is not None:
        ctx.at(local(announcement.until, ctx.klass.zone), report_end, announcement.id)


def reminder_time(ctx: Context, announcement: Announcement, reminder: int) -> datetime | None:
    """When to remind; None if never. The end of the quiet hours where the time falls into them."""
    hours = (ctx.options.remind_before, ctx.options.remind_again)[reminder]
    if not announcement.is_asking or announcement.until is None or not hours:
        return None
    until = local(announcement.until, ctx.klass.zone)
    moment = ctx.klass.quiet.next_allowed(until - timedelta(hours=hours))
    return moment if ctx.now + _APART < moment < until else None


@job
def remind_missing(ctx: Context, announcement_id: int, reminder: int) -> None:
    """Write to families that have not confirmed; staff get the list of those that cannot be written to, once."""
    announcement = store.get(ctx.klass.id, announcement_id)
    if announcement is None or not announcement.is_asking or announcement.until is None:
        return
    if ctx.now >= local(announcement.until, ctx.klass.zone):
        return  # the service was down
    confirmed = count(ctx, announcement).confirmed
    missing = [family for family in ctx.roster.families if family.id not in confirmed]
    for family in missing:
        remind(ctx, announcement, family)
    others = [family.label for family in missing if not family.is_in_app]
    if others and reminder == 0:
        ctx.tell_staff(
            "announcements-reminder-staff",
            number=str(announcement.number),
            text=short(announcement.text),
            until=local(announcement.until, ctx.klass.zone),
            families="; ".join(others),
            example=ctx.text("announcements-again-confirmed", family=others[0].split()[-1], number=str(announcement.number)),
        )


def remind(ctx: Context, announcement: Announcement, family: Family) -> None:
    """One letter for each household, unless its quiet hours last until the deadline."""
    assert announcement.until is not None
    until = local(announcement.until, ctx.klass.zone)
    for household in family.households:
        quiet = ctx.quiet_until(household)
        if quiet is not None and quiet >= until:
            continue
        said = ctx.text(
            "announcements-reminder",
            language=ctx.language_of(household),
            number=str(announcement.number),
            text=short(announcement.text),
            until=until,
        )
        held = ctx.write(household, Content.line(said, loud=True), about=subject_of(announcement))
        store.note_asked(announcement, household.id, milliseconds(held or ctx.now))


@job
def report_end(ctx: Context, announcement_id: int) -> None:
    """At the deadline: the cards say that it is over, staff get one line."""
    announcement = store.get(ctx.klass.id, announcement_id)
    if announcement is None or not announcement.is_asking:
        return
    ctx.refresh(request_card if announcement.follow_up else announcement_card, str(announcement.id))
    report(ctx, announcement)


def report(ctx: Context, announcement: Announcement) -> None:
    """Tell staff how far a must-read came: at its end, or as soon as everybody has confirmed; once."""
    if announcement.reported:
        return
    state = count(ctx, announcement)
    values = {"number": str(announcement.number), "text": short(announcement.text), "families": state.families}
    missing = [family.label for family in ctx.roster.families if family.id not in state.confirmed]
    store.change(announcement, reported=True)
    if missing:
        ctx.tell_staff("announcements-end-missing", confirmed=len(state.confirmed), missing="; ".join(missing), **values)
    else:
        ctx.tell_staff("announcements-end-all", **values)
