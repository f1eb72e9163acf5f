"""How often a card is edited: soon where something has to be seen, ever more rarely where only counts change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from classroom_matrix.runtime.cards import SPACINGS
from classroom_matrix.storage import cards, outbox
from classroom_matrix.storage.cards import CardName
from classroom_matrix.storage.database import Database
from classroom_matrix.storage.outbox import Answered, Effect

NAME = CardName("toy", "count", "1", "3b")


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    outbox.add(database, [Effect("k", "send", "!r", "m.room.message", b"{}", plugin="toy", about="count/1")], 0)
    outbox.record(database, [Answered(1, "k", "!r", "$e", pointed_at=True)])
    cards.put(database, plugin="toy", kind="count", subject="1", class_id="3b", room_id="!r", key="k", shown="")
    yield database
    database.close()


def edits(database: Database, changes: list[tuple[float, bool]]) -> list[float]:
    """When the card is edited, for changes at these seconds that are prompt or not."""
    made: list[float] = []
    waiting = sorted(changes)
    while True:
        due = cards.next_due(database, 0.5, SPACINGS)
        if waiting and (due is None or waiting[0][0] <= due):
            at, prompt = waiting.pop(0)
            cards.touch(database, NAME, at, prompt=prompt)
        elif due is None:
            return made
        else:
            [card] = cards.due(database, due, 0.5, SPACINGS)
            cards.edited(database, card, "edit", str(due), due)
            database.execute("UPDATE card SET edit_key = NULL")
            made.append(due)


def test_counts_are_shown_ever_more_rarely(database: Database) -> None:
    minutes = [(1_000_000 + 60.0 * minute, False) for minute in range(3 * 24 * 60)]  # a vote a minute for three days
    made = edits(database, minutes)
    between = [later - earlier for earlier, later in pairwise(made)]
    assert between[: len(SPACINGS)] == pytest.approx(list(SPACINGS), abs=61)
    assert len(made) <= 5 + 3 * 24 * 3600 / SPACINGS[-1] + 1


def test_what_has_to_be_seen_is_shown_soon_after_many_edits(database: Database) -> None:
    edits(database, [(1_000_000 + 60.0 * minute, False) for minute in range(600)])
    last = database.execute("SELECT edited_at FROM card").fetchone()[0]
    assert edits(database, [(last + 1, False), (last + 2, True)]) == [last + SPACINGS[0]]


def test_prompt_edit_leaves_the_next_count_rare(database: Database) -> None:
    first = edits(database, [(1_000_000, True), (1_000_001, True), (1_000_002, True)])
    assert edits(database, [(1_000_100, False)])[0] - first[-1] == pytest.approx(SPACINGS[1], abs=50)
