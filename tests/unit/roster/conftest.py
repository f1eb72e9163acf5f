from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.storage.database import Database


@pytest.fixture
def database() -> Iterator[Database]:
    database = Database(":memory:")
    yield database
    database.close()
