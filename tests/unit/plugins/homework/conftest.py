from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.absence.plugin import plugin as absence
from classroom_plugins.homework.plugin import plugin


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """Monday, 10:00. Families: Калинина (guardians 0, 1), Беляевы (2, 3), Чернов (4 and 5, apart), Исаев (paper)."""
    with Conversation(plugin) as conversation:
        yield conversation


@pytest.fixture
def english() -> Iterator[Conversation]:
    with Conversation(plugin, language="en") as conversation:
        yield conversation


@pytest.fixture
def both() -> Iterator[Conversation]:
    """With absence."""
    with Conversation({plugin: plugin.config(), absence: absence.config()}) as conversation:  # type: ignore[misc]
        yield conversation
