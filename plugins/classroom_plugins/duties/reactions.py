"""Reactions: buttons of cards and letters, tapped and taken back. Guardians get no answer unless something is wrong."""

from __future__ import annotations

from collections.abc import Callable

from classroom_matrix.api import Context, Subject, on
from classroom_matrix.domain.facts import ReactionAdded
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Role

from . import proposals, store, swapping
from .asking import store as asking_store
from .cards import VOLUNTEER, duty_card
from .domain import HELD, NEXT, OFFER, Act, Duty, OfferState, Outcome, SwapState, Via, milliseconds, position_of
from .naming import called, is_of
from .proposal_card import proposal_card
from .taking import free_places, give_back, take_place
from .wording import AGREES, REFUSES, bare_key

_WRONG = (Outcome.FULL, Outcome.OVER)


@on(ReactionAdded)
def answer_by_reaction(ctx: Context, reaction: ReactionAdded) -> None:
    subject = ctx.subject(reaction.target)
    if subject is None or ctx.person is None:
        return
    if ctx.person.role.may(Role.TEACHER):
        _of_teacher(ctx, subject, reaction.key)
    elif ctx.person.role is Role.GUARDIAN and not ctx.person.limited and ctx.person.family_id is not None:
        via = Act(ctx.person.family_id, ctx.person.household_id, ctx.person.id, Via.REACTION, reaction.event_id, reaction.at)
        _of_guardian(ctx, subject, reaction.key, via)


def _of_teacher(ctx: Context, subject: Subject, key: str) -> None:
    if bare_key(key) not in AGREES or ctx.room.role != "staff":
        return
    if subject.kind == proposal_card.name:
        proposal = asking_store.proposal(ctx.klass.id, int(subject.id))
        offers = asking_store.offers(proposal) if proposal is not None else []
        if proposal is not None and any(each.state is OfferState.DRAFT and not each.follows for each in offers):
            proposals.send(ctx, proposal)
    elif subject.kind == NEXT:
        proposals.send_next(ctx, int(subject.id))


def _of_guardian(ctx: Context, subject: Subject, key: str, act: Act) -> None:
    if subject.kind == duty_card.name:
        _take(ctx, int(subject.id), key, act)
        return
    answer = bare_key(key)
    if subject.kind in _ANSWERS and answer in AGREES | REFUSES:
        _ANSWERS[subject.kind](ctx, int(subject.id), act, answer in AGREES)


def _take(ctx: Context, sheet_id: int, key: str, act: Act) -> None:
    duty = _duty_tapped(ctx, sheet_id, key, act)
    if duty is not None:
        outcome = take_place(ctx, duty, act)
        if outcome in _WRONG:
            _tell(ctx, act, f"duties-{outcome}", duty)


def _answer_offer(ctx: Context, offer_id: int, act: Act, agrees: bool) -> None:
    offer = asking_store.offer(offer_id)
    duty = store.duty(ctx.klass.id, offer.duty) if offer is not None else None
    if offer is not None and duty is not None and offer.family == act.family:
        said = proposals.answer(ctx, offer, act, agrees=agrees)
        if said in ("duties-offer-lapsed", "duties-over"):
            _tell(ctx, act, said, duty)


def _answer_swap(ctx: Context, swap_id: int, act: Act, agrees: bool) -> None:
    swap = asking_store.swap(ctx.klass.id, swap_id)
    if swap is not None and swap.other == act.family and swapping.may_answer(ctx, swap, act.household):
        state = swapping.answer(ctx, swap, act.household, act.at, agrees=agrees)
        ended = state or swap.state
        if agrees and ended in (SwapState.EXPIRED, SwapState.VOID):
            _tell(ctx, act, f"duties-swap-other-{ended}")


def _answer_reminder(ctx: Context, duty_id: int, act: Act, agrees: bool) -> None:
    """A ❌ below it gives the place back; a ✅ is nice."""
    duty = store.duty(ctx.klass.id, duty_id)
    hold = store.hold_of(duty, act.family) if duty is not None else None
    if hold is None or not is_of(ctx, hold, act.household):
        return
    if not agrees and duty is not None and duty.is_open and not duty.is_past(act.at):
        give_back(ctx, duty, hold, act.at, by=act.person, answered=act.household)
        proposals.look_for_next(ctx, duty, act.family)
        _tell(ctx, act, "duties-given-back", duty)


_ANSWERS: dict[str, Callable[[Context, int, Act, bool], None]] = {
    OFFER: _answer_offer,
    swapping.SWAP: _answer_swap,
    HELD: _answer_reminder,
}


def _duty_tapped(ctx: Context, sheet_id: int, key: str, act: Act) -> Duty | None:
    sheet = store.sheet(ctx.klass.id, sheet_id)
    if sheet is None:
        return None
    if sheet.is_series:
        return _nearest_free(ctx, sheet_id, act.family, act.at) if bare_key(key) == VOLUNTEER else None
    position = position_of(key)
    return next((duty for duty in store.duties(sheet) if duty.number == position), None)


def _nearest_free(ctx: Context, sheet_id: int, family: FamilyId, at: int) -> Duty | None:
    """The first part of a series that begins from now on, is free, and is not the family's already."""
    sheet = store.sheet(ctx.klass.id, sheet_id)
    assert sheet is not None
    coming = [duty for duty in store.duties(sheet) if not duty.is_past(at) and (duty.begins or 0) > milliseconds(ctx.now)]
    return next((duty for duty in coming if free_places(ctx, duty) and store.hold_of(duty, family) is None), None)


def _tell(ctx: Context, act: Act, key: str, duty: Duty | None = None) -> None:
    """In the desk of the one who tapped."""
    home = ctx.roster.household(act.household)
    if home is not None:
        values = {} if duty is None else {"duty": called(ctx, duty, ctx.language_of(home))}
        ctx.tell([home], key, **values)
