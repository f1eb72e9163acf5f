"""Setting homework, correcting and withdrawing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from classroom_matrix.api import Context, Day, command
from classroom_matrix.domain.content import Block, Content, Line
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.school_days import next_school_day
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .absent import note_changes
from .attaching import announces_photo, attach, photos_meant, photos_of_today
from .cards import card_day, listing, show, subject_name, subjects_of, task_title
from .domain import MAX_CALLED, MAX_DAY, MAX_TEXT, Photo, Task, is_same_text, length, local_day, same_group
from .no_task import WHICH_SUBJECT, refuse_no_tasks
from .reading import SaidTask, read_tasks

FURTHEST = timedelta(days=92)
"""How far ahead a task may be due; behind it is a slip of the pen."""
_WHICH_YEAR = "core-when-which-year"
_SHOWN = 40  # characters of a text in a sentence
_EVERYTHING = frozenset({"все", "всё", "all", "everything"})


@command("homework", needs=Role.SPECIALIST, published=True)
def set_homework(ctx: Context, text: str = "") -> None:
    """`!дз математика с. 12 № 4 к пятнице`; a line for each subject; in reply to a photo, or just behind it."""
    assert ctx.event_id is not None
    assert ctx.person is not None
    newer = store.edit_of(ctx.event_id)
    if newer is not None and newer.person == ctx.person.id:  # it was edited before it came
        meant = behind_command(ctx, newer.body)
        text = meant.text if meant else text
    echo(ctx, record(ctx, text, ctx.event_id))


@command("homework correct", needs=Role.SPECIALIST, published=True)
def correct_homework(ctx: Context, text: str) -> None:
    """What is said for a subject takes the place of what was."""
    assert ctx.event_id is not None
    corrected: list[Task] = []
    for said in _read_correction(ctx, text):
        tasks = _meant(ctx, said)
        if len({task.group for task in tasks}) > 1:
            raise InvalidArgument("homework-which-group", subject=subject_name(ctx, said.subject, said.called))
        photos = photos_meant(ctx, announced=announces_photo(said.text))
        if not said.text and not photos:
            raise InvalidArgument("homework-empty", subject=subject_name(ctx, said.subject, said.called))
        kept = tasks[0]
        for other in tasks[1:]:
            store.forget(other, kept)
        check(ctx, [said], instead=tasks, day=kept.day)
        kept = store.change(kept, ctx.occurred, text=said.text or kept.text)
        store.point_to(kept, ctx.event_id)
        changed(ctx, [kept])
        attach(ctx, kept, photos)
        corrected.append(kept)
    echo(ctx, corrected)


def _read_correction(ctx: Context, text: str) -> list[SaidTask]:
    """The tasks in a correction. "Исправить ошибки" is a task itself, of which the subject is to be said."""
    try:
        found = read(ctx, text)
    except InvalidArgument as error:
        if error.key != WHICH_SUBJECT:
            raise
        raise InvalidArgument("homework-correct-what", text=text[:_SHOWN]) from None
    today = local_day(ctx.occurred, ctx.klass.zone)
    if any(not said.known and not store.upcoming(ctx.klass.id, today, said.subject) for said in found):
        raise InvalidArgument("homework-correct-what", text=text[:_SHOWN])
    return found


@command("homework cancel", needs=Role.SPECIALIST)
def cancel_homework(ctx: Context, text: str) -> None:
    cancelled: list[Task] = []
    for said in read(ctx, text):
        if fold(said.called) in _EVERYTHING and said.day is not None:
            tasks = [task for task in store.of_day(ctx.klass.id, said.day) if task.is_open]
        else:
            tasks = _meant(ctx, said)
        cancelled += [withdraw(task, ctx.occurred) for task in tasks]
    changed(ctx, cancelled)
    echo(ctx, cancelled)


def withdraw(task: Task, at: int) -> Task:
    return store.change(task, at, withdrawn_at=at)


# ── Steps, for edits and photos too ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class BehindCommand:
    """What stands behind `!дз` in a text that did not come as a command: a caption, an edit."""

    text: str
    corrects: bool


def behind_command(ctx: Context, body: str) -> BehindCommand | None:
    words = body.removeprefix("* ").lstrip()
    if words[:1] not in ("!", "！"):
        return None
    rest = _without(words[1:].lstrip(), ctx.text("homework-words"))
    if rest is None:
        return None
    correction = _without(rest, ctx.text("homework-correct-words"))
    return BehindCommand(rest, corrects=False) if correction is None else BehindCommand(correction, corrects=True)


def _without(text: str, names: str) -> str | None:
    """A text without the name that it begins with; None if it begins with none."""
    for name in sorted((name.strip() for name in names.split(",")), key=len, reverse=True):
        if fold(text[: len(name)]) == fold(name) and not text[len(name) : len(name) + 1].isalnum():
            return text[len(name) :].lstrip(" \t:,")
    return None


def read(ctx: Context, text: str, *, at: int | None = None) -> list[SaidTask]:
    """The tasks in a text. `at`: when it was said, if not just now.

    Raises:
        UserError: there is none, or a day is wrong.
    """
    spoken = ctx.occurred if at is None else at
    today = local_day(spoken, ctx.klass.zone)

    def read_day(said: str) -> date | None:
        """A date that is over means next year's, and "до 3.4" perhaps an exercise: neither is a task's day."""
        try:
            found: date | None = ctx.read(Day, said, at=spoken)
        except InvalidArgument as error:
            if error.key != _WHICH_YEAR:
                raise
            raise InvalidArgument("homework-day-far", text=said, day=error.values["day"]) from None
        if found is not None and found > today + FURTHEST:
            raise InvalidArgument("homework-day-far", text=said, day=found)
        return found

    said = read_tasks(text, subjects_of(ctx), read_day)
    if not said:
        raise InvalidArgument("homework-nothing-said", example=ctx.text("homework-example", language=ctx.language))
    refuse_no_tasks(ctx, said)
    card = card_day(ctx, ctx.reply_to)
    if card is not None and card >= today:  # written below a day's card
        said = [replace(one, day=one.day or card) for one in said]
    return said


def record(ctx: Context, text: str, source: EventId, photos: Sequence[Photo] | None = None) -> list[Task]:
    """Write down what a message sets, show it, and put photos to it: `photos`, or those that are meant.

    Raises:
        UserError: it cannot be; nothing is written.
    """
    said = read(ctx, text)
    if photos is None:
        photos = photos_meant(ctx, announced=any(announces_photo(one.text) for one in said))
    bare = next((one for one in said if not one.text), None)
    if bare is not None and not photos:
        photos = photos_of_today(ctx)
    if bare is not None and (not photos or sum(not one.text for one in said) > 1):
        raise InvalidArgument("homework-empty", subject=subject_name(ctx, bare.subject, bare.called, language=ctx.language))
    check(ctx, said)
    tasks: list[Task] = []
    pictured: Task | None = None
    for one in said:
        task = add(ctx, one, source)
        tasks.append(task)
        if one is (bare or said[0]):
            pictured = task
    changed(ctx, tasks)
    if pictured is not None:
        attach(ctx, pictured, photos)
    return [store.get(ctx.klass.id, task.id) or task for task in tasks]


def add(ctx: Context, said: SaidTask, source: EventId, *, day: date | None = None) -> Task:
    """A new task; the one that says the same for the same day, where there is one."""
    assert ctx.person is not None
    due = _due(ctx, said, day)
    for task in store.of_day(ctx.klass.id, due):
        same = task.is_open and task.subject == said.subject and same_group(task.group, said.group)
        if same and said.text and is_same_text(task.text, said.text):
            return task
    return store.add(ctx.klass.id, due, said.subject, said.called, said.group, said.text, ctx.person.id, source, ctx.occurred)


def _due(ctx: Context, said: SaidTask, day: date | None = None) -> date:
    return said.day or day or next_school_day(local_day(ctx.occurred, ctx.klass.zone), ctx.options.school_days)


def check(ctx: Context, said: Sequence[SaidTask], *, instead: Sequence[Task] = (), day: date | None = None) -> None:
    """See whether tasks fit into their cards, before anything is written.

    Args:
        ctx: the handler's.
        said: the tasks.
        instead: tasks that they take the place of.
        day: when those without a day are due; the next school day unless told.

    Raises:
        InvalidArgument: one is too long, or a day has too many.
    """
    added: dict[date, int] = {}
    for one in said:
        for text, most in ((one.text, MAX_TEXT), (one.called, MAX_CALLED)):
            if len(text) > most:
                raise InvalidArgument("homework-too-long", count=len(text), most=most)
        due = _due(ctx, one, day)
        added[due] = added.get(due, 0) + length(one.text)
    gone = {task.id for task in instead}
    for due, more in added.items():
        others = [task for task in store.of_day(ctx.klass.id, due) if task.is_open and task.id not in gone]
        if more + sum(length(task.text) for task in others) > MAX_DAY:
            raise InvalidArgument("homework-day-full", day=due)


def changed(ctx: Context, tasks: Iterable[Task]) -> None:
    """Tasks are different now: their cards, and what families of pupils who are away have."""
    tasks = list(tasks)
    show(ctx, (task.day for task in tasks))
    note_changes(ctx, tasks)


def echo(ctx: Context, tasks: Sequence[Task]) -> None:
    """Say what was understood: where the card is seen it is said there, but for subjects that the class does not have."""
    if ctx.room.role == ctx.options.room:
        unknown = [task for task in tasks if subjects_of(ctx).get(task.subject) is None]
        if unknown:
            names = [task_title(ctx, task, language=ctx.language) for task in unknown]
            ctx.reply_privately("homework-unknown-subject", subjects=names)
        return
    title: list[Block] = [Line(ctx.text("homework-recorded", language=ctx.language))]
    content = Content((*title, *listing(ctx, tasks, language=ctx.language)))
    ctx.reply_content(content, privately=ctx.room.role not in ("desk", "private"))


def _meant(ctx: Context, said: SaidTask) -> list[Task]:
    """The open tasks that a correction is about: of the subject on the day that it says, or on the nearest that has one.

    Raises:
        NotFound: there is none.
    """
    today = local_day(ctx.occurred, ctx.klass.zone)
    coming = store.upcoming(ctx.klass.id, today, said.subject)
    if said.group:
        coming = [task for task in coming if same_group(task.group, said.group)]
    name = subject_name(ctx, said.subject, said.called, language=ctx.language)
    if not coming:
        raise NotFound("homework-none-of-subject", subject=name)
    day = said.day or coming[0].day
    meant = [task for task in coming if task.day == day]
    if not meant:
        days = sorted({task.day for task in coming})
        raise NotFound("homework-none-on-day", subject=name, day=day, days=days)
    return meant
