"""`!close` in a desk, and `!consultations close` from anywhere: there is nothing left to answer."""

from __future__ import annotations

from classroom_matrix.api import Context, command
from classroom_matrix.domain.people import Family, Household, Role
from classroom_matrix.errors import InvalidArgument, NotFound, WhoIsMeant

from . import store
from .domain import Kind, Word
from .listing import label_of
from .lookup import current_of


@command("close", needs=Role.SPECIALIST)
def close_here(ctx: Context, family: Family | None = None) -> None:
    if family is not None:
        close_of(ctx, family)
        return
    household = ctx.roster.household(ctx.room.household) if ctx.room.role == "desk" else None
    if household is None:
        raise InvalidArgument("consultations-written-close-where")
    if current_of(ctx, household.id) is None:
        raise NotFound("consultations-written-nothing-open")
    note(ctx, household, Kind.CLOSES)
    assert ctx.event_id is not None
    ctx.react(ctx.event_id, "✅", room=ctx.room.id)


@command("written close", needs=Role.SPECIALIST, names_people=True)
def close_of_family(ctx: Context, family: Family) -> None:
    close_of(ctx, family)


def close_of(ctx: Context, family: Family) -> None:
    household = the_open_one(ctx, family)
    note(ctx, household, Kind.CLOSES)
    ctx.reply_privately("consultations-written-closed", family=label_of(ctx, household))


def the_open_one(ctx: Context, family: Family) -> Household:
    """The household of a family that has something open, out of those whose desk the person may read.

    Raises:
        WhoIsMeant: none has, or several: then it has to be said in the desk.
    """
    assert ctx.person is not None
    homes = [home for home in family.households if ctx.may_read_desk(ctx.person, home) and current_of(ctx, home.id)]
    if not homes:
        raise WhoIsMeant("consultations-written-nothing-open-of", family=family.label)
    if len(homes) > 1:
        raise WhoIsMeant("consultations-written-several", family=family.label)
    return homes[0]


def note(ctx: Context, household: Household, kind: Kind) -> None:
    """What a command does is a word like any other; who takes the command back takes it back."""
    assert ctx.person is not None
    assert ctx.event_id is not None
    word = Word(ctx.event_id, household.id, ctx.room.id, ctx.person.id, kind, ctx.occurred, judged_at=ctx.occurred)
    store.put(ctx.klass.id, word)
