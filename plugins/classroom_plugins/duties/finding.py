"""Who is asked for empty places: what the solver is told of families and duties. See `assignment` and `loads`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from classroom_matrix.api import View
from classroom_matrix.domain.ids import FamilyId

from . import store
from .asking import store as asking_store
from .assignment import Candidate, Choice, Fit, Vacancy, assign
from .domain import Duty, Offer, OfferState, Via, conflicts, milliseconds, slots
from .loads import exempt_at, standings, year_of
from .taking import free_places
from .wording import fold, needs_of


def find_families(
    ctx: View,
    empty: Sequence[tuple[Duty, int]],
    seed: int,
    *,
    drafts: Sequence[Offer] = (),
    without: Iterable[tuple[FamilyId, int]] = (),
) -> list[tuple[Choice, str]]:
    """Choices with why.

    Args:
        empty: duties and how many places of each.
        drafts: offers that are meant to be sent as well: they count in the loads, and keep their time busy.
        without: who must not be asked for what.
    """
    duties = {duty.id: duty for duty, _ in empty}
    at_once = slots(list(duties.values()))
    vacancies = [Vacancy(duty.id, places, duty.weight, at_once[duty.id]) for duty, places in empty]
    excluded = set(without)
    for duty in duties.values():
        excluded |= {(offer.family, duty.id) for offer in asking_store.offers_for(duty) if offer.state.refuses}
        excluded |= {(hold.family, duty.id) for hold in store.holds(duty)}
        exempt = exempt_at(ctx, duty.begins or milliseconds(ctx.now)) | exempt_at(ctx, milliseconds(ctx.now))
        excluded |= {(family, duty.id) for family in exempt}
    busy = _busy(ctx, drafts)
    known = asking_store.means(ctx.klass.id)
    here = standings(ctx, year_of(ctx, empty[0][0]))
    candidates = []
    for family in ctx.roster.families:
        fits: dict[int, Fit] = {}
        for duty in duties.values():
            if (family.id, duty.id) in excluded or any(conflicts(duty, other) for other in busy.get(family.id, ())):
                continue
            answers = [known.get((family.id, need)) for need in needs_of(duty.needs)]
            if False not in answers:
                lacks = any(answer is None for answer in answers)
                fits[duty.id] = Fit(lacks, _taste(ctx, family.id, duty))
        load = here[family.id].load + here[family.id].waiting
        load += sum(weight_of(ctx, offer) for offer in drafts if offer.family == family.id)
        candidates.append(Candidate(family.id, load, fits))
    loads = {each.family: each.load for each in candidates if each.fits}
    fits_of = {each.family: each.fits for each in candidates}
    chosen = assign(vacancies, candidates, seed)
    return [(one, _why(one, duties[one.duty], loads, fits_of[one.family][one.duty])) for one in chosen]


def _why(choice: Choice, duty: Duty, loads: Mapping[FamilyId, int], fit: Fit) -> str:
    """The text that says why, for staff. Who is exempt is no part of it."""
    if duty.needs and not fit.lacks:
        return "duties-why-has-it"
    return "duties-why-least" if loads[choice.family] == min(loads.values()) else "duties-why-least-able"


def _busy(ctx: View, drafts: Sequence[Offer]) -> dict[FamilyId, list[Duty]]:
    """What families do already, or are asked about."""
    found: dict[FamilyId, list[Duty]] = {}
    cache: dict[int, Duty | None] = {}

    def note(family: FamilyId, duty_id: int) -> None:
        if duty_id not in cache:
            cache[duty_id] = store.duty(ctx.klass.id, duty_id)
        duty = cache[duty_id]
        if duty is not None:
            found.setdefault(family, []).append(duty)

    for hold in store.all_holds(ctx.klass.id):
        note(hold.family, hold.duty)
    for offer in [*asking_store.offers_in(ctx.klass.id, OfferState.SENT), *drafts]:
        note(offer.family, offer.duty)
    return found


def _taste(ctx: View, family: FamilyId, duty: Duty) -> int:
    """0: has taken the like by themselves before; 2: has declined it; 1: neither."""
    if duty.sheet.is_series:
        return 1
    declined = [each.duty for each in asking_store.offers_to(family) if each.state is OfferState.DECLINED]
    liked = [hold.duty for hold in store.held_by(ctx.klass.id, family) if hold.via in (Via.REACTION, Via.DESK, Via.LOTS)]

    def alike(duty_ids: list[int]) -> bool:
        others = [store.duty(ctx.klass.id, each) for each in duty_ids]
        return any(other is not None and fold(other.title) == fold(duty.title) for other in others)

    return 2 if alike(declined) else 0 if alike(liked) else 1


def empty_places(ctx: View, duty: Duty) -> int:
    """Places that nobody holds and nobody was asked about."""
    here = {family.id for family in ctx.roster.families}
    asked = [offer for offer in asking_store.offers_for(duty, OfferState.SENT) if offer.family in here]
    return free_places(ctx, duty) - len(asked)


def weight_of(ctx: View, offer: Offer) -> int:
    duty = store.duty(ctx.klass.id, offer.duty)
    return duty.weight if duty is not None else 0
