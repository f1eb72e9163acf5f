"""Exemptions: families that are not asked for some time. Only the class's teachers see them; no reason is kept, and nobody else
can tell.

Where others of the staff read the staff room, names are said in a teacher's private chat only, and what was written elsewhere
is taken away. A substitute may enter exemptions, and hears nothing of those that there are.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from classroom_matrix.api import Context, Day, command
from classroom_matrix.domain.content import Bullets, Content, Line
from classroom_matrix.domain.people import Family, Role
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import NotAllowed, NotFound

from .asking import store as asking_store
from .confiding import answer, in_confidence, is_staff_room_shared, may_know
from .domain import SCHOOL_YEAR_BEGINS, local, milliseconds, school_year
from .loads import meet, year_of
from .naming import between, label
from .orders import Ordered, note_order


@command("excuse", needs=Role.TEACHER, names_people=True, confidential=True)
def exempt_family(ctx: Context, family: Family, *, until: Day | None = None) -> None:
    """From now on, to the end of the school year unless told. What the family has taken stays its own."""
    meet(ctx, year_of(ctx))
    last = until or date(school_year(ctx.now.date()) + 1, SCHOOL_YEAR_BEGINS, 1) - timedelta(days=1)
    end = at_local(datetime.combine(last + timedelta(days=1), time()), ctx.klass.zone)
    before = asking_store.exempt(ctx.klass.id, family.id, ctx.occurred, milliseconds(end))
    note_order(ctx, Ordered.EXCUSE, family=family, before=before)
    if _quietly(ctx):
        answer(ctx, "duties-exempt", family=family.label, until=between(ctx, last, last, language=ctx.language))


@command("excuse end", needs=Role.TEACHER, names_people=True, confidential=True)
def end_exemption(ctx: Context, family: Family) -> None:
    was_exempt = asking_store.end_exemption(ctx.klass.id, family.id, milliseconds(ctx.now))
    if was_exempt:
        meet(ctx, year_of(ctx))
        note_order(ctx, Ordered.EXCUSE_END, family=family)
    if not _quietly(ctx):
        return
    if not was_exempt and may_know(ctx):
        raise NotFound("duties-not-exempt")
    answer(ctx, "duties-exempt-no-more", family=family.label)


@command("excuse list", needs=Role.TEACHER)
def list_exemptions(ctx: Context) -> None:
    if not may_know(ctx):
        raise NotAllowed("duties-exempt-elsewhere")
    now = milliseconds(ctx.now)
    rows = tuple(
        ctx.text("duties-exempt-row", language=ctx.language, family=label(ctx, family), until=_last_day(ctx, until))
        for family, since, until in asking_store.exemptions(ctx.klass.id)
        if since <= now < until and ctx.roster.family(family) is not None
    )
    if not rows:
        answer(ctx, "duties-exempt-nobody")
        return
    title = Line(ctx.text("duties-exempt-list", language=ctx.language))
    ctx.reply_content(Content((title, Bullets(rows))), privately=not is_staff_room_shared(ctx))


def _quietly(ctx: Context) -> bool:
    """Whether the family may be named in the answer; else what was written is taken away, and one line says why."""
    if in_confidence(ctx):
        return True
    if ctx.room.role == "staff" and ctx.event_id is not None:  # where families read the house takes it away
        ctx.redact(ctx.event_id, room=ctx.room.id)
    ctx.tell_staff("duties-exempt-quietly")
    return False


def _last_day(ctx: Context, until: int) -> str:
    day = local(until - 1, ctx.klass.zone).date()
    return between(ctx, day, day, language=ctx.language)
