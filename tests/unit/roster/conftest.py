from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from classroom_matrix.roster.slips import secret
from classroom_matrix.storage.database import Database
from classroom_matrix.testing.conversation import Conversation
from tests.unit.runtime.toy.plugin import plugin

from .reissuing_school import FAMILIES, School


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    yield database
    database.close()


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[School]:
    monkeypatch.setattr(secret, "_LOG_N", 4)  # strong hashes have tests of their own
    with Conversation(plugin, families=FAMILIES) as talk:
        school = School(talk, tmp_path)
        school.nobody_has_an_account()
        yield school
