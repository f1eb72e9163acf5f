"""The plugin's questions to its tables: proposals, swaps, exemptions, and what is known of families."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from classroom_matrix.domain.ids import EventId, FamilyId, HouseholdId

from ..assignment import Choice
from ..domain import DAY, Duty, Offer, OfferState, Order, Proposal, Sheet, Swap, SwapState
from ..tables import ExemptionRow, MeansRow, OfferRow, OrderRow, ProposalRow, StandingRow, SwapRow

ORDERS_KEPT = 30 * DAY
"""Milliseconds in which a command that is deleted or edited is answered."""

# ── Proposals ───────────────────────────────────────────────────────────────────────────────────────────────────────────

_OFFER = "id, proposal_id, duty_id, family_id, state, before, after, why, asked_at, expires_at, follows"


def create_proposal(of: Sheet, seed: int, at: int) -> Proposal:
    row = ProposalRow.create(class_id=of.class_id, sheet_id=of.id, seed=seed, at=at)
    return Proposal(row.id, of.id, seed, at)


def proposal(class_id: str, proposal_id: int) -> Proposal | None:
    rows = ProposalRow.sql(
        "SELECT id, sheet_id, seed, at FROM duties_proposal WHERE class_id = ? AND id = ?", class_id, proposal_id
    )
    return Proposal(*rows[0]) if rows else None


def latest_proposal(class_id: str, *, draft: bool) -> Proposal | None:
    """The newest proposal; with `draft` the newest of which something is not sent."""
    rows = ProposalRow.sql(
        "SELECT id, sheet_id, seed, at FROM duties_proposal p WHERE class_id = ? AND"
        " (NOT ? OR EXISTS (SELECT 1 FROM duties_offer WHERE proposal_id = p.id AND state = 'draft')) ORDER BY id DESC LIMIT 1",
        class_id,
        draft,
    )
    return Proposal(*rows[0]) if rows else None


def add_offer(of: Proposal, choice: Choice, why: str, *, follows: bool = False) -> Offer:
    row = OfferRow.create(
        proposal_id=of.id,
        duty_id=choice.duty,
        family_id=choice.family,
        before=choice.before,
        after=choice.after,
        why=why,
        follows=follows,
    )
    found = offer(row.id)
    assert found is not None
    return found


def offer(offer_id: int) -> Offer | None:
    return next(iter(_offers("id = ?", offer_id)), None)


def offers(of: Proposal) -> list[Offer]:
    return _offers("proposal_id = ? ORDER BY duty_id, id", of.id)


def offers_for(of: Duty, *states: OfferState) -> list[Offer]:
    found = _offers("duty_id = ? ORDER BY id", of.id)
    return [each for each in found if not states or each.state in states]


def offers_to(family: FamilyId) -> list[Offer]:
    return _offers("family_id = ? ORDER BY id", family)


def offers_in(class_id: str, *states: OfferState) -> list[Offer]:
    marks = ", ".join("?" for _ in states)
    return _offers(
        f"state IN ({marks}) AND proposal_id IN (SELECT id FROM duties_proposal WHERE class_id = ?) ORDER BY id",  # noqa: S608
        *states,
        class_id,
    )


def change_offer(changed: Offer, **values: object) -> None:
    OfferRow.update(**values).where(OfferRow.id == changed.id).execute()


def set_offer(changed: Offer, state: OfferState) -> None:
    change_offer(changed, state=state)


def _offers(condition: str, *values: object) -> list[Offer]:
    rows = OfferRow.sql(f"SELECT {_OFFER} FROM duties_offer WHERE {condition}", *values)  # noqa: S608 - of constants only
    return [
        Offer(id_, of, duty, FamilyId(family), OfferState(state), before, after, why, asked, expires, bool(follows))
        for id_, of, duty, family, state, before, after, why, asked, expires, follows in rows
    ]


# ── Swaps ───────────────────────────────────────────────────────────────────────────────────────────────────────────────

_SWAP = "id, asker_id, asker_household_id, other_id, gives, gets, state, at, asked_at, expires_at"


def create_swap(
    class_id: str, asker: FamilyId, household: HouseholdId, other: FamilyId, *, gives: int, gets: int, at: int
) -> Swap:
    row = SwapRow.create(
        class_id=class_id, asker_id=asker, asker_household_id=household, other_id=other, gives=gives, gets=gets, at=at,
        asked_at=at, expires_at=at,
    )  # fmt: skip
    found = swap(class_id, row.id)
    assert found is not None
    return found


def swap(class_id: str, swap_id: int) -> Swap | None:
    return next(iter(_swaps("class_id = ? AND id = ?", class_id, swap_id)), None)


def asked_swaps(class_id: str) -> list[Swap]:
    """Those that wait for an answer, oldest first."""
    return _swaps("class_id = ? AND state = 'asked' ORDER BY id", class_id)


def swaps_of(class_id: str, family: FamilyId) -> list[Swap]:
    return _swaps("class_id = ? AND (asker_id = ? OR other_id = ?) ORDER BY id", class_id, family, family)


def change_swap(changed: Swap, **values: object) -> None:
    SwapRow.update(**values).where(SwapRow.id == changed.id).execute()


def _swaps(condition: str, *values: object) -> list[Swap]:
    rows = SwapRow.sql(f"SELECT {_SWAP} FROM duties_swap WHERE {condition}", *values)  # noqa: S608 - of constants only
    return [
        Swap(id_, FamilyId(asker), HouseholdId(home), FamilyId(other), gives, gets, SwapState(state), at, asked, expires)
        for id_, asker, home, other, gives, gets, state, at, asked, expires in rows
    ]


# ── Exemptions ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def exempt(class_id: str, family: FamilyId, since: int, until: int) -> int | None:
    """From now on; what was said before about the family ends. Returns until when that was, where it is not over."""
    before = max((end for _, _, end in exemptions(class_id, family) if end > since), default=None)
    end_exemption(class_id, family, since)
    ExemptionRow.create(class_id=class_id, family_id=family, since=since, until=until)
    return before


def undo_exemption(class_id: str, family: FamilyId, since: int, before: int | None, now: int) -> bool:
    """As if it had not been said at `since`, but lasted until `before` as it did. Returns whether it still stood."""
    of_family = (ExemptionRow.class_id == class_id) & (ExemptionRow.family_id == family)
    gone = ExemptionRow.delete().where(of_family, ExemptionRow.since == since, ExemptionRow.until > now).execute()
    if gone and before is not None:
        ExemptionRow.update(until=before, settled=False).where(of_family, ExemptionRow.until == since).execute()
    return bool(gone)


def end_exemption(class_id: str, family: FamilyId, at: int) -> bool:
    """Whether there was one."""
    own = (ExemptionRow.class_id == class_id) & (ExemptionRow.family_id == family) & (ExemptionRow.until > at)
    return bool(ExemptionRow.update(until=at).where(own).execute())


def exemptions(class_id: str, family: FamilyId | None = None) -> list[tuple[FamilyId, int, int]]:
    """(family, since, until), oldest first."""
    rows = ExemptionRow.sql("SELECT family_id, since, until FROM duties_exemption WHERE class_id = ? ORDER BY id", class_id)
    return [(FamilyId(of), since, until) for of, since, until in rows if family in (None, of)]


def unsettled_exemptions(class_id: str, now: int) -> list[FamilyId]:
    """Families whose exemption is over and whose load was not lifted since."""
    rows = ExemptionRow.sql(
        "SELECT DISTINCT family_id FROM duties_exemption WHERE class_id = ? AND until <= ? AND NOT settled", class_id, now
    )
    return [FamilyId(row[0]) for row in rows]


def settle_exemptions(class_id: str, now: int) -> None:
    over = (ExemptionRow.class_id == class_id) & (ExemptionRow.until <= now)
    ExemptionRow.update(settled=True).where(over).execute()


# ── What is known of families ───────────────────────────────────────────────────────────────────────────────────────────


def credits_of(class_id: str, year: int) -> dict[FamilyId, int]:
    """Families that are known in a year, with what is added to their load."""
    rows = StandingRow.sql("SELECT family_id, credit FROM duties_standing WHERE class_id = ? AND year = ?", class_id, year)
    return {FamilyId(family): credit for family, credit in rows}


def set_credits(class_id: str, year: int, added: Iterable[tuple[FamilyId, int]]) -> None:
    for family, credit in added:
        StandingRow.replace(class_id=class_id, year=year, family_id=family, credit=credit).execute()


def set_means(class_id: str, family: FamilyId, need: str, *, has: bool) -> None:
    MeansRow.replace(class_id=class_id, family_id=family, need=need, has=has).execute()


def means(class_id: str) -> dict[tuple[FamilyId, str], bool]:
    rows: Sequence[Sequence[Any]] = MeansRow.sql("SELECT family_id, need, has FROM duties_means WHERE class_id = ?", class_id)
    return {(FamilyId(family), need): bool(has) for family, need, has in rows}


# ── The teacher's commands ──────────────────────────────────────────────────────────────────────────────────────────────


def add_order(class_id: str, order: Order) -> None:
    OrderRow.replace(
        source=order.source,
        class_id=class_id,
        what=order.what,
        duty_id=order.duty,
        family_id=order.family,
        before=order.before,
        at=order.at,
    ).execute()
    OrderRow.delete().where(OrderRow.at < order.at - ORDERS_KEPT).execute()


def order_of(class_id: str, source: EventId) -> Order | None:
    """What a command did, if that is not too long ago."""
    rows = OrderRow.sql(
        "SELECT what, duty_id, family_id, before, at FROM duties_order WHERE class_id = ? AND source = ?", class_id, source
    )
    if not rows:
        return None
    what, duty_id, family, before, at = rows[0]
    return Order(source, what, duty_id, FamilyId(family) if family else None, before, at)


def take_order(class_id: str, source: EventId) -> Order | None:
    """The same, and forget it."""
    found = order_of(class_id, source)
    if found is not None:
        OrderRow.delete().where(OrderRow.source == source).execute()
    return found


# ── Erasure ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def forget_family(class_id: str, family: FamilyId) -> None:
    """What the family was asked, what it asked for, and what is known of it."""
    proposals = [row.id for row in ProposalRow.select(ProposalRow.id).where(ProposalRow.class_id == class_id)]
    OfferRow.delete().where(OfferRow.family_id == family, OfferRow.proposal_id.in_(proposals)).execute()
    of_family = (SwapRow.asker_id == family) | (SwapRow.other_id == family)
    SwapRow.delete().where(of_family, SwapRow.class_id == class_id).execute()
    for kept in (ExemptionRow, StandingRow, MeansRow, OrderRow):
        kept.delete().where(kept.family_id == family, kept.class_id == class_id).execute()
