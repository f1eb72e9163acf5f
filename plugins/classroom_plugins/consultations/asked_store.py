"""What households were asked about slots, and taps that were taken back before they came."""

from __future__ import annotations

from classroom_matrix.domain.ids import ClassId, HouseholdId

from .tables import AskedRow, OfferOverRow, StruckRow

STRUCK_KEPT = 30 * 24 * 3600 * 1000
"""Milliseconds. A redaction overtakes what it takes back by seconds, not by a month."""

_LIST_SHOWN = (
    "INSERT INTO consultations_asked (class_id, household_id, listed_at, note) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
    " SET listed_at = excluded.listed_at, note = CASE excluded.note WHEN '' THEN note ELSE excluded.note END"
    " RETURNING listed_at"
)
_MOVE_ASKED = (
    "INSERT INTO consultations_asked (class_id, household_id, moving_at, booking_id, slot_id, note)"
    " VALUES (?, ?, ?, ?, ?, '') ON CONFLICT DO UPDATE SET moving_at = excluded.moving_at,"
    " booking_id = excluded.booking_id, slot_id = excluded.slot_id RETURNING moving_at"
)
_NOTE = "SELECT note FROM consultations_asked WHERE class_id = ? AND household_id = ?"
_LISTED_AT = "SELECT listed_at FROM consultations_asked WHERE class_id = ? AND household_id = ?"
_MOVING = (
    "SELECT moving_at, booking_id, slot_id FROM consultations_asked WHERE class_id = ? AND household_id = ?"
    " AND moving_at IS NOT NULL"
)
_OFFER_OVER = "SELECT waiting_id, at FROM consultations_offer_over WHERE class_id = ? AND household_id = ?"
_IS_STRUCK = "SELECT 1 FROM consultations_struck WHERE target = ?"

# ── What households were asked ──────────────────────────────────────────────────────────────────────────────────────────


def note_listed(class_id: ClassId, household: HouseholdId, at: int, note: str = "") -> None:
    """The household has the list in its desk. `note`: what its next booking is about."""
    AskedRow.sql(
        _LIST_SHOWN,
        class_id,
        household,
        at,
        note,
    )


def note_moving(class_id: ClassId, household: HouseholdId, booking: int, slot: int, at: int) -> None:
    """The household was asked whether to move a booking."""
    AskedRow.sql(
        _MOVE_ASKED,
        class_id,
        household,
        at,
        booking,
        slot,
    )


def forget_moving(class_id: ClassId, household: HouseholdId) -> None:
    AskedRow.update(moving_at=None, booking_id=None, slot_id=None).where(
        AskedRow.class_id == class_id, AskedRow.household_id == household
    ).execute()


def take_note(class_id: ClassId, household: HouseholdId) -> str:
    """What the household's booking is about; kept no longer."""
    rows = AskedRow.sql(_NOTE, class_id, household)
    if not rows or not rows[0][0]:
        return ""
    AskedRow.update(note="").where(AskedRow.class_id == class_id, AskedRow.household_id == household).execute()
    return str(rows[0][0])


def listed_at(class_id: ClassId, household: HouseholdId) -> int | None:
    rows = AskedRow.sql(_LISTED_AT, class_id, household)
    return rows[0][0] if rows else None


def moving(class_id: ClassId, household: HouseholdId) -> tuple[int, int, int] | None:
    """When the household was asked whether to move a booking, the booking and the slot."""
    rows = AskedRow.sql(
        _MOVING,
        class_id,
        household,
    )
    return (rows[0][0], rows[0][1], rows[0][2]) if rows else None


# ── Offers that are over ────────────────────────────────────────────────────────────────────────────────────────────────


def note_offer_over(class_id: ClassId, household: HouseholdId, waiting: int, at: int) -> None:
    """What was offered is not kept any more: a yes that comes now is late."""
    OfferOverRow.replace(class_id=class_id, household_id=household, waiting_id=waiting, at=at).execute()


def offer_over(class_id: ClassId, household: HouseholdId) -> tuple[int, int] | None:
    """The place on the waiting list whose offer was over last, and when."""
    rows = OfferOverRow.sql(_OFFER_OVER, class_id, household)
    return (rows[0][0], rows[0][1]) if rows else None


def forget_offer_over(class_id: ClassId, household: HouseholdId) -> None:
    OfferOverRow.delete().where(OfferOverRow.class_id == class_id, OfferOverRow.household_id == household).execute()


# ── Taps that were taken back before they came ──────────────────────────────────────────────────────────────────────────


def strike(target: str, at: int) -> None:
    StruckRow.insert(target=target, at=at).on_conflict_ignore().execute()
    StruckRow.delete().where(StruckRow.at < at - STRUCK_KEPT).execute()


def is_struck(target: str) -> bool:
    return bool(StruckRow.sql(_IS_STRUCK, target))
