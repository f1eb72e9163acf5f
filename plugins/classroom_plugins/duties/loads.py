"""What every family has done in a school year, and who is not asked.

A family's *load* is the sum of the weights of what it holds and has done since September, and a credit. Places given back,
cancelled, or missed do not count. The credit is what a family that comes in the middle of the year is lifted by, to the least
load of the others, and likewise one whose exemption is over: nobody has to catch up with what others did without them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from classroom_matrix.api import Context, View
from classroom_matrix.domain.ids import FamilyId

from . import store
from .asking import store as asking_store
from .domain import Duty, OfferState, local, milliseconds, school_year


@dataclass(frozen=True, slots=True)
class Standing:
    """`waiting`: the weights of places that the family was asked about and has not answered."""

    counted: int
    credit: int
    waiting: int
    exempt: bool

    @property
    def load(self) -> int:
        return self.counted + self.credit


def year_of(view: View, duty: Duty | None = None) -> int:
    """The school year in which a duty counts; without a time, or a duty, that of today."""
    at = duty.begins if duty is not None else None
    return school_year((view.now if at is None else local(at, view.klass.zone)).date())


def standings(view: View, year: int) -> Mapping[FamilyId, Standing]:
    """Of all families of the class now."""
    counted = store.counted(view.klass.id, year)
    added = asking_store.credits_of(view.klass.id, year)
    waiting = _waiting(view, year)
    exempt = exempt_at(view, milliseconds(view.now))
    return {
        family.id: Standing(counted.get(family.id, 0), added.get(family.id, 0), waiting.get(family.id, 0), family.id in exempt)
        for family in view.roster.families
    }


def exempt_at(view: View, at: int) -> frozenset[FamilyId]:
    return frozenset(family for family, since, until in asking_store.exemptions(view.klass.id) if since <= at < until)


def meet(ctx: Context, year: int) -> None:
    """Get to know who is new in the class, or asked again; see above. To be called before loads decide something."""
    known = asking_store.credits_of(ctx.klass.id, year)
    counted = store.counted(ctx.klass.id, year)
    now = milliseconds(ctx.now)
    here = [family.id for family in ctx.roster.families]
    returned = set(asking_store.unsettled_exemptions(ctx.klass.id, now))
    lifted = [family for family in here if family not in known or family in returned]
    if not lifted:
        return
    exempt = exempt_at(ctx, now)
    others = [family for family in here if family in known and family not in returned and family not in exempt]
    least = min((known[family] + counted.get(family, 0) for family in others), default=0)
    raised = [(family, max(known.get(family, 0), least - counted.get(family, 0), 0)) for family in lifted]
    asking_store.set_credits(ctx.klass.id, year, raised)
    asking_store.settle_exemptions(ctx.klass.id, now)


def _waiting(view: View, year: int) -> dict[FamilyId, int]:
    duties = {duty.id: duty for duty in store.duties_of_year(view.klass.id, year)}
    waiting: dict[FamilyId, int] = {}
    for offer in asking_store.offers_in(view.klass.id, OfferState.SENT):
        if offer.duty in duties:
            waiting[offer.family] = waiting.get(offer.family, 0) + duties[offer.duty].weight
    return waiting
