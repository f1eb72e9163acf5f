"""What homework looks like: the card of a day, lists by day, and how a task is called."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from classroom_matrix.api import Context, Subject, View, card
from classroom_matrix.domain.content import Block, Bold, Bullets, Content, Line, Muted, Span
from classroom_matrix.domain.ids import EffectKey, EventId
from classroom_matrix.domain.people import Pupil

from . import store
from .domain import Groups, Task, by_day, in_order, local, local_day, shown_on_card
from .subjects import Subjects, read_subjects

PHOTO = "📷"
_LANGUAGES = ("ru", "en")


@card
def day_card(view: View, subject: str) -> Content:
    """All that is due on a day; `subject`: its ISO date."""
    day = date.fromisoformat(subject)
    tasks = in_order(shown_on_card(store.of_day(view.klass.id, day)), subjects_of(view))
    lines: list[Block] = [Line(Bold(view.text("homework-card-title", day=day)))]
    lines += [Line(*_spans(view, task)) for task in tasks]
    photos = store.photos_of(task for task in tasks if task.is_open)
    above = [view.date(local(photo.at, view.klass.zone)) for photo in photos if photo.in_room]
    if above:
        lines.append(Line(Muted(view.text("homework-card-photos-above", mark=PHOTO, when="; ".join(above)))))
    if len(above) < len(photos):
        lines.append(Line(Muted(view.text("homework-card-photos-thread", mark=PHOTO))))
    return Content((*lines, Line(Muted(view.text("homework-card-how")))))


def _spans(view: View, task: Task) -> list[Span]:
    title = task_title(view, task)
    if not task.is_open:
        return [Bold(title), Muted(f" — {_when(view, 'homework-withdrawn', task, task.withdrawn_at or 0)}")]
    spans: list[Span] = [Bold(title), f": {said_text(view, task)}"]
    if task.changed_at is not None:
        spans.append(Muted(f" ({_when(view, 'homework-corrected', task, task.changed_at)})"))
    return spans


def _when(view: View, key: str, task: Task, at: int) -> str:
    """Such as "исправлено 18:20"; with the day, where that is not the one on which the task was set."""
    zone = view.klass.zone
    if local_day(at, zone) == local_day(task.set_at, zone):
        return view.text(key, when=local(at, zone).strftime("%H:%M"))
    return view.text(key, when=local(at, zone))


def said_text(view: View, task: Task, *, language: str | None = None) -> str:
    text = task.text or view.text("homework-see-photo", language=language)
    marks = PHOTO if task.photos == 1 else f"{PHOTO}×{task.photos}"
    return f"{text} {marks}" if task.photos else text


def task_title(view: View, task: Task, *, language: str | None = None) -> str:
    """Such as "Математика" or "Английский язык, группа А"."""
    name = subject_name(view, task.subject, task.called, language=language)
    return view.text("homework-group", language=language, subject=name, group=task.group) if task.group else name


def subject_name(view: View, key: str, called: str = "", *, language: str | None = None) -> str:
    found = subjects_of(view).get(key)
    if found is not None:
        return found.name(language or view.text("homework-language"))
    name = called or key
    return name[:1].upper() + name[1:]


def subjects_of(view: View) -> Subjects:
    """The subjects of the class, in its order."""
    listed = [(language, view.text("homework-subjects", language=language)) for language in _LANGUAGES]
    return read_subjects(listed, view.options.subjects)


def task_line(view: View, task: Task, *, language: str | None = None, pupils: Sequence[Pupil] = ()) -> str:
    """A task in a list: "Математика: с. 12 № 4 📷". `pupils`: for whom it is, where that is not clear."""
    title = task_title(view, task, language=language)
    if pupils:
        title = f"{title} ({', '.join(pupil.name.split()[0] for pupil in pupils)})"
    if not task.is_open:
        return f"{title} — {view.text('homework-withdrawn-short', language=language)}"
    return f"{title}: {said_text(view, task, language=language)}"


def for_pupils(tasks: Iterable[Task], groups: Groups, pupils: Sequence[Pupil]) -> list[tuple[Task, Sequence[Pupil]]]:
    """The tasks of these pupils, each with those whose it is, where it is not all of them."""
    found: list[tuple[Task, Sequence[Pupil]]] = []
    for task in tasks:
        mine = [pupil for pupil in pupils if groups.is_for(task, (pupil.id,))]
        if mine:
            found.append((task, () if len(mine) == len(pupils) else mine))
    return found


def listing(
    view: View, tasks: Sequence[Task], *, language: str | None = None, pupils: Sequence[Pupil] | None = None
) -> list[Block]:
    """A list by day. `pupils`: whose tasks; None for everybody's."""
    groups = store.groups(view.klass.id)
    blocks: list[Block] = []
    for day, due in by_day(in_order(tasks, subjects_of(view))):
        mine = [(task, ()) for task in due] if pupils is None else for_pupils(due, groups, pupils)
        if mine:
            blocks.append(Line(Bold(view.text("homework-day", language=language, day=day))))
            blocks.append(Bullets(tuple(task_line(view, task, language=language, pupils=whose) for task, whose in mine)))
    return blocks


def show(ctx: Context, days: Iterable[date]) -> None:
    """Bring the cards of these days up to date; the first task of a day posts it, as a notice: a grey dot and no number."""
    for day in sorted(set(days)):
        if store.is_posted(ctx.klass.id, day):
            store.count_change(ctx.klass.id, day)
            ctx.refresh(day_card, day.isoformat())
        else:
            store.set_posted(ctx.klass.id, day)
            ctx.card(day_card, day.isoformat(), room=ctx.options.room)


def card_key(ctx: Context, day: date) -> EffectKey | None:
    """The card of a day, as the root of a thread; None where there is none, or it is too long ago."""
    return next(iter(ctx.posted(Subject(day_card.name, day.isoformat()))), None)


def card_day(ctx: Context, event: EventId | None) -> date | None:
    """The day whose card an event is."""
    subject = ctx.subject(event) if event is not None else None
    return date.fromisoformat(subject.id) if subject is not None and subject.kind == day_card.name else None
