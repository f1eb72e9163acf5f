"""`!digest`, and the evening letter to households that want it: what awaits them next, and what has become open.

It comes only where there is something to say. In the morning it would be of no use, so nobody's quiet hours hold it: where they
cover the class's time, it comes before they begin.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ...api import Context, Klass, command, job
from ...domain.content import Content, Line
from ...domain.folding import fold
from ...domain.ids import ClassId, HouseholdId
from ...domain.people import Household
from ...domain.school_days import MON_TO_FRI, next_school_day
from ...domain.time import QuietHours, at_local
from ...errors import InvalidArgument, UserError
from ...storage import archive, digests, jobs
from ...storage.database import Database
from ..context import HandlerContext
from ..registry import ClassSetup
from ..view import ClassView
from .whats_new import look_ahead, own_household

PLANNED, WITHIN = time(4, 15), 20 * 60
"""Local time at which a class's letters of the day are planned, and the seconds over which classes are spread after it."""
SPREAD = 10 * 60
"""Seconds over which a class's letters are spread."""
_STEP, _EARLIEST = timedelta(minutes=15), time(8)
_SATURDAY = 5


# ── Who wants it ────────────────────────────────────────────────────────────────────────────────────────────────────────


@command("digest")
def choose_digest(ctx: Context, choice: str | None = None) -> None:
    assert isinstance(ctx, HandlerContext)
    household = own_household(ctx)
    if ctx.klass.digest is None:
        raise UserError("core-digest-none")
    if choice is None:
        _answer(ctx, "core-digest-is-on" if wants(ctx, household) else "core-digest-is-off", household)
        return
    chosen = _read(ctx, choice)
    digests.choose(ctx.database, household.id, wants=chosen)
    if chosen:
        _put(ctx, household, ctx.now.date(), late=False)
        _begin(ctx.database, ctx.klass, next_planning(ctx.now, ctx.klass.id))
    _answer(ctx, "core-digest-on" if chosen else "core-digest-off", household)


def wants(ctx: HandlerContext, household: Household) -> bool:
    said = digests.wanted(ctx.database, household.id)
    return ctx.klass.digest_for_all if said is None else said


def _read(ctx: Context, choice: str) -> bool:
    """
    Raises:
        InvalidArgument: it is neither yes nor no.
    """
    said = fold(choice.strip(" .!"))
    for key, means in (("core-digest-words-on", True), ("core-digest-words-off", False)):
        if said in ctx.listed(key):
            return means
    raise InvalidArgument("core-digest-which", text=choice)


def _answer(ctx: HandlerContext, key: str, household: Household) -> None:
    when = moment_for(ctx.klass, household, ctx.now.date())
    content = ctx.text(key, language=ctx.language, time=f"{when or ctx.klass.digest:%H:%M}")
    ctx.reply_content(Content.line(content), privately=True)


# ── When it comes ───────────────────────────────────────────────────────────────────────────────────────────────────────


def moment_for(klass: Klass, household: Household, day: date) -> datetime | None:
    """When a household gets its letter of the day: at the class's time, or before the quiet hours that cover it begin.

    Aware, in the class's zone; None where there is no such time on that day, or the class has no digest.
    """
    if klass.digest is None:
        return None
    hours = [person.quiet or klass.quiet for person in household.reachable]
    moment = at_local(datetime.combine(day, klass.digest), klass.zone)
    while _covers(hours, moment):
        moment = (moment.astimezone(UTC) - _STEP).astimezone(klass.zone)
        if moment.date() != day or moment.time() < _EARLIEST:
            return None
    spread = moment + timedelta(seconds=zlib.crc32(household.id.encode()) % SPREAD)
    return moment if _covers(hours, spread) else spread


def _covers(hours: Iterable[QuietHours], moment: datetime) -> bool:
    return any(each.covers(moment) for each in hours)


@job
def plan_digests(ctx: Context) -> None:
    """Each morning: a job for each letter, so that what is late comes late and what is done stays done."""
    assert isinstance(ctx, HandlerContext)
    if ctx.klass.digest is None:
        return  # begun again at the first start after it is configured
    for family in ctx.roster.families:
        for household in family.households:
            if household.reachable and wants(ctx, household):
                _put(ctx, household, ctx.now.date(), late=True)
    ctx.at(next_planning(ctx.now, ctx.klass.id), plan_digests)


def _put(ctx: HandlerContext, household: Household, day: date, *, late: bool) -> None:
    """`late`: also where its time has passed, since the service was down."""
    moment = moment_for(ctx.klass, household, day)
    if moment is not None and (late or moment > ctx.now):
        ctx.at(moment, send_digest, household.id, day.isoformat())


@job
def send_digest(ctx: Context, household_id: str, day: str) -> None:
    """One letter. Late by a night it would tell of a day that has begun: then there is none."""
    assert isinstance(ctx, HandlerContext)
    household = ctx.roster.household(HouseholdId(household_id))
    if household is None or ctx.now.date() != date.fromisoformat(day) or not wants(ctx, household):
        return
    held = ctx.quiet_until(household)
    if held is not None and held.date() != ctx.now.date():
        return
    if not digests.is_first_today(ctx.database, ctx.klass.id, household.id, day):
        return
    language = ctx.language_of(household)
    view = ClassView(ctx.batch, ctx.batch.registry.core, ctx.klass.id, language)
    ahead, open_now = look_ahead(view, ctx.batch, household, evening_days(ctx.now.date()))
    fresh = digests.is_news(ctx.database, ctx.klass.id, household.id, map(str, open_now)) and bool(open_now)
    if ahead or fresh:
        ctx.write(household, Content((Line(view.text("core-digest")), *ahead, *open_now), loud=True))


def evening_days(today: date) -> Sequence[date]:
    """What the letter of a day tells of: everything up to the next day with school, on a Saturday only the Sunday: Monday
    was told of on Friday and is again on Sunday.
    """
    until_school = (next_school_day(today, MON_TO_FRI) - today).days
    days = [today + timedelta(days=ahead) for ahead in range(1, until_school + 1)]
    return days[:1] if today.weekday() == _SATURDAY else days


def begin_daily_digests(database: Database, setups: Iterable[ClassSetup], now: float) -> None:
    """Make the first job of classes that have none, due at once. In the database's thread, at each start.

    One that was due while the service was down stays due.
    """
    with database.transaction():
        for setup in setups:
            if setup.klass.digest is not None and not archive.is_archived(database, setup.klass.id):
                _begin(database, setup.klass, datetime.fromtimestamp(now, setup.klass.zone))


def _begin(database: Database, klass: Klass, first: datetime) -> None:
    jobs.put_first(database, klass.id, f"core.{plan_digests.name}", (), first.timestamp())


def next_planning(now: datetime, class_id: ClassId) -> datetime:
    """The class's next time to plan after `now` (aware, in the class's zone)."""
    zone = now.tzinfo
    assert isinstance(zone, ZoneInfo)
    mine = timedelta(seconds=zlib.crc32(class_id.encode()) % WITHIN)
    today = at_local(datetime.combine(now.date(), PLANNED), zone) + mine
    return today if today > now else at_local(datetime.combine(now.date() + timedelta(days=1), PLANNED), zone) + mine
