"""Ideas that exclude each other: the families decide in a poll, which another plugin holds."""

from __future__ import annotations

import re

from classroom_matrix.api import Context, When, command, on
from classroom_matrix.api.contracts import OpenPoll, PollEnded
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Right, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .cards import event_card, idea_card
from .domain import Event, State, same, short
from .ideas import merge
from .lookup import confirm, still_open
from .store import proposals
from .store.proposals import Idea, IdeaState, Rivals

MAX_OPTION = 100  # characters; polls show no more
MAX_RIVALS = 10
FAMILIES = PersonId("families")
"""Who has changed a plan, where the families have decided."""
_CONJUNCTIONS = 6  # letters that may stand between numbers


@command("ideas poll", needs=Role.TEACHER, right=Right.EVENTS)
def open_rivals(ctx: Context, numbers: str, *, until: When | None = None) -> None:
    """Between these ideas, as in «3 5 до пятницы»."""
    ideas = _ideas(ctx, numbers)
    event = _event_of(ctx, ideas)
    options = {idea.id: short(idea.text, MAX_OPTION) for idea in ideas}
    if event is not None:
        question = ctx.text("events-poll-question", title=event.plan.title)
    else:
        question = ctx.text("events-poll-question-new")
    origin = event.name if event is not None else "events/0"
    number = ctx.ask(OpenPoll(question, tuple(options.values()), origin=origin, room=ctx.options.room, until=until))
    if number is None:
        raise NotFound("events-no-polls")
    proposals.decide(ideas, IdeaState.POLL, ctx.occurred, poll=number)
    proposals.add_poll(ctx.klass.id, number, event, options)
    for idea in ideas:
        ctx.refresh(idea_card, str(idea.id))
    if event is not None:
        ctx.refresh(event_card, str(event.id))
    confirm(ctx, "events-poll-opened", number=str(number))


@on(PollEnded)
def follow_decision(ctx: Context, news: PollEnded) -> None:
    """The winner becomes part of the plan, the others are outvoted; where nothing was decided, staff are told.

    The same news again changes nothing; another outcome (votes came late, but were in time) is put right.
    """
    poll = proposals.poll(ctx.klass.id, news.number)
    if poll is None or not news.origin.startswith("events/"):
        return
    event = store.get(ctx.klass.id, poll.event_id) if poll.event_id is not None else None
    if (poll.ended and poll.outcome == news.outcome) or (event is not None and event.state is not State.OPEN):
        return
    proposals.end_poll(ctx.klass.id, poll.number, news.outcome)
    if event is not None:
        ctx.refresh(event_card, str(event.id))
    rivals = [idea for idea in (proposals.get(ctx.klass.id, each) for each in poll.options) if idea is not None]
    winner = _winner(poll, rivals, news.outcome)
    if poll.ended:  # it was announced otherwise before: people have to look at the plan
        ctx.tell_staff("events-poll-corrected", number=str(poll.number), outcome=news.outcome or "—")
    if winner is None:
        _undecided(ctx, poll, rivals)
        return
    losers = [idea for idea in rivals if idea.id != winner.id and idea.state in (IdeaState.POLL, IdeaState.OPEN)]
    proposals.decide(losers, IdeaState.OUTVOTED, ctx.occurred, poll=poll.number)
    for idea in losers:
        ctx.refresh(idea_card, str(idea.id))
    if winner.state is not IdeaState.ACCEPTED:
        merge(ctx, winner, by=FAMILIES)


def _undecided(ctx: Context, poll: Rivals, rivals: list[Idea]) -> None:
    back = [idea for idea in rivals if idea.state in (IdeaState.POLL, IdeaState.OUTVOTED)]
    proposals.decide(back, IdeaState.OPEN, ctx.occurred)
    for idea in back:
        ctx.refresh(idea_card, str(idea.id))
    numbers = " ".join(str(idea.number) for idea in back)
    ctx.tell_staff(
        "events-poll-undecided", number=str(poll.number), ideas=[f"№{idea.number}" for idea in back], numbers=numbers
    )


def _winner(poll: Rivals, rivals: list[Idea], outcome: str | None) -> Idea | None:
    if outcome is None:
        return None
    return next((idea for idea in rivals if same(poll.options[idea.id]) == same(outcome)), None)


def _ideas(ctx: Context, numbers: str) -> list[Idea]:
    """The ideas of these numbers, all of which wait."""
    wanted = list(dict.fromkeys(int(number) for number in re.findall(r"\d{1,5}", numbers)))
    if len(re.sub(r"[\d\s,;№#&]", "", numbers)) > _CONJUNCTIONS or not 1 < len(wanted) <= MAX_RIVALS:
        raise InvalidArgument("events-poll-which", most=MAX_RIVALS)
    ideas = []
    for number in wanted:
        idea = proposals.by_number(ctx.klass.id, number)
        if idea is None:
            raise NotFound("events-idea-unknown", number=str(number))
        if idea.state is IdeaState.POLL:
            raise InvalidArgument("events-idea-in-poll", number=str(number), poll=str(idea.poll))
        if idea.state is not IdeaState.OPEN:
            raise InvalidArgument("events-idea-decided", number=str(number))
        ideas.append(idea)
    return ideas


def _event_of(ctx: Context, ideas: list[Idea]) -> Event | None:
    """The event that the ideas are for; those that are for none join the others."""
    wanted = {idea.event_id for idea in ideas if idea.event_id is not None}
    if len(wanted) > 1:
        raise InvalidArgument("events-poll-mixed")
    event = store.get(ctx.klass.id, wanted.pop()) if wanted else None
    if event is not None:
        still_open(event)
        for idea in ideas:
            proposals.set_event(idea, event)
    return event
