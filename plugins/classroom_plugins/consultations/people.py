"""Who books: the household of somebody, with its family's pupils, as the class counts it; and who may manage which round."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import Context, View
from classroom_matrix.domain.ids import HouseholdId, PersonId
from classroom_matrix.domain.people import Household, Person, Role
from classroom_matrix.domain.time import QuietHours

from .domain import Board, Claimant


def claimant_of(view: View, household: Household) -> Claimant | None:
    """None where the family has left the class."""
    family = view.roster.family(household.family_id)
    if family is None or not family.pupils:
        return None
    alone = view.options.separated == "household"
    return Claimant(family.id, household.id, tuple(pupil.id for pupil in family.pupils), alone)


def claimants(view: View) -> dict[HouseholdId, Claimant]:
    """Of all households of the class now."""
    found = [claimant_of(view, home) for family in view.roster.families for home in family.households]
    return {claimant.household: claimant for claimant in found if claimant is not None}


def household_of(view: View, person: Person | None) -> Household | None:
    """Whose desk a guardian speaks for. Others have no say here: staff, relatives, pupils, people with a court limit."""
    if person is None or person.role is not Role.GUARDIAN or person.limited:
        return None
    return view.roster.household(person.household_id)


def quiet_hours(view: View, household: Household) -> Sequence[QuietHours]:
    """Those of everybody who reads the desk."""
    return [person.quiet or view.klass.quiet for person in household.reachable] or [view.klass.quiet]


def manages(ctx: Context, board: Board) -> bool:
    """Specialists manage what they have opened themselves; teacher and substitute everything."""
    person = ctx.person
    return person is not None and (person.role.may(Role.TEACHER) or board.round.host == person.id)


def shown_to(ctx: Context, boards: Sequence[Board]) -> list[Board]:
    """Whose bookings somebody may see: their own; whoever teaches, those of the class's other teachers. A specialist's only
    the specialist.
    """
    person = ctx.person
    if person is None:
        return []
    specialists = {each.id for each in ctx.roster.staff if each.role is Role.SPECIALIST}
    teaches = person.role.may(Role.TEACHER)
    return [board for board in boards if board.round.host == person.id or (teaches and board.round.host not in specialists)]


def own_before_others(ctx: Context, boards: Sequence[Board]) -> list[list[Board]]:
    """What staff may mean who name a day only, the likelier first: their own rounds, those of the class's other teachers, those
    of specialists. Each that there is; a specialist has no others.
    """
    mine = [board for board in boards if manages(ctx, board)]
    specialists = {person.id for person in ctx.roster.staff if person.role is Role.SPECIALIST}
    ranks: dict[int, list[Board]] = {}
    for board in mine:
        own = ctx.person is not None and board.round.host == ctx.person.id
        ranks.setdefault(0 if own else 1 if board.round.host not in specialists else 2, []).append(board)
    return [ranks[rank] for rank in sorted(ranks)]


def own_first(ctx: Context, boards: Sequence[Board]) -> list[Board]:
    """What staff mean who name a day only: their own, else what the class's teachers have opened, else all."""
    return next(iter(own_before_others(ctx, boards)), [])


def pupil_names(view: View, pupils: Sequence[PersonId]) -> str:
    names = [pupil.name for each in pupils if (pupil := view.roster.pupil(each)) is not None]
    return ", ".join(names) or "—"


def home_name(view: View, household_id: HouseholdId) -> str:
    """How staff see a household: its pupils, and which of the family's homes it is."""
    household = view.roster.household(household_id)
    family = view.roster.family(household.family_id) if household else None
    if family is None or household is None:
        return "—"
    home = family.home_label(household)
    return f"{family.label} ({home})" if home else family.label


def may_all_know(view: View, household: Household) -> bool:
    """Whether everybody who reads in the staff room may know that this household has asked something."""
    return all(view.may_read_desk(person, household) for person in view.roster.staff if person.user_id and not person.limited)
