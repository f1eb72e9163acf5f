"""`!meet`: what is better said than written. The household is offered the free slots, and the consultation says so."""

from __future__ import annotations

from classroom_matrix.api import Context, command
from classroom_matrix.domain.people import Family, Household, Role
from classroom_matrix.errors import InvalidArgument, NotFound, WhoIsMeant

from ..offering import offer_slots
from .closing import note
from .domain import Kind
from .listing import label_of
from .lookup import current_of, local


@command("meet", needs=Role.SPECIALIST)
def meet_here(ctx: Context, family: Family | None = None) -> None:
    """In a desk its household; elsewhere whoever wrote what this is a reply to: so a thread becomes a consultation."""
    if family is not None:
        meet(ctx, family)
        return
    household = ctx.roster.household(ctx.room.household) if ctx.room.role == "desk" else _author_s(ctx)
    if household is None:
        raise InvalidArgument("consultations-written-meet-where")
    _offer(ctx, household)
    assert ctx.event_id is not None
    ctx.react(ctx.event_id, "✅", room=ctx.room.id)


@command("written meet", needs=Role.SPECIALIST, names_people=True)
def meet_family(ctx: Context, family: Family) -> None:
    meet(ctx, family)


def meet(ctx: Context, family: Family) -> None:
    household = _meant(ctx, family)
    _offer(ctx, household)
    ctx.reply_privately("consultations-written-meet-offered", family=label_of(ctx, household))


def _author_s(ctx: Context) -> Household | None:
    author = ctx.author_of(ctx.reply_to) if ctx.reply_to is not None else None
    return ctx.roster.household(author.household_id) if author is not None and author.role is Role.GUARDIAN else None


def _meant(ctx: Context, family: Family) -> Household:
    """The household of a family that has asked something, or its only one.

    Raises:
        WhoIsMeant: it has several, and that does not tell.
    """
    asking = [home for home in family.households if current_of(ctx, home.id)]
    homes = asking or list(family.households)
    if not homes:
        raise WhoIsMeant("consultations-written-meet-nobody", family=family.label)
    if len(homes) > 1:
        raise WhoIsMeant("consultations-written-several", family=family.label)
    return homes[0]


def _offer(ctx: Context, household: Household) -> None:
    """
    Raises:
        WhoIsMeant: the person may not read that desk, or nobody there can be written to.
        NotFound: there are no free slots.
    """
    assert ctx.person is not None
    if not ctx.may_read_desk(ctx.person, household):
        raise WhoIsMeant("consultations-written-not-yours")
    if not household.reachable:
        raise WhoIsMeant("consultations-written-meet-nobody", family=label_of(ctx, household))
    one = current_of(ctx, household.id)
    asked = one.began.at if one is not None else ctx.occurred
    reason = ctx.text("consultations-written-meet-reason", day=local(ctx, asked).date())
    if not offer_slots(ctx, household, reason):
        raise NotFound("consultations-written-meet-no-slots")
    note(ctx, household, Kind.MEETS)
