from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.absence.plugin import plugin


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """Monday, 07:30. Families: Калинина (guardians 0, 1), Беляевы (2, 3), Чернов (4 and 5, apart), Исаев (paper)."""
    with Conversation(plugin, start=datetime(2026, 11, 16, 7, 30)) as conversation:
        yield conversation


@pytest.fixture
def english() -> Iterator[Conversation]:
    with Conversation(plugin, language="en", start=datetime(2026, 11, 16, 7, 30)) as conversation:
        yield conversation
