"""What an event is: its plan and how far it has come. Times are the homeserver's, in milliseconds since 1970 (UTC)."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from classroom_matrix.api.contracts import Occasion
from classroom_matrix.domain.folding import fold

MAX_TITLE = 120  # characters
MAX_FIELD = 300
MAX_LINE = 500
MAX_LINES = 30
MAX_IDEA = 500
DAY = 24 * 3600 * 1000
HOUR = 3600 * 1000


class State(StrEnum):
    OPEN = "open"
    OVER = "over"
    CANCELLED = "cancelled"


class Stage(StrEnum):
    """How far an event has come, in their order."""

    IDEA = "idea"
    PLAN = "plan"
    DISCUSSION = "discussion"
    DUTIES = "duties"
    RSVP = "rsvp"
    DONE = "done"
    THANKS = "thanks"


class Unit(StrEnum):
    """What the capacity counts."""

    PEOPLE = "people"
    PUPILS = "pupils"


@dataclass(frozen=True, slots=True)
class Plan:
    """What was agreed on. `timed`: whether `starts` has a time of day, or is the midnight that its day begins with.

    `answer_by`: until when families should say whether they come. `cost`, `bring`: as it was written.
    """

    title: str
    starts: int | None = None
    ends: int | None = None
    timed: bool = True
    place: str = ""
    bring: str = ""
    cost: str = ""
    capacity: int | None = None
    unit: Unit = Unit.PEOPLE
    answer_by: int | None = None
    lines: tuple[str, ...] = ()

    @property
    def is_more_than_an_idea(self) -> bool:
        return bool(self.starts is not None or self.place or self.bring or self.cost or self.lines)

    def concerns(self, other: Plan) -> bool:
        """Whether who promised to come under the other plan has to be asked again under this one."""
        return (self.starts, self.ends, self.timed, self.place) != (other.starts, other.ends, other.timed, other.place)


def differing(before: Plan, after: Plan) -> tuple[str, ...]:
    """Names of the fields that differ."""
    return tuple(each.name for each in fields(Plan) if getattr(before, each.name) != getattr(after, each.name))


def to_json(plan: Plan) -> str:
    return json.dumps(asdict(plan), ensure_ascii=False)


def from_json(text: str) -> Plan:
    """A plan as it is stored; fields that it does not have yet get their defaults."""
    raw = json.loads(text)
    known = {each.name: raw[each.name] for each in fields(Plan) if each.name in raw}
    plan = Plan(**known)
    return replace(plan, unit=Unit(plan.unit), lines=tuple(plan.lines))


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the class does together.

    Args:
        number: counted from 1 in each class.
        version: of the plan, counted from 1; `versioned_at`: when it came to be.
        told_version: the version that those who have promised to come were last told about.
        asked_at: answers given before this were given to another plan; None: none were.
        talk_until: when the discussion ends.
        ended_at: when it was cancelled or done.
        thanked: whether thanks were said. `loud`: whether its card raised a badge.
        sequence: grows with every change that calendars have to notice.
    """

    id: int
    class_id: str
    number: int
    plan: Plan
    version: int
    versioned_at: int
    told_version: int
    state: State
    room: str
    opened_at: int
    asked_at: int | None = None
    talk_until: int | None = None
    ended_at: int | None = None
    thanked: bool = False
    loud: bool = True
    reason: str = ""
    sequence: int = 0

    @property
    def name(self) -> str:
        """How other plugins call it, see `contracts.Occasion`."""
        return f"events/{self.number}"

    def is_over(self, at: int) -> bool:
        """Whether answers given then are too late."""
        return self.ended_at is not None and at > self.ended_at

    def is_late(self, at: int) -> bool:
        """Whether an answer given then comes after the day by which it was asked for."""
        return self.plan.answer_by is not None and at > self.plan.answer_by


def finish_of(plan: Plan, hours: int, zone: tzinfo) -> int | None:
    """When an event with this plan is over; `hours` is how long it takes where that is not said."""
    if plan.ends is not None:
        return plan.ends
    if plan.starts is None:
        return None
    if plan.timed:
        return plan.starts + hours * HOUR
    day = local(plan.starts, zone)
    return milliseconds(day + timedelta(hours=21))


def stage_of(event: Event, *, duties: bool, now: int) -> Stage:
    """Where an event is. `duties`: whether there are any."""
    if event.state is State.OVER:
        return Stage.THANKS if event.thanked else Stage.DONE
    if event.plan.starts is not None:
        return Stage.RSVP
    if duties:
        return Stage.DUTIES
    if event.talk_until is not None and now < event.talk_until:
        return Stage.DISCUSSION
    return Stage.PLAN if event.plan.is_more_than_an_idea else Stage.IDEA


def occasion_of(event: Event, zone: tzinfo, plan: Plan | None = None) -> Occasion:
    """The event as other plugins know it; with `plan`, as it was under that one."""
    plan = plan or event.plan
    return Occasion(
        name=event.name,
        number=event.number,
        title=plan.title,
        starts=None if plan.starts is None else local(plan.starts, zone),
        ends=None if plan.ends is None else local(plan.ends, zone),
        place=plan.place,
    )


def local(at: int, zone: tzinfo) -> datetime:
    """A time in milliseconds as a moment in `zone`."""
    return datetime.fromtimestamp(at / 1000, zone)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def same(text: str) -> str:
    """Texts that people take for the same one are the same here."""
    return " ".join(fold(text).split()).strip(" .!?…")


def short(text: str, length: int = 60) -> str:
    """As much of a text as fits into a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
