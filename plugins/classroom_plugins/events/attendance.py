"""How an event stands with the families: who answered what, who has a place."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from classroom_matrix.api import View
from classroom_matrix.domain.ids import FamilyId

from . import store
from .answers import Answer, Count, Kind, count, standings
from .domain import Event, State
from .places import NOTHING, Allotment, allot, free_places


@dataclass(frozen=True, slots=True)
class Attendance:
    """`stands`: of families that have answered; `places`: of families that come; `free`: None where there is no limit."""

    stands: Mapping[FamilyId, Answer]
    places: Mapping[FamilyId, Allotment]
    free: int | None
    counted: Count

    def of(self, *kinds: Kind) -> list[FamilyId]:
        return [family for family, answer in self.stands.items() if answer.kind in kinds]

    def place(self, family: FamilyId) -> Allotment:
        return self.places.get(family, NOTHING)


def look(view: View, event: Event) -> Attendance:
    """Count over the families that the class has now; what was counted when an event ended stays so."""
    families = frozenset(family.id for family in view.roster.families)
    stands = standings(store.answers(event), event.ended_at, families)
    places = queue(event, families)
    counted = store.final(event) if event.state is State.OVER else None
    return Attendance(
        stands,
        places,
        free_places(places, event.plan.capacity),
        counted or count(event, stands, places, len(families)),
    )


def queue(event: Event, families: Collection[FamilyId]) -> dict[FamilyId, Allotment]:
    """Who has how many places, of the families that the class has."""
    claims = [each for each in store.claims(event) if each.family in families]
    return allot(claims, event.plan.capacity)
