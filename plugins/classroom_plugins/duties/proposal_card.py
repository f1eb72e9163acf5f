"""What a proposal looks like in the staff room: before it is sent and while it is answered. One message, edited."""

from __future__ import annotations

from classroom_matrix.api import View, card
from classroom_matrix.domain.content import Block, Bold, Bullets, Content, Line, Muted

from . import store
from .asking import store as asking_store
from .domain import Duty, Offer, OfferState, Proposal, local, milliseconds
from .naming import label, sheet_called, short

GONE = (OfferState.WITHDRAWN,)


@card
def proposal_card(view: View, subject: str) -> Content:
    """Who is asked for what and why, with the loads before and after; what stays empty; what they answered."""
    proposal = asking_store.proposal(view.klass.id, int(subject))
    sheet = store.sheet(view.klass.id, proposal.sheet) if proposal else None
    if proposal is None or sheet is None:
        return Content.line(view.text("duties-unknown"))
    offers = [offer for offer in asking_store.offers(proposal) if offer.state not in GONE]
    duties = {duty.id: duty for duty in store.duties(sheet)}
    rows = tuple(_row(view, offer, duties[offer.duty]) for offer in offers if offer.duty in duties)
    draft = any(offer.state is OfferState.DRAFT and not offer.follows for offer in offers)
    title = view.text("duties-proposal-title", sheet=sheet_called(view, sheet), seed=str(proposal.seed))
    blocks: list[Block] = [Line(Bold(title))]
    if not rows:
        return Content((*blocks, Line(view.text("duties-proposal-gone"))))
    blocks.append(Bullets(rows))
    if draft:
        blocks += _empty(view, proposal, list(duties.values()))
        blocks.append(Line(Muted(view.text("duties-proposal-rule"))))
        blocks.append(Line(Muted(view.text("duties-proposal-how"))))
    else:
        expires = max((offer.expires_at or 0 for offer in offers if offer.state is OfferState.SENT), default=0)
        if expires:
            blocks.append(Line(Muted(view.text("duties-proposal-sent", until=local(expires, view.klass.zone)))))
        else:
            blocks.append(Line(Muted(view.text("duties-proposal-done"))))
    return Content(tuple(blocks))


def _row(view: View, offer: Offer, duty: Duty) -> str:
    values: dict[str, object] = {
        "duty": short(view, duty),
        "family": label(view, offer.family),
        "before": offer.before,
        "after": offer.after,
    }
    state = view.text(f"duties-state-{offer.state}")
    key = "duties-proposal-row" if offer.state is OfferState.DRAFT else "duties-proposal-row-state"
    return view.text(key, language=None, why=view.text(offer.why), state=state, **values)


def _empty(view: View, proposal: Proposal, duties: list[Duty]) -> list[Block]:
    """Places for which nobody was found."""
    left = []
    asked = asking_store.offers(proposal)
    here = [family.id for family in view.roster.families]
    now = milliseconds(view.now)
    for duty in duties:
        mine = [offer for offer in asked if offer.duty == duty.id]
        if duty.awaits_draw or duty.is_past(now) or (duty.sheet.is_series and not mine):
            continue  # of a series only some weeks are proposed
        open_ = [offer for offer in mine if offer.state in (OfferState.DRAFT, OfferState.SENT)]
        free = duty.places - len(store.present(store.holds(duty), here)) - len(open_)
        if free > 0:
            left.append(view.text("duties-proposal-empty", duty=short(view, duty), count=free))
    return [Line(text) for text in left]
