"""Empty places proposed by the lowest load: found by the solver, shown to the teacher, sent on the teacher's yes, answered."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from classroom_matrix.api import Context, Subject, command, job
from classroom_matrix.domain.content import Content, Line
from classroom_matrix.domain.ids import FamilyId
from classroom_matrix.domain.people import Family, Role
from classroom_matrix.errors import InvalidArgument, NotFound

from . import store
from .asking import store as asking_store
from .assignment import Choice
from .domain import NEXT, OFFER, Act, Duty, Offer, OfferState, Outcome, Proposal, Sheet, Via, local, milliseconds
from .finding import empty_places, find_families, weight_of
from .loads import meet, standings, year_of
from .lookup import series_meant, sheet_meant, sheet_named
from .naming import called, homes, label, sheet_called, short
from .proposal_card import proposal_card
from .taking import free_places, give_back, take_place

_SEEDS = 900_000
AGREE, REFUSE = "✅", "❌"
_REASONS = {"duties-why-has-it": "duties-offer-has-it", "duties-why-teacher": "duties-offer-teacher"}


# ── The teacher's commands ──────────────────────────────────────────────────────────────────────────────────────────────


@command("duties propose", needs=Role.TEACHER)
def propose(ctx: Context, occasion: str | None = None, *, seed: int | None = None) -> None:
    """For the empty places of an occasion, by its number or title; shown in the staff room, sent to nobody yet."""
    sheet = sheet_named(ctx, occasion) if occasion else sheet_meant(ctx, None, "duties-again-propose")
    now = milliseconds(ctx.now)
    duties = [duty for duty in store.duties(sheet) if duty.is_open and not duty.is_past(now) and not duty.awaits_draw]
    start_proposal(ctx, sheet, duties, seed)


@command("rota propose", needs=Role.TEACHER)
def propose_for_series(ctx: Context, title: str | None = None, *, seed: int | None = None) -> None:
    """For the next weeks of a series."""
    sheet = series_meant(ctx, title)
    now = milliseconds(ctx.now)
    until = milliseconds(ctx.now + timedelta(weeks=ctx.options.weeks))
    coming = [duty for duty in store.duties(sheet) if duty.is_open and (duty.begins or 0) > now]
    near = [duty for duty in coming if (duty.begins or 0) <= until]
    start_proposal(ctx, sheet, near or coming[: ctx.options.weeks], seed)


@command("duties send", needs=Role.TEACHER)
def send_command(ctx: Context) -> None:
    """The newest proposal, or the one that is replied to."""
    send(ctx, _draft_meant(ctx))


@command("duties replace", needs=Role.TEACHER, names_people=True)
def replace_family(ctx: Context, family: Family, *, by: Family | None = None) -> None:
    """In a proposal that is not sent: by the next one in turn, or by a family that is named."""
    proposal = _draft_meant(ctx)
    drafts = [offer for offer in asking_store.offers(proposal) if offer.state is OfferState.DRAFT]
    mine = next((offer for offer in drafts if offer.family == family.id), None)
    if mine is None:
        raise NotFound("duties-not-proposed", family=family.label)
    duty = store.duty(ctx.klass.id, mine.duty)
    assert duty is not None
    asking_store.set_offer(mine, OfferState.WITHDRAWN)
    others = [offer for offer in drafts if offer.id != mine.id]
    if by is not None:
        if any(offer.duty == duty.id and offer.family == by.id for offer in others) or store.hold_of(duty, by.id):
            raise InvalidArgument("duties-has-it-already", family=by.label, duty=short(ctx, duty, ctx.language))
        load = standings(ctx, year_of(ctx, duty))[by.id]
        before = load.load + load.waiting + sum(weight_of(ctx, offer) for offer in others if offer.family == by.id)
        asking_store.add_offer(proposal, Choice(duty.id, by.id, before, before + duty.weight), "duties-why-teacher")
    else:
        tried = [each.family for each in asking_store.offers(proposal) if each.duty == duty.id]
        found = find_families(ctx, [(duty, 1)], proposal.seed, drafts=others, without={(f, duty.id) for f in tried})
        if not found:
            asking_store.set_offer(mine, OfferState.DRAFT)
            raise NotFound("duties-nobody-else", duty=short(ctx, duty, ctx.language))
        choice, why = found[0]
        asking_store.add_offer(proposal, choice, why)
    ctx.refresh(proposal_card, str(proposal.id))


def start_proposal(ctx: Context, sheet: Sheet, duties: Sequence[Duty], seed: int | None) -> None:
    """Find families for the empty places and show it to the teacher. An older proposal that was not sent is forgotten."""
    if not duties:
        raise NotFound("duties-nothing-to-propose")
    meet(ctx, year_of(ctx, duties[0]))
    _forget_drafts(ctx, sheet)
    empty = [(duty, count) for duty in duties if (count := empty_places(ctx, duty)) > 0]
    if not empty:
        raise NotFound("duties-all-filled", sheet=sheet_called(ctx, sheet, ctx.language))
    drawn = 100_000 + secrets.randbelow(_SEEDS) if seed is None else seed
    found = find_families(ctx, empty, drawn)
    if not found:
        raise NotFound("duties-nobody", sheet=sheet_called(ctx, sheet, ctx.language))
    proposal = asking_store.create_proposal(sheet, drawn, milliseconds(ctx.now))
    for choice, why in found:
        asking_store.add_offer(proposal, choice, why)
    key = ctx.card(proposal_card, str(proposal.id), room="staff")
    ctx.react(key, AGREE, room="staff")
    if ctx.room.role != "staff" and ctx.event_id is not None:
        ctx.react(ctx.event_id, AGREE, room=ctx.room.id)


def send(ctx: Context, proposal: Proposal) -> None:
    """Ask every family of a proposal that was not asked yet."""
    drafts = [each for each in asking_store.offers(proposal) if each.state is OfferState.DRAFT and not each.follows]
    if not drafts:
        raise NotFound("duties-no-draft")
    _ask(ctx, drafts)
    ctx.refresh(proposal_card, str(proposal.id))


def send_next(ctx: Context, offer_id: int) -> None:
    """Ask who is next in turn after a refusal."""
    offer = asking_store.offer(offer_id)
    if offer is not None and offer.state is OfferState.DRAFT and asking_store.proposal(ctx.klass.id, offer.proposal):
        _ask(ctx, [offer])
        ctx.refresh(proposal_card, str(offer.proposal))


# ── What a family answers ───────────────────────────────────────────────────────────────────────────────────────────────


def answer(ctx: Context, offer: Offer, act: Act, *, agrees: bool) -> str | None:
    """A guardian's answer. Returns the text that says what became of it; None where nothing did.

    Who answers late, or changes their mind, takes or gives back a place like everybody else.
    """
    duty = store.duty(ctx.klass.id, offer.duty)
    if duty is None or offer.state is OfferState.DRAFT:
        return None
    if agrees:
        outcome = take_place(ctx, duty, act)
        if outcome is Outcome.TAKEN and offer.state is not OfferState.ACCEPTED:
            asking_store.set_offer(offer, OfferState.ACCEPTED)
            ctx.refresh(proposal_card, str(offer.proposal))
        return {
            Outcome.TAKEN: "duties-taken",
            Outcome.HELD: "duties-held",
            Outcome.FULL: "duties-offer-lapsed",
            Outcome.OVER: "duties-over",
            Outcome.WISHED: "duties-wished",
        }.get(outcome)
    hold = store.hold_of(duty, offer.family)
    if offer.state is OfferState.ACCEPTED and hold is not None and duty.is_open and not duty.is_past(act.at):
        give_back(ctx, duty, hold, act.at, by=act.person, answered=act.household)
    elif offer.state is not OfferState.SENT:
        return None
    _refused(ctx, offer, duty, OfferState.DECLINED)
    return "duties-offer-declined"


def look_for_next(ctx: Context, duty: Duty, family: FamilyId) -> None:
    """A place was given back: if the family had agreed to a proposal, the teacher is told who is next in turn."""
    for offer in asking_store.offers_for(duty, OfferState.ACCEPTED):
        if offer.family == family:
            _refused(ctx, offer, duty, OfferState.DECLINED)


@job
def close_offers(ctx: Context, proposal_id: int, expires_at: int) -> None:
    """Silence counts as a refusal, or as agreement where the school has chosen that; the family is told."""
    proposal = asking_store.proposal(ctx.klass.id, proposal_id)
    if proposal is None:
        return
    for offer in asking_store.offers(proposal):
        if offer.state is not OfferState.SENT or offer.expires_at != expires_at:
            continue
        duty = store.duty(ctx.klass.id, offer.duty)
        if duty is None:
            continue
        reached = [home for home in homes(ctx, offer.family) if home.reachable]
        if ctx.options.silence_takes and duty.is_open and not duty.is_past(milliseconds(ctx.now)):
            if take_place(ctx, duty, Act(offer.family, None, None, Via.PROPOSAL, None, milliseconds(ctx.now))) is Outcome.TAKEN:
                for home in reached:
                    ctx.tell([home], "duties-offer-silent-taken", duty=called(ctx, duty, ctx.language_of(home)))
            continue
        _refused(ctx, offer, duty, OfferState.SILENT)
        for home in reached:
            ctx.tell([home], "duties-offer-silent", duty=called(ctx, duty, ctx.language_of(home)))


def _refused(ctx: Context, offer: Offer, duty: Duty, how: OfferState) -> None:
    """Tell the teacher who is next in turn; it goes out with the teacher's yes."""
    asking_store.set_offer(offer, how)
    ctx.refresh(proposal_card, str(offer.proposal))
    proposal = asking_store.proposal(ctx.klass.id, offer.proposal)
    if proposal is None or not duty.is_open or duty.is_past(milliseconds(ctx.now)):
        return
    said = ctx.text(f"duties-staff-{how}", family=label(ctx, offer.family), duty=called(ctx, duty))
    drafts = [each for each in asking_store.offers(proposal) if each.state is OfferState.DRAFT]
    waiting = sum(1 for each in drafts if each.duty == duty.id)
    found = find_families(ctx, [(duty, 1)], proposal.seed, drafts=drafts) if empty_places(ctx, duty) > waiting else []
    if not found:
        key = "duties-staff-nobody-next" if empty_places(ctx, duty) > waiting else "duties-staff-not-needed"
        ctx.post(Content((Line(said), Line(ctx.text(key)))), room="staff")
        return
    choice, why = found[0]
    following = asking_store.add_offer(proposal, choice, why, follows=True)
    proposed = ctx.text("duties-staff-next", family=label(ctx, choice.family), before=choice.before, after=choice.after)
    key_ = ctx.post(Content((Line(said), Line(proposed))), room="staff", about=Subject(NEXT, str(following.id)))
    ctx.react(key_, AGREE, room="staff")


# ── Inside ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _ask(ctx: Context, offers: Sequence[Offer]) -> None:
    personally = []
    for offer in offers:
        duty = store.duty(ctx.klass.id, offer.duty)
        if duty is None or not _may_be_asked(ctx, offer, duty):
            asking_store.set_offer(offer, OfferState.WITHDRAWN)
            continue
        expires = _expiry(ctx, duty)
        asked = milliseconds(ctx.now)
        reached = [home for home in homes(ctx, offer.family) if home.reachable]
        for home in reached:
            later = ctx.write(home, _letter(ctx, offer, duty, expires, ctx.language_of(home)),
                              about=Subject(OFFER, str(offer.id)), buttons=(AGREE, REFUSE))  # fmt: skip
            asked = max(asked, milliseconds(later) if later is not None else 0)
        if not reached:
            personally.append(ctx.text("duties-staff-personally-row", family=label(ctx, offer.family), duty=short(ctx, duty)))
        at = milliseconds(expires)
        asking_store.change_offer(offer, state=OfferState.SENT, asked_at=asked, expires_at=at)
        ctx.at(expires, close_offers, offer.proposal, at)
    if personally:
        ctx.tell_staff("duties-staff-personally", families="; ".join(personally))


def _may_be_asked(ctx: Context, offer: Offer, duty: Duty) -> bool:
    """Whether it is still to be filled, by this family."""
    is_open = duty.is_open and not duty.is_past(milliseconds(ctx.now)) and free_places(ctx, duty) > 0
    return is_open and store.hold_of(duty, offer.family) is None and ctx.roster.family(offer.family) is not None


def _letter(ctx: Context, offer: Offer, duty: Duty, expires: datetime, language: str) -> Content:
    """What it is, why this family, until when. Nothing about others."""
    needs = ctx.text("duties-needs", language=language, needs=duty.needs) if duty.needs else ""
    said = ctx.text("duties-offer", language=language, duty=called(ctx, duty, language), needs=needs).rstrip()
    load = standings(ctx, year_of(ctx, duty))[offer.family].counted
    why = ctx.text(_REASONS.get(offer.why, "duties-offer-load"), language=language, load=load)
    silence = "duties-offer-until-takes" if ctx.options.silence_takes else "duties-offer-until"
    how = ctx.text(silence, language=language, until=expires)
    return Content((Line(said), Line(why), Line(how)), loud=True)


def _expiry(ctx: Context, duty: Duty) -> datetime:
    """Never at night, and not behind the beginning, if that can be."""
    zone = ctx.klass.zone
    moment = ctx.klass.quiet.next_allowed(ctx.now) + timedelta(hours=ctx.options.answer_hours)
    if duty.begins is not None:
        last = local(duty.begins, zone) - timedelta(hours=min(24, ctx.options.answer_hours))
        moment = min(moment, max(last, ctx.now + timedelta(hours=1)))
    return ctx.klass.quiet.next_allowed(moment.astimezone(zone).replace(second=0, microsecond=0))


def _forget_drafts(ctx: Context, sheet: Sheet) -> None:
    for offer in asking_store.offers_in(ctx.klass.id, OfferState.DRAFT):
        proposal = asking_store.proposal(ctx.klass.id, offer.proposal)
        if proposal is not None and proposal.sheet == sheet.id:
            asking_store.set_offer(offer, OfferState.WITHDRAWN)
            ctx.refresh(proposal_card, str(proposal.id))


def _draft_meant(ctx: Context) -> Proposal:
    subject = ctx.subject(ctx.reply_to) if ctx.reply_to is not None else None
    if subject is not None and subject.kind == proposal_card.name:
        found = asking_store.proposal(ctx.klass.id, int(subject.id))
    else:
        found = asking_store.latest_proposal(ctx.klass.id, draft=True)
    if found is None:
        raise NotFound("duties-no-draft")
    return found
