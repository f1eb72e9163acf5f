"""Letters that ask a household to do something, or to swap it, and wait: a yes or a no to them in plain words."""

from __future__ import annotations

from dataclasses import replace

from classroom_matrix.api import Meaning, Subject, View
from classroom_matrix.domain.ids import FamilyId, HouseholdId

from . import store, swapping
from .asking import store as asking_store
from .domain import OFFER, Duty, OfferState
from .lookup import duties_named, is_by_days_alone, is_on_days, roles_among
from .naming import called


def waiting_letters(
    view: View, family: FamilyId, household: HouseholdId | None, at: int, *, agrees: bool
) -> list[tuple[Duty, Meaning]]:
    """What is asked for, and what a yes or a no to it means."""
    word = "yes" if agrees else "no"
    found = []
    for offer in asking_store.offers_to(family):
        duty = store.duty(view.klass.id, offer.duty) if offer.state is OfferState.SENT else None
        if duty is not None and (offer.expires_at is None or at < offer.expires_at):
            label = view.text(f"duties-label-offer-{word}", duty=called(view, duty))
            found.append((duty, Meaning(Subject(OFFER, str(offer.id)), word, label, asked=offer.asked_at)))
    for swap in swapping.waiting_for(view, family, household, at):
        gives = store.duty(view.klass.id, swap.gives)
        if gives is not None:
            label = view.text(f"duties-label-swap-{word}", duty=called(view, gives))
            found.append((gives, Meaning(Subject(swapping.SWAP, str(swap.id)), word, label, asked=swap.asked_at)))
    return found


def refusing(view: View, family: FamilyId, household: HouseholdId | None, what: str, at: int) -> list[Meaning]:
    """No to letters, to all of them as long as nothing is named. Beside days, or words that nobody knows, it is asked back."""
    found = []
    for duty, meaning in waiting_letters(view, family, household, at, agrees=False):
        if not what or [each for each in duties_named(view, what, [duty]) if not is_by_days_alone(view, what, each)]:
            found.append(meaning)
        elif is_on_days(view, what, duty) or roles_among(what, [duty]):
            found.append(replace(meaning, sure=False))
    return found
