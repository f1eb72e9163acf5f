"""The questions of slots to their tables."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from classroom_matrix.domain.ids import ClassId, FamilyId, HouseholdId, PersonId

from .domain import Board, Booking, Offer, Round, Slot, State, Via, Waiting
from .tables import AskedRow, BookingRow, OfferOverRow, OfferRow, OpenedRow, PlaceRow, RoundRow, SlotRow, TouchRow, WaitingRow

# ── Rounds and slots ────────────────────────────────────────────────────────────────────────────────────────────────────

_ROUND = "id, class_id, epoch, host_id, place, room, published_at, until, per_pupil, double, state"
_SLOT = "id, round_id, number, starts, ends, withdrawn"


def create(
    class_id: ClassId,
    host: PersonId,
    times: Sequence[tuple[int, int]],
    *,
    place: str,
    room: str,
    published_at: int,
    until: int | None,
    per_pupil: int,
    double: bool,
    now: int,
) -> Board:
    """Write a new round down. Its numbers go on from those of the rounds that are not over, or begin with 1."""
    epoch, last = _numbering(class_id, now)
    row = RoundRow.create(
        class_id=class_id,
        host_id=host,
        place=place,
        room=room,
        published_at=published_at,
        until=until,
        per_pupil=per_pupil,
        double=double,
        ends_at=max(end for _, end in times),
    )
    RoundRow.update(epoch=epoch or row.id).where(RoundRow.id == row.id).execute()
    for number, (starts, ends) in enumerate(sorted(times), start=last + 1):
        SlotRow.create(round_id=row.id, number=number, starts=starts, ends=ends)
    made = board(class_id, row.id)
    assert made is not None
    return made


def note_opened(source: str, round_id: int, at: int) -> None:
    """A command has opened a round."""
    OpenedRow.replace(source=source, round_id=round_id, at=at).execute()


def opened_at(source: str) -> int | None:
    """When a command that opened a round was written."""
    rows = OpenedRow.sql("SELECT at FROM consultations_opened WHERE source = ?", source)
    return int(rows[0][0]) if rows else None


def opened_by(class_id: ClassId, source: str) -> Board | None:
    """The round that a command has opened."""
    return next(
        iter(_boards("class_id = ? AND id = (SELECT round_id FROM consultations_opened WHERE source = ?)", class_id, source)),
        None,
    )


def amend(
    board: Board, times: Sequence[tuple[int, int]], *, place: str, until: int | None, per_pupil: int, double: bool, now: int
) -> None:
    """Open more times in a round, numbered on, and change how its times are booked."""
    last = last_number(ClassId(board.round.class_id), now)
    for number, (starts, ends) in enumerate(sorted(times), start=last + 1):
        SlotRow.create(round_id=board.round.id, number=number, starts=starts, ends=ends)
    RoundRow.update(place=place, until=until, per_pupil=per_pupil, double=double).where(RoundRow.id == board.round.id).execute()
    _keep_end(board.round.id)


def last_number(class_id: ClassId, now: int) -> int:
    """The highest number in use; 0 where the next round begins with 1."""
    return _numbering(class_id, now)[1]


def _numbering(class_id: ClassId, now: int) -> tuple[int, int]:
    rows = RoundRow.sql(
        "SELECT r.epoch, MAX(s.number) FROM consultations_round r JOIN consultations_round o ON o.class_id = r.class_id AND"
        " o.epoch = r.epoch JOIN consultations_slot s ON s.round_id = o.id WHERE r.class_id = ? AND r.ends_at > ?"
        " GROUP BY r.epoch ORDER BY r.epoch DESC LIMIT 1",
        class_id,
        now,
    )
    return (rows[0][0], rows[0][1]) if rows else (0, 0)


def board(class_id: ClassId, round_id: int) -> Board | None:
    """A round of this class; another class's is none."""
    return next(iter(_boards("id = ? AND class_id = ?", round_id, class_id)), None)


def live(class_id: ClassId, at: int) -> list[Board]:
    """Rounds that families see and that are not over, oldest first."""
    return _boards(
        "class_id = ? AND ends_at > ? AND published_at <= ? AND state <> ? ORDER BY id", class_id, at, at, "cancelled"
    )


def standing(class_id: ClassId, at: int) -> list[Board]:
    """Rounds that are not over, published or not, oldest first."""
    return _boards("class_id = ? AND ends_at > ? AND state <> ? ORDER BY id", class_id, at, "cancelled")


def since(class_id: ClassId, at: int) -> list[Board]:
    """Rounds whose last slot ended after `at`, cancelled ones too, oldest first."""
    return _boards("class_id = ? AND ends_at > ? ORDER BY id", class_id, at)


def board_of_slot(class_id: ClassId, slot_id: int) -> Board | None:
    return next(
        iter(_boards("class_id = ? AND id = (SELECT round_id FROM consultations_slot WHERE id = ?)", class_id, slot_id)), None
    )


def slot_by_number(class_id: ClassId, epoch: int, number: int) -> tuple[Board, Slot] | None:
    found = _boards(
        "class_id = ? AND epoch = ? AND id IN (SELECT round_id FROM consultations_slot WHERE number = ?)",
        class_id,
        epoch,
        number,
    )
    return next(((each, slot) for each in found for slot in each.slots if slot.number == number), None)


def set_state(round_: Round, state: State) -> None:
    RoundRow.update(state=state).where(RoundRow.id == round_.id).execute()


def set_times(board: Board, times: dict[int, tuple[int, int]]) -> None:
    """Give slots, by ID, other times."""
    for slot_id, (starts, ends) in times.items():
        SlotRow.update(starts=starts, ends=ends).where(SlotRow.id == slot_id).execute()
    _keep_end(board.round.id)


def withdraw(board: Board, slots: Iterable[int]) -> None:
    SlotRow.update(withdrawn=True).where(SlotRow.id.in_(list(slots))).execute()
    _keep_end(board.round.id)


def _keep_end(round_id: int) -> None:
    RoundRow.sql(
        "UPDATE consultations_round SET ends_at = IFNULL((SELECT MAX(ends) FROM consultations_slot WHERE round_id = ?1 AND NOT"
        " withdrawn), ends_at) WHERE id = ?1 RETURNING id",
        round_id,
    )


def _boards(condition: str, *values: object) -> list[Board]:
    rounds = RoundRow.sql(f"SELECT {_ROUND} FROM consultations_round WHERE {condition}", *values)  # noqa: S608 - of constants
    return [_board(_round(row)) for row in rounds]


def _board(round_: Round) -> Board:
    slots = SlotRow.sql(f"SELECT {_SLOT} FROM consultations_slot WHERE round_id = ? ORDER BY starts, id", round_.id)  # noqa: S608
    offers = OfferRow.sql(
        "SELECT slot_id, waiting_id, at, until FROM consultations_offer WHERE slot_id IN"
        " (SELECT id FROM consultations_slot WHERE round_id = ?)",
        round_.id,
    )
    waiting = WaitingRow.sql(
        "SELECT id, round_id, family_id, household_id, by_id, wanted, at, source FROM consultations_waiting WHERE round_id = ?"
        " ORDER BY id",
        round_.id,
    )
    return Board(
        round_,
        tuple(Slot(id_, of, number, starts, ends, bool(gone)) for id_, of, number, starts, ends, gone in slots),
        tuple(_bookings("round_id = ? AND cancelled_at IS NULL", round_.id)),
        tuple(Waiting(row[0], row[1], FamilyId(row[2]), HouseholdId(row[3]), PersonId(row[4]), *row[5:]) for row in waiting),
        {row[0]: Offer(*row) for row in offers},
    )


def _round(row: Sequence[Any]) -> Round:
    """A row, in the order of `_ROUND`."""
    id_, class_id, epoch, host, place, room, published_at, until, per_pupil, double, state = row
    return Round(
        id_, class_id, epoch, PersonId(host), place, room, published_at, until, per_pupil, bool(double), State(state)
    )  # fmt: skip


# ── Bookings ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_BOOKING = (
    "id, round_id, family_id, household_id, pupils, starts, ends, by_id, via, at, source, token, sequence, note, asked_at,"
    " cancelled_at, (SELECT group_concat(slot_id, ' ') FROM (SELECT p.slot_id FROM consultations_place p"
    " JOIN consultations_slot s ON s.id = p.slot_id WHERE p.booking_id = consultations_booking.id ORDER BY s.starts))"
)


def book(
    round_: Round,
    slots: Sequence[Slot],
    *,
    family: FamilyId,
    household: HouseholdId,
    pupils: Sequence[PersonId],
    by: PersonId,
    via: Via,
    at: int,
    source: str,
    note: str = "",
) -> Booking:
    """Write a booking down.

    Raises:
        peewee.IntegrityError: a slot is somebody's; whoever decided did not look.
    """
    row = BookingRow.create(
        class_id=round_.class_id,
        round_id=round_.id,
        family_id=family,
        household_id=household,
        pupils=" ".join(pupils),
        starts=slots[0].starts,
        ends=slots[-1].ends,
        by_id=by,
        via=via,
        at=at,
        source=source,
        token=secrets.token_hex(8),
        note=note,
        changed_at=at,
    )
    _take_places(row.id, slots)
    return _found(row.id)


def move(
    booking: Booking, slots: Sequence[Slot], at: int, *, asked_at: int | None = None, round_id: int | None = None
) -> Booking:
    """Give a booking other slots, or the same ones at other times.

    `asked_at`: its family is asked whether that suits; `round_id`: of another round that it goes to.
    """
    PlaceRow.delete().where(PlaceRow.booking_id == booking.id).execute()
    _take_places(booking.id, slots)
    BookingRow.update(
        round_id=round_id or booking.round_id,
        starts=slots[0].starts,
        ends=slots[-1].ends,
        sequence=booking.sequence + 1,
        changed_at=at,
        asked_at=asked_at,
    ).where(BookingRow.id == booking.id).execute()
    return _found(booking.id)


def _take_places(booking_id: int, slots: Sequence[Slot]) -> None:
    for slot in slots:
        PlaceRow.create(slot_id=slot.id, booking_id=booking_id)


def cancel(booking: Booking, at: int) -> Booking:
    PlaceRow.delete().where(PlaceRow.booking_id == booking.id).execute()
    BookingRow.update(cancelled_at=at, changed_at=at, sequence=booking.sequence + 1, asked_at=None).where(
        BookingRow.id == booking.id
    ).execute()
    return replace(booking, cancelled_at=at, sequence=booking.sequence + 1, asked_at=None, slots=())


def confirm(booking: Booking) -> None:
    BookingRow.update(asked_at=None).where(BookingRow.id == booking.id).execute()


def booking(class_id: ClassId, booking_id: int) -> Booking | None:
    return next(iter(_bookings("id = ? AND class_id = ?", booking_id, class_id)), None)


def note_touch(booking: Booking, source: str) -> None:
    """An event has moved or cancelled a booking."""
    TouchRow.replace(source=source, booking_id=booking.id).execute()


def booking_touched_by(class_id: ClassId, source: str) -> Booking | None:
    """What an event has booked, moved or cancelled; the newest, cancelled or not."""
    found = _bookings(
        "(source = ?1 OR id = (SELECT booking_id FROM consultations_touch WHERE source = ?1)) AND class_id = ?2"
        " ORDER BY cancelled_at IS NOT NULL, id DESC LIMIT 1",
        source,
        class_id,
    )
    return next(iter(found), None)


def is_last_touch(booking: Booking, source: str) -> bool:
    """Whether nobody has moved or cancelled a booking since this event booked, moved or cancelled it."""
    rows = TouchRow.sql("SELECT source FROM consultations_touch WHERE booking_id = ? ORDER BY rowid DESC LIMIT 1", booking.id)
    return rows[0][0] == source if rows else booking.source == source


def bookings_of(class_id: ClassId, household: HouseholdId, since: int) -> list[Booking]:
    """A household's bookings that end after `since`, cancelled ones too, by time."""
    return _bookings("class_id = ? AND household_id = ? AND ends > ? ORDER BY starts, id", class_id, household, since)


def bookings_of_family(class_id: ClassId, family: FamilyId) -> list[Booking]:
    return _bookings("class_id = ? AND family_id = ? ORDER BY starts, id", class_id, family)


def changed_at(booking: Booking) -> int:
    return int(BookingRow.sql("SELECT changed_at FROM consultations_booking WHERE id = ?", booking.id)[0][0])


def _found(booking_id: int) -> Booking:
    return _bookings("id = ?", booking_id)[0]


def _bookings(condition: str, *values: object) -> list[Booking]:
    rows = BookingRow.sql(f"SELECT {_BOOKING} FROM consultations_booking WHERE {condition}", *values)  # noqa: S608 - of constants
    return [_booking(row) for row in rows]


def _booking(row: Sequence[Any]) -> Booking:
    """A row, in the order of `_BOOKING`."""
    (id_, round_id, family, household, pupils, starts, ends, by, via, at, source, token, sequence, note, asked_at,
     cancelled_at, places) = row  # fmt: skip
    return Booking(
        id_,
        round_id,
        FamilyId(family),
        HouseholdId(household),
        tuple(PersonId(pupil) for pupil in pupils.split()),
        tuple(int(place) for place in (places or "").split()),
        starts,
        ends,
        PersonId(by),
        Via(via),
        at,
        source,
        token,
        sequence,
        note,
        asked_at,
        cancelled_at,
    )


# ── The waiting list ────────────────────────────────────────────────────────────────────────────────────────────────────


def wait(
    round_: Round,
    *,
    family: FamilyId,
    household: HouseholdId,
    by: PersonId,
    wanted: int | None,
    at: int,
    source: str,
) -> None:
    WaitingRow.create(
        class_id=round_.class_id,
        round_id=round_.id,
        family_id=family,
        household_id=household,
        by_id=by,
        wanted=wanted,
        at=at,
        source=source,
    )


def waiting_since(class_id: ClassId, source: str) -> tuple[Board, Waiting] | None:
    """The place on a waiting list that an event took."""
    found = _boards("class_id = ? AND id IN (SELECT round_id FROM consultations_waiting WHERE source = ?)", class_id, source)
    return next(((board, waiting) for board in found for waiting in board.queue if waiting.source == source), None)


def stop_waiting(waiting: Iterable[Waiting]) -> None:
    ids = [each.id for each in waiting]
    OfferRow.delete().where(OfferRow.waiting_id.in_(ids)).execute()
    WaitingRow.delete().where(WaitingRow.id.in_(ids)).execute()


def offer(slot: Slot, waiting: Waiting, at: int, until: int) -> None:
    OfferRow.create(slot_id=slot.id, waiting_id=waiting.id, at=at, until=until)


def drop_offer(slot_id: int) -> None:
    OfferRow.delete().where(OfferRow.slot_id == slot_id).execute()


# ── Forgetting ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def forget(class_id: ClassId, family: FamilyId, households: Sequence[HouseholdId]) -> None:
    """Nothing of a family is left: its slots are free, its places on waiting lists too."""
    mine = [row[0] for row in BookingRow.sql(
        "SELECT id FROM consultations_booking WHERE class_id = ? AND family_id = ?", class_id, family
    )]  # fmt: skip
    waiting = [row[0] for row in WaitingRow.sql(
        "SELECT id FROM consultations_waiting WHERE class_id = ? AND family_id = ?", class_id, family
    )]  # fmt: skip
    PlaceRow.delete().where(PlaceRow.booking_id.in_(mine)).execute()
    TouchRow.delete().where(TouchRow.booking_id.in_(mine)).execute()
    BookingRow.delete().where(BookingRow.id.in_(mine)).execute()
    OfferRow.delete().where(OfferRow.waiting_id.in_(waiting)).execute()
    WaitingRow.delete().where(WaitingRow.id.in_(waiting)).execute()
    for row in (AskedRow, OfferOverRow):
        row.delete().where(row.class_id == class_id, row.household_id.in_(list(households))).execute()
