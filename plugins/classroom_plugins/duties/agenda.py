"""What is open for a household, and what it has to do on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from classroom_matrix.api import View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Household

from . import store
from .asking import store as asking_store
from .domain import Duty, OfferState, days_of, local, mark, milliseconds
from .naming import called, is_of, sheet_called
from .swapping import waiting_for
from .taking import free_places


def open_for(view: View, household: Household) -> Sequence[Line]:
    """Letters to be answered, then occasions with empty places at which the family does nothing yet."""
    family = household.family_id
    if view.roster.family(family) is None:
        return ()
    now = milliseconds(view.now)
    lines = [
        Line(view.text("duties-agenda-offer", duty=called(view, duty), until=local(offer.expires_at, view.klass.zone)))
        for offer in asking_store.offers_to(family)
        if offer.state is OfferState.SENT and offer.expires_at is not None
        if (duty := store.duty(view.klass.id, offer.duty)) is not None and not duty.is_past(now)
    ]
    for swap in waiting_for(view, family, household.id, now):
        gives, gets = store.duty(view.klass.id, swap.gives), store.duty(view.klass.id, swap.gets)
        if gives is not None and gets is not None:
            until = local(swap.expires_at, view.klass.zone)
            lines.append(Line(view.text("duties-agenda-swap", gives=called(view, gives), gets=called(view, gets), until=until)))
    for sheet in store.open_sheets(view.klass.id):
        if sheet.is_series:
            continue
        duties = [duty for duty in store.duties(sheet) if not duty.is_past(now)]
        if any(_is_in(duty, family) for duty in duties):
            continue
        empty = [duty for duty in duties if duty.awaits_draw or free_places(view, duty)]
        if empty:
            free = ", ".join(f"{mark(duty.number)} {duty.title}" for duty in empty)
            lines.append(Line(view.text("duties-agenda-free", sheet=sheet_called(view, sheet), duties=free)))
    return lines


def coming(view: View, household: Household, day: date) -> Sequence[Line]:
    """Of a week's duty only its first day is news."""
    lines = []
    for duty in own_duties(view, household):
        span = days_of(duty, view.klass.zone)
        if duty.is_open and span is not None and span[0] == day:
            needs = view.text("duties-needs", needs=duty.needs) if duty.needs else ""
            lines.append(Line(view.text("duties-coming", duty=called(view, duty), needs=needs).rstrip()))
    return lines


def own_duties(view: View, household: Household) -> list[Duty]:
    """What a household holds: what somebody of it took, and what its family holds without its being known whose."""
    found = [
        store.duty(view.klass.id, hold.duty)
        for hold in store.held_by(view.klass.id, household.family_id)
        if is_of(view, hold, household.id)
    ]
    return [duty for duty in found if duty is not None]


def _is_in(duty: Duty, family: FamilyId) -> bool:
    return store.hold_of(duty, family) is not None or any(wish.family == family for wish in store.wishes(duty))
