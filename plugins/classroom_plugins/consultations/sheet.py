"""The host's list of a day: a card in the staff room from the morning on, and by command at any time."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, timedelta

from classroom_matrix.api import Context, Subject, View, card, job
from classroom_matrix.domain.content import Block, Bold, Content, Line, Table
from classroom_matrix.domain.ids import PersonId
from classroom_matrix.domain.people import Reach
from classroom_matrix.domain.time import at_local

from . import store
from .cards import host_name, hours
from .domain import Board, Booking, Slot, State, Via
from .invitation import for_host
from .people import home_name, may_all_know, pupil_names
from .times import day_of, local, milliseconds

_AHEAD = timedelta(hours=1)
_SOON = 4 * 3600 * 1000
"""Milliseconds. Edits that count little may come that much later, see `runtime.cards`."""


@card
def day_sheet(view: View, subject: str) -> Content:
    """`subject`: "<host>/2026-11-19"."""
    host, _, day = subject.rpartition("/")
    return Content(sheet(view, PersonId(host), date.fromisoformat(day)))


def sheet(view: View, host: PersonId, day: date, language: str | None = None) -> tuple[Block, ...]:
    """Time, pupil, who, how, for every slot of a day; for the staff room only."""
    boards = boards_of(view, host, day)
    entries = [(board, slot) for board in boards for slot in board.slots if _is_on(view, slot, day) and not slot.withdrawn]
    if not entries:
        return (Line(view.text("consultations-slots-sheet-none", language=language)),)
    first = min(slot.starts for _, slot in entries)
    title = view.text(
        "consultations-slots-sheet-title",
        language=language,
        host=host_name(view, boards[0].round),
        day=view.date(local(first, view.klass.zone), language=language).rpartition(", ")[0],
    )
    names = ("time", "number", "pupil", "home", "note")
    header = tuple(view.text(f"consultations-slots-sheet-{name}", language=language) for name in names)
    rows = [_row(view, board, slot, language) for board, slot in sorted(entries, key=lambda each: each[1].starts)]
    blocks: list[Block] = [Line(Bold(title))]
    places = sorted({board.round.place for board in boards if board.round.place})
    if places:
        blocks.append(Line("; ".join(places)))
    waiting = sum(len(board.queue) for board in boards)
    if waiting:
        blocks.append(Line(view.text("consultations-slots-sheet-waiting", language=language, count=waiting)))
    return (*blocks, Table(header, tuple(rows)))


def _row(view: View, board: Board, slot: Slot, language: str | None) -> tuple[str, ...]:
    booking = board.booking_of(slot.id)
    time, number = hours(view, slot.starts, slot.ends), str(slot.number)
    if booking is None or view.roster.household(booking.household) is None:
        kept_for = board.offered_to(slot.id)
        said = view.text("consultations-slots-sheet-free", language=language)
        if kept_for is not None:
            said = view.text("consultations-slots-sheet-offered", language=language, family=home_name(view, kept_for.household))
        return time, number, said, "", ""
    return time, number, pupil_names(view, booking.pupils), _home(view, booking, language), _note(view, booking, language)


def _home(view: View, booking: Booking, language: str | None) -> str:
    """Who comes, and how they are reached where not by the app."""
    household = view.roster.household(booking.household)
    family = view.roster.family(booking.family)
    adults = ", ".join(person.name for person in household.guardians if not person.limited) if household else "—"
    if family is not None and not family.is_in_app:
        reach = family.reach if family.reach is not Reach.APP else Reach.PHONE
        return view.text(f"consultations-slots-reach-{reach}", language=language, family=adults)
    return adults


def _note(view: View, booking: Booking, language: str | None) -> str:
    household = view.roster.household(booking.household)
    may_know = household is not None and may_all_know(view, household)  # that the family has asked something
    said = [booking.note] if booking.note and may_know else []
    if booking.asked_at is not None:
        said.append(view.text("consultations-slots-sheet-unanswered", language=language))
    if booking.via is Via.PROXY:
        by = next((person.name for person in view.roster.staff if person.id == booking.by), "—")
        said.append(
            view.text("consultations-slots-sheet-proxy", language=language, person=by, when=local(booking.at, view.klass.zone))
        )
    return "; ".join(said)


# ── When ────────────────────────────────────────────────────────────────────────────────────────────────────────────────


@job
def send_sheet(ctx: Context, host: str, day: str) -> None:
    """Put the list into the staff room, with a file for the calendar, if anybody comes."""
    subject = f"{host}/{day}"
    known = PersonId(host)
    boards = boards_of(ctx, known, date.fromisoformat(day))
    booked = [
        (board, booking)
        for board in boards
        for booking in board.bookings
        if day_of(booking.starts, ctx.klass.zone).isoformat() == day and ctx.roster.household(booking.household) is not None
    ]
    if ctx.posted(Subject(day_sheet.name, subject)):
        ctx.refresh(day_sheet, subject)
    elif booked:
        ctx.card(day_sheet, subject, room="staff")
        ctx.post(for_host(ctx, day, sorted(booked, key=lambda each: each[1].starts)), room="staff")


def plan_sheets(ctx: Context, board: Board) -> None:
    """A list for every day of the round: in the morning, behind the deadline if that is on the day, before the first slot."""
    zone = ctx.klass.zone
    for day in {day_of(slot.starts, zone) for slot in board.slots if not slot.withdrawn}:
        first = min(slot.starts for slot in board.slots if not slot.withdrawn and day_of(slot.starts, zone) == day)
        moment = at_local(datetime.combine(day, ctx.options.sheet), zone)
        if board.round.until is not None:
            moment = max(moment, local(board.round.until + 1000, zone))
        if moment <= ctx.now:
            moment = local(max(first - _AHEAD.seconds * 1000, milliseconds(ctx.now)), zone)
        moment = min(moment.astimezone(UTC), (local(first, UTC) - timedelta(minutes=10)))
        ctx.at(moment.astimezone(zone), send_sheet, board.round.host, day.isoformat())


def refresh_sheets(ctx: Context, host: PersonId, moments: Collection[int]) -> None:
    """The list of these days has changed: seen soon where it begins soon, else now and then."""
    zone = ctx.klass.zone
    for day in {day_of(at, zone) for at in moments}:
        first = min(at for at in moments if day_of(at, zone) == day)
        later = first - milliseconds(ctx.now) > _SOON
        ctx.refresh(day_sheet, f"{host}/{day.isoformat()}", counts_only=later)


def boards_of(view: View, host: PersonId, day: date) -> Sequence[Board]:
    """The rounds of a host with slots on a day."""
    midnight = milliseconds(at_local(datetime.combine(day, datetime.min.time()), view.klass.zone))
    boards = store.since(view.klass.id, midnight)
    return [
        board
        for board in boards
        if board.round.host == host
        and board.round.state is not State.CANCELLED
        and any(_is_on(view, slot, day) for slot in board.slots)
    ]


def _is_on(view: View, slot: Slot, day: date) -> bool:
    return day_of(slot.starts, view.klass.zone) == day
