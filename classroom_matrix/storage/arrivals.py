"""Who of a class is in, and who is stuck where. All functions run in the database's thread."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.ids import ClassId
from ..domain.newcomers import Newcomer, newcomers, people_of
from ..domain.people import Person, Pupil, Reach
from . import invitations, people
from .database import Database
from .invitations import Invitation, Stage


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is on the way in. `expires_at`: of their slip, UTC seconds; `wrong`: wrong words so far."""

    person: Person
    pupils: tuple[Pupil, ...]
    stage: Stage
    expires_at: float | None = None
    wrong: int = 0


@dataclass(frozen=True, slots=True)
class Arrivals:
    """`standings`: in the order of the list, staff last. `without_app`: families who chose so; they are nowhere stuck."""

    standings: tuple[Standing, ...]
    without_app: int

    @property
    def inside(self) -> tuple[Standing, ...]:
        return tuple(one for one in self.standings if one.stage is Stage.ADMITTED)


def of_class(database: Database, class_id: ClassId, now: float) -> Arrivals:
    """Everybody who should be in."""
    roster = people.load_roster(database, class_id)
    known = invitations.of_class(database, class_id)
    without = [family for family in roster.families if family.reach is not Reach.APP]
    expected = newcomers(roster)
    # Of those without the app, whoever was given a slip all the same; an account that was never made is no slip.
    tried = {person_id for person_id, invitation in known.items() if invitation.stage(now) is not Stage.NO_ACCOUNT}
    more = newcomers(roster, {one.id for family in without for one in people_of(roster, family) if one.id in tried})
    families = [one for one in expected if one.pupils]
    staff = [one for one in expected if not one.pupils]
    standings = tuple(_standing(one, known.get(one.person.id), now) for one in (*families, *more, *staff))
    return Arrivals(standings, len({family.id for family in without} - {one.person.family_id for one in more}))


def _standing(one: Newcomer, invitation: Invitation | None, now: float) -> Standing:
    if invitation is None:  # an account that IT made is taken for somebody who knows the way
        return Standing(one.person, one.pupils, Stage.ADMITTED if one.person.user_id else Stage.NO_SLIP)
    stage = invitation.stage(now)
    stage = Stage.NO_SLIP if stage is Stage.NO_ACCOUNT else stage
    return Standing(one.person, one.pupils, stage, invitation.expires_at, invitation.wrong)
