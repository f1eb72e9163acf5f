"""`!event`: the beginning of an event, with everything that is known of it in one message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from classroom_matrix.api import Context, Period, View, When, command
from classroom_matrix.api.contracts import OpenDuties, WantedRole
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Right, Role
from classroom_matrix.errors import InvalidArgument, UserError

from . import store
from .answers import BUTTONS
from .asking import plan_reminder
from .cards import event_card
from .domain import Event, Plan, fold, local, occasion_of
from .ending import plan_finish
from .lookup import card_of, confirm
from .reading import FIELDS, Duty, Moment, ReadMoment, Speech, read_draft
from .slips import refuse_slip
from .spoken import words_of


@command("event", needs=Role.TEACHER, right=Right.EVENTS)
def open_event(ctx: Context, text: str) -> None:
    refuse_slip(ctx, text)
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


# ── What words and dates mean ───────────────────────────────────────────────────────────────────────────────────────────


_DAY_ENDS = (20, 0)
"""(hour, minute) that the service takes a day to mean whose time is not said."""


def speech_of(view: View, changed: Event | None = None) -> Speech:
    """How people speak, in all languages: everybody may use any. `changed`: the event that it is about, if there is one yet."""
    starts = changed.plan.starts if changed is not None else None
    return Speech(
        labels={name: words_of(view, f"events-label-{name.replace('_', '-')}") for name in FIELDS},
        pupils=words_of(view, "events-words-pupils"),
        families=words_of(view, "events-words-families"),
        onto=words_of(view, "events-words-onto"),
        moment=moments_of(view, None if starts is None else local(starts, view.klass.zone).date()),
        deadline=deadlines_of(view),
    )


def moments_of(view: View, day: date | None) -> ReadMoment:
    """Reads when an event is: hours of a day, a moment, or a day. `day`: the one that a time of day alone belongs to."""
    evening = words_of(view, "events-words-evening")

    def read(text: str) -> Moment | None:
        return read_any(f"{day:%d.%m.%Y} {text}" if day is not None and fits_any_day(text) else text)

    def fits_any_day(text: str) -> bool:
        for ahead in (1, 2):
            some_day = (view.now + timedelta(days=ahead)).date()
            found = read_any(f"{some_day:%d.%m.%Y} {text}")
            if found is None or not found[2] or found[0].date() != some_day:
                return False
        return True

    def read_any(text: str) -> Moment | None:
        period = _read(view, Period, text)
        if isinstance(period, Period):
            return period.start, period.end, True
        when = _read(view, When, text)
        if not isinstance(when, datetime):
            return None
        timed = (when.hour, when.minute) != _DAY_ENDS or any(word in fold(text) for word in evening)
        return when, None, timed

    return read


def deadlines_of(view: View) -> ReadMoment:
    """Reads until when something is: a day without a time ends in the evening, "до" and "by" in front are no part of it."""
    until = set(words_of(view, "events-words-until"))

    def read(text: str) -> Moment | None:
        first, _, rest = text.strip().partition(" ")
        when = _read(view, When, rest if fold(first) in until else text)
        return (when, None, True) if isinstance(when, datetime) else None

    return read


def _read(view: View, kind: object, text: str) -> object:
    """What a text means as a time; None also where it only looks like one ("Поход на 3 дня").

    Raises:
        UserError: it is a time that is past or too far away.
    """
    try:
        return view.read(kind, text)
    except UserError as error:
        if error.key.startswith("core-when-"):
            raise
        return None
