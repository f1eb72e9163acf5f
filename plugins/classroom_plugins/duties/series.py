"""Series: a duty that comes every week or every school day, such as the one in the classroom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from classroom_matrix.api import Context, Day, Days, command, job
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument

from . import store
from .cards import duty_card, post_card
from .domain import MAX_PLACES, SCHOOL_YEAR_BEGINS, Duty, SheetState, days_of, milliseconds, school_year, weeks
from .loads import meet, year_of
from .lookup import series_meant
from .naming import between
from .opening import drop_duty
from .reminders import plan_reminder
from .slips import refuse_slips
from .taking import note_change
from .wording import fold, read_role, take_weekdays

SCHOOL_DAYS = frozenset(range(5))
LAST_DAY = (5, 31)
"""Month and day on which a school year's lessons end."""
MOST_PARTS = 250
_PREPOSITIONS = frozenset({"по", "в", "во", "на", "for", "in", "of", "at"})


@command("rota", needs=Role.TEACHER)
def open_series(ctx: Context, title: str, *, since: Day | None = None, until: Day | None = None, daily: bool = False) -> None:
    """One family a week, or a day, from next Monday to the end of May unless told."""
    weekdays, rest = take_weekdays(title)
    if not any(letter.isalpha() for letter in rest):
        raise InvalidArgument("duties-series-no-title", example=ctx.text("duties-again-series", language=ctx.language))
    refuse_slips(ctx, [rest], "rota")
    role = read_role(rest)
    if fold(role.title).split()[0] in _PREPOSITIONS:  # "!дежурство по классу"
        role = replace(role, title=ctx.text("duties-series-title", title=role.title[0].lower() + role.title[1:]))
    today = ctx.now.date()
    first: date = since or today + timedelta(days=7 - today.weekday())
    last: date = until or _end_of_lessons(first)
    parts = weeks(first, last, weekdays or SCHOOL_DAYS)
    if daily:
        parts = [
            (day, day)
            for begin, end in parts
            for day in (begin + timedelta(days=n) for n in range((end - begin).days + 1))
            if day.weekday() in (weekdays or SCHOOL_DAYS)
        ]
    if not parts:
        raise InvalidArgument("duties-series-empty", example=ctx.text("duties-again-series", language=ctx.language))
    if len(parts) > MOST_PARTS or (role.places or 1) > MAX_PLACES:
        raise InvalidArgument("duties-series-long", most=MOST_PARTS)
    meet(ctx, year_of(ctx))
    sheet = store.create_sheet(
        ctx.klass.id, role.title, room=ctx.options.room, starts=_begin(ctx, parts[0][0]), ends=_end(ctx, parts[-1][1])
    )
    for begin, end in parts:
        duty = store.create_duty(
            sheet,
            role.title,
            role.places or 1,
            weight=role.weight,
            needs=role.needs,
            starts=_begin(ctx, begin),
            ends=_end(ctx, end),
            year=school_year(begin),
        )
        plan_reminder(ctx, duty)
    post_card(ctx, sheet)
    ctx.at(_next_page(ctx), turn_page, sheet.id)
    if ctx.room.role != sheet.room:
        span = between(ctx, parts[0][0], parts[-1][1], language=ctx.language)
        ctx.reply_privately("duties-series-opened", title=role.title, days=span, count=len(parts))


@command("rota skip", needs=Role.TEACHER)
def skip_days(ctx: Context, days: Days, title: str | None = None) -> None:
    """Holidays: what lies in these days altogether is not needed; who had taken it is told."""
    sheet = series_meant(ctx, title)
    gone = [duty for duty in store.duties(sheet) if _lies_in(ctx, duty, days)]
    if not gone:
        raise InvalidArgument("duties-series-nothing-there", days=between(ctx, days.first, days.last, language=ctx.language))
    for duty in gone:
        drop_duty(ctx, duty)
    note_change(ctx, sheet)
    span = between(ctx, days.first, days.last, language=ctx.language)
    ctx.reply_privately("duties-series-skipped", title=sheet.title, days=span, count=len(gone))


@command("rota end", needs=Role.TEACHER)
def end_series(ctx: Context, title: str | None = None) -> None:
    """What has been done stays; what was to come is not needed, and who had taken it is told."""
    sheet = series_meant(ctx, title)
    now = milliseconds(ctx.now)
    for duty in store.duties(sheet):
        if (duty.begins or 0) > now:
            drop_duty(ctx, duty)
    store.change_sheet(sheet, state=SheetState.OVER)
    ctx.cancel(turn_page, sheet.id)
    note_change(ctx, sheet)
    ctx.reply_privately("duties-series-ended", title=sheet.title)


@job
def turn_page(ctx: Context, sheet_id: int) -> None:
    """On Mondays the card shows the next two weeks; after the last part the series is over."""
    sheet = store.sheet(ctx.klass.id, sheet_id)
    if sheet is None or sheet.state is not SheetState.OPEN:
        return
    now = milliseconds(ctx.now)
    if all(duty.is_past(now) for duty in store.duties(sheet)):
        store.change_sheet(sheet, state=SheetState.OVER)
    else:
        ctx.at(_next_page(ctx), turn_page, sheet.id)
    ctx.refresh(duty_card, str(sheet.id))


def _lies_in(ctx: Context, duty: Duty, days: Days) -> bool:
    own = days_of(duty, ctx.klass.zone)
    return own is not None and days.first <= own[0] and own[1] <= days.last


def _next_page(ctx: Context) -> datetime:
    monday = ctx.now.date() + timedelta(days=7 - ctx.now.weekday())
    return at_local(datetime.combine(monday, time(0, 5)), ctx.klass.zone)


def _end_of_lessons(first: date) -> date:
    year = first.year + 1 if first.month >= SCHOOL_YEAR_BEGINS else first.year
    last = date(year, *LAST_DAY)
    return last if last > first else first + timedelta(days=364)


def _begin(ctx: Context, day: date) -> int:
    return milliseconds(at_local(datetime.combine(day, time()), ctx.klass.zone))


def _end(ctx: Context, day: date) -> int:
    """The midnight after it."""
    return _begin(ctx, day + timedelta(days=1))
