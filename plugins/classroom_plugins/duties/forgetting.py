"""Forgetting what a family did, in the plugin's tables."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from classroom_matrix.domain.ids import FamilyId, HouseholdId

from . import store
from .tables import (
    ClaimRow,
    DutyRow,
    ExemptionRow,
    HoldRow,
    MeansRow,
    OfferRow,
    ProposalRow,
    StandingRow,
    SwapRow,
    ToldRow,
    WishRow,
)


def forget_family(class_id: str, family: FamilyId, households: Iterable[HouseholdId], now: int) -> None:
    """Places that are over get an invented owner, one for all of them, so that loads of the year stay what they were."""
    nobody = "x" + secrets.token_hex(10)
    for hold in store.history_of(class_id, family):
        duty = store.duty(class_id, hold.duty)
        row = HoldRow.id == hold.id
        if hold.ended is None and duty is not None and duty.is_past(now):
            HoldRow.update(family_id=nobody, household_id=None, person_id=None).where(row).execute()
        else:
            HoldRow.delete().where(row).execute()
    own = [row.id for row in DutyRow.select(DutyRow.id).where(DutyRow.class_id == class_id)]
    proposals = [row.id for row in ProposalRow.select(ProposalRow.id).where(ProposalRow.class_id == class_id)]
    for table in (WishRow, ClaimRow):
        table.delete().where(table.family_id == family, table.duty_id.in_(own)).execute()
    OfferRow.delete().where(OfferRow.family_id == family, OfferRow.proposal_id.in_(proposals)).execute()
    of_family = (SwapRow.asker_id == family) | (SwapRow.other_id == family)
    SwapRow.delete().where(of_family, SwapRow.class_id == class_id).execute()
    ToldRow.delete().where(ToldRow.household_id.in_(list(households))).execute()
    for kept in (ExemptionRow, StandingRow, MeansRow):
        kept.delete().where(kept.family_id == family, kept.class_id == class_id).execute()
