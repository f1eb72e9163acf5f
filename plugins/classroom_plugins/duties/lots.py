"""More wishes than places: the lowest load of the year first, then lots. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from classroom_matrix.domain.ids import FamilyId

from .assignment import lot


@dataclass(frozen=True, slots=True)
class Wished:
    """A duty and who wishes for it. `places`: that are free. `slot`: see `domain.slots`."""

    duty: int
    places: int
    weight: int
    slot: int
    families: Sequence[FamilyId]


@dataclass(frozen=True, slots=True)
class Decision:
    """`by_lot`: whether loads alone did not decide. `loads`: of all who wished, as they were when it was decided."""

    duty: int
    places: int
    chosen: tuple[FamilyId, ...]
    others: tuple[FamilyId, ...]
    loads: Mapping[FamilyId, int]
    by_lot: bool


def decide(wished: Sequence[Wished], loads: Mapping[FamilyId, int], seed: int) -> list[Decision]:
    """One duty after the other, as they are numbered; what a family got counts in its load for the next. Nobody gets two duties
    at one time while others wish for them.
    """
    current = dict(loads)
    busy: set[tuple[FamilyId, int]] = set()
    decisions = []
    for each in wished:
        before = {family: current.get(family, 0) for family in each.families}

        def turn(family: FamilyId, each: Wished = each, before: Mapping[FamilyId, int] = before) -> tuple[bool, int, int]:
            return (family, each.slot) in busy, before[family], lot(seed, each.duty, family)

        order = sorted(each.families, key=turn)
        chosen, others = order[: each.places], order[each.places :]
        by_lot = bool(chosen and others) and turn(chosen[-1])[:2] == turn(others[0])[:2]
        decisions.append(Decision(each.duty, each.places, tuple(chosen), tuple(others), before, by_lot))
        for family in chosen:
            current[family] = before[family] + each.weight
            busy.add((family, each.slot))
    return decisions
