"""A place taken and given back: the one way in which holds change, whoever wants it and however."""

from __future__ import annotations

from dataclasses import dataclass

from classroom_matrix.api import Context, View
from classroom_matrix.api.contracts import DutiesChanged
from classroom_matrix.domain.ids import EventId, FamilyId, HouseholdId, PersonId
from classroom_matrix.domain.people import Household

from . import store
from .asking import store as asking_store
from .cards import duty_card
from .domain import (
    HOUR,
    OWN,
    Act,
    Duty,
    Ended,
    Hold,
    OfferState,
    Outcome,
    Sheet,
    SheetState,
    Swap,
    SwapState,
    Via,
    milliseconds,
)
from .naming import called, homes, label
from .proposal_card import proposal_card

GIVEN_BACK = "duties-given-back"
PRIVATE = ("desk", "private")
"""Roles of rooms in which a message that is deleted is answered."""


def free_places(view: View, duty: Duty) -> int:
    here = [family.id for family in view.roster.families]
    return max(0, duty.places - len(store.present(store.holds(duty), here)))


def take_place(ctx: Context, duty: Duty, act: Act) -> Outcome:
    """Give a family a place, if there is one; decided in the order in which this is called.

    The teacher (`Via.PROXY`) may enter what is over, too.
    """
    if act.source is not None and store.is_struck(act.source):
        return Outcome.VOID
    if store.hold_of(duty, act.family) is not None:
        store.add_claim(duty, act)
        return Outcome.HELD
    if duty.removed or not _may_take(duty, act):
        return Outcome.OVER
    if duty.awaits_draw and act.via is not Via.LOTS:
        return _wish(ctx, duty, act)
    if free_places(ctx, duty) < 1:
        return Outcome.FULL
    store.add_claim(duty, act)
    store.add_hold(duty, act)
    for offer in asking_store.offers_for(duty, OfferState.SENT):
        if offer.family == act.family:
            asking_store.set_offer(offer, OfferState.ACCEPTED)
            ctx.refresh(proposal_card, str(offer.proposal))
    if free_places(ctx, duty) < 1:
        _lapse_offers(ctx, duty)
    note_change(ctx, duty.sheet)
    return Outcome.TAKEN


def _may_take(duty: Duty, act: Act) -> bool:
    if act.via is Via.PROXY:
        return duty.sheet.state is not SheetState.CANCELLED
    if act.via is Via.LOTS:
        return duty.is_open
    return duty.is_open and not duty.is_past(act.at)


def _wish(ctx: Context, duty: Duty, act: Act) -> Outcome:
    if not duty.collects_wishes(act.at):
        return Outcome.OVER
    store.add_claim(duty, act)
    if store.add_wish(duty, act):
        ctx.refresh(duty_card, str(duty.sheet.id))  # who does what is no different
    return Outcome.WISHED


def give_back(
    ctx: Context, duty: Duty, hold: Hold, at: int, *, by: PersonId | None = None, answered: HouseholdId | None = None
) -> None:
    """A guardian gives the place back; the teacher is told if it is late, and the family if somebody else of it had taken it.

    `answered`: the household that hears of it anyway.
    """
    store.end_hold(hold, at, Ended.GIVEN_BACK)
    void_swaps_of(ctx, duty, hold.family)
    note_change(ctx, duty.sheet)
    begins = duty.begins
    notice = ctx.options.notice_hours * HOUR
    if begins is not None and at > begins - notice and not duty.is_past(at):
        ctx.tell_staff("duties-staff-given-back", family=label(ctx, hold.family), duty=called(ctx, duty))
    if by is not None and by != hold.person:
        tell_family(ctx, duty, hold.family, "duties-family-gave-back", answered=answered)


def take_wish_back(ctx: Context, duty: Duty, family: FamilyId) -> bool:
    """Whether there was a wish."""
    if not store.drop_wish(duty, family):
        return False
    ctx.refresh(duty_card, str(duty.sheet.id))
    return True


@dataclass(frozen=True, slots=True)
class Struck:
    """What an event that was taken back had claimed, and what became of that: a text of the catalogue."""

    duty: Duty
    family: FamilyId
    said: str

    @property
    def freed(self) -> bool:
        return self.said == GIVEN_BACK


def redacted(ctx: Context, target: EventId, at: int) -> list[Struck]:
    """An event was taken back: places that were taken with it, and that the family has claimed by no other, are free again.

    Returns:
        What it had claimed; nothing where it was something else.
    """
    # Kept even where claims are known: what else the same words take may still be to come.
    store.remember_strike(target, at)
    claimed = store.take_claims(target)
    struck = [_strike(ctx, duty_id, family, left, at) for duty_id, family, left in claimed]
    return [each for each in struck if each is not None]


def _strike(ctx: Context, duty_id: int, family: FamilyId, left: int, at: int) -> Struck | None:
    """`left`: how many other claims of the family to the place there are."""
    by = ctx.person.id if ctx.person is not None else None
    answered = ctx.person.household_id if ctx.person is not None and ctx.room.role in PRIVATE else None
    duty = store.duty(ctx.klass.id, duty_id)
    if duty is None:
        return None
    hold = store.hold_of(duty, family)
    if hold is None:
        was_wish = duty.awaits_draw and not left and take_wish_back(ctx, duty, family)
        return Struck(duty, family, "duties-wish-back") if was_wish else None
    if left:
        return Struck(duty, family, "duties-held")
    if not duty.is_open or duty.is_past(at):  # what was done stays done
        return Struck(duty, family, "duties-over")
    give_back(ctx, duty, hold, at, by=by, answered=answered)
    return Struck(duty, family, GIVEN_BACK)


def release(ctx: Context, duty: Duty, why: Ended) -> list[Hold]:
    """End everything about a duty: places, wishes, proposals, requests to swap. Returns what was held."""
    at = milliseconds(ctx.now)
    held = store.holds(duty)
    for hold in held:
        store.end_hold(hold, at, why)
    for wish in store.wishes(duty):
        store.drop_wish(duty, wish.family)
    for offer in asking_store.offers_for(duty, OfferState.DRAFT, OfferState.SENT):
        asking_store.set_offer(offer, OfferState.WITHDRAWN)
        ctx.refresh(proposal_card, str(offer.proposal))
    void_swaps(ctx, duty)
    return held


def finish_sheet(ctx: Context, sheet: Sheet) -> None:
    """What was held is done, and counts."""
    store.change_sheet(sheet, state=SheetState.OVER)
    for duty in store.duties(sheet):
        void_swaps(ctx, duty)
        for offer in asking_store.offers_for(duty, OfferState.DRAFT, OfferState.SENT):
            asking_store.set_offer(offer, OfferState.WITHDRAWN)
            ctx.refresh(proposal_card, str(offer.proposal))
    ctx.refresh(duty_card, str(sheet.id))


def void_swaps(ctx: Context, duty: Duty) -> None:
    """All about a duty that is not to be done any more: nobody has to be told."""
    for swap in asking_store.asked_swaps(ctx.klass.id):
        if duty.id in (swap.gives, swap.gets):
            asking_store.change_swap(swap, state=SwapState.VOID)


def void_swaps_of(ctx: Context, duty: Duty, family: FamilyId) -> None:
    """A family has a duty no more: what it was to be swapped for is off, even if the family takes it again."""
    for swap in asking_store.asked_swaps(ctx.klass.id):
        if (swap.asker, swap.gives) == (family, duty.id):
            void_swap(ctx, swap)
        elif (swap.other, swap.gets) == (family, duty.id):
            asking_store.change_swap(swap, state=SwapState.VOID)
            _tell_swap(ctx, swap, homes(ctx, swap.asker, swap.asker_household), "duties-swap-void")


def void_swap(ctx: Context, swap: Swap) -> None:
    """Whoever asked does not want it any more, or cannot: who was asked need not answer."""
    asking_store.change_swap(swap, state=SwapState.VOID)
    gets = store.duty(ctx.klass.id, swap.gets)
    hold = store.hold_of(gets, swap.other) if gets is not None else None
    _tell_swap(ctx, swap, homes(ctx, swap.other, hold.household if hold else None), "duties-swap-other-withdrawn")


def _tell_swap(ctx: Context, swap: Swap, households: list[Household], key: str) -> None:
    gives, gets = store.duty(ctx.klass.id, swap.gives), store.duty(ctx.klass.id, swap.gets)
    if gives is None or gets is None:
        return
    for home in households:
        language = ctx.language_of(home)
        ctx.tell([home], key, gives=called(ctx, gives, language), gets=called(ctx, gets, language))


def note_change(ctx: Context, sheet: Sheet) -> None:
    """Who does what is different now."""
    ctx.refresh(duty_card, str(sheet.id))
    if sheet.occasion not in ("", OWN):
        ctx.announce(DutiesChanged(sheet.occasion))


def tell_family(ctx: Context, duty: Duty, family: FamilyId, key: str, answered: HouseholdId | None = None) -> None:
    """One line to the households of a family, each at most once an hour about one duty; not to who is `answered` anyway."""
    now = milliseconds(ctx.now)
    for home in homes(ctx, family):
        if home.id != answered and store.may_tell(duty, home.id, now):
            ctx.tell([home], key, duty=called(ctx, duty, ctx.language_of(home)))


def _lapse_offers(ctx: Context, duty: Duty) -> None:
    """Who was asked for a place that somebody else was quicker to take need not answer any more."""
    for offer in asking_store.offers_for(duty, OfferState.SENT):
        asking_store.set_offer(offer, OfferState.LAPSED)
        ctx.refresh(proposal_card, str(offer.proposal))
        for home in homes(ctx, offer.family):
            ctx.tell([home], "duties-offer-lapsed", duty=called(ctx, duty, ctx.language_of(home)))
