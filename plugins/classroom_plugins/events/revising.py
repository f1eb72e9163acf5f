"""Another version of the plan, and everything that follows from it."""

from __future__ import annotations

from classroom_matrix.api import Context
from classroom_matrix.api.contracts import OccasionMoved
from classroom_matrix.domain.content import Content
from classroom_matrix.domain.ids import PersonId

from . import store
from .asking import concerned, held_until, plan_asking, plan_reminder
from .cards import event_card
from .domain import Event, Plan, occasion_of
from .ending import plan_finish
from .lookup import confirm, speaks_openly
from .opening import coherent, seed_buttons
from .places import anew, seated_first
from .reading import checked
from .rsvp import settle_places, sizes
from .wording import called, changes


def revise(
    ctx: Context, event: Event, plan: Plan, *, important: bool, by: PersonId | None = None, silent: bool = False
) -> Event:
    """Make another plan the current one, and do everything that follows from it.

    Args:
        ctx: of whatever changes it.
        event: as it is.
        plan: as it shall be.
        important: everybody who has promised something has to know.
        by: who made it so; whoever acts by default.
        silent: nobody has to be told that it was done.

    Raises:
        InvalidArgument: nothing would change, or the plan is too long.
    """
    if by is None:
        assert ctx.person is not None
        by = ctx.person.id
    plan = coherent(checked(plan))
    before = event.plan
    if plan == before and not important:
        if not silent:
            confirm(ctx, "events-unchanged", event=called(ctx, event, ctx.language))
        return event
    moved = before.concerns(plan) or before.title != plan.title
    event = store.add_version(event, plan, at=ctx.occurred, by=by, important=important, sequence=1 if moved or important else 0)
    if before.starts is None and plan.starts is not None:
        seed_buttons(ctx, event)
    if (before.capacity, before.unit) != (plan.capacity, plan.unit):
        line = seated_first(store.claims(event), before.capacity)
        store.set_claims(event, line if before.unit is plan.unit else anew(line, sizes(ctx, event)))
        settle_places(ctx, event)
    plan_finish(ctx, event)
    plan_reminder(ctx, event)
    ctx.refresh(event_card, str(event.id))
    if moved:
        ctx.announce(OccasionMoved(occasion_of(event, ctx.klass.zone), occasion_of(event, ctx.klass.zone, before)))
    asked = plan_asking(ctx, event) if before.concerns(plan) or important else 0
    if not silent:
        _tell_who_changed_it(ctx, event, before, asked)
    return event


def _tell_who_changed_it(ctx: Context, event: Event, before: Plan, asked: int) -> None:
    """What is different now, and who is asked; where families read and nobody is asked, the card alone says it."""
    values = {"event": called(ctx, event, ctx.language), "version": event.version}
    what = changes(ctx, before, event.plan, ctx.language)
    if asked:
        said = ctx.text("events-changed-asking", language=ctx.language, families=asked, minutes=ctx.options.settle, **values)
        until = held_until(ctx, concerned(ctx, event, before=event.versioned_at))
        if until is not None:
            said += " " + ctx.text("events-held", language=ctx.language, when=until)
        ctx.reply_content(Content.line("\n".join([said, *what])), privately=True)
    elif speaks_openly(ctx):
        said = ctx.text("events-changed", language=ctx.language, **values)
        ctx.reply_content(Content.line("\n".join([said, *what])))
