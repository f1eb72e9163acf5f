"""What becomes of duties when their occasion moves, is cancelled, or is over; and when families leave the class."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from classroom_matrix.api import Context, on
from classroom_matrix.api.contracts import Occasion, OccasionCancelled, OccasionMoved, OccasionOver
from classroom_matrix.domain.facts import MemberLeft
from classroom_matrix.domain.time import at_local

from . import store
from .cards import duty_card
from .domain import Ended, Sheet, SheetState, local, milliseconds
from .opening import clock_on, year_of_moment
from .reminders import plan_reminder
from .taking import finish_sheet, note_change, release, void_swaps_of


@on(OccasionMoved)
def follow_occasion(ctx: Context, news: OccasionMoved) -> None:
    """Roles with times of their own keep their distance to the beginning. Whoever does them is asked by events."""
    sheet = store.sheet_of(ctx.klass.id, news.occasion.name)
    if sheet is None:
        return
    moved = _as_told(ctx, sheet, news.occasion)
    for duty in store.duties(moved):
        starts = duty.starts
        if moved.starts is not None:
            if starts is None or sheet.starts is None:
                starts = clock_on(ctx, moved, duty.clock) if starts is None else starts
            else:
                starts = _shifted(ctx, starts, sheet.starts, moved.starts)
        year = year_of_moment(ctx, moved.starts or milliseconds(ctx.now))
        store.change_duty(duty, starts=starts, year=year, sequence=duty.sequence + 1)
        plan_reminder(ctx, replace(duty, sheet=moved, starts=starts))
    ctx.refresh(duty_card, str(sheet.id))


def _as_told(ctx: Context, sheet: Sheet, occasion: Occasion) -> Sheet:
    store.change_sheet(
        sheet,
        title=occasion.title,
        number=occasion.number,
        starts=None if occasion.starts is None else milliseconds(occasion.starts),
        ends=None if occasion.ends is None else milliseconds(occasion.ends),
        place=occasion.place,
    )
    changed = store.sheet(ctx.klass.id, sheet.id)
    assert changed is not None
    return changed


def _shifted(ctx: Context, starts: int, before: int, after: int) -> int:
    """By the clocks on the wall: what began half an hour before at ten does so at noon, on whatever day."""
    zone = ctx.klass.zone

    def wall(at: int) -> datetime:
        return local(at, zone).replace(tzinfo=None)

    return milliseconds(at_local(wall(after) + (wall(starts) - wall(before)), zone))


@on(OccasionCancelled)
def free_everything(ctx: Context, news: OccasionCancelled) -> None:
    sheet = store.sheet_of(ctx.klass.id, news.occasion.name)
    if sheet is None or sheet.state is SheetState.CANCELLED:
        return
    for duty in store.duties(sheet):
        release(ctx, duty, Ended.CANCELLED)
    store.change_sheet(sheet, state=SheetState.CANCELLED)
    note_change(ctx, sheet)


@on(OccasionOver)
def finish(ctx: Context, news: OccasionOver) -> None:
    sheet = store.sheet_of(ctx.klass.id, news.occasion.name)
    if sheet is not None and sheet.state is SheetState.OPEN:
        finish_sheet(ctx, sheet)


@on(MemberLeft)
def free_places_of_leavers(ctx: Context, fact: MemberLeft) -> None:  # noqa: ARG001 - whoever it was
    """Families that are not in the class any more have no places to come. What they have done stays."""
    here = {family.id for family in ctx.roster.families}
    gone = [hold for hold in store.all_holds(ctx.klass.id) if hold.family not in here]
    now = milliseconds(ctx.now)
    sheets: dict[int, Sheet] = {}
    for hold in gone:
        duty = store.duty(ctx.klass.id, hold.duty)
        if duty is not None and not duty.is_past(now):
            store.end_hold(hold, now, Ended.LEFT)
            void_swaps_of(ctx, duty, hold.family)
            sheets[duty.sheet.id] = duty.sheet
            ctx.tell_staff("duties-staff-left", duty=duty.title, sheet=duty.sheet.title)
    for sheet in sheets.values():
        note_change(ctx, sheet)
