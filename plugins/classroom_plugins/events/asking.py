"""Letters about coming: asked again when the plan has changed, and the reminder to those who have not answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from classroom_matrix.api import Context, View, job
from classroom_matrix.api.contracts import DutyHolders
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Family

from . import store
from .answers import Kind, is_stale, standings
from .cards import event_card
from .domain import Event, Plan, State, local, milliseconds
from .lookup import subject_of
from .wording import called, changes, dated, where_and_when

AGAIN, REMINDER, MOVED_UP = "again", "reminder", "moved"
ASKING = (AGAIN, REMINDER)
"""Kinds of letters that ask whether a family comes. A bare "да" may also answer the news that there is a place now."""


@job
def ask_again(ctx: Context, event_id: int) -> None:
    """Ask those who have promised something whether they keep to it, once for all changes since they were last told."""
    event = store.get(ctx.klass.id, event_id)
    if event is None or event.state is not State.OPEN:
        return
    news = [version for version in store.versions(event) if version.number > event.told_version]
    told = next(version.plan for version in store.versions(event) if version.number == event.told_version)
    changed_at = _changed_at(told, news)
    event = store.change(event, told_version=event.version)
    if changed_at is None or (not told.concerns(event.plan) and not any(version.important for version in news)):
        return  # it is as it was
    event = store.change(event, asked_at=changed_at)
    ctx.refresh(event_card, str(event.id))
    affected = concerned(ctx, event)
    for family in affected:
        if family.is_in_app:
            _write_again(ctx, event, told, family)
    elsewhere = [family.label for family in affected if not family.is_in_app]
    if elsewhere:
        ctx.tell_staff("events-again-staff", event=dated(ctx, event), families=elsewhere)


def _changed_at(told: Plan, news: Sequence[store.Version]) -> int | None:
    """When the last change came that families have to know; answers given after it are given to the plan as it is."""
    found, before = None, told
    for version in news:
        if version.important or before.concerns(version.plan):
            found = version.at
        before = version.plan
    return found


def _write_again(ctx: Context, event: Event, told: Plan, family: Family) -> None:
    for home in family.households:
        language = ctx.language_of(home)
        said = [
            ctx.text("events-again", language=language, event=event.plan.title),
            *changes(ctx, told, event.plan, language),
            ctx.text("events-again-question", language=language, now=where_and_when(ctx, event.plan, language)),
        ]
        later = ctx.write(home, Content.line("\n".join(said), loud=True), about=subject_of(event))
        store.note_letter(event, home.id, AGAIN, milliseconds(later or ctx.now))


def plan_asking(ctx: Context, event: Event) -> int:
    """Ask a little later, since a slip is often put right at once. Returns how many families will be asked."""
    affected = len(concerned(ctx, event, before=event.versioned_at))
    if not ctx.options.settle:
        ask_again.handler(ctx, event.id)
    else:
        ctx.at(ctx.now + timedelta(minutes=ctx.options.settle), ask_again, event.id)
    return affected


def concerned(ctx: Context, event: Event, *, before: int | None = None) -> list[Family]:
    """Families that said yes or maybe, or have a duty, and have not answered since the change.

    `before`: the time of the change, where the event does not know it yet.
    """
    found = standings(store.answers(event), event.ended_at, {family.id for family in ctx.roster.families})
    fresh = {
        family
        for family, answer in found.items()
        if (answer.at >= before if before is not None else not is_stale(event, answer))
    }
    wanted = promised(ctx, event)
    return [family for family in ctx.roster.families if family.id in wanted and family.id not in fresh]


def held_until(ctx: Context, families: Sequence[Family]) -> datetime | None:
    """When the last of these families will read a letter that is written now; None if all do at once."""
    homes = (home for family in families for home in family.households if home.reachable)
    return max((until for until in map(ctx.quiet_until, homes) if until is not None), default=None)


def promised(ctx: Context, event: Event) -> set[FamilyId]:
    """Families that said yes or maybe, or have a duty."""
    found = standings(store.answers(event), event.ended_at, {family.id for family in ctx.roster.families})
    holders = ctx.ask(DutyHolders(event.name)) or ()
    return {family for family, answer in found.items() if answer.kind is not Kind.NO} | set(holders)


# ── The reminder ────────────────────────────────────────────────────────────────────────────────────────────────────────


@job
def remind_silent(ctx: Context, event_id: int) -> None:
    event = store.get(ctx.klass.id, event_id)
    last = _last_moment(ctx, event) if event is not None else None
    if event is None or event.state is not State.OPEN or last is None:
        return
    allowed = ctx.klass.quiet.next_allowed(ctx.now)
    if allowed >= last:
        return
    if allowed > ctx.now:  # the service was down when it was time
        ctx.at(allowed, remind_silent, event.id)
        return
    found = standings(store.answers(event), None, {family.id for family in ctx.roster.families})
    silent = [family for family in ctx.roster.families if family.id not in found]
    for family in silent:
        if family.is_in_app:
            _write_reminder(ctx, event, family, last)
    elsewhere = [family.label for family in silent if not family.is_in_app]
    if elsewhere:
        ctx.tell_staff("events-reminder-staff", event=called(ctx, event), until=last, families=elsewhere)


def _write_reminder(ctx: Context, event: Event, family: Family, last: datetime) -> None:
    for home in family.households:
        language = ctx.language_of(home)
        where = where_and_when(ctx, event.plan, language)
        said = ctx.text("events-reminder", language=language, title=event.plan.title, where=where, until=last)
        later = ctx.write(home, Content.line(said, loud=True), about=subject_of(event))
        store.note_letter(event, home.id, REMINDER, milliseconds(later or ctx.now))


def plan_reminder(ctx: Context, event: Event) -> None:
    """Put the reminder into the timetable, or move it; none where it is too short for one."""
    moment = reminder_time(ctx, event)
    if moment is None:
        ctx.cancel(remind_silent, event.id)
    else:
        ctx.at(moment, remind_silent, event.id)


def reminder_time(ctx: Context, event: Event) -> datetime | None:
    """When to remind; None if never. The end of the quiet hours where the time falls into them."""
    last, hours = _last_moment(ctx, event), ctx.options.remind_before
    if last is None or hours <= 0:
        return None
    moment = last - timedelta(hours=hours)
    if moment <= ctx.now:
        return None
    moment = ctx.klass.quiet.next_allowed(moment)
    return moment if moment < last else None


def _last_moment(view: View, event: Event) -> datetime | None:
    """Until when an answer is of use."""
    last = event.plan.answer_by if event.plan.answer_by is not None else event.plan.starts
    return None if last is None else local(last, view.klass.zone)
