"""`!slots sheet`, `move`, `cancel`, `remove`, `close`: what staff do with a whole day, a round or one slot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from classroom_matrix.api import Context, Day, Days, Period, When, command
from classroom_matrix.domain.content import Block, Content
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument, NotFound

from . import rescheduling, store
from .called_off import CalledOff, SlotSaid, is_within, names_family, read_called_off, read_slots
from .cards import slots_card
from .domain import Board, Slot, State
from .people import own_before_others, own_first, shown_to
from .sheet import sheet
from .targets import all_meant, the_one
from .times import day_of, local, milliseconds, packed, shifted
from .words import Target

_TO = re.compile(r"\s+(?:на|to|->|→)\s+", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|(?<!\w)(?:в|at)\s+\d{1,2}(?!\d)|\d\s*(?:ч\b|час|[ap]\.?m)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class OnDay:
    """The slots of one day that lie ahead, by time, with their boards."""

    day: date
    slots: tuple[tuple[Board, Slot], ...]


@command("slots sheet", needs=Role.SPECIALIST)
def show_sheet(ctx: Context, day: str | None = None) -> None:
    boards = shown_to(ctx, _boards(ctx))
    days = _days(ctx, boards, ahead_only=False)
    wanted = _chosen(ctx, day, [each.day for each in days]) if day else [days[0].day]
    blocks: list[Block] = []
    for each in days:
        if each.day in wanted:
            for host in dict.fromkeys(board.round.host for board, _ in each.slots):
                blocks += sheet(ctx, host, each.day, ctx.language)
    ctx.reply_content(Content(tuple(blocks)), privately=True)


@command("slots move", needs=Role.SPECIALIST)
def move_day(ctx: Context, words: str) -> None:
    """Such as "чт на пт 16:00", "завтра на пт 16:00–18:00", "чт на пт" (at the same time of day)."""
    parts = _TO.split(words.strip(), maxsplit=1)
    if len(parts) != 2:
        raise InvalidArgument("consultations-slots-move-what", example=_text(ctx, "consultations-slots-move-example"))
    boards, moved = _day_moved(ctx, parts[0])
    slots = [slot for _, slot in moved.slots]
    ids = {slot.id for slot in slots}
    host_boards = store.standing(ctx.klass.id, ctx.occurred)
    hosts = {board.round.host for board, _ in moved.slots}
    busy = [
        (slot.starts, slot.ends)
        for board in host_boards
        for slot in board.slots
        if board.round.host in hosts and slot.id not in ids and not slot.withdrawn
    ]
    period = ctx.read(Period, parts[1])
    if period is not None:
        booked = {slot_id for board, _ in moved.slots for booking in board.bookings for slot_id in booking.slots}
        times = packed(slots, booked, milliseconds(period.start), milliseconds(period.end), busy)
    else:
        times = shifted(slots, milliseconds(_new_start(ctx, parts[1], slots)), busy)
    rescheduling.move_slots(ctx, [board for board in boards if ids.intersection(slot.id for slot in board.slots)], times)


def _day_moved(ctx: Context, said: str) -> tuple[Sequence[Board], OnDay]:
    """The day that is moved, of one's own rounds, else of those of others; and these."""
    tiers = _tiers(ctx)
    meant = ctx.read(Days, said)
    for boards in tiers:
        day = next((each for each in _days_ahead(ctx, boards) if meant is not None and is_within([meant], each.day)), None)
        if day is not None:
            return boards, day
    raise _which_day(ctx, _all_days(ctx, tiers))


def _new_start(ctx: Context, said: str, slots: Sequence[Slot]) -> datetime:
    """When the first slot begins; without a time of day, at the same as before."""
    if _CLOCK.search(said):
        moment: datetime | None = ctx.read(When, said)
    else:
        day = ctx.read(Day, said)
        first = local(min(slot.starts for slot in slots), ctx.klass.zone)
        moment = at_local(datetime.combine(day, first.time().replace(tzinfo=None)), ctx.klass.zone) if day is not None else None
    if moment is None or moment <= ctx.now:
        raise InvalidArgument("core-argument-when", text=said)
    return moment


@command("slots cancel", needs=Role.SPECIALIST)
def cancel_day(ctx: Context, words: str | None = None) -> None:
    """Such as "чт: болею", "чт, пт", "всё", "чт 16:00", or a reason or nothing where there is one day only."""
    tiers = _tiers(ctx)
    said = read_called_off(ctx, words or "")
    if said is None:
        family = names_family(ctx, words or "")
        if family is not None:
            raise InvalidArgument("consultations-slots-cancel-family", text=family)
        raise _which_day(ctx, _all_days(ctx, tiers))
    if said.slots:
        _cancel_times(ctx, tiers, said)
        return
    wanted = _days_called_off(ctx, tiers, said)
    boards = [board for each in wanted for board, _ in each.slots]
    rescheduling.cancel_slots(ctx, _once(boards), [slot for each in wanted for _, slot in each.slots], said.reason)


def _days_called_off(ctx: Context, tiers: Sequence[Sequence[Board]], said: CalledOff) -> list[OnDay]:
    """The days: of one's own rounds, or where those have none of them, of those of others."""
    own = _days(ctx, tiers[0])
    if said.everything:
        return own
    if not said.days:
        if len(own) == 1:
            return own
        raise _which_day(ctx, [each.day for each in own])
    for boards in tiers:
        days = _days_ahead(ctx, boards)
        if all(any(is_within([meant], each.day) for each in days) for meant in said.days):
            return [each for each in days if is_within(said.days, each.day)]
    raise _which_day(ctx, _all_days(ctx, tiers))


def _cancel_times(ctx: Context, tiers: Sequence[Sequence[Board]], said: CalledOff) -> None:
    bare = next((each for each in said.slots if isinstance(each, Target) and not each.by_clock and not each.has_day), None)
    if bare is not None and bare.number is not None:  # the card's number, or a day of the month?
        raise InvalidArgument("consultations-slots-cancel-number", number=str(bare.number))
    _take_away(ctx, tiers, said.slots, said.reason)


@command("slots remove", needs=Role.SPECIALIST)
def remove_slot(ctx: Context, number: str) -> None:
    """Such as "3", "3: педсовет", "чт 16:00", "16:00 и 16:15 – педсовет"."""
    tiers = _tiers(ctx)
    said = read_slots(ctx, number)
    if said is None:
        family = names_family(ctx, number)
        if family is not None:
            raise InvalidArgument("consultations-slots-remove-what", text=family)
        raise InvalidArgument("consultations-slots-remove-which")
    slots, reason = said
    day = next((each for each in slots if isinstance(each, Target) and each.is_day_alone), None)
    if day is not None:
        raise InvalidArgument("consultations-slots-remove-day", text=number.strip())
    _take_away(ctx, tiers, slots, reason)


def _take_away(ctx: Context, tiers: Sequence[Sequence[Board]], said: Sequence[SlotSaid], reason: str) -> None:
    """Single times: of one's own rounds, or where those have none of them, of those of others."""
    for boards in tiers:
        each_meant = [_times_meant(ctx, boards, each) for each in said]
        if all(each_meant):
            meant = [found for one in each_meant for found in one]
            slots = {slot.id: slot for _, slot in meant}
            rescheduling.cancel_slots(ctx, _once(board for board, _ in meant), list(slots.values()), reason, singly=True)
            return
    raise NotFound("consultations-slots-no-such")


def _times_meant(ctx: Context, boards: Sequence[Board], said: SlotSaid) -> list[tuple[Board, Slot]]:
    if isinstance(said, Target):
        found = all_meant(ctx, boards, said, ctx.occurred)
        return [the_one(ctx, found)] if found else []
    zone = ctx.klass.zone
    today = day_of(ctx.occurred, zone)
    on_day = [
        (board, slot)
        for board in boards
        for slot in board.slots
        if not slot.withdrawn and slot.starts > ctx.occurred and said.target.is_on(day_of(slot.starts, zone), today)
    ]
    days = sorted({day_of(slot.starts, zone) for _, slot in on_day})
    if len(days) > 1:
        raise _which_day(ctx, days)
    return [each for each in on_day if said.has(local(each[1].starts, zone), local(each[1].ends, zone))]


def _once(boards: Iterable[Board]) -> list[Board]:
    return list({board.round.id: board for board in boards}.values())


@command("slots close", needs=Role.SPECIALIST)
def close_booking(ctx: Context) -> None:
    """Nobody books any more; what is booked stands."""
    boards = [board for board in _boards(ctx) if board.round.is_open(ctx.occurred)]
    if not boards:
        raise NotFound("consultations-slots-none-staff", example=_text(ctx, "consultations-slots-example"))
    for board in boards:
        store.set_state(board.round, State.CLOSED)
        ctx.refresh(slots_card, str(board.round.id))
    ctx.reply_privately("consultations-slots-closed", count=sum(len(board.bookings) for board in boards))


# ── What is meant ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _boards(ctx: Context) -> list[Board]:
    boards = own_first(ctx, store.standing(ctx.klass.id, ctx.occurred))
    if not boards:
        raise NotFound("consultations-slots-none-staff", example=_text(ctx, "consultations-slots-example"))
    return boards


def _tiers(ctx: Context) -> list[list[Board]]:
    """The rounds that somebody may mean, the likelier first; at least one."""
    found = own_before_others(ctx, store.standing(ctx.klass.id, ctx.occurred))
    tiers = [boards for boards in found if _days_ahead(ctx, boards)]
    if not tiers:
        raise NotFound("consultations-slots-none-staff", example=_text(ctx, "consultations-slots-example"))
    return tiers


def _all_days(ctx: Context, tiers: Sequence[Sequence[Board]]) -> list[date]:
    return sorted({each.day for boards in tiers for each in _days_ahead(ctx, boards)})


def _days(ctx: Context, boards: Sequence[Board], *, ahead_only: bool = True) -> list[OnDay]:
    """Days with slots, soonest first."""
    days = _days_ahead(ctx, boards, ahead_only=ahead_only)
    if not days:
        raise NotFound("consultations-slots-none-staff", example=_text(ctx, "consultations-slots-example"))
    return days


def _days_ahead(ctx: Context, boards: Sequence[Board], *, ahead_only: bool = True) -> list[OnDay]:
    by_day: dict[date, list[tuple[Board, Slot]]] = {}
    today = day_of(ctx.occurred, ctx.klass.zone)
    for board in boards:
        for slot in board.slots:
            day = day_of(slot.starts, ctx.klass.zone)
            if not slot.withdrawn and day >= today and (slot.starts > ctx.occurred or not ahead_only):
                by_day.setdefault(day, []).append((board, slot))
    return [OnDay(day, tuple(sorted(by_day[day], key=lambda each: each[1].starts))) for day in sorted(by_day)]


def _chosen(ctx: Context, said: str, days: Sequence[date]) -> list[date]:
    """The days that somebody means, as far as there are slots on them; a weekday's name may be today."""
    meant = ctx.read(Days, said)
    found = [day for day in days if meant is not None and meant.first <= day <= meant.last]
    if not found:
        raise _which_day(ctx, days)
    return found


def _which_day(ctx: Context, days: Sequence[date]) -> InvalidArgument:
    noon = datetime.min.time().replace(hour=12)
    names = [
        ctx.date(at_local(datetime.combine(day, noon), ctx.klass.zone), language=ctx.language).rpartition(", ")[0]
        for day in days
    ]
    return InvalidArgument("consultations-slots-which-day", days="; ".join(names))


def _text(ctx: Context, key: str) -> str:
    return ctx.text(key, language=ctx.language)
