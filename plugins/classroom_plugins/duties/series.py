"""Series: a duty that comes every week or every school day, such as the one in the classroom."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from classroom_matrix.api import Context, Day, Days, command, job
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument, NotAllowed

from . import store
from .cards import duty_card, post_card
from .domain import MAX_PLACES, SCHOOL_YEAR_BEGINS, Duty, SheetState, days_of, milliseconds, school_year, weeks
from .loads import meet, year_of
from .lookup import series_meant
from .naming import between
from .opening import drop_duty
from .orders import Ordered, note_order
from .reminders import plan_reminder
from .slips import refuse_slips
from .taking import note_change
from .whose_turn import PREPOSITIONS, has_date, is_there, show_turns, what_is_asked
from .wording import WrittenRole, fold, read_role, shortened, take_weekdays

SCHOOL_DAYS = frozenset(range(5))
LAST_DAY = (5, 31)
"""Month and day on which a school year's lessons end."""
MOST_PARTS = 250
_BEFORE_NAMES = frozenset({"по", "в", "во", "на", "у", "for", "in", "of", "at"})
_PLAINLY_BEFORE_NAMES = _BEFORE_NAMES - {"на"}  # "на каникулах" may be a question
_SINCE = re.compile(r"(?P<title>(?:.*[\s,])?)(?:с|со|from)\s+(?P<day>\d{1,2})(?:-?го|st|nd|rd|th)?", re.IGNORECASE)


@command("rota")
def open_series(
    ctx: Context, title: str | None = None, *, since: Day | None = None, until: Day | None = None, daily: bool = False
) -> None:
    """One family a week, or a day, from next Monday to the end of May unless told. Whoever asks who is on is told that."""
    title, since = _first_of_month(title or "", since, until)
    weekdays, rest = take_weekdays(title)
    has_plan = daily or since is not None or until is not None or len(weekdays or ()) > 1
    if _answers(ctx, title, since, until, has_plan=has_plan):
        return
    if ctx.person is None or not ctx.person.role.may(Role.TEACHER):
        raise NotAllowed("core-not-allowed")
    role = _role(ctx, rest, has_plan=has_plan or weekdays is not None)
    today = ctx.now.date()
    first: date = since or today + timedelta(days=7 - today.weekday())
    last: date = until or _end_of_lessons(first)
    parts = _parts(first, last, weekdays or SCHOOL_DAYS, daily=daily)
    if not parts:
        raise InvalidArgument("duties-series-empty", example=ctx.text("duties-again-series", language=ctx.language))
    if len(parts) > MOST_PARTS or (role.places or 1) > MAX_PLACES:
        raise InvalidArgument("duties-series-long", most=MOST_PARTS)
    _refuse_twice(ctx, role.title, parts[0][0], parts[-1][1])
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
    note_order(ctx, Ordered.ROTA)
    if ctx.room.role != sheet.room:
        span = between(ctx, parts[0][0], parts[-1][1], language=ctx.language)
        ctx.reply_privately("duties-series-opened", title=role.title, days=span, count=len(parts))


def _role(ctx: Context, text: str, *, has_plan: bool) -> WrittenRole:
    """Read what a rota is called, and how many are needed.

    Args:
        text: without weekdays.
        has_plan: whether it is said when it is.

    Raises:
        InvalidArgument: there is no name, or perhaps something else was meant.
    """
    if all(word in PREPOSITIONS or not any(letter.isalpha() for letter in word) for word in fold(text).split()):
        raise InvalidArgument("duties-series-no-title", example=ctx.text("duties-again-series", language=ctx.language))
    refuse_slips(ctx, [text], "rota")
    if has_date(ctx, text):
        raise InvalidArgument("duties-series-dated", text=shortened(text))
    role = read_role(text)
    if not has_plan and role.places is None and not _is_name(text):
        raise InvalidArgument("duties-series-sure", text=shortened(text))
    if fold(role.title).split()[0] in _BEFORE_NAMES:  # "!дежурство по классу"
        return replace(role, title=ctx.text("duties-series-title", title=role.title[0].lower() + role.title[1:]))
    return role


def _is_name(title: str) -> bool:
    """Whether words alone are plainly the name of a rota: "Столовая", "по классу". "завтар" may have been meant otherwise."""
    return title[:1].isupper() or fold(title).split()[0] in _PLAINLY_BEFORE_NAMES


def _first_of_month(title: str, since: Day | None, until: Day | None) -> tuple[str, Day | None]:
    """Of "по классу с 1" and 25 December: "по классу" and 1 December."""
    found = _SINCE.fullmatch(title)
    if found is None or since is not None or until is None or not 0 < int(found["day"]) <= until.day:
        return title, since
    return found["title"].strip(" ,"), Day(until.replace(day=int(found["day"])))


def _answers(ctx: Context, text: str, since: Day | None, until: Day | None, *, has_plan: bool) -> bool:
    """Whether it was asked who is on; then that is said."""
    asked = what_is_asked(ctx, text)
    if asked.days is None and (since or until):
        first = since or ctx.now.date()
        asked = replace(asked, days=Days(first, max(first, until or first)))
    if asked.surely and not asked.sheets and not asked.unknown and has_plan:
        return False  # what is opened has no name yet
    if not asked.surely and (has_plan or not asked.sheets):
        return False
    is_named_only = not asked.surely and asked.days is None
    show_turns(ctx, asked, also=ctx.text("duties-series-there-already", language=ctx.language) if is_named_only else "")
    return True


def _parts(first: date, last: date, weekdays: frozenset[int], *, daily: bool) -> list[tuple[date, date]]:
    """The first and the last day of each part."""
    found = weeks(first, last, weekdays)
    if not daily:
        return found
    days = (begin + timedelta(days=n) for begin, end in found for n in range((end - begin).days + 1))
    return [(day, day) for day in days if day.weekday() in weekdays]


def _refuse_twice(ctx: Context, title: str, first: date, last: date) -> None:
    """Raises InvalidArgument: a series of the same name is open in some of these days."""
    for sheet in is_there(ctx, title):
        spans = [span for duty in store.duties(sheet) if (span := days_of(duty, ctx.klass.zone)) is not None]
        if any(begin <= last and first <= end for begin, end in spans):
            days = between(ctx, spans[0][0], spans[-1][1], language=ctx.language)
            raise InvalidArgument("duties-series-there", title=sheet.title, days=days)


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
    note_order(ctx, Ordered.ENDED)
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
    note_order(ctx, Ordered.ENDED)
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
