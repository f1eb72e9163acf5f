"""Commands that are deleted afterwards: places and exemptions are undone; of others one line says that they stay."""

from __future__ import annotations

from enum import StrEnum

from classroom_matrix.api import Context
from classroom_matrix.domain.ids import EventId
from classroom_matrix.domain.people import Family

from . import store
from .asking import store as asking_store
from .confiding import answer, in_confidence
from .domain import Duty, Ended, Order, Via, local, milliseconds
from .naming import between, called, homes
from .taking import note_change, take_wish_back, void_swaps_of


class Ordered(StrEnum):
    """What a command did. The values end the keys of the examples that say how to change it."""

    TAKE = "take"
    EXCUSE = "excuse"
    DROP = "drop"
    MISSED = "missed"
    MEANS = "means"
    EXCUSE_END = "excuse-end"
    OPEN = "open"
    REMOVE = "remove"
    ROTA = "rota"
    ENDED = "ended"  # for good


def note_order(
    ctx: Context, what: Ordered, *, duty: Duty | None = None, family: Family | None = None, before: int | None = None
) -> None:
    """Remember what the command that is handled did. `before`: of an exemption, until when there was one."""
    if ctx.event_id is not None:
        order = Order(ctx.event_id, what, duty.id if duty else None, family.id if family else None, before, ctx.occurred)
        asking_store.add_order(ctx.klass.id, order)


def undo_order(ctx: Context, target: EventId) -> None:
    """A message was deleted. The house takes messages away, too: that undoes nothing."""
    if ctx.person is None:
        return
    order = asking_store.take_order(ctx.klass.id, target)
    if order is None:
        return
    if order.what == Ordered.TAKE:
        _undo_place(ctx, order)
    elif order.what == Ordered.EXCUSE:
        _undo_exemption(ctx, order)
    elif order.what == Ordered.ENDED:
        ctx.reply_privately("duties-order-stays")
    else:
        example = ctx.text(f"duties-order-{order.what}", language=ctx.language)
        ctx.reply_privately("duties-order-stays-but", example=example)


def take_off(ctx: Context, family: Family, duty: Duty) -> bool:
    """Take a place or a wish off a family, and tell it. Returns whether there was one."""
    hold = store.hold_of(duty, family.id)
    if hold is not None:
        store.end_hold(hold, ctx.occurred, Ended.BY_TEACHER)
        void_swaps_of(ctx, duty, family.id)
        note_change(ctx, duty.sheet)
    elif not take_wish_back(ctx, duty, family.id):
        return False
    for home in homes(ctx, family.id):
        ctx.tell([home], "duties-family-dropped", duty=called(ctx, duty, ctx.language_of(home)))
    return True


def _undo_place(ctx: Context, order: Order) -> None:
    """As long as it is the place that was entered, and nobody of the family has taken it as well."""
    duty = store.duty(ctx.klass.id, order.duty) if order.duty is not None else None
    family = ctx.roster.family(order.family)
    if duty is None or family is None:
        return
    hold = store.hold_of(duty, family.id)
    if hold is not None and (hold.via is not Via.PROXY or hold.at != order.at):
        return
    values = {"family": family.label, "duty": called(ctx, duty, ctx.language)}
    if store.claims(duty.id, family.id):
        ctx.reply_privately("duties-order-held", **values)
    elif take_off(ctx, family, duty):
        ctx.reply_privately("duties-dropped", **values)


def _undo_exemption(ctx: Context, order: Order) -> None:
    family, now = ctx.roster.family(order.family), milliseconds(ctx.now)
    if family is None or not asking_store.undo_exemption(ctx.klass.id, family.id, order.at, order.before, now):
        return
    if not in_confidence(ctx):
        ctx.reply_privately("duties-order-undone")
    elif order.before is None or order.before <= now:
        answer(ctx, "duties-exempt-no-more", family=family.label)
    else:
        last = local(order.before - 1, ctx.klass.zone).date()
        answer(ctx, "duties-exempt", family=family.label, until=between(ctx, last, last, language=ctx.language))
