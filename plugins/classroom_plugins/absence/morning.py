"""Who is away: the teacher's list in the morning of school days on which anybody is, and for other plugins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from classroom_matrix.api import Context, View, job, serves
from classroom_matrix.api.contracts import PupilsAway
from classroom_matrix.domain.content import Block, Bold, Bullets, Content, Line
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Pupil
from classroom_matrix.domain.school_days import is_school_day, next_school_day
from classroom_matrix.domain.time import at_local

from . import store
from .domain import Absence, absence_on, absences


@serves(PupilsAway)
def pupils_away(view: View, request: PupilsAway) -> Mapping[PersonId, date]:
    return {pupil.id: absence.last for pupil, absence in away_on(view, request.day)}


def away_on(view: View, day: date) -> list[tuple[Pupil, Absence]]:
    """Pupils of the class who are away on a day, in the order of the office's list."""
    found = [(pupil, absence_on(absences_, day)) for pupil, absences_ in _known(view, day)]
    return [(pupil, absence) for pupil, absence in found if absence is not None]


def away_later(view: View, day: date, until: date) -> list[tuple[Pupil, Absence]]:
    """Absences that begin after a day, soonest first."""
    found = [(pupil, one) for pupil, absences_ in _known(view, day) for one in absences_ if day < one.first <= until]
    return sorted(found, key=lambda each: (each[1].first, each[0].number))


def _known(view: View, day: date) -> list[tuple[Pupil, list[Absence]]]:
    said = store.around(view.klass.id, day)
    pupils = sorted((pupil for family in view.roster.families for pupil in family.pupils), key=lambda pupil: pupil.number)
    return [(pupil, absences(said[pupil.id], view.options.school_days)) for pupil in pupils if pupil.id in said]


def plan_list(ctx: Context, absence: Absence) -> None:
    """Plan the list of the first school day of an absence; each list plans the next one."""
    days = (absence.first + timedelta(days=n) for n in range((absence.last - absence.first).days + 1))
    for day in days:
        if is_school_day(day, ctx.options.school_days) and _time(ctx, day) > ctx.now:
            ctx.at(_time(ctx, day), morning_list, day.isoformat())
            return


@job
def morning_list(ctx: Context, day: str) -> None:
    today = date.fromisoformat(day)
    away = away_on(ctx, today)
    if away and ctx.now.date() == today:
        ctx.post(Content(tuple(lines(ctx, "absence-list", today, away)), loud=True), room="staff")
    following = next_school_day(max(today, ctx.now.date()), ctx.options.school_days)
    if away_on(ctx, following):
        ctx.at(_time(ctx, following), morning_list, following.isoformat())


def lines(view: View, title: str, day: date, away: list[tuple[Pupil, Absence]], *, language: str | None = None) -> list[Block]:
    """A heading and a line for each pupil: name, reason, and when they are expected."""
    said = [
        view.text(
            "absence-list-line",
            language=language,
            pupil=pupil.name,
            reason=view.text(f"absence-reason-{absence.reason}", language=language),
            back=next_school_day(absence.last, view.options.school_days),
        )
        for pupil, absence in away
    ]
    return [Line(Bold(view.text(title, language=language, day=day, count=len(away)))), Bullets(tuple(said))]


def _time(view: View, day: date) -> datetime:
    return at_local(datetime.combine(day, view.options.list_at), view.klass.zone)
