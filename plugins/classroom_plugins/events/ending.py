"""How an event ends: cancelled, or done and thanked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from classroom_matrix.api import Context, command, job
from classroom_matrix.api.contracts import ClosePoll, DutiesOf, OccasionCancelled, OccasionOver
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.people import Family, Household, Right, Role
from classroom_matrix.errors import InvalidArgument

from . import store
from .asking import ask_again, promised, remind_silent
from .attendance import look
from .cards import event_card, idea_card
from .domain import HOUR, Event, State, finish_of, local, milliseconds, occasion_of
from .lookup import confirm, event_meant, in_front, replied_to, still_open, titled_in_front
from .private import refuse_private
from .reading import Bare, without_title
from .reasons import refuse_announcement, refuse_new_title, refuse_other_title
from .store import proposals
from .store.proposals import IdeaState
from .wording import called, dated

_THANKS_AFTER = timedelta(hours=1)
_MOST_NAMES = 20
_AHEAD = 6 * HOUR
"""Milliseconds before its beginning at which an event may be over already: it was held earlier."""


@command("event cancel", needs=Role.TEACHER, right=Right.EVENTS, published=True)
def cancel_event(ctx: Context, text: str | None = None) -> None:
    """Everybody who has promised something is told, and free."""
    event, said = in_front(ctx, text, Bare.ALWAYS)
    event = event or titled_in_front(ctx, said)
    if event is None:
        replied = replied_to(ctx)
        if replied is None:
            refuse_announcement(ctx, said)
        event = replied or event_meant(ctx)
        if replied is None:
            refuse_other_title(ctx, said, event)
    event = still_open(event)
    reason = without_title(said, event.plan.title).lstrip(" :—–-")
    refuse_private(ctx, reason)
    affected = promised(ctx, event)
    event = store.change(event, state=State.CANCELLED, ended_at=ctx.occurred, reason=reason, sequence=event.sequence + 1)
    _clear_away(ctx, event)
    families = [family for family in ctx.roster.families if family.id in affected]
    later = [_write_cancelled(ctx, event, family) for family in families if family.is_in_app]
    elsewhere = [family.label for family in families if not family.is_in_app]
    if elsewhere:
        ctx.tell_staff("events-cancelled-staff", event=called(ctx, event), families=elsewhere)
    key = "events-cancelled-line-because" if reason else "events-cancelled-line"
    ctx.post(Content.line(ctx.text(key, event=dated(ctx, event), reason=reason), loud=True), room=event.room)
    ctx.announce(OccasionCancelled(occasion_of(event, ctx.klass.zone)))
    told = "events-cancelled" if later or not elsewhere else "events-cancelled-nobody-told"
    confirm(ctx, told, event=called(ctx, event, ctx.language), families=len(later))
    held = [moment for moment in later if moment is not None]
    if held:
        ctx.reply_privately("events-held", when=max(held))


def _write_cancelled(ctx: Context, event: Event, family: Family) -> datetime | None:
    """Returns when the last of the family's households reads it, if not at once."""
    later: list[datetime] = []
    for home in family.households:
        language = ctx.language_of(home)
        key = "events-cancelled-letter-because" if event.reason else "events-cancelled-letter"
        said = ctx.text(key, language=language, event=dated(ctx, event, language), reason=event.reason)
        held = ctx.write(home, Content.line(said, loud=True), urgent=_cannot_wait(ctx, event, home))
        later += [held] if held is not None else []
    return max(later, default=None)


def _cannot_wait(ctx: Context, event: Event, home: Household) -> bool:
    """Whether they would only hear of it when they are on their way."""
    until = ctx.quiet_until(home)
    if until is None or event.plan.starts is None:
        return False
    return until > local(event.plan.starts, ctx.klass.zone) - timedelta(hours=2)


@command("event done", needs=Role.TEACHER, right=Right.EVENTS)
def event_done(ctx: Context, number: int | None = None) -> None:
    event = _begun(ctx, still_open(event_meant(ctx, number)))
    finish(ctx, event, ctx.occurred)
    confirm(ctx, "events-done", event=called(ctx, event, ctx.language))


def _begun(ctx: Context, event: Event) -> Event:
    """The event, if it may be over.

    Raises:
        InvalidArgument: it lies hours ahead, so that another one is meant.
    """
    starts = event.plan.starts
    if starts is not None and starts - ctx.occurred > _AHEAD:
        values = {"event": dated(ctx, event, ctx.language), "number": str(event.number)}
        raise InvalidArgument("events-still-ahead", **values)
    return event


@job
def finish_event(ctx: Context, event_id: int) -> None:
    """The event's time is over."""
    event = store.get(ctx.klass.id, event_id)
    if event is None or event.state is not State.OPEN:
        return
    at = finish_of(event.plan, ctx.options.length, ctx.klass.zone)
    if at is not None and at <= milliseconds(ctx.now):
        finish(ctx, event, at)


def finish(ctx: Context, event: Event, at: int) -> None:
    store.keep_final(event, look(ctx, event).counted)
    event = store.change(event, state=State.OVER, ended_at=at)
    _clear_away(ctx, event)
    ctx.announce(OccasionOver(occasion_of(event, ctx.klass.zone)))
    if ctx.options.thanks and event.plan.starts is not None:
        ctx.at(ctx.klass.quiet.next_allowed(ctx.now + _THANKS_AFTER), say_thanks, event.id)


def _clear_away(ctx: Context, event: Event) -> None:
    """What waited for an event waits no longer: reminders, ideas, polls, what was said in its thread."""
    for each in (finish_event, ask_again, remind_silent, end_talk):
        ctx.cancel(each, event.id)
    open_ideas = [idea for idea in proposals.of_event(event) if idea.state in (IdeaState.OPEN, IdeaState.POLL)]
    proposals.decide(open_ideas, IdeaState.CLOSED, ctx.occurred)
    for idea in open_ideas:
        ctx.refresh(idea_card, str(idea.id))
    for poll in proposals.polls_of(event):
        if not poll.ended:
            proposals.end_poll(ctx.klass.id, poll.number, None)
            if ctx.ask(ClosePoll(poll.number)) is None:
                ctx.tell_staff("events-close-poll", number=str(poll.number), event=called(ctx, event))
    store.forget_talk(event=event)
    ctx.refresh(event_card, str(event.id))


# ── Thanks ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@command("event thanks", needs=Role.TEACHER, right=Right.EVENTS, published=True)
def thank(ctx: Context, text: str | None = None) -> None:
    """In the teacher's words, or in ours."""
    event, said = in_front(ctx, text, Bare.ALWAYS)
    event = event or titled_in_front(ctx, said)
    if event is None:
        event = event_meant(ctx, over_too=True)
        if replied_to(ctx) is None:
            refuse_new_title(ctx, said)
    said = without_title(said, event.plan.title)
    refuse_private(ctx, said)
    if event.state is State.CANCELLED:
        raise InvalidArgument("events-already-cancelled", number=str(event.number), title=event.plan.title)
    if event.state is State.OPEN:
        finish(ctx, _begun(ctx, event), ctx.occurred)
    _say(ctx, store.change(event, state=State.OVER), said)


@job
def say_thanks(ctx: Context, event_id: int) -> None:
    event = store.get(ctx.klass.id, event_id)
    if event is None or event.state is not State.OVER or event.thanked:
        return
    allowed = ctx.klass.quiet.next_allowed(ctx.now)
    if allowed > ctx.now:
        ctx.at(allowed, say_thanks, event.id)
        return
    if look(ctx, event).counted.yes:  # nobody is thanked for what nobody came to
        _say(ctx, event, "")


def _say(ctx: Context, event: Event, said: str) -> None:
    ctx.cancel(say_thanks, event.id)
    event = store.change(event, thanked=True)
    ctx.refresh(event_card, str(event.id))
    names = _helpers(ctx, event)
    if said:
        line = ctx.text("events-thanks-said", title=event.plan.title, said=said)
    elif names:
        line = ctx.text("events-thanks-names", title=event.plan.title, names=names)
    else:
        line = ctx.text("events-thanks", title=event.plan.title)
    ctx.post(Content.line(line), room=event.room)


def _helpers(ctx: Context, event: Event) -> list[str]:
    """The adults who had a duty, as everybody may see them."""
    if not ctx.options.thanks_names:
        return []
    roles = ctx.ask(DutiesOf(event.name)) or ()
    return list(dict.fromkeys(name for role in roles for name in role.names))[:_MOST_NAMES]


# ── The timetable ───────────────────────────────────────────────────────────────────────────────────────────────────────


def plan_finish(ctx: Context, event: Event) -> None:
    """Put the end into the timetable, or move it."""
    at = finish_of(event.plan, ctx.options.length, ctx.klass.zone)
    if at is not None:
        ctx.at(_moment(ctx, at), finish_event, event.id)


@job
def end_talk(ctx: Context, event_id: int) -> None:
    """The discussion has ended: the card says so by saying nothing of it any more."""
    ctx.refresh(event_card, str(event_id))


def _moment(ctx: Context, at: int) -> datetime:
    return local(at, ctx.klass.zone)
