"""`!handover` and `!takeback`: the teacher lets a substitute or a specialist into a family's desk, and out again.

They see what is said from then on. Only a teacher of the class decides that: whoever stands in for one would otherwise let
themselves in.
"""

from __future__ import annotations

from ...api import Context, command
from ...domain.ids import HouseholdId
from ...domain.people import Family, Person, Role
from ...errors import NotAllowed, NotFound, WhoIsMeant
from ...storage import drift, handovers, whereabouts
from ..context import HandlerContext
from ..values import is_called

LOOK = "look"
"""The task: rooms are marked that have to be looked at now."""


@command("handover", needs=Role.TEACHER, names_people=True)
def hand_over(ctx: Context, family: Family, colleague: str) -> None:
    assert isinstance(ctx, HandlerContext)
    person = _colleague(ctx, colleague)
    homes = [household.id for household in family.households]
    new = [home for home in homes if handovers.give(ctx.database, ctx.klass.id, home, person.id, ctx.now.timestamp())]
    _look_at(ctx, new)
    ctx.reply_privately("core-handover-done", person=person.name, family=family.label)


@command("takeback", needs=Role.TEACHER, names_people=True)
def take_back(ctx: Context, family: Family, colleague: str) -> None:
    assert isinstance(ctx, HandlerContext)
    person = _colleague(ctx, colleague)
    homes = [household.id for household in family.households]
    taken = [home for home in homes if handovers.take_back(ctx.database, ctx.klass.id, home, person.id)]
    if not taken:
        raise WhoIsMeant("core-takeback-nothing", person=person.name, family=family.label)
    _look_at(ctx, taken)
    ctx.reply_privately("core-takeback-done", person=person.name, family=family.label)


def _look_at(ctx: HandlerContext, homes: list[HouseholdId]) -> None:
    """The reconciler invites or removes; a desk that is made later has the right people from the start."""
    for (class_id, _), desk in whereabouts.desks(ctx.database, homes).items():
        if class_id == ctx.klass.id:
            drift.mark(ctx.database, ctx.klass.id, desk, ctx.now.timestamp())
    ctx.start_task(LOOK)


def _colleague(ctx: HandlerContext, text: str) -> Person:
    """The one substitute or specialist who is called so.

    Raises:
        NotAllowed: somebody else than a teacher asks.
        NotFound: nobody is called so, or several are.
    """
    if ctx.person is None or ctx.person.role is not Role.TEACHER:
        raise NotAllowed("core-handover-teachers-only")
    others = [person for person in ctx.roster.staff if person.role is not Role.TEACHER]
    if not others:
        raise NotFound("core-handover-nobody-there")
    found = [person for person in others if is_called(text, person.name)]
    if len(found) != 1:
        raise WhoIsMeant("core-handover-whom", text=text, candidates="; ".join(person.name for person in found or others))
    return found[0]
