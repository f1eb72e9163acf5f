"""Places where there are not enough: a queue of claims, served in the order in which they reached us.

A family's claims together are what it asked for. Who wants more puts a new claim at the end and keeps the places it has; who
wants less gives back its newest claims first. Claims are served strictly in order: the first one that does not fit waits, and
so do all behind it, so that a small family does not slip past a large one. Hence nobody loses a place to somebody else.
A claim that could not be served if everybody else went holds nobody up: its family is told that there are not so many places,
and has a turn from when it wants no more than there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from classroom_matrix.domain.ids import FamilyId


@dataclass(frozen=True, slots=True)
class Claim:
    """`turn`: the place in the queue, unique in an event; `size`: places, at least 1."""

    turn: int
    family: FamilyId
    size: int


@dataclass(frozen=True, slots=True)
class Allotment:
    """What a family has, and what it waits for.

    `ahead`: how many families wait before it; `too_many`: it wants more than there are altogether, so that waiting is in vain.
    """

    has: int = 0
    waits: int = 0
    ahead: int = 0
    too_many: bool = False


NOTHING = Allotment()


def claim(claims: Sequence[Claim], family: FamilyId, size: int, capacity: int | None) -> list[Claim]:
    """The queue after a family wants `size` places altogether."""
    others = [each for each in claims if each.family != family]
    own = _within([each for each in claims if each.family == family], capacity)
    wanted = size - sum(each.size for each in own)
    if wanted > 0:
        turn = max((each.turn for each in claims), default=0) + 1
        return [*others, *own, Claim(turn, family, wanted)]
    kept = {each.turn: each for each in (*others, *own)}
    for each in sorted(own, key=lambda each: -each.turn):
        given_back = min(each.size, -wanted)
        wanted += given_back
        if given_back == each.size:
            del kept[each.turn]
        else:
            kept[each.turn] = replace(each, size=each.size - given_back)
    return list(kept.values())


def _within(own: Iterable[Claim], capacity: int | None) -> list[Claim]:
    """A family's claims without those that were in vain: what it waited for with them was never in turn."""
    kept: list[Claim] = []
    for each in sorted(own, key=lambda each: each.turn):
        if capacity is not None and sum(before.size for before in kept) + each.size > capacity:
            break
        kept.append(each)
    return kept


def allot(claims: Iterable[Claim], capacity: int | None) -> dict[FamilyId, Allotment]:
    """Who has how many places; never more than `capacity` altogether."""
    found: dict[FamilyId, Allotment] = {}
    free, full, waiting = capacity, False, 0
    for each in sorted(claims, key=lambda each: each.turn):
        before = found.get(each.family, NOTHING)
        if capacity is not None and before.has + before.waits + each.size > capacity:
            found[each.family] = replace(before, waits=before.waits + each.size, too_many=True)
            continue
        full = full or (free is not None and each.size > free)
        if not full:
            found[each.family] = replace(before, has=before.has + each.size)
            free = None if free is None else free - each.size
        elif before.waits:
            found[each.family] = replace(before, waits=before.waits + each.size)
        else:
            found[each.family] = replace(before, waits=each.size, ahead=waiting)
            waiting += 1
    return found


def seated_first(claims: Sequence[Claim], capacity: int | None) -> list[Claim]:
    """The queue before the capacity changes: who was passed over as too large gets in line behind those who have places."""
    have: list[Claim] = []
    wait: list[Claim] = []
    left = {family: place.has for family, place in allot(claims, capacity).items()}
    for each in sorted(claims, key=lambda each: each.turn):
        served = each.size <= left[each.family]
        left[each.family] -= each.size if served else 0
        (have if served else wait).append(each)
    return [replace(each, turn=turn) for turn, each in enumerate([*have, *wait], start=1)]


def free_places(allotments: Mapping[FamilyId, Allotment], capacity: int | None) -> int | None:
    """Places that nobody has; None where there is no limit."""
    return None if capacity is None else max(0, capacity - sum(each.has for each in allotments.values()))


def anew(claims: Sequence[Claim], sizes: Mapping[FamilyId, int]) -> list[Claim]:
    """The queue after places are counted in another way: every family once, in the order of its first claim."""
    first: dict[FamilyId, None] = {}
    for each in sorted(claims, key=lambda each: each.turn):
        first.setdefault(each.family)
    order = [*first, *(family for family in sizes if family not in first)]
    sized = [(family, sizes.get(family, 0)) for family in order]
    return [Claim(turn, family, size) for turn, (family, size) in enumerate(((f, s) for f, s in sized if s > 0), start=1)]
