"""Cards: which messages show the state of what, and which of them may be out of date."""

from __future__ import annotations

from collections.abc import Sequence
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
        "INSERT INTO card (plugin, kind, subject, class_id, room_id, key, shown, revision, edited_at, prompt)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0)",
        (plugin, kind, subject, class_id, room_id, key, shown),
    )


def touch(database: Database, name: CardName, now: float, *, prompt: bool = True) -> None:
    """The state behind a card may have changed. `prompt`: in something that has to be seen soon."""
    database.execute(
        "UPDATE card SET dirty_at = COALESCE(dirty_at, ?), prompt = MAX(prompt, ?)"
        " WHERE plugin = ? AND kind = ? AND subject = ? AND class_id = ?",
        (now, prompt, *name),
    )


def _due(spacings: Sequence[float]) -> str:
    """When a card is to be looked at, as an SQL expression; `?`: seconds that a change waits for others."""
    grown = " ".join(f"WHEN {revision} THEN {spacing}" for revision, spacing in enumerate(spacings[:-1], start=1))
    lazily = f"CASE card.revision {grown} ELSE {spacings[-1]} END" if grown else spacings[0]
    return f"MAX(card.dirty_at + ?, card.edited_at + CASE WHEN card.prompt THEN {spacings[0]} ELSE {lazily} END)"


_FROM = (
    "FROM card JOIN outbox ON outbox.key = card.key"
    " WHERE card.dirty_at IS NOT NULL AND card.edit_key IS NULL AND outbox.event_id IS NOT NULL"
)


def due(database: Database, now: float, settle: float, spacings: Sequence[float]) -> list[Card]:
    """Cards to look at: changed for `settle` seconds, with no edit of theirs on its way, and last edited long enough ago.

    Args:
        spacings: seconds after the first edit, the second, …, and after all further ones, where only counts changed; where
            something else did, the first always.
    """
    rows = database.execute(
        "SELECT card.id, card.plugin, card.kind, card.subject, card.class_id, card.room_id, card.key, card.shown,"
        f" card.revision, outbox.event_id {_FROM} AND {_due(spacings)} <= ? LIMIT 100",
        (settle, now),
    )
    return [Card(*row) for row in rows]


def next_due(database: Database, settle: float, spacings: Sequence[float]) -> float | None:
    row = database.execute(f"SELECT MIN({_due(spacings)}) {_FROM}", (settle,)).fetchone()
    return row[0] if row else None


def unchanged(database: Database, card: Card) -> None:
    database.execute("UPDATE card SET dirty_at = NULL, prompt = 0 WHERE id = ?", (card.id,))


def edited(database: Database, card: Card, edit_key: str, shown: str, now: float) -> None:
    database.execute(
        "UPDATE card SET dirty_at = NULL, prompt = 0, edit_key = ?, shown = ?, revision = revision + 1, edited_at = ?"
        " WHERE id = ?",
        (edit_key, shown, now, card.id),
    )


def touch_again(database: Database, card_id: int, now: float) -> None:
    """A card that could not be rendered gets a second chance."""
    database.execute("UPDATE card SET dirty_at = ?, prompt = 1 WHERE id = ?", (now, card_id))
