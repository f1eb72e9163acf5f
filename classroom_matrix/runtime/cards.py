"""Edits of cards: late enough to be one for many changes, and only where the card would look different."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from ..domain.ids import ClassId, EventId
from ..failure import kind_and_place
from ..matrix.render import render
from ..storage import cards, inbox
from ..storage.cards import Card
from ..storage.database import Database, is_storage_failure
from ..storage.outbox import EDIT, Effect
from .batch import Batch
from .clock import Clock
from .registry import Registry
from .shown import shown
from .view import ClassView

log = logging.getLogger(__name__)

SETTLE = 0.5
"""Seconds that a change waits for others before it is shown."""
SPACINGS = (10.0, 60.0, 3_600.0, 6 * 3_600.0, 24 * 3_600.0)
"""Seconds from one edit of a card to the next; they grow with each edit where only counts change.

Each event costs the homeserver tens of milliseconds; so the 27 votes of three days are some six edits. What has to be seen
soon waits for the first of these.
"""


class CardEditor:
    """Runs in the database's thread."""

    def __init__(self, database: Database, registry: Registry, clock: Clock) -> None:
        self._database = database
        self._registry = registry
        self._clock = clock

    def edit_due(self, spacings: Sequence[float] = SPACINGS) -> int:
        """Add edits of the cards whose time has come to the outbox. Returns how many cards were looked at."""
        now = self._clock.seconds()
        due = cards.due(self._database, now, SETTLE, spacings)
        if due:
            batch = Batch(self._database, self._registry, now)
            with self._database.transaction():
                for card in due:
                    self._edit(batch, card)
                batch.flush()
        return len(due)

    def next_due(self) -> float | None:
        """When to look again, UTC seconds."""
        return cards.next_due(self._database, SETTLE, SPACINGS)

    def _edit(self, batch: Batch, card: Card) -> None:
        found = self._registry.card(card.plugin, card.kind)
        class_id = ClassId(card.class_id)
        if found is None or not self._registry.knows(class_id) or batch.is_archived(class_id):
            cards.unchanged(self._database, card)
            return
        loaded, kind = found
        try:
            content = kind.render(ClassView(batch, loaded, class_id), card.subject)
            looks = shown(render(content)[1])
        except Exception as error:
            if is_storage_failure(error):
                raise
            what = kind_and_place(error)
            log.error("set aside card %s of %s: %s", card.kind, card.plugin, what)  # noqa: TRY400 - its message may hold names
            inbox.set_aside(self._database, f"card:{card.id}", f"{card.plugin}.{card.kind}", class_id, what, batch.seconds)
            cards.unchanged(self._database, card)
            return
        if looks == card.shown:
            cards.unchanged(self._database, card)
            return
        key = f"{card.key}{EDIT}{card.revision + 1}"
        type_, body = render(content, edits=EventId(card.event_id))
        batch.add([Effect(key, "send", card.room_id, type_, body, class_id=card.class_id, plugin=card.plugin)])
        cards.edited(self._database, card, key, looks, batch.seconds)
