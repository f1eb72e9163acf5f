"""Who is asked for empty places: an assignment in which the year's loads end up as even as they can be. Pure.

A minimum-cost flow (network simplex of networkx, exact for whole numbers): every family may pass one unit to each duty that
it can do, at most one to duties at the same time, and every further duty costs it more than the one before. What is wanted,
the more important first; one unit of each outweighs any sum of the later ones:

1. as many places filled as possible;
2. duties with a need go to families that are known to have it;
3. the greatest load is as small as can be, then the number of families that have it, then the next smaller load, and so on
   (the loads sorted from the greatest down are the least in lexicographic order);
4. families get what they liked before rather than what they declined before;
5. lots, made of the seed.

Loads enter with the cost `B ** rank(load)`, where B is more than the number of families: sums of such costs compare like the
sorted loads. For duties of equal weight these loads are also the best for the family with the least (Frank & Murota,
"Decreasing minimization on M-convex sets"). Where weights differ and duties are at several times, one time is solved after
the other, the heaviest first, each exactly.

Costs are whole numbers of any size, so nothing is lost to rounding; 27 families and 34 weeks take hundredths of a second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from classroom_matrix.domain.ids import FamilyId

_LOTS = 1 << 32


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Empty places of a duty. `slot`: the same for duties that are at the same time. `weight` and `places` at least 1."""

    duty: int
    places: int
    weight: int = 1
    slot: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a duty suits a family. `lacks`: not known to have what is needed. `taste`: 0 liked, 1 neither, 2 declined."""

    lacks: bool = False
    taste: int = 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family that may be asked. `fits`: by duty; what it cannot or will not do is not there."""

    family: FamilyId
    load: int
    fits: Mapping[int, Fit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choice:
    """A place for a family. `before`, `after`: its load, other places of this assignment counted in their order."""

    duty: int
    family: FamilyId
    before: int
    after: int


def assign(vacancies: Sequence[Vacancy], candidates: Sequence[Candidate], seed: int) -> list[Choice]:
    """Fill places. The same input, in whatever order, and the same seed give the same choices."""
    vacancies = sorted((each for each in vacancies if each.places > 0), key=lambda each: each.duty)
    candidates = sorted(candidates, key=lambda each: each.family)
    together = len({each.weight for each in vacancies}) <= 1 or len({each.slot for each in vacancies}) <= 1
    parts = [vacancies] if together else _by_slot(vacancies)
    choices: list[Choice] = []
    loads = {each.family: each.load for each in candidates}
    for part in parts:
        current = [replace(each, load=loads[each.family]) for each in candidates]
        weight = {each.duty: each.weight for each in part}
        for duty, family in _solve(part, current, seed):
            choices.append(Choice(duty, family, loads[family], loads[family] + weight[duty]))
            loads[family] += weight[duty]
    return choices


def lot(seed: int, duty: int, family: FamilyId) -> int:
    """A family's lot for a duty; the smaller one wins."""
    return int.from_bytes(hashlib.blake2b(f"{seed}/{duty}/{family}".encode(), digest_size=4).digest())


def _by_slot(vacancies: Sequence[Vacancy]) -> list[list[Vacancy]]:
    by_slot: dict[int, list[Vacancy]] = {}
    for each in vacancies:
        by_slot.setdefault(each.slot, []).append(each)
    return sorted(by_slot.values(), key=lambda part: (-max(each.weight for each in part), part[0].duty))


def _solve(vacancies: Sequence[Vacancy], candidates: Sequence[Candidate], seed: int) -> list[tuple[int, FamilyId]]:
    """(duty, family), by duty and then by lot. All of one weight, or all at one time."""
    import networkx as nx  # noqa: PLC0415 - a second, which only who proposes something needs to wait

    duties = {each.duty: each for each in vacancies}
    able = [
        replace(each, fits={duty: fit for duty, fit in each.fits.items() if duty in duties})
        for each in candidates
        if any(duty in duties for duty in each.fits)
    ]
    if not able:
        return []
    price = _Prices(vacancies, able)
    one_time = len({each.slot for each in vacancies}) == 1
    graph: nx.MultiDiGraph[object] = nx.MultiDiGraph()
    places = sum(each.places for each in vacancies)
    graph.add_node("families", demand=-places)
    for each in vacancies:
        graph.add_node(("duty", each.duty), demand=each.places)
        graph.add_edge("families", ("duty", each.duty), capacity=each.places, weight=price.empty)
    for candidate in able:
        family = ("family", candidate.family)
        own_slots = sorted({duties[duty].slot for duty in candidate.fits})
        for count, slot in enumerate(own_slots):
            step = 0 if one_time else price.step(candidate.load, vacancies[0].weight, count)
            graph.add_edge("families", family, capacity=1, weight=step)
            graph.add_edge(family, ("slot", candidate.family, slot), capacity=1, weight=0)
        for duty, fit in sorted(candidate.fits.items()):
            weight = price.of(fit, lot(seed, duty, candidate.family))
            if one_time:
                weight += price.step(candidate.load, duties[duty].weight, 0)
            graph.add_edge(("slot", candidate.family, duties[duty].slot), ("duty", duty), capacity=1, weight=weight)
    _, flow = nx.network_simplex(graph)
    chosen = [
        (node[1], candidate.family)
        for candidate in able
        for slot in {duties[duty].slot for duty in candidate.fits}
        for node, units in flow["slot", candidate.family, slot].items()
        if sum(units.values())
    ]
    return sorted(chosen, key=lambda pair: (pair[0], lot(seed, *pair)))


class _Prices:
    """What each thing costs, so that one unit of the more important outweighs all of the less important."""

    def __init__(self, vacancies: Sequence[Vacancy], candidates: Sequence[Candidate]) -> None:
        places = sum(each.places for each in vacancies)
        weights = sorted({each.weight for each in vacancies})
        most = len({each.slot for each in vacancies})
        reachable = {each.load for each in candidates}
        reachable |= {each.load + weight * count for each in candidates for weight in weights for count in range(1, most + 1)}
        self._rank = {load: rank for rank, load in enumerate(sorted(reachable))}
        base = len(candidates) + 1
        self._power: list[int] = [base**rank for rank in range(len(self._rank) + 1)]
        self._taste = places * _LOTS + 1
        worst = max(fit.taste for each in candidates for fit in each.fits.values())
        self._load = self._taste * (places * worst + 1)
        self._lack = self._load * (self._power[-1] + 1)
        self.empty = self._lack * (places + 1)

    def step(self, load: int, weight: int, count: int) -> int:
        """Of a family's place number `count` (from 0) on top of `load`."""
        before, after = self._rank[load + weight * count], self._rank[load + weight * (count + 1)]
        return self._load * (self._power[after] - self._power[before])

    def of(self, fit: Fit, drawn: int) -> int:
        return self._lack * fit.lacks + self._taste * fit.taste + drawn
