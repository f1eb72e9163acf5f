"""Which slots somebody means."""

from __future__ import annotations

from collections.abc import Sequence

from classroom_matrix.api import View

from .domain import Board, Claimant, Slot
from .times import day_of, local
from .words import Target


def slots_meant(
    view: View, boards: Sequence[Board], target: Target, claimant: Claimant | None, at: int
) -> list[tuple[Board, Slot]]:
    """The slots that a number, a time or "the first" means; of several at one time, the free ones."""
    zone = view.klass.zone
    today = local(at, zone).date()
    standing = [(board, slot) for board in boards for slot in board.slots if not slot.withdrawn]
    on_day = [each for each in standing if target.is_on(day_of(each[1].starts, zone), today)]
    if target.first:
        free = [(board, slot) for board, slot in on_day if slot in board.free(at, claimant)]
        return sorted(free, key=lambda each: each[1].starts)[:1]

    def by_clock() -> list[tuple[Board, Slot]]:
        if target.clock is None:
            return []
        found = []
        for board, slot in on_day:
            starts = local(slot.starts, zone)
            if target.clock.means(starts.hour, starts.minute):
                found.append((board, slot))
        ahead = [each for each in found if each[1].starts > at] or found
        free = [each for each in ahead if each[0].is_free(each[1], at, claimant)]
        return free or ahead[:1]

    def by_number() -> list[tuple[Board, Slot]]:
        return [each for each in on_day if each[1].number == target.number][:1] if target.number is not None else []

    ways = (by_clock, by_number) if target.by_clock else (by_number, by_clock)
    return ways[0]() or ways[1]()
