"""What a task is, for whom it is, and how a day's list looks. Times are milliseconds since 1970 (UTC), by the homeserver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from classroom_matrix.domain.declension import is_declined
from classroom_matrix.domain.facts import Media
from classroom_matrix.domain.folding import fold
from classroom_matrix.domain.ids import EventId, FamilyId, HouseholdId, PersonId

from .subjects import Subjects

MAX_TEXT = 1_000  # characters of a task
MAX_CALLED = 60  # characters of a subject that is not listed
MAX_DAY = 5_000
"""Characters of all tasks of a day, `_LINE` more for each: an edit of the card says everything four times."""
_LINE = 40
MAX_QUESTION = 1_000
MAX_GROUP = 3  # characters of a group's name

_LATIN = str.maketrans("ABC", "АБС")
"""A group may be written with letters of either alphabet: "A" and "А" are one, and so are "B" and "Б"."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is set for a subject and a day.

    `day`: when it is due. `subject`: a `SchoolSubject.key`, or the folded name of one that is not listed; `called`: how the
    teacher wrote it. `group`: of the class, "" for everybody. `source`: the message that says it now: an edit of it corrects
    the task. `revision`: grows with every change. `photos`: how many came with it.
    """

    id: int
    class_id: str
    day: date
    subject: str
    called: str
    group: str
    text: str
    author: PersonId
    source: EventId
    set_at: int
    changed_at: int | None = None
    withdrawn_at: int | None = None
    revision: int = 1
    photos: int = 0

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo or file that staff posted. `in_room`: families see it where it stands; else a copy goes into a card's thread.

    `claimed`: it belongs to a task. `asked`: the teacher was asked what it is for.
    """

    event: EventId
    room: str
    person: PersonId
    media: Media
    kind: str
    at: int
    in_room: bool
    claimed: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A study question. `subject`: a key, "" for homework in general; `thread`: the day in whose thread it stands, None where
    it came from a desk; `source`: the message that it is; `shared`: it was answered for all families.
    """

    id: int
    class_id: str
    number: int
    family: FamilyId | None
    household: HouseholdId | None
    person: PersonId
    subject: str
    thread: date | None
    text: str
    source: EventId
    at: int
    answered_at: int | None = None
    answer: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Groups:
    """Which pupil is in which group of a subject: {(subject, pupil): group}."""

    of: Mapping[tuple[str, PersonId], str]

    def is_for(self, task: Task, pupils: Iterable[PersonId]) -> bool:
        """Whether a task is for one of these pupils. Who is in no group of the subject gets the tasks of all its groups."""
        if not task.group:
            return True
        mine = [self.of.get((task.subject, pupil)) for pupil in pupils]
        return any(group is None or same_group(group, task.group) for group in mine)


def same_group(one: str, other: str) -> bool:
    return group_key(one) == group_key(other)


def group_key(group: str) -> str:
    """What counts in a group's name: "a", "A" and "А" are one."""
    return group.strip().upper().translate(_LATIN)


def shown_on_card(tasks: Iterable[Task]) -> list[Task]:
    """Without withdrawn tasks in whose place another one stands, if only as the last that was withdrawn."""
    tasks = list(tasks)
    standing: dict[tuple[str, str], Task] = {}
    for task in tasks:
        before = standing.get(place := (task.subject, group_key(task.group)))
        if before is None or task.is_open or not before.is_open:
            standing[place] = task
    return [task for task in tasks if task.is_open or standing[task.subject, group_key(task.group)] is task]


def in_order(tasks: Iterable[Task], subjects: Subjects) -> list[Task]:
    """By day, then as the class's subjects are ordered, then by group, then as they were set."""
    return sorted(
        tasks, key=lambda task: (task.day, subjects.place(task.subject), task.subject, group_key(task.group), task.id)
    )


def by_day(tasks: Iterable[Task]) -> list[tuple[date, list[Task]]]:
    days: dict[date, list[Task]] = {}
    for task in tasks:
        days.setdefault(task.day, []).append(task)
    return sorted(days.items())


def length(text: str) -> int:
    """What a task's text costs of `MAX_DAY`."""
    return len(text) + _LINE


def is_same_text(one: str, other: str) -> bool:
    return fold(" ".join(one.split())) == fold(" ".join(other.split()))


def local(at: int, zone: tzinfo) -> datetime:
    """A time in milliseconds as a moment in `zone`."""
    return datetime.fromtimestamp(at / 1000, zone)


def local_day(at: int, zone: tzinfo) -> date:
    return local(at, zone).date()


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def without_names(text: str, names: Sequence[str]) -> str:
    """A question as all families may read it: words that look like one of these people's names become "…"."""
    parts = [part for name in names for part in fold(name).split() if len(part) > 2]
    said = []
    for word in text.split(" "):
        core = fold(word).strip(".,:;!?()«»\"'–—-\n")
        hidden = any(core == part or is_declined(core, part) for part in parts) if core else False
        said.append("…" if hidden else word)
    return " ".join(said)
