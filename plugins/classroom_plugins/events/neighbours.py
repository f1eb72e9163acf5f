"""What other plugins ask events for, and what events hear from them."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, View, on, serves
from classroom_matrix.api.contracts import DutiesChanged, Occasion, OccasionOfEvent, OpenOccasions

from . import store
from .cards import event_card
from .domain import milliseconds, occasion_of
from .lookup import event_of


@serves(OpenOccasions)
def open_occasions(view: View, request: OpenOccasions) -> Sequence[Occasion]:  # noqa: ARG001 - it has no fields
    """Soonest first; those without a date last."""
    now = milliseconds(view.now)
    return [occasion_of(event, view.klass.zone) for event in store.open_events(view.klass.id) if not event.is_over(now)]


@serves(OccasionOfEvent)
def occasion_of_message(ctx: Context, request: OccasionOfEvent) -> str | None:
    event = event_of(ctx, request.event_id)
    return None if event is None else occasion_of(event, ctx.klass.zone).name


@on(DutiesChanged)
def redraw(ctx: Context, news: DutiesChanged) -> None:
    kind, _, number = news.occasion.partition("/")
    event = store.by_number(ctx.klass.id, int(number)) if kind == "events" and number.isdecimal() else None
    if event is not None:
        ctx.refresh(event_card, str(event.id), counts_only=True)
