"""What slots look like: the card of a round, the list in a desk, times and people in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from classroom_matrix.api import Context, View, card
from classroom_matrix.domain.content import Block, Bold, Content, Line, Muted
from classroom_matrix.domain.people import Household

from . import store
from .domain import Board, Booking, Round, Slot, State
from .people import claimant_of
from .times import day_of, local, milliseconds

_SHOWN = 40  # free slots on a card
HAND = "✋"


@card
def slots_card(view: View, subject: str) -> Content:
    """A round: who, when, how many are free, which, and how to take one. Never who has booked."""
    board = store.board(view.klass.id, int(subject))
    if board is None:
        return Content.line(view.text("consultations-slots-none"))
    round_, at = board.round, milliseconds(view.now)
    title = Line(Bold(view.text("consultations-slots-card-title", host=host_name(view, round_))))
    if round_.state is State.CANCELLED:
        return Content((title, Line(view.text("consultations-slots-card-cancelled"))))
    standing = [slot for slot in board.slots if not slot.withdrawn]
    blocks: list[Block] = [title, *(Line(said) for said in _days(view, standing))]
    if not standing or board.ends() <= at:
        return Content((*blocks, Line(view.text("consultations-slots-card-past"))))
    if not round_.is_open(at):
        taken = sum(board.booking_of(slot.id) is not None for slot in standing)
        blocks.append(Line(Bold(view.text("consultations-slots-card-taken", taken=taken, all=len(standing)))))
        blocks.append(Line(Muted(view.text("consultations-slots-card-over"))))
        return Content(tuple(blocks), loud=True)
    free = board.free(at)
    blocks.append(Line(Bold(view.text("consultations-slots-card-free", free=len(free), all=len(standing)))))
    blocks += free_lines(view, free[:_SHOWN])
    if round_.until is not None:
        blocks.append(Line(view.text("consultations-slots-card-until", until=local(round_.until, view.klass.zone))))
    key = "consultations-slots-card-how" if free else "consultations-slots-card-full"
    example = min((slot.number for slot in free), default=1)
    blocks.append(Line(Muted(view.text(key, number=str(example)))))
    return Content(tuple(blocks), loud=True)


def _days(view: View, slots: Sequence[Slot]) -> list[str]:
    """When it is: a line for each day."""
    zone = view.klass.zone
    by_day = groupby(sorted(slots, key=lambda slot: slot.starts), key=lambda slot: day_of(slot.starts, zone))
    lines = []
    for _, group in by_day:
        of_day = list(group)
        first, last = of_day[0], of_day[-1]
        minutes = (first.ends - first.starts) // 60_000
        lines.append(
            view.text(
                "consultations-slots-card-day",
                day=day_text(view, first.starts),
                hours=f"{clock(view, first.starts)}–{clock(view, last.ends)}",
                minutes=minutes,
            )
        )
    return lines


def free_lines(view: View, slots: Sequence[Slot], language: str | None = None) -> list[Block]:
    """Free slots with their numbers: a line for each day."""
    zone = view.klass.zone
    days = groupby(sorted(slots, key=lambda slot: slot.starts), key=lambda slot: day_of(slot.starts, zone))
    groups = [list(group) for _, group in days]
    return [
        Line(Bold(f"{day_text(view, group[0].starts, language)}: "), numbered(view, group)) for group in groups
    ]  # fmt: skip


def redraw(ctx: Context, before: Board, at: int) -> None:
    """The card after a booking or a cancellation: at once where the last free time went, else now and then."""
    after = store.board(ctx.klass.id, before.round.id)
    same = after is not None and bool(before.free(at)) == bool(after.free(at))
    ctx.refresh(slots_card, str(before.round.id), counts_only=same)


def numbered(view: View, slots: Iterable[Slot]) -> str:
    """Times behind their numbers: "1) 16:00 · 2) 16:15"."""
    return " · ".join(f"{slot.number})\N{NO-BREAK SPACE}{clock(view, slot.starts)}" for slot in slots)


def listed(view: View, household: Household, boards: Sequence[Board], language: str) -> Content:
    """The list in a desk: what the household has, what is free, where, and how to answer."""
    at = milliseconds(view.now)
    claimant = claimant_of(view, household)
    blocks: list[Block] = []
    own = [booking for board in boards for booking in board.bookings if claimant and claimant.owns(booking)]
    for board in boards:
        for booking in (booking for booking in own if booking.round_id == board.round.id and booking.ends > at):
            said = view.text(
                "consultations-slots-you-have", language=language, **booking_values(view, board, booking, language)
            )
            blocks.append(Line(Bold(said)))
    some_free = False
    for board in boards:
        free = board.free(at, claimant)
        host = host_name(view, board.round)
        ended = not free and not board.round.is_open(at)
        key = f"consultations-slots-list-{'free' if free else 'ended' if ended else 'full'}"
        blocks.append(Line(view.text(key, language=language, host=host, place=_place(view, board.round, language))))
        blocks += free_lines(view, free, language)
        some_free |= bool(free)
    if not boards:
        return Content.line(view.text("consultations-slots-none-open", language=language))
    all_ended = all(not board.round.is_open(at) for board in boards)
    key = f"consultations-slots-list-{'how' if some_free else 'over' if all_ended else 'wait'}"
    blocks.append(Line(Muted(view.text(key, language=language, mine=1 if own else 0))))
    return Content(tuple(blocks))


def _place(view: View, round_: Round, language: str | None) -> str:
    return view.text("consultations-slots-at", language=language, place=round_.place) if round_.place else ""


# ── Parts of sentences ──────────────────────────────────────────────────────────────────────────────────────────────────


def host_name(view: View, round_: Round) -> str:
    return next((person.name for person in view.roster.staff if person.id == round_.host), "") or view.text(
        "consultations-slots-host-gone"
    )


def clock(view: View, at: int) -> str:
    return local(at, view.klass.zone).strftime("%H:%M")


def day_text(view: View, at: int, language: str | None = None) -> str:
    """A day as people say it: "чт, 19 ноября"."""
    return view.date(local(at, view.klass.zone), language=language).rpartition(", ")[0]


def hours(view: View, starts: int, ends: int) -> str:
    return f"{clock(view, starts)}–{clock(view, ends)}"


def booking_values(view: View, board: Board, booking: Booking, language: str | None) -> dict[str, object]:
    """What sentences about a booking say: `when`, `ends`, `host`, `place` (with its comma, or nothing)."""
    return {
        "when": local(booking.starts, view.klass.zone),
        "ends": clock(view, booking.ends),
        "host": host_name(view, board.round),
        "place": _place(view, board.round, language),
    }
