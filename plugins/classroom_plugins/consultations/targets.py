"""Which slots somebody means."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from classroom_matrix.api import Context, View
from classroom_matrix.errors import InvalidArgument, NotFound

from .domain import Board, Claimant, Slot
from .times import day_of, local
from .words import Target

_NAMED = 6  # times in one sentence


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
        found = _at_clock(view, on_day, target)
        ahead = [each for each in found if each[1].starts > at] or found
        free = [each for each in ahead if each[0].is_free(each[1], at, claimant)]
        return free or ahead[:1]

    def by_number() -> list[tuple[Board, Slot]]:
        return [each for each in on_day if each[1].number == target.number][:1] if target.number is not None else []

    ways = (by_clock, by_number) if target.by_clock else (by_number, by_clock)
    return ways[0]() or ways[1]()


def all_meant(
    view: View, boards: Sequence[Board], target: Target, at: int, *, among: Collection[int] | None = None
) -> list[tuple[Board, Slot]]:
    """Every slot ahead that a number, a time or a day means, whoever has it: what is given up or taken away may be booked.

    A bare number is a time of day only of those `among` which it has to be.
    """
    zone = view.klass.zone
    today = local(at, zone).date()
    ahead = [(board, slot) for board in boards for slot in board.slots if not slot.withdrawn and slot.starts > at]
    on_day = [
        each for each in ahead if target.is_on(day_of(each[1].starts, zone), today) and (among is None or each[1].id in among)
    ]
    if target.is_day_alone:
        return on_day
    numbered = [each for each in on_day if target.number is not None and each[1].number == target.number]
    timed = _at_clock(view, on_day, target)
    if target.by_clock:
        return timed or numbered
    return numbered or (timed if among is not None else [])


def the_one(ctx: Context, found: Sequence[tuple[Board, Slot]]) -> tuple[Board, Slot]:
    """The slot that staff mean.

    Raises:
        NotFound: there is none.
        InvalidArgument: there are several, as "16:00" is on two days.
    """
    if not found:
        raise NotFound("consultations-slots-no-such")
    if len(found) > 1:
        zone, language = ctx.klass.zone, ctx.language
        by_time = sorted(found, key=lambda each: each[1].starts)[:_NAMED]
        times = [f"{slot.number}) {ctx.date(local(slot.starts, zone), language=language)}" for _, slot in by_time]
        raise InvalidArgument("consultations-slots-which-time", times="; ".join(times), number=str(by_time[0][1].number))
    return found[0]


def _at_clock(view: View, slots: Sequence[tuple[Board, Slot]], target: Target) -> list[tuple[Board, Slot]]:
    """Those that begin at the time of day that is said."""
    if target.clock is None:
        return []
    found = []
    for board, slot in slots:
        starts = local(slot.starts, view.klass.zone)
        if target.clock.means(starts.hour, starts.minute):
            found.append((board, slot))
    return found
