"""What an event and an idea look like."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import View, card
from classroom_matrix.api.contracts import DutiesOf, DutyRole
from classroom_matrix.domain.content import Block, Bold, Content, Line, Muted, Span

from . import store
from .attendance import Attendance, look
from .domain import Event, Plan, Stage, State, milliseconds, short, stage_of
from .store import proposals
from .store.proposals import Idea, IdeaState
from .wording import called, capacity, moment, when_of

_SHOWN = 12  # lines of a plan on the card


@card
def event_card(view: View, subject: str) -> Content:
    """The whole event: what, when, where, the plan, how many do something and how many come, and how far it is."""
    event = store.get(view.klass.id, int(subject))
    if event is None:
        return Content.line(view.text("events-unknown", number=subject))
    title = _title(view, event)
    if event.state is State.CANCELLED:
        reason = [Line(event.reason)] if event.reason else []
        return Content((title, *reason), loud=event.loud)
    roles = view.ask(DutiesOf(event.name)) or ()
    blocks: list[Block] = [title, *_facts(view, event.plan), *_plan(view, event)]
    blocks += _duties(view, roles, over=event.state is State.OVER)
    blocks += _polls(view, event)
    attendance = look(view, event)
    if event.state is State.OVER:
        blocks += _who_was_there(view, attendance)
    else:
        blocks += _who_comes(view, event, attendance)
        blocks += _how(view, event)
    return Content((*blocks, stage_line(view, event, roles=bool(roles))), loud=event.loud)


def _title(view: View, event: Event) -> Line:
    keys = {State.OPEN: "events-card-title", State.OVER: "events-card-over", State.CANCELLED: "events-card-cancelled"}
    return Line(Bold(view.text(keys[event.state], title=event.plan.title, number=str(event.number))))


def _facts(view: View, plan: Plan) -> list[Block]:
    """When, where, and what to bring, a line for each that is known."""
    known = {
        "when": when_of(view, plan),
        "place": plan.place,
        "bring": plan.bring,
        "cost": plan.cost,
    }
    return [Line(view.text(f"events-card-{name}", said=said)) for name, said in known.items() if said]


def _plan(view: View, event: Event) -> list[Block]:
    plan = event.plan
    if not plan.lines and event.version == 1:
        return []
    blocks: list[Block] = []
    if plan.lines:
        shown = [f"{number}. {line}" for number, line in enumerate(plan.lines[:_SHOWN], start=1)]
        if len(plan.lines) > _SHOWN:
            shown.append(view.text("events-card-more", count=len(plan.lines) - _SHOWN))
        blocks = [Line(view.text("events-card-plan")), *(Line(line) for line in shown)]
    if event.version > 1:
        changed = view.text("events-card-version", version=event.version, when=moment(view, event.versioned_at))
        blocks.append(Line(Muted(changed)))
    return blocks


def _duties(view: View, roles: Sequence[DutyRole], *, over: bool) -> list[Block]:
    """One line: who does what stands on a card of its own."""
    places, taken = sum(role.places for role in roles), sum(min(role.taken, role.places) for role in roles)
    if not places:
        return []
    key = "events-card-duties-over" if over else "events-card-duties"
    return [Line(view.text(key, taken=taken, places=places))]


def _polls(view: View, event: Event) -> list[Block]:
    """What families decide now, or have decided, about ideas."""
    lines: list[Block] = []
    for poll in proposals.polls_of(event):
        number = str(poll.number)
        if not poll.ended:
            lines.append(Line(view.text("events-card-poll", number=number)))
        elif poll.outcome is not None:
            lines.append(Line(view.text("events-card-poll-over", number=number, option=short(poll.outcome))))
    return lines


def _who_comes(view: View, event: Event, attendance: Attendance) -> list[Block]:
    counted = attendance.counted
    if event.plan.starts is None and not counted.answered:
        return []
    lines: list[Block] = [
        Line(Bold(view.text("events-card-yes", families=counted.yes)), *_people(view, attendance)),
        Line(view.text("events-card-rest", maybe=counted.maybe, answered=counted.answered, families=counted.families)),
    ]
    if event.plan.capacity is not None:
        lines.append(Line(_places(view, event.plan, attendance)))
    if counted.stale:
        lines.append(Line(Muted(view.text("events-card-stale", count=counted.stale))))
    if event.plan.answer_by is not None:
        lines.append(Line(view.text("events-card-answer-by", until=moment(view, event.plan.answer_by))))
    return lines


def _people(view: View, attendance: Attendance) -> tuple[Span, ...]:
    counted = attendance.counted
    if not counted.adults + counted.pupils:
        return ()
    adults = view.text("events-adults", count=counted.adults)
    return (" — " + view.text("events-card-people", adults=adults, pupils=view.text("events-pupils", count=counted.pupils)),)


def _places(view: View, plan: Plan, attendance: Attendance) -> str:
    free = attendance.free or 0
    said = view.text("events-card-places", places=capacity(view, plan), free=free)
    waiting = attendance.counted.waiting
    if not waiting:
        return said
    queue = view.text("events-card-waiting", count=waiting)
    return f"{said} {queue}"


def _who_was_there(view: View, attendance: Attendance) -> list[Block]:
    counted = attendance.counted
    return [Line(view.text("events-card-was", families=counted.yes), *_people(view, attendance))] if counted.yes else []


def _how(view: View, event: Event) -> list[Block]:
    lines: list[Block] = []
    if event.talk_until is not None and milliseconds(view.now) < event.talk_until:
        lines.append(Line(view.text("events-card-talk", until=moment(view, event.talk_until))))
    if event.plan.starts is not None:
        lines.append(Line(Muted(view.text("events-card-how" if view.options.seed_reactions else "events-card-how-plain"))))
    lines.append(Line(Muted(view.text("events-card-ideas"))))
    return lines


def stage_line(view: View, event: Event, *, roles: bool) -> Line:
    """As in «идея · план · дела · участие»: the way so far and where it is now, in small print."""
    now = stage_of(event, duties=roles, now=milliseconds(view.now))
    stages = [Stage.IDEA, Stage.PLAN, Stage.DISCUSSION, Stage.DUTIES, Stage.RSVP, Stage.DONE, Stage.THANKS]
    if event.talk_until is None:
        stages.remove(Stage.DISCUSSION)
    if not roles:
        stages.remove(Stage.DUTIES)
    spans: list[Span] = []
    for number, stage in enumerate(stages):
        said = view.text(f"events-stage-{stage}")
        spans += [Muted(" · ")] if number else []
        spans.append(Bold(said) if stage is now else Muted(said))
    return Line(*spans)


@card
def idea_card(view: View, subject: str) -> Content:
    """A line of the queue in the staff room: what is proposed, by whom, and what became of it."""
    idea = proposals.get(view.klass.id, int(subject))
    if idea is None:
        return Content.line(view.text("events-idea-unknown", number=subject))
    event = store.get(view.klass.id, idea.event_id) if idea.event_id is not None else None
    return Content((Line(idea_line(view, idea, event, author=True)), *_idea_state(view, idea, event)))


def idea_line(view: View, idea: Idea, event: Event | None, *, author: bool, language: str | None = None) -> str:
    """`author`: whether whoever reads this may know who proposed it."""
    about = called(view, event, language) if event else view.text("events-idea-new", language=language)
    who = author_of(view, idea) if author or idea.named or idea.public else ""
    key = "events-idea-line-by" if who else "events-idea-line"
    return view.text(key, language=language, number=str(idea.number), about=about, text=idea.text, who=who)


def author_of(view: View, idea: Idea) -> str:
    """The author's name, with the family's where it is a guardian; empty for those who have left."""
    person = next((each for each in view.roster.people() if each.id == idea.person), None)
    family = view.roster.family(idea.family)
    if person is None:
        return ""
    return f"{person.name} ({family.label})" if family else person.name


def _idea_state(view: View, idea: Idea, event: Event | None) -> list[Block]:
    number = str(idea.number)
    if idea.state is IdeaState.OPEN:
        key = "events-idea-how" if event else "events-idea-how-new"
        return [Line(Muted(view.text(key, number=number)))]
    poll = "" if idea.poll is None else str(idea.poll)
    return [Line(Bold(view.text(f"events-idea-{idea.state}", reason=idea.reason, poll=poll)))]
