"""What a household has and may have: open booking, consultations of a day, and its calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from classroom_matrix.api import CalendarEntry, View
from classroom_matrix.domain.content import Line
from classroom_matrix.domain.people import Household

from . import store
from .cards import booking_values, host_name
from .domain import Board, Claimant, Offer
from .invitation import uid
from .people import claimant_of
from .times import day_of, local, milliseconds

_BACK = timedelta(days=60)


def open_for(view: View, household: Household) -> Sequence[Line]:
    """What is booked, else where booking is open and for how long."""
    claimant, at = claimant_of(view, household), milliseconds(view.now)
    if claimant is None:
        return ()
    lines = []
    for board in store.live(view.klass.id, at):
        mine = [booking for booking in board.of(claimant) if claimant.owns(booking) and booking.ends > at]
        for booking in mine:
            key = "consultations-slots-you-have" if booking.asked_at is None else "consultations-slots-agenda-unanswered"
            lines.append(Line(view.text(key, language=None, **booking_values(view, board, booking, None))))
        offered = [Line(_offered(view, board, offer)) for offer in board.offers.values() if _is_for(board, offer, claimant)]
        lines += offered
        free = board.free(at, claimant)
        if not mine and not offered and free and not board.is_full(claimant):
            values: dict[str, object] = {"host": host_name(view, board.round), "free": len(free)}
            key = "consultations-slots-agenda"
            if board.round.until is not None:
                key, values["until"] = "consultations-slots-agenda-until", local(board.round.until, view.klass.zone)
            lines.append(Line(view.text(key, language=None, **values)))
    return lines


def _is_for(board: Board, offer: Offer, claimant: Claimant) -> bool:
    waiting = board.waiting(offer.waiting)
    return waiting is not None and claimant.owns(waiting)


def _offered(view: View, board: Board, offer: Offer) -> str:
    slot = board.slot(offer.slot)
    assert slot is not None
    when, until = local(slot.starts, view.klass.zone), local(offer.until, view.klass.zone)
    return view.text("consultations-slots-offer", when=when, host=host_name(view, board.round), until=until)


def coming(view: View, household: Household, day: date) -> Sequence[Line]:
    """The household's consultations on a day."""
    lines = []
    for booking in store.bookings_of(view.klass.id, household.id, milliseconds(view.now) - 24 * 3600 * 1000):
        board = store.board(view.klass.id, booking.round_id)
        if board is not None and booking.cancelled_at is None and day_of(booking.starts, view.klass.zone) == day:
            lines.append(
                Line(view.text("consultations-slots-coming", language=None, **booking_values(view, board, booking, None)))
            )
    return lines


def calendar(view: View, household: Household | None) -> Sequence[CalendarEntry]:
    """The household's bookings, cancelled ones too; nothing of them is the class's."""
    if household is None:
        return ()
    entries = []
    for booking in store.bookings_of(view.klass.id, household.id, milliseconds(view.now - _BACK)):
        board = store.board(view.klass.id, booking.round_id)
        if board is None:
            continue
        entries.append(
            CalendarEntry(
                uid(booking),
                local(booking.starts, view.klass.zone),
                view.text("consultations-slots-ics-title", host=host_name(view, board.round)),
                ends=local(booking.ends, view.klass.zone),
                place=board.round.place,
                sequence=booking.sequence,
                cancelled=booking.cancelled_at is not None,
                changed=local(store.changed_at(booking), view.klass.zone),
            )
        )
    return entries
