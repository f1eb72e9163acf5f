"""Families of pupils who are away get what was set, by themselves: one letter on an evening of school, if there is news.

A letter holds what was given out that day and what is due on the next day of school, as far as the family does not have it.
What is set or changes afterwards comes in one more letter, with everything else of the same quarter of an hour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from classroom_matrix.api import Context, job, on
from classroom_matrix.api.contracts import PupilAway, PupilsAway
from classroom_matrix.domain.content import Content, Line, MediaContent
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Family, Pupil
from classroom_matrix.domain.school_days import is_school_day, next_school_day
from classroom_matrix.domain.time import at_local

from . import store
from .cards import listing, task_title
from .domain import Groups, Task, milliseconds

_BACK = timedelta(days=14)
"""How long ago an absence may have begun that is told afterwards."""
_PAUSE = timedelta(minutes=15)


@on(PupilAway)
def plan_letters(ctx: Context, news: PupilAway) -> None:
    """For the evenings that are over there is a letter at once; the next one plans the one after it."""
    first = max(news.first, ctx.now.date() - _BACK)
    days = _school_days(ctx, first, news.last)
    over = [day for day in days if _evening(ctx, day) <= ctx.now]
    if over:
        ctx.at(ctx.now, send_missed, over[0].isoformat(), over[-1].isoformat())
    coming = next((day for day in days if _evening(ctx, day) > ctx.now), None)
    if coming is not None:
        _plan(ctx, coming, _evening(ctx, coming))


@job
def send_missed(ctx: Context, first: str, last: str) -> None:
    """Write to families whose pupils were away on these days, and to those that have something which has changed since."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    away: set[PersonId] = set()
    for ahead in range((end - begin).days + 1):
        found = ctx.ask(PupilsAway(begin + timedelta(days=ahead)))
        away.update(found or {})
    changed = store.with_old_revisions(ctx.klass.id, ctx.now.date() + timedelta(days=1))
    missed = _missed(ctx, begin, end) if away else []
    groups = store.groups(ctx.klass.id)
    unreached: list[str] = []
    for family in ctx.roster.families:
        concerned = [pupil for pupil in family.pupils if pupil.id in away or pupil.id in changed]
        news = {pupil: _news(pupil, missed if pupil.id in away else [], changed, groups) for pupil in concerned}
        mine = {pupil: tasks for pupil, tasks in news.items() if tasks}
        if not mine:
            continue
        if family.is_in_app:
            is_away = any(pupil.id in away for pupil in mine)
            _write(ctx, family, mine, "homework-missed" if is_away else "homework-missed-changed")
        else:
            unreached += [pupil.name for pupil in mine]
        for pupil, tasks in mine.items():
            store.set_sent(pupil.id, tasks)
    if unreached:
        ctx.tell_staff("homework-missed-unreached", pupils=unreached)
    following = next_school_day(max(end, ctx.now.date()), ctx.options.school_days)
    if ctx.ask(PupilsAway(following)):
        _plan(ctx, following, _evening(ctx, following))


def note_changes(ctx: Context, tasks: Iterable[Task]) -> None:
    """Tasks are new or different: who is away, or was sent them as they were, gets them in the evening or a little later."""
    today = ctx.now.date()
    coming = [task for task in tasks if task.day > today]
    away = ctx.ask(PupilsAway(today)) if coming else None
    if away or any(store.has_old_revision(task) for task in coming):
        _plan(ctx, today, max(ctx.now + _PAUSE, _evening(ctx, today)))


def _missed(ctx: Context, first: date, last: date) -> list[Task]:
    zone = ctx.klass.zone
    begin = at_local(datetime.combine(first, time()), zone)
    end = at_local(datetime.combine(last + timedelta(days=1), time()), zone)
    given = store.set_between(ctx.klass.id, milliseconds(begin), milliseconds(end))
    due = store.between(ctx.klass.id, first + timedelta(days=1), next_school_day(last, ctx.options.school_days))
    found = {task.id: task for task in [*given, *due] if task.is_open}
    return list(found.values())


def _news(pupil: Pupil, missed: Sequence[Task], changed: dict[PersonId, list[Task]], groups: Groups) -> list[Task]:
    known = store.sent(pupil.id)
    fresh = {task.id: task for task in missed if known.get(task.id) != task.revision and groups.is_for(task, (pupil.id,))}
    fresh.update({task.id: task for task in changed.get(pupil.id, ())})
    return list(fresh.values())


def _write(ctx: Context, family: Family, news: dict[Pupil, list[Task]], title_key: str) -> None:
    tasks = {task.id: task for own in news.values() for task in own}
    names = [pupil.name.split()[0] for pupil in news]
    photos = store.photos_of(task for task in tasks.values() if task.is_open)
    for household in family.households:
        language = ctx.language_of(household)
        lines = listing(ctx, list(tasks.values()), language=language, pupils=tuple(news))
        title = Line(ctx.text(title_key, language=language, pupils=names))
        files = [MediaContent(photo.media, photo.kind, _caption(ctx, photo.event, language)) for photo in photos]
        ctx.write(household, Content((title, *lines), loud=True), files=files)


def _caption(ctx: Context, event: str, language: str) -> str:
    titles = [task_title(ctx, task, language=language) for task in store.tasks_with(ctx.klass.id, event)]
    return ", ".join(dict.fromkeys(titles))


def _school_days(ctx: Context, first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_school_day(day, ctx.options.school_days)]


def _evening(ctx: Context, day: date) -> datetime:
    return at_local(datetime.combine(day, ctx.options.evening), ctx.klass.zone)


def _plan(ctx: Context, day: date, when: datetime) -> None:
    ctx.at(when, send_missed, day.isoformat(), day.isoformat())
