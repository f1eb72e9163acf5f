"""Reminding families that have not voted, once, before the deadline, and never in quiet hours."""

from __future__ import annotations

from datetime import datetime, timedelta

from classroom_matrix.api import Context, Subject, job
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.ids import HouseholdId
from classroom_matrix.domain.people import Family, Household, Reach

from . import store
from .cards import count_votes, offered, short
from .domain import Poll, State, local, milliseconds
from .lookup import REMINDER


@job
def remind_missing(ctx: Context, poll_id: int) -> None:
    poll = store.get(ctx.klass.id, poll_id)
    if poll is None or poll.state is not State.OPEN or poll.until is None:
        return
    until = local(poll.until, ctx.klass.zone)
    allowed = ctx.klass.quiet.next_allowed(ctx.now)
    if allowed >= until:
        return
    if allowed > ctx.now:  # the service was down when it was time
        ctx.at(allowed, remind_missing, poll.id)
        return
    voted = count_votes(ctx, poll).voted
    missing = [family for family in ctx.roster.families if family.id not in voted]
    households = [household for family in missing if _is_in_app(family) for household in family.households]
    for household in households:
        _remind(ctx, poll, household, until)
    others = [family.label for family in missing if not _is_in_app(family)]
    if others:
        ctx.tell_staff(
            "polls-reminder-staff",
            number=str(poll.number),
            question=short(poll.question),
            until=until,
            families=others,
        )


@job
def remind_household(ctx: Context, poll_id: int, household_id: str) -> None:
    """What its own quiet hours have put off, unless the family has voted by now."""
    poll = store.get(ctx.klass.id, poll_id)
    household = ctx.roster.household(HouseholdId(household_id))
    if poll is None or poll.state is not State.OPEN or poll.until is None or household is None:
        return
    until = local(poll.until, ctx.klass.zone)
    if ctx.now < until and household.family_id not in count_votes(ctx, poll).voted:
        _remind(ctx, poll, household, until)


def _remind(ctx: Context, poll: Poll, household: Household, until: datetime) -> None:
    """After the household's own quiet hours, too; without a sound where they last until the end."""
    quiet_until = ctx.quiet_until(household)
    if quiet_until is not None and quiet_until < until:
        ctx.at(quiet_until, remind_household, poll.id, household.id)
        return
    values = {"question": short(poll.question), "until": until, "options": offered(poll)}
    said = ctx.text("polls-reminder", language=ctx.language_of(household), **values)
    ctx.write(household, Content.line(said, loud=quiet_until is None), about=Subject(REMINDER, str(poll.id)))
    store.note_asked(poll, household.id, milliseconds(ctx.now))


def _is_in_app(family: Family) -> bool:
    """Whether anybody of the family can be written to: the app may be agreed on and nobody have an account yet."""
    return family.reach is Reach.APP and any(person.user_id and not person.limited for person in family.guardians)


def plan_reminder(ctx: Context, poll: Poll) -> None:
    """Put the reminder into the timetable, unless the poll is too short for one."""
    moment = reminder_time(ctx, poll)
    if moment is not None:
        ctx.at(moment, remind_missing, poll.id)


def reminder_time(ctx: Context, poll: Poll) -> datetime | None:
    """When to remind; None if never. The end of the quiet hours where the time falls into them."""
    hours = ctx.options.remind_before
    if poll.until is None or hours <= 0:
        return None
    until = local(poll.until, ctx.klass.zone)
    moment = until - timedelta(hours=hours)
    if moment <= ctx.now:
        return None
    moment = ctx.klass.quiet.next_allowed(moment)
    return moment if moment < until else None
