"""`!slots sheet`, `move`, `cancel`, `remove`, `close`: what staff do with a whole day, a round or one slot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from classroom_matrix.api import Context, Day, Days, Period, When, command
from classroom_matrix.domain.content import Block, Content
from classroom_matrix.domain.people import Role
from classroom_matrix.domain.time import at_local
from classroom_matrix.errors import InvalidArgument, NotFound

from . import rescheduling, store
from .cards import slots_card
from .domain import Board, Slot, State
from .people import own_first, shown_to
from .sheet import sheet
from .times import day_of, local, milliseconds, packed, shifted
from .vocabulary import folded

_TO = re.compile(r"\s+(?:на|to|->|→)\s+", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}|(?<!\w)(?:в|at)\s+\d{1,2}(?!\d)|\d\s*(?:ч\b|час|[ap]\.?m)", re.IGNORECASE)
_REASON = re.compile(r"\s*(?::|\s[–—-]\s|,|\n)\s*")
_CANCEL = re.compile(r"^(?:отменить|отмена|отменяю|cancel)\s+", re.IGNORECASE)  # "!запись болею: отменить всё"
_MOST_REASON = 300  # characters


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


@command("slots move", needs=Role.TEACHER)
def move_day(ctx: Context, words: str) -> None:
    """Such as "чт на пт 16:00", "завтра на пт 16:00–18:00", "чт на пт" (at the same time of day)."""
    parts = _TO.split(words.strip(), maxsplit=1)
    if len(parts) != 2:
        raise InvalidArgument("consultations-slots-move-what", example=_text(ctx, "consultations-slots-move-example"))
    boards = _boards(ctx)
    days = _days(ctx, boards)
    wanted = _chosen(ctx, parts[0], [each.day for each in days])
    moved = next(each for each in days if each.day in wanted)
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


@command("slots cancel", needs=Role.TEACHER)
def cancel_day(ctx: Context, words: str | None = None) -> None:
    """Such as "чт: болею", "всё", or nothing where there is one day only."""
    head, reason = _with_reason(_CANCEL.sub("", (words or "").strip()))
    boards = _boards(ctx)
    days = _days(ctx, boards)
    if folded(head) in _everything(ctx):
        wanted = [each.day for each in days]
    elif head:
        wanted = _chosen(ctx, head, [each.day for each in days])
    elif len(days) == 1:
        wanted = [days[0].day]
    else:
        raise _which_day(ctx, [each.day for each in days])
    slots = [slot for each in days if each.day in wanted for _, slot in each.slots]
    rescheduling.cancel_slots(ctx, boards, slots, reason)


@command("slots remove", needs=Role.SPECIALIST)
def remove_slot(ctx: Context, number: str) -> None:
    """Such as "3", "3: педсовет"."""
    head, reason = _with_reason(number)
    found = re.fullmatch(r"[№#]?\s*(\d{1,2})", head)
    boards = _boards(ctx)
    slots = [
        slot
        for board in boards
        for slot in board.slots
        if found and slot.number == int(found[1]) and slot.starts > ctx.occurred and not slot.withdrawn
    ]
    if found is None:
        raise InvalidArgument("consultations-slots-remove-what", text=head)
    if not slots:
        raise NotFound("consultations-slots-no-such")
    rescheduling.cancel_slots(ctx, boards, slots[:1], reason)


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


def _everything(ctx: Context) -> set[str]:
    texts = (ctx.text("consultations-slots-words-all", language=language) for language in ("ru", "en"))
    return {folded(word) for text in texts for word in text.split(",")}


# ── What is meant ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _boards(ctx: Context) -> list[Board]:
    boards = own_first(ctx, store.standing(ctx.klass.id, ctx.occurred))
    if not boards:
        raise NotFound("consultations-slots-none-staff", example=_text(ctx, "consultations-slots-example"))
    return boards


def _days(ctx: Context, boards: Sequence[Board], *, ahead_only: bool = True) -> list[OnDay]:
    """Days with slots, soonest first."""
    by_day: dict[date, list[tuple[Board, Slot]]] = {}
    today = day_of(ctx.occurred, ctx.klass.zone)
    for board in boards:
        for slot in board.slots:
            day = day_of(slot.starts, ctx.klass.zone)
            if not slot.withdrawn and day >= today and (slot.starts > ctx.occurred or not ahead_only):
                by_day.setdefault(day, []).append((board, slot))
    days = [OnDay(day, tuple(sorted(by_day[day], key=lambda each: each[1].starts))) for day in sorted(by_day)]
    if not days:
        raise NotFound("consultations-slots-none-staff", example=_text(ctx, "consultations-slots-example"))
    return days


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


def _with_reason(words: str) -> tuple[str, str]:
    head, *rest = _REASON.split(words.strip(), maxsplit=1)
    return head.strip(), (rest[0].strip()[:_MOST_REASON] if rest else "")


def _text(ctx: Context, key: str) -> str:
    return ctx.text(key, language=ctx.language)
