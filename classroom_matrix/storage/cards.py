"""Cards: which messages show the state of what, and which of them may be out of date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from .database import Database


@dataclass(frozen=True, slots=True)
class Card:
    """A posted card; see `tables.CardRow`."""

    id: int
    plugin: str
    kind: str
    subject: str
    class_id: str
    room_id: str
    key: str
    shown: str
    revision: int
    event_id: str


class CardName(NamedTuple):
    """What a card is about; it may stand in several rooms."""

    plugin: str
    kind: str
    subject: str
    class_id: str


def put(database: Database, *, plugin: str, kind: str, subject: str, class_id: str, room_id: str, key: str, shown: str) -> None:
    database.execute(
        "INSERT INTO card (plugin, kind, subject, class_id, room_id, key, shown, revision, edited_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0)",
        (plugin, kind, subject, class_id, room_id, key, shown),
    )


def touch(database: Database, name: CardName, now: float) -> None:
    """The state behind a card may have changed."""
    database.execute(
        "UPDATE card SET dirty_at = COALESCE(dirty_at, ?) WHERE plugin = ? AND kind = ? AND subject = ? AND class_id = ?",
        (now, *name),
    )


_DUE = "MAX(card.dirty_at + ?, card.edited_at + ?)"
_FROM = (
    "FROM card JOIN outbox ON outbox.key = card.key"
    " WHERE card.dirty_at IS NOT NULL AND card.edit_key IS NULL AND outbox.event_id IS NOT NULL"
)


def due(database: Database, now: float, settle: float, spacing: float) -> list[Card]:
    """Cards to look at: changed for `settle` seconds, last edited `spacing` seconds ago, no edit of theirs on its way."""
    rows = database.execute(
        "SELECT card.id, card.plugin, card.kind, card.subject, card.class_id, card.room_id, card.key, card.shown,"
        f" card.revision, outbox.event_id {_FROM} AND {_DUE} <= ? LIMIT 100",
        (settle, spacing, now),
    )
    return [Card(*row) for row in rows]


def next_due(database: Database, settle: float, spacing: float) -> float | None:
    row = database.execute(f"SELECT MIN({_DUE}) {_FROM}", (settle, spacing)).fetchone()
    return row[0] if row else None


def unchanged(database: Database, card: Card) -> None:
    database.execute("UPDATE card SET dirty_at = NULL WHERE id = ?", (card.id,))


def edited(database: Database, card: Card, edit_key: str, shown: str, now: float) -> None:
    database.execute(
        "UPDATE card SET dirty_at = NULL, edit_key = ?, shown = ?, revision = revision + 1, edited_at = ? WHERE id = ?",
        (edit_key, shown, now, card.id),
    )


def touch_again(database: Database, card_id: int, now: float) -> None:
    """A card that could not be rendered gets a second chance."""
    database.execute("UPDATE card SET dirty_at = ? WHERE id = ?", (now, card_id))
