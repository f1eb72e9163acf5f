"""What slots keep about a family: handed out, and forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from classroom_matrix.api import View
from classroom_matrix.domain.people import Family

from . import store
from .cards import host_name
from .domain import Booking
from .people import pupil_names
from .times import local


def export(view: View, family: Family) -> Mapping[str, Any]:
    """Every booking of the households that `family` has here, cancelled ones too, and where they wait."""
    homes = {household.id for household in family.households}
    bookings = store.bookings_of_family(view.klass.id, family.id)
    rows = [_row(view, family, booking) for booking in bookings if booking.household in homes]
    waits = [
        {
            _key(view, "host"): host_name(view, board.round),
            _key(view, "at"): _said(view, waiting.at),
        }
        for board in store.since(view.klass.id, 0)
        for waiting in board.queue
        if waiting.household in homes
    ]
    found: dict[str, Any] = {}
    if rows:
        found[_key(view, "bookings")] = rows
    if waits:
        found[_key(view, "waiting")] = waits
    return found


def _row(view: View, family: Family, booking: Booking) -> dict[str, str]:
    board = store.board(view.klass.id, booking.round_id)
    names = {person.id: person.name for person in [*family.guardians, *view.roster.staff]}
    status = "cancelled" if booking.cancelled_at is not None else "unanswered" if booking.asked_at is not None else "booked"
    row = {
        "when": _said(view, booking.starts),
        "host": host_name(view, board.round) if board else "—",
        "pupil": pupil_names(view, booking.pupils),
        "by": names.get(booking.by, "—"),
        "via": _key(view, f"via-{booking.via}"),
        "at": _said(view, booking.at),
        "note": booking.note or "—",
        "status": _key(view, f"status-{status}"),
    }
    return {_key(view, name): value for name, value in row.items()}


def _key(view: View, name: str) -> str:
    return view.text(f"consultations-slots-export-{name}")


def _said(view: View, at: int) -> str:
    return local(at, view.klass.zone).strftime("%d.%m.%Y %H:%M")


def erase(view: View, family: Family) -> None:
    """Forget the family; its slots are free, and offered at the next look at the round."""
    store.forget(view.klass.id, family.id, [household.id for household in family.households])
