from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from classroom_matrix.accounts.ledger import Ledger
from classroom_matrix.accounts.verbs import Verbs
from classroom_matrix.testing.fake_clock import FakeClock

from .keeper import BOT, Keeper


class Office:
    """The verbs with a ledger on disk; `restart` is what happens after kill -9."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._number = 0
        self.path = folder / "accounts.db"
        self.keeper = Keeper()
        self.clock = FakeClock(datetime(2026, 9, 1, tzinfo=UTC))
        self._open()

    def restart(self) -> None:
        self.ledger.close()
        self._open()

    def begin_anew(self) -> None:
        """With an empty ledger and an empty homeserver."""
        self._number += 1
        self.path = self._folder / f"accounts{self._number}.db"
        self.keeper = Keeper()
        self.restart()

    def _open(self) -> None:
        self.ledger = Ledger(self.path, self.clock.seconds)
        self.verbs = Verbs(self.keeper, self.ledger, bot=BOT)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    office = Office(tmp_path)
    yield office
    office.ledger.close()
