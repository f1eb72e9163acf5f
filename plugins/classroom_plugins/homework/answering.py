"""What was set, for whoever asks: as a command, or in a plain sentence in the desk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from classroom_matrix.api import Context, Days, Meaning, Subject, View, command
from classroom_matrix.domain.content import Content, Line
from classroom_matrix.domain.facts import MessageSent
from classroom_matrix.domain.people import Person, Pupil, Role
from classroom_matrix.domain.school_days import is_school_day
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument

from . import questions, store
from .cards import listing, subjects_of
from .domain import Task, local, local_day, milliseconds
from .openings import is_about_none
from .sentences import Query, Which, days_of, read_days_asked, read_query, read_question

_ASKED = Subject("asked", "tasks")
_LATE = time(14)
"""When a school day is over: whoever asks what is set means the coming days."""


@command("homework what")
def tell_homework(ctx: Context, text: str = "") -> None:
    """`!дз что 3–7 марта`, and `!дз нет`, which needs no more; everybody may ask. Families hear of their own pupils' groups,
    staff of all.
    """
    query = read_days_asked(text, subjects_of(ctx), lambda said: _read_days(ctx, said, ctx.occurred), _today(ctx))
    if query is None and is_about_none(text):
        query = Query()
    if query is None:
        raise InvalidArgument("core-argument-days", text=text)
    _answer(ctx, query)


def understand(view: View, person: Person, message: MessageSent) -> Sequence[Meaning]:
    """Questions for homework, and study questions to the teacher."""
    if message.kind != "text":
        return ()
    subjects = subjects_of(view)
    asked = read_question(message.body, subjects)
    if asked is not None and person.family_id is not None:
        return [questions.meaning(view, asked)]
    today = local_day(message.at, view.klass.zone)
    query = read_query(message.body, subjects, lambda said: _read_days(view, said, message.at), today)
    if query is None or (query.first is not None and query.bare and not is_school_day(query.first, view.options.school_days)):
        return ()  # "что в субботу?" is about something else
    answer = json.dumps([str(query.first or ""), str(query.last or ""), query.which, query.subject])
    return [Meaning(_ASKED, answer, view.text("homework-asked-label"), changes=False)]


def take(ctx: Context, meaning: Meaning) -> None:
    if meaning.about == _ASKED:
        first, last, which, subject = json.loads(meaning.answer)
        days = [date.fromisoformat(day) if day else None for day in (first, last)]
        _answer(ctx, Query(days[0], days[1], Which(which), subject))
    else:
        questions.take(ctx, meaning)


def _read_days(view: View, said: str, at: int) -> tuple[date, date] | None:
    found: Days | None = view.read(Days, said, at=at)
    return (found.first, found.last) if found is not None else None


def _today(ctx: Context) -> date:
    return local_day(ctx.occurred, ctx.klass.zone)


def _answer(ctx: Context, query: Query) -> None:
    pupils = _own_pupils(ctx)
    first, last = days_of(query, _today(ctx), late=local(ctx.occurred, ctx.klass.zone).time() >= _LATE)
    tasks = _found(ctx, query, first, last)
    lines = listing(ctx, tasks, language=ctx.language, pupils=pupils)
    if lines:
        content = Content(tuple(lines))
    elif query.first is None:
        content = Content((Line(ctx.text("homework-nothing-coming", language=ctx.language)),))
    else:
        key = "homework-nothing-on" if first == last else "homework-nothing-between"
        content = Content((Line(ctx.text(key, language=ctx.language, first=first, last=last)),))
    role = ctx.person.role if ctx.person is not None else None
    has_place = role is not None and (role.is_staff or role is Role.GUARDIAN)
    ctx.reply_content(content, privately=has_place and ctx.room.role not in ("desk", "private"))


def _own_pupils(ctx: Context) -> Sequence[Pupil] | None:
    """Whose tasks the person is told; None for everybody's."""
    person = ctx.person
    family = ctx.roster.family(person.family_id) if person is not None else None
    if person is None or family is None:
        return None
    if person.role is Role.PUPIL:
        return [pupil for pupil in family.pupils if pupil.id == person.id]
    return family.pupils if person.role in (Role.GUARDIAN, Role.RELATIVE) else None


def _found(ctx: Context, query: Query, first: date, last: date) -> list[Task]:
    found: dict[int, Task] = {}
    if query.which is not Which.SET:
        found.update({task.id: task for task in store.between(ctx.klass.id, first, last)})
    if query.which is not Which.DUE:
        begin = at_local(datetime.combine(first, time()), ctx.klass.zone)
        end = at_local(datetime.combine(last + timedelta(days=1), time()), ctx.klass.zone)
        given = store.set_between(ctx.klass.id, milliseconds(begin), milliseconds(end))
        found.update({task.id: task for task in given})
    return [task for task in found.values() if task.is_open and query.subject in ("", task.subject)]
