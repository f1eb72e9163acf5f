from __future__ import annotations

from collections.abc import Iterator

import pytest

from classroom_matrix.testing.conversation import Conversation
from classroom_plugins.consultations.plugin import plugin


@pytest.fixture
def talk() -> Iterator[Conversation]:
    """Monday, 10:00. Families: Калинина (guardians 0, 1), Беляевы, twins (2, 3), Чернов (4 and 5, apart), Исаев (paper)."""
    with Conversation(plugin) as conversation:
        yield conversation


@pytest.fixture
def opened(talk: Conversation) -> Conversation:
    """Thursday: 1) 16:00, 2) 16:15, 3) 16:30, 4) 16:45."""
    talk.teacher.says("!запись чт 16:00–17:00 по 15 мин, каб. 12", room="staff")
    return talk


@pytest.fixture
def english() -> Iterator[Conversation]:
    with Conversation(plugin, language="en") as conversation:
        conversation.teacher.says("!slots Thu 4–5 pm every 15 min, room 12", room="staff")
        yield conversation
