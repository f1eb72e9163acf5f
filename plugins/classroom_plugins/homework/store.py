"""The plugin's questions to its tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import msgspec

from classroom_matrix.domain.facts import Media
from classroom_matrix.domain.ids import EventId, PersonId

from .domain import Groups, Photo, Task
from .tables import DayRow, EditRow, GroupRow, PhotoRow, SentRow, TaskPhotoRow, TaskRow

KEPT = 400 * 24 * 3600 * 1000
"""Milliseconds: as long as a school year's cards are asked for."""

# ── Tasks ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

_TASK = (
    "SELECT id, class_id, day, subject, called, grp, text, author_id, source, set_at, changed_at, withdrawn_at, revision,"
    " (SELECT COUNT(*) FROM homework_task_photo WHERE task_id = homework_task.id) FROM homework_task WHERE "
)


def add(class_id: str, day: date, subject: str, called: str, group: str, text: str, by: PersonId, source: str, at: int) -> Task:
    row = TaskRow.create(
        class_id=class_id,
        day=day.isoformat(),
        subject=subject,
        called=called,
        grp=group,
        text=text,
        author_id=by,
        source=source,
        set_at=at,
    )
    found = get(class_id, row.id)
    assert found is not None
    return found


def get(class_id: str, task_id: int) -> Task | None:
    return next(iter(_tasks("class_id = ? AND id = ?", class_id, task_id)), None)


def of_day(class_id: str, day: date) -> list[Task]:
    """Withdrawn ones, too."""
    return _tasks("class_id = ? AND day = ? ORDER BY id", class_id, day.isoformat())


def between(class_id: str, first: date, last: date) -> list[Task]:
    """Due from `first` to `last`; withdrawn ones, too."""
    return _tasks("class_id = ? AND day BETWEEN ? AND ? ORDER BY id", class_id, first.isoformat(), last.isoformat())


def set_between(class_id: str, begin: int, end: int) -> list[Task]:
    """Given out at a time from `begin` until before `end`; withdrawn ones, too."""
    return _tasks("class_id = ? AND set_at >= ? AND set_at < ? ORDER BY id", class_id, begin, end)


def of_source(class_id: str, source: str) -> list[Task]:
    """Those that a message says, in its order."""
    return _tasks("class_id = ? AND source = ? ORDER BY id", class_id, source)


def upcoming(class_id: str, first: date, subject: str) -> list[Task]:
    """Open tasks of a subject that are due on `first` or later, soonest first."""
    condition = "class_id = ? AND subject = ? AND day >= ? AND withdrawn_at IS NULL ORDER BY day, id"
    return _tasks(condition, class_id, subject, first.isoformat())


def newest_of(class_id: str, author: PersonId, since: int) -> Task | None:
    """The last task that somebody has set since."""
    condition = "class_id = ? AND author_id = ? AND set_at >= ? AND withdrawn_at IS NULL ORDER BY id DESC LIMIT 1"
    return next(iter(_tasks(condition, class_id, author, since)), None)


def change(task: Task, at: int, **changes: object) -> Task:
    """Write down what is different about a task; columns as in `TaskRow`."""
    TaskRow.update(changed_at=at, revision=TaskRow.revision + 1, **changes).where(TaskRow.id == task.id).execute()
    found = get(task.class_id, task.id)
    assert found is not None
    return found


def point_to(task: Task, source: EventId) -> None:
    """Whose edit corrects it from now on."""
    TaskRow.update(source=source).where(TaskRow.id == task.id).execute()


def forget(task: Task, instead: Task) -> None:
    """A task that has become part of another one; its photos stay with that."""
    for (event,) in TaskPhotoRow.sql("SELECT event FROM homework_task_photo WHERE task_id = ?", task.id):
        TaskPhotoRow.insert(task_id=instead.id, event=event).on_conflict_ignore().execute()
    TaskPhotoRow.delete().where(TaskPhotoRow.task_id == task.id).execute()
    SentRow.delete().where(SentRow.task_id == task.id).execute()
    TaskRow.delete().where(TaskRow.id == task.id).execute()


def _tasks(condition: str, *values: object) -> list[Task]:
    return [_task(row) for row in TaskRow.sql(_TASK + condition, *values)]


def _task(row: Sequence[Any]) -> Task:
    id_, class_id, day, subject, called, group, text, author, source, set_at, changed, withdrawn, revision, photos = row
    return Task(
        id_,
        class_id,
        date.fromisoformat(day),
        subject,
        called,
        group,
        text,
        PersonId(author),
        EventId(source),
        set_at,
        changed,
        withdrawn,
        revision,
        photos,
    )


# ── Days and edits ──────────────────────────────────────────────────────────────────────────────────────────────────────


def is_posted(class_id: str, day: date) -> bool:
    rows = DayRow.sql("SELECT 1 FROM homework_day WHERE class_id = ? AND day = ?", class_id, day.isoformat())
    return bool(rows)


def set_posted(class_id: str, day: date) -> None:
    DayRow.insert(class_id=class_id, day=day.isoformat()).on_conflict_ignore().execute()


def count_change(class_id: str, day: date) -> None:
    DayRow.update(changes=DayRow.changes + 1).where(DayRow.class_id == class_id, DayRow.day == day.isoformat()).execute()


def days_between(class_id: str, first: date, last: date) -> dict[date, int]:
    """Days with a card, and how often their lists have changed."""
    query = "SELECT day, changes FROM homework_day WHERE class_id = ? AND day BETWEEN ? AND ? ORDER BY day"
    rows = DayRow.sql(query, class_id, first.isoformat(), last.isoformat())
    return {date.fromisoformat(day): changes for day, changes in rows}


def last_posted(class_id: str, until: date) -> date | None:
    """The newest day with a card, not after `until`."""
    rows = DayRow.sql("SELECT MAX(day) FROM homework_day WHERE class_id = ? AND day <= ?", class_id, until.isoformat())
    return date.fromisoformat(rows[0][0]) if rows and rows[0][0] else None


class Edit(NamedTuple):
    """The newest edit of a message: whose, when, and what the message says since."""

    person: PersonId
    at: int
    body: str


def keep_edit(class_id: str, target: str, person: PersonId, at: int, body: str) -> bool:
    """Remember an edit. Returns whether it is newer than all that came before."""
    before = edit_of(target)
    if before is not None and before.at >= at:
        return False
    EditRow.replace(target=target, class_id=class_id, person_id=person, at=at, body=body).execute()
    EditRow.delete().where(EditRow.class_id == class_id, EditRow.at < at - KEPT).execute()
    return True


def edit_of(target: str) -> Edit | None:
    rows = EditRow.sql("SELECT person_id, at, body FROM homework_edit WHERE target = ?", target)
    return Edit(PersonId(rows[0][0]), rows[0][1], rows[0][2]) if rows else None


# ── Groups ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def groups(class_id: str) -> Groups:
    rows = GroupRow.sql("SELECT subject, pupil_id, grp FROM homework_group WHERE class_id = ?", class_id)
    return Groups({(subject, PersonId(pupil)): group for subject, pupil, group in rows})


def put_in_group(class_id: str, subject: str, pupils: Iterable[PersonId], group: str) -> None:
    for pupil in pupils:
        GroupRow.replace(class_id=class_id, subject=subject, pupil_id=pupil, grp=group).execute()


def leave_groups(class_id: str, subject: str, pupils: Iterable[PersonId]) -> None:
    mine = (GroupRow.class_id == class_id, GroupRow.subject == subject, GroupRow.pupil_id.in_(list(pupils)))
    GroupRow.delete().where(*mine).execute()


def forget_groups(class_id: str, pupils: Sequence[PersonId]) -> None:
    GroupRow.delete().where(GroupRow.class_id == class_id, GroupRow.pupil_id.in_(list(pupils))).execute()


# ── What families of pupils who are away were sent ──────────────────────────────────────────────────────────────────────


def sent(pupil: PersonId) -> Mapping[int, int]:
    """{task: revision} that the pupil's family has."""
    return dict(SentRow.sql("SELECT task_id, revision FROM homework_sent WHERE pupil_id = ?", pupil))


def set_sent(pupil: PersonId, tasks: Iterable[Task]) -> None:
    for task in tasks:
        SentRow.replace(pupil_id=pupil, task_id=task.id, revision=task.revision).execute()


def has_old_revision(task: Task) -> list[PersonId]:
    """Pupils whose families were sent the task before it changed."""
    rows = SentRow.sql("SELECT pupil_id FROM homework_sent WHERE task_id = ? AND revision < ?", task.id, task.revision)
    return [PersonId(pupil) for (pupil,) in rows]


def with_old_revisions(class_id: str, first: date) -> dict[PersonId, list[Task]]:
    """Tasks due on `first` or later that have changed since they were sent, by pupil."""
    rows = SentRow.sql(
        "SELECT s.pupil_id, t.id FROM homework_sent s JOIN homework_task t ON t.id = s.task_id"
        " WHERE t.class_id = ? AND t.day >= ? AND s.revision < t.revision",
        class_id,
        first.isoformat(),
    )
    found: dict[PersonId, list[Task]] = {}
    for pupil, task_id in rows:
        task = get(class_id, task_id)
        if task is not None:
            found.setdefault(PersonId(pupil), []).append(task)
    return found


def forget_sent(pupils: Sequence[PersonId]) -> None:
    SentRow.delete().where(SentRow.pupil_id.in_(list(pupils))).execute()


# ── Photos ──────────────────────────────────────────────────────────────────────────────────────────────────────────────

_PHOTO = "SELECT event, room, person_id, media, kind, at, in_room, claimed, asked FROM homework_photo WHERE "


def keep_photo(class_id: str, photo: Photo) -> None:
    PhotoRow.delete().where(PhotoRow.class_id == class_id, PhotoRow.at < photo.at - KEPT).execute()
    PhotoRow.insert(
        event=photo.event,
        class_id=class_id,
        room=photo.room,
        person_id=photo.person,
        media=msgspec.json.encode(photo.media).decode(),
        kind=photo.kind,
        at=photo.at,
        in_room=photo.in_room,
        claimed=photo.claimed,
    ).on_conflict_ignore().execute()


def photo(class_id: str, event: str) -> Photo | None:
    return next(iter(_photos("class_id = ? AND event = ?", class_id, event)), None)


def waiting_photos(class_id: str, person: PersonId, room: str, since: int) -> list[Photo]:
    """Those that somebody posted in a room since and that belong to no task, oldest first."""
    condition = "class_id = ? AND person_id = ? AND room = ? AND at >= ? AND NOT claimed ORDER BY at, event"
    return _photos(condition, class_id, person, room, since)


def photos_of(tasks: Iterable[Task]) -> list[Photo]:
    """Each once, oldest first."""
    found: dict[str, Photo] = {}
    for task in tasks:
        for one in _photos("event IN (SELECT event FROM homework_task_photo WHERE task_id = ?)", task.id):
            found[one.event] = one
    return sorted(found.values(), key=lambda one: (one.at, one.event))


def claim(photo: Photo, task: Task) -> bool:
    """The photo belongs to the task. Returns whether that is new."""
    known = TaskPhotoRow.sql("SELECT 1 FROM homework_task_photo WHERE task_id = ? AND event = ?", task.id, photo.event)
    TaskPhotoRow.insert(task_id=task.id, event=photo.event).on_conflict_ignore().execute()
    PhotoRow.update(claimed=True).where(PhotoRow.event == photo.event).execute()
    return not known


def tasks_with(class_id: str, event: str) -> list[Task]:
    """Tasks that a photo belongs to."""
    return _tasks("class_id = ? AND id IN (SELECT task_id FROM homework_task_photo WHERE event = ?)", class_id, event)


def set_asked(photos: Iterable[Photo]) -> None:
    PhotoRow.update(asked=True).where(PhotoRow.event.in_([one.event for one in photos])).execute()


def forget_photo(event: str) -> None:
    TaskPhotoRow.delete().where(TaskPhotoRow.event == event).execute()
    PhotoRow.delete().where(PhotoRow.event == event).execute()


def _photos(condition: str, *values: object) -> list[Photo]:
    return [
        Photo(
            EventId(event),
            room,
            PersonId(person),
            msgspec.json.decode(media, type=Media),
            kind,
            at,
            bool(in_room),
            bool(claimed),
            bool(asked),
        )
        for event, room, person, media, kind, at, in_room, claimed, asked in PhotoRow.sql(_PHOTO + condition, *values)
    ]
