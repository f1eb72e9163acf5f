"""Times of slots: cut from opening hours, moved to another day; and when something may be said. In milliseconds since 1970."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from classroom_matrix.domain.time import QuietHours, at_local

from .domain import Slot


def cut(start: int, end: int, length: int, breaks: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Times of slots of `length` between `start` and `end`: what would touch a break begins behind it."""
    pauses = sorted(breaks)
    found: list[tuple[int, int]] = []
    begin = start
    while begin + length <= end:
        pause = next((each for each in pauses if each[0] < begin + length and begin < each[1]), None)
        if pause is not None:
            begin = pause[1]
            continue
        found.append((begin, begin + length))
        begin += length
    return found


# ── Moving a whole day ──────────────────────────────────────────────────────────────────────────────────────────────────

Times = tuple[int, int]


def shifted(slots: Sequence[Slot], start: int, busy: Collection[Times]) -> dict[int, Times | None]:
    """New times of slots, by ID, when the first begins at `start`: all distances are kept. None: it meets what is `busy`."""
    by = start - min(slot.starts for slot in slots)
    return {slot.id: _if_clear((slot.starts + by, slot.ends + by), busy) for slot in slots}


def packed(
    slots: Sequence[Slot], booked: Collection[int], start: int, end: int, busy: Collection[Times]
) -> dict[int, Times | None]:
    """New times of slots between `start` and `end`, one behind the other, those that are booked first, each group in its order.

    None: there is no room left.
    """
    times: dict[int, Times | None] = {}
    begin = start
    for slot in sorted(slots, key=lambda each: (each.id not in booked, each.starts)):
        length = slot.ends - slot.starts
        while (meets := next((each for each in busy if each[0] < begin + length and begin < each[1]), None)) is not None:
            begin = meets[1]
        fits = begin + length <= end
        times[slot.id] = (begin, begin + length) if fits else None
        begin += length if fits else 0
    return times


def _if_clear(times: Times, busy: Collection[Times]) -> Times | None:
    return None if any(other[0] < times[1] and times[0] < other[1] for other in busy) else times


# ── Time ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


def local(at: int, zone: tzinfo) -> datetime:
    """A time in milliseconds as a moment in `zone`."""
    return datetime.fromtimestamp(at / 1000, zone)


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def day_of(at: int, zone: tzinfo) -> date:
    return local(at, zone).date()


_EASY = timedelta(minutes=30)
"""How long before quiet hours something is said that would fall into them."""
_ROUNDS = 6  # of quiet hours of different people that follow each other


def awake(moment: datetime, hours: Sequence[QuietHours]) -> datetime:
    """`moment` itself, or the evening before the quiet hours that it falls into. Aware in, aware out, the same zone."""
    zone = moment.tzinfo
    assert isinstance(zone, ZoneInfo)
    for _ in range(_ROUNDS):
        quiet = next((each for each in hours if each.covers(moment)), None)
        if quiet is None:
            return moment
        begins = moment.date() if moment.time().replace(tzinfo=None) >= quiet.start else moment.date() - timedelta(days=1)
        start = at_local(datetime.combine(begins, quiet.start), zone)
        moment = (start.astimezone(UTC) - _EASY).astimezone(zone)
    return moment


def after_waking_hours(start: datetime, length: timedelta, hours: Sequence[QuietHours]) -> datetime:
    """When `length` has passed since `start`, quiet hours not counted. Aware in, aware out, the same zone."""
    zone = start.tzinfo
    assert isinstance(zone, ZoneInfo)
    moment, left = start, length
    for _ in range(1_000):
        covering = [each for each in hours if each.covers(moment)]
        if covering:
            moment = max(each.next_allowed(moment) for each in covering)
            continue
        begins = [_next_start(each, moment, zone) for each in hours if each.start != each.end]
        calm = min((begin.astimezone(UTC) - moment.astimezone(UTC) for begin in begins), default=left)
        if left <= calm:
            break
        left -= calm
        moment = (moment.astimezone(UTC) + calm).astimezone(zone)
    return (moment.astimezone(UTC) + left).astimezone(zone)


def _next_start(quiet: QuietHours, moment: datetime, zone: ZoneInfo) -> datetime:
    days = (moment.date() + timedelta(days=ahead) for ahead in range(3))
    starts = (at_local(datetime.combine(day, quiet.start), zone) for day in days)
    return next(start for start in starts if start.astimezone(UTC) > moment.astimezone(UTC))
