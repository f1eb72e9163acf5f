"""The teacher edits or deletes the message of a task: that corrects or withdraws the task."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, on
from classroom_matrix.domain.facts import EventRedacted, MessageSent
from classroom_matrix.domain.ids import EventId
from classroom_matrix.errors import UserError

from . import store
from .cards import task_title
from .domain import Task, is_same_text, same_group
from .no_task import is_other_command
from .reading import SaidTask
from .tasks import BehindCommand, add, behind_command, changed, check, echo, read, record, withdraw


@on(MessageSent)
def follow_edit(ctx: Context, message: MessageSent) -> None:
    if message.replaces is None or ctx.person is None or not ctx.person.role.is_staff:
        return
    tasks = store.of_source(ctx.klass.id, message.replaces)
    meant = behind_command(ctx, message.body)
    mine = [task for task in tasks if task.author == ctx.person.id]
    if (not mine and (tasks or meant is None)) or not store.keep_edit(
        ctx.klass.id, message.replaces, ctx.person.id, message.at, message.body
    ):
        return  # somebody else's message, other talk, or older than an edit that has come already
    if not mine and meant is not None:
        _follow_refused(ctx, meant, message.replaces)
    if not mine:
        return
    text = meant.text if meant is not None else message.body.removeprefix("* ")
    try:
        said = read(ctx, text, at=min(task.set_at for task in mine))  # "завтра" was the day after that
        check(ctx, said, instead=mine, day=mine[0].day)
        _rework(ctx, mine, said, message.replaces)
    except UserError as error:
        ctx.reply_privately(error.key, **error.values)


def _follow_refused(ctx: Context, meant: BehindCommand, source: EventId) -> None:
    """A command that set nothing as it was is followed as it is now; one that is still to come comes as it is now."""
    if ctx.author_of(source) is None:
        return
    if meant.corrects or is_other_command(ctx, meant.text):
        ctx.reply_privately("homework-command-edited")
        return
    try:
        echo(ctx, record(ctx, meant.text, source))
    except UserError as error:
        ctx.reply_privately(error.key, **error.values)


def _rework(ctx: Context, tasks: Sequence[Task], said: Sequence[SaidTask], source: EventId) -> None:
    """Make the tasks of a message what it says now: matched by subject and group, a single pair of others too."""
    left, new = list(tasks), list(said)
    pairs: list[tuple[Task, SaidTask]] = []
    for one in said:
        fit = next((task for task in left if task.subject == one.subject and same_group(task.group, one.group)), None)
        if fit is not None:
            pairs.append((fit, one))
            left.remove(fit)
            new.remove(one)
    if len(left) == len(new) == 1:
        pairs.append((left.pop(), new.pop()))
    touched: list[Task] = []
    for task, one in pairs:
        touched += _corrected(ctx, task, one)
    touched += [withdraw(task, ctx.occurred) for task in left if task.is_open]
    touched += [add(ctx, one, source, day=tasks[0].day) for one in new if one.text]
    changed(ctx, touched)


def _corrected(ctx: Context, task: Task, said: SaidTask) -> list[Task]:
    """The task before and after, for the cards of both days; nothing where nothing is different."""
    day, text = said.day or task.day, said.text or task.text
    same = (day, said.subject, said.group) == (task.day, task.subject, task.group) and is_same_text(text, task.text)
    if same and task.is_open:
        return []
    after = store.change(
        task,
        ctx.occurred,
        day=day.isoformat(),
        subject=said.subject,
        called=said.called,
        grp=said.group,
        text=text,
        withdrawn_at=None,
    )
    return [task, after] if task.day != after.day else [after]


@on(EventRedacted)
def follow_deletion(ctx: Context, redaction: EventRedacted) -> None:
    """Deleting the message of a task withdraws it; the teacher is told, because tidying up is no withdrawal."""
    if ctx.person is None or not ctx.person.role.is_staff:
        return
    tasks = [task for task in store.of_source(ctx.klass.id, redaction.target) if task.is_open]
    if tasks:
        withdrawn = [withdraw(task, redaction.at) for task in tasks]
        changed(ctx, withdrawn)
        titles = [task_title(ctx, task, language=ctx.language) for task in withdrawn]
        ctx.tell_staff("homework-withdrawn-by-deletion", subjects=titles, day=withdrawn[0].day)
