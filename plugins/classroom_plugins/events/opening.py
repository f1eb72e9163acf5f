"""`!event`: the beginning of an event, with everything that is known of it in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from classroom_matrix.api import Context, command
from classroom_matrix.api.contracts import OpenDuties, WantedRole
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Right, Role
from classroom_matrix.errors import InvalidArgument

from . import store
from .answers import BUTTONS
from .asking import plan_reminder
from .cards import event_card
from .domain import Event, Plan, local, occasion_of
from .ending import plan_finish
from .lookup import card_of, confirm
from .private import refuse_private
from .reading import Duty, read_draft
from .slips import refuse_slip
from .speech import speech_of


@command("event", needs=Role.TEACHER, right=Right.EVENTS, published=True)
def open_event(ctx: Context, text: str) -> None:
    refuse_slip(ctx, text)
    refuse_private(ctx, text)
    draft = read_draft(text, speech_of(ctx), titled=True)
    if not draft.title:
        raise InvalidArgument("events-no-title", example=ctx.text("events-example", language=ctx.language))
    assert ctx.person is not None
    event = open_one(ctx, coherent(draft.applied(Plan(title=draft.title))), ctx.person.id)
    ask_for_duties(ctx, event, draft.duties)
    confirm(ctx, "events-opened", number=str(event.number), title=event.plan.title)


def open_one(ctx: Context, plan: Plan, by: PersonId) -> Event:
    """Write an event down and post its card, whose badge nobody gets in the class's quiet hours."""
    loud = not ctx.klass.quiet.covers(ctx.now)
    event = store.create(ctx.klass.id, plan, room=ctx.options.room, opened_at=ctx.occurred, by=by, loud=loud)
    card = ctx.card(event_card, str(event.id), room=event.room)
    if plan.starts is not None and ctx.options.seed_reactions:
        for button in BUTTONS:
            ctx.react(card, button, room=event.room)
    plan_finish(ctx, event)
    plan_reminder(ctx, event)
    return event


def seed_buttons(ctx: Context, event: Event) -> None:
    """Put the buttons below a card that had no date before."""
    card = card_of(ctx, event)
    if card is not None and ctx.options.seed_reactions:
        for button in BUTTONS:
            ctx.react(card, button, room=event.room)


def ask_for_duties(ctx: Context, event: Event, duties: Sequence[Duty]) -> None:
    """Open roles, or tell who asked for them that there is nobody who would keep them."""
    if not duties:
        return
    wanted = tuple(_wanted(ctx, event, duty) for duty in duties)
    if ctx.ask(OpenDuties(occasion_of(event, ctx.klass.zone), wanted)) is None:
        ctx.reply_privately("events-no-duties", duties=[duty.title for duty in duties])


def _wanted(ctx: Context, event: Event, duty: Duty) -> WantedRole:
    starts = None
    if duty.at is not None and event.plan.starts is not None:
        starts = local(event.plan.starts, ctx.klass.zone).replace(hour=duty.at[0], minute=duty.at[1])
    return WantedRole(duty.title, duty.places, starts, duty.needs)


def coherent(plan: Plan) -> Plan:
    """The plan, if its times go together.

    Raises:
        InvalidArgument: families should answer after it has begun, or there is a deadline without a date.
    """
    if plan.answer_by is not None and plan.starts is not None and plan.answer_by > plan.starts + _WHOLE_DAY * (not plan.timed):
        raise InvalidArgument("events-late-deadline", title=plan.title)
    return plan


_WHOLE_DAY = round(timedelta(hours=23).total_seconds() * 1000)
